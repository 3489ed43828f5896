"""What happens on the page, without the page: a question asked, a letter opened, a conversation cleared."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from assistant.answer import Answer
from assistant.ui.examples import examples
from assistant.ui.panel import panel, shelf, unopened
from assistant.ui.render import CHECKING, FAILED, SEARCHING, Turn, conversation, error_html, welcome
from assistant.understand import check_question
from corpus.errors import FuwenError
from corpus.letter import Letter, Stated
from index.hit import Filters


class Assistant(Protocol):
    """What the page needs of an assistant."""

    def ask(self, question: str, history: Sequence[tuple[str, Answer]] = (), filters: Filters = ...) -> Answer:
        """The whole answer."""
        ...

    def stream(
        self, question: str, history: Sequence[tuple[str, Answer]] = (), filters: Filters = ...
    ) -> Iterator[Answer]:
        """Answers that grow; the last one is verified."""
        ...

    def letter(self, letter_id: str) -> Letter:
        """The letter of that id; an UnknownLetter when there is none."""
        ...

    def letters(self) -> Sequence[Letter]:
        """All letters of the corpus."""
        ...


@dataclass(frozen=True)
class View:
    """What the page shows next; None leaves that part as it is, `note` is the line above the question box."""

    turns: tuple[Turn, ...]
    log: str
    note: str = ""
    typed: str | None = None
    evidence: str | None = None


def opening(assistant: Assistant) -> str:
    """The empty conversation."""
    letters = assistant.letters()
    return welcome(letters, examples(letters))


def closed(assistant: Assistant) -> str:
    """The evidence panel with no letter opened."""
    return shelf(assistant.letters())


def answering(assistant: Assistant, question: str, turns: tuple[Turn, ...], filters: Filters) -> Iterator[View]:
    """The views from question to verified answer; on an error the line that says so, with the question typed again."""
    history = [(t.question, t.answer) for t in turns if t.answer]
    answer = None
    try:
        asked = check_question(question)
        yield View(turns, conversation((*turns, Turn(asked, status=SEARCHING))), typed="")
        for answer in assistant.stream(asked, history, filters):
            yield View(turns, conversation((*turns, Turn(asked, answer, status=CHECKING))))
    except FuwenError as error:
        yield failed(assistant, question, turns, str(error))
        return
    if answer is None:
        yield failed(assistant, question, turns, FAILED)
        return
    done = (*turns, Turn(asked, answer, _nearest(assistant, answer)))
    yield View(done, conversation(done), evidence=_first(assistant, answer))


def failed(assistant: Assistant, question: str, turns: tuple[Turn, ...], message: str = FAILED) -> View:
    """The conversation as it was, the question back in its box and the line that says what is wrong."""
    return View(turns, conversation(turns) or opening(assistant), note=error_html(message), typed=question)


def opened(assistant: Assistant, letter_id: str, start: int, end: int) -> str:
    """The evidence panel for a place; a line in its stead when the letter is gone or the place is not in it."""
    try:
        letter = assistant.letter(letter_id)
    except FuwenError as error:
        return unopened(str(error))
    if not 0 <= start <= end <= len(letter.text):
        start = end = 0
    return panel(letter, start, end)


def choices(letters: Sequence[Letter]) -> tuple[list[str], list[str], list[str]]:
    """The regions, years (newest first) and kinds of the letters, to choose from."""
    metas = [letter.metadata for letter in letters]
    regions = {m.region.value for m in metas if m.region}
    years = {(m.date or m.publish_date or Stated("")).value[:4] for m in metas} - {""}
    kinds = {m.kind.value for m in metas if m.kind}
    return sorted(regions), sorted(years, reverse=True), sorted(kinds)


def _first(assistant: Assistant, answer: Answer) -> str:
    """The panel opened at the first citation; the shelf when there is none."""
    if answer.refused or not answer.citations:
        return closed(assistant)
    first = answer.citations[0]
    return opened(assistant, first.letter, first.start, first.end)


def _nearest(assistant: Assistant, answer: Answer) -> tuple[Letter, ...]:
    """The nearest letters of a refusal that are still in the corpus."""
    by_id = {letter.id: letter for letter in assistant.letters()} if answer.nearest else {}
    return tuple(by_id[n] for n in answer.nearest if n in by_id)
