"""Finds chunks by the words they share with a question: BM25 as arrays on disk; the door to bm25s.

bm25s weighs every word of every chunk once, when the index is built. Searching adds those weights up with numpy alone,
from memory-mapped arrays, so that a cold question imports neither bm25s nor scipy. Words are kept as 64-bit keys.
"""

import math
from array import array
from collections.abc import Iterable, Sequence
from hashlib import blake2b
from pathlib import Path
from tempfile import TemporaryFile
from typing import Any, BinaryIO

import numpy as np
import numpy.typing as npt

Scores = npt.NDArray[np.float32]

_K1, _B = 1.5, 0.75


class Lexical:
    """One field of the lexical index, opened from the files that `write_lexical` wrote."""

    def __init__(self, folder: Path, field: str, count: int) -> None:
        self._count = count
        self._keys = _load(folder, field, "keys")
        self._starts = _load(folder, field, "starts")
        self._rows = _load(folder, field, "rows")
        self._weights = _load(folder, field, "weights")

    def scores(self, tokens: Iterable[str]) -> Scores:
        """The BM25 score of every chunk for the distinct tokens, 0 where none occurs."""
        scores = np.zeros(self._count, dtype=np.float32)
        for column in self._columns(tokens):
            low, high = self._starts[column], self._starts[column + 1]
            # A chunk occurs once in a column, so that plain indexing adds every weight.
            scores[self._rows[low:high]] += self._weights[low:high]
        return scores

    def ceiling(self, tokens: Iterable[str]) -> float:
        """The score that a chunk nears when it is full of every one of the distinct tokens, known or not."""
        distinct = set(tokens)
        columns = self._columns(distinct)
        known = sum(self.idf(self._frequency_at(column)) for column in columns)
        return (_K1 + 1) * (known + (len(distinct) - len(columns)) * self.idf(0))

    def frequency(self, token: str) -> int:
        """The number of chunks that hold the token."""
        columns = self._columns([token])
        return self._frequency_at(columns[0]) if columns else 0

    def idf(self, frequency: int) -> float:
        """The weight of a token that `frequency` chunks hold, the formula of bm25s (Lucene)."""
        return math.log(1 + (self._count - frequency + 0.5) / (frequency + 0.5))

    def _frequency_at(self, column: int) -> int:
        return int(self._starts[column + 1] - self._starts[column])

    def _columns(self, tokens: Iterable[str]) -> list[int]:
        if not len(self._keys):
            return []
        keys = np.array(sorted({_key(token) for token in tokens}), dtype=np.uint64)
        at = np.searchsorted(self._keys, keys)
        return [int(a) for a, key in zip(at, keys, strict=True) if a < len(self._keys) and self._keys[a] == key]


class Counted:
    """The tokens of every chunk of a field, a number for each word: what is left on disk while an index is built."""

    def __init__(self, spool: BinaryIO) -> None:
        self._numbers: dict[str, int] = {}
        self._spool, self._ends = spool, array("q", [0])

    def add(self, tokens: Iterable[str]) -> None:
        """The tokens of the next chunk."""
        numbers = self._numbers
        found = array("i", [numbers.setdefault(token, len(numbers)) for token in tokens])
        self._spool.write(found)
        self._ends.append(self._ends[-1] + len(found))

    def write(self, folder: Path, field: str) -> None:
        """Write the field's index over the chunks, in the order in which they were added; nothing is left here."""
        keys = np.array([_key(token) for token in self._numbers], dtype=np.uint64)
        self._numbers = {}
        # Two tokens of one key (once in some ten million corpora of a million words) share a column.
        columns, column_of = np.unique(keys, return_inverse=True)
        self._spool.seek(0)
        numbers = np.frombuffer(self._spool.read(), dtype=np.int32)
        weights, rows, starts = _weigh(_Documents(column_of.astype(np.int32)[numbers], self._ends), len(columns))
        _save(folder, field, "keys", columns)
        _save(folder, field, "starts", starts.astype(np.int64))
        _save(folder, field, "rows", rows.astype(np.int32))
        _save(folder, field, "weights", weights.astype(np.float32))


class _Documents(Sequence["array[int]"]):
    """The columns of each chunk's tokens: cut from one long row when asked for, for a list of rows takes twice the memory."""

    def __init__(self, columns: npt.NDArray[np.int32], ends: "array[int]") -> None:
        self._columns, self._ends = columns, ends

    def __len__(self) -> int:
        return len(self._ends) - 1

    def __getitem__(self, at: Any) -> Any:
        if not 0 <= at < len(self):
            raise IndexError(at)
        return array("i", self._columns[self._ends[at] : self._ends[at + 1]].tobytes())


def write_lexical(folder: Path, field: str, documents: Iterable[Iterable[str]]) -> None:
    """Write one field's index over the tokens of each chunk, in the order of the chunks."""
    with TemporaryFile(dir=folder) as spool:
        counted = Counted(spool)
        for tokens in documents:
            counted.add(tokens)
        counted.write(folder, field)


def _weigh(ids: _Documents, columns: int) -> tuple[npt.NDArray[Any], npt.NDArray[Any], npt.NDArray[Any]]:
    """The BM25 weights, column by column: weights, the rows they belong to, where each column starts."""
    if not columns:
        return np.zeros(0), np.zeros(0), np.zeros(1)
    import bm25s

    model = bm25s.BM25(k1=_K1, b=_B, method="lucene")
    made = model.build_index_from_ids(list(range(columns)), ids, show_progress=False)
    return made["data"], made["indices"], made["indptr"]


def _key(token: str) -> int:
    return int.from_bytes(blake2b(token.encode(errors="surrogatepass"), digest_size=8).digest(), "big")


def _save(folder: Path, field: str, part: str, array: npt.NDArray[Any]) -> None:
    np.save(folder / f"{field}.{part}.npy", array, allow_pickle=False)


def _load(folder: Path, field: str, part: str) -> npt.NDArray[Any]:
    array: npt.NDArray[Any] = np.load(folder / f"{field}.{part}.npy", mmap_mode="r", allow_pickle=False)
    return array
