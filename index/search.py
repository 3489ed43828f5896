"""Searches an index: a question in, ranked chunks out, and the letters themselves by id."""

import copy
import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from corpus.errors import UnknownLetter
from corpus.letter import Letter
from index.build import CHUNKS, KNOWN, PATHS
from index.engine import FIELDS, TRAITS, Engine, LocalEngine, best
from index.everyday import question_vector
from index.fusion import WEIGHTS, fuse
from index.generations import Generation, broken, current
from index.hit import Chunk, Filters, Hit
from index.letters import Letters, open_bytes
from index.lexical import Scores
from index.vectors import Rows
from index.words import bigrams, compact, content_words, words

if TYPE_CHECKING:
    from index.embedding import Embedder

_EVERYTHING = Filters()
# How many chunks each searcher proposes for the joint ranking.
_POOL = 50
_RUN = re.compile(rb"[0-9]{2}|[a-z]{2}")


class Index:
    """One generation, opened for reading; a newer one is seen by opening anew."""

    def __init__(self, generation: Generation, embedder: "Embedder") -> None:
        folder = generation.folder
        self._generation, self._embedder = generation, embedder
        self.weights: Mapping[str, float] = WEIGHTS
        self._letters = Letters(folder)
        self._table = np.load(folder / CHUNKS, allow_pickle=False)
        self._paths = [tuple(path) for path in json.loads((folder / PATHS).read_bytes())]
        self._rows = {traits["id"]: row for row, traits in enumerate(json.loads((folder / TRAITS).read_bytes()))}
        self._known = open_bytes(folder / KNOWN)
        self._engine: Engine = LocalEngine(folder, self._table[:, 0])

    def search(self, query: str, k: int = 10, filters: Filters = _EVERYTHING) -> list[Hit]:
        """The `k` best chunks of the letters that pass the filters, best first; fewer when fewer have anything in common.

        Equal scores are ordered by letter id, then by place in the letter.
        """
        rows, scores = self._scored(query, max(k, _POOL), filters)
        return self._hits(rows, scores, fuse(scores, self.weights), k)

    def legs(self, query: str, k: int = 10, filters: Filters = _EVERYTHING) -> dict[str, list[Hit]]:
        """The `k` best chunks of each searcher alone, by its name, best first; for measuring what joining them is worth."""
        rows, scores = self._scored(query, max(k, _POOL), filters)
        return {leg: self._hits(rows, scores, found, k) for leg, found in scores.items()}

    def weighing(self, weights: Mapping[str, float], embedder: "Embedder | None" = None) -> "Index":
        """The same index with other weights of its searchers (`index.fusion.WEIGHTS`), questions encoded by `embedder`.

        A searcher without weight finds nothing. The embedder must give the vectors that the index was built with.
        """
        other = copy.copy(self)
        other.weights, other._embedder = weights, embedder or self._embedder
        return other

    def letter(self, letter_id: str) -> Letter:
        """The letter of this id; UnknownLetter when there is none."""
        return self._letters.at(self._row(letter_id))

    def letters(self) -> Iterator[Letter]:
        """All letters, in the order of their ids, read one by one."""
        return (self._letters.at(row) for row in range(len(self._letters)))

    def ids(self) -> tuple[str, ...]:
        """The ids of all letters, ascending."""
        return tuple(self._rows)

    def chunks_of(self, letter_id: str) -> tuple[Chunk, ...]:
        """The chunks of a letter in their order."""
        low, high = np.searchsorted(self._table[:, 0], [self._row(letter_id), self._row(letter_id) + 1])
        return tuple(self._chunk(row) for row in range(low, high))

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

    def _scored(self, query: str, pool: int, filters: Filters) -> tuple[Rows, dict[str, Scores]]:
        """The rows that the searchers propose, ascending, and each searcher's score of every one."""
        among = self._engine.filter(filters)
        tokens = {"words": content_words(query) or words(query), "bigrams": bigrams(query)}
        vector = question_vector(query, self._embedder)
        found = [self._engine.sparse(field, tokens[field], pool, among) for field in FIELDS]
        if vector.any():
            found.append(self._engine.dense(vector, pool, among))
        rows = np.unique(np.concatenate(found)).astype(np.int64)
        scores = {field: self._engine.sparse_scores(field, tokens[field], rows) for field in FIELDS}
        scores["dense"] = self._engine.dense_scores(vector, rows)
        return rows, scores

    def _hits(self, rows: Rows, scores: Mapping[str, Scores], total: Scores, k: int) -> list[Hit]:
        """The best `k` rows by `total`; rows ascend by letter id and place, so that equal scores come in that order."""
        return [
            Hit(self._chunk(int(rows[at])), float(total[at]), {leg: float(s[at]) for leg, s in scores.items()})
            for at in best(total, k)
            if total[at] > 0
        ]

    def _row(self, letter_id: str) -> int:
        if letter_id not in self._rows:
            raise UnknownLetter(f"复文 {letter_id}", "语料中没有这件复文", "请用 fuwen corpus list 查看已有的复文")
        return self._rows[letter_id]

    def _chunk(self, row: int) -> Chunk:
        letter_row, start, end, path = (int(value) for value in self._table[row])
        letter = self._letters.at(letter_row)
        return Chunk(letter.id, start, end, letter.text[start:end], self._paths[path])


def open_index(folder: Path, embedder: "Embedder") -> Index:
    """The generation that is served in `folder`; BrokenIndex when missing, damaged or made by another embedder."""
    generation = current(folder)
    made_by = generation.manifest["embedder"]
    if made_by["fingerprint"] != embedder.fingerprint():
        raise broken(folder, f"由另一个向量模型（{made_by['name']}）建立，当前模型是 {embedder.name}")
    return Index(generation, embedder)


def _continues(pair: bytes) -> bool:
    """Whether the two bytes are of one number or one Latin word."""
    return bool(_RUN.fullmatch(pair))
