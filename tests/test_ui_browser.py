"""The page in a real browser: ask, open a citation, find the words; no outside request, no script from the corpus."""

import json
import os
import socket
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.request import Request, urlopen

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from assistant.assistant import open_assistant
from assistant.ui.page import listen, serving
from corpus.errors import InputError
from tests.ui_fakes import ATTACK, FakeAssistant, letter, letters

CHROMIUM = Path(os.environ.get("FUWEN_TEST_CHROMIUM", "/usr/bin/chromium"))
QUESTION = "河畔水厂改造累计投入资金多少？"
QUOTE = "截至2022年12月末，河畔水厂改造累计投入资金1.25亿元。"

needs_browser = pytest.mark.skipif(not CHROMIUM.exists(), reason=f"no browser at {CHROMIUM}")


@pytest.fixture(scope="module")
def assistant() -> FakeAssistant:
    """With a letter that stands for a built-in one, so that an example question is offered."""
    return FakeAssistant(
        [*letters(), letter("000_032a5aed1bd1ca86", text="正文\n2022年共策划了3批省市一体化重大科技项目。\n")]
    )


@pytest.fixture(scope="module")
def address(assistant: FakeAssistant) -> Iterator[str]:
    with serving(assistant) as url:
        yield url


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=str(CHROMIUM), args=["--no-sandbox", "--disable-dev-shm-usage"]
        )
        yield chromium
        chromium.close()


@pytest.fixture(scope="module")
def opened(browser: Browser, address: str) -> Iterator[Page]:
    """One page for all tests: loading it takes longer than most of them."""
    context = browser.new_context(
        viewport={"width": 1440, "height": 900}, permissions=["clipboard-read", "clipboard-write"]
    )
    page = context.new_page()
    page.set_default_timeout(10_000)
    page.goto(address)
    page.wait_for_selector(".fw-welcome")
    yield page
    context.close()


@pytest.fixture
def page(opened: Page) -> Page:
    """The page with an empty conversation."""
    opened.fill("#fw-question textarea", "")
    opened.click("#fw-clear")
    opened.wait_for_selector(".fw-welcome")
    opened.wait_for_selector(".fw-panel-empty")
    return opened


def ask(page: Page, question: str) -> None:
    page.fill("#fw-question textarea", question)
    page.keyboard.press("Enter")


def answered(page: Page, turns: int = 1) -> None:
    page.wait_for_function(
        f"document.querySelectorAll('.fw-turn').length === {turns} && !document.querySelector('.fw-status')"
    )


def highlighted(page: Page) -> str:
    return "".join(page.locator(".fw-letter .fw-hit").all_text_contents())


@needs_browser
def test_a_clicked_citation_shows_its_quote_highlighted_in_the_whole_letter(page: Page, assistant: FakeAssistant):
    ask(page, QUESTION)
    answered(page)
    assert page.input_value("#fw-question textarea") == ""
    page.locator(".fw-mark").nth(1).click()
    page.wait_for_selector('.fw-panel:not([data-key$=":157:188"])')
    page.locator(".fw-mark").first.click()
    page.wait_for_selector('.fw-panel[data-key="river:157:188"]')
    assert highlighted(page) == QUOTE
    assert page.locator(".fw-letter").evaluate("e => e.textContent") == assistant.letter("river").text
    assert page.locator(".fw-hit").first.is_visible()
    assert page.evaluate(
        "() => { const a = document.querySelector('.fw-letter').getBoundingClientRect(),"
        " b = document.querySelector('.fw-hit').getBoundingClientRect(); return a.top <= b.top && b.bottom <= a.bottom }"
    )
    assert page.locator(".fw-panel header").inner_text().split("\n\n")[:2] == [
        "《关于加快河畔水厂改造的建议》",
        "第0815号 · 政协提案 · 春江市 · 2023年5月8日",
    ]
    page.click(".fw-copy")
    page.wait_for_selector("text=已复制")
    assert page.evaluate("navigator.clipboard.readText()") == (
        f"《关于加快河畔水厂改造的建议》（第0815号，2023年5月8日）第二部分（二）：“{QUOTE}”"
    )


@needs_browser
def test_an_example_question_is_asked_by_a_click(page: Page):
    assert page.locator(".fw-example").count() == 1
    page.locator(".fw-example").click()
    answered(page)
    assert "共策划了3批省市一体化重大科技项目" in page.locator(".fw-answer").inner_text()


@needs_browser
def test_a_fault_of_the_program_gives_the_question_back(page: Page, assistant: FakeAssistant):
    assistant.fault = "机房停电"
    ask(page, QUESTION)
    page.wait_for_selector(".fw-notice")
    assistant.fault = ""
    assert page.input_value("#fw-question textarea") == QUESTION
    assert "程序出错" in page.locator(".fw-notice").inner_text()
    assert page.locator(".fw-status").count() == 0
    assert "机房停电" not in page.locator("body").inner_text()


