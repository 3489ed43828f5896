"""Finds chunks by the nearness of their vectors to a question's; the door to faiss.

Every dimension takes eight bits over a range that depends on the number of dimensions alone, so that a vector's code, and with
it every score, is the same however the corpus grew. A segment keeps bare codes: faiss never parses a file.
"""

from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from index.arrays import load, save

Floats = npt.NDArray[np.float32]
Rows = npt.NDArray[np.int64]
Codes = npt.NDArray[np.uint8]

_FILE = "vectors.codes"
_ZERO, _STEPS = 128, 127
# The components of unit vectors spread around 1 / √dimension; eight times that has not been seen cut off (the built-in
# model's greatest is 4.8 times).
_SPREAD = 8.0
# How many more than asked for are fetched, to see whether the last of them is one of several that are equally near.
_MORE = 16


class Vectors:
    """The vectors of a segment's chunks, opened from the file that `write_codes` wrote."""

    def __init__(self, folder: Path, dimension: int) -> None:
        self._range = _range(dimension)
        self.codes: Codes = load(folder / _FILE, np.uint8, width=dimension)

    @cached_property
    def _index(self) -> Any:
        import faiss

        eight_bits = faiss.ScalarQuantizer.QT_8bit_direct_signed
        index: Any = faiss.IndexScalarQuantizer(self.codes.shape[1], eight_bits, faiss.METRIC_INNER_PRODUCT)
        faiss.copy_array_to_vector(self.codes.reshape(-1), index.codes)
        index.ntotal = len(self.codes)
        return index

    def __len__(self) -> int:
        return len(self.codes)

    def nearest(self, vector: Floats, k: int, among: Rows | None = None) -> tuple[Rows, Floats]:
        """The rows of the `k` chunks nearest to the vector and of all as near as the last of them, and how near; best first.

        Only from the rows `among` when given. The vector too is taken in eight bits, and the products are whole numbers: nearness
        is of use for comparing only, `scores` says the cosine.
        """
        import faiss

        # Threads only wait for each other over a scan of a millisecond: with all of them it takes 30 times as long on a busy
        # machine. It is said anew because every thread of ours has a setting of its own.
        faiss.omp_set_num_threads(1)
        count = len(self) if among is None else len(among)
        params, asked = self._only(among), k + _MORE
        sought = np.rint(vector * np.float32(_STEPS / (np.abs(vector).max() or 1))).reshape(1, -1)
        while True:
            if not count:
                return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.float32)
            near, rows = self._index.search(sought, min(asked, count), params=params)
            if asked >= count or near[0][-1] < near[0][min(k, count) - 1]:
                found = rows[0] >= 0
                return rows[0][found], near[0][found]
            asked *= 4

    def scores(self, vector: Floats, rows: Rows) -> Floats:
        """The cosine between the vector and each of the rows; the same for a row whichever others are asked for."""
        signed = self.codes[rows].astype(np.float32) - np.float32(_ZERO)
        scale = np.float32(self._range / _STEPS)
        found: Floats = (signed * vector).sum(axis=1) * scale
        return found

    def _only(self, among: Rows | None) -> Any:
        if among is None:
            return None
        import faiss

        library: Any = faiss
        allowed = np.zeros(len(self), dtype=bool)
        allowed[among] = True
        return library.SearchParameters(sel=library.IDSelectorBitmap(np.packbits(allowed, bitorder="little")))


def encode(vectors: Floats) -> Codes:
    """The codes of unit vectors: a byte for each dimension."""
    steps = np.rint(vectors * np.float32(_STEPS / _range(vectors.shape[1])))
    codes: Codes = (np.clip(steps, -_STEPS, _STEPS) + _ZERO).astype(np.uint8)
    return codes


def write_codes(folder: Path, codes: Codes) -> None:
    """Write the codes, a row a chunk."""
    save(folder / _FILE, codes, np.uint8)


def _range(dimension: int) -> float:
    return float(min(1.0, _SPREAD / np.sqrt(dimension)))
