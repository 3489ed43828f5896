"""Searches an index: a question in, ranked chunks out."""

import copy
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from index.engine import FIELDS, best
from index.everyday import question_vector
from index.fusion import WEIGHTS, fuse
from index.generations import Generation
from index.hit import Filters, Hit
from index.lexical import Scores
from index.opened import Opened, generation_of
from index.vectors import Rows
from index.words import bigrams, content_words, words

if TYPE_CHECKING:
    from index.embedding import Embedder

_EVERYTHING = Filters()
# How many chunks each searcher proposes for the joint ranking.
_POOL = 50


class Index(Opened):
    """An opened index that ranks what it holds for a question."""

    def __init__(self, generation: Generation, embedder: "Embedder") -> None:
        super().__init__(generation)
        self._embedder = embedder
        self.weights: Mapping[str, float] = WEIGHTS

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

    def _scored(self, query: str, pool: int, filters: Filters) -> tuple[Rows, dict[str, Scores]]:
        """The rows that the searchers propose, ascending, and each searcher's score of every one."""
        among = self.engine.filter(filters)
        tokens = {"words": content_words(query) or words(query), "bigrams": bigrams(query)}
        vector = question_vector(query, self._embedder)
        found = [self.engine.sparse(field, tokens[field], pool, among) for field in FIELDS]
        if vector.any():
            found.append(self.engine.dense(vector, pool, among))
        rows = np.unique(np.concatenate(found)).astype(np.int64)
        scores = {field: self.engine.sparse_scores(field, tokens[field], rows) for field in FIELDS}
        scores["dense"] = self.engine.dense_scores(vector, rows)
        return rows, scores

    def _hits(self, rows: Rows, scores: Mapping[str, Scores], total: Scores, k: int) -> list[Hit]:
        """The best `k` rows by `total`; rows ascend by letter id and place, so that equal scores come in that order."""
        return [
            Hit(self.chunk(int(rows[at])), float(total[at]), {leg: float(s[at]) for leg, s in scores.items()})
            for at in best(total, k)
            if total[at] > 0
        ]


def open_index(folder: Path, embedder: "Embedder") -> Index:
    """The generation that is served in `folder`; BrokenIndex when missing, damaged or made by another embedder."""
    return Index(generation_of(folder, embedder), embedder)
