"""Moves an everyday question towards official wording by the examples of everyday.tsv that sound like it.

An example is a question as people put it and the sentence that answers it in official words. Only the examples are
kept, never their vectors, so that another embedding model needs no new file. Their figures were invented and are gone.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.embedding import BUILTIN, Embedder, Vectors
from index.words import content_words, normalise

EXAMPLES = Path(__file__).with_name("everyday.tsv")
# How many examples a question is moved by. From 3 to 10 measure alike.
_NEAREST = 5
_FIGURE = re.compile(r"[0-9０-９][0-9０-９.,，:：]*\s*[%％‰万亿]*")
# A Unicode letter is below 2**21 and an example's number below 2**20: pair and number fit into one 64-bit integer.
_LETTER_BITS, _ROW_BITS = 21, 20


@dataclass(frozen=True)
class Expansion:
    """An example near a question: its everyday and its official wording; `weight` (0–1) is how near."""

    everyday: str
    official: str
    weight: float


class Everyday:
    """The examples, and which pairs of characters occur in which of them."""

    def __init__(self, examples: Sequence[tuple[str, str]]) -> None:
        self._examples = tuple(examples)
        count = len(self._examples)
        pairs, rows = _pairs([everyday for everyday, _ in self._examples])
        # Each pair once an example, ordered by pair: the examples of one pair stand together.
        held = np.sort(pairs << _ROW_BITS | rows)
        held = held[_first_of_kind(held)]
        pairs, self._rows = held >> _ROW_BITS, held & (1 << _ROW_BITS) - 1
        self._starts = _first_of_kind(pairs)
        self._known = pairs[self._starts]
        self._ends = np.append(self._starts[1:], len(pairs))[: len(self._starts)]
        frequency = self._ends - self._starts
        self._rarity, self._unknown = _rarity(frequency, count), float(_rarity(np.zeros(1), count)[0])
        self._sizes = np.bincount(self._rows, weights=np.repeat(self._rarity, frequency), minlength=count)

    def expand(self, question: str, k: int = _NEAREST) -> tuple[Expansion, ...]:
        """The `k` nearest examples, nearest first; fewer when fewer have a pair of characters in common with it.

        The weight is the rarity of the common pairs over the geometric mean of what either text has.
        """
        likeness = self._likeness(question)
        order = np.argsort(-likeness, kind="stable")[:k]
        return tuple(
            Expansion(everyday, official, float(likeness[row]))
            for row in order
            if likeness[row] > 0
            for everyday, official in (self._examples[row],)
        )

    @cached_property
    def vocabulary(self) -> frozenset[str]:
        """The words of the everyday sides: a question with several words beside them is about something else."""
        return frozenset(word for everyday, _ in self._examples for word in content_words(everyday))

    def move(self, question: str, vector: Vectors, embedder: Embedder) -> Vectors:
        """The question's unit vector moved towards the official wording of its nearest examples; unit length again.

        A question that sounds like no example is hardly moved: the weights are small.
        """
        near = self.expand(question)
        if not near or not vector.any():
            return vector
        weights = np.array([expansion.weight for expansion in near], dtype=np.float32)
        moved = vector + weights @ embedder.encode([expansion.official for expansion in near])
        length = float(np.linalg.norm(moved))
        return np.asarray(moved / length, dtype=np.float32) if length else vector

    def _likeness(self, question: str) -> NDArray[np.float64]:
        """The likeness of every example to the question, 0–1."""
        asked = np.unique(_pairs([question])[0])
        at = np.searchsorted(self._known, asked)
        found = [int(a) for a, pair in zip(at, asked, strict=True) if a < len(self._known) and self._known[a] == pair]
        shared = np.zeros(len(self._examples))
        for pair in found:
            shared[self._rows[self._starts[pair] : self._ends[pair]]] += self._rarity[pair]
        size = float(self._rarity[found].sum()) + (len(asked) - len(found)) * self._unknown
        both = np.sqrt(size * self._sizes)
        likeness: NDArray[np.float64] = np.divide(shared, both, out=np.zeros_like(shared), where=both > 0)
        return likeness


@cache
def open_everyday(path: Path = EXAMPLES) -> Everyday:
    """The examples that ship with Fuwen."""
    lines = path.read_text(encoding="utf-8").split("\n")
    return Everyday(
        [(everyday, official) for everyday, _, official in (line.partition("\t") for line in lines if line)]
    )


def question_vector(question: str, embedder: Embedder) -> Vectors:
    """The unit vector to search with: moved for the built-in model, as it is for others, with which this is unmeasured."""
    vector: Vectors = embedder.encode([question], query=True)[0]
    return open_everyday().move(question, vector, embedder) if embedder.name == BUILTIN else vector


def write_examples(path: Path = EXAMPLES) -> None:
    """Write the questions of the training rows beside their answers; held-out matters stay out, to measure with."""
    from index.training.rows import read_everyday, split_everyday

    rows = [row for row in split_everyday(read_everyday())[0] if row.kind in ("qa", "hard")]
    lines = dict.fromkeys(f"{_on_one_line(row.a)}\t{_on_one_line(_FIGURE.sub('', row.b))}" for row in rows)
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _pairs(texts: Sequence[str]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The pairs of neighbouring letters or digits of the texts, as numbers, and the text that each stands in."""
    joined = normalise("\n".join(text.replace("\n", " ") for text in texts))
    letters = np.frombuffer(joined.encode("utf-32-le", errors="surrogatepass"), dtype=np.uint32).astype(np.int64)
    spoken = np.fromiter(map(str.isalnum, joined), dtype=bool, count=len(joined))
    whole = np.flatnonzero(spoken[:-1] & spoken[1:])
    return letters[whole] << _LETTER_BITS | letters[whole + 1], np.cumsum(letters == ord("\n"))[whole]


def _first_of_kind(ordered: NDArray[np.int64]) -> NDArray[np.int64]:
    return np.flatnonzero(np.diff(ordered, prepend=-1))


def _rarity(frequency: NDArray[Any], count: int) -> NDArray[np.float64]:
    return np.asarray(np.log(1 + (count - frequency + 0.5) / (frequency + 0.5)), dtype=np.float64)


def _on_one_line(text: str) -> str:
    return " ".join(text.split())
