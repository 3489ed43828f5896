"""A chat model's answer on its way: it grows as sentences close, each verified; who stops listening closes the request."""

import threading
import time
from itertools import pairwise

import pytest

from assistant.assistant import Assistant
from assistant.pipeline import State
from tests.assistant_fakes import BALANCE, assert_lawful, built_in
from tests.chat_server import TRUE, Call, chatting, pieces_of, says, serving, statement, with_handles

HELD = "90.31亿元"
FIRST = statement("昆明市银税互动合作贷款余额90.31亿元。", HELD)
SECOND = statement(TRUE, HELD)


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    return built_in(tmp_path_factory.mktemp("letters"))


def test_the_first_sentence_is_shown_before_the_model_has_ended(assistant: Assistant) -> None:
    go_on = threading.Event()

    def script(call: Call) -> None:
        call.begin()
        for piece in pieces_of(with_handles(call, FIRST), 2):
            call.piece(piece)
        assert go_on.wait(20)
        call.piece(with_handles(call, SECOND))
        call.done()

    with serving(script) as server:
        answers = chatting(assistant, server.address).stream(BALANCE)
        first = next(answers)
        go_on.set()
        *_, last = answers
    assert (len(first.sentences), len(last.sentences)) == (1, 2)
    assert last.sentences[0] == first.sentences[0]
    assert_lawful(first, assistant)
    assert_lawful(last, assistant)


def test_every_answer_on_the_way_is_lawful_and_only_grows(assistant: Assistant) -> None:
    wrong = statement("余额93.01亿元。", HELD)
    with serving(
        says(*pieces_of(f"好的。\n{TRUE}[^1]\n胡说。[^1]\n昆明市银税互动合作贷款余额90.31亿元。[^1]\n", 1), wrong)
    ) as server:
        answers = list(chatting(assistant, server.address).stream(BALANCE))
    assert len(answers) == 3
    for before, after in pairwise(answers):
        assert after.sentences[: len(before.sentences)] == before.sentences
    for answer in answers:
        assert_lawful(answer, assistant)
        assert "93.01" not in answer.text
        assert "胡说" not in answer.text
    assert len(answers[-1].problems) == 3


def test_a_line_that_breaks_after_a_sentence_ends_in_the_verbatim_answer(assistant: Assistant) -> None:
    def script(call: Call) -> None:
        call.begin()
        call.piece(with_handles(call, FIRST))
        call.reset()

    with serving(script) as server:
        answers = list(chatting(assistant, server.address).stream(BALANCE))
    assert [a.composer for a in answers] == ["chat", *["extractive"] * (len(answers) - 1)]
    assert len(answers) > 1
    assert HELD in answers[-1].text
    assert len(answers[-1].notices) == 1


def test_who_stops_listening_closes_the_request(assistant: Assistant) -> None:
    def script(call: Call) -> None:
        call.begin()
        call.piece(with_handles(call, FIRST))
        for _ in range(500):
            call.piece("x")
            time.sleep(0.01)

    with serving(script) as server:
        answers = chatting(assistant, server.address).stream(BALANCE)
        next(answers)
        answers.close()  # type: ignore[attr-defined]  # a generator, which the page closes when the reader leaves
        assert server.hung_up.wait(4)


def test_the_chain_underneath_streams_the_same(assistant: Assistant) -> None:
    with serving(says(FIRST, SECOND)) as server:
        chat = chatting(assistant, server.address)
        streamed = list(chat.chain.stream(BALANCE))
        asked = chat.chain.invoke(State(BALANCE))
    assert [len(a.sentences) for a in streamed] == [1, 2, 2]
    assert asked.text == streamed[-1].text


def test_many_readers_at_once_get_their_own_answers(assistant: Assistant) -> None:
    with serving(says(FIRST, SECOND)) as server:
        chat, texts = chatting(assistant, server.address), list[str]()
        threads = [threading.Thread(target=lambda: texts.append(chat.ask(BALANCE).text)) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert len(texts) == 8
    assert len(set(texts)) == 1
