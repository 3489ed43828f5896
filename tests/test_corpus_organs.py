"""Organisations are found whole, with the place in front and the office behind; 我局 and 有关部门 are none."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.organs import organs

CASES = r"""
由市科技局、市财政局会同昆明市发展和改革委员会办理。 ⇒ 市科技局;市财政局;昆明市发展和改革委员会
我局与中国科学院昆明分院、昆明理工大学签订协议。 ⇒ 中国科学院昆明分院;昆明理工大学
支持昆明龙津药业股份有限公司等12家企业。 ⇒ 昆明龙津药业股份有限公司
民革银川市委会：您提出的提案收悉。 ⇒ 民革银川市委会
县级以上人民政府应当加强管理。 ⇒ 县级以上人民政府
该局、我局、有关部门、各单位要配合。 ⇒
教育部、国家卫生健康委印发通知。 ⇒ 教育部;国家卫生健康委
经县委、县政府同意，报市人大常委会。 ⇒ 县委;县政府;市人大常委会
市第一人民医院和县中医院已挂牌。 ⇒ 市第一人民医院;县中医院
与国网昆明供电局、中国移动云南公司对接。 ⇒ 国网昆明供电局;中国移动云南公司
协调某某镇人民政府和金城社区居委会解决。 ⇒ 某某镇人民政府;金城社区居委会
农业银行、建设银行推出产品。 ⇒ 农业银行;建设银行
市文化广播电视和旅游局牵头。 ⇒ 市文化广播电视和旅游局
省交通运输厅会同市公安局交通警察支队。 ⇒ 省交通运输厅;市公安局交通警察支队
加强和改进社会治理，提高学校教育质量。 ⇒
市县两级法院、检察院联动。 ⇒
报市提案委、市政府督查室备案。 ⇒ 市提案委;市政府督查室
由县自然资源和规划局牵头，县住房和城乡建设局配合。 ⇒ 县自然资源和规划局;县住房和城乡建设局
民盟杭州市委会、九三学社省委会提出。 ⇒ 民盟杭州市委会;九三学社省委会
经商人力资源社会保障部、国家医保局。 ⇒ 人力资源社会保障部;国家医保局
委托省城乡规划设计研究院编制。 ⇒ 省城乡规划设计研究院
各相关单位、贵委、本院高度重视。 ⇒
市教育局、市财政局、市委编办联合发文。 ⇒ 市教育局;市财政局;市委编办
中铁二局集团有限公司承建。 ⇒ 中铁二局集团有限公司
依托武汉大学人民医院开展会诊。 ⇒ 武汉大学人民医院
"""


def cases() -> list[tuple[str, list[str]]]:
    rows = [line.partition("⇒") for line in CASES.strip().splitlines()]
    return [(text.strip(), [name for name in names.strip().split(";") if name]) for text, _, names in rows]


@pytest.mark.parametrize(("text", "expected"), cases())
def test_the_organs_of(text: str, expected: list[str]) -> None:
    assert [text[one.start : one.end] for one in organs(text)] == expected


def test_a_verb_is_no_county() -> None:
    assert [one.name for one in organs("我局会同县公安局办理")] == ["县公安局"]
    assert [one.name for one in organs("会同县公安局")] == ["会同县公安局"]


def test_a_kind_that_is_counted_is_no_organisation() -> None:
    assert organs("有省企业研究院184家") == ()


@given(
    st.one_of(
        st.text(max_size=60),
        st.lists(
            st.sampled_from(
                [
                    "市",
                    "科技局",
                    "市科技局",
                    "会同",
                    "昆明",
                    "昆明市",
                    "人民政府",
                    "公司",
                    "医院",
                    "大学",
                    "县",
                    "支队",
                    "、",
                    "和",
                    "民革",
                    "委员会",
                ]
            ),
            max_size=40,
        ).map("".join),
    )
)
def test_organs_are_slices_in_order(text: str) -> None:
    at = 0
    for one in organs(text):
        assert at <= one.start < one.end <= len(text)
        at = one.end


@pytest.mark.parametrize(
    "unit",
    [
        "市",
        "科技局",
        "市科技局",
        "会同",
        "昆明",
        "昆明市",
        "人民政府",
        "公司",
        "医院",
        "大学",
        "县",
        "支队",
        "、",
        "和",
        "民革",
        "委员会",
    ],
)
def test_hostile_repetition_takes_no_long_time(unit: str) -> None:
    text = unit * (60_000 // len(unit))
    begun = time.perf_counter()
    organs(text)
    assert time.perf_counter() - begun < 6
