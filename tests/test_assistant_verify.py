"""Verification: a true sentence passes, the same sentence with one changed figure, date, 文号, title or city is struck."""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.answer import Sentence
from assistant.cite import Notes
from assistant.verify import unsupported, verify
from corpus.dates import dates
from corpus.doc_numbers import doc_numbers
from corpus.figures import figures
from corpus.letter import Letter
from corpus.library import Library
from corpus.regions import find_regions
from corpus.sentences import sentences

LETTERS = {letter.id: letter for letter in Library(Path("nowhere"), builtin=True).letters()}
Mutant = tuple[str, Letter, int, int, str]
OTHER_UNIT = {"家": "项", "项": "家", "个": "家", "人": "家", "名": "项", "批": "项", "%": "个百分点", "元": "美元"}


def passes(text: str, letter: Letter, start: int, end: int) -> bool:
    notes = Notes()
    said = notes.sentence(text, [(letter, start, end)])
    return bool(verify([said], notes.citations, LETTERS.__getitem__)[0])


def spans() -> Iterator[tuple[Letter, int, int]]:
    for letter in LETTERS.values():
        yield from ((letter, start, end) for start, end in sentences(letter.text, *letter.body))


def changes(text: str) -> Iterator[tuple[str, int, int, str]]:
    """Every change of one claim in a sentence: kind, span, what stands there instead."""
    for f in figures(text):
        yield from _figure(text, f.start, f.end, f.unit)
    for d in dates(text):
        written = text[d.start : d.end]
        yield from _replaced("year", written, d.start, r"(?:19|20)\d\d", lambda y: str(int(y) - 1))
        yield from _replaced("month", written, d.start, r"\d+(?=月)", lambda m: str(int(m) % 12 + 1))
    for n in doc_numbers(text):
        written = text[n.start : n.end]
        yield from _replaced("文号", written, n.start, r"\d+(?=号)", lambda no: str(int(no) + 1))
        yield from _replaced("文号", written, n.start, r"20\d\d", lambda y: str(int(y) - 1))
    for m in re.finditer(r"《([^《》]{4,80})》", text):
        middle = (m.start(1) + m.end(1)) // 2
        yield "title", middle, middle + 2, "某某"
    for _, start, end in find_regions(text):
        other = next(city for city in ("成都", "长沙", "拉萨") if city not in text)
        yield "city", start, end, other + "市" * text[start:end].endswith("市")


def _figure(text: str, start: int, end: int, unit: str) -> Iterator[tuple[str, int, int, str]]:
    written = text[start:end]
    yield from _replaced("figure", written, start, r"\d", lambda d: str((int(d) + 3) % 10 or 4))
    yield from _replaced("scale", written, start, "[万亿]", lambda s: "亿" if s == "万" else "万")
    if unit in OTHER_UNIT and unit in written:
        yield "unit", start, end, written.replace(unit, OTHER_UNIT[unit])


def _replaced(kind: str, written: str, start: int, pattern: str, new: object) -> Iterator[tuple[str, int, int, str]]:
    found = re.search(pattern, written)
    if found and callable(new):
        yield kind, start + found.start(), start + found.end(), new(found.group())


def mutants() -> Iterator[Mutant]:
    for letter, start, end in spans():
        text = letter.text[start:end]
        for kind, a, b, new in changes(text):
            yield kind, letter, start, end, text[:a] + new + text[b:]


def test_no_true_sentence_of_the_built_in_letters_is_struck() -> None:
    struck = [letter.text[s:e] for letter, s, e in spans() if not passes(letter.text[s:e], letter, s, e)]
    assert struck == []


def test_of_the_changed_sentences_at_least_95_in_100_are_struck() -> None:
    tried: defaultdict[str, int] = defaultdict(int)
    missed: defaultdict[str, int] = defaultdict(int)
    for kind, letter, start, end, text in mutants():
        tried[kind] += 1
        missed[kind] += passes(text, letter, start, end)
    assert set(tried) == {"figure", "scale", "unit", "year", "month", "文号", "title", "city"}
    assert sum(tried.values()) >= 400
    assert sum(missed.values()) <= 0.05 * sum(tried.values()), dict(missed)
    assert all(missed[kind] <= 0.15 * tried[kind] for kind in tried if tried[kind] >= 20), dict(missed)


