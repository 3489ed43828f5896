"""The nearest vectors, by codes of eight bits a dimension."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from index.vectors import Floats, Vectors, encode, write_codes


def made(count: int, dimension: int) -> Floats:
    drawn = np.random.default_rng(5).standard_normal((count, dimension)).astype(np.float32)
    return np.asarray(drawn / np.linalg.norm(drawn, axis=1, keepdims=True), dtype=np.float32)


def opened(folder: Path, vectors: Floats) -> Vectors:
    folder.mkdir(exist_ok=True)
    write_codes(folder, encode(vectors))
    return Vectors(folder, vectors.shape[1])


@pytest.mark.parametrize("dimension", [32, 512])
def test_the_nearest_ten_are_those_of_the_full_product(tmp_path: Path, dimension: int) -> None:
    rows = made(3000, dimension)
    vectors = opened(tmp_path, rows)
    for question in rows[:20]:
        exact = np.argsort(-(rows @ question))[:10]
        found, near = vectors.nearest(question, 10)
        assert len(set(exact) & set(found[:10])) >= 9
        assert found[0] == exact[0]
        assert (np.diff(near) <= 0).all()
        assert np.allclose(vectors.scores(question, exact), rows[exact] @ question, atol=0.01)


def test_only_the_allowed_rows_are_found(tmp_path: Path) -> None:
    rows = made(50, 8)
    assert set(opened(tmp_path, rows).nearest(rows[3], 10, np.array([7, 9]))[0]) == {7, 9}


def test_no_vectors_give_no_rows(tmp_path: Path) -> None:
    vectors = opened(tmp_path, np.zeros((0, 8), dtype=np.float32))
    assert len(vectors.nearest(np.ones(8, dtype=np.float32), 5)[0]) == 0
    assert len(vectors.scores(np.ones(8, dtype=np.float32), np.zeros(0, dtype=np.int64))) == 0


def test_all_that_are_as_near_as_the_last_one_come_along(tmp_path: Path) -> None:
    rows = np.repeat(made(2, 16), [100, 3], axis=0)
    assert set(opened(tmp_path, rows).nearest(rows[0], 5)[0]) >= set(range(100))


def test_a_vector_that_points_along_one_axis_is_not_cut_off(tmp_path: Path) -> None:
    rows = np.eye(64, dtype=np.float32)
    assert np.allclose(opened(tmp_path, rows).scores(rows[0], np.arange(64)), rows[0], atol=0.01)


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(1, 39), st.integers(0, 39))
def test_nearness_is_the_same_to_the_last_bit_wherever_a_row_stands(tmp_path: Path, at: int, asked: int) -> None:
    rows = made(40, 48)
    whole, first, second = (opened(tmp_path / n, r) for n, r in (("a", rows), ("b", rows[:at]), ("c", rows[at:])))
    wanted = dict(zip(*(x.tolist() for x in whole.nearest(rows[asked], 40)), strict=True))
    found = dict(zip(*(x.tolist() for x in first.nearest(rows[asked], 40)), strict=True))
    found |= {r + at: s for r, s in zip(*(x.tolist() for x in second.nearest(rows[asked], 40)), strict=True)}
    assert found == wanted
    assert whole.scores(rows[asked], np.array([asked])) == whole.scores(rows[asked], np.arange(40))[asked]
