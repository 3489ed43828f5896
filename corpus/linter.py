"""Checks letters one after another: a line a finding, with place and mend; nearly identical letters are findings too."""

import zlib
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from typing import Any

from corpus.check import check
from corpus.findings import REMINDER, Finding, line_of
from corpus.letter import Letter
from corpus.names import has_lines
from corpus.similar import Similar

ALIKE = "相近"


@dataclass(frozen=True)
class Line:
    """A finding with its place: line and column in the letter's text, counted from 1."""

    letter: str
    file: str
    line: int
    column: int
    finding: Finding

    def __str__(self) -> str:
        """The line as it is printed: file:line:column rule：problem → mend; in a file of many letters the id is said too."""
        told = f"{self.finding.rule}：{self.finding.problem} → {self.finding.mend}"
        # The line is counted in the letter, which is not the line of a file of many.
        file = f"{self.file}({self.letter})" if has_lines(self.file) else self.file
        return f"{file}:{self.line}:{self.column} {' '.join(told.split())}"

    def json(self) -> dict[str, Any]:
        """The line as a JSON object."""
        place = {"id": self.letter, "file": self.file, "line": self.line, "column": self.column}
        return place | asdict(self.finding)


def lint(letters: Iterable[Letter]) -> Iterator[Line]:
    """The findings of every letter, and for a letter that is nearly identical to an earlier one which and how much."""
    names: list[tuple[str, bytes]] = []
    similar = Similar(lambda key: zlib.decompress(names[int(key)][1]).decode(errors="surrogatepass"))
    for letter in letters:
        for finding in check(letter):
            yield Line(letter.id, letter.file, *line_of(letter, finding), finding)
        near = similar.nearest(letter.text)
        if near:
            yield Line(letter.id, letter.file, 1, 1, _alike(names[int(near[0])][0], near[1]))
        similar.put(str(len(names)), letter.text)
        names.append((letter.id, zlib.compress(letter.text.encode(errors="surrogatepass"), 1)))


def _alike(other: str, share: float) -> Finding:
    mend = "请核实是否同一件；重复的用 fuwen corpus remove 移除"
    return Finding(ALIKE, 0, 0, "", f"与 {other} 有 {share:.0%} 相同", mend, REMINDER)
