"""Figures are values with units, dates are none of them, and one value written two ways is the same."""

import time
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.dates import dates
from corpus.figures import figures, supports
from corpus.numerals import arabic_numeral, chinese_numeral, scaled
from corpus.units import kind_of


def read(text: str) -> list[tuple[Decimal, str]]:
    return [(figure.value, figure.unit) for figure in figures(text)]


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("共12家", "12", "家"),
        ("1,234家", "1234", "家"),
        ("共１２家", "12", "家"),
        ("共 12 家", "12", "家"),
        ("投入1.2亿元", "120000000", "元"),
        ("投入24641.39万元", "246413900", "元"),
        ("投入3.2万亿元", "3200000000000", "元"),
        ("9.35千万元", "93500000", "元"),
        ("发电1.2亿千瓦时", "120000000", "千瓦时"),
        ("三千万元", "30000000", "元"),
        ("十二个项目", "12", "个"),
        ("两批", "2", "批"),
        ("一百二十人", "120", "人"),
        ("增长27.41%", "27.41", "%"),
        ("增长３０％", "30", "%"),
        ("百分之三十", "30", "%"),
        ("千分之五", "0.5", "%"),
        ("低0.61个百分点", "0.61", "个百分点"),
        ("10万平方公里", "100000", "平方公里"),
        ("奖励500万，", "5000000", ""),
        ("居第4位", "4", "第位"),
        ("第二十五批", "25", "第批"),
        ("增长1.5倍", "1.5", "倍"),
        ("为期12个月", "12", "个月"),
    ],
)
def test_a_figure_has_its_scaled_value_and_unit(text: str, value: str, unit: str) -> None:
    assert read(text) == [(Decimal(value), unit)]


@pytest.mark.parametrize(
    ("text", "value", "upper", "qualifier"),
    [
        ("3-5家", 3, 5, ""),
        ("50-60万元", 500000, 600000, ""),
        ("50万元至60万元", 500000, 600000, ""),
        ("10%～15%", 10, 15, ""),
        ("二十余项", 20, None, "余"),
        ("60余项", 60, None, "余"),
        ("3万余元", 30000, None, "余"),
        ("100多家", 100, None, "多"),
        ("十余万人次", 100000, None, "余"),
        ("增长30%以上", 30, None, "以上"),
        ("超过4.2亿元", 420000000, None, "超过"),
        ("近3000人", 3000, None, "近"),
        ("约18亿元", 1800000000, None, "约"),
        ("不少于20个", 20, None, "不少于"),
    ],
)
def test_ranges_and_approximations_are_kept(text: str, value: int, upper: int | None, qualifier: str) -> None:
    [figure] = figures(text)
    assert (figure.value, figure.qualifier) == (Decimal(value), qualifier)
    assert figure.upper == (None if upper is None else Decimal(upper))


@pytest.mark.parametrize(
    "text",
    [
        "一些、一方面、统一、一是、“十四五”、唯一、万一、十分、一带一路",
        "按国科发〔2024〕15号和国科发[2024]15号",
        "2022年9月14日、2021-11-30、2018-2020年",
        "电话0871-63337333，手机13958480026",
        "1. 建设平台\n2、完善机制\n（3）其他\n(四)更多",
        "“1+1+N”和“2+4+X”",
        "5G网络、GB/T 9704-2012",
        "十几家、几十个",
        "http://a.cn/202207/t20220726_6405560.htm",
        "索引号416049270/2016-00278",
        "",
    ],
)
def test_these_are_no_figures(text: str) -> None:
    assert read(text) == []


