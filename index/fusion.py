"""Joins what the searchers found about the same chunks into one score.

Each searcher's score is absolute: a share of a full match for words and bigrams, a cosine for vectors. A question whose
words the corpus does not hold (everyday words for official ones) has low shares everywhere, so that the vectors decide.
"""

from collections.abc import Mapping

import numpy as np

from index.lexical import Scores

# Measured on CMRC passages, held-out question-answer pairs and the development questions over letters: from 0.06 to
# 0.15 for the vectors all are within a point of their best, and reciprocal ranks, min-max and z-scores are worse.
WEIGHTS = {"words": 0.45, "bigrams": 0.45, "dense": 0.10}


def fuse(scores: Mapping[str, Scores], weights: Mapping[str, float] = WEIGHTS) -> Scores:
    """The weighted sum of the searchers' scores, one a chunk; a cosine below 0, and a searcher without weight, count as none."""
    parts = [np.float32(weights.get(leg, 0.0)) * np.maximum(found, 0) for leg, found in scores.items()]
    total: Scores = np.sum(parts, axis=0)
    return total
