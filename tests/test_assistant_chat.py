"""The chat model: a real OpenAI-compatible server on this machine, honest and lying."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from assistant.assistant import Assistant, open_assistant
from assistant.refusal import REFUSAL
from assistant.settings import Settings
from corpus.errors import SettingsError

QUESTION = "昆明市截至2022年12月末银税互动合作贷款余额是多少？"


class Server:
    """An OpenAI-compatible server that says what it is told and remembers what it was asked."""

    def __init__(self, reply: str) -> None:
        self.reply, self.requests = reply, list[dict[str, Any]]()
        self.address = ""


@contextmanager
def serving(reply: str) -> Iterator[Server]:
    server = Server(reply)

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            server.requests.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            message = {"role": "assistant", "content": server.reply}
            body = json.dumps(
                {
                    "id": "1",
                    "object": "chat.completion",
                    "created": 0,
                    "model": "m",
                    "choices": [{"index": 0, "message": message, "finish_reason": "stop"}],
                    "usage": {"prompt_tokens": 1, "completion_tokens": 1, "total_tokens": 2},
                }
            ).encode()
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

    http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=http.serve_forever)
    thread.start()
    server.address = f"http://127.0.0.1:{http.server_address[1]}/v1"
    try:
        yield server
    finally:
        http.shutdown()
        thread.join()
        http.server_close()


def chatting(address: str) -> Assistant:
    return open_assistant(settings=Settings(chat_model="m", chat_base_url=address, chat_timeout=5))


def test_a_supported_reply_is_the_answer_and_its_marks_become_citations() -> None:
    with serving("截至2022年12月末，贷款余额为90.31亿元。[^1]") as server:
        answer = chatting(server.address).ask(QUESTION)
    assert answer.composer == "chat"
    assert "90.31亿元" in answer.text
    assert "90.31亿元" in answer.citations[0].quote
    assert QUESTION in server.requests[0]["messages"][1]["content"]
    assert REFUSAL in server.requests[0]["messages"][0]["content"]


def test_a_wrong_figure_is_struck_and_the_extractive_answer_stands() -> None:
    with serving("截至2022年12月末，贷款余额为93.01亿元。[^1]") as server:
        answer = chatting(server.address).ask(QUESTION)
    assert answer.composer == "extractive"
    assert "90.31亿元" in answer.text
    assert "93.01亿元" not in answer.text
    assert any("93.01亿元" in problem for problem in answer.problems)


def test_a_sentence_without_a_mark_or_with_a_mark_of_nothing_is_struck() -> None:
    with serving("截至2022年12月末，贷款余额为90.31亿元。[^1]\n这说明成绩很大。\n同比增长27.41%。[^99]") as server:
        answer = chatting(server.address).ask(QUESTION)
    assert answer.composer == "chat"
    assert len(answer.sentences) == 1
    assert len(answer.problems) == 2


def test_a_server_that_cannot_be_reached_costs_one_line_and_no_answer() -> None:
    answer = chatting("http://127.0.0.1:9/v1").ask(QUESTION)
    assert answer.composer == "extractive"
    assert "90.31亿元" in answer.text
    assert any("http://127.0.0.1:9/v1" in notice for notice in answer.notices)


def test_a_model_that_finds_nothing_does_not_hide_what_the_letters_say() -> None:
    with serving(REFUSAL) as server:
        answer = chatting(server.address).ask(QUESTION)
    assert answer.composer == "extractive"
    assert not answer.refused


def test_a_chat_model_without_an_address_is_said_at_once(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="FUWEN_CHAT_BASE_URL"):
        open_assistant(settings=Settings(chat_model="m")).ask(QUESTION)
