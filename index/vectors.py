"""Finds chunks by the nearness of their vectors to a question's; the door to faiss.

Flat below 20,000 chunks, eight bits a dimension above. The file is read only after its hash was checked.
"""

from pathlib import Path
from tempfile import TemporaryFile
from typing import Any, BinaryIO

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]
Rows = npt.NDArray[np.int64]

FLAT_UP_TO = 20_000
_FILE = "vectors.faiss"
_BATCH = 4096


class Vectors:
    """The vectors of all chunks, opened from the file that `write_vectors` wrote."""

    def __init__(self, folder: Path) -> None:
        import faiss

        # Threads only wait for each other over a scan of a millisecond: with all of them it takes 30 times as long on a busy
        # machine.
        faiss.omp_set_num_threads(1)
        self._faiss: Any = faiss
        self._index = faiss.read_index(str(folder / _FILE), faiss.IO_FLAG_MMAP_IFC)

    def __len__(self) -> int:
        return int(self._index.ntotal)

    @property
    def dimension(self) -> int:
        """The length of a vector."""
        return int(self._index.d)

    def nearest(self, vector: Floats, k: int, among: Rows | None = None) -> Rows:
        """The rows of the `k` chunks nearest to the vector, best first, only from the rows `among` when given."""
        if not len(self):
            return np.zeros(0, dtype=np.int64)
        params = None
        if among is not None:
            params = self._faiss.SearchParameters(sel=self._faiss.IDSelectorBatch(among))
        _, rows = self._index.search(vector.reshape(1, -1), min(k, len(self)), params=params)
        found: Rows = rows[0][rows[0] >= 0]
        return found

    def scores(self, vector: Floats, rows: Rows) -> Floats:
        """The cosine between the vector and each of the rows."""
        if not len(rows):
            return np.zeros(0, dtype=np.float32)
        found: Floats = self._index.reconstruct_batch(rows) @ vector
        return found


class Gathered:
    """Vectors that come in batches and wait on disk: of all of them together only the range of each dimension is needed."""

    def __init__(self, spool: BinaryIO, dimension: int) -> None:
        self._spool, self._dimension, self._count = spool, dimension, 0
        self._range = np.zeros((2, dimension), dtype=np.float32)

    def add(self, vectors: Floats) -> None:
        """The next rows, unit vectors."""
        if len(vectors):
            ends = np.stack([vectors.min(axis=0), vectors.max(axis=0)])
            known = np.concatenate([self._range, ends]) if self._count else ends
            self._range = np.stack([known.min(axis=0), known.max(axis=0)])
            self._spool.write(np.ascontiguousarray(vectors, dtype=np.float32).tobytes())
            self._count += len(vectors)

    def write(self, folder: Path) -> None:
        """Write the index of all rows."""
        import faiss

        index: Any = faiss.IndexFlatIP(self._dimension)
        if self._count > FLAT_UP_TO:
            eight_bits = faiss.ScalarQuantizer.QT_8bit
            index = faiss.IndexScalarQuantizer(self._dimension, eight_bits, faiss.METRIC_INNER_PRODUCT)
            # The eight bits are spread between the least and the greatest value: two rows say all.
            index.train(self._range)
        self._spool.seek(0)
        while raw := self._spool.read(_BATCH * self._dimension * 4):
            index.add(np.frombuffer(raw, dtype=np.float32).reshape(-1, self._dimension))
        faiss.write_index(index, str(folder / _FILE))


def write_vectors(folder: Path, vectors: Floats) -> None:
    """Write the index of the unit vectors, a row a chunk."""
    with TemporaryFile(dir=folder) as spool:
        gathered = Gathered(spool, vectors.shape[1])
        gathered.add(vectors)
        gathered.write(folder)
