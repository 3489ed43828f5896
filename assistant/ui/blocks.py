"""Builds the Gradio page: the conversation, the question box with its filters, the evidence panel beside it."""

import sys
from collections.abc import Iterator
from typing import Any

import gradio as gr
from fastapi import FastAPI
from gradio.events import api

from assistant.show import answer_json
from assistant.ui import session
from assistant.ui.escape import clean
from assistant.ui.render import NOTICE, Turn
from assistant.ui.session import Assistant, View
from corpus.errors import FuwenError
from index.hit import Filters

FONTS = ("PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "Source Han Sans SC", "sans-serif")
_ALL = ""
# Clicks inside rendered HTML become Gradio events that carry the data-attributes of the button.
_CLICKS = """
element.addEventListener('click', (click) => {
  const button = click.target.closest('button[data-letter], button[data-ask]');
  if (!button) return;
  trigger(button.dataset.ask === undefined ? 'open' : 'example', {...button.dataset});
});
"""


def build_ui(assistant: Assistant) -> gr.Blocks:
    """The page over an assistant; sessions are apart, the endpoint `ask` is open to other programs."""
    blocks: gr.Blocks = gr.Blocks(title="复文问答", analytics_enabled=False, fill_width=True)
    with blocks:
        turns, asked = gr.State(()), gr.State("")
        gr.HTML(f'<h1>复文问答</h1><p class="fw-standing">{NOTICE}</p>', elem_id="fw-head", apply_default_css=False)
        with gr.Row(elem_id="fw-main"):
            with gr.Column(elem_id="fw-chat"):
                log = gr.HTML(elem_id="fw-log", js_on_load=_CLICKS, apply_default_css=False)
                note = gr.HTML(elem_id="fw-note", apply_default_css=False)
                with gr.Row(elem_id="fw-filters"):
                    filters = [_dropdown(label) for label in ("地区", "年份", "类型")]
                    clear = gr.Button("清空对话", size="sm", elem_id="fw-clear")
                with gr.Row(elem_id="fw-compose"):
                    box = _box()
                    send = gr.Button("提问", variant="primary", elem_id="fw-send")
            with gr.Column(elem_id="fw-side"):
                evidence = gr.HTML(elem_id="fw-evidence", js_on_load=_CLICKS, apply_default_css=False)
        _wire(assistant, (turns, asked, log, note, box, evidence), filters, (send, clear), blocks)
        api(_endpoint(assistant), api_name="ask", api_description="问题 → 回答（Markdown）和 JSON")
    blocks.queue(default_concurrency_limit=16, max_size=64, api_open=False)
    # Gradio tables the run times of up to 10,000 past events after each new one, for a monitor that is switched off.
    blocks._queue.ANAYLTICS_CACHE_FREQUENCY = sys.maxsize
    return blocks


def mount(blocks: gr.Blocks, head: str) -> FastAPI:
    """The page as an ASGI application at `/`, without analytics, monitoring, run history, or fonts from elsewhere."""
    app: FastAPI = gr.mount_gradio_app(
        FastAPI(docs_url=None, redoc_url=None, openapi_url=None),
        blocks,
        path="/",
        footer_links=[],
        run_history=False,
        enable_monitoring=False,
        show_error=False,
        ssr_mode=False,
        pwa=False,
        mcp_server=False,
        max_file_size="1mb",
        theme=gr.themes.Base(
            primary_hue="blue",
            neutral_hue="slate",
            font=[gr.themes.Font(name) for name in FONTS],
            font_mono=[gr.themes.Font("monospace")],
        ),
        head=head,
    )
    return app


def _dropdown(label: str) -> gr.Dropdown:
    return gr.Dropdown([("全部", _ALL)], value=_ALL, label=label, filterable=False, min_width=96)


def _box() -> gr.Textbox:
    return gr.Textbox(
        placeholder="输入问题，回车提问",
        label="问题",
        show_label=False,
        lines=1,
        max_lines=8,
        autofocus=True,
        elem_id="fw-question",
        container=False,
    )


def _wire(
    assistant: Assistant,
    parts: tuple[Any, ...],
    filters: list[gr.Dropdown],
    buttons: tuple[gr.Button, gr.Button],
    blocks: gr.Blocks,
) -> None:
    """Connect the events; every handler calls `session` and nothing is decided here."""
    turns, asked, log, note, box, evidence = parts
    send, clear = buttons
    quiet: Any = {"api_visibility": "private", "show_progress": "hidden"}

    def on_ask(question: str, past: tuple[Turn, ...], *chosen: str) -> Iterator[tuple[Any, ...]]:
        for view in session.answering(assistant, question, past, _filters(*chosen)):
            yield (question, *_updates(view))

    def on_example(
        past: tuple[Turn, ...], region: str, year: str, kind: str, event: gr.EventData
    ) -> Iterator[tuple[Any, ...]]:
        yield from on_ask(str(event._data.get("ask", "")), past, region, year, kind)

    def on_failure(question: str, past: tuple[Turn, ...]) -> tuple[Any, ...]:
        return _updates(session.failed(assistant, question, past))

    def on_open(event: gr.EventData) -> str:
        return clean(session.opened(assistant, *_place(event._data)))

    def on_clear() -> tuple[Any, ...]:
        return ((), clean(session.opening(assistant)), "", clean(session.closed(assistant)))

    def on_load() -> tuple[Any, ...]:
        lists = session.choices(assistant.letters())
        menus = [gr.Dropdown(choices=[("全部", _ALL), *((c, c) for c in values)], value=_ALL) for values in lists]
        return (clean(session.opening(assistant)), clean(session.closed(assistant)), *menus)

    shown = [turns, log, note, box, evidence]
    asking = [
        gr.on([box.submit, send.click], on_ask, [box, turns, *filters], [asked, *shown], **quiet, trigger_mode="once"),
        log.example(on_example, [turns, *filters], [asked, *shown], **quiet, trigger_mode="once"),
    ]
    for event in asking:
        event.failure(on_failure, [asked, turns], shown, **quiet)
    for source in (log, evidence):
        source.open(on_open, None, evidence, **quiet)
    clear.click(on_clear, None, [turns, log, note, evidence], **quiet)
    blocks.load(on_load, None, [log, evidence, *filters], **quiet)


def _updates(view: View) -> tuple[Any, ...]:
    """turns, log, note, box and evidence of a view; what it leaves open stays as it is."""
    typed = gr.skip() if view.typed is None else view.typed
    evidence = gr.skip() if view.evidence is None else clean(view.evidence)
    return view.turns, clean(view.log), clean(view.note), typed, evidence


def _filters(region: str, year: str, kind: str) -> Filters:
    return Filters(region or None, year or None, kind or None)


def _place(data: dict[str, Any]) -> tuple[str, int, int]:
    """Letter, start and end from a click; an impossible place becomes the beginning of the letter."""
    start, end = (str(data.get(key, "")) for key in ("start", "end"))
    sound = start.isascii() and start.isdigit() and end.isascii() and end.isdigit()
    return str(data.get("letter", "")), int(start) if sound else 0, int(end) if sound else 0


def _endpoint(assistant: Assistant) -> Any:
    def ask(question: str, region: str = "", year: str = "", kind: str = "") -> tuple[str, dict[str, Any]]:
        try:
            answer = assistant.ask(question, (), _filters(region, year, kind))
        except FuwenError as error:
            raise gr.Error(str(error)) from error
        return answer.text, answer_json(answer)

    return ask
