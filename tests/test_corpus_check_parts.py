"""The check of pages with several letters and attachments, and of the ways in which organs sign."""

import time

import pytest

from corpus.check import check
from corpus.check_parts import pieces
from corpus.findings import line_of
from corpus.letter import Letter
from corpus.linter import lint
from corpus.parse import parse_letter
from corpus.read import RawDocument
from tests.corpus_check_cases import CONSULTED, DEPUTY, MEMBER

ATTACHMENT = """
附件1
全市公办幼儿园学位一览表
城区现有公办幼儿园28所，学位8640个，2023年新增2160个；乡镇现有公办幼儿园41所，学位6120个，新增1080个。
承办建议共10项，其中A类4项、B类5项。
"""


def letter(text: str, file: str = "甲.txt") -> Letter:
    return parse_letter(RawDocument("甲", file, None, text.replace("{here}", "")))


def found(text: str, file: str = "甲.txt") -> list[tuple[str, str]]:
    return [(f.rule, f.problem) for f in check(letter(text, file))]


@pytest.mark.parametrize("between", ["", "\n", "\n抄送：市政协提案委员会\n\n"])
@pytest.mark.parametrize(("one", "two"), [(DEPUTY, MEMBER), (MEMBER, DEPUTY)])
def test_two_letters_on_one_page_are_each_held_against_themselves(one: str, two: str, between: str) -> None:
    assert found(one + between + two) == []


def test_a_fault_of_the_second_letter_is_found_at_its_place() -> None:
    page = letter(DEPUTY + "\n" + MEMBER.replace("该", "").replace("收悉。", "收悉。该代表建议已交办。"))
    (finding,) = check(page)
    assert (finding.rule, page.text[finding.start : finding.end]) == ("文种混用", finding.quote)
    assert line_of(page, finding)[0] > DEPUTY.count("\n")


def test_the_letter_below_a_covering_letter_of_the_same_case_is_no_other_letter() -> None:
    cover = "关于政协临泉区第六届委员会第三次会议第047号提案的函\n王静、赵大勇委员：\n您们提出的提案收悉，办理情况函告如下，请审阅。\n"
    page = letter(cover + "临泉区交通运输局\n2022年11月9日\n" + MEMBER)
    assert len(pieces(page)) == 1
    assert check(page) == ()


def test_an_attachment_below_the_sign_off_hides_nothing_and_is_itself_checked() -> None:
    assert [rule for rule, _ in found(DEPUTY + ATTACHMENT)] == ["合计不符"]
    long = ATTACHMENT.replace("B类5项", "B类6项") * 8
    assert found(DEPUTY + long) == []


def test_the_pieces_of_a_page_are_its_text() -> None:
    for page in (letter(DEPUTY + MEMBER + ATTACHMENT), letter(DEPUTY), letter("")):
        assert "".join(piece.letter.text for piece in pieces(page)) == page.text
        assert all(page.text.startswith(piece.letter.text, piece.start) for piece in pieces(page))


SIGNED = [
    "上海市科学技术委员会(上海市外国专家局)\n2024年1月18日",
    "榆川市教育局  榆川市财政局\n2024年1月18日",
    "榆川市教育局\n榆川市财政局\n2024年1月18日",
    "榆川市教育局 2024年1月18日",
    "2024年1月18日\n榆川市教育局",
    "榆 川 市 教 育 局\n2024年1月18日",
    "榆川市人民政府办 公 室（代章）\n2024 年 1 月 18 日",
    "榆川市教育局（盖章）\n2024年1月18日",
    "答复单位（盖章）：榆川市教育局\n2024年1月18日",
    "承办单位：榆川市教育局\n2024年1月18日",
    "中共榆川市委教育工作领导小组\n二〇二四年一月十八日",
    "榆川海关\n2024.1.18",
    "榆川市柳树镇\n2024年1月18日",
    "国网榆川供电公司[印章]\n2024年1月18日",
]


@pytest.mark.parametrize("signed", SIGNED)
def test_a_sign_off_is_seen_in_every_form(signed: str) -> None:
    assert found(DEPUTY.replace("榆川市教育局\n2024年1月18日", signed)) == []


@pytest.mark.parametrize(
    "signed", ["2024年1月18日", "（此件公开发布）\n2024年1月18日", "抄送：市政府办公室\n2024年1月18日"]
)
def test_a_date_without_an_organ_is_no_sign_off(signed: str) -> None:
    assert "缺署名" in [p for _, p in found(DEPUTY.replace("榆川市教育局\n2024年1月18日", signed))]


NOTES = "（联系人：周老师，电话：0912-3456789）\n抄送：市人大常委会人事代表工作委员会，市政府督查室\n附件：学位一览表\n"


@pytest.mark.parametrize(
    ("text", "gone", "problem", "quote"),
    [
        (DEPUTY, "感谢您对教育工作的关心和支持。\n", "缺结尾", "每学期末公布学位余量。"),
        (DEPUTY, "榆川市教育局\n2024", "缺署名", "年1月18日"),
        (DEPUTY, "2024年1月18日\n", "缺成文日期", "榆川市教育局"),
        (DEPUTY, "榆川市教育局\n2024年1月18日\n", "缺署名", "感谢您对教育工作的关心和支持。"),
        (CONSULTED, "以上意见供贵委统一答复代表时参考。\n", "缺结尾", "失能等级评估细则。"),
    ],
)
def test_what_is_missing_at_the_end_is_shown_where_it_belongs(text: str, gone: str, problem: str, quote: str) -> None:
    kept = "2024" if gone.endswith("2024") else ""
    page = letter(text.replace(gone, kept) + NOTES)
    assert [f.quote[-len(quote) :] for f in check(page) if f.problem == problem] == [quote]


NO_CONTACT = DEPUTY.replace("（联系人：周老师，电话：0912-3456789）\n", "")
BOX = "索引号：012345678/2024-00031\n发布机构：榆川市教育局\n发布日期：2024-01-20\n\n"


def test_only_a_signed_draft_is_asked_for_a_contact() -> None:
    assert found(NO_CONTACT) == [("缺要素", "缺联系人")]
    assert found(NO_CONTACT, "甲.html") == []
    assert found(BOX + NO_CONTACT) == []
    assert "缺联系人" not in [p for _, p in found(NO_CONTACT.replace("榆川市教育局\n2024年1月18日\n", ""))]


def test_a_letter_of_a_file_of_many_is_named_by_its_id() -> None:
    fault = DEPUTY.replace("现答复如下：", "现答复如下：：")
    assert [str(line).split(" ")[0] for line in lint([letter(fault, "行.jsonl"), letter(MEMBER)])] == [
        "行.jsonl(甲):4:38"
    ]
    assert [str(line).split(" ")[0] for line in lint([letter(fault)])] == ["甲.txt:4:38"]


def test_pages_of_many_letters_and_long_ends_take_linear_time() -> None:
    many = "".join(MEMBER.replace("047", str(100 + n)) for n in range(200))
    for text in (many, DEPUTY + ATTACHMENT * 300, DEPUTY + "榆川市教育局" * 9000, DEPUTY + "局（章" * 20000):
        begun = time.perf_counter()
        check(letter(text))
        assert time.perf_counter() - begun < 15
