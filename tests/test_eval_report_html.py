"""The page: what stands in it, and in a real browser that it is whole, asks nobody for anything and fits every screen."""

import os
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from eval.report_html import html
from eval.report_model import Report
from tests.eval_reports import HOSTILE, SMALL, large

CHROMIUM = Path(os.environ.get("FUWEN_TEST_CHROMIUM", "/usr/bin/chromium"))
needs_browser = pytest.mark.skipif(not CHROMIUM.exists(), reason=f"no browser at {CHROMIUM}")
PASSED = replace(SMALL, entries=SMALL.entries[:1], changes=(), status=0, failed=())


def words(report: Report) -> str:
    """The text of the page, without markup."""
    return re.sub(r"<[^>]+>", " ", html(report).split("</style>")[1])


def test_the_verdict_comes_first_then_measures_funnel_kinds_and_questions() -> None:
    heads = re.findall(r"<h2>([^<]*)</h2>", html(SMALL))
    assert [head.split("（")[0].split("：")[0] for head in heads] == [
        "指标",
        "漏斗",
        "各类题的通过率",
        "各复文的通过率",
        "风险与覆盖",
        "变坏的题",
        "变好的题",
        "未通过的题",
        "评测自检",
        "指纹",
        "用时",
    ]
    text = words(SMALL)
    assert text.index("关键题未通过") < text.index("区间")
    for word in ("right", "1.000", "0.500", "−0.500", "≥ 0.85", "认定高企1350家", "1350家。", "403家。", "abc"):
        assert word in text


def test_a_passing_report_and_one_without_a_gate_say_so() -> None:
    assert 'class="verdict pass"' in html(PASSED)
    assert "未判定" in words(replace(PASSED, status=None))
    unmeasured = replace(PASSED, status=2, unmeasured=("没有一题",))
    assert 'class="verdict open"' in html(unmeasured)
    assert "未测得：没有一题" in words(unmeasured)


def test_what_was_not_measured_is_a_dash_and_never_a_zero() -> None:
    row = next(line for line in html(SMALL).split("<tr") if "refusal recall" in line)
    assert re.findall(r"<td[^>]*>([^<]*)</td>", row) == ["", "—", "", "", "", ""]


def test_the_page_names_no_other_place_and_nothing_of_an_answer_is_markup() -> None:
    page = html(large())
    assert "<script" not in page
    assert "<img" not in page
    assert not re.findall(r'(?:src|href)="(?!#|data:,")', page)
    assert "url(" not in page
    assert "@import" not in page
    page.encode("utf-8")


def test_the_same_report_is_the_same_bytes() -> None:
    assert html(large()) == html(large())


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=str(CHROMIUM), args=["--no-sandbox", "--disable-dev-shm-usage"]
        )
        yield chromium
        chromium.close()


@pytest.fixture(params=[(1280, 800), (400, 800)], ids=["wide", "narrow"])
def page(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    width, height = request.param
    opened = browser.new_page(viewport={"width": width, "height": height})
    yield opened
    opened.close()


def show(page: Page, report: Report, folder: Path) -> tuple[list[str], list[str]]:
    """Open the report; the addresses that it asked for and the complaints of the console."""
    asked: list[str] = []
    said: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("dialog", lambda dialog: said.append(dialog.message))
    path = folder / "report.html"
    path.write_text(html(report), encoding="utf-8")
    page.goto(path.as_uri())
    return [url for url in asked if not url.startswith("data:")], said


@needs_browser
@pytest.mark.parametrize("report", [SMALL, PASSED, large()], ids=["small", "passed", "large"])
def test_in_a_browser_it_asks_for_nothing_complains_of_nothing_and_fits(
    page: Page, tmp_path: Path, report: Report
) -> None:
    asked, said = show(page, report, tmp_path)
    assert asked == [(tmp_path / "report.html").as_uri()]
    assert said == []
    page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    assert said == []


@needs_browser
def test_the_verdict_and_the_way_to_the_questions_are_in_sight_at_once(page: Page, tmp_path: Path) -> None:
    show(page, replace(large(), failed=(*SMALL.failed, *(f"q{n} 原来通过 → 改回" for n in range(40)))), tmp_path)
    height = page.viewport_size["height"] if page.viewport_size else 0
    for place in ("#verdict strong", "#verdict p", "nav"):
        box = page.locator(place).first.bounding_box()
        assert box is not None
        assert box["y"] + box["height"] <= height
    # Sixty failures are folded: the page stays a few screens long.
    assert page.evaluate("document.documentElement.scrollHeight") < 14 * height


@needs_browser
def test_a_question_unfolds_to_its_gold_quote_and_both_answers(page: Page, tmp_path: Path) -> None:
    show(page, SMALL, tmp_path)
    turned = page.locator("#regressed details")
    assert not turned.locator("dl").is_visible()
    turned.locator("summary").click()
    text = turned.locator("dl").inner_text()
    assert [word in text for word in ("认定高企1350家", "1350家。", "403家。", "答复甲")] == [True] * 4


@needs_browser
def test_hostile_text_is_shown_as_it_is(page: Page, tmp_path: Path) -> None:
    show(page, large(), tmp_path)
    shown = page.locator("#failures details .t").first.text_content() or ""
    assert "<script>alert(1)</script>" in shown
    assert HOSTILE.split("\x00")[0] in (page.locator("#facts").text_content() or "")
