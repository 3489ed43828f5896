"""Half names of the corpus's counties are written out; words and places that are whole stay as they are."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.known_places import KnownPlaces

KNOWN = KnownPlaces(["大姚县", "重庆市永川区", "双江拉祜族佤族布朗族傣族自治县", "昆明市", "和平区", "敦化市"])


@pytest.mark.parametrize(
    ("question", "written"),
    [
        ("大姚核桃树得病毁了多大一片", "大姚县核桃树得病毁了多大一片"),
        ("双江忙安那条路", "双江拉祜族佤族布朗族傣族自治县忙安那条路"),
        ("大姚县和敦化市", "大姚县和敦化市"),
        ("昆明有多少家高企", "昆明有多少家高企"),
        ("和平发展怎么推进", "和平发展怎么推进"),
        ("大理核桃多少亩", "大理核桃多少亩"),
    ],
)
def test_half_names_of_known_places_are_written_out(question: str, written: str) -> None:
    assert KNOWN.written_out(question) == written


def test_a_half_name_of_two_places_names_none() -> None:
    assert KnownPlaces(["山西省应县", "云南省应县"]).written_out("应县木塔") == "应县木塔"
    assert KnownPlaces(["普陀县", "普陀区"]).written_out("普陀河边") == "普陀河边"


@given(st.text(alphabet="大姚县永川区敦化市核桃的", max_size=30))
def test_writing_out_twice_changes_no_more_than_once(question: str) -> None:
    once = KNOWN.written_out(question)
    assert KNOWN.written_out(once) == once
