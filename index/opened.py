"""An index opened for reading: its letters, chunks, records and words; what ranks them is in index/search.py."""

import re
from collections.abc import Callable, Iterator, Sequence
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np

from corpus.errors import UnknownLetter
from corpus.letter import Letter
from index.chunks import chunk_at
from index.engine import Engine, LocalEngine
from index.generations import MEND, Generation, OldIndex, broken, reading
from index.hit import Chunk
from index.layout import lay_out
from index.recipe import check_recipe
from index.records import Record, record_of
from index.segments import Segment
from index.words import bigrams, compact

if TYPE_CHECKING:
    from index.embedding import Embedder

__all__ = ["Opened", "Record", "open_with", "record_of", "segments_of"]

_RUN = re.compile(rb"[0-9]{2}|[a-z]{2}")
# So many bytes are read through in some ten milliseconds; where there are more, the postings say where to look.
_READ_THROUGH = 1 << 24
_FEW = 64

T = TypeVar("T")


class Opened:
    """One generation, opened for reading; a newer one is seen by opening anew."""

    def __init__(self, generation: Generation) -> None:
        self._generation = generation
        self._segments = segments_of(generation)
        self._layout = lay_out(self._segments)
        self._numbers = {letter_id: number for number, letter_id in enumerate(self._layout.ids)}
        self._local = LocalEngine(self._segments, self._layout, self._all_records)
        self._known = lru_cache(maxsize=4096)(self._knows)

    @property
    def engine(self) -> Engine:
        """What scores rows; a row is the number of a chunk, in the order of letter ids and places."""
        return self._local

    def letter(self, letter_id: str) -> Letter:
        """The letter of this id; UnknownLetter when there is none."""
        return self._letter(self._number(letter_id))

    def letters(self) -> Iterator[Letter]:
        """All letters, in the order of their ids, read one by one."""
        return (self._letter(number) for number in range(len(self._layout.ids)))

    def ids(self) -> tuple[str, ...]:
        """The ids of all letters, ascending."""
        return self._layout.ids

    def records(self) -> Iterator[Record]:
        """What is on record about every letter, in the order of their ids, read without the texts."""
        return iter(self._all_records())

    def terms(self) -> frozenset[str]:
        """The names that the letters teach the search (`index.terms`)."""
        return self._terms

    def chunks_of(self, letter_id: str) -> tuple[Chunk, ...]:
        """The chunks of a letter in their order."""
        return tuple(self.chunk(row) for row in self.rows_of(letter_id))

    def rows_of(self, letter_id: str) -> range:
        """The rows of a letter's chunks."""
        number = self._number(letter_id)
        low, high = self._layout.starts[number : number + 2].tolist()
        return range(low, high)

    def chunk(self, row: int) -> Chunk:
        """The chunk of a row."""
        segment = self._segments[int(self._layout.segments[row])]
        letter_row, start, end, path = segment.table[int(self._layout.locals[row])].tolist()
        return chunk_at(segment.letters.at(letter_row), start, end, segment.paths[path])

    def document_frequency(self, word: str) -> int:
        """The number of chunks that hold the word, their letter's title and headings counted in."""
        return self.engine.frequency("words", compact(word))

    def idf(self, word: str) -> float:
        """How rare the word is: 0 in every chunk, highest for a word in none."""
        count, frequency = self.engine.count(), self.document_frequency(word)
        return float(np.log(1 + (count - frequency + 0.5) / (frequency + 0.5)))

    def knows(self, term: str) -> bool:
        """Whether the corpus holds this exact string, white space, width and case aside; 29 is not in 2029.

        In a corpus of more than some ten thousand letters only letters are looked at that have the term's pairs of characters.
        """
        return self._known(compact(term).encode(errors="surrogatepass"))

    def info(self) -> dict[str, Any]:
        """What the manifest says: generation, dates, counts, embedder, number of segments, size in bytes."""
        manifest = dict(self._generation.manifest)
        segments = manifest.pop("segments")
        size = sum(stamp["size"] for told in segments.values() for stamp in told["files"].values())
        return {"generation": self._generation.name, **manifest, "segments": len(segments), "bytes": size}

    @property
    def damage(self) -> str:
        """Why a newer generation is not served; empty when this is the newest."""
        return self._generation.damage

    def _number(self, letter_id: str) -> int:
        if letter_id not in self._numbers:
            raise UnknownLetter(f"复文 {letter_id}", "语料中没有这件复文", "请用 fuwen corpus list 查看已有的复文")
        return self._numbers[letter_id]

    def _letter(self, number: int) -> Letter:
        segment = self._segments[int(self._layout.letter_segments[number])]
        return segment.letters.at(int(self._layout.letter_rows[number]))

    def _all_records(self) -> Sequence[Record]:
        return self._records

    @cached_property
    def _records(self) -> tuple[Record, ...]:
        homes = zip(self._layout.letter_segments.tolist(), self._layout.letter_rows.tolist(), strict=True)
        return tuple(self._segments[home].records[row] for home, row in homes)

    @cached_property
    def _terms(self) -> frozenset[str]:
        return frozenset(term for segment in self._segments for letter in segment.terms for term in letter)

    def _knows(self, sought: bytes) -> bool:
        if not sought:
            return False
        everything = sum(len(segment.known) for segment in self._segments) <= _READ_THROUGH
        pairs = [] if everything else bigrams(sought.decode(errors="surrogatepass"))
        return any(
            _stands(segment, sought, low, high)
            for home, segment in enumerate(self._segments)
            for low, high in self._where(home, segment, pairs)
        )

    def _where(self, home: int, segment: Segment, pairs: list[str]) -> Iterator[tuple[int, int]]:
        """Where in the segment to look for a string with these pairs of characters."""
        if not pairs:
            yield 0, len(segment.known)
            return
        for row in self._local.fields["bigrams"].holders(pairs, home, segment.table[:, 0], _FEW):
            yield segment.known_of(row)


def open_with(folder: Path, embedder: "Embedder", make: Callable[[Generation], T]) -> T:
    """What `make` makes of the generation that is served in `folder`.

    BrokenIndex when there is none whole, or when it was made by another embedder or by another version of the program.
    """

    def opened(generation: Generation) -> T:
        check_recipe(generation)
        made_by = generation.manifest["embedder"]
        if made_by["fingerprint"] != embedder.fingerprint():
            if made_by["name"] == embedder.name:
                # The program brought a newer model of its own, or the folder holds other weights: no choice of the user's.
                raise OldIndex(f"索引 {folder}", f"由向量模型 {embedder.name} 的另一版建立", MEND)
            raise broken(folder, f"由另一个向量模型（{made_by['name']}）建立，当前模型是 {embedder.name}")
        return make(generation)

    return reading(folder, opened)


def segments_of(generation: Generation) -> list[Segment]:
    """The segments of a generation, opened."""
    told, dimension = generation.manifest["segments"], generation.manifest["embedder"]["dimension"]
    return [Segment(folder, told[name], dimension) for name, folder in generation.segments().items()]


def _stands(segment: Segment, sought: bytes, low: int, high: int) -> bool:
    """Whether the string stands there, and not as a part of a longer number or Latin word."""
    known = segment.known
    at = known.find(sought, low, high)
    while at >= 0:
        end = at + len(sought)
        if not _RUN.fullmatch(known[at - 1 : at + 1]) and not _RUN.fullmatch(known[end - 1 : end + 1]):
            return True
        at = known.find(sought, at + 1, high)
    return False
