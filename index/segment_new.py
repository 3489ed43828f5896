"""Makes a segment from letters: cuts them into chunks, counts their words, encodes them."""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from corpus.letter import Letter
from index.arrays import ends_of, save, save_json
from index.chunks import chunks
from index.generations import sealed
from index.hit import Chunk
from index.letters import line_of, write_letters
from index.postings import Counted
from index.records import record_of
from index.searchable import encoded, indexed, keys
from index.segments import EAGER, IDS, KNOWN, KNOWN_STARTS, PATHS, RECORDS, SOURCES, TABLE, TERMS
from index.terms import terms_of
from index.vectors import Codes, encode, write_codes
from index.words import bigrams, compact, words

if TYPE_CHECKING:
    from index.embedding import Embedder

# What names a letter and stands over its chunks is cut for each of them.
_CUTTERS: dict[str, Callable[[str], list[str]]] = {
    "words": lru_cache(maxsize=64)(words),
    "bigrams": lru_cache(maxsize=64)(bigrams),
}
# The field that also holds the keys of exact look-up (index.lookup).
_EXACT = "words"
_BATCH = 1024


@dataclass(frozen=True)
class Cut:
    """A letter with its chunks and what it was made from."""

    letter: Letter
    chunks: tuple[Chunk, ...]
    source: str


def cut(letter: Letter, source: str = "") -> Cut:
    """The letter, cut into its chunks."""
    return Cut(letter, chunks(letter), source)


def write_segment(folder: Path, letters: Sequence[Cut], embedder: "Embedder") -> dict[str, Any]:
    """Fill the folder with the letters; what the manifest says of it."""
    letters = sorted(letters, key=lambda each: each.letter.id)
    with ThreadPoolExecutor(max_workers=1) as beside:
        # Counting words keeps one core busy, encoding the other.
        codes = _Encoding(embedder, beside)
        counted = {field: Counted() for field in _CUTTERS}
        for letter, chunk in ((each.letter, chunk) for each in letters for chunk in each.chunks):
            codes.add(encoded(letter, chunk))
            texts, exact = indexed(letter, chunk), keys(letter, chunk)
            for field, cutter in _CUTTERS.items():
                found = [token for text in texts for token in cutter(text)]
                counted[field].add([*found, *exact] if field == _EXACT else found)
        write_codes(folder, codes.all())
    for field, tokens in counted.items():
        tokens.write(folder, field)
    write_letters(folder, (line_of(each.letter) for each in letters))
    _write_table(folder, letters)
    _write_known(folder, (each.letter for each in letters))
    write_lists(
        folder,
        ids=[each.letter.id for each in letters],
        sources=[each.source for each in letters],
        records=[_plain(each.letter) for each in letters],
        terms=[list(terms_of(each.letter)) for each in letters],
    )
    return seal(folder, len(letters), sum(len(each.chunks) for each in letters))


def write_lists(
    folder: Path, *, ids: list[str], sources: list[str], records: list[dict[str, Any]], terms: list[list[str]]
) -> None:
    """Write what is kept as JSON, a value for each letter."""
    for file, values in ((IDS, ids), (SOURCES, sources), (RECORDS, records), (TERMS, terms)):
        save_json(folder / file, values)


def seal(folder: Path, letters: int, chunks: int) -> dict[str, Any]:
    """Make a segment durable; what the manifest says of it."""
    return {"letters": letters, "chunks": chunks, "files": sealed(folder, EAGER)}


class _Encoding:
    """The codes of texts that come one by one, encoded in another thread, many at once."""

    def __init__(self, embedder: "Embedder", beside: ThreadPoolExecutor) -> None:
        self._embedder, self._beside = embedder, beside
        self._waiting: list[str] = []
        self._made: list[Future[Codes]] = []

    def add(self, text: str) -> None:
        self._waiting.append(text)
        if len(self._waiting) == _BATCH:
            self._send()

    def all(self) -> Codes:
        """The codes of all texts, a row each."""
        self._send()
        empty = np.zeros((0, self._embedder.dimension), dtype=np.uint8)
        return np.concatenate([empty, *(made.result() for made in self._made)])

    def _send(self) -> None:
        texts, self._waiting = self._waiting, []
        if texts:
            self._made.append(self._beside.submit(lambda: encode(self._embedder.encode(texts))))


def _plain(letter: Letter) -> dict[str, Any]:
    record = record_of(letter)
    return {"id": record.id, "file": record.file, **record.values}


def _write_table(folder: Path, letters: Sequence[Cut]) -> None:
    paths: dict[tuple[str, ...], int] = {}
    table = [
        (row, chunk.start, chunk.end, paths.setdefault(chunk.heading_path, len(paths)))
        for row, each in enumerate(letters)
        for chunk in each.chunks
    ]
    save(folder / TABLE, np.array(table, dtype=np.int32).reshape(-1, 4), np.int32)
    save_json(folder / PATHS, list(paths))


def _write_known(folder: Path, letters: Iterator[Letter]) -> None:
    sizes = []
    with (folder / KNOWN).open("wb") as file:
        for letter in letters:
            sizes.append(file.write(known_of(letter)))
    save(folder / KNOWN_STARTS, ends_of(sizes), np.int64)


def known_of(letter: Letter) -> bytes:
    """What is searched of a letter for exact strings."""
    return f"\n{compact(letter.name)}\n{compact(letter.text)}\n".encode(errors="surrogatepass")
