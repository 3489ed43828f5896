"""Words and bigrams: normalised, numbers whole, and close to what the reference jieba cuts."""

from pathlib import Path

import jieba
from hypothesis import given
from hypothesis import strategies as st

from index.words import bigrams, compact, content_words, normalise, words

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
            theirs += jieba.cut_for_search(run)
    shared = len(set(ours) & set(theirs))
    assert shared / len(set(ours) | set(theirs)) > 0.9
