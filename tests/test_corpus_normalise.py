"""The matching copy has one form for each thing, and every span of it maps back to the original characters."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.normalise import normalise

CHINESE = st.text(st.sampled_from("昆政办发〔〕【】[]﹝﹞（）() 　2０２２年１６号第“”—…①½㎡\n，。ａA٣"), max_size=60)


@pytest.mark.parametrize(
    ("written", "matched"),
    [
        ("昆政办〔2022〕16号", "昆政办〔2022〕16号"),
        ("昆政办【2022】16号", "昆政办〔2022〕16号"),
        ("昆政办[2022]16 号", "昆政办〔2022〕16号"),
        ("昆政办﹝２０２２﹞１６号", "昆政办〔2022〕16号"),
        ("昆政办（2022）16号", "昆政办〔2022〕16号"),
        ("昆政办〔 2022 〕 16 号", "昆政办〔2022〕16号"),
        ("共 １２ 家，增长３．５％", "共12家,增长3.5%"),
        ("“十四五”——「规划」", '"十四五"--"规划"'),
        ("规划（2011—2020）", "规划(2011-2020)"),
        ("见[1]和【注】", "见[1]和【注】"),
        ("①2022年", "①2022年"),
        ("第十四届二次会议 第1号", "第十四届二次会议 第1号"),
    ],
)
def test_one_form_for_each_thing(written: str, matched: str) -> None:
    assert normalise(written).text == matched


def test_a_span_maps_back_to_the_characters_as_they_were_written() -> None:
    text = "按昆政办【２０２２】１６ 号文件"
    copy = normalise(text)
    start = copy.text.index("昆")
    begun, ended = copy.span(start, copy.text.index("号") + 1)
    assert text[begun:ended] == "昆政办【２０２２】１６ 号"


@given(st.one_of(CHINESE, st.text(max_size=60)))
def test_every_character_of_the_copy_comes_from_one_of_the_original_in_order(text: str) -> None:
    copy = normalise(text)
    offsets = list(copy.offsets)
    assert len(offsets) == len(copy.text)
    assert offsets == sorted(offsets)
    for k, at in enumerate(offsets):
        assert copy.span(k, k + 1) == (at, at + 1)
        assert 0 <= at < len(text)


@given(st.one_of(CHINESE, st.text(max_size=60)), st.data())
def test_the_original_slice_of_a_span_normalises_to_text_that_the_copy_holds(text: str, data: st.DataObject) -> None:
    copy = normalise(text)
    start = data.draw(st.integers(0, len(copy.text)))
    end = data.draw(st.integers(start, len(copy.text)))
    begun, ended = copy.span(start, end)
    assert 0 <= begun <= ended <= len(text)
    assert (ended > begun) == (end > start)


@given(st.text(st.sampled_from("中文字1234567890年号，。"), max_size=80))
def test_a_text_in_the_copys_own_form_keeps_its_letters(text: str) -> None:
    assert normalise(text).text == text.replace("，", ",")
