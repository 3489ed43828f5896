"""Serves the page on this machine: one port, no outside connection, a clear line when the port is taken."""

import errno
import ipaddress
import socket
import sys
import threading
import time
import webbrowser
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import uvicorn
from fastapi import FastAPI, Request, Response

from assistant.ui.blocks import build_ui, mount
from assistant.ui.guard import LOCAL_HOSTS, Guard
from assistant.ui.session import Assistant
from corpus.errors import InputError

_HERE = Path(__file__).parent
_HEAD = '<link rel="stylesheet" href="/fuwen/page.css"><script src="/fuwen/page.js" defer></script>'


def launch(assistant: Assistant, host: str = "127.0.0.1", port: int = 7860, *, open_browser: bool) -> None:
    """Serve the page until Ctrl+C; an InputError when the port cannot be had."""
    listener = listen(host, port)
    server = _server(assistant, host)
    address = url(listener)
    print(f"页面地址：{address}（按 Ctrl+C 结束）", file=sys.stderr, flush=True)
    if open_browser:
        threading.Thread(target=webbrowser.open, args=(address,), daemon=True).start()
    try:
        server.run(sockets=[listener])
    except KeyboardInterrupt:
        print("已结束", file=sys.stderr)


@contextmanager
def serving(assistant: Assistant, host: str = "127.0.0.1", port: int = 0) -> Iterator[str]:
    """Serve the page in the background and give its address; port 0 takes a free one."""
    listener = listen(host, port)
    server = _server(assistant, host)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    while not server.started and thread.is_alive():
        time.sleep(0.01)
    try:
        yield url(listener)
    finally:
        server.should_exit = True
        thread.join(timeout=10)


def listen(host: str, port: int) -> socket.socket:
    """A listening socket; an InputError that names the mend when it cannot be had."""
    if not 0 <= port <= 65535:
        raise InputError(f"端口 {port}", "不在 1 至 65535 之间", "请用 --port 换一个端口")
    mend = "请用 --host 换一个本机地址，如 127.0.0.1"
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        listener = socket.socket(family, kind, protocol)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    except (OSError, UnicodeError) as error:  # UnicodeError: a name that no host can have
        raise InputError(f"地址 {host}", "不能用", mend) from error
    try:
        listener.bind(address)
        listener.listen(128)
    except OSError as error:
        listener.close()
        if error.errno == errno.EADDRNOTAVAIL:
            raise InputError(f"地址 {host}", "不是本机的地址", mend) from error
        raise InputError(
            f"端口 {port}", "已被占用或不能用", f"请用 --port 换一个，例如 --port {port % 60000 + 1}"
        ) from error
    if not ipaddress.ip_address(address[0]).is_loopback:
        print("注意：页面没有登录，同网的人都能打开", file=sys.stderr, flush=True)
    return listener


def url(listener: socket.socket) -> str:
    """The address to open in a browser."""
    host, port = listener.getsockname()[:2]
    name = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, f"[{host}]" if ":" in host else host)
    return f"http://{name}:{port}/"


def _server(assistant: Assistant, host: str) -> uvicorn.Server:
    app = mount(build_ui(assistant), _HEAD)
    _own_files(app)
    local = host in ("localhost", "::1") or host.startswith("127.")
    guarded = Guard(app, LOCAL_HOSTS if local else ())
    config = uvicorn.Config(
        guarded, log_level="warning", lifespan="on", server_header=False, timeout_graceful_shutdown=1, ws="none"
    )
    return uvicorn.Server(config)


def _own_files(app: FastAPI) -> None:
    """Serve the style and the script of the page, placed before Gradio's routes."""
    for name, kind in (("page.css", "text/css"), ("page.js", "text/javascript")):
        content = (_HERE / name).read_bytes()
        app.add_route(f"/fuwen/{name}", _file(content, kind))
        app.router.routes.insert(0, app.router.routes.pop())


def _file(content: bytes, kind: str) -> Callable[[Request], Response]:
    return lambda _: Response(content, media_type=kind, headers={"Cache-Control": "no-cache"})
