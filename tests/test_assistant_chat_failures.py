"""A chat model that fails: each failure of server, line and stream costs one clear line and no answer."""

import logging
import time

import pytest

from assistant.assistant import Assistant
from tests.assistant_fakes import BALANCE, assert_lawful, built_in
from tests.chat_server import KEY, TRUE, Call, Script, Server, chatting, in_turn, says, serving, statement

HELD = "90.31亿元"
GOOD = says(statement(TRUE, HELD))


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    return built_in(tmp_path_factory.mktemp("letters"))


def failed(assistant: Assistant, script: Script, **settings: int) -> tuple[str, Server]:
    """The one notice under the verbatim answer; it names the server and never the key."""
    with serving(script) as server:
        answer = chatting(assistant, server.address, **settings).ask(BALANCE)
    assert_lawful(answer, assistant)
    assert (answer.composer, HELD in answer.text) == ("extractive", True)
    (notice,) = answer.notices
    assert server.address in notice
    assert "已改用原文摘句回答" in notice
    assert "\n" not in notice
    assert KEY not in repr(answer)
    return notice, server


def raw(data: bytes, **headers: str) -> Script:
    """A script that sends these bytes as the stream."""

    def script(call: Call) -> None:
        call.begin(**headers)
        call.raw(data)

    return script


def begun(call: Call) -> None:
    """A stream that says half a sentence."""
    call.begin()
    call.piece("<statement>截至2022年12月末")


def reset_after_words(call: Call) -> None:
    begun(call)
    call.reset()


def half_a_chunk(call: Call) -> None:
    """Chunked coding, broken off within a chunk: the line is lost, not the end of the reply."""
    call.begin(Transfer_Encoding="chunked")
    call.raw(b"ff\r\ndata: {")


@pytest.mark.parametrize(
    ("script", "said"),
    [
        (
            lambda call: call.status(401, '{"error": {"message": "Incorrect API key: ' + KEY + '"}}'),
            "FUWEN_CHAT_API_KEY",
        ),
        (lambda call: call.status(403), "FUWEN_CHAT_API_KEY"),
        (lambda call: call.status(404, '{"error": {"message": "no such model"}}'), "找不到模型 m"),
        (lambda call: call.status(400, '{"error": {"message": "maximum context length"}}'), "不接受这个请求（400）"),
        (lambda call: call.status(422), "不接受这个请求（422）"),
        (lambda call: call.status(302, Location="http://127.0.0.1:9/"), "不接受这个请求（302）"),
        (lambda call: call.status(200, "<html>请登录</html>", Content_Type="text/html"), "不是 OpenAI 兼容的格式"),
        (lambda call: call.status(200, "[1, 2]"), "不是 OpenAI 兼容的格式"),
        (lambda call: call.status(200, '{"choices": []}'), "不是 OpenAI 兼容的格式"),
        (raw(b"data: {not json}\n\n"), "不是 OpenAI 兼容的格式"),
        (raw(b'data: {"choices": [{"delta": 7}]}\n\n'), "不是 OpenAI 兼容的格式"),
        (raw(b'data: {"choices": 7}\n\n'), "不是 OpenAI 兼容的格式"),
        (raw(b"data: \xff\xfe\n\n"), "不是 OpenAI 兼容的格式"),
        (raw(b'data: {"error": {"message": "CUDA out of memory"}}\n\n'), "服务出错"),
        (raw(b""), "不是 OpenAI 兼容的格式"),
        (begun, "断开"),
        (reset_after_words, "断开"),
        (says("<statement>截至2022年", finish="length"), "写满 1024 个词元"),
        (says(statement(TRUE, HELD), finish="length"), "写满 1024 个词元"),
        (says("审查", finish="content_filter"), "内容审查"),
        (says(), "回复是空的"),
        (says("", "\n \n"), "回复是空的"),
        (says("<think>一直在想", "……"), "回复是空的"),
        (says("你好！有什么可以帮您？"), "没有按要求的格式作答"),
    ],
)
def test_a_failure_has_a_name_and_costs_no_answer(script: Script, said: str, assistant: Assistant) -> None:
    notice, server = failed(assistant, script)
    assert said in notice
    assert len(server.requests) <= 3


