"""Tell a change from chance: the same questions before and after, paired.

Questions are the sample. A pair of which one side could not be measured is left out and counted, never taken as 0.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from numpy import ndarray

RESAMPLES = 10_000
SEED = 0
# Resamples drawn at one time: a thousand of a thousand questions are 8 MB.
_BLOCK = 1000

Values = Sequence[float | None]


@dataclass(frozen=True)
class Difference:
    """The means of n pairs, their difference with its 95 % interval, and the p-value of no difference.

    `unmeasured` counts the pairs left out because one side has no value. Everything is None when n is 0.
    """

    n: int
    unmeasured: int
    before: float | None = None
    after: float | None = None
    delta: float | None = None
    interval: tuple[float, float] | None = None
    p: float | None = None


def difference(before: Values, after: Values) -> Difference:
    """What changed from `before` to `after`, question by question: McNemar for yes or no, else the bootstrap.

    >>> found = difference([1, 1, 0, None], [1, 0, 0, 1])
    >>> found.n, found.unmeasured, found.p
    (3, 1, 1.0)
    """
    left_out = [(_measured(a), _measured(b)) for a, b in zip(before, after, strict=True)]
    pairs = [(a, b) for a, b in left_out if a is not None and b is not None]
    # Where neither side has a value the measure does not apply: nothing was lost.
    unmeasured = sum((a is None) != (b is None) for a, b in left_out)
    if not pairs:
        return Difference(0, unmeasured)
    first, second = [a for a, _ in pairs], [b for _, b in pairs]
    low, high, p = bootstrap([b - a for a, b in pairs])
    if {*first, *second} <= {0.0, 1.0}:
        p = mcnemar(first, second)
    mean = math.fsum(first) / len(pairs), math.fsum(second) / len(pairs)
    return Difference(len(pairs), unmeasured, *mean, math.fsum(b - a for a, b in pairs) / len(pairs), (low, high), p)


def bootstrap(deltas: Sequence[float], resamples: int = RESAMPLES, seed: int = SEED) -> tuple[float, float, float]:
    """The 95 % percentile interval of the mean of these differences, and the two-sided p-value of a mean of 0.

    The questions are drawn again with replacement, `resamples` times; the same seed gives the same numbers.
    """
    import numpy as np

    values = np.asarray(deltas, dtype=np.float64)
    if not np.any(values):
        return 0.0, 0.0, 1.0
    means = _means(values, resamples, seed)
    low, high = np.quantile(means, (0.025, 0.975))
    # A mean of exactly 0 comes out of the sum with a rounding error; it lies on both sides.
    tail = min(int(np.sum(means <= 1e-12)), int(np.sum(means >= -1e-12)))
    return float(low), float(high), min(1.0, 2 * (tail + 1) / (resamples + 1))


def mcnemar(before: Sequence[float], after: Sequence[float]) -> float:
    """The exact two-sided p-value that as many questions turned wrong as turned right by chance alone.

    >>> mcnemar([1, 1, 1, 1, 1, 0], [0, 0, 0, 0, 0, 0])
    0.0625
    """
    lost = sum(a > b for a, b in zip(before, after, strict=True))
    won = sum(a < b for a, b in zip(before, after, strict=True))
    turned, fewer = lost + won, min(lost, won)
    # Exact to the last bit: 2 * sum over 2 ** turned, in whole numbers until the end.
    ways = 2 * sum(math.comb(turned, k) for k in range(fewer + 1))
    return min(1.0, ways / 2**turned) if turned else 1.0


def holm(values: Mapping[str, float]) -> dict[str, float]:
    """The p-values adjusted for their number (Holm), by the same names: below 0.05 is significant among all of them.

    >>> holm({"a": 0.01, "b": 0.04, "c": 0.03})
    {'a': 0.03, 'b': 0.06, 'c': 0.06}
    """
    adjusted: dict[str, float] = {}
    highest = 0.0
    for rank, name in enumerate(sorted(values, key=lambda name: (values[name], name))):
        highest = max(highest, min(1.0, values[name] * (len(values) - rank)))
        adjusted[name] = highest
    return {name: adjusted[name] for name in values}


def _measured(value: float | None) -> float | None:
    return None if value is None or math.isnan(value) else float(value)


def _means(values: "ndarray", resamples: int, seed: int) -> "ndarray":
    import numpy as np

    generator = np.random.default_rng(seed)
    blocks = []
    for start in range(0, resamples, _BLOCK):
        drawn = generator.integers(0, len(values), (min(_BLOCK, resamples - start), len(values)))
        blocks.append(values[drawn].mean(axis=1))
    return np.concatenate(blocks)
