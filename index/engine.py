"""What search asks of the place where chunks are indexed, and the place on the local disk that answers.

Rows are the numbers of the chunks in the order in which they were built. The local engine is written as a whole
(`index.build`): to add or delete a letter is to publish a new generation, so that a deleted letter leaves no trace.
"""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

import numpy as np
import numpy.typing as npt

from index.hit import Filters
from index.lexical import Lexical, Scores
from index.vectors import Floats, Rows, Vectors
from index.words import compact

FIELDS = ("words", "bigrams")
TRAITS = "traits.json"


class Engine(Protocol):
    """Chunks by row: how many, which pass a filter, which are nearest by words or by vector, and how near."""

    def count(self) -> int:
        """The number of chunks."""
        ...

    def filter(self, filters: Filters) -> Rows | None:
        """The rows that pass, ascending; None when all do."""
        ...

    def sparse(self, field: str, tokens: Sequence[str], k: int, among: Rows | None = None) -> Rows:
        """The best `k` rows that hold one of the tokens, best first."""
        ...

    def sparse_scores(self, field: str, tokens: Sequence[str], rows: Rows) -> Scores:
        """The lexical score of each row as a share of what a full match would score, from 0 to about 1."""
        ...

    def dense(self, vector: Floats, k: int, among: Rows | None = None) -> Rows:
        """The `k` rows nearest to the vector, best first."""
        ...

    def dense_scores(self, vector: Floats, rows: Rows) -> Scores:
        """The cosine of each row."""
        ...

    def frequency(self, field: str, token: str) -> int:
        """The number of chunks that hold the token."""
        ...


class LocalEngine:
    """The engine over the files of one generation."""

    def __init__(self, folder: Path, letter_rows: npt.NDArray[np.int64]) -> None:
        self._count = len(letter_rows)
        self._letter_rows = letter_rows
        self._fields = {field: Lexical(folder, field, self._count) for field in FIELDS}
        self._vectors = Vectors(folder)
        self._traits = json.loads((folder / TRAITS).read_bytes())
        # The two questions about one query (which rows, which scores) share one pass over the columns.
        self._last: dict[str, tuple[tuple[str, ...], Scores]] = {}

    def count(self) -> int:
        """The number of chunks."""
        return self._count

    def filter(self, filters: Filters) -> Rows | None:
        """The rows of the letters with these traits; places match when one name holds the other (昆明, 云南省昆明市)."""
        wanted = {"region": filters.region, "year": filters.year, "kind": filters.kind}
        asked = {trait: compact(value) for trait, value in wanted.items() if value and value.strip()}
        if not asked:
            return None
        passing = [all(_agrees(t, letter[t], v) for t, v in asked.items()) for letter in self._traits]
        return np.flatnonzero(np.array(passing, dtype=bool)[self._letter_rows])

    def sparse(self, field: str, tokens: Sequence[str], k: int, among: Rows | None = None) -> Rows:
        """The best `k` rows that hold one of the tokens, best first, ties in the order of the rows."""
        scores = self._scores(field, tokens)
        rows = np.arange(self._count) if among is None else among
        rows = rows[scores[rows] > 0]
        return rows[best(scores[rows], k)]

    def sparse_scores(self, field: str, tokens: Sequence[str], rows: Rows) -> Scores:
        """The BM25 of each row over the ceiling for these tokens."""
        ceiling = self._fields[field].ceiling(tokens)
        found: Scores = self._scores(field, tokens)[rows] / np.float32(ceiling or 1)
        return found

    def dense(self, vector: Floats, k: int, among: Rows | None = None) -> Rows:
        """The `k` rows nearest to the vector, best first."""
        return self._vectors.nearest(vector, k, among)

    def dense_scores(self, vector: Floats, rows: Rows) -> Scores:
        """The cosine of each row."""
        return self._vectors.scores(vector, rows)

    def frequency(self, field: str, token: str) -> int:
        """The number of chunks that hold the token."""
        return self._fields[field].frequency(token)

    def _scores(self, field: str, tokens: Sequence[str]) -> Scores:
        asked = tuple(tokens)
        last = self._last.get(field)
        if last is None or last[0] != asked:
            last = asked, self._fields[field].scores(asked)
            self._last[field] = last
        return last[1]


def best(scores: Scores, k: int) -> npt.NDArray[np.intp]:
    """The positions of the `k` highest scores, best first, equal ones in their order."""
    if k < len(scores):
        threshold = np.partition(scores, len(scores) - k)[len(scores) - k]
        kept = np.flatnonzero(scores >= threshold)
    else:
        kept = np.arange(len(scores))
    return kept[np.argsort(-scores[kept], kind="stable")][:k]


def _agrees(trait: str, value: str | None, wanted: str) -> bool:
    if value is None:
        return False
    return value == wanted if trait == "year" else value in wanted or wanted in value
