"""The door to a chat model behind an OpenAI-compatible address: opened, asked, heard piece by piece, closed."""

import email.utils
import time
import warnings
from collections.abc import Generator, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from functools import partial
from typing import Any
from urllib.parse import urlsplit

from langchain_core.messages import BaseMessage, HumanMessage, SystemMessage

from assistant.chat_trouble import ChatTrouble
from assistant.settings import Settings
from corpus.errors import SettingsError

# Seconds to wait for a server on the intranet to take the call.
CONNECT = 5.0
# Seconds before the second try, doubled before each further one.
BACK_OFF = 0.5
_RETRIED = ("busy", "server_error", "cut_off")


@dataclass(frozen=True)
class _Call:
    """One question on its way; `deadline` on the monotonic clock, `types` the content types of the replies so far."""

    settings: Settings
    messages: Sequence[BaseMessage]
    deadline: float
    types: list[str] = field(default_factory=list)

    @property
    def remaining(self) -> float:
        return self.deadline - time.monotonic()

    def trouble(self, name: str, detail: object = "") -> ChatTrouble:
        return ChatTrouble(name, shown(self.settings.chat_base_url), detail)


def check(settings: Settings) -> None:
    """Raise SettingsError when the address or the key cannot be used; nothing is sent."""
    address = settings.chat_base_url
    if not address:
        raise SettingsError(
            "FUWEN_CHAT_BASE_URL",
            "设了对话模型却没有设地址",
            "请设为 OpenAI 兼容服务的地址，如 http://127.0.0.1:8000/v1",
        )
    if not _is_address(address):
        raise SettingsError("FUWEN_CHAT_BASE_URL", "不是网址", "应形如 http://127.0.0.1:8000/v1")
    if not (settings.chat_api_key.isascii() and (settings.chat_api_key or "-").isprintable()):
        raise SettingsError("FUWEN_CHAT_API_KEY", "含有不能放进请求的字符", "请重新复制密钥，不带空行和引号")


def shown(address: str) -> str:
    """The address as it may be shown: without user, password and query.

    >>> shown("http://u:secret@127.0.0.1:8000/v1?key=secret")
    'http://127.0.0.1:8000/v1'
    """
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}{parts.path}"


def say(settings: Settings, system: str, user: str) -> Generator[str, None, None]:
    """What the model says, piece by piece; closing the iterator closes the request.

    It ends quietly only when the server says that the model had finished. Raises ChatTrouble otherwise, after
    `chat_tries` tries for what may pass (429, 5xx, a lost connection), none once something was said.
    """
    deadline = time.monotonic() + settings.chat_timeout
    call = _Call(settings, (SystemMessage(system), HumanMessage(user)), deadline)
    for attempt in range(settings.chat_tries):
        said = False
        try:
            for piece in _heard(call):
                said = True
                yield piece
            return
        except ChatTrouble as trouble:
            pause = max(BACK_OFF * 2**attempt, _retry_after(trouble.__cause__))
            last = attempt + 1 == settings.chat_tries
            if said or last or trouble.name not in _RETRIED or pause >= call.remaining:
                raise
        time.sleep(pause)


def open_model(settings: Settings, client: Any = None, timeout: Any = None) -> Any:
    """The LangChain chat model that the settings name; nothing is sent yet."""
    from langchain.chat_models import init_chat_model

    # A malformed chunk is told by its name, not by the library's own lines.
    warnings.filterwarnings("ignore", "Pydantic serializer warnings", UserWarning)
    return init_chat_model(
        settings.chat_model,
        model_provider="openai",
        base_url=settings.chat_base_url,
        api_key=settings.chat_api_key or "none",
        temperature=0,
        timeout=timeout or settings.chat_timeout,
        max_retries=0,
        http_client=client,
        # The name that every server knows; LangChain would write max_completion_tokens.
        extra_body={"max_tokens": settings.chat_max_tokens},
        stream_usage=False,
        use_responses_api=False,
    )


def _heard(call: _Call) -> Iterator[str]:
    """One try: the pieces of text until the model has finished; in one piece from a server that does not stream."""
    said = False
    try:
        for piece in _pieces(call, streamed=True):
            said = True
            yield piece
    except ChatTrouble as trouble:
        if said or trouble.name != "malformed" or "json" not in "".join(call.types[-1:]):
            raise
        yield from _pieces(call, streamed=False)


