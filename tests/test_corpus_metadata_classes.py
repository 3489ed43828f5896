"""Pages of every class that was once misread, each in full-width and in half-width punctuation."""

import pytest

from tests import corpus_metadata_classes as first
from tests import corpus_metadata_classes_more as more
from tests.corpus_metadata_cases import Case, read, seen, value

_HALF = str.maketrans("，：；！？（）／", ",:;!?()/")
_LETTERS: list[Case] = [
    *(first.ISSUERS + first.REGIONS + first.CATEGORIES),
    *(more.PROPOSERS + more.SESSIONS + more.CO_ORGANS + more.DOC_NUMBERS),
    *(more.TITLES + more.SIGNERS + more.NUMBERS + more.CONTACTS),
]


@pytest.mark.parametrize("half", [False, True])
@pytest.mark.parametrize(("page", "expected"), _LETTERS)
def test_page_gives_these_values_in_either_width(page: str, expected: dict[str, object], half: bool) -> None:
    assert seen(page.translate(_HALF) if half else page, expected) == expected


@pytest.mark.parametrize("half", [False, True])
@pytest.mark.parametrize("page", first.NO_REPLIES)
def test_paper_with_an_address_that_answers_no_proposal_is_no_reply(page: str, half: bool) -> None:
    metadata = read(page.translate(_HALF) if half else page)
    assert (value(metadata.kind), value(metadata.numbers), value(metadata.proposers)) == ("其他", [], [])
