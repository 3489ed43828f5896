"""Pages as sites damage them: issuers, places, boxes, titles and addresses are read, and papers about replies are none."""

import pytest

from tests.corpus_metadata_cases import Case, seen
from tests.corpus_metadata_wild_cases import BOXES, ISSUERS, OTHERS, REGIONS, WORDS

GROUPS = ISSUERS | REGIONS | BOXES | WORDS | OTHERS


@pytest.mark.parametrize("case", GROUPS.values(), ids=GROUPS)
def test_a_damaged_page_is_read(case: Case) -> None:
    page, expected = case
    assert seen(page, expected) == expected
