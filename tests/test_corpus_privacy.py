"""Privacy: personal numbers are hidden in every writing, office numbers and case numbers are not, lengths stay."""

import re
import time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from corpus.parse import parse_letter
from corpus.privacy import mask, masked
from corpus.read import RawDocument

HIDDEN = [
    ("13812345678", "138****5678"),
    ("138 1234 5678", "138 **** 5678"),
    ("138-1234-5678", "138-****-5678"),
    ("138—1234—5678", "138—****—5678"),
    ("138.1234.5678", "138.****.5678"),
    ("13051011835 15210117806", "130****1835 152****7806"),
    ("13812345678 2023年", "138****5678 2023年"),
    ("1381-234-5678", "138*-***-5678"),
    ("+8613812345678", "+86138****5678"),
    ("+86 138 1234 5678", "+86 138 **** 5678"),
    ("008613812345678", "0086138****5678"),
    ("手机：8613812345678", "手机：86138****5678"),
    ("１３８１２３４５６７８", "１３８****５６７８"),
    ("1３８12345678", "1３８****5678"),
    ("手机13812345678转", "手机138****5678转"),
    ("138\u200b12345678", "138\u200b****5678"),
    ("13812345678、13912345678/13712345678", "138****5678、139****5678/137****5678"),
    ("联系电话:139584800262023年8月18日", "联系电话:139****00262023年8月18日"),
    ("电话:1395848002613912345678", "电话:139****0026139****5678"),
    ("0871-6316245613958480026", "0871-63162456139****0026"),
    ("13812345678@163.com", "138****5678@163.com"),
    ("幺三八一二三四五六七八", "幺三八****五六七八"),
    ("110101199003070134", "110101************"),
    ("11010119900307803X", "110101************"),
    ("、53040219900307123x。", "、530402************。"),
    ("11010119900307803x。", "110101************。"),
    ("110101 19900307 0134", "110101 ******** ****"),
    ("身份证号：530102199003071234", "身份证号：530102************"),
    ("身份证：５３０１０２１９９００３０７１２３４", "身份证：５３０１０２************"),
    ("身份证:530102900307123", "身份证:530102*********"),
    ("银行卡号:6222021001123456789", "银行卡号:***************6789"),
    ("住宅电话:0871-63162456", "住宅电话:0871-6316****"),
    ("家庭电话：63162456", "家庭电话：6316****"),
]
KEPT = [
    "0871-63162456",
    "(0871)63162456",
    "联系电话：010-84212345转803",
    "4008123456",
    "400-812-3456",
    "12345",
    "第13812345678号提案",
    "编号：13812345678",
    "索引号:13812345678/2022-00089",
    "11640100010085853R/2022-00089",
    "统一社会信用代码：91530100MA6K12345X",
    "投入13812345678元",
    "t13812345678_1.html",
    "2022138123456789012",
    "昆政办〔2022〕138号",
    "530102199003071234",
    "138 1234 5678 9012",
    "2023-13812345678",
    "12812345678",
    "139****0026",
]


@pytest.mark.parametrize(("written", "shown"), HIDDEN)
def test_a_personal_number_is_hidden_in_every_writing(written: str, shown: str) -> None:
    assert mask(written) == shown
    assert mask(f"联系人：张三，{written}") == f"联系人：张三，{shown}"


@pytest.mark.parametrize("text", KEPT)
def test_office_numbers_case_numbers_and_long_runs_stay(text: str) -> None:
    assert mask(text) == text


_PIECES = st.sampled_from([written for written, _ in HIDDEN] + KEPT)
_TEXTS = st.lists(
    st.one_of(_PIECES, st.text("0123456789１３８ -—.:：+号第年月日手机电话身份证卡住宅*Xx\n", max_size=25)), max_size=6
).map("".join)


@given(st.one_of(st.text(max_size=200), _TEXTS))
@example("电话139584800262023年")
def test_masking_keeps_the_length_and_changes_nothing_but_digits_to_stars(text: str) -> None:
    shown = mask(text)
    assert len(shown) == len(text)
    numerals = "Xx" + "\uff38\uff58一二三四五六七八九〇零○幺"
    assert all(a == b or (b == "*" and (a.isdecimal() or a in numerals)) for a, b in zip(text, shown, strict=True))


@given(_TEXTS)
def test_masking_twice_is_masking_once(text: str) -> None:
    assert mask(mask(text)) == mask(text)


@given(st.from_regex(r"0[1-9]\d{1,2}-[2-8]\d{6,7}", fullmatch=True), st.sampled_from(["电话", "联系人：李四 ", "值班"]))
def test_landlines_of_offices_stay(number: str, label: str) -> None:
    assert mask(f"{label}{number}。") == f"{label}{number}。"


@given(st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True), st.sampled_from(["，", "\n", "）", "。", " ", "（", ""]))
def test_a_mobile_number_never_survives(number: str, mark: str) -> None:
    assert number not in mask(f"联系人及电话：王五{mark}{number}{mark}")


def test_a_document_is_masked_in_text_title_file_and_id() -> None:
    raw = RawDocument("张三13812345678", "张三13812345678.txt", "13812345678的来信", "电话13812345678")
    letter = parse_letter(raw)
    assert (letter.id, letter.file) == ("张三138****5678", "张三138****5678.txt")
    assert "13812345678" not in repr(letter)
    assert letter.text == "电话138****5678"


def test_the_key_of_a_record_stays_where_it_is_nothing_but_digits() -> None:
    assert masked(RawDocument("13812345678", "a.jsonl", None, "甲", 7)).id == "13812345678"
    assert masked(RawDocument("13812345678", "13812345678.txt", None, "甲")).id == "138****5678"


def test_offsets_of_a_masked_letter_are_those_of_the_file() -> None:
    text = "陈力代表：\n您提出的《关于甲的建议》（第9号）收悉。\n联系人：李四　电话：１３９５８４８００２６"
    letter = parse_letter(RawDocument("1", "1.txt", None, text))
    assert len(letter.text) == len(text)
    assert re.sub(r"\*", "", letter.text) == text.replace("５８４８", "")


def test_a_million_characters_are_masked_in_a_second() -> None:
    for unit in ("13812345678 ", "1", "身份证", "138-", "0871-6316245613", "住宅电话", "１３８"):
        text = unit * (1_000_000 // len(unit))
        begun = time.perf_counter()
        mask(text)
        assert time.perf_counter() - begun < 6, unit
