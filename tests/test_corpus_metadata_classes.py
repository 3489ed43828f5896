"""Pages of every class that was once misread, each in full-width and in half-width punctuation."""

import pytest

from corpus.doc_numbers import doc_numbers
from tests import corpus_metadata_classes as first
from tests import corpus_metadata_classes_more as more
from tests import corpus_metadata_wordings as wordings
from tests.corpus_metadata_cases import Case, read, seen, value

_HALF = str.maketrans("，：；！？（）／", ",:;!?()/")
_LETTERS: list[Case] = [
    *(first.ISSUERS + first.REGIONS + first.CATEGORIES),
    *(more.PROPOSERS + more.SESSIONS + more.CO_ORGANS + more.DOC_NUMBERS),
    *(more.TITLES + more.SIGNERS + more.NUMBERS + more.CONTACTS + more.MIXED + wordings.PAGES),
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


@pytest.mark.parametrize("page", first.REPLIES)
def test_reply_that_speaks_of_petitions_or_reports_is_still_a_reply(page: str) -> None:
    assert value(read(page).kind) != "其他"


@pytest.mark.parametrize(("organ", "region", "city", "county"), more.ORGANS)
def test_region_ends_where_the_name_of_the_bureau_begins(
    organ: str, region: str | None, city: str | None, county: str | None
) -> None:
    page = f"关于十七届人大二次会议第31号建议的答复\n李红代表：\n您提出的建议收悉。现答复如下：\n已安排。\n{organ}\n2024年5月6日\n"
    assert seen(page, dict.fromkeys(("issuer", "region", "city", "county"))) == {
        "issuer": organ,
        "region": region,
        "city": city,
        "county": county,
    }


@pytest.mark.parametrize(("title", "region"), more.SEATS)
@pytest.mark.parametrize("signed", ["", "住建局\n"])
def test_place_that_stands_only_in_the_title_is_the_region(title: str, region: str, signed: str) -> None:
    page = (
        f"{title}\n李红委员：\n您提出的《关于改善老街排水的提案》收悉。现答复如下：\n已安排。\n{signed}2024年5月6日\n"
    )
    assert value(read(page).region) == region


@pytest.mark.parametrize(("text", "expected"), more.CITED)
def test_code_of_a_cited_number_keeps_its_first_character(text: str, expected: list[str]) -> None:
    assert [number.value for number in doc_numbers(text)] == expected


@pytest.mark.parametrize(
    ("opening", "expected"),
    [
        ("《关于修路的建议》（第12号）和《关于修桥的建议》（第17号）收悉", ["关于修桥的建议"]),
        ("《关于修路的建议》《关于修桥的建议》、《关于架灯的提案》收悉", ["关于修桥的建议", "关于架灯的提案"]),
        ("《关于修路的建议》收悉。按照《关于修路的意见》", []),
    ],
)
def test_further_titles_of_a_letter_that_answers_several_are_kept(opening: str, expected: list[str]) -> None:
    page = f"关于县十七届人大二次会议第12、17号建议的答复\n李红代表：\n您提出的{opening}。现答复如下：\n已安排。\n"
    assert value(read(page).further_titles) == expected
