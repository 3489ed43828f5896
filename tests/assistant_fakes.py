"""What the tests of the assistant share: the assistant over the built-in letters, small corpora, the laws of an answer."""

import json
from pathlib import Path

import pytest

from assistant.answer import Answer
from assistant.assistant import Assistant
from assistant.cli import main
from assistant.follow_up import Turn
from assistant.places import open_current
from assistant.settings import Settings
from assistant.show import answer_json
from corpus.library import Library
from eval.cli import add_eval_parser
from index.embedding import open_embedder

BALANCE = "昆明市截至2022年12月末银税互动合作贷款余额是多少？"


def built_in(folder: Path) -> Assistant:
    """An assistant over the letters that ship, its index in `folder`."""
    embedder = open_embedder("builtin")
    return Assistant(open_current(Library(folder, builtin=True), embedder), embedder, Settings())


def over(folder: Path, texts: dict[str, str]) -> Assistant:
    """An assistant over texts of our own: file name → text."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8")
    embedder = open_embedder("builtin")
    return Assistant(open_current(Library(folder, builtin=False), embedder), embedder, Settings())


def talk(assistant: Assistant, *questions: str) -> list[Answer]:
    """A conversation: each question after the turns before it."""
    history: list[Turn] = []
    for question in questions:
        history.append((question, assistant.ask(question, history)))
    return [answer for _, answer in history]


def without_times(answer: Answer) -> str:
    """The answer as JSON, timings aside: what must be the same from run to run."""
    return json.dumps({**answer_json(answer), "timings_ms": None}, ensure_ascii=False)


def assert_lawful(answer: Answer, assistant: Assistant) -> None:
    """Citations are exact slices numbered from 1; every sentence cites unless it refuses or is small talk."""
    assert [c.id for c in answer.citations] == list(range(1, len(answer.citations) + 1))
    for c in answer.citations:
        assert assistant.letter(c.letter).text[c.start : c.end] == c.quote != ""
    cited = [n for s in answer.sentences for n in s.citations]
    if answer.refused or answer.intent == "smalltalk":
        assert answer.citations == ()
        assert cited == []
        assert answer.refused is (answer.refusal_reason is not None)
    else:
        assert all(s.citations for s in answer.sentences)
        assert set(cited) == {c.id for c in answer.citations} != set()
    assert all(s.text.strip() for s in answer.sentences)
    assert answer.sentences


def fuwen(*line: str | Path) -> int:
    """Run one command in this process; its exit status."""
    return main([str(word) for word in line], extend=add_eval_parser)


def complaint(capsys: pytest.CaptureFixture[str]) -> str:
    """The one line of complaint on stderr; notes such as “正在建立索引” aside."""
    err = capsys.readouterr().err
    assert "Traceback" not in err
    lines = [line for line in err.splitlines() if line and not line.endswith("……")]
    assert len(lines) == 1, err
    assert lines[0].startswith("fuwen: ")
    return lines[0]
