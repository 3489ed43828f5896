"""Letters of our own making, one for each way to number or head a section, give their outlines."""

import pytest

from corpus.sections import sections
from tests.run_in_cases import CASES as RUN_IN
from tests.section_cases import CASES, case

SIGNS = {"heading": "", "item": "- ", "attachment": "@ "}


def outline(text: str) -> list[str]:
    """The sections as the cases write them."""
    return ["  " * (s.level - 1) + SIGNS[s.kind] + s.heading for s in sections(text, 0, len(text))]


@pytest.mark.parametrize("name", CASES)
def test_a_letter_with(name: str) -> None:
    text, expected = case(name)
    assert outline(text) == expected


@pytest.mark.parametrize("name", RUN_IN)
def test_headings_part_from_the_text_they_run_into(name: str) -> None:
    marked = RUN_IN[name]
    text = marked.replace("¦", "")
    headings = [section.heading for section in sections(text, 0, len(text)) if section.kind == "heading"]
    assert headings == [line.partition("¦")[0] for line in marked.split("\n") if "¦" in line]
