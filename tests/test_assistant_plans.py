"""The plans of a letter: its part under a heading, else from the sentence that turns to them to the closing."""

import pytest

from assistant.assistant import Assistant
from assistant.plans import plan_of
from corpus.parse import parse_letter
from corpus.read import RawDocument
from tests.assistant_fakes import over

OPENING = "清河县水务局关于对县政协第九次会议第7号提案的答复\n王明委员：\n您提出的《关于加快疏浚城东支流的提案》收悉，现答复如下：\n"
UNHEADED = (
    OPENING
    + "截至2024年5月，我县疏浚支流14条。\n下一步，我局将争取上级资金，分三年完成其余9条支流。\n同时建立巡查制度。\n感谢您对水务工作的支持。\n清河县水务局\n2024年6月17日\n"
)
HEADED = (
    OPENING
    + "一、工作情况\n疏浚支流14条。\n二、下一步工作打算\n（一）争取资金。分三年完成其余9条。\n（二）建立制度。每月巡查。\n感谢您的支持。\n清河县水务局\n2024年6月17日\n"
)
NONE = OPENING + "截至2024年5月，我县疏浚支流14条。\n感谢您的支持。\n清河县水务局\n2024年6月17日\n"


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    return over(tmp_path_factory.mktemp("plans"), {"a.txt": UNHEADED})


def plans(text: str) -> str | None:
    letter = parse_letter(RawDocument("a", "a.txt", None, text))
    span = plan_of(letter)
    return letter.text[slice(*span)].strip() if span else None


def test_plans_under_a_heading_are_that_part() -> None:
    found = plans(HEADED) or ""
    assert found.startswith("二、下一步工作打算")
    assert found.endswith("每月巡查。")


def test_plans_without_a_heading_begin_where_the_letter_turns_to_them() -> None:
    found = plans(UNHEADED) or ""
    assert found.startswith("下一步，我局将争取上级资金")
    assert found.endswith("同时建立巡查制度。")


def test_a_letter_without_plans_has_none() -> None:
    assert plans(NONE) is None


def test_a_question_about_plans_gets_all_of_them_and_nothing_else(assistant: Assistant) -> None:
    answer = assistant.ask("清河县疏浚城东支流下一步打算怎么做")
    assert "分三年完成其余9条支流" in answer.text
    assert "建立巡查制度" in answer.text
    assert "14条" not in answer.text
