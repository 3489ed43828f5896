"""Follow-ups: another city, another year, a correction, an item of the list; a new topic takes nothing along."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.answer import Answer, Sentence
from assistant.assistant import Assistant
from assistant.follow_up import resolve
from tests.assistant_fakes import BALANCE, assert_lawful, built_in, over, talk, without_times

PEOPLE = {
    "甲.txt": "关于昆明市茶产业的报告\n昆明市2022年有茶园77亩，产茶12吨。\n昆明市2021年有茶园66亩，产茶11吨。\n",
    "乙.txt": "关于银川市茶产业的报告\n银川市2022年有茶园55亩，产茶9吨。\n",
}


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    return built_in(tmp_path_factory.mktemp("follow"))


def said(question: str, *sentences: str, intent: str = "fact") -> tuple[str, Answer]:
    return question, Answer(question, question, intent, tuple(Sentence(s, (1,)) for s in sentences))


@pytest.mark.parametrize(
    ("follow_up", "expected"),
    [
        ("那银川呢？", "银川2022年茶园有多少亩？"),
        ("银川市呢", "银川市2022年茶园有多少亩？"),
        ("那么金华呢?", "金华2022年茶园有多少亩？"),
        ("那2021年呢", "昆明市2021年茶园有多少亩？"),
        ("2021年的呢？", "昆明市2021年茶园有多少亩？"),
        ("那银川2021年呢？", "银川2021年茶园有多少亩？"),
        ("不是，我问的是金华", "金华2022年茶园有多少亩？"),
        ("不对，我问的是2020年", "昆明市2020年茶园有多少亩？"),
    ],
)
def test_a_city_or_a_year_takes_the_place_of_the_earlier_one(follow_up: str, expected: str) -> None:
    history = [said("昆明市2022年茶园有多少亩？", "有77亩。")]
    standalone = resolve(follow_up, history).standalone
    assert standalone.replace("2021年度", "2021年") == expected


def test_follow_ups_chain() -> None:
    first = said("昆明市2022年茶园有多少亩？", "有77亩。")
    second = resolve("那2021年呢", [first]).standalone
    third = resolve("那银川呢？", [first, said(second, "有66亩。")]).standalone
    assert third == "银川2021年茶园有多少亩？"


def test_small_talk_in_between_is_no_turn() -> None:
    history = [said("昆明市2022年茶园有多少亩？", "有77亩。"), said("谢谢", "不客气。", intent="smalltalk")]
    assert resolve("那银川呢？", history).standalone == "银川2022年茶园有多少亩？"


@pytest.mark.parametrize(
    "question", ["那银川呢？", "那2021年呢", "还有吗", "它的文号是多少", "第二条具体是什么", "不是，我问的是金华"]
)
def test_a_follow_up_to_nothing_is_asked_as_it_stands(assistant: Assistant, question: str) -> None:
    answer = assistant.ask(question)
    assert answer.standalone_question == question
    assert_lawful(answer, assistant)


def test_the_item_that_is_meant_is_the_one_counted() -> None:
    history = [said("茶产业有哪些措施？", "建设茶园。", "培训茶农。", "打造品牌。", intent="measures")]
    assert "培训茶农" in resolve("第二条具体是什么", history).standalone
    assert "打造品牌" in resolve("第三点展开说说", history).standalone
    assert resolve("第9条具体是什么", history).item is None


def test_an_item_of_a_refusal_is_none() -> None:
    refusal = Answer(
        "茶？", "茶？", "fact", (Sentence("查不到。"), Sentence("原因。")), refused=True, refusal_reason="off_topic"
    )
    assert resolve("第二条具体是什么", [("茶？", refusal)]).item is None


@pytest.mark.parametrize(
    "question",
    [
        "银川市怎么引进科技人才？",
        "第153005号建议是谁提的？",
        "金华市国家高新技术企业有多少家？",
        "昆明市2020年技术合同成交额是多少？",
        "红烧排骨怎么做才不腻？",
        "谢谢",
    ],
)
@pytest.mark.parametrize("before", [BALANCE, "第142194号提案是谁提的？", "成都市地铁有几条线？"])
def test_a_question_that_stands_alone_takes_nothing_along(assistant: Assistant, before: str, question: str) -> None:
    assert without_times(talk(assistant, before, question)[-1]) == without_times(assistant.ask(question))


def test_another_city_is_answered_from_its_own_letter(tmp_path: Path) -> None:
    kunming, yinchuan, earlier = talk(over(tmp_path, PEOPLE), "昆明市2022年有茶园多少亩？", "那银川呢？", "那2021年呢")
    assert "77亩" in kunming.text
    assert {c.file for c in yinchuan.citations} == {"乙.txt"}
    assert "55亩" in yinchuan.text
    assert earlier.refused, "银川市2021年 is on record nowhere"


def test_the_city_of_a_correction_never_gets_the_figures_of_the_first(assistant: Assistant) -> None:
    for follow_up in ("不是，我问的是金华", "那银川呢？", "那2021年呢"):
        answer = talk(assistant, BALANCE, follow_up)[-1]
        assert answer.refused, follow_up
        assert "90.31" not in answer.text


def test_a_field_is_asked_of_the_letter_last_spoken_of(assistant: Assistant) -> None:
    for number, letter in (("第142194号提案", "000_032a5aed1bd1ca86"), ("第153005号建议", "001_3e451a15a96c0c19")):
        answer = talk(assistant, f"{number}是谁提的？", "什么时候答复的？")[-1]
        assert {c.letter for c in answer.citations} == {letter}


@pytest.mark.parametrize("follow_up", ["它的文号是多少", "那第153005号呢？", "第029号呢"])
def test_the_number_of_a_letter_that_exists_is_no_false_premise(assistant: Assistant, follow_up: str) -> None:
    answer = talk(assistant, "第142194号提案是谁提的？", follow_up)[-1]
    assert answer.refusal_reason != "premise_unsupported"


def test_a_third_city_joins_a_comparison_in_whole_words() -> None:
    history = [said("昆明和银川在科技人才方面的做法有什么不同？", "昆明市：……")]
    assert "和在" not in resolve("那金华呢？", history).standalone


def test_more_brings_something_new_or_says_that_there_is_no_more(assistant: Assistant) -> None:
    first, more = talk(assistant, BALANCE, "还有吗")
    assert more.refused or {s.text for s in more.sentences} - {s.text for s in first.sentences}


def test_a_pronoun_is_completed_without_splicing_two_questions(assistant: Assistant) -> None:
    answer = talk(assistant, BALANCE, "它的文号是多少")[-1]
    assert "是多少是多少" not in answer.standalone_question


@given(st.text(max_size=40), st.text(min_size=1, max_size=40), st.lists(st.text(max_size=30), max_size=4))
@settings(max_examples=150, deadline=None, derandomize=True)
def test_any_follow_up_to_anything_is_completed_without_an_error(question: str, earlier: str, lines: list[str]) -> None:
    resolved = resolve(question, [said(earlier, *lines)])
    assert resolved == resolve(question, [said(earlier, *lines)])
    assert resolved.standalone or not question