TRUE = [
    ("投入9350万元", "省级财政科技经费9350万元"),
    ("投入0.935亿元", "省级财政科技经费9350万元"),
    ("有1,350家高企", "高新技术企业1350家"),
    ("有1.2万家", "共12000家"),
    ("增长百分之二十七点四一", "同比增长27.41%"),
    ("2023年6月19日答复", "昆明市科技局\n2023-06-19"),
    ("2022年余额90.31亿元", "截至2022年12月末，余额90.31亿元"),
    ("按昆政办〔2022〕16号执行", "《规划》(昆政办〔2022〕16号)"),
    ("昆明有12家", "昆明市现有12家"),
    ("《昆明市创新驱动高质量发展17条措施》出台了", "出台了《昆明市创新驱动高质量发展17条措施》"),
]
FALSE = [
    ("投入9530万元", "省级财政科技经费9350万元"),
    ("投入9350亿元", "省级财政科技经费9350万元"),
    ("增长27.41个百分点", "同比增长27.41%"),
    ("共12项", "共12家"),
    ("近12家", "超过13家"),
    ("第三批名单", "第二批名单"),
    ("2023年有12家", "2022年有12家"),
    ("2022年11月末", "2022年12月末"),
    ("“十三五”期间投入", "“十四五”期间投入"),
    ("昆政发〔2022〕16号", "昆政办〔2022〕16号"),
    ("昆政办〔2022〕6号", "昆政办〔2022〕16号"),
    ("昆政办〔2021〕16号", "昆政办〔2022〕16号"),
    ("云南省有12家", "昆明市有12家"),
    ("成都市有12家", "昆明市有12家"),
    ("第142195号提案", "第142194号提案"),
]
# A claim that is a part of a longer one is not held by it.
CLIPPED = [
    ("投入50万元", "省级财政科技经费9350万元"),
    ("共12家企业", "一共有112家企业"),
    ("余额0.31亿元", "余额90.31亿元"),
    ("增长7.41%", "同比增长27.41%"),
    ("1月启动", "11月启动"),
    ("政办〔2022〕16号印发", "由昆政办〔2022〕16号印发"),
    ("近12家", "超过12家"),
]
INVENTED_TITLES = [
    ("按《科技创新》执行", "围绕科技创新，提出要求"),
    ("按《关于科技》执行", "按《关于科技创新的意见》执行"),
]


@pytest.mark.parametrize(("text", "quote"), TRUE)
def test_what_the_quote_says_is_supported(text: str, quote: str) -> None:
    assert unsupported(text, quote) is None


@pytest.mark.parametrize(("text", "quote"), FALSE)
def test_what_the_quote_does_not_say_is_named(text: str, quote: str) -> None:
    assert "依据中没有" in (unsupported(text, quote) or "")


@pytest.mark.parametrize(("text", "quote"), CLIPPED)
def test_a_claim_clipped_out_of_a_longer_one_is_struck(text: str, quote: str) -> None:
    assert unsupported(text, quote) is not None


@pytest.mark.parametrize(("text", "quote"), INVENTED_TITLES)
def test_words_of_the_quote_do_not_make_a_title(text: str, quote: str) -> None:
    assert unsupported(text, quote) is not None


def test_a_city_is_not_found_across_two_words() -> None:
    assert unsupported("大理市有12家企业", "扩大理论学习，全市有12家企业") is not None


def test_the_same_number_in_other_brackets_is_supported() -> None:
    assert unsupported("按国科发〔2024〕15号执行", "按国科发[2024] 15 号执行") is None


@given(st.text(max_size=80), st.text(max_size=80))
@settings(max_examples=80, deadline=None, derandomize=True)
def test_any_text_is_held_by_itself_and_judged_without_an_error(text: str, quote: str) -> None:
    assert unsupported(text, text + quote) is None
    problem = unsupported(text, quote)
    assert problem is None or problem.startswith("依据中没有")


