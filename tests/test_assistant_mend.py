"""Questions are read as they were meant: traditional characters, half place names, slips; what is right stays."""

import pytest

from assistant.assistant import Assistant
from assistant.mend import as_meant
from tests.assistant_fakes import built_in


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    return built_in(tmp_path_factory.mktemp("mend"))


@pytest.mark.parametrize(
    ("asked", "meant"),
    [
        ("昆明銀稅互動貸款餘額是多少", "昆明银税互动贷款余额是多少"),
        ("昆明银睡互动贷款余额", "昆明银税互动贷款余额"),
        ("揭傍制攻关", "揭榜制攻关"),
        ("昆明有几家瞪羚企业", "昆明有几家瞪羚企业"),
        ("昆明易带是什么", "昆明易带是什么"),
        ("第142194号提案是谁提的", "第142194号提案是谁提的"),
    ],
)
def test_a_question_is_read_as_it_was_meant(assistant: Assistant, asked: str, meant: str) -> None:
    assert as_meant(asked, assistant.desk.directory, assistant.index) == meant


def test_a_mended_question_is_answered_and_shown_as_it_was_read(assistant: Assistant) -> None:
    answer = assistant.ask("昆明银睡互动合作貸款余额是多少")
    assert "90.31亿元" in answer.text
    assert answer.question == "昆明银睡互动合作貸款余额是多少"
    assert answer.standalone_question == "昆明银税互动合作贷款余额是多少"
