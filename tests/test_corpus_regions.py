"""Regions: short and full names are found, words that only look like places are not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.regions import dominant, find_regions, leading_region, level_of, lineage, normalise_region, parent_of


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("昆明的高新技术企业有多少家？", ["昆明市"]),
        ("银川市和金华怎么支持科技企业", ["银川市", "金华市"]),
        ("杭州、宁波与上海市的做法", ["杭州市", "宁波市", "上海市"]),
        ("广西安全生产工作", ["广西壮族自治区"]),
        ("云南省大理白族自治州", ["云南省", "大理白族自治州"]),
        ("大理州科技局", ["大理白族自治州"]),
        ("朝阳产业与和平环境,东方思想,南海南部", []),
        ("长治久安、来宾登记、白银时代、日照充足、阿里巴巴", []),
        ("大理石、北海道、和田玉、普洱茶", []),
        ("南京路步行街,北京大学,上海交通大学,宁波银行", []),
        ("日照市与朝阳市", ["日照市", "朝阳市"]),
        ("您所提出的建议我们全部采纳", []),
        ("老城区改造与市和县两级分担,建成县级中心,健康县城", []),
        ("和县、安徽省和县", ["和县", "安徽省", "和县"]),
        ("深化合作市场主体,统一大市场,昆明市场监管", ["昆明市"]),
        ("昆明推动大学科技园", ["昆明市"]),
        ("霍山县和马关县", ["霍山县", "马关县"]),
        ("石林县与大理州", ["石林彝族自治县", "大理白族自治州"]),
    ],
)
def test_the_regions_of_a_text_are_found_in_order(text: str, names: list[str]) -> None:
    assert [name for name, _, _ in find_regions(text)] == names


@given(st.text("昆明银川金华市州上海南京大理朝阳区县省的和路", max_size=40))
def test_found_regions_lie_in_order_and_do_not_overlap(text: str) -> None:
    at = 0
    for name, start, end in find_regions(text):
        assert at <= start < end <= len(text)
        assert name.startswith(text[start : start + 2])
        at = end


@pytest.mark.parametrize(
    ("given_name", "full"),
    [
        ("昆明", "昆明市"),
        ("昆明市", "昆明市"),
        (" 云南 ", "云南省"),
        ("日照", "日照市"),
        ("楚雄州", "楚雄彝族自治州"),
        ("内蒙古", "内蒙古自治区"),
        ("上海市嘉定区", "上海市嘉定区"),
        ("火星", None),
        ("", None),
        ("科技局", None),
    ],
)
def test_a_given_name_gets_its_full_form(given_name: str, full: str | None) -> None:
    assert normalise_region(given_name) == full


@pytest.mark.parametrize(
    ("organ", "region"),
    [
        ("泉州市丰泽区人民政府临海街道办事处", "泉州市丰泽区"),
        ("霍山县科技经信局", "霍山县"),
        ("云南省工业和信息化委", "云南省"),
        ("重庆市大数据应用发展管理局", "重庆市"),
        ("农业农村部", None),
        ("市科学技术局", None),
        ("高新区管委会", None),
    ],
)
def test_the_region_that_an_organ_names_first_is_its_own(organ: str, region: str | None) -> None:
    assert leading_region(organ) == region


def test_a_text_is_about_the_city_that_it_clearly_names_most() -> None:
    assert dominant("金华、金华市、在金华落地,不同于杭州", "city") == ("金华市", 0, 2)
    assert dominant("金华金华金华,杭州杭州", "city") is None
    assert dominant("金华,金华", "city") is None


def test_a_city_knows_its_province() -> None:
    assert parent_of("昆明市") == "云南省"
    assert parent_of("云南省") is None


@pytest.mark.parametrize(
    ("names", "evidence", "chain"),
    [
        (["富源县"], "", ("云南省", "曲靖市", "富源县")),
        (["上海市", "嘉定区"], "", ("上海市", None, "嘉定区")),
        (["昆明市"], "", ("云南省", "昆明市", None)),
        (["云南省"], "", ("云南省", None, None)),
        (["朝阳区"], "", (None, None, "朝阳区")),
        (["朝阳区"], "长春市朝阳区人民政府主办", ("吉林省", "长春市", "朝阳区")),
        (["长春市", "朝阳区"], "", ("吉林省", "长春市", "朝阳区")),
        (["市中区"], "四川省某局", ("四川省", None, "市中区")),
        (["火星区"], "", (None, None, None)),
    ],
)
def test_a_region_has_its_lineage_where_the_evidence_tells(
    names: list[str], evidence: str, chain: tuple[str | None, ...]
) -> None:
    assert lineage(names, evidence) == chain


def test_a_name_that_several_places_bear_has_no_one_parent() -> None:
    assert parent_of("鼓楼区") is None
    assert (parent_of("富源县"), level_of("富源县"), level_of("北京市")) == ("曲靖市", "county", "province")
