"""An index opened for reading: its letters, chunks, records and words; what ranks them is in index/search.py."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from corpus.errors import UnknownLetter
from corpus.letter import Letter, Stated
from index.build import CHUNKS, KNOWN, PATHS
from index.chunks import chunk_at
from index.engine import TRAITS, Engine, LocalEngine
from index.generations import Generation, broken, current
from index.hit import Chunk
from index.letters import Letters, open_bytes
from index.words import compact

if TYPE_CHECKING:
    from index.embedding import Embedder

_RUN = re.compile(rb"[0-9]{2}|[a-z]{2}")


@dataclass(frozen=True)
class Record:
    """What is on record about a letter, without its text: the plain values of its metadata that are known.

    `values` maps the name of a field of `Metadata` to its value, or to a tuple of values for `numbers`, `proposers`,
    `co_organs` and `further_titles`; a field that the letter does not state is absent.
    """

    id: str
    file: str
    values: Mapping[str, str | tuple[str, ...]]

    def one(self, field: str) -> str | None:
        """The value of a field that holds one, None where it is unsaid."""
        value = self.values.get(field)
        return value if isinstance(value, str) else None

    def many(self, field: str) -> tuple[str, ...]:
        """The values of a field that holds several, () where it is unsaid."""
        value = self.values.get(field, ())
        return (value,) if isinstance(value, str) else tuple(value)


def record_of(letter: Letter) -> Record:
    """The record of a letter.

    >>> record_of(Letter("1", "1.txt", "…")).many("numbers")
    ()
    """
    values: dict[str, str | tuple[str, ...]] = {}
    for name, value in vars(letter.metadata).items():
        if isinstance(value, Stated):
            values[name] = value.value
        elif value:
            values[name] = tuple(item.value for item in value)
    return Record(letter.id, letter.file, values)


class Opened:
    """One generation, opened for reading; a newer one is seen by opening anew."""

    def __init__(self, generation: Generation) -> None:
        folder = generation.folder
        self._generation = generation
        self._letters = Letters(folder)
        self._table = np.load(folder / CHUNKS, allow_pickle=False)
        self._paths = [tuple(path) for path in json.loads((folder / PATHS).read_bytes())]
        self._rows = {traits["id"]: row for row, traits in enumerate(json.loads((folder / TRAITS).read_bytes()))}
        self._known = open_bytes(folder / KNOWN)
        self._engine: Engine = LocalEngine(folder, self._table[:, 0])

    @property
    def engine(self) -> Engine:
        """What scores rows; a row is the number of a chunk."""
        return self._engine

    def letter(self, letter_id: str) -> Letter:
        """The letter of this id; UnknownLetter when there is none."""
        return self._letters.at(self._row(letter_id))

    def letters(self) -> Iterator[Letter]:
        """All letters, in the order of their ids, read one by one."""
        return (self._letters.at(row) for row in range(len(self._letters)))

    def ids(self) -> tuple[str, ...]:
        """The ids of all letters, ascending."""
        return tuple(self._rows)

    def records(self) -> Iterator[Record]:
        """What is on record about every letter, in the order of their ids, read without the texts."""
        return (record_of(letter) for letter in self.letters())

    @cached_property
    def _terms(self) -> frozenset[str]:
        return frozenset()

    def terms(self) -> frozenset[str]:
        """The names that the letters teach the search (`index.terms`)."""
        return self._terms

    def chunks_of(self, letter_id: str) -> tuple[Chunk, ...]:
        """The chunks of a letter in their order."""
        low, high = np.searchsorted(self._table[:, 0], [self._row(letter_id), self._row(letter_id) + 1])
        return tuple(self.chunk(row) for row in range(low, high))

    def document_frequency(self, word: str) -> int:
        """The number of chunks that hold the word, their letter's title and headings counted in."""
        return self._engine.frequency("words", compact(word))

    def idf(self, word: str) -> float:
        """How rare the word is: 0 in every chunk, highest for a word in none."""
        count, frequency = self._engine.count(), self.document_frequency(word)
        return float(np.log(1 + (count - frequency + 0.5) / (frequency + 0.5)))

    def knows(self, term: str) -> bool:
        """Whether the corpus holds this exact string, white space, width and case aside; 29 is not in 2029."""
        sought = compact(term).encode(errors="surrogatepass")
        if not sought:
            return False
        at = self._known.find(sought)
        while at >= 0:
            if not _continues(self._known[at - 1 : at + 1]) and not _continues(
                self._known[at + len(sought) - 1 : at + len(sought) + 1]
            ):
                return True
            at = self._known.find(sought, at + 1)
        return False

    def info(self) -> dict[str, Any]:
        """What the manifest says: generation, dates, counts, embedder, size in bytes."""
        manifest = {key: value for key, value in self._generation.manifest.items() if key != "files"}
        size = sum(stamp["size"] for stamp in self._generation.manifest["files"].values())
        return {"generation": self._generation.name, **manifest, "bytes": size}

    def chunk(self, row: int) -> Chunk:
        """The chunk of a row."""
        letter_row, start, end, path = (int(value) for value in self._table[row])
        letter = self._letters.at(letter_row)
        return chunk_at(letter, start, end, self._paths[path])

    def _row(self, letter_id: str) -> int:
        if letter_id not in self._rows:
            raise UnknownLetter(f"复文 {letter_id}", "语料中没有这件复文", "请用 fuwen corpus list 查看已有的复文")
        return self._rows[letter_id]


def generation_of(folder: Path, embedder: "Embedder") -> Generation:
    """The generation that is served in `folder`; BrokenIndex when missing, damaged or made by another embedder."""
    generation = current(folder)
    made_by = generation.manifest["embedder"]
    if made_by["fingerprint"] != embedder.fingerprint():
        raise broken(folder, f"由另一个向量模型（{made_by['name']}）建立，当前模型是 {embedder.name}")
    return generation


def _continues(pair: bytes) -> bool:
    """Whether the two bytes are of one number or one Latin word."""
    return bool(_RUN.fullmatch(pair))
