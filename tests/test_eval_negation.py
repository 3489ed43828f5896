"""A negation dropped or put in is seen; a verbatim or shortened sentence never is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answer import Answer, Citation, Sentence
from corpus.negation import negations
from eval.negation import flips

QUOTE = "对小微企业不予处罚,持续加大投入。2023年没有新增项目;未来继续扶持。"
TEXT = st.text(alphabet="不没有未企业投入扶持,。；：《》", min_size=1, max_size=30)


def answer(text: str, quote: str = QUOTE) -> Answer:
    citation = Citation(1, "L", "L.txt", "L", None, None, None, (), 0, len(quote), quote)
    return Answer("问", "问", "fact", (Sentence(text, (1,)),), (citation,))


@pytest.mark.parametrize(
    ("text", "flipped"),
    [
        (QUOTE, 0),
        ("对小微企业不予处罚。", 0),
        ("昆明市：对小微企业不予处罚，持续加大投入", 0),
        ("对小微企业予处罚。", 1),
        ("对小微企业予以处罚,不持续加大投入。", 2),
        ("2023年新增项目", 1),
        ("未来继续扶持", 0),
        ("未来不继续扶持", 1),
        ("与原文毫不相干的一句话", 0),
    ],
)
def test_a_clause_that_says_the_opposite_of_its_source_is_counted(text: str, flipped: int) -> None:
    assert flips(answer(text)) == flipped


def test_what_only_looks_like_a_negation_denies_nothing() -> None:
    assert negations("不断加大、不仅如此、不少于三家、非公企业、未来三年、无人机") == 0
    assert flips(answer("断加大投入。", "不断加大投入。")) == 0


def test_a_sentence_without_citation_has_no_source_to_turn_round() -> None:
    bare = Answer("问", "问", "fact", (Sentence("对小微企业予处罚。"),))
    assert flips(bare) == 0


@given(TEXT)
def test_a_verbatim_sentence_is_never_flipped(text: str) -> None:
    assert flips(answer(text, text)) == 0
