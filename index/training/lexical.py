"""A plain BM25 over words and character bigrams, the yardstick beside which the embedding model is measured."""

import math
from collections import Counter, defaultdict
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from index.words import bigrams, words

K1, B = 1.2, 0.75


def terms(text: str) -> Counter[str]:
    """The words and the pairs of neighbouring characters of a text, with their counts."""
    return Counter(words(text)) + Counter("~" + pair for pair in bigrams(text))


class LexicalScores:
    """BM25 scores of a fixed pool of texts."""

    def __init__(self, pool: Sequence[str]) -> None:
        counted = [terms(text) for text in pool]
        lengths = [sum(each.values()) for each in counted]
        mean = sum(lengths) / len(lengths)
        self._size = len(pool)
        self._postings: defaultdict[str, list[tuple[int, float]]] = defaultdict(list)
        for index, (each, length) in enumerate(zip(counted, lengths, strict=True)):
            for term, count in each.items():
                part = count * (K1 + 1) / (count + K1 * (1 - B + B * length / mean))
                self._postings[term].append((index, part))

    def score(self, questions: Sequence[str]) -> NDArray[np.float32]:
        """Scores of shape [questions, pool]."""
        scores = np.zeros((len(questions), self._size), np.float32)
        for row, question in enumerate(questions):
            for term in terms(question):
                rarity = self._rarity(term)
                for index, part in self._postings.get(term, []):
                    scores[row, index] += rarity * part
        return scores

    def ideal(self, questions: Sequence[str]) -> NDArray[np.float32]:
        """The score of a text of mean length that holds every term of the question once, of shape [questions, 1]."""
        found = [[sum(map(self._rarity, terms(question)))] for question in questions]
        return np.asarray(found, dtype=np.float32)

    def _rarity(self, term: str) -> float:
        holders = len(self._postings.get(term, []))
        return math.log(1 + (self._size - holders + 0.5) / (holders + 0.5))