@needs_browser
def test_a_citation_is_reached_and_opened_by_keyboard(page: Page):
    ask(page, QUESTION)
    answered(page)
    page.locator(".fw-mark").nth(1).focus()
    page.keyboard.press("Enter")
    page.wait_for_function("document.querySelectorAll('.fw-mark')[1].getAttribute('aria-current') === 'true'")
    assert highlighted(page) == "您提出的《关于加快河畔水厂改造的建议》收悉，现答复如下："


@needs_browser
def test_a_conversation_follows_up_refuses_opens_the_nearest_letter_and_is_cleared(
    page: Page, assistant: FakeAssistant
):
    ask(page, QUESTION)
    answered(page)
    ask(page, "那资金来自哪里？")
    answered(page, 2)
    assert assistant.asked[-1][1] == (QUESTION,)
    assert page.locator(".fw-standalone").count() == 1
    ask(page, "火星上种水稻吗？")
    answered(page, 3)
    page.locator(".fw-open").nth(1).click()
    page.wait_for_selector("text=步道全长12.5公里。")
    assert page.locator(".fw-hit").count() == 0
    page.click("#fw-clear")
    page.wait_for_selector(".fw-welcome")
    assert page.locator(".fw-turn").count() == 0
    ask(page, "那资金来自哪里？")
    answered(page)
    assert assistant.asked[-1][1] == ()


@needs_browser
def test_a_question_that_cannot_be_asked_keeps_what_was_typed(page: Page):
    for typed in ("   ", "长" * 10_000):
        page.fill("#fw-question textarea", typed)
        page.click("#fw-send")
        page.wait_for_selector(f".fw-notice:has-text('{'是空的' if not typed.strip() else '10000'}')")
        assert page.input_value("#fw-question textarea") == typed
    ask(page, QUESTION)
    answered(page)
    assert page.locator(".fw-notice").count() == 0


@needs_browser
def test_enter_that_picks_a_word_of_an_input_method_does_not_send(page: Page):
    page.fill("#fw-question textarea", "河畔")
    page.evaluate(
        "document.querySelector('#fw-question textarea').dispatchEvent(new KeyboardEvent('keydown',"
        " {key: 'Enter', keyCode: 229, isComposing: true, bubbles: true, cancelable: true}))"
    )
    page.wait_for_timeout(300)
    assert page.locator(".fw-turn, .fw-notice").count() == 0


@needs_browser
def test_filters_of_the_page_reach_the_assistant(page: Page, assistant: FakeAssistant):
    page.locator("#fw-filters input").first.click()
    page.get_by_role("option", name="远山市").click()
    ask(page, QUESTION)
    answered(page)
    assert assistant.asked[-1][2].region == "远山市"
    assert assistant.asked[-1][2].year is None
    page.locator("#fw-filters input").first.click()
    page.get_by_role("option", name="全部").click()


@needs_browser
def test_markup_in_question_and_letter_stays_text(page: Page):
    ask(page, f"攻击内容是{ATTACK}到此为止吗")
    answered(page)
    page.locator(".fw-mark").first.click()
    page.wait_for_selector('.fw-panel[data-key^="bad:"]')
    page.wait_for_timeout(300)
    assert page.evaluate("window.hacked") is None
    assert ATTACK in page.locator(".fw-letter").inner_text()
    assert ATTACK in page.locator(".fw-panel h2").inner_text()
    assert page.locator("#fw-main img, #fw-main script").count() == 0


@needs_browser
def test_markup_forced_into_the_page_cannot_run(page: Page):
    page.evaluate(
        "document.querySelector('#fw-log').insertAdjacentHTML('beforeend', '<img src=x onerror=\"window.hacked=1\">')"
    )
    page.wait_for_timeout(300)
    assert page.evaluate("window.hacked") is None


@needs_browser
def test_the_page_asks_no_other_host_and_reports_no_error(browser: Browser, address: str):
    context = browser.new_context()
    page = context.new_page()
    asked: list[str] = []
    troubles: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: troubles.append(message.text) if message.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: troubles.append(str(error)))
    page.goto(address)
    page.wait_for_selector(".fw-welcome")
    ask(page, QUESTION)
    answered(page)
    page.locator(".fw-mark").first.click()
    page.wait_for_timeout(500)
    context.close()
    assert len(asked) > 10
    assert [url for url in asked if not url.startswith((address, "data:"))] == []
    assert troubles == []


@needs_browser
def test_nothing_is_wider_than_the_window_light_or_dark(page: Page):
    ask(page, f"攻击内容是{ATTACK}到此为止吗{'W' * 200}")
    answered(page)
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        for width in (1440, 1024, 390):
            page.set_viewport_size({"width": width, "height": 800})
            rights = page.locator("#fw-main button:visible, #fw-main p:visible").evaluate_all(
                "each => each.map(e => e.getBoundingClientRect().right)"
            )
            assert max(rights) <= width
            assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.emulate_media(color_scheme="light")
    page.set_viewport_size({"width": 1440, "height": 900})


