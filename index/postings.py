"""Keeps which chunks of a segment hold a token, and how much it says there: columns of rows and impacts, in files that are mapped.

A token is a 64-bit key. Its impact in a chunk is the part of BM25 that depends on the chunk alone, in eight bits; the length that
chunks are held against is a constant, so that an impact never changes when letters come or go.
"""

from array import array
from collections.abc import Iterable, Sequence
from hashlib import blake2b
from pathlib import Path

import numpy as np
import numpy.typing as npt

from index.arrays import Array, ends_of, load, save

K1, B = 1.5, 0.75
# The length of a chunk that is neither short nor long, in tokens with its title and headings, by field: about the average of
# the letters that ship (words 208, bigrams 290) and of news (words 163, bigrams 229).
PIVOTS = {"words": 190.0, "bigrams": 260.0}
IMPACTS = 255
_BITS = 32

Keys = npt.NDArray[np.uint64]
Ints = npt.NDArray[np.int64]


class Postings:
    """One field of a segment: `rows` and `impacts` of column c stand at `starts[c]:starts[c + 1]`, rows ascending."""

    def __init__(self, folder: Path, field: str, count: int) -> None:
        self.keys: Keys = load(folder / f"{field}.keys", np.uint64)
        self.starts: Array = load(folder / f"{field}.starts", np.uint32)
        self.rows: Array = load(folder / f"{field}.rows", _row_kind(count))
        self.impacts: Array = load(folder / f"{field}.impacts", np.uint8)

    def spans(self, keys: Keys) -> list[tuple[int, int]]:
        """Where the column of each key starts and ends; (0, 0) for a key without one."""
        if not len(self.keys):
            return [(0, 0)] * len(keys)
        at = np.minimum(np.searchsorted(self.keys, keys), len(self.keys) - 1)
        there = self.keys[at] == keys
        low = np.where(there, self.starts[at], 0).tolist()
        high = np.where(there, self.starts[at + 1], 0).tolist()
        return [(a, b) if a < b else (0, 0) for a, b in zip(low, high, strict=True)]


class _Numbers(dict[str, int]):
    """Tokens in the order in which they come, numbered; looking one up costs no line of Python but the first time."""

    def __missing__(self, token: str) -> int:
        self[token] = number = len(self)
        return number


class Counted:
    """The tokens of every chunk of a field, in order: what is kept in memory while a segment is made."""

    def __init__(self) -> None:
        self._numbers = _Numbers()
        self._found = array("i")
        self._sizes = array("q")

    def add(self, tokens: Iterable[str]) -> None:
        """The tokens of the next chunk."""
        before = len(self._found)
        self._found.extend(map(self._numbers.__getitem__, tokens))
        self._sizes.append(len(self._found) - before)

    def write(self, folder: Path, field: str) -> None:
        """Write the field over the chunks that were added."""
        keys, column_of = np.unique(keys_of(list(self._numbers)), return_inverse=True)
        sizes = np.array(self._sizes, dtype=np.int64)
        rows = np.repeat(np.arange(len(sizes)), sizes)
        columns = column_of[np.frombuffer(self._found, dtype=np.int32)] if len(rows) else rows
        places, counts = np.unique(columns.astype(np.int64) << _BITS | rows, return_counts=True)
        rows = places & ((1 << _BITS) - 1)
        impacts = impact(counts, sizes[rows], PIVOTS[field])
        _write(folder, field, keys, places, quantised(impacts), len(sizes))


def write_joined(folder: Path, field: str, parts: Sequence[tuple[Postings, Ints]], count: int) -> None:
    """Write what is left of several fields in one; each comes with the new row of every one of its rows, -1 for one that goes."""
    keys: Keys = np.unique(np.concatenate([part.keys for part, _ in parts])) if parts else np.zeros(0, dtype=np.uint64)
    places: list[Ints] = [np.zeros(0, dtype=np.int64)]
    impacts: list[Array] = [np.zeros(0, dtype=np.uint8)]
    for part, new in parts:
        starts = part.starts.astype(np.int64)
        columns = np.repeat(np.searchsorted(keys, part.keys), starts[1:] - starts[:-1])
        rows = new[part.rows]
        kept = rows >= 0
        places.append(columns[kept].astype(np.int64) << _BITS | rows[kept])
        impacts.append(part.impacts[kept])
    joined, said = np.concatenate(places), np.concatenate(impacts)
    order = np.argsort(joined, kind="stable")
    columns = np.unique(joined >> _BITS)
    narrowed = np.searchsorted(columns, joined[order] >> _BITS) << _BITS | joined[order] & ((1 << _BITS) - 1)
    _write(folder, field, keys[columns], narrowed, said[order], count)


def impact(counts: npt.ArrayLike, sizes: npt.ArrayLike, pivot: float) -> npt.NDArray[np.float64]:
    """How much it says that a token occurs so often in a chunk of that size, from 0 to 1."""
    times = np.asarray(counts, dtype=np.float64)
    return times / (times + K1 * (1 - B + B * np.asarray(sizes) / pivot))


def quantised(impacts: npt.NDArray[np.float64]) -> Array:
    """Impacts in eight bits; what occurs at all is never nothing."""
    return np.clip(np.rint(impacts * IMPACTS), 1, IMPACTS).astype(np.uint8)


def keys_of(tokens: Sequence[str]) -> Keys:
    """The keys of tokens; two tokens of one key (once in some ten million corpora of a million words) share a column."""
    sums = b"".join(blake2b(token.encode(errors="surrogatepass"), digest_size=8).digest() for token in tokens)
    return np.frombuffer(sums, dtype=">u8").astype(np.uint64)


def _write(folder: Path, field: str, keys: Keys, places: Ints, impacts: Array, count: int) -> None:
    """Write the columns; a place is a column and a row, in ascending order."""
    save(folder / f"{field}.keys", keys, np.uint64)
    save(folder / f"{field}.starts", ends_of(np.bincount(places >> _BITS, minlength=len(keys))), np.uint32)
    save(folder / f"{field}.rows", places & ((1 << _BITS) - 1), _row_kind(count))
    save(folder / f"{field}.impacts", impacts, np.uint8)


def _row_kind(count: int) -> type[np.uint16] | type[np.uint32]:
    return np.uint16 if count <= 1 << 16 else np.uint32
