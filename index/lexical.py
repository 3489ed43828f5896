"""Scores chunks by the words they share with a question: BM25 over the postings of all segments.

The rarity of a token is counted over all segments; everything else stands in the postings. Sums are made in one fixed order of
the tokens, so that a chunk's score is the same to the last bit in whatever segment it stands.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from index.postings import IMPACTS, K1, Postings, keys_of

Scores = npt.NDArray[np.float32]
Rows = npt.NDArray[np.int64]
Tokens = Mapping[str, float] | Iterable[str]
Found = tuple[Rows, Scores]
# What a step of impact adds, and where the column starts and ends.
Column = tuple[float, int, int]

# A column shorter than this is added up as it is; before a longer one it is asked whether it can still change who is best.
_LONG = 4096
# So few rows are looked up one by one.
_FEW = 512
# What rounding may do to a sum.
_SLACK = 1e-4


@dataclass(frozen=True)
class Asked:
    """The tokens of a question: in the order of what they can add, how much a step of impact adds, and where their columns are."""

    factors: tuple[float, ...]
    spans: tuple[tuple[tuple[int, int], ...], ...]
    ceiling: float


class Lexical:
    """One field over all segments; a row is a chunk's number in its segment."""

    def __init__(self, parts: Sequence[Postings], sizes: Sequence[int]) -> None:
        self._parts, self._sizes = tuple(parts), tuple(sizes)
        self._count = sum(sizes)

    def ask(self, tokens: Tokens) -> Asked:
        """The distinct tokens, looked up; a token without a weight weighs 1.

        The ceiling is K1 + 1 times what all tokens of weight 1 can add, known or not (all tokens, where none weighs 1): the sum
        that BM25 nears in the form that multiplies by K1 + 1. Ours, like Lucene's, does not, so that a score stays below 0.4 of
        it; the weights of ranking are tuned to that.
        """
        weights = {token: weight for token, weight in weighted(tokens).items() if weight > 0}
        keys = keys_of(list(weights))
        spans = [part.spans(keys) for part in self._parts]
        rarity = [self.idf(sum(high - low for low, high in columns)) for columns in zip(*spans, strict=True)]
        rarity = rarity or [self.idf(0)] * len(keys)
        worth = [weight * idf for weight, idf in zip(weights.values(), rarity, strict=True)]
        whole = [w for w, weight in zip(worth, weights.values(), strict=True) if weight == 1]
        order = sorted(range(len(worth)), key=lambda at: (-worth[at], int(keys[at])))
        return Asked(
            tuple(worth[at] / IMPACTS for at in order),
            tuple(tuple(columns[at] for at in order) for columns in spans),
            (K1 + 1) * math.fsum(whole or worth),
        )

    def best(self, asked: Asked, segment: int, k: int, floor: float = 0.0, among: Rows | None = None) -> Found:
        """The rows of the segment that score as much as the best `k`, ties and all, and more than nothing; unordered.

        `floor` is a score that rows must reach to be of use, `among` the only rows that count.
        """
        columns = self._columns(asked, segment)
        if among is not None and len(among) <= _FEW:
            return _top(among, self.scores(asked, segment, among), k)
        if among is not None:
            scores = np.zeros(self._room(segment), dtype=np.float32)
            for column in columns:
                _add_all(self._parts[segment], column, scores)
            return _top(among, scores[among], k)
        return self._best(segment, columns, k, floor)

    def _best(self, segment: int, columns: list[Column], k: int, floor: float) -> Found:
        """Long columns of common tokens are looked into for the rows that can still be among the best, and for no others.

        That changes nothing in the result: a row outside would need more than all columns that are left can add.
        """
        part, scores = self._parts[segment], np.zeros(self._room(segment), dtype=np.float32)
        rest = math.fsum(factor * IMPACTS for factor, _, _ in columns)
        for at, column in enumerate(columns):
            factor, low, high = column
            if high - low > _LONG and at:
                floor = _kth(scores, k, floor)
                if floor > rest + _SLACK:
                    rows = np.flatnonzero(scores >= floor - rest - _SLACK)
                    return _top(rows, _added(part, columns[at:], rows, scores[rows]), k)
            _add_all(part, column, scores)
            rest -= factor * IMPACTS
        scores = scores[: self._sizes[segment]]
        floor = _kth(scores, k, floor)
        rows = np.flatnonzero(scores >= floor if floor > 0 else scores > 0)
        return rows, scores[rows]

    def scores(self, asked: Asked, segment: int, rows: Rows) -> Scores:
        """The BM25 score of each of the rows of the segment, 0 where none of the tokens occurs."""
        columns = self._columns(asked, segment)
        return _added(self._parts[segment], columns, rows, np.zeros(len(rows), dtype=np.float32))

    def holders(self, tokens: Iterable[str], segment: int, letters: npt.NDArray[np.int32], enough: int) -> list[int]:
        """The letters of the segment that hold all the tokens, in any of their chunks; `letters` gives each row's letter.

        It is not asked for further tokens once `enough` letters are left.
        """
        part = self._parts[segment]
        spans = sorted(part.spans(keys_of(list(dict.fromkeys(tokens)))), key=lambda span: span[1] - span[0])
        held: npt.NDArray[np.int32] | None = None
        for low, high in spans:
            rows = np.minimum(part.rows[low:high], max(len(letters) - 1, 0))
            holding = np.unique(letters[rows])
            held = holding if held is None else np.intersect1d(held, holding, assume_unique=True)
            if len(held) <= enough:
                break
        return [] if held is None else held.tolist()

    def frequency(self, token: str) -> int:
        """The number of chunks that hold the token."""
        key = keys_of([token])
        return sum(high - low for part in self._parts for low, high in part.spans(key))

    def idf(self, frequency: int) -> float:
        """The weight of a token that `frequency` chunks hold, the formula of bm25s (Lucene)."""
        frequency = min(frequency, self._count)
        return math.log(1 + (self._count - frequency + 0.5) / (frequency + 0.5))

    def _columns(self, asked: Asked, segment: int) -> list[Column]:
        spans = zip(asked.factors, asked.spans[segment], strict=True)
        return [(factor, low, high) for factor, (low, high) in spans if low < high]

    def _room(self, segment: int) -> int:
        """Room for every row that a file can name, so that one that is damaged names nothing outside."""
        return max(self._sizes[segment], 1 << 16)


