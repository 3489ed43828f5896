"""The nearest vectors, exact when few, nearly so when many."""

from pathlib import Path

import faiss
import numpy as np
import pytest

from index.vectors import FLAT_UP_TO, Floats, Gathered, Vectors, write_vectors


def rows(count: int, dimension: int) -> Floats:
    made = np.random.default_rng(5).standard_normal((count, dimension)).astype(np.float32)
    return np.asarray(made / np.linalg.norm(made, axis=1, keepdims=True), dtype=np.float32)


@pytest.mark.parametrize("count", [50, FLAT_UP_TO + 1])
def test_the_nearest_ten_are_those_of_the_full_product(tmp_path: Path, count: int) -> None:
    made = rows(count, 32)
    write_vectors(tmp_path, made)
    vectors = Vectors(tmp_path)
    for question in made[:20]:
        exact = np.argsort(-(made @ question))[:10]
        assert len(set(exact) & set(vectors.nearest(question, 10))) >= 9
        assert vectors.nearest(question, 10)[0] == exact[0]
        assert np.allclose(vectors.scores(question, exact), made[exact] @ question, atol=0.02)


def test_only_the_allowed_rows_are_found(tmp_path: Path) -> None:
    made = rows(50, 8)
    write_vectors(tmp_path, made)
    assert set(Vectors(tmp_path).nearest(made[3], 10, np.array([7, 9]))) == {7, 9}


def test_no_vectors_give_no_rows(tmp_path: Path) -> None:
    write_vectors(tmp_path, np.zeros((0, 8), dtype=np.float32))
    assert len(Vectors(tmp_path).nearest(np.ones(8, dtype=np.float32), 5)) == 0


def test_vectors_that_come_in_batches_give_the_index_of_all_at_once(tmp_path: Path) -> None:
    """The quantiser learns from the range alone what it learns from every row."""
    made = rows(FLAT_UP_TO + 5, 16)
    whole = faiss.IndexScalarQuantizer(16, faiss.ScalarQuantizer.QT_8bit, faiss.METRIC_INNER_PRODUCT)
    whole.train(made)
    whole.add(made)
    faiss.write_index(whole, str(tmp_path / "whole.faiss"))
    with (tmp_path / "spool").open("w+b") as spool:
        gathered = Gathered(spool, 16)
        for batch in np.array_split(made, 7):
            gathered.add(batch)
        gathered.write(tmp_path)
    assert (tmp_path / "vectors.faiss").read_bytes() == (tmp_path / "whole.faiss").read_bytes()
