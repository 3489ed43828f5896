"""Builds a complete new generation of the index from letters."""

import json
from array import array
from collections.abc import Iterable, Mapping
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryFile
from typing import TYPE_CHECKING, Any, BinaryIO

import numpy as np

from corpus.letter import Letter
from index.chunks import chunks
from index.engine import FIELDS, TRAITS
from index.generations import Generation, publish
from index.letters import Letters, write_letters
from index.lexical import Counted
from index.searchable import encoded, indexed, keys
from index.vectors import Gathered
from index.words import bigrams, compact, words

if TYPE_CHECKING:
    from index.embedding import Embedder

CHUNKS, PATHS, KNOWN, SOURCES = "chunks.npy", "paths.json", "known.txt", "sources.json"

_BATCH = 2048
# The field that also holds the keys of exact look-up (index.lookup).
EXACT = "words"


def build_index(
    letters: Iterable[Letter],
    folder: Path,
    embedder: "Embedder",
    *,
    corpus: str = "",
    keep_previous: bool = True,
    sources: Mapping[str, str] | None = None,
) -> Generation:
    """Publish a new generation with these letters and no others, in the order of their ids; `corpus` is their fingerprint.

    The letters may come one by one: no more than a few are held at a time. `sources` says by id what each was made from; it is
    looked at when the last letter has come. The generation before stays served until the new one is whole, and stays on disk until
    the next build, unless `keep_previous` is False.
    """

    def write(work: Path) -> dict[str, Any]:
        write_letters(work, letters)
        stored = Letters(work)
        count = _write_chunks(work, stored, embedder)
        _write_json(work / SOURCES, dict(sources or {}))
        return {
            "corpus": corpus,
            "embedder": {"name": embedder.name, "fingerprint": embedder.fingerprint(), "dimension": embedder.dimension},
            "letters": len(stored),
            "chunks": count,
        }

    return publish(folder, write, keep_previous=keep_previous)


def _write_chunks(work: Path, letters: Letters, embedder: "Embedder") -> int:
    """Write all that is known of the chunks, letter by letter: their table, traits, searchable text, words, vectors; their number."""
    paths: dict[tuple[str, ...], int] = {}
    table = array("q")
    traits: list[dict[str, str | None]] = []
    with ExitStack() as stack:
        # What is known of all chunks waits on disk, in files without a name.
        spools = [stack.enter_context(TemporaryFile(dir=work)) for _ in range(len(FIELDS) + 1)]
        fields = {
            field: (cut, Counted(spool)) for field, cut, spool in zip(FIELDS, (words, bigrams), spools[1:], strict=True)
        }
        vectors = _Encoded(embedder, spools[0])
        known = stack.enter_context((work / KNOWN).open("wb"))
        known.write(b"\n")
        for row in range(len(letters)):
            letter = letters.read(row)
            known.write(f"{compact(letter.name)}\n{compact(letter.text)}\n".encode(errors="surrogatepass"))
            traits.append(_traits(letter))
            for chunk in chunks(letter):
                table.extend((row, chunk.start, chunk.end, paths.setdefault(chunk.heading_path, len(paths))))
                texts, exact = indexed(letter, chunk), keys(letter, chunk)
                for field, (cut, counted) in fields.items():
                    counted.add((*(token for text in texts for token in cut(text)), *(exact if field == EXACT else ())))
                vectors.add(encoded(letter, chunk))
        vectors.write(work)
        for field, (_, counted) in fields.items():
            counted.write(work, field)
    np.save(work / CHUNKS, np.array(table, dtype=np.int64).reshape(-1, 4), allow_pickle=False)
    _write_json(work / PATHS, list(paths))
    _write_json(work / TRAITS, traits)
    return len(table) // 4


class _Encoded:
    """The vectors of texts that come one by one."""

    def __init__(self, embedder: "Embedder", spool: BinaryIO) -> None:
        self._embedder = embedder
        self._waiting: list[str] = []
        self._done = Gathered(spool, embedder.dimension)

    def add(self, text: str) -> None:
        """The next text; vectors are made for many at once."""
        self._waiting.append(text)
        if len(self._waiting) == _BATCH:
            self._encode()

    def write(self, folder: Path) -> None:
        """Write the index of the vectors, a row a text."""
        self._encode()
        self._done.write(folder)

    def _encode(self) -> None:
        if self._waiting:
            self._done.add(self._embedder.encode(self._waiting))
        self._waiting = []


def _traits(letter: Letter) -> dict[str, str | None]:
    """What filters look at, in the form in which they compare it."""
    data = letter.metadata
    dated = data.date or data.publish_date
    return {
        "id": letter.id,
        "region": compact(data.region.value) if data.region else None,
        "year": dated.value[:4] if dated else None,
        "kind": compact(data.kind.value) if data.kind else None,
    }


def _write_json(path: Path, value: object) -> None:
    path.write_text(json.dumps(value, ensure_ascii=False), encoding="utf-8", errors="surrogatepass")
