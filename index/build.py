"""Builds a complete new generation of the index from letters."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from corpus.errors import InputError
from corpus.letter import Letter, Stated
from index.chunks import chunks
from index.engine import FIELDS, TRAITS
from index.generations import Generation, publish
from index.hit import Chunk
from index.letters import write_letters
from index.lexical import write_lexical
from index.vectors import Floats, write_vectors
from index.words import bigrams, compact, words

if TYPE_CHECKING:
    from index.embedding import Embedder

CHUNKS, PATHS, KNOWN = "chunks.npy", "paths.json", "known.txt"

_BATCH = 4096


def build_index(
    letters: Sequence[Letter], folder: Path, embedder: "Embedder", *, corpus: str = "", keep_previous: bool = True
) -> Generation:
    """Publish a new generation with these letters and no others, in the order of their ids; `corpus` is their fingerprint.

    The generation before stays served until the new one is whole, and stays on disk until the next build, unless
    `keep_previous` is False.
    """
    letters = sorted(letters, key=lambda letter: letter.id)
    _refuse_twins(letters)

    def write(work: Path) -> dict[str, Any]:
        made = [chunks(letter) for letter in letters]
        _write_chunks(work, letters, made)
        _write_lexical(work, letters, made)
        write_vectors(work, _encode(embedder, letters, made))
        return {
            "corpus": corpus,
            "embedder": {"name": embedder.name, "fingerprint": embedder.fingerprint(), "dimension": embedder.dimension},
            "letters": len(letters),
            "chunks": sum(map(len, made)),
        }

    return publish(folder, write, keep_previous=keep_previous)


def _refuse_twins(letters: Sequence[Letter]) -> None:
    seen: set[str] = set()
    for letter in letters:
        if letter.id in seen:
            raise InputError(f"复文 {letter.id}", "编号重复", "请删去其中一件")
        seen.add(letter.id)


def _write_chunks(work: Path, letters: Sequence[Letter], made: Sequence[Sequence[Chunk]]) -> None:
    """Write the letters, the table of chunks (letter, start, end, heading path), the traits and the searchable text."""
    write_letters(work, letters)
    paths: dict[tuple[str, ...], int] = {}
    table = [
        (row, c.start, c.end, paths.setdefault(c.heading_path, len(paths))) for row, cs in enumerate(made) for c in cs
    ]
    np.save(work / CHUNKS, np.array(table, dtype=np.int64).reshape(-1, 4), allow_pickle=False)
    _write_json(work / PATHS, list(paths))
    _write_json(work / TRAITS, [_traits(letter) for letter in letters])
    known = "\n".join(compact(letter.name) + "\n" + compact(letter.text) for letter in letters)
    (work / KNOWN).write_bytes(f"\n{known}\n".encode(errors="surrogatepass"))


def _write_lexical(work: Path, letters: Sequence[Letter], made: Sequence[Sequence[Chunk]]) -> None:
    """Index every chunk with its letter's title, numbers, people and place and the headings above it."""
    cuts = dict(zip(FIELDS, (words, bigrams), strict=True))
    for field, cut in cuts.items():
        documents = [
            [token for part in (*_record(letter), *_above(letter, chunk), chunk.text) for token in cut(part)]
            for letter, cs in zip(letters, made, strict=True)
            for chunk in cs
        ]
        write_lexical(work, field, documents)


def _encode(embedder: "Embedder", letters: Sequence[Letter], made: Sequence[Sequence[Chunk]]) -> Floats:
    """The vectors of all chunks, each with its letter's title and the headings above it."""
    texts = ["\n".join((*_above(a, c), c.text)) for a, cs in zip(letters, made, strict=True) for c in cs]
    batches = [embedder.encode(texts[at : at + _BATCH]) for at in range(0, len(texts), _BATCH)]
    return np.concatenate(batches) if batches else np.zeros((0, embedder.dimension), dtype=np.float32)


def _above(letter: Letter, chunk: Chunk) -> list[str]:
    """The title and the headings that stand over the chunk and are not part of it."""
    title = letter.metadata.title
    return [text for text in ([title.value] if title else []) + list(chunk.heading_path) if text not in chunk.text]


def _record(letter: Letter) -> list[str]:
    """What names the letter: its numbers, its proposers, who answered and where."""
    data = letter.metadata
    named: tuple[Stated | None, ...] = (*data.numbers, *data.proposers, data.issuer, data.region, data.session)
    return [stated.value for stated in named if stated]


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
