"""How much of a sentence its own citations hold, worked by hand, and the laws of it."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answer import Answer, Citation, Sentence
from corpus.letter import Letter, Metadata, Stated
from eval.support import sentence_support, supported

FIRST, SECOND = "昆明认定高企1350家。", "银川拨付经费500万元。"
LETTERS = {"L": Letter("L", "L.txt", FIRST + SECOND, Metadata(title=Stated("关于创新的建议")))}
TEXT = st.text(alphabet="昆明科技企业12万，。", max_size=25)


def cited(number: int, quote: str) -> Citation:
    start = (FIRST + SECOND).index(quote)
    return Citation(number, "L", "L.txt", "L", None, None, None, (), start, start + len(quote), quote)


def answer(*said: tuple[str, int]) -> Answer:
    sentences = tuple(Sentence(text, (number,) if number else ()) for text, number in said)
    return Answer("问", "问", "fact", sentences, (cited(1, FIRST), cited(2, SECOND)))


def test_words_in_the_order_of_the_source_count() -> None:
    """昆 明 认 定 1200 家 against 昆 明 认 定 高 企 1350 家: five of six tokens in order."""
    assert supported("昆明认定1200家", FIRST) == pytest.approx(5 / 6)
    assert supported("家1350定认明昆", FIRST) == pytest.approx(1 / 6)
    assert supported("《》。", FIRST) == 1.0


def test_swapped_missing_and_unfounded_lower_the_mean() -> None:
    assert sentence_support(answer((FIRST, 1), (SECOND, 2)), LETTERS) == 1.0
    assert (sentence_support(answer((FIRST, 2), (SECOND, 1)), LETTERS) or 0) < 0.5
    assert sentence_support(answer((FIRST, 1), (SECOND, 0)), LETTERS) == 0.5
    assert sentence_support(answer((FIRST, 1), ("银川拨付经费600万元。", 2)), LETTERS) == 0.5
    assert sentence_support(Answer("问", "问", "fact"), LETTERS) is None


def test_the_name_of_the_letter_needs_no_quote_where_letters_are_listed() -> None:
    named = answer(("《关于创新的建议》：" + FIRST, 1))
    assert sentence_support(replace(named, intent="enumerate"), LETTERS) == 1.0
    assert sentence_support(named, LETTERS) == 0.0


@given(TEXT, TEXT)
def test_it_stays_between_0_and_1_and_a_text_supports_itself(text: str, source: str) -> None:
    assert 0.0 <= supported(text, source) <= 1.0
    assert supported(text, text) == supported(text, source + text) == 1.0
