"""The statistics against examples worked by hand and against scipy."""

import math
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eval.statistics import bootstrap, difference, holm, mcnemar

SHARES = st.lists(st.tuples(st.booleans(), st.booleans()), min_size=1, max_size=60)


def test_mcnemar_is_the_binomial_worked_by_hand() -> None:
    """8 turned wrong, 1 turned right: 2 * (C(9,0) + C(9,1)) / 2^9 = 2 * 10 / 512 = 0.0390625."""
    before = [1.0] * 8 + [0.0] + [1.0] * 5 + [0.0] * 4
    after = [0.0] * 8 + [1.0] + [1.0] * 5 + [0.0] * 4
    assert mcnemar(before, after) == 0.0390625


def test_mcnemar_of_nothing_turned_or_as_many_each_way_is_one() -> None:
    assert mcnemar([1, 0, 1], [1, 0, 1]) == 1.0
    assert mcnemar([1, 0], [0, 1]) == 1.0


def test_mcnemar_of_thousands_of_questions_does_not_overflow() -> None:
    assert mcnemar([1.0] * 6000, [0.0] * 6000) == 0.0


# The first example loads numpy and scipy: no deadline.
@settings(deadline=None)
@given(SHARES)
def test_mcnemar_equals_the_binomial_test_of_scipy(pairs: list[tuple[bool, bool]]) -> None:
    stats = pytest.importorskip("scipy.stats", reason="scipy is the reference and comes with the extra models")
    lost = sum(a and not b for a, b in pairs)
    turned = sum(a != b for a, b in pairs)
    ours = mcnemar([float(a) for a, _ in pairs], [float(b) for _, b in pairs])
    assert ours == pytest.approx(stats.binomtest(lost, turned).pvalue if turned else 1.0)


def test_holm_is_the_example_worked_by_hand() -> None:
    """Sorted .005, .01, .03, .04 times 4, 3, 2, 1 = .02, .03, .06, .04; never below the one before: .06."""
    found = holm({"a": 0.01, "b": 0.04, "c": 0.03, "d": 0.005})
    assert found == pytest.approx({"a": 0.03, "b": 0.06, "c": 0.06, "d": 0.02})
    assert list(found) == ["a", "b", "c", "d"]
    assert holm({"one": 0.6, "two": 0.7}) == {"one": 1.0, "two": 1.0}
    assert holm({}) == {}


@given(st.dictionaries(st.text(min_size=1, max_size=3), st.floats(0, 1), max_size=12))
def test_holm_keeps_the_order_and_never_makes_a_p_value_smaller(values: dict[str, float]) -> None:
    found = holm(values)
    assert all(values[name] <= found[name] <= 1 for name in values)
    by_value = sorted(values, key=lambda name: values[name])
    assert [found[name] for name in by_value] == sorted(found.values())


def test_the_bootstrap_of_one_value_is_that_value() -> None:
    """Every resample of [-1, -1, -1] is -1; of 10,000 none reaches 0, so p is 2 * 1 / 10,001."""
    assert bootstrap([-1.0, -1.0, -1.0]) == (-1.0, -1.0, 2 / 10_001)


def test_the_bootstrap_of_two_questions_is_the_binomial_worked_by_hand() -> None:
    """Of [0, 1] the mean of two draws is 0, 0.5, 1 with 1/4, 1/2, 1/4: interval 0 to 1, p = 2 * 1/4."""
    low, high, p = bootstrap([0.0, 1.0])
    assert (low, high) == (0.0, 1.0)
    assert p == pytest.approx(0.5, abs=0.02)


def test_the_bootstrap_agrees_with_scipy_and_is_the_same_each_time() -> None:
    stats, numpy = (
        pytest.importorskip("scipy.stats", reason="scipy is the reference and comes with the extra models"),
        pytest.importorskip("numpy", reason="numpy makes the random cases"),
    )
    draw = random.Random(7)
    deltas = [draw.gauss(0.1, 0.5) for _ in range(200)]
    found = bootstrap(deltas)
    assert found == bootstrap(deltas)
    theirs = stats.bootstrap((deltas,), numpy.mean, n_resamples=10_000, method="percentile", rng=1)
    assert found[:2] == pytest.approx(tuple(theirs.confidence_interval), abs=0.01)


def test_the_interval_holds_the_true_mean_about_95_times_in_100() -> None:
    draw = random.Random(3)
    held = 0
    for _ in range(200):
        low, high, _p = bootstrap([draw.gauss(0.2, 1.0) for _ in range(60)], resamples=1000)
        held += low <= 0.2 <= high
    assert 180 <= held <= 199


def test_no_difference_at_all_is_zero_with_p_one() -> None:
    found = difference([0.3, 0.7], [0.3, 0.7])
    assert (found.delta, found.interval, found.p) == (0.0, (0.0, 0.0), 1.0)


def test_what_was_not_measured_is_counted_and_is_never_zero() -> None:
    """Measured on both sides: 1 → 0 and 0.5 → 1, mean 0.75 → 0.5; one lost, one won, one that never applied."""
    found = difference([1, 0.5, 1, None, None, math.nan], [0, 1, None, 1, None, None])
    assert (found.n, found.unmeasured) == (2, 2)
    assert (found.before, found.after, found.delta) == (0.75, 0.5, -0.25)
    nothing = difference([1, None], [None, 1])
    assert (nothing.n, nothing.unmeasured, nothing.delta, nothing.p) == (0, 2, None, None)


def test_yes_or_no_is_tested_exactly_and_other_scores_by_resampling() -> None:
    assert difference([1] * 6, [0] * 6).p == 2 / 2**6
    assert difference([0.9] * 6, [0.8] * 6).p == 2 / 10_001


@settings(deadline=None)
@given(SHARES)
def test_the_interval_holds_the_difference(pairs: list[tuple[bool, bool]]) -> None:
    found = difference([float(a) for a, _ in pairs], [float(b) for _, b in pairs])
    assert found.interval is not None
    assert found.delta is not None
    assert found.interval[0] - 1e-9 <= found.delta <= found.interval[1] + 1e-9
