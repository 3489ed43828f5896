"""One score from the searchers' scores."""

import numpy as np

from index.fusion import WEIGHTS, fuse


def test_the_score_is_the_weighted_sum() -> None:
    """0.45 x 0.5 + 0.45 x 0.25 + 0.10 x 0.5 = 0.3875; a cosine of -1 counts as 0."""
    scores = {"words": [0.5, 0.0], "bigrams": [0.25, 0.0], "dense": [0.5, -1.0]}
    made = fuse({leg: np.array(values, dtype=np.float32) for leg, values in scores.items()})
    assert np.allclose(made, [0.3875, 0.0])


def test_the_weights_sum_to_one() -> None:
    assert sum(WEIGHTS.values()) == 1.0