def _pieces(call: _Call, *, streamed: bool) -> Iterator[str]:
    from openai import DefaultHttpxClient, OpenAIError, Timeout

    settings = call.settings
    whole, finish = max(call.remaining, 0.1), None
    silence = min(settings.chat_silence, whole) if streamed else whole
    timeout = Timeout(silence, connect=min(CONNECT, whole))
    # Letters are sent to the named address only: a redirect is an error. Closing the client ends the request.
    with DefaultHttpxClient(
        event_hooks={"response": [partial(_watch, call)]}, follow_redirects=False, timeout=timeout
    ) as client:
        model, messages = open_model(settings, client, timeout), list(call.messages)
        with closing(model.stream(messages) if streamed else (model.invoke(m) for m in (messages,))) as replies:
            while True:
                try:
                    reply = next(replies, None)
                # What the client and LangChain raise on what is no reply; TimeoutError is raised by _watch.
                except (OpenAIError, OSError, ValueError, TypeError, LookupError, AttributeError) as error:
                    raise _named(call, error) from error
                if reply is None:
                    break
                finish = reply.response_metadata.get("finish_reason") or finish
                if reply.text:
                    yield str(reply.text)
    _check_finish(call, finish)


def _check_finish(call: _Call, finish: str | None) -> None:
    if finish == "length":
        raise call.trouble("too_long", call.settings.chat_max_tokens)
    if finish == "content_filter":
        raise call.trouble("filtered")
    if finish is None:
        raise call.trouble("cut_off")


def _watch(call: _Call, response: Any) -> None:
    """Let the body of a response end at the deadline, even when it trickles or only keeps alive."""
    call.types.append(str(response.headers.get("content-type", "")))
    read = response.iter_bytes

    def until_deadline(*arguments: Any, **named: Any) -> Iterable[bytes]:
        for block in read(*arguments, **named):
            if call.remaining <= 0:
                raise TimeoutError
            yield block

    response.iter_bytes = until_deadline


def _named(call: _Call, error: Exception) -> ChatTrouble:
    """The trouble that an error of the client library means."""
    from openai import APIConnectionError, APIError, APIStatusError, APITimeoutError

    settings = call.settings
    if isinstance(error, TimeoutError) or (isinstance(error, APITimeoutError) and call.remaining <= 0.05):
        return call.trouble("timeout", settings.chat_timeout)
    # LangChain and the client each wrap what the line said.
    if set(_names(error)) & {"ConnectError", "ConnectTimeout", "PoolTimeout", "UnsupportedProtocol", "InvalidURL"}:
        return call.trouble("unreachable")
    if isinstance(error, APITimeoutError):
        return call.trouble("silence", settings.chat_silence)
    if isinstance(error, APIConnectionError):
        return call.trouble("cut_off")
    if isinstance(error, APIStatusError):
        return _by_status(call, error.status_code)
    return call.trouble("server_error", "流中报错") if isinstance(error, APIError) else call.trouble("malformed")


def _names(error: BaseException | None) -> Iterator[str]:
    while error is not None:
        yield type(error).__name__
        error = error.__cause__


def _by_status(call: _Call, status: int) -> ChatTrouble:
    if status in (401, 403):
        return call.trouble("key_refused", status)
    if status == 404:
        return call.trouble("unknown_model", call.settings.chat_model)
    if status == 429:
        return call.trouble("busy")
    return call.trouble("server_error" if status >= 500 else "rejected", status)


def _retry_after(error: BaseException | None) -> float:
    """The seconds that the server asks to wait; 0 when it does not say."""
    said = str(getattr(getattr(error, "response", None), "headers", {}).get("retry-after", ""))
    try:
        return max(0.0, float(said))
    except ValueError:
        pass
    try:
        return max(0.0, email.utils.parsedate_to_datetime(said).timestamp() - time.time())
    except ValueError:
        return 0.0


def _is_address(address: str) -> bool:
    try:
        parts = urlsplit(address)
        return parts.scheme in ("http", "https") and bool(parts.hostname) and (parts.port or 1) > 0
    except ValueError:
        return False
