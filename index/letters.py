"""Keeps letters in an index folder, one JSON line each, so that one is read without parsing the others."""

import json
import mmap
from collections.abc import Iterable
from dataclasses import fields
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np

from corpus.errors import InputError
from corpus.letter import Letter, Metadata, Section, Stated

_LINES, _OFFSETS, _SPOOL = "letters.jsonl", "letters.offsets.npy", "letters.spool"


class Letters:
    """The letters of a generation by row number, read when asked for and kept while they are in use."""

    def __init__(self, folder: Path) -> None:
        self._bytes = open_bytes(folder / _LINES)
        self._offsets = np.load(folder / _OFFSETS, allow_pickle=False)
        self.at = lru_cache(maxsize=256)(self.read)

    def __len__(self) -> int:
        return len(self._offsets) - 1

    def read(self, row: int) -> Letter:
        """The letter of a row; `at` keeps those that were looked at last."""
        return decode(json.loads(self._bytes[int(self._offsets[row]) : int(self._offsets[row + 1])]))


def write_letters(folder: Path, letters: Iterable[Letter]) -> None:
    """Write the letters in the order of their ids, and where each one starts; InputError for two of one id.

    They may come in any order and are not held in memory: what comes is written first and put in order afterwards.
    """
    spans: dict[str, tuple[int, int]] = {}
    spool, at = folder / _SPOOL, 0
    with spool.open("wb") as file:
        for letter in letters:
            if letter.id in spans:
                raise InputError(f"复文 {letter.id}", "编号重复", "请删去其中一件")
            line = json.dumps(record_of(letter), ensure_ascii=False) + "\n"
            size = file.write(line.encode(errors="surrogatepass"))
            spans[letter.id] = at, at + size
            at += size
    ordered = [spans[key] for key in sorted(spans)]
    written = open_bytes(spool)
    with (folder / _LINES).open("wb") as file:
        for start, end in ordered:
            file.write(written[start:end])
    spool.unlink()
    sizes = [0, *(end - start for start, end in ordered)]
    np.save(folder / _OFFSETS, np.cumsum(sizes, dtype=np.int64), allow_pickle=False)


def record_of(letter: Letter) -> dict[str, Any]:
    """What `dataclasses.asdict` gives, in a tenth of the time: the values are flat."""
    return vars(letter) | {
        "metadata": {name: _plain(value) for name, value in vars(letter.metadata).items()},
        "sections": [vars(section) for section in letter.sections],
    }


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


def _plain(value: Any) -> Any:
    if isinstance(value, tuple):
        return [vars(item) for item in value]
    return vars(value) if isinstance(value, Stated) else value


def _stated(value: Any) -> Any:
    if isinstance(value, list):
        return tuple(Stated(**item) for item in value)
    return None if value is None else Stated(**value)


def _section(record: dict[str, Any]) -> Section:
    return Section(**{**record, "heading_path": tuple(record["heading_path"])})
