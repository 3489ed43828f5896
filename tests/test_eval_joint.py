"""Lists item by item, one number for answering and refusing, and the risk–coverage curve, each by hand."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answer import Answer, Citation, Sentence
from corpus.letter import Letter
from eval.cases import Case, Quote
from eval.joint import Point, area, joint_scores, risk_coverage
from eval.listing import item_scores

TEXT = "主要举措如下:\n一是设立基金。\n二是减免租金。\n三是组织培训。\n另外修了道路。"
LETTERS = {"L": Letter("L", "L.txt", TEXT)}
LINES = TEXT.split("\n")
CASE = Case(
    "q",
    ("有哪些举措？",),
    "measures",
    True,
    answers=(("设立基金",), ("减免租金",), ("组织培训",)),
    evidence=tuple((Quote("L", LINES[n]),) for n in (1, 2, 3)),
)


def answer(*lines: int) -> Answer:
    citations = tuple(
        Citation(
            n,
            "L",
            "L.txt",
            "L",
            None,
            None,
            None,
            (),
            TEXT.index(LINES[n]),
            TEXT.index(LINES[n]) + len(LINES[n]),
            LINES[n],
        )
        for n in lines
    )
    return Answer("问", "问", "measures", tuple(Sentence(LINES[n], (n,)) for n in lines), citations)


def test_a_list_is_scored_item_by_item() -> None:
    """Two of three items stated, and a sentence about roads that is none: recall 2/3, precision 2/3; the lead-in is no item."""
    scores = item_scores(CASE, answer(0, 1, 2, 4), LETTERS)
    assert scores == pytest.approx({"item recall": 2 / 3, "item precision": 2 / 3, "item F1": 2 / 3})
    assert set(item_scores(CASE, answer(1, 2, 3), LETTERS).values()) == {1.0}
    assert set(item_scores(CASE, replace(answer(), refused=True), LETTERS).values()) == {0.0}
    assert set(item_scores(replace(CASE, kind="figure"), answer(1), LETTERS).values()) == {None}


@pytest.mark.parametrize(
    ("scores", "worth"),
    [
        ({"right": 1.0, "citation recall": 1.0, "citation exact": 1.0, "false refusal": 0.0}, (1.0, 1.0)),
        ({"right": 1.0, "citation recall": 0.5, "citation exact": 1.0, "false refusal": 0.0}, (0.0, 0.0)),
        ({"right": 0.0, "citation recall": 1.0, "citation exact": 1.0, "false refusal": 0.0}, (-1.0, -4.0)),
        ({"right": 0.0, "false refusal": 1.0}, (0.0, 0.0)),
        ({"right": None, "refusal recall": 1.0}, (0.0, 0.0)),
        ({"right": None, "refusal recall": 0.0}, (-1.0, -4.0)),
    ],
)
def test_right_and_cited_earns_refused_costs_nothing_wrong_costs(
    scores: dict[str, float | None], worth: tuple[float, float]
) -> None:
    assert tuple(joint_scores(scores).values()) == worth


def test_the_curve_worked_by_hand() -> None:
    """Four questions, three answered; right at 0.9, wrong at 0.8, right at 0.7.

    Risks 0, 1/2, 1/3 at coverages 1/4, 2/4, 3/4; area (0 + 1/2 + 1/3) / 3 = 0.27778.
    """
    points = risk_coverage([(0.7, True), (0.9, True), (0.8, False)], 4)
    assert points == (Point(0.25, 0.0, 0.9), Point(0.5, 0.5, 0.8), Point(0.75, 1 / 3, 0.7))
    assert area(points) == pytest.approx(0.27778, abs=1e-5)
    assert area(()) is None


@given(st.lists(st.tuples(st.sampled_from([0.1, 0.5, 0.9]), st.booleans()), min_size=1, max_size=20))
def test_the_curve_ends_at_all_answers_with_their_share_of_wrong_ones(judged: list[tuple[float, bool]]) -> None:
    points = risk_coverage(judged, len(judged))
    assert points[-1].coverage == 1.0
    assert points[-1].risk == pytest.approx(sum(not right for _, right in judged) / len(judged))
    assert [p.coverage for p in points] == sorted({p.coverage for p in points})
    assert 0.0 <= (area(points) or 0.0) <= 1.0
