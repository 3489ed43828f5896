"""The check of letters: each rule finds what it is for, is silent where all is well, and quotes the exact place."""

import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.check import check
from corpus.findings import ERROR, REMINDER, RULES, Finding, line_of
from corpus.letter import Letter
from corpus.parse import parse_letter
from corpus.read import RawDocument, read_documents
from tests.corpus_check_cases import CLEAN, FOUND, SILENT

DOCUMENTS = Path(__file__).parents[1] / "corpus" / "documents"


def letter(text: str, here: str = "") -> Letter:
    return parse_letter(RawDocument("甲", "甲.txt", None, text.replace("{here}", here)))


def found(text: str, here: str = "") -> list[tuple[str, str]]:
    return [(f.rule, f.quote) for f in check(letter(text, here))]


def seed(number: int) -> tuple[Letter, tuple[Finding, ...]]:
    raw = next(raw for raw in read_documents(DOCUMENTS) if raw.id.startswith(f"{number:03d}_"))
    parsed = parse_letter(raw)
    return parsed, check(parsed)


@pytest.mark.parametrize("name", CLEAN)
def test_a_letter_without_a_fault_has_no_finding(name: str) -> None:
    assert found(CLEAN[name]) == []


@pytest.mark.parametrize(("rule", "text", "sentence", "quote"), FOUND, ids=[f"{r}-{s[:8]}" for r, _, s, _ in FOUND])
def test_a_fault_is_found_and_nothing_else(rule: str, text: str, sentence: str, quote: str) -> None:
    findings = found(text, sentence)
    assert [r for r, _ in findings] == [rule]
    assert quote in findings[0][1]


@pytest.mark.parametrize(("rule", "text", "sentence"), SILENT, ids=[f"{r}-{s[:8]}" for r, _, s in SILENT])
def test_what_only_looks_like_a_fault_is_left_alone(rule: str, text: str, sentence: str) -> None:
    assert rule not in [r for r, _ in found(text, sentence)]


def test_every_rule_is_named_described_and_used() -> None:
    source = "".join(p.read_text(encoding="utf-8") for p in (DOCUMENTS.parent).glob("checks_*.py"))
    assert all(f'"{name}"' in source for name in RULES)
    assert all(rule.severity in (ERROR, REMINDER) and rule.what for rule in RULES.values())


def test_the_surplus_mark_of_the_first_seed_is_found_with_its_mend() -> None:
    parsed, findings = seed(0)
    one = next(f for f in findings if f.rule == "标点配对")
    assert one.quote == "《昆明市企业上市倍增工作方案(2022-2025)》(昆政办〔2022〕76号)》"
    assert one.mend == "删去「》」，改为《昆明市企业上市倍增工作方案(2022-2025)》(昆政办〔2022〕76号)"
    assert line_of(parsed, one) == (28, 5)
    assert [f.problem for f in findings if f.rule == "缺要素"] == ["缺署名"]
    assert "昆政办〔2022〕16号" in next(f for f in findings if f.rule == "代字不符").quote


def test_the_second_seed_is_an_old_draft_that_calls_a_suggestion_a_proposal() -> None:
    quotes = {f.rule: f.quote for f in seed(1)[1] if f.rule != "缺要素"}
    assert quotes == {"文种混用": "提案的主要内容", "时间矛盾": "截至今年10月"}


def test_the_lost_quotation_marks_of_the_third_seed_are_found_and_its_want_of_deadlines() -> None:
    findings = seed(2)[1]
    marks = [f.quote for f in findings if f.rule == "标点配对"]
    assert marks == ["采取前引导”", "“后补助等多种形式给予资", "实行重大科技项目揭榜挂帅”", "“赛马制等制度"]
    assert "措施无时限" in [f.rule for f in findings]


def test_a_newspaper_article_has_no_finding() -> None:
    assert seed(3)[1] == ()


def test_the_fifth_seed_lacks_date_and_sign_off_and_shows_a_mobile_number() -> None:
    findings = seed(4)[1]
    assert {f.problem for f in findings if f.rule == "缺要素" and f.severity == ERROR} == {"缺成文日期", "缺署名"}
    assert [f.quote[-7:] for f in findings if f.rule == "标点配对"] == ["若干政策意见)"]
    assert [f.quote for f in findings if f.rule == "公开前脱敏"] == ["139****0026"]
    assert next(f for f in findings if f.rule == "数据无时点").quote.startswith("目前全市累计认定")
    assert "947家" in next(f for f in findings if f.rule == "分项超合计").quote


_MARKS = st.text(
    "《》“”‘’（）()〔〕【】。，,、；:昆明市提案建议代表委员今年截至10月2023日号其中共家%增长到一是的和\n1 ",
    max_size=200,
)
_CASES = st.sampled_from([sentence for _, _, sentence, _ in FOUND] + [sentence for _, _, sentence in SILENT])


@given(
    st.one_of(_MARKS, st.text(max_size=200), st.lists(st.one_of(_CASES, _MARKS), max_size=5).map("".join)),
    st.sampled_from(sorted(CLEAN)),
)
def test_every_finding_quotes_its_exact_place(noise: str, name: str) -> None:
    parsed = letter(CLEAN[name], noise)
    for finding in check(parsed):
        assert parsed.text[finding.start : finding.end] == finding.quote
        assert finding.quote.strip()
        assert finding.rule in RULES
        assert finding.severity in (ERROR, REMINDER)
        assert "\n" not in finding.problem + finding.mend


@given(_MARKS)
def test_a_text_that_is_no_letter_gets_only_the_checks_of_language(noise: str) -> None:
    plain = Letter("1", "1.txt", noise, body=(0, len(noise)))
    assert all(RULES[finding.rule].always for finding in check(plain))


def test_a_hundred_and_fifty_letters_a_second_are_checked() -> None:
    filler = (
        "市教育局会同有关部门推进学位建设，2023年投入1.2亿元，其中市级0.5亿元，见《办园标准》（榆教发〔2022〕4号）。"
        * 18
    )
    parsed = letter(CLEAN["DEPUTY"], filler)
    begun = time.perf_counter()
    for _ in range(30):
        check(parsed)
    assert time.perf_counter() - begun < 30 / 150 * 3  # three times the time, for a busy machine


def test_long_runs_of_one_mark_take_linear_time() -> None:
    for unit in (
        "《",
        "》",
        "“",
        "（",
        "，。",
        "从1家增长到2家，",
        "其中1家、",
        "一是",
        "第1号建议",
        "2023年",
        "截至今年",
        "您提出的建议",
        "的的",
    ):
        parsed = letter(CLEAN["MEMBER"], unit * (60_000 // len(unit)))
        begun = time.perf_counter()
        check(parsed)
        assert time.perf_counter() - begun < 10, unit
