"""The laws of an answer, held over any question that can be typed."""

import random
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from assistant.answer import Answer
from assistant.assistant import Assistant
from assistant.refusal import REASONS
from assistant.understand import INTENTS
from corpus.errors import InputError
from corpus.letter import Letter
from tests.assistant_fakes import BALANCE, assert_lawful, built_in, talk, without_times

WORDS = [
    "昆明",
    "银川市",
    "金华",
    "成都市",
    "2022年",
    "去年",
    "多少",
    "哪些",
    "措施",
    "第142194号",
    "提案",
    "建议",
    "《",
    "》",
    "“",
    "”",
    "〔2022〕",
    "号",
    "那",
    "呢",
    "？",
    "它",
    "第二条",
    "还有吗",
    "不是",
    "我问的是",
    "%",
    "亿",
    "万元",
    "陈德理委员",
    "提的",
    "是谁",
    "什么时候",
    "对比",
    "总结",
    "你好",
    "谢谢",
    "这个政策",
    "当地",
    "第9999999999999条",
    "2022-13-45",
    "①",
    "１２",
    "[^1]",
    "一是",
    "(一)",
    "文号",
    "高新技术企业",
    "银税互动",
]
CHARACTERS = st.characters(codec="utf-8", exclude_categories=("Cn", "Co"))
CHINESE = st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), max_size=30)
QUESTIONS = st.one_of(
    st.lists(st.sampled_from(WORDS), max_size=9).map("".join),
    st.lists(st.one_of(st.sampled_from(WORDS), CHINESE), max_size=6).map("".join),
    st.text(CHARACTERS, max_size=60),
)
FEW = settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    return built_in(tmp_path_factory.mktemp("laws"))


def ask(assistant: Assistant, question: str) -> Answer | None:
    """The answer, None where the question is turned down at the door."""
    try:
        return assistant.ask(question)
    except InputError:
        return None


def pieces(letters: tuple[Letter, ...], count: int) -> list[str]:
    """Questions made of the letters' own words, which reach far into the chain."""
    dice = random.Random(7)
    made = []
    for _ in range(count):
        text = dice.choice(letters).text
        at = dice.randrange(len(text) - 60)
        made.append(
            text[at : at + dice.randint(4, 50)]
            + dice.choice(("是多少？", "有哪些？", "的文号", "呢", "为什么", "谁提的", ""))
        )
    return made


@FEW
@example("")
@example("？")
@example("\x00\x07")
@example("问" * 2001)
@example("1")
@example("《》")
@example("（" * 300)
@given(question=QUESTIONS)
def test_any_question_gets_a_lawful_answer_or_one_line(assistant: Assistant, question: str) -> None:
    answer = ask(assistant, question)
    if answer is not None:
        assert_lawful(answer, assistant)
        assert answer.intent in INTENTS
        assert answer.refusal_reason is None or answer.refusal_reason in REASONS


def test_questions_in_the_letters_own_words_get_lawful_answers(assistant: Assistant) -> None:
    answered = 0
    for question in pieces(assistant.letters(), 120):
        answer = ask(assistant, question)
        if answer is not None:
            assert_lawful(answer, assistant)
            answered += not answer.refused
    assert answered >= 20


@FEW
@given(questions=st.lists(QUESTIONS, min_size=2, max_size=4))
def test_any_conversation_gets_lawful_answers(assistant: Assistant, questions: list[str]) -> None:
    history: list[tuple[str, Answer]] = []
    for question in questions:
        try:
            answer = assistant.ask(question, history)
        except InputError:
            continue
        assert_lawful(answer, assistant)
        history.append((question, answer))


@pytest.mark.parametrize("question", ["昆明市\ud800高新技术企业", "高企\udcff有多少家"])
def test_half_a_character_is_no_reason_to_fall_over(assistant: Assistant, question: str) -> None:
    answer = ask(assistant, question)
    if answer is not None:
        assert_lawful(answer, assistant)


def test_the_same_question_gives_the_same_bytes_from_two_indexes(assistant: Assistant, tmp_path: Path) -> None:
    other = built_in(tmp_path)
    for question in (BALANCE, *pieces(assistant.letters(), 40), "第142194号提案是谁提的？", "红烧排骨怎么做"):
        first, second = ask(assistant, question), ask(other, question)
        assert (first and without_times(first)) == (second and without_times(second))


def test_the_same_conversation_gives_the_same_bytes_twice(assistant: Assistant) -> None:
    turns = (BALANCE, "那银川呢？", "昆明市支持企业创新有哪些措施？", "第二条具体是什么", "它的文号是多少")
    assert [*map(without_times, talk(assistant, *turns))] == [*map(without_times, talk(assistant, *turns))]


def test_the_chain_of_langchain_gives_what_ask_gives(assistant: Assistant) -> None:
    history: list[tuple[str, Answer]] = []
    questions = (BALANCE, "那银川呢？", "谢谢", "第153005号建议是什么时候答复的？", "红烧排骨怎么做")
    for question in (*questions, *pieces(assistant.letters(), 25)):
        direct = assistant.ask(question, history)
        *_, streamed = assistant.stream(question, history)
        assert without_times(direct) == without_times(streamed)
        history.append((question, direct))


def test_a_stream_grows_and_never_shows_what_is_not_in_the_end(assistant: Assistant) -> None:
    states = list(assistant.stream("银川市怎么引进科技人才？"))
    assert [len(a.sentences) for a in states] == list(range(1, len(states) + 1))
    assert all(states[-1].sentences[: len(a.sentences)] == a.sentences for a in states)
