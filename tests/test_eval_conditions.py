"""Settings under a name: what each takes away, and what cannot be measured."""

from pathlib import Path

import pytest

from assistant.assistant import Assistant, open_assistant
from assistant.settings import Settings
from corpus.errors import InputError, ServiceError, SettingsError
from eval.cases import Case
from eval.conditions import Condition, condition_named, read_conditions, run_conditions, under
from eval.run import Results
from index.rerank import read_weights

EVERYDAY = "厂子借不到钱管不管"


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    folder = tmp_path_factory.mktemp("letters")
    (folder / "a.txt").write_text("对小微企业发放信用贷款,解决融资难问题。\n", encoding="utf-8")
    (folder / "b.txt").write_text("全市累计认定高新技术企业1350家。\n", encoding="utf-8")
    return open_assistant(folder, Settings(data=str(folder)))


def test_the_shipped_conditions_can_be_read() -> None:
    found = read_conditions()
    assert next(iter(found)) == "default"
    assert {"lexical-only", "dense-only", "fused-without-everyday", "chat"} <= set(found)
    assert found["default"] == Condition("default")


def test_a_condition_takes_its_part_away(assistant: Assistant) -> None:
    lexical, dense, plain = (
        under(condition_named(name), assistant) for name in ("lexical-only", "dense-only", "fused-without-everyday")
    )
    assert lexical.search(EVERYDAY) == []
    assert dense.search(EVERYDAY)[0].chunk.letter == "a"
    assert dense.search(EVERYDAY)[0].score == dense.search(EVERYDAY)[0].scores["dense"]
    assert plain.search(EVERYDAY)[0].scores["dense"] != assistant.search(EVERYDAY)[0].scores["dense"]
    assert under(condition_named("half-budget"), assistant).desk.hits == 6
    assert under(condition_named("default"), assistant).search(EVERYDAY) == assistant.search(EVERYDAY)


def test_a_chat_model_that_is_not_there_is_unmeasured_and_stops_nothing(assistant: Assistant) -> None:
    case = Case("c", ("红烧排骨怎么做才不腻？",), "unanswerable", False, "off_topic")
    found = run_conditions([case], assistant, [condition_named("chat"), condition_named("default")])
    assert isinstance(found["chat"], str)
    assert "未测" in found["chat"]
    assert isinstance(found["default"], Results)
    assert found["default"].fingerprint["settings"]["weights"] == dict(read_weights())


def test_a_server_that_does_not_listen_is_named(assistant: Assistant) -> None:
    settings = Settings(chat_model="m", chat_base_url="http://127.0.0.1:9/v1")
    with pytest.raises(ServiceError, match="连接不上"):
        under(condition_named("chat"), Assistant(assistant.index, assistant.embedder, settings))


def test_an_unknown_condition_names_the_nearest() -> None:
    with pytest.raises(InputError, match="最接近的是 lexical-only"):
        condition_named("lexical")


@pytest.mark.parametrize(
    ("toml", "fault"),
    [
        ("[a]\nweight = 1", "写法不对"),
        ("a = 1", "写法不对"),
        ("[a]\nweights = { sparse = 1.0 }", "未知的 sparse"),
        ("[a]\nweights = {}", "没有一路检索"),
        ("[a]\nsettings = { hit = 3 }", "未知的 hit"),
        ("[a", "读不出"),
    ],
)
def test_conditions_that_cannot_be_used_are_named(tmp_path: Path, toml: str, fault: str) -> None:
    path = tmp_path / "conditions.toml"
    path.write_text(toml, encoding="utf-8")
    with pytest.raises(SettingsError, match=fault):
        read_conditions(path)
