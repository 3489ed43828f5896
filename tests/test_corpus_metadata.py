"""Metadata of made-up letters in every usual form; the five that ship; and what is no letter."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.clean import clean
from corpus.letter import Metadata, Stated
from corpus.metadata import read_metadata
from corpus.read import read_text
from tests.corpus_metadata_cases import all_stated, value
from tests.corpus_metadata_first import FIRST
from tests.corpus_metadata_second import SECOND

DOCUMENTS = Path(__file__).parents[1] / "corpus" / "documents"
LETTERS = [*FIRST, *SECOND]


def shipped(name: str) -> tuple[str, Metadata]:
    cleaned = clean(read_text(next(DOCUMENTS.glob(f"{name}*"))))
    return cleaned.text, read_metadata(cleaned)


@pytest.mark.parametrize(("raw", "expected"), LETTERS, ids=[raw.split("\n")[0][:40] for raw, _ in LETTERS])
def test_the_fields_of_a_letter_are_read_as_it_states_them(raw: str, expected: dict[str, Any]) -> None:
    metadata = read_metadata(clean(raw))
    assert {name: value(getattr(metadata, name)) for name in expected} == expected


@pytest.mark.parametrize("raw", [raw for raw, _ in LETTERS], ids=range(len(LETTERS)))
def test_every_verbatim_value_stands_at_its_offsets(raw: str) -> None:
    cleaned = clean(raw)
    metadata = read_metadata(cleaned)
    verbatim = (
        *metadata.numbers,
        *metadata.proposers,
        *metadata.co_organs,
        metadata.title,
        metadata.session,
        metadata.issuer,
    )
    for stated in (s for s in verbatim if s and s.start is not None and s.end is not None):
        assert "".join(cleaned.text[stated.start : stated.end].split()) == "".join(stated.value.split())


@given(
    st.sampled_from([raw for raw, _ in LETTERS]),
    st.integers(0, 400),
    st.text("代表委员:：第号届次《》“”\n2024年()", max_size=12),
)
def test_no_damage_to_a_letter_breaks_the_reading(raw: str, at: int, noise: str) -> None:
    cleaned = clean(raw[:at] + noise + raw[at:])
    for stated in all_stated(read_metadata(cleaned)):
        if stated.start is not None and stated.end is not None:
            assert 0 <= stated.start < stated.end <= len(cleaned.text)


@given(st.text(max_size=200))
def test_any_text_has_a_kind_and_a_role(text: str) -> None:
    metadata = read_metadata(clean(text))
    assert metadata.kind is not None
    assert metadata.role is not None


def test_the_first_two_that_ship_name_no_issuer_and_get_none() -> None:
    for name, number, who in (("000", "142194", "陈德理"), ("001", "153005", "陈力")):
        _, metadata = shipped(name)
        assert value(metadata.numbers) == [number]
        assert value(metadata.proposers) == [who]
        assert metadata.issuer is None
        assert value(metadata.region) == "昆明市"
        assert value(metadata.date) == "2023-06-19"


def test_the_letter_of_a_party_committee_is_read_from_page_and_sign_off() -> None:
    text, metadata = shipped("002")
    assert value(metadata.proposers) == ["民革银川市委会"]
    assert value(metadata.numbers) == ["029"]
    assert value(metadata.issuer) == "银川市科学技术局"
    assert value(metadata.region) == "银川市"
    assert value(metadata.date) == "2022-09-14"
    assert value(metadata.publish_date) == "2022-09-14"
    assert value(metadata.title) == "关于培育和壮大科技型企业 强化企业创新主体地位的提案"
    assert metadata.title is not None
    assert text[metadata.title.start : metadata.title.end] == metadata.title.value


def test_the_newspaper_article_is_an_article_of_kunming() -> None:
    text, metadata = shipped("003")
    assert (value(metadata.kind), value(metadata.role)) == ("其他", "其他")
    assert value(metadata.title) == "加快推进区域性国际科技创新中心建设"
    assert metadata.issuer is None
    assert value(metadata.publish_date) == "2021-11-30"
    assert metadata.region is not None
    assert (metadata.region.value, metadata.region.origin) == ("昆明市", "inferred")
    assert "江苏" not in text
    assert not any("江苏" in stated.value for stated in all_stated(metadata))


def test_the_letter_without_title_line_is_read_from_its_opening() -> None:
    _, metadata = shipped("004")
    assert value(metadata.title) == "关于为科技创新营造良好氛围的建议"
    assert value(metadata.numbers) == ["9"]
    assert metadata.session is None
    assert value(metadata.proposers) == ["李训根"]
    assert value(metadata.kind) == "人大建议"
    assert (value(metadata.region), metadata.region.origin if metadata.region else "") == ("金华市", "inferred")
    assert metadata.date is None
    assert value(metadata.co_organs) == ["市经信局"]
    assert value(metadata.contact) == "郎荣旗 139****0026"


def test_a_title_from_outside_names_a_passage_without_offsets() -> None:
    metadata = read_metadata(clean("泡菜是一种食品。"), "泡菜")
    assert metadata.title == Stated("泡菜")
    assert metadata.region is None


def test_a_passage_that_mentions_deputies_and_replies_is_no_letter() -> None:
    text = "2011年,人大代表提出建议,要求政府答复。委员们的提案由各部门办理,办理情况向社会公开。"
    assert value(read_metadata(clean(text)).kind) == "其他"


def test_the_path_of_a_page_may_name_the_issuer_but_only_as_inferred() -> None:
    raw = (
        "您当前的位置：首页 > 信息公开 > 霍山县科技经信局 > 建议提案办理\n\n关于县十八届人大四次会议第56号代表建议办理情况的函\n\n"
        "李某代表：\n您提出的《关于通信信号的建议》收悉,现答复如下:\n一、全面排查。已完成。"
    )
    metadata = read_metadata(clean(raw))
    assert metadata.issuer == Stated("霍山县科技经信局", None, None, "inferred", "页面路径")
    assert value(metadata.region) == "霍山县"
