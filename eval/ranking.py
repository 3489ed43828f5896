"""Measures of a ranking as the field defines them: Success@k, Recall@k, nDCG@k, RR@k (equal to ir_measures)."""

from collections.abc import Sequence
from math import log2

# How many hits are asked for and looked at.
DEPTH = 10


def success_at(gains: Sequence[float], k: int) -> float:
    """1.0 when one of the first k is relevant (gain above 0), else 0.0."""
    return float(any(gain > 0 for gain in gains[:k]))


def recall_at(gains: Sequence[float], relevant: int, k: int) -> float:
    """The share of all `relevant` things that stand among the first k; `relevant` is at least 1."""
    return sum(gain > 0 for gain in gains[:k]) / relevant


def reciprocal_rank_at(gains: Sequence[float], k: int) -> float:
    """1 / rank of the first relevant thing among the first k, else 0.0."""
    return next((1 / rank for rank, gain in enumerate(gains[:k], 1) if gain > 0), 0.0)


def ndcg_at(gains: Sequence[float], ideal: Sequence[float], k: int) -> float:
    """Discounted gain of the first k over that of the best order of `ideal`, the gains of all judged things.

    >>> round(ndcg_at([0, 1], [1], 10), 4)
    0.6309
    """
    best = _discounted(sorted(ideal, reverse=True)[:k])
    return _discounted(gains[:k]) / best if best else 0.0


def _discounted(gains: Sequence[float]) -> float:
    return sum(gain / log2(rank + 1) for rank, gain in enumerate(gains, 1))
