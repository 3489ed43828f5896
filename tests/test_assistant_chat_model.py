"""A real model with random weights behind a real server: nothing of what it babbles is shown, and the letters still answer."""

import os
import subprocess
import sys
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest

from assistant.assistant import Assistant
from assistant.chat import say
from tests.assistant_fakes import BALANCE, assert_lawful, built_in
from tests.chat_server import chatting

SERVER = Path(__file__).with_name("tiny_model_server.py")

pytestmark = pytest.mark.skipif(
    not (find_spec("torch") and find_spec("transformers")), reason="the tiny model needs the extra `models` (torch)"
)


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the tiny model's server."""
    folder = tmp_path_factory.mktemp("model")
    environment = {**os.environ, "HF_HUB_OFFLINE": "1", "OMP_NUM_THREADS": "1"}
    process = subprocess.Popen(
        [sys.executable, str(SERVER), str(folder)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment,
        encoding="utf-8",
    )
    with process:
        assert process.stdout is not None
        port = process.stdout.readline().strip()
        if not port:
            pytest.fail(process.communicate()[1])
        yield f"http://127.0.0.1:{port}/v1"
        try:
            process.communicate(timeout=30)
        except subprocess.TimeoutExpired:
            process.kill()


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    return built_in(tmp_path_factory.mktemp("letters"))


@pytest.mark.parametrize(
    "question", [BALANCE, "昆明市下一步有哪些措施支持企业创新？", "银川市和昆明市在科技金融方面分别做了什么？"]
)
def test_nothing_that_a_random_model_says_is_shown(question: str, address: str, assistant: Assistant) -> None:
    without = assistant.ask(question)
    chat = chatting(assistant, address, chat_timeout=60, chat_max_tokens=200)
    answers = list(chat.stream(question))
    assert (answers[-1].composer, answers[-1].text) == ("extractive", without.text)
    assert_lawful(answers[-1], assistant)
    assert len(answers[-1].notices) == len(without.notices) + 1
    assert answers[-1].problems


def test_its_babble_often_has_the_right_form(address: str, assistant: Assistant) -> None:
    """Else the test above would show only that a reply without form is struck."""
    settings = chatting(assistant, address, chat_timeout=60, chat_max_tokens=200).settings
    said = "".join(say(settings, "规则", "问题"))
    assert "[^" in said
    assert "</cite></statement>" in said
