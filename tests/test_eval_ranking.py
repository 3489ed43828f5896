"""Ranking measures equal those of ir_measures on random runs."""

import ir_measures
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ir_measures import RR, R, Success, nDCG

from eval.ranking import ndcg_at, recall_at, reciprocal_rank_at, success_at


def test_a_worked_example() -> None:
    """Gains 0, 2, 0, 1 with a further 1 never found.

    DCG = 2/log2(3) + 1/log2(5) = 1.26186 + 0.43068 = 1.69254; ideal 2, 1, 1: 2 + 0.63093 + 0.5 = 3.13093;
    nDCG = 0.54059. Recall@4 = 2 of 3; RR = 1/2.
    """
    gains = [0.0, 2.0, 0.0, 1.0]
    assert ndcg_at(gains, [2.0, 1.0, 1.0], 10) == pytest.approx(0.54059, abs=1e-5)
    assert recall_at(gains, 3, 4) == pytest.approx(2 / 3)
    assert reciprocal_rank_at(gains, 10) == 0.5
    assert (success_at(gains, 1), success_at(gains, 2)) == (0.0, 1.0)


@settings(deadline=None, max_examples=60)
@given(st.lists(st.integers(0, 3), min_size=1, max_size=25), st.lists(st.integers(1, 3), max_size=5))
def test_they_equal_ir_measures_on_random_runs(ranked: list[int], unfound: list[int]) -> None:
    judged = {f"d{n}": gain for n, gain in enumerate(ranked)} | {f"u{n}": gain for n, gain in enumerate(unfound)}
    relevant = sum(gain > 0 for gain in judged.values())
    run = {"q": {f"d{n}": float(len(ranked) - n) for n in range(len(ranked))}}
    theirs = ir_measures.calc_aggregate(
        [nDCG @ 10, R @ 5, R @ 10, RR @ 10, Success @ 1, Success @ 5], {"q": judged}, run
    )
    gains = [float(gain) for gain in ranked]
    assert ndcg_at(gains, [float(gain) for gain in judged.values()], 10) == pytest.approx(theirs[nDCG @ 10])
    assert reciprocal_rank_at(gains, 10) == pytest.approx(theirs[RR @ 10])
    for k in (1, 5):
        assert success_at(gains, k) == theirs[Success @ k]
    for k in (5, 10):
        assert (recall_at(gains, relevant, k) if relevant else 0.0) == pytest.approx(theirs[R @ k])
