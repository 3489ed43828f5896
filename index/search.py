"""Searches an index: a question in, ranked hits out, each with why it was found."""

import copy
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from index.bring import bring
from index.choose import letters_passing, regions_of
from index.closeness import Closeness
from index.engine import FIELDS, best
from index.everyday import question_vector
from index.fusion import fuse
from index.generations import Generation
from index.hit import Filters, Hit
from index.lexical import Scores
from index.opened import Opened, open_with
from index.question import Question, prepare
from index.ranking import PairScorer, examine, placed, propose, rank, reordered, strangeness
from index.rerank import Candidate, read_weights
from index.vectors import Floats, Rows

if TYPE_CHECKING:
    from index.embedding import Embedder

_EVERYTHING = Filters()
# How many chunks each searcher proposes for the joint ranking.
_POOL = 50


class Index(Opened):
    """An opened index that ranks what it holds for a question."""

    def __init__(self, generation: Generation, embedder: "Embedder") -> None:
        super().__init__(generation)
        self._embedder, self._closeness = embedder, Closeness(embedder)
        self.weights: Mapping[str, float] | None = None
        self._model: PairScorer | None = None
        # The folder that may hold a thesaurus of the user's own.
        self.home: Path | None = None

    def search(self, query: str, k: int = 10, filters: Filters = _EVERYTHING) -> list[Hit]:
        """The `k` best hits in the letters that pass the filters, best first; fewer when fewer have anything in common.

        A hit is a chunk, or several neighbouring ones where a list is asked for. Equal scores are ordered by letter id, then by
        place in the letter.
        """
        question = self._prepared(query)
        rows, scores, vector = self._scored(question, max(k, _POOL), filters)
        if self.weights is not None:
            return self._hits(rows, scores, fuse(scores, self.weights), k)
        candidates = propose(self, question, rows, scores)
        question = placed(question, candidates)
        ranked = rank(candidates, self._closeness, question, rows, scores, vector)
        if self._model is not None:
            ranked = reordered(ranked, query, self._model)
        return bring(question, ranked, self.chunks_of)[:k]

    @property
    def weighed_by(self) -> Mapping[str, float]:
        """The weights in force: of the searchers alone where they were set, else of all features."""
        return self.weights if self.weights is not None else read_weights()

    def legs(self, query: str, k: int = 10, filters: Filters = _EVERYTHING) -> dict[str, list[Hit]]:
        """The `k` best chunks of each searcher alone, by its name, best first; for measuring what joining them is worth."""
        rows, scores, _ = self._scored(self._prepared(query), max(k, _POOL), filters)
        return {leg: self._hits(rows, scores, found, k) for leg, found in scores.items()}

    def examined(self, query: str, filters: Filters = _EVERYTHING) -> list[tuple[Candidate, dict[str, float]]]:
        """The chunks that are looked at closely, with their features (`index.rerank`); for fitting the weights of these."""
        question = self._prepared(query)
        rows, scores, vector = self._scored(question, _POOL, filters)
        candidates, strange = propose(self, question, rows, scores), strangeness(scores)
        question = placed(question, candidates)
        return [(c, found) for c, found, _ in examine(candidates, self._closeness, question, strange, vector)]

    def weighing(self, weights: Mapping[str, float] | None, embedder: "Embedder | None" = None) -> "Index":
        """The same index ordered by the searchers' weighted scores alone (`index.fusion`), questions encoded by `embedder`.

        A searcher without weight finds nothing; None orders by all that is known. The embedder must give the vectors that the
        index was built with.
        """
        other = copy.copy(self)
        other.weights, other._embedder = weights, embedder or self._embedder
        return other

    def reading(self, model: PairScorer | None) -> "Index":
        """The same index, its best hits put in order by a model that reads question and text together; None for none."""
        other = copy.copy(self)
        other._model = model
        return other

    def _prepared(self, query: str) -> Question:
        return prepare(query, self.idf, self.terms(), self.home)

    def _scored(self, question: Question, pool: int, filters: Filters) -> tuple[Rows, dict[str, Scores], Floats]:
        """The rows that the searchers propose, ascending, each searcher's score of every one, and the question's vector."""
        among = self._among(filters)
        vector = question_vector(question.text, self._embedder)
        found = [self.engine.sparse(field, question.tokens[field], pool, among) for field in FIELDS]
        exact = [thing.key for thing in question.sought]
        for tokens in (question.meant, exact):
            if tokens and self.weights is None:
                found.append(self.engine.sparse("words", tokens, pool, among))
        if vector.any():
            found.append(self.engine.dense(vector, pool, among))
        rows = np.unique(np.concatenate(found)).astype(np.int64)
        scores = {field: self.engine.sparse_scores(field, question.tokens[field], rows) for field in FIELDS}
        scores["dense"] = self.engine.dense_scores(vector, rows)
        return rows, scores, vector

    def regions(self) -> tuple[str, ...]:
        """The places that the letters come from, in the order of their names."""
        return regions_of(self.records())

    def _among(self, filters: Filters) -> Rows | None:
        """The rows that pass the filters, ascending; None when all do."""
        rows = self.engine.filter(filters)
        chosen = letters_passing(self.records(), filters) if filters.issuer or filters.letter else None
        if chosen is None:
            return rows
        passing = np.array(sorted(row for letter in chosen for row in self.rows_of(letter)), dtype=np.int64)
        return passing if rows is None else np.intersect1d(rows, passing)

    def _hits(self, rows: Rows, scores: Mapping[str, Scores], total: Scores, k: int) -> list[Hit]:
        """The best `k` rows by `total`; rows ascend by letter id and place, so that equal scores come in that order."""
        return [
            Hit(self.chunk(int(rows[at])), float(total[at]), {leg: float(s[at]) for leg, s in scores.items()})
            for at in best(total, k)
            if total[at] > 0
        ]


def open_index(folder: Path, embedder: "Embedder") -> Index:
    """The generation that is served in `folder`; BrokenIndex when missing, damaged or made by another embedder."""
    return open_with(folder, embedder, lambda generation: Index(generation, embedder))