@pytest.mark.parametrize(
    "script",
    [
        lambda call: call.status(429, Retry_After="0"),
        lambda call: call.status(429, Retry_After="Thu, 01 Jan 1970 00:00:00 GMT"),
        lambda call: call.status(500),
        lambda call: call.status(503, Retry_After="bald"),
        lambda call: call.reset(),
        half_a_chunk,
    ],
)
def test_what_may_pass_is_tried_again(script: Script, assistant: Assistant) -> None:
    with serving(in_turn(script, GOOD)) as server:
        answer = chatting(assistant, server.address).ask(BALANCE)
    assert (answer.composer, answer.notices, len(server.requests)) == ("chat", (), 2)


@pytest.mark.parametrize(("status", "said"), [(429, "请求太多"), (500, "服务出错（500）")])
def test_tries_are_limited(status: int, said: str, assistant: Assistant) -> None:
    notice, server = failed(assistant, lambda call: call.status(status, Retry_After="0"), chat_tries=2)
    assert said in notice
    assert len(server.requests) == 2


def test_a_server_that_asks_for_more_time_than_there_is_is_not_waited_for(assistant: Assistant) -> None:
    begin = time.monotonic()
    notice, server = failed(assistant, lambda call: call.status(429, Retry_After="3600"))
    assert "请求太多" in notice
    assert len(server.requests) == 1
    assert time.monotonic() - begin < 10


def test_nothing_is_asked_again_once_something_was_said(assistant: Assistant) -> None:
    _, server = failed(assistant, reset_after_words, chat_tries=3)
    assert len(server.requests) == 1


def test_a_server_that_falls_silent_is_left(assistant: Assistant) -> None:
    def script(call: Call) -> None:
        begun(call)
        time.sleep(2)

    notice, _ = failed(assistant, script, chat_silence=1)
    assert "连续 1 秒没有回音" in notice


@pytest.mark.parametrize("drip", [b": still thinking\n\n", b'data: {"choices": [{"delta": {"content": "x"}}]}\n\n'])
def test_a_server_that_only_keeps_alive_or_never_ends_is_left_at_the_time_limit(
    drip: bytes, assistant: Assistant
) -> None:
    def script(call: Call) -> None:
        call.begin()
        for _ in range(200):
            call.raw(drip)
            time.sleep(0.02)

    notice, server = failed(assistant, script, chat_timeout=1)
    assert "1 秒内没有答完" in notice
    assert "FUWEN_CHAT_TIMEOUT" in notice
    assert server.hung_up.wait(5)


def test_a_server_that_cannot_be_reached_costs_one_line_and_no_second_try(assistant: Assistant) -> None:
    answer = chatting(assistant, "http://user:pass-word@127.0.0.1:9/v1?token=abc").ask(BALANCE)
    assert (answer.composer, HELD in answer.text) == ("extractive", True)
    (notice,) = answer.notices
    assert notice.startswith("对话模型 http://127.0.0.1:9/v1：连接不上。")
    assert "pass-word" not in notice
    assert "abc" not in notice


def test_the_key_goes_to_the_server_and_nowhere_else(
    assistant: Assistant, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    with caplog.at_level(logging.DEBUG):
        for script in (GOOD, lambda call: call.status(401, '{"error": {"message": "' + KEY + '"}}'), reset_after_words):
            with serving(script) as server:
                chat = chatting(assistant, server.address)
                answer = chat.ask(BALANCE)
            assert server.keys[0] == f"Bearer {KEY}"
            assert KEY not in repr(chat.settings) + repr(answer) + repr(chat.desk)
    said = capfd.readouterr()
    assert KEY not in said.out + said.err + caplog.text
