"""Keeps letters in a segment, one JSON line each with its sum, so that one is read and checked without the others."""

import json
import zlib
from collections.abc import Iterable
from dataclasses import fields
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np

from corpus.letter import Letter, Metadata, Section, Stated
from index.arrays import ends_of, load, open_bytes, save
from index.generations import broken

_FIELDS = frozenset(field.name for field in fields(Metadata))
_LINES, _STARTS, _SUMS = "letters.jsonl", "letters.starts", "letters.sums"


class Letters:
    """The letters of a segment by row number, read when asked for and kept while they are in use."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._bytes = open_bytes(folder / _LINES)
        self._starts = load(folder / _STARTS, np.int64)
        self._sums = load(folder / _SUMS, np.uint32)
        self.at = lru_cache(maxsize=256)(self.read)

    def __len__(self) -> int:
        return len(self._sums)

    def line(self, row: int) -> bytes:
        """What is stored of the letter; BrokenIndex when a byte of it has changed."""
        line = bytes(self._bytes[int(self._starts[row]) : int(self._starts[row + 1])])
        if zlib.crc32(line) != self._sums[row]:
            raise broken(self._folder.parent.parent, f"文件 {_LINES}（段 {self._folder.name}）已损坏")
        return line

    def read(self, row: int) -> Letter:
        """The letter of a row; `at` keeps those that were looked at last."""
        return decode(json.loads(self.line(row)))


def line_of(letter: Letter) -> bytes:
    """What is stored of a letter."""
    return (json.dumps(record_of(letter), ensure_ascii=False) + "\n").encode(errors="surrogatepass")


def write_letters(folder: Path, lines: Iterable[bytes]) -> None:
    """Write the letters' lines in the order of their rows, where each one starts, and its sum."""
    sizes: list[int] = []
    sums: list[int] = []
    with (folder / _LINES).open("wb") as file:
        for line in lines:
            sizes.append(file.write(line))
            sums.append(zlib.crc32(line))
    save(folder / _STARTS, ends_of(sizes), np.int64)
    save(folder / _SUMS, sums, np.uint32)


def record_of(letter: Letter) -> dict[str, Any]:
    """What `dataclasses.asdict` gives, in a tenth of the time: the values are flat."""
    return vars(letter) | {
        "metadata": {name: _plain(value) for name, value in vars(letter.metadata).items()},
        "sections": [vars(section) for section in letter.sections],
    }


def decode(record: dict[str, Any]) -> Letter:
    """The letter whose `dataclasses.asdict` went through JSON."""
    # What a letter does not say is left out: it is what a field is without a value.
    metadata = {name: _stated(value) for name, value in record["metadata"].items() if value and name in _FIELDS}
    sections = tuple(_section(section) for section in record["sections"])
    body = (record["body"][0], record["body"][1])
    return Letter(record["id"], record["file"], record["text"], Metadata(**metadata), sections, body)


def _plain(value: Any) -> Any:
    if isinstance(value, tuple):
        return [vars(item) for item in value]
    return vars(value) if isinstance(value, Stated) else value


def _stated(value: Any) -> Any:
    if isinstance(value, list):
        return tuple(Stated(**item) for item in value)
    return Stated(**value)


def _section(record: dict[str, Any]) -> Section:
    return Section(**{**record, "heading_path": tuple(record["heading_path"])})
