"""Stands before the page: opens only the routes that it needs, sets the security headers, marks its own scripts.

Gradio also offers uploads, files by path, a proxy for outside addresses and more; none of them is needed here, so none
can be reached.
"""

import re
import secrets
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

LARGEST_BODY = 1_000_000
LOCAL_HOSTS = ("127.0.0.1", "localhost", "[::1]")

_OPEN = re.compile(
    r"/|/config/?|/theme\.css|/favicon\.ico|/fuwen/page\.(?:css|js)|/assets/[\w.-]+|/static/[\w./-]+"
    r"|/gradio_api/(?:info|app_id|startup-events|heartbeat/[\w-]+|queue/(?:join|data)|cancel|call/ask(?:/[\w-]+)?)/?"
)
_HTML_NOISE = re.compile(r"\s*<meta\s+(?:property|name)=\"(?:og|twitter):[^>]*>|\s*<link rel=\"manifest\"[^>]*>")


class Guard:
    """An ASGI application around another one."""

    def __init__(self, app: App, hosts: tuple[str, ...] = ()) -> None:
        """Only requests for these host names are answered; () answers any (the page is served to a network)."""
        self._app, self._hosts = app, hosts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Refuse what is not needed, else pass the request on and dress the response."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        nonce = secrets.token_urlsafe(16)
        refusal = self._refusal(scope)
        if refusal:
            await _plain(_dressed(send, nonce), *refusal)
        elif scope["path"] == "/":
            await self._page(scope, receive, _dressed(send, nonce), nonce)
        else:
            await self._app(scope, receive, _dressed(send, nonce))

    def _refusal(self, scope: Scope) -> tuple[int, str] | None:
        """Status and words for a request that is not let in."""
        headers = dict(scope["headers"])
        host = headers.get(b"host", b"").decode("latin-1").rsplit(":", 1)[0]
        if self._hosts and host not in self._hosts:
            return 421, "只接受发往本机的请求"
        if not _OPEN.fullmatch(scope["path"]) or ".." in scope["path"]:
            return 404, "没有这个地址"
        length = headers.get(b"content-length", b"0")
        if not length.isdigit() or int(length) > LARGEST_BODY or b"chunked" in headers.get(b"transfer-encoding", b""):
            return 413, "内容太长"
        return None

    async def _page(self, scope: Scope, receive: Receive, send: Send, nonce: str) -> None:
        """The page itself, its scripts marked with the nonce that the policy names."""
        plain = {**scope, "headers": [h for h in scope["headers"] if h[0] != b"accept-encoding"]}
        start: list[Message] = []
        body = bytearray()

        async def collect(message: Message) -> None:
            if message["type"] == "http.response.start":
                start.append(message)
            else:
                body.extend(message.get("body", b""))

        await self._app(plain, receive, collect)
        content = own_page(body.decode("utf-8"), nonce).encode()
        headers = [h for h in start[0]["headers"] if h[0].lower() != b"content-length"]
        headers.append((b"content-length", str(len(content)).encode()))
        await send({**start[0], "headers": headers})
        await send({"type": "http.response.body", "body": b"" if scope["method"] == "HEAD" else content})


def own_page(page: str, nonce: str) -> str:
    """Gradio's page in Chinese, its inline scripts marked, the links to its own sites taken out."""
    page = _HTML_NOISE.sub("", page.replace('lang="en"', 'lang="zh-CN"', 1))
    return page.replace("<script", f'<script nonce="{nonce}"')


def policy(nonce: str) -> str:
    """The content security policy: everything from this host; `unsafe-eval` because Gradio compiles its templates."""
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src 'self' 'nonce-{nonce}' 'unsafe-eval'",
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data:",
            "font-src 'self'",
            "connect-src 'self'",
            "base-uri 'self'",
            "form-action 'none'",
            "frame-ancestors 'none'",
        )
    )


def security_headers(nonce: str) -> list[tuple[bytes, bytes]]:
    """The headers that every response carries."""
    return [
        (b"content-security-policy", policy(nonce).encode()),
        (b"x-content-type-options", b"nosniff"),
        (b"referrer-policy", b"no-referrer"),
        (b"x-frame-options", b"DENY"),
        (b"cross-origin-opener-policy", b"same-origin"),
        (b"permissions-policy", b"camera=(), microphone=(), geolocation=()"),
    ]


def _dressed(send: Send, nonce: str) -> Send:
    async def dressed(message: Message) -> None:
        if message["type"] == "http.response.start":
            message = {**message, "headers": [*message["headers"], *security_headers(nonce)]}
        await send(message)

    return dressed


async def _plain(send: Send, status: int, words: str) -> None:
    body = words.encode()
    headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
