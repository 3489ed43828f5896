"""A scripted OpenAI-compatible server on this machine: real HTTP, server-sent events, and every way to break them."""

import json
import re
import socket
import struct
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from assistant.assistant import Assistant
from assistant.settings import Settings

Request = dict[str, Any]
BALANCE = "昆明市截至2022年12月末银税互动合作贷款余额是多少？"
TRUE = "截至2022年12月末，银税互动合作贷款余额90.31亿元。"
KEY = "sk-very-secret"


class Call:
    """One request that the server answers: what was asked, and the means to answer or to break off."""

    def __init__(self, handler: BaseHTTPRequestHandler, request: Request, number: int) -> None:
        self.handler, self.request, self.number = handler, request, number

    def handle(self, words: str) -> int:
        """The handle under which the prompt gives the sentence with these words."""
        prompt = self.request["messages"][1]["content"]
        return next(int(n) for n, text in re.findall(r"^\[\^(\d+)\] (.*)$", prompt, re.M) if words in text)

    def status(self, code: int, body: str = "{}", **headers: str) -> None:
        """A whole reply that is no stream."""
        self.handler.send_response(code)
        for name, value in {"Content-Type": "application/json", **headers}.items():
            self.handler.send_header(name.replace("_", "-"), value)
        self.handler.send_header("Content-Length", str(len(body.encode())))
        self.handler.end_headers()
        self.handler.wfile.write(body.encode())

    def begin(self, content_type: str = "text/event-stream", **headers: str) -> None:
        """The head of a stream."""
        self.handler.send_response(200)
        for name, value in {"Content-Type": content_type, **headers}.items():
            self.handler.send_header(name.replace("_", "-"), value)
        self.handler.end_headers()

    def raw(self, data: bytes) -> None:
        """Bytes as they are, at once."""
        self.handler.wfile.write(data)
        self.handler.wfile.flush()

    def piece(self, text: str | None, finish: str | None = None, **delta: Any) -> None:
        """One chunk of a completion."""
        choice = {"index": 0, "delta": {"content": text, **delta}, "finish_reason": finish}
        chunk = {"id": "1", "object": "chat.completion.chunk", "created": 0, "model": "m", "choices": [choice]}
        self.raw(f"data: {json.dumps(chunk, ensure_ascii=False)}\n\n".encode())

    def done(self, finish: str = "stop") -> None:
        """The end of a completion."""
        self.piece(None, finish)
        self.raw(b"data: [DONE]\n\n")

    def reset(self) -> None:
        """Drop the connection as a crash does."""
        self.handler.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.handler.connection.close()


class Server:
    """What a scripted server knows: its address, the requests so far, and whether a client hung up while it spoke."""

    def __init__(self) -> None:
        self.address, self.requests, self.keys = "", list[Request](), list[str]()
        self.hung_up = threading.Event()


Script = Callable[[Call], None]


@contextmanager
def serving(script: Script) -> Iterator[Server]:
    """The server, running until the block ends."""
    server = Server()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            request = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            server.requests.append(request)
            server.keys.append(self.headers.get("Authorization", ""))
            try:
                script(Call(self, request, len(server.requests)))
            except (BrokenPipeError, ConnectionResetError):
                server.hung_up.set()

        def finish(self) -> None:
            if self.connection.fileno() >= 0:
                super().finish()

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

    class Quiet(ThreadingHTTPServer):
        def handle_error(self, request: Any, client_address: Any) -> None:
            """A client that hangs up is no error of the test."""

    http = Quiet(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=http.serve_forever, args=(0.02,))
    thread.start()
    server.address = f"http://127.0.0.1:{http.server_address[1]}/v1"
    try:
        yield server
    finally:
        http.shutdown()
        thread.join()
        http.server_close()


def chatting(assistant: Assistant, address: str, **settings: Any) -> Assistant:
    """The same assistant with a chat model."""
    chat = Settings(chat_model="m", chat_base_url=address, chat_api_key=KEY, chat_timeout=20)
    return Assistant(assistant.index, assistant.embedder, replace(chat, **settings))


def says(*pieces: str, finish: str = "stop") -> Script:
    """A script that streams these pieces; `{words}` in them becomes the handle of the sentence with these words."""

    def script(call: Call) -> None:
        call.begin()
        for piece in pieces:
            call.piece(with_handles(call, piece))
        call.done(finish)

    return script


def with_handles(call: Call, text: str) -> str:
    """The text with `{words}` replaced by `[^n]`, n the handle of the sentence with these words."""
    return re.sub(r"\{([^{}]+)\}", lambda m: f"[^{call.handle(m[1])}]", text)


def statement(text: str, *words: str) -> str:
    """A statement in the form that the prompt demands, citing the sentences with these words."""
    return f"<statement>{text}<cite>{''.join(f'{{{w}}}' for w in words)}</cite></statement>\n"


def in_turn(*scripts: Script) -> Script:
    """The first script for the first request, and so on; the last for all that follow."""

    def script(call: Call) -> None:
        scripts[min(call.number, len(scripts)) - 1](call)

    return script


def pieces_of(text: str, length: int = 3) -> Sequence[str]:
    """The text cut in pieces, as tokens come."""
    return [text[i : i + length] for i in range(0, len(text), length)]
