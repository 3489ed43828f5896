"""Slips of one character: the word that was meant is suggested with its reason; what is known, named or counted stays."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.spelling import suggestions
from index.words import compact, normalise

KNOWN = frozenset(
    [
        "政策",
        "贷款",
        "融资",
        "提案",
        "知识产权",
        "揭榜挂帅",
        "银税互动",
        "成果转化",
        "高企",
        "企业",
        "技术",
        "转化",
        "创新",
        "补助",
        "研发投入",
        "重点实验室",
        "昆明",
        "科技特派员",
    ]
)


def meant(question: str, known: frozenset[str] = KNOWN, terms: tuple[str, ...] = ()) -> dict[str, str]:
    """What was meant, by kind of slip."""
    return {s.means: s.kind for s in suggestions(question, known.__contains__, terms) if s.kind != "错字"}


@pytest.mark.parametrize(
    ("question", "term", "kind"),
    [
        ("银水互动贷了多少", "银税互动", "同音字"),
        ("政册有哪些", "政策", "同音字"),
        ("待款余额是多少", "贷款", "同音字"),
        ("高启有多少家", "高企", "同音字"),
        ("知识产劝怎么保护", "知识产权", "同音字"),
        ("揭傍挂帅怎么报", "揭榜挂帅", "同音字"),
        ("揭挂榜帅怎么报", "揭榜挂帅", "颠倒"),
        ("知知识产权", "知识产权", "多字"),
        ("重点验室", "重点实验室", "漏字"),
    ],
)
def test_a_slip_is_mended_and_says_which(question: str, term: str, kind: str) -> None:
    assert meant(question)[term] == kind


def test_a_slip_in_an_everyday_word_leads_to_its_official_name() -> None:
    found = suggestions("借不到前怎么办", lambda word: False)
    assert ("借不到前", "融资难", "错字") in {(s.asked, s.means, s.kind) for s in found}


@pytest.mark.parametrize(
    "question",
    [
        "政策有哪些",
        "揭榜挂帅怎么报",
        "昆名市有多少家",
        "陈力代表提了什么",
        "第142194号提案",
        "R&D经费",
        "银川市金凤区",
        "红烧肉怎么做",
        "油价涨了吗",
        "我想问一下这个是谁办的",
    ],
)
def test_nothing_is_suggested_for_what_is_known_named_or_about_something_else(question: str) -> None:
    assert not meant(question)


def test_a_word_of_the_corpus_is_never_mended() -> None:
    assert not meant("政册有哪些", KNOWN | {"政册"})


def test_a_word_that_the_corpus_does_not_hold_is_not_suggested() -> None:
    assert not meant("政册有哪些", frozenset())


def test_names_that_a_letter_teaches_are_looked_among() -> None:
    assert meant("春成计划投了多少", KNOWN | {"春城计划"}, ("春城计划",)) == {"春城计划": "同音字"}


WORDS = st.lists(
    st.sampled_from(
        ["银水互动", "政册", "高启", "，", "昆明", "2022", "r&d", "借不到前", "的", "申抱", "知识产劝", "a"]
    )
).map("".join)


@given(WORDS | st.text(max_size=120), st.booleans())
def test_no_suggestion_repeats_what_is_asked(question: str, anything: bool) -> None:
    for found in suggestions(question, lambda word: anything):
        assert found.means != found.asked
        assert found.asked in normalise(question)
        assert 0 < found.weight < 1
        assert not any(character.isdigit() for character in found.asked)


@given(WORDS)
def test_where_everything_is_known_nothing_is_suggested(question: str) -> None:
    assert suggestions(question, lambda word: True) == ()


def test_a_long_question_is_read_in_one_go() -> None:
    question = "银水互动贷了多少，政册有哪些，" * 400
    assert {"银税互动", "政策"} <= set(meant(question))
    assert compact(question)
