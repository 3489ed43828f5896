"""Words and bigrams: normalised, numbers whole, and close to what the reference jieba cuts."""

from itertools import pairwise
from pathlib import Path

import jieba
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.words import bigrams, borders, compact, content_words, normalise, words

SEEDS = sorted((Path(__file__).parent.parent / "corpus" / "documents").glob("*.txt"))


def test_numbers_and_latin_words_stay_whole_with_their_joints() -> None:
    found = words("R&D投入、“8+N”产业链、24641.39万元、2+4+X、COVID-19")
    assert {"r&d", "8+n", "24641.39", "2+4+x", "covid-19"} <= set(found)


def test_a_range_of_years_is_found_by_each_year() -> None:
    assert words("(2022-2025)") == ["2022-2025", "2022", "2025"]


def test_a_number_with_leading_zeros_is_found_without_them() -> None:
    assert "29" in words("第029号")


def test_full_width_and_thousands_separators_do_not_part_equal_numbers() -> None:
    assert words("１，２３４家") == words("1,234家") == words("1234家")


def test_question_words_and_particles_are_not_content() -> None:
    assert content_words("请问昆明市的瞪羚企业有多少家？") == ["昆明", "昆明市", "瞪羚", "企业"]


def test_bigrams_do_not_reach_over_punctuation_or_numbers() -> None:
    assert bigrams("科技,创新3项") == ["科技", "创新", "3", "项"]


def test_compact_drops_white_space_width_and_case() -> None:
    assert compact(" Ｒ＆Ｄ 经 费\n") == "r&d经费"


@given(st.text())
def test_every_word_occurs_in_the_normalised_text_or_is_a_number_without_its_zeros(text: str) -> None:
    whole = normalise(text)
    assert all(word and word in whole for word in words(text))
    assert all(pair and pair in whole for pair in bigrams(text))


def test_words_agree_with_the_reference_jieba_on_nine_of_ten() -> None:
    jieba.setLogLevel("ERROR")
    ours: list[str] = []
    theirs: list[str] = []
    for path in SEEDS:
        for line in normalise(path.read_text(encoding="utf-8")).splitlines():
            run = "".join(filter(lambda c: "一" <= c <= "鿿", line))
            ours += words(run)
            theirs += jieba.cut_for_search(run, HMM=False)
    shared = len(set(ours) & set(theirs))
    assert shared / len(set(ours) | set(theirs)) > 0.9


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("昆明市五华区、银川市金凤区、金华市婺城区", {"昆明市", "五华区", "银川市", "金凤区", "金华市", "婺城区"}),
        ("钱塘江流域和南亚东南亚", {"钱塘江", "东南亚"}),
        ("三级医院和二三级公立医院", {"三级", "医院", "公立医院"}),
        ("科技型中小企业、专精特新小巨人", {"中小企业", "专精特新", "小巨人"}),
        ("投入3.05亿元，同比增长12.5%，R&D占GDP的1.79%", {"3.05", "亿元", "12.5", "r&d", "gdp", "1.79"}),
        ("国科发〔2024〕15号、昆政办〔2022〕76号", {"2024", "15", "2022", "76", "昆政办"}),
        ("AI大模型+5G工厂、TRL6级、eVTOL航线", {"ai", "大模型", "5g", "工厂", "trl6", "trl", "evtol"}),
        ("iPhone15国产化", {"iphone15", "iphone", "15"}),
        ("2,572家高企，其中1,234家", {"2572", "1234", "高企"}),
    ],
)
def test_names_numbers_and_mixed_words_come_out_whole(text: str, kept: set[str]) -> None:
    assert kept <= set(words(text))


def test_a_level_is_not_taken_for_another() -> None:
    assert "三级" not in words("二级单位")
    assert "二三" not in words("三级单位")


def test_borders_part_the_text_into_words() -> None:
    text = normalise("缩小厂房，钱塘江2022年R&D")
    cuts = sorted(borders(text))
    assert cuts[0] == 0
    assert cuts[-1] == len(text)
    assert {"缩小", "厂房", "钱塘江"} <= {text[a:b] for a, b in pairwise(cuts)}


@given(st.text(alphabet="高企瞪羚揭榜挂帅家企业,，2022Rd&", max_size=30), st.sampled_from(["瞪羚", "揭榜挂帅", "高企"]))
def test_a_word_of_the_trade_is_cut_alike_wherever_it_stands(around: str, word: str) -> None:
    assert word in words(f"{around}。{word}。{around}")