def weighted(tokens: Tokens) -> dict[str, float]:
    """The distinct tokens and their weights, 1 where none are given."""
    return dict(tokens) if isinstance(tokens, Mapping) else dict.fromkeys(tokens, 1.0)


def _added(part: Postings, columns: Sequence[Column], rows: Rows, scores: Scores) -> Scores:
    """The scores of the rows with what these columns add."""
    for factor, low, high in columns:
        column = part.rows[low:high]
        at = np.minimum(np.searchsorted(column, rows.astype(column.dtype)), len(column) - 1)
        step = np.where(column[at] == rows, part.impacts[low:high][at], 0)
        scores = scores + step.astype(np.float32) * np.float32(factor)
    return scores


def _add_all(part: Postings, column: Column, scores: Scores) -> None:
    factor, low, high = column
    rows = part.rows[low:high]
    if rows.dtype != np.uint16:
        rows = np.minimum(rows, len(scores) - 1)
    # A chunk occurs once in a column, so that plain indexing adds every impact.
    scores[rows] += part.impacts[low:high].astype(np.float32) * np.float32(factor)


def _kth(scores: Scores, k: int, floor: float = 0.0) -> float:
    """The `k`th highest score, `floor` where it is not above that: most scores are nothing, and are left out of the sorting."""
    above = scores[scores > floor]
    return float(np.partition(above, len(above) - k)[len(above) - k]) if 0 < k <= len(above) else floor


def _top(rows: Rows, scores: Scores, k: int) -> Found:
    kept = (scores >= _kth(scores, k)) & (scores > 0)
    return rows[kept], scores[kept]
