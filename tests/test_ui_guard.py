"""The guard before the page: only the needed routes are open, every response carries the security headers."""

import asyncio
import re
from typing import Any

import pytest

from assistant.ui.guard import LARGEST_BODY, LOCAL_HOSTS, Guard, own_page, policy

PAGE = (
    b'<html lang="en"><meta property="og:image" content="https://raw.example/x.jpg"/><script>a()</script>'
    b'<script type="module" src="./x.js"></script></html>'
)


async def inner(scope: Any, receive: Any, send: Any) -> None:
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"1")]})
    await send({"type": "http.response.body", "body": PAGE if scope["path"] == "/" else b"x"})


def get(
    path: str, *headers: tuple[bytes, bytes], hosts: tuple[str, ...] = LOCAL_HOSTS
) -> tuple[int, dict[str, str], str]:
    sent: list[Any] = []

    async def send(message: Any) -> None:
        sent.append(message)

    async def receive() -> Any:
        return {"type": "http.request", "body": b""}

    given = dict(headers)
    given.setdefault(b"host", b"127.0.0.1:7860")
    scope = {"type": "http", "method": "GET", "path": path, "headers": list(given.items())}
    asyncio.run(Guard(inner, hosts)(scope, receive, send))
    found = {name.decode(): value.decode() for name, value in sent[0]["headers"]}
    return sent[0]["status"], found, sent[1]["body"].decode()


@pytest.mark.parametrize(
    "path",
    [
        "/gradio_api/file=/etc/passwd",
        "/gradio_api/file=http://example.com/",
        "/gradio_api/upload",
        "/gradio_api/proxy=http://example.com/",
        "/gradio_api/component_server",
        "/gradio_api/run/predict",
        "/monitoring",
        "/docs",
        "/openapi.json",
        "/assets/../secret",
        "/static/../../secret",
        "/gradio_api/call/other",
        "/pyproject.toml",
    ],
)
def test_what_the_page_does_not_need_is_not_there(path: str):
    assert get(path)[0] == 404


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/config",
        "/theme.css",
        "/assets/a-B_1.js",
        "/fuwen/page.css",
        "/gradio_api/queue/join",
        "/gradio_api/call/ask",
    ],
)
def test_what_the_page_needs_is_there(path: str):
    assert get(path)[0] == 200


@pytest.mark.parametrize("path", ["/", "/theme.css", "/gradio_api/upload"])
def test_every_response_carries_the_security_headers(path: str):
    headers = get(path)[1]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["x-frame-options"] == "DENY"
    csp = headers["content-security-policy"]
    assert "default-src 'none'" in csp
    assert "frame-ancestors 'none'" in csp
    assert "http" not in csp
    assert re.search(r"script-src 'self' 'nonce-[\w-]{16,}' 'unsafe-eval';", csp)


def test_the_scripts_of_the_page_carry_the_nonce_of_its_own_response():
    _, headers, body = get("/")
    nonce = re.search(r"'nonce-([\w-]+)'", headers["content-security-policy"])
    assert nonce is not None
    assert body.count(f'<script nonce="{nonce[1]}"') == 2
    assert int(headers["content-length"]) == len(body.encode())
    assert get("/")[1]["content-security-policy"] != headers["content-security-policy"]


def test_the_page_is_chinese_and_names_no_outside_address():
    assert own_page(PAGE.decode(), "n") == (
        '<html lang="zh-CN"><script nonce="n">a()</script><script nonce="n" type="module" src="./x.js"></script></html>'
    )
    assert "style-src 'self' 'unsafe-inline'" in policy("n")


def test_a_page_for_this_machine_answers_to_no_other_name():
    assert get("/", (b"host", b"evil.example:7860"))[0] == 421
    assert get("/", (b"host", b"localhost:7860"))[0] == 200
    assert get("/", (b"host", b"fuwen.lan:7860"), hosts=())[0] == 200


@pytest.mark.parametrize(
    "header",
    [
        (b"content-length", str(LARGEST_BODY + 1).encode()),
        (b"content-length", b"-1"),
        (b"transfer-encoding", b"chunked"),
    ],
)
def test_a_body_without_a_sound_length_is_refused(header: tuple[bytes, bytes]):
    assert get("/gradio_api/queue/join", header)[0] == 413
