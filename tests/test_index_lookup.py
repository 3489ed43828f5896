"""Exact look-up: one key for every way to write a thing, another for every other thing."""

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from index.lookup import doc_key, number_key, sought, title_key

DIGITS = st.text("0123456789", min_size=1, max_size=8)


def wide(text: str) -> str:
    return "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in text)


@given(DIGITS, st.integers(0, 4))
def test_leading_zeros_and_width_do_not_count_in_a_number(number: str, zeros: int) -> None:
    assert number_key("0" * zeros + number) == number_key(number) or not number.strip("0")
    assert number_key(wide(number)) == number_key(number)


@given(st.integers(1, 99999), st.integers(1, 99999))
def test_numbers_that_differ_have_keys_that_differ(one: int, other: int) -> None:
    assert (number_key(str(one)) == number_key(str(other))) == (one == other)


@given(
    st.sampled_from(["〔{}〕", "[{}]", "（{}）", "({})", "【{}】", "［{}］", "﹝{}﹞"]),
    st.integers(1990, 2030),
    st.integers(1, 999),
)
def test_all_brackets_of_a_document_number_are_one(brackets: str, year: int, number: int) -> None:
    assert doc_key(f"昆政办{brackets.format(year)} {number}号") == doc_key(f"昆政办〔{year}〕{number}号")


def test_a_title_is_found_whatever_its_marks() -> None:
    assert title_key("《关于培育和壮大科技型企业 强化主体地位的提案》") == title_key(
        "“关于培育和壮大科技型企业强化主体地位的提案”"
    )


def test_a_question_names_numbers_people_dates_and_titles() -> None:
    named = {
        (thing.kind, thing.written)
        for thing in sought("第029号、陈力代表2023年6月19日那件与《某某办法》、昆政办[2022]16号")
    }
    assert {
        ("案号", "第029号"),
        ("姓名", "陈力"),
        ("日期", "2023年6月19日"),
        ("题名", "《某某办法》"),
        ("文号", "昆政办[2022]16号"),
    } <= named
    assert ("案号", "16号") not in named


def test_the_digits_of_an_index_number_are_no_number_of_a_letter() -> None:
    kinds = [thing.kind for thing in sought("索引号11640100010085853R/2022-00089是哪一份")]
    assert "索引号" in kinds
    assert "案号" not in kinds


@given(st.text(max_size=120))
def test_any_question_can_be_read(question: str) -> None:
    for thing in sought(question):
        assert thing.key.startswith("#")
        assert thing.written in question or thing.written in unicodedata.normalize("NFKC", question)


def test_a_long_question_takes_no_long_time_to_read() -> None:
    assert len(sought("市委会提" * 5000)) < 20_000
