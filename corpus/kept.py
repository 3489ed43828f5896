"""Remembers what was read from the files of a data folder, so that a file that did not change is not read again.

One file of hashes, names and places, with its own check sum: damaged or of another format it counts as empty. It holds no
text, and nothing of a file that is no longer there.
"""

import json
from base64 import b64decode, b64encode
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from typing import Any

from corpus.errors import InputError
from corpus.store import write

# Size and time of change of a file: as long as they are the same, so is what it says.
Stamp = tuple[int, int]
DIGEST = 16


@dataclass(frozen=True, slots=True)
class Row:
    """A document of a file: its line (0 in a file of one), the id and file name that it gives, the hash of all that it says."""

    line: int
    id: str
    file: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Print:
    """What tells whether another text is the same or nearly the same: the hash of the letter's text, its longest clauses."""

    digest: bytes
    clauses: bytes


@dataclass(frozen=True, slots=True)
class Read:
    """What a file held when it was read: documents, lines that cannot be used, and the prints that somebody took."""

    stamp: Stamp
    rows: tuple[Row, ...]
    problems: tuple[tuple[str, str, str], ...]
    prints: dict[int, Print]


class Kept:
    """What is remembered of each file, by its name in the data folder."""

    def __init__(self, home: Path, version: str) -> None:
        self._home, self._version = home, version
        self._files = _load(home, version)
        self._changed = False

    def of(self, name: str, stamp: Stamp) -> Read | None:
        """What the file said, if it is still the one that was read."""
        read = self._files.get(name)
        return read if read and read.stamp == stamp and read.rows else None

    def keep(self, name: str, stamp: Stamp, rows: Sequence[Row], problems: Sequence[tuple[str, str, str]]) -> None:
        """Remember what was just read; the prints of texts that were in it before stay with them."""
        before = self._files.get(name)
        prints = _moved(before, rows) if before and before.prints else {}
        if before and before.stamp == stamp:
            prints |= before.prints
        self._files[name] = Read(stamp, tuple(rows), tuple(problems), prints)
        self._changed = True

    def mark(self, name: str, stamp: Stamp, line: int, taken: Print) -> None:
        """Remember the print of a document of a file, which need not have been read yet."""
        read = self._files.get(name)
        if read is None or read.stamp != stamp:
            # The rows come when the file is read; until then it counts as unknown. Who adds lines moves none of the others.
            read = self._files[name] = Read(stamp, (), (), dict(read.prints) if read else {})
        read.prints[line] = taken
        self._changed = True

    def print_of(self, name: str, line: int) -> Print | None:
        """The print of a document, None where nobody took it."""
        read = self._files.get(name)
        return read.prints.get(line) if read else None

    def save(self, present: Mapping[str, Stamp]) -> None:
        """Write down what is known of the files that are there, and forget the others.

        A folder that cannot be written is as good as one where nothing was remembered. There must be an index: without one every
        letter is read anyway.
        """
        there = {name: read for name, read in self._files.items() if present.get(name) == read.stamp}
        if len(there) < len(self._files):
            self._files, self._changed = there, True
        there = {name: read for name, read in there.items() if read.rows}
        if not self._changed or not self._home.parent.is_dir():
            return
        try:
            if there:
                write(self._home, _packed(there, self._version))
            else:
                self._home.unlink(missing_ok=True)
        except (InputError, OSError):
            return
        self._changed = False


def _moved(before: Read, rows: Iterable[Row]) -> dict[int, Print]:
    """The prints of the same documents in another place of the file."""
    known = {row.content: before.prints[row.line] for row in before.rows if row.line in before.prints}
    return {row.line: known[row.content] for row in rows if row.content in known}


def _packed(files: Mapping[str, Read], version: str) -> bytes:
    told = {
        name: [*read.stamp, [_row(row, read.prints.get(row.line)) for row in read.rows], read.problems]
        for name, read in files.items()
    }
    body = json.dumps([version, told], separators=(",", ":")).encode()
    return _sum(body) + b"\n" + body


def _row(row: Row, taken: Print | None) -> list[Any]:
    seen = taken.digest + taken.clauses if taken else b""
    return [row.line, row.id, row.file, b64encode(row.content + seen).decode()]


def _load(home: Path, version: str) -> dict[str, Read]:
    try:
        checked, _, body = home.read_bytes().partition(b"\n")
    except OSError:
        return {}
    if checked != _sum(body):
        return {}
    written, told = json.loads(body)
    return {name: _read(*one) for name, one in told.items()} if written == version else {}


def _read(size: int, changed: int, rows: list[Any], problems: list[Any]) -> Read:
    seen = [(line, key, file, b64decode(packed)) for line, key, file, packed in rows]
    return Read(
        (size, changed),
        tuple(Row(line, key, file, packed[:DIGEST]) for line, key, file, packed in seen),
        tuple((thing, problem, mend) for thing, problem, mend in problems),
        {
            line: Print(packed[DIGEST : 2 * DIGEST], packed[2 * DIGEST :])
            for line, _, _, packed in seen
            if packed[DIGEST:]
        },
    )


def _sum(body: bytes) -> bytes:
    return blake2b(body, digest_size=DIGEST).hexdigest().encode()