@needs_browser
def test_two_people_at_once_have_conversations_apart(browser: Browser, address: str, assistant: FakeAssistant):
    pages = [browser.new_context().new_page() for _ in range(2)]
    for page in pages:
        page.goto(address)
        page.wait_for_selector(".fw-welcome")
    ask(pages[0], QUESTION)
    answered(pages[0])
    ask(pages[1], "河畔水厂培训运行人员多少名？")
    answered(pages[1])
    assert assistant.asked[-1][1] == ()
    assert "1.25亿元" not in pages[1].locator("#fw-log").inner_text()
    for page in pages:
        page.context.close()


@needs_browser
def test_the_examples_are_answered_by_the_built_in_letters_and_every_citation_opens(browser: Browser):
    assistant = open_assistant()
    with serving(assistant) as url:
        context = browser.new_context()
        page = context.new_page()
        page.goto(url)
        page.wait_for_selector(".fw-example")
        questions = page.locator(".fw-example").all_inner_texts()
        for turn, question in enumerate(questions, 1):
            ask(page, question)
            answered(page, turn)
            last = page.locator(".fw-turn").last
            assert last.locator(".fw-refusal").count() == 0, question
            for mark in last.locator(".fw-mark").all():
                place = [str(mark.get_attribute(f"data-{name}")) for name in ("letter", "start", "end")]
                mark.click()
                page.wait_for_selector(f'.fw-panel[data-key="{":".join(place)}"]')
                text = assistant.letter(place[0]).text
                assert highlighted(page) == text[int(place[1]) : int(place[2])]
                assert page.locator(".fw-letter").evaluate("e => e.textContent") == text
        context.close()


def test_other_programs_ask_through_the_api(address: str):
    def call(question: str) -> tuple[str, str]:
        body = json.dumps({"data": [question, "", "", ""]}).encode()
        request = Request(f"{address}gradio_api/call/ask", body, {"Content-Type": "application/json"})
        event = json.load(urlopen(request, timeout=10))["event_id"]
        lines = urlopen(f"{address}gradio_api/call/ask/{event}", timeout=10).read().decode().split("\n")
        return lines[0], lines[1].removeprefix("data: ")

    kind, data = call(QUESTION)
    text, answer = json.loads(data)
    assert kind == "event: complete"
    assert text.startswith(QUOTE + "[^1]")
    assert answer["citations"][0]["quote"] == QUOTE
    assert call("")[0] == "event: error"
    names = json.load(urlopen(f"{address}gradio_api/info", timeout=10))["named_endpoints"]
    assert list(names) == ["/ask"]


def test_twenty_questions_at_once_are_all_answered(address: str):
    def one(number: int) -> str:
        body = json.dumps({"data": [f"{QUESTION}{number}", "", "", ""]}).encode()
        request = Request(f"{address}gradio_api/call/ask", body, {"Content-Type": "application/json"})
        event = json.load(urlopen(request, timeout=20))["event_id"]
        return str(
            json.loads(urlopen(f"{address}gradio_api/call/ask/{event}", timeout=20).read().decode().split("data: ")[1])[
                0
            ]
        )

    with ThreadPoolExecutor(20) as pool:
        assert all("1.25亿元" in text for text in pool.map(one, range(20)))


def test_no_file_of_the_working_folder_is_served(address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    (tmp_path / "secret.txt").write_text("secret")
    monkeypatch.chdir(tmp_path)
    for path in (
        "secret.txt",
        "gradio_api/file=secret.txt",
        f"gradio_api/file={tmp_path}/secret.txt",
        "static/../secret.txt",
    ):
        with pytest.raises(OSError, match="404"):
            urlopen(address + path, timeout=10)


@needs_browser
def test_a_lost_server_is_said_in_chinese_and_the_question_stays(browser: Browser):
    with serving(FakeAssistant()) as url:
        page = browser.new_context().new_page()
        page.goto(url)
        page.wait_for_selector(".fw-welcome")
    ask(page, QUESTION)
    page.wait_for_selector("text=与服务断开了，正在重连")
    assert page.input_value("#fw-question textarea") == QUESTION
    assert "Connection" not in page.locator(".toast-wrap").inner_text()
    page.context.close()


def test_a_port_in_use_is_one_line_with_the_mend():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(InputError, match=f"端口 {port}：已被占用或不能用。请用 --port 换一个"):
            listen("127.0.0.1", port)


@pytest.mark.parametrize(
    ("host", "port", "line"),
    [("127.0.0.1", 70000, "端口 70000：不在"), ("no such host", 7860, "地址 no such host：不能用")],
)
def test_an_impossible_address_is_one_line(host: str, port: int, line: str):
    with pytest.raises(InputError, match=line):
        listen(host, port)


def test_the_page_is_up_within_five_seconds():
    begun = time.perf_counter()
    with serving(FakeAssistant()) as url:
        assert urlopen(url, timeout=5).status == 200
    assert time.perf_counter() - begun < 5
