"""Keeps letters in an index folder, one JSON line each, so that one is read without parsing the others."""

import json
import mmap
from collections.abc import Sequence
from dataclasses import asdict, fields
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np

from corpus.letter import Letter, Metadata, Section, Stated

_LINES, _OFFSETS = "letters.jsonl", "letters.offsets.npy"


class Letters:
    """The letters of a generation by row number, read when asked for and kept while they are in use."""

    def __init__(self, folder: Path) -> None:
        self._bytes = open_bytes(folder / _LINES)
        self._offsets = np.load(folder / _OFFSETS, allow_pickle=False)
        self.at = lru_cache(maxsize=256)(self._read)

    def __len__(self) -> int:
        return len(self._offsets) - 1

    def _read(self, row: int) -> Letter:
        return decode(json.loads(self._bytes[int(self._offsets[row]) : int(self._offsets[row + 1])]))


def write_letters(folder: Path, letters: Sequence[Letter]) -> None:
    """Write the letters and where each one starts."""
    offsets = [0]
    with (folder / _LINES).open("wb") as file:
        for letter in letters:
            line = json.dumps(asdict(letter), ensure_ascii=False) + "\n"
            offsets.append(offsets[-1] + file.write(line.encode(errors="surrogatepass")))
    np.save(folder / _OFFSETS, np.array(offsets, dtype=np.int64), allow_pickle=False)


def decode(record: dict[str, Any]) -> Letter:
    """The letter whose `dataclasses.asdict` went through JSON."""
    known = record["metadata"]  # of an index older than the program, which is replaced once its age is seen
    metadata = {f.name: _stated(known[f.name]) for f in fields(Metadata) if f.name in known}
    sections = tuple(_section(section) for section in record["sections"])
    body = (record["body"][0], record["body"][1])
    return Letter(record["id"], record["file"], record["text"], Metadata(**metadata), sections, body)


def open_bytes(path: Path) -> mmap.mmap | bytes:
    """The bytes of a file, mapped; an empty file cannot be mapped and has none."""
    with path.open("rb") as file:
        return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) if path.stat().st_size else b""


def _stated(value: Any) -> Any:
    if isinstance(value, list):
        return tuple(Stated(**item) for item in value)
    return None if value is None else Stated(**value)


def _section(record: dict[str, Any]) -> Section:
    return Section(**{**record, "heading_path": tuple(record["heading_path"])})