def cited() -> tuple[Sentence, Notes]:
    letter = LETTERS["000_032a5aed1bd1ca86"]
    start = letter.text.index("截至2022年12月末")
    notes = Notes()
    return notes.sentence("截至2022年12月末", [(letter, start, start + len("截至2022年12月末"))]), notes


def test_a_sentence_without_a_citation_or_with_one_that_does_not_exist_is_struck() -> None:
    said, notes = cited()
    kept, problems = verify(
        [replace(said, citations=()), replace(said, citations=(1, 9)), said], notes.citations, LETTERS.__getitem__
    )
    assert kept == [said]
    assert [p.split("：")[0] for p in problems] == ["没有引文", "引文不存在"]


@pytest.mark.parametrize("change", [{"start": 0}, {"end": 3}, {"quote": "截至2023年12月末"}, {"quote": ""}])
def test_a_citation_that_is_no_slice_of_its_letter_carries_nothing(change: dict[str, object]) -> None:
    said, notes = cited()
    forged = replace(notes.citations[0], **change)  # type: ignore[arg-type]  # one field at a time
    assert verify([said], [forged], LETTERS.__getitem__)[0] == []


# The same in other words, as a chat model writes it.
REWORDED = [
    ("2023年末全市高企达到1350家", "截至2023年12月底，全市高新技术企业有1350家，较上年增加150家"),
    ("高企比上年多了150家", "截至2023年12月底，全市高新技术企业有1350家，较上年增加150家"),
    ("市科技局会同财政部门办理", "由市科学技术局会同市财政局办理"),
    ("昆明市科技局牵头", "昆明市科学技术局牵头负责"),
    ("领军人才给30万元，创新团队给50万元", "市级领军人才和创新团队经认定后，分别给予30万元和50万元的经费支持"),
    (
        "截至2022年末，银税互动贷款余额90.31亿元，其中小微企业89.89亿元",
        "截至2022年12月末，全市银税互动合作贷款余额90.31亿元，同比增长27.41%，其中小微企业银税互动合作贷款余额89.89亿元，同比增长27.76%",
    ),
    ("企业不用交押金", "企业无需缴纳保证金"),
    ("研发投入强度为1.79%，低于全国0.61个百分点", "研发经费投入强度为1.79%，比全国平均水平低了0.61个百分点"),
    ("“昆易贷”已放款20亿元", "政策性产品“昆易贷”累计投放贷款20亿元"),
    ("平台不断完善", "不断完善平台"),
    ("贷款少了3亿元", "贷款余额下降3亿元"),
]
TURNED = [
    ("2022年全市高企有1350家", "2022年全市高新技术企业1200家，2023年全市高新技术企业1350家"),
    ("高企3219家，科技型中小企业2572家", "科技型中小企业3219家，高企2572家"),
    ("研发投入强度高于全国0.61个百分点", "研发经费投入强度为1.79%，比全国平均水平低了0.61个百分点"),
    ("贷款余额同比下降27.41%", "贷款余额90.31亿元，同比增长27.41%"),
    ("由市教育局牵头", "由市科学技术局牵头"),
    ("与广西大学共建研究院", "与浙江大学共建研究院"),
    ("对失败项目予以追责", "对失败项目不予追责"),
    ("平台对中小企业不开放", "平台对中小企业开放"),
    ("推出“金税贷”产品", "推出“昆易贷”产品"),
    ("李四代表提出了建议", "陈力代表提出了建议"),
]


@pytest.mark.parametrize(("text", "quote"), REWORDED)
def test_what_is_said_in_other_words_is_kept(text: str, quote: str) -> None:
    assert unsupported(text, quote) is None


@pytest.mark.parametrize(("text", "quote"), TURNED)
def test_what_is_turned_round_is_struck(text: str, quote: str) -> None:
    assert unsupported(text, quote) is not None
