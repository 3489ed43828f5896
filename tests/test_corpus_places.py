"""Places are regions of the table, zones and towns by their form; 乡镇 and 城乡 are none."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.places import places

CASES = r"""
昆明市呈贡区和安宁市太平新城街道。 ⇒ 昆明市;呈贡区;安宁市;太平新城街道
云南省、浙江金华的做法。 ⇒ 云南省;浙江;金华
昆明经济技术开发区、滇中新区已试点。 ⇒ 昆明经济技术开发区;滇中新区
我县石羊镇、三台乡道路破损。 ⇒ 石羊镇;三台乡
该镇、各乡镇、本村要落实。 ⇒
北京路、浙江大学、宁波银行。 ⇒
长沙县黄花镇至浏阳市永安镇公路。 ⇒ 长沙县;黄花镇;浏阳市;永安镇
苏州工业园区、上海浦东新区经验。 ⇒ 苏州工业园区;上海;浦东新区
完善城市社区和农村乡镇设施。 ⇒
"""


def cases() -> list[tuple[str, list[str]]]:
    rows = [line.partition("⇒") for line in CASES.strip().splitlines()]
    return [(text.strip(), [name for name in names.strip().split(";") if name]) for text, _, names in rows]


@pytest.mark.parametrize(("text", "expected"), cases())
def test_the_places_of(text: str, expected: list[str]) -> None:
    assert [text[one.start : one.end] for one in places(text)] == expected


def test_a_region_gets_its_full_name_and_its_level() -> None:
    assert [(one.name, one.level) for one in places("昆明的石羊镇")] == [("昆明市", "city"), ("石羊镇", "town")]
    assert places("住房和城乡建设、乡镇、水乡、故乡") == ()


@given(
    st.one_of(
        st.text(max_size=60),
        st.lists(
            st.sampled_from(
                [
                    "昆明市",
                    "呈贡区",
                    "镇",
                    "乡",
                    "街道",
                    "新区",
                    "开发区",
                    "我县",
                    "、",
                    "太平",
                    "北京",
                    "城",
                    "工业园区",
                    "和",
                ]
            ),
            max_size=40,
        ).map("".join),
    )
)
def test_places_are_slices_in_order(text: str) -> None:
    at = 0
    for one in places(text):
        assert at <= one.start < one.end <= len(text)
        at = one.end


@pytest.mark.parametrize(
    "unit",
    ["昆明市", "呈贡区", "镇", "乡", "街道", "新区", "开发区", "我县", "、", "太平", "北京", "城", "工业园区", "和"],
)
def test_hostile_repetition_takes_no_long_time(unit: str) -> None:
    text = unit * (60_000 // len(unit))
    begun = time.perf_counter()
    places(text)
    assert time.perf_counter() - begun < 6