@pytest.mark.parametrize(
    ("claim", "text", "held"),
    [
        ("1.87亿元", "获得经费18700万元", True),
        ("18,700万元", "获得经费1.87亿元", True),
        ("百分之三十", "增长30%", True),
        ("30%", "提高30个百分点", False),
        ("12家", "12项", False),
        ("十二个", "共12个", True),
        ("6名", "专家6人", True),
        ("2公里", "长2000米", True),
        ("超过5亿元", "近5亿元", False),
        ("5亿元", "超过5亿元", True),
        ("3家", "3-5家", False),
        ("3-5家", "3至5家", True),
        ("500万元", "奖励500万", True),
        ("15家", "国科发〔2024〕15号", False),
        ("1200家", "2022年1200家", True),
        ("1350家", "2022年1200家", False),
        ("4个", "居第4位", False),
        ("2家", "12家、20家、2.0亿元", False),
    ],
)
def test_a_text_supports_a_figure_of_the_same_value_and_kind(claim: str, text: str, held: bool) -> None:
    [figure] = figures(claim)
    assert supports(figure, text) is held


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2022年", [("2022", "", False)]),
        ("2022年9月14日", [("2022-09-14", "", False)]),
        ("2022 年 9 月", [("2022-09", "", False)]),
        ("二〇二二年九月十四日", [("2022-09-14", "", False)]),
        ("2021-11-30", [("2021-11-30", "", False)]),
        ("2022/12/21", [("2022-12-21", "", False)]),
        ("2022.9.14", [("2022-09-14", "", False)]),
        ("2022年12月底前", [("2022-12", "底前", False)]),
        ("2022年上半年", [("2022", "上半年", False)]),
        ("2022年底", [("2022", "底", False)]),
        ("2018-2020年", [("2018/2020", "", False)]),
        ("2019—2021年", [("2019/2021", "", False)]),
        ("方案（2022-2025）", [("2022/2025", "", False)]),
        ("“十四五”规划", [("2021/2025", "", False)]),
        ("十三五期间", [("2016/2020", "", False)]),
        ("今年", [("今年", "", True)]),
        ("截至今年10月", [("今年-10", "", True)]),
        ("去年", [("去年", "", True)]),
        ("近三年来", [("近三年来", "", True)]),
        ("5月底前", [("--05", "底前", True)]),
        ("9月14日", [("--09-14", "", True)]),
        ("20世纪90年代", [("1990/1999", "", False)]),
        ("3年内12个月", []),
        ("2022.5万元", []),
        ("认定后2年内", []),
        ("第十四五届", []),
        ("2022年13月", []),
    ],
)
def test_dates_are_normalised_and_relative_ones_flagged(text: str, expected: list[tuple[str, str, bool]]) -> None:
    assert [(date.value, date.part, date.relative) for date in dates(text)] == expected


PIECES = st.lists(
    st.sampled_from(
        [
            *"0123456789.,，-—~至到%％万亿千百十一二两三余多约近第点成年月日号元家个\n（）()〔〕",
            "2022",
            "十四五",
            "百分之",
            "今年",
            "个百分点",
            "٣",
            "½",
        ]
    ),
    max_size=40,
).map("".join)


@given(st.one_of(PIECES, st.text(max_size=60)))
def test_figures_and_dates_are_exact_slices_apart_from_each_other(text: str) -> None:
    at = 0
    for figure in figures(text):
        assert at <= figure.start < figure.end <= len(text)
        assert text[figure.start : figure.end] == figure.written
        assert figure.value.is_finite()
        at = figure.end
    at = 0
    for date in dates(text):
        assert at <= date.start < date.end <= len(text)
        at = date.end


@given(st.one_of(PIECES, st.text(max_size=60)))
def test_a_text_supports_each_of_its_own_figures(text: str) -> None:
    for figure in figures(text):
        assert supports(figure, text)


@given(st.integers(1, 99_999_999), st.sampled_from(["元", "家", "项", "人"]))
def test_the_scale_in_which_a_value_is_written_does_not_matter(number: int, unit: str) -> None:
    [plain] = figures(f"共{number}{unit}")
    tenth = Decimal(number) / 10000
    assert supports(plain, f"共{tenth:f}万{unit}")
    assert supports(plain, f"共{number:,}{unit}")
    assert not supports(plain, f"共{number + 1}{unit}")


def spelt(number: int) -> str:
    """The Chinese numeral of 1 to 9999, written digit by digit."""
    text, gap = "", False
    for power, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // power % 10
        if digit:
            text += ("零" if gap and text else "") + "零一二三四五六七八九"[digit] + name
            gap = False
        else:
            gap = True
    return text.removeprefix("一") if text.startswith("一十") else text


@given(st.integers(1, 9999))
def test_a_chinese_numeral_reads_back(number: int) -> None:
    assert chinese_numeral(spelt(number)) == number
    assert chinese_numeral(spelt(number) + "万") == number * 10000


@pytest.mark.parametrize("numeral", ["三四", "万一", "十百", "", "点五", "五点", "两零", "千", "一" * 100, "亿" * 50])
def test_what_is_no_numeral_has_no_value(numeral: str) -> None:
    assert chinese_numeral(numeral) is None


def test_numerals_scales_and_kinds() -> None:
    assert chinese_numeral("三亿零五百万") == 305000000
    assert arabic_numeral("1,234.5") == Decimal("1234.5")
    assert scaled(Decimal(3), "千万") == 30000000
    assert kind_of("个百分点") != kind_of("%")
    assert kind_of("从未见过的单位") == ("从未见过的单位", Decimal(1))


@pytest.mark.parametrize(
    "unit",
    [
        "1",
        "1,",
        "12,345",
        "一",
        "百分之",
        "约",
        "1-",
        "2022年",
        "第一",
        "万",
        ".",
        "1.1",
        "十余",
        "今年",
        "近三年",
        " 1",
    ],
)
def test_hostile_repetition_takes_no_long_time(unit: str) -> None:
    text = unit * (50_000 // len(unit))
    begun = time.perf_counter()
    figures(text)
    assert time.perf_counter() - begun < 5
