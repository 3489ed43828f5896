"""What search asks of the place where chunks are indexed, and the place on the local disk that answers.

A row is the number of a chunk in the order of letter ids and places. A store is written to; an engine is what it serves, as it
was when it was asked for. The store on the local disk is `index.store.LocalStore`.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property, lru_cache
from typing import Protocol

import numpy as np
import numpy.typing as npt

from corpus.letter import Letter
from index.hit import Filters
from index.layout import Layout
from index.lexical import Asked, Lexical, Scores, Tokens, weighted
from index.records import Record
from index.segments import FIELDS, Segment
from index.vectors import Floats, Rows
from index.words import compact

# So many more are fetched by their rough nearness than are wanted: the exact one decides among them.
_MORE = 16
# From so many chunks on two threads look for the nearest vectors; below, one is as quick.
_MANY = 50_000

__all__ = ["FIELDS", "Engine", "LocalEngine", "Snapshot", "Store", "best"]


class Engine(Protocol):
    """Chunks by row: how many, which pass a filter, which are nearest by words or by vector, and how near."""

    def count(self) -> int:
        """The number of chunks."""
        ...

    def filter(self, filters: Filters) -> Rows | None:
        """The rows that pass, ascending; None when all do."""
        ...

    def sparse(self, field: str, tokens: Tokens, k: int, among: Rows | None = None) -> Rows:
        """The best `k` rows that hold one of the tokens, best first, ties in the order of the rows.

        Tokens may have weights: 1 for a word of the question, below 1 for what it is only taken to mean.
        """
        ...

    def sparse_scores(self, field: str, tokens: Tokens, rows: Rows) -> Scores:
        """The lexical score of each row over the ceiling of the tokens of weight 1 (`Lexical.ask`), below 0.4."""
        ...

    def dense(self, vector: Floats, k: int, among: Rows | None = None) -> Rows:
        """The `k` rows nearest to the vector, best first, ties in the order of the rows."""
        ...

    def dense_scores(self, vector: Floats, rows: Rows) -> Scores:
        """The cosine of each row."""
        ...

    def frequency(self, field: str, token: str) -> int:
        """The number of chunks that hold the token."""
        ...


class Snapshot(Protocol):
    """What a store holds at one moment; it stays as it is whatever is written later."""

    @property
    def engine(self) -> Engine:
        """What answers questions about it."""
        ...

    def letter(self, letter_id: str) -> Letter:
        """The letter of this id; UnknownLetter when there is none."""
        ...

    def ids(self) -> tuple[str, ...]:
        """The ids of all letters, ascending: the order of the rows."""
        ...


class Store(Protocol):
    """Letters come, are replaced and go; each call happens as a whole or not at all, and lasts once it returns.

    `corpus` is the fingerprint of all letters as they are after the call; `sources` says by id what each was made from.
    """

    def upsert(
        self, letters: Iterable[Letter], *, corpus: str = "", sources: Mapping[str, str] | None = None
    ) -> object:
        """Add the letters, in place of those of the same ids."""
        ...

    def delete(self, ids: Collection[str], *, corpus: str = "") -> object:
        """Take the letters of these ids out, from the disk as well; ids that are not there do not matter."""
        ...

    def snapshot(self) -> Snapshot:
        """What is served now; BrokenIndex when nothing whole is."""
        ...

    def health(self) -> list[str]:
        """What is wrong, a Chinese line each with the mend; empty when every byte is right."""
        ...


class LocalEngine:
    """The engine over the segments of one generation; `records` gives those of the letters in the order of the layout."""

    def __init__(self, segments: Sequence[Segment], layout: Layout, records: Callable[[], Sequence[Record]]) -> None:
        self._segments, self._layout, self._records = tuple(segments), layout, records
        sizes = [len(segment) for segment in segments]
        self.fields = {field: Lexical([s.fields[field] for s in segments], sizes) for field in FIELDS}
        # What is asked about one question (which rows, which scores) looks its tokens up once.
        self._asked = lru_cache(maxsize=32)(self._ask)

    def count(self) -> int:
        """The number of chunks."""
        return len(self._layout.segments)

    def filter(self, filters: Filters) -> Rows | None:
        """The rows of the letters with these traits; places match when one name holds the other (昆明, 云南省昆明市)."""
        wanted = {"region": filters.region, "year": filters.year, "kind": filters.kind}
        asked = {trait: compact(value) for trait, value in wanted.items() if value and value.strip()}
        if not asked:
            return None
        passing = np.ones(len(self._layout.ids), dtype=bool)
        for trait, value in asked.items():
            values, numbers = self._traits[trait]
            passing &= np.array([_agrees(trait, known, value) for known in values], dtype=bool)[numbers]
        return np.flatnonzero(np.repeat(passing, np.diff(self._layout.starts)))

    def sparse(self, field: str, tokens: Tokens, k: int, among: Rows | None = None) -> Rows:
        """The best `k` rows that hold one of the tokens, best first, ties in the order of the rows."""
        asked, lexical = self._lookup(field, tokens), self.fields[field]
        found, floor = [(np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.float32))], 0.0
        for home, only in self._homes(among):
            rows, scores = lexical.best(asked, home, k, floor, only)
            found.append((self._layout.globals[home][rows], scores))
            if len(scores) >= k:
                floor = max(floor, float(np.partition(scores, len(scores) - k)[len(scores) - k]))
        return _merged(found, k)

    def sparse_scores(self, field: str, tokens: Tokens, rows: Rows) -> Scores:
        """The BM25 of each row over the ceiling for these tokens."""
        asked = self._lookup(field, tokens)
        scores = np.zeros(len(rows), dtype=np.float32)
        for home, at, local in self._layout.parted(rows):
            scores[at] = self.fields[field].scores(asked, home, local)
        return scores / np.float32(asked.ceiling or 1)

    def dense(self, vector: Floats, k: int, among: Rows | None = None) -> Rows:
        """The `k` rows nearest to the vector, best first, ties in the order of the rows."""
        found = [(np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.float32))]
        over = map if self.count() < _MANY else self._beside.map
        found += over(lambda home: self._nearest(home[0], vector, k + _MORE, home[1]), self._homes(among))
        rows = np.sort(_merged(found, k + _MORE))
        return rows[best(self.dense_scores(vector, rows), k)]

    def _nearest(self, home: int, vector: Floats, k: int, only: Rows | None) -> tuple[Rows, Scores]:
        rows, near = self._segments[home].vectors.nearest(vector, k, only)
        return self._layout.globals[home][rows], near

    def dense_scores(self, vector: Floats, rows: Rows) -> Scores:
        """The cosine of each row."""
        scores = np.zeros(len(rows), dtype=np.float32)
        for home, at, local in self._layout.parted(rows):
            scores[at] = self._segments[home].vectors.scores(vector, local)
        return scores

    def frequency(self, field: str, token: str) -> int:
        """The number of chunks that hold the token."""
        return self.fields[field].frequency(token)

    def _lookup(self, field: str, tokens: Tokens) -> Asked:
        return self._asked(field, tuple(weighted(tokens).items()))

    def _ask(self, field: str, tokens: tuple[tuple[str, float], ...]) -> Asked:
        return self.fields[field].ask(dict(tokens))

    @cached_property
    def _beside(self) -> ThreadPoolExecutor:
        """Looks into two segments at a time, where there is enough to see."""
        return ThreadPoolExecutor(max_workers=2)

    def _homes(self, among: Rows | None) -> list[tuple[int, Rows | None]]:
        """The segments to look into, each with the only rows that may be found in it."""
        if among is None:
            return [(home, None) for home in range(len(self._segments))]
        return [(home, local) for home, _, local in self._layout.parted(among)]

    @cached_property
    def _traits(self) -> dict[str, tuple[list[str | None], npt.NDArray[np.int64]]]:
        """What filters look at, in the form in which they compare it: the distinct values, and the number of each letter's."""
        found: dict[str, tuple[list[str | None], npt.NDArray[np.int64]]] = {}
        for trait, value_of in _TRAITS.items():
            numbers: dict[str | None, int] = {}
            row = [numbers.setdefault(value_of(record), len(numbers)) for record in self._records()]
            found[trait] = ([compact(v) if v is not None else None for v in numbers], np.array(row, dtype=np.int64))
        return found


def best(scores: Scores, k: int) -> npt.NDArray[np.intp]:
    """The positions of the `k` highest scores, best first, equal ones in their order."""
    if k < len(scores):
        threshold = np.partition(scores, len(scores) - k)[len(scores) - k]
        kept = np.flatnonzero(scores >= threshold)
    else:
        kept = np.arange(len(scores))
    return kept[np.argsort(-scores[kept], kind="stable")][:k]


def _merged(found: Sequence[tuple[Rows, Scores]], k: int) -> Rows:
    """The best `k` of what several segments found, ties in the order of the rows."""
    rows, scores = np.concatenate([r for r, _ in found]), np.concatenate([s for _, s in found])
    return rows[np.lexsort((rows, -scores))][:k]


def _year(record: Record) -> str | None:
    dated = record.one("date") or record.one("publish_date")
    return dated[:4] if dated else None


_TRAITS: dict[str, Callable[[Record], str | None]] = {
    "region": lambda record: record.one("region"),
    "year": _year,
    "kind": lambda record: record.one("kind"),
}


def _agrees(trait: str, value: str | None, wanted: str) -> bool:
    if value is None:
        return False
    return value == wanted if trait == "year" else value in wanted or wanted in value
