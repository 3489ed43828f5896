"""Parsing: every letter's offsets hold, and passages by the thousand take seconds."""

import time
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from corpus.parse import parse_letter
from corpus.read import RawDocument, read_documents

DOCUMENTS = Path(__file__).parents[1] / "corpus" / "documents"


def test_the_five_that_ship_parse_into_sections_within_their_bodies() -> None:
    letters = [parse_letter(raw) for raw in read_documents(DOCUMENTS)]
    assert len(letters) == 5
    for letter in letters:
        start, end = letter.body
        assert letter.text[start:end].strip()
        for section in letter.sections:
            assert start <= section.start < section.end <= end
            assert letter.text[section.start :].startswith(section.heading)


@given(st.text(max_size=300).filter(str.strip))
def test_any_text_becomes_a_letter_with_a_body_inside_its_text(text: str) -> None:
    letter = parse_letter(RawDocument("甲", "甲.txt", None, text))
    assert 0 <= letter.body[0] <= letter.body[1] <= len(letter.text)
    assert letter.name


def test_ten_thousand_passages_parse_in_ten_seconds() -> None:
    passage = "泡菜是一种食品，由蔬菜经乳酸发酵而成，各地做法不同。" * 20
    raws = [RawDocument(str(i), "p.jsonl", "泡菜", f"{passage}第{i}段。") for i in range(2000)]
    begun = time.perf_counter()
    assert len([parse_letter(raw) for raw in raws]) == 2000
    assert time.perf_counter() - begun < 2.0 * 2  # a fifth of the passages, twice the time for a busy machine
