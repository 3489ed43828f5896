"""The accepted baseline: same state same bytes, reasons for what got worse, and every way in which it cannot be used."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from corpus.errors import InputError
from eval.baseline import Baseline, accept, baseline_text, foreign, read_baseline, unlike, write_baseline
from tests.eval_outcomes import CORPUS, outcome, saved

GOOD = saved(outcome("b", citation_recall=0.333333), outcome("a", None, kind="colloquial"), characters_lost=0.0)


def written(tmp_path: Path, text: str | None = None) -> Path:
    path = tmp_path / "baseline.jsonl"
    path.write_text(baseline_text(Baseline(GOOD, gold="g")) if text is None else text, encoding="utf-8")
    return path


def test_a_baseline_is_one_line_for_its_state_and_one_for_each_question_in_order(tmp_path: Path) -> None:
    rows = [json.loads(line) for line in written(tmp_path).read_text(encoding="utf-8").splitlines()]
    assert [row.get("id") for row in rows] == [None, "a", "b"]
    assert rows[0]["questions"] == 2
    assert dict(zip(rows[0]["measures"], rows[2]["scores"], strict=True)) == {
        "AnswerHit": 1,
        "citation recall": 0.333333,
        "false refusal": 0,
    }
    assert rows[1]["cause"] == "refused"


def test_the_same_state_is_the_same_bytes_and_is_read_back(tmp_path: Path) -> None:
    path = tmp_path / "baseline.jsonl"
    write_baseline(Baseline(GOOD, {"a": "理由"}, "g"), path)
    first = path.read_bytes()
    write_baseline(Baseline(GOOD, {"a": "理由"}, "g"), path)
    assert path.read_bytes() == first
    found = read_baseline(path)
    assert (dict(found.accepted), found.gold, found.saved.chunking) == ({"a": "理由"}, "g", {"characters lost": 0.0})
    assert found.saved.outcomes["b"].scores["citation recall"] == 0.333333
    assert found.saved.outcomes["a"].scores["citation recall"] is None
    assert foreign(found, GOOD, "g") == []


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (lambda text: "", "不是基线文件"),
        (lambda text: text.splitlines()[0], "应有 2 题，现有 0 题"),
        (lambda text: text[:-20], "不完整"),
        (lambda text: "\n".join(text.splitlines()[1:]), "不是基线文件"),
        (lambda text: text.replace('"baseline": 1', '"baseline": 2'), "不是基线文件"),
        (lambda text: text.replace('"accepted": {}', '"accepted": {"a": ""}'), "理由不能空"),
        (lambda text: text.replace('"id": "b"', '"id": "a"'), "题号 a 重复"),
        (lambda text: text.replace("0.333333", "NaN"), "含有 NaN"),
        (lambda text: text.replace("0.333333", '"x"'), "有不是数的值"),
        (lambda text: text.replace("0.333333, ", ""), "有不是数的值"),
    ],
)
def test_a_baseline_that_cannot_be_used_is_named(tmp_path: Path, change, fault: str) -> None:  # type: ignore[no-untyped-def]  # change is a case of the table
    path = written(tmp_path, change(baseline_text(Baseline(GOOD, gold="g"))))
    with pytest.raises(InputError, match=fault) as caught:
        read_baseline(path)
    assert str(path) in str(caught.value)


def test_a_missing_baseline_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="fuwen eval baseline accept"):
        read_baseline(tmp_path / "none.jsonl")


def test_a_baseline_of_other_letters_or_other_questions_is_named() -> None:
    base = Baseline(GOOD, gold="g")
    other_letters = saved(*GOOD.outcomes.values(), fingerprint={**CORPUS, "corpus": "d"})
    assert foreign(base, other_letters) == ["基线属于另一批复文 → 确认语料无误后运行 fuwen eval baseline accept"]
    assert "没有 c" in foreign(base, saved(*GOOD.outcomes.values(), outcome("c")))[0]
    changed = saved(replace(GOOD.outcomes["a"], question="别的？"), GOOD.outcomes["b"])
    assert "a 改过" in foreign(base, changed)[0]
    assert "答案或依据改过" in foreign(base, GOOD, "h")[0]
    stamped = saved(*GOOD.outcomes.values(), fingerprint={**CORPUS, "questions": "r"})
    assert "答案或依据改过" in foreign(base, stamped)[0]
    # A question that is missing is for the gate to name, not another gold.
    assert foreign(base, saved(GOOD.outcomes["b"], fingerprint={**CORPUS, "questions": "r"}), "g") == []


def test_other_settings_models_and_versions_are_told_but_compared() -> None:
    now = saved(*GOOD.outcomes.values(), fingerprint={**CORPUS, "model": "m", "commit": "x"})
    assert foreign(Baseline(GOOD), now) == []
    assert unlike(GOOD, now) == ["与基线不同：model None → m"]


def test_what_got_worse_needs_a_reason_for_all_or_by_its_id() -> None:
    before = Baseline(saved(outcome("a"), outcome("b"), outcome("c", False)), {"c": "旧理由"})
    now = saved(outcome("a", False), outcome("b", None), outcome("c", False))
    with pytest.raises(InputError, match=r"a、b.*没有写明理由"):
        accept(now, before, [])
    with pytest.raises(InputError, match=r"b.*没有写明理由"):
        accept(now, before, ["a=换了语料"])
    assert dict(accept(now, before, ["a=换了语料", "口径改了"]).accepted) == {
        "c": "旧理由",
        "a": "换了语料",
        "b": "口径改了",
    }


def test_a_reason_goes_when_its_question_passes_again() -> None:
    before = Baseline(saved(outcome("a", False)), {"a": "旧理由"})
    assert accept(saved(outcome("a")), before, []).accepted == {}


def test_a_question_that_was_rewritten_needs_no_reason() -> None:
    before = Baseline(saved(replace(outcome("a"), question="旧问？")))
    assert accept(saved(outcome("a", False)), before, []).accepted == {}
