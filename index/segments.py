"""Opens a segment: the letters of a part of an index with all that is known of their chunks, in files that never change.

letters.jsonl, .starts, .sums   the letters, a line each, in the order of their ids; where each starts; its CRC-32
ids.json, sources.json          the ids, and what each letter was made from
records.json                    the plain values of their metadata (index.records)
chunks.table, paths.json        row of the letter, start, end and heading path of every chunk
known.txt, known.starts         what `knows` looks for strings in: name and text of each letter without white space
words.*, bigrams.*              the postings of both fields (index.postings)
vectors.codes                   the vectors (index.vectors)
terms.json                      the names that each letter teaches the search
"""

import json
import mmap
import zlib
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from index.arrays import load, load_json, open_bytes
from index.generations import broken, is_intact
from index.letters import Letters
from index.postings import Postings
from index.records import Record
from index.vectors import Vectors

FIELDS = ("words", "bigrams")
IDS, SOURCES, RECORDS, PATHS, TERMS = "ids.json", "sources.json", "records.json", "paths.json", "terms.json"
TABLE, KNOWN, KNOWN_STARTS = "chunks.table", "known.txt", "known.starts"
# What must not be wrong by a byte when it is used: read through when an index is opened.
EAGER = frozenset({"letters.starts", "letters.sums", IDS, PATHS, TABLE, KNOWN_STARTS})
# The most chunks of a segment, one letter that has more aside.
FULL = 1 << 16


class Segment:
    """A segment, opened; `told` is what the manifest says of it."""

    def __init__(self, folder: Path, told: Mapping[str, Any], dimension: int) -> None:
        self.name, self.folder, self.told = folder.name, folder, told
        self.letters = Letters(folder)
        self.ids: tuple[str, ...] = tuple(load_json(folder / IDS))
        self.table: npt.NDArray[np.int32] = load(folder / TABLE, np.int32, width=4)
        self.paths: list[tuple[str, ...]] = [tuple(path) for path in load_json(folder / PATHS)]
        self.known: mmap.mmap | bytes = open_bytes(folder / KNOWN)
        self.known_starts: npt.NDArray[np.int64] = load(folder / KNOWN_STARTS, np.int64)
        self.fields = {field: Postings(folder, field, len(self.table)) for field in FIELDS}
        self.vectors = Vectors(folder, dimension)
        self._texts = {file: open_bytes(folder / file) for file in (SOURCES, RECORDS, TERMS)}

    def __len__(self) -> int:
        return len(self.table)

    @cached_property
    def records(self) -> list[Record]:
        """The records of the letters by row."""
        return [
            Record(row.pop("id"), row.pop("file"), {n: tuple(v) if isinstance(v, list) else v for n, v in row.items()})
            for row in self._json(RECORDS)
        ]

    @property
    def sources(self) -> list[str]:
        """What each letter was made from."""
        found: list[str] = self._json(SOURCES)
        return found

    @property
    def terms(self) -> list[list[str]]:
        """The names that each letter teaches."""
        found: list[list[str]] = self._json(TERMS)
        return found

    @cached_property
    def chunk_counts(self) -> npt.NDArray[np.int64]:
        """The number of chunks of each letter."""
        return np.bincount(self.table[:, 0], minlength=len(self.ids)).astype(np.int64)

    def known_of(self, row: int) -> tuple[int, int]:
        """Where the searched strings of a letter start and end."""
        return int(self.known_starts[row]), int(self.known_starts[row + 1])

    def verify(self) -> None:
        """Compare every byte with the manifest; BrokenIndex names the file that differs."""
        for file, stamp in self.told["files"].items():
            if not is_intact(self.folder / file, stamp, whole=True):
                raise broken(self.folder.parent.parent, f"文件 {file}（段 {self.name}）已损坏")

    def _json(self, file: str) -> Any:
        raw = bytes(self._texts[file])
        if zlib.crc32(raw) != self.told["files"][file]["crc32"]:
            raise broken(self.folder.parent.parent, f"文件 {file}（段 {self.name}）已损坏")
        return json.loads(raw)
