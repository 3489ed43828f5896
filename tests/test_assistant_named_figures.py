"""Figures that a question names against each other: each is shown where it stands, or nothing is."""

import pytest

from assistant.assistant import Assistant
from assistant.named_figures import named
from assistant.understand import understand
from tests.assistant_fakes import assert_lawful, over

LETTERS = {
    "甲.txt": "关于临江市养老服务的报告\n截至2022年末，全市有养老机构47家，床位6120张。\n下一步，计划新增养老机构12家，投入资金3亿元。\n",
    "乙.txt": "关于临江市社区服务的报告\n全市建成日间照料中心88家，投入资金1.2亿元。\n社区食堂12家，服务老人3万人。\n",
}


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    return over(tmp_path_factory.mktemp("named"), LETTERS)


@pytest.mark.parametrize(
    ("question", "written"),
    [
        ("养老机构一处写47家一处写12家，到底哪个对", ["47家", "12家"]),
        ("资金3亿元还是1.2亿元", ["3亿元", "1.2亿元"]),
        ("两处12家是一码事吗", ["12家"]),
        ("养老机构47家分布在哪里", []),
        ("下一步的3条措施是什么", []),
    ],
)
def test_the_figures_between_which_a_question_asks_are_read(question: str, written: list[str]) -> None:
    assert [figure.written for figure in named(understand(question))] == written


def test_each_value_is_shown_with_the_sentence_that_states_it(assistant: Assistant) -> None:
    answer = assistant.ask("临江养老投入的钱，一份写3亿元一份写1.2亿元，各是什么钱")
    assert_lawful(answer, assistant)
    assert "投入资金3亿元" in answer.text
    assert "投入资金1.2亿元" in answer.text


def test_one_value_in_two_places_is_shown_in_both(assistant: Assistant) -> None:
    answer = assistant.ask("临江市两处12家是一码事吗")
    assert "新增养老机构12家" in answer.text
    assert "社区食堂12家" in answer.text


def test_a_value_that_stands_nowhere_is_not_answered_by_the_other(assistant: Assistant) -> None:
    answer = assistant.ask("临江养老机构一处写47家一处写53家，到底哪个对")
    assert answer.refused
