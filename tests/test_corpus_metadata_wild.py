"""Pages as sites damage them: issuers, places, boxes, titles and addresses are read, and papers about replies are none."""

import pytest

from corpus.clean import clean
from corpus.doc_numbers import doc_numbers
from corpus.sections import sections
from tests.corpus_metadata_cases import Case, seen
from tests.corpus_metadata_wild_cases import BOXES, HEADINGS, ISSUERS, OTHERS, REGIONS, WORDS

GROUPS = ISSUERS | REGIONS | BOXES | WORDS | OTHERS


@pytest.mark.parametrize("case", GROUPS.values(), ids=GROUPS)
def test_a_damaged_page_is_read(case: Case) -> None:
    page, expected = case
    assert seen(page, expected) == expected


@pytest.mark.parametrize(("page", "expected"), HEADINGS.values(), ids=HEADINGS)
def test_lists_are_no_headings(page: str, expected: list[tuple[str, str]]) -> None:
    cleaned = clean(page)
    assert [(s.kind, s.heading) for s in sections(cleaned.text, *cleaned.body)] == expected


def test_the_code_of_an_office_for_culture_and_tourism_stays_whole() -> None:
    text = "按照《意见》（渝文旅发〔2022〕61号）和皖文旅发〔2021〕5号，参照川文旅规〔2020〕3号办理"
    assert [n.value for n in doc_numbers(text)] == [
        "渝文旅发〔2022〕61号",
        "皖文旅发〔2021〕5号",
        "川文旅规〔2020〕3号",
    ]


def test_the_letters_own_number_is_no_citation_of_it() -> None:
    page, _ = BOXES["9 the name of the field is glued to its value"]
    cleaned = clean(page)
    assert "文号" not in cleaned.text[slice(*cleaned.body)]
