"""Reads the example questions of the page; one is shown only while its letter is in the corpus."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from corpus.letter import Letter

_FILE = Path(__file__).with_name("examples.tsv")


@dataclass(frozen=True)
class Example:
    """A question to click and the id of the letter that it is about."""

    letter: str
    question: str


def examples(letters: Iterable[Letter], file: Path = _FILE) -> tuple[Example, ...]:
    """The examples whose letter is among these; lines are `letter id <tab> question`."""
    known = {letter.id for letter in letters}
    rows = (line.split("\t", 1) for line in file.read_text(encoding="utf-8").splitlines() if "\t" in line)
    return tuple(Example(letter, question.strip()) for letter, question in rows if letter in known)
