"""Measures how near the nearest sentence of a chunk is to a question; what was encoded is kept for the next question."""

import re
from collections.abc import Sequence

import numpy as np

from index.embedding import BUILTIN, Embedder, Vectors
from index.formulas import without_formulas
from index.hit import Chunk

_STOP = re.compile(r"[。！？!?；;\n]")
_SHORTEST = 4
# Chunks whose sentences are kept, some 6 KB each.
_KEPT = 4096


class Closeness:
    """The vectors of the sentences of chunks that were looked at. Only the built-in model is quick enough for it."""

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder
        self._kept: dict[tuple[str, int, int], Vectors] = {}

    def nearest(self, vector: Vectors, chunks: Sequence[Chunk], otherwise: Sequence[float]) -> list[float]:
        """The cosine of each chunk's nearest sentence, at least 0; `otherwise` (of the chunks) for a model that is too slow."""
        if self._embedder.name != BUILTIN or not vector.any():
            return list(otherwise)
        self._learn([chunk for chunk in chunks if _key(chunk) not in self._kept])
        return [max(0.0, round(float((self._kept[_key(chunk)] @ vector).max()), 6)) for chunk in chunks]

    def _learn(self, chunks: Sequence[Chunk]) -> None:
        if len(self._kept) + len(chunks) > _KEPT:
            self._kept = {}
        parts = [sentences_of(chunk.text) for chunk in chunks]
        encoded = self._embedder.encode([text for part in parts for text in part]) if parts else np.zeros((0, 0))
        at = 0
        for chunk, part in zip(chunks, parts, strict=True):
            self._kept[_key(chunk)] = np.asarray(encoded[at : at + len(part)], dtype=np.float32)
            at += len(part)


def sentences_of(text: str) -> list[str]:
    """The sentences of the text that say something; the text itself where it has none.

    >>> sentences_of("提案收悉。全市有高企12家。")
    ['全市有高企12家']
    """
    return [part for part in _STOP.split(without_formulas(text)) if len(part.strip()) >= _SHORTEST] or [text]


def _key(chunk: Chunk) -> tuple[str, int, int]:
    return chunk.letter, chunk.start, chunk.end
