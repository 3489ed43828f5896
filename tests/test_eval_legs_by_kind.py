"""The report shows what each searcher finds of each kind of question."""

from dataclasses import replace

import pytest

from eval.run import Record
from eval.summary import legs_by_kind

ONE = Record("1", "figure", None, False, "？", False, None, "", (), (), {}, None)


def scored(kind: str, fused: float, words: float, dense: float) -> Record:
    names = ("Success@1", "Success@5", "Recall@5", "Recall@10", "nDCG@10", "RR@10")
    table = {"": fused, "words ": words, "bigrams ": 0.0, "dense ": dense}
    return replace(ONE, kind=kind, scores={f"{leg}{name}": value for leg, value in table.items() for name in names})


def test_each_kind_has_a_row_with_the_gain_of_joining() -> None:
    """colloquial: fused (1 + 0)/2, best alone dense (0 + 0.5)/2, so +0.25; figure: fused 1, words 1, so 0."""
    found = legs_by_kind(
        [scored("colloquial", 1, 0, 0), scored("colloquial", 0, 0, 0.5), scored("figure", 1, 1, 0)], "Recall@5"
    )
    assert list(found) == ["colloquial", "figure"]
    table, gain = found["colloquial"]
    assert {leg: row.value for leg, row in table.items()} == {"words": 0, "bigrams": 0, "dense": 0.25, "fused": 0.5}
    assert gain == pytest.approx(0.25)
    assert found["figure"][1] == pytest.approx(0.0)


def test_records_that_were_not_watched_have_no_rows() -> None:
    assert legs_by_kind([ONE], "Recall@5") == {}
