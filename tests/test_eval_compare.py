"""Two runs against each other: figures worked by hand, missing and unmeasured questions, the printed table."""

import pytest

from corpus.errors import InputError
from eval.compare import PASSED, Comparison, compare
from eval.compare_text import comparison_json, comparison_text, stage_counts
from eval.statistics import Difference
from tests.eval_outcomes import many, outcome, saved

WORST = {"AnswerHit": 0.0, "false refusal": 1.0}


def found(comparison: Comparison, measure: str) -> Difference:
    return next(line.found for line in comparison.lines if line.measure == measure)


def test_the_difference_is_that_of_the_pairs() -> None:
    """Ten questions, 8 right before; three of them turn wrong and one of the others right: 0.8 → 0.6.

    McNemar of 3 to 1: 2 * (1 + 4) / 2^4 = 0.625, twice in the family of three (passed, AnswerHit; false refusal p = 1).
    """
    before = saved(*many(8, 2))
    after = saved(*(outcome(f"q{n:03d}", n in (3, 4, 5, 6, 7, 8)) for n in range(10)))
    seen = compare(before, after, WORST)
    change = found(seen, "AnswerHit")
    assert (change.before, change.after, change.n, change.p) == (0.8, 0.6, 10, 0.625)
    assert change.delta == pytest.approx(-0.2)
    assert [line.p for line in seen.lines if line.measure in (PASSED, *WORST)] == [1.0, 1.0, 1.0]
    assert [one.before.id for one in seen.regressed] == ["q000", "q001", "q002"]
    assert [one.before.id for one in seen.improved] == ["q008"]


def test_holm_counts_the_gated_measures_only() -> None:
    """Eight lost, none won: p = 2 / 2^8 = 0.0078125; times 3 for the smallest of three, times 2 for the next."""
    before, after = saved(*many(8, 0)), saved(*many(0, 8))
    lines = {line.measure: line.p for line in compare(before, after, WORST).lines}
    assert lines[PASSED] == lines["AnswerHit"] == 3 * 0.0078125
    lines = {line.measure: line.p for line in compare(before, after, {}).lines}
    assert lines[PASSED] == 0.0078125
    assert lines["AnswerHit"] is None


def test_a_missing_question_counts_as_failed_and_a_new_one_counts_nowhere() -> None:
    before = saved(outcome("a"), outcome("b"), outcome("c", None))
    after = saved(outcome("a"), outcome("d", False))
    seen = compare(before, after, WORST)
    assert (seen.missing, seen.added) == (("b", "c"), ("d",))
    assert (found(seen, "AnswerHit").before, found(seen, "AnswerHit").after) == (2 / 3, 1 / 3)
    assert found(seen, "false refusal").after == 2 / 3
    assert [one.before.id for one in seen.regressed] == ["b"]
    assert stage_counts(seen.regressed) == "缺题 1"


def test_what_one_run_did_not_measure_is_shown_and_is_not_zero() -> None:
    before = saved(
        outcome("a", citation_recall=0.5), outcome("b", citation_recall=1.0), outcome("c", citation_recall=None)
    )
    after = saved(outcome("a", citation_recall=0.5), outcome("b", None, citation_recall=None), outcome("c"))
    change = found(compare(before, after, WORST | {"citation recall": 0.0}), "citation recall")
    assert (change.n, change.unmeasured, change.before, change.delta) == (1, 1, 0.5, 0.0)


def test_runs_of_other_questions_cannot_be_compared() -> None:
    with pytest.raises(InputError, match="没有一个题号相同"):
        compare(saved(outcome("a")), saved(outcome("b")), {})
    other = outcome("a").__class__(**{**vars(outcome("a")), "question": "别的？"})
    with pytest.raises(InputError, match="问的不是一回事"):
        compare(saved(outcome("a")), saved(other), {})
    assert compare(saved(outcome("a")), saved(other), {}, rewritten=True).regressed == ()


def test_the_comparison_is_this_text() -> None:
    before = saved(outcome("a"), outcome("b"), outcome("c", False), outcome("d", length_ratio=2.0))
    after = saved(outcome("a"), outcome("b", None), outcome("c"), outcome("e"))
    text = comparison_text(compare(before, after, WORST), "旧", "新")
    assert [" ".join(line.split()) for line in text.splitlines()] == [
        "指标 旧 新 差 95% 区间 p（Holm） 题数 一边未测",
        "通过 0.750 0.500 -0.250 -1.000 至 +0.500 1.0000 4",
        "AnswerHit 0.750 0.500 -0.250 -1.000 至 +0.500 1.0000 4",
        "length ratio — — — — — 0 1",
        "false refusal 0.000 0.500 +0.500 +0.000 至 +1.000 1.0000 4",
        "",
        "新 缺题，按答错计：1 题（d）",
        "",
        "只在 新，不计入：1 题（e）",
        "",
        "变错 2 题（检索到了却拒答 1、缺题 1）",
        "b [figure] 检索到了却拒答：b？",
        "旧：b 答对",
        "新：（拒答）",
        "d [figure] 缺题：d？",
        "旧：d 答对",
        "新：（缺题）",
        "",
        "变对 1 题",
        "c [figure] 检索到了却答错：c？",
        "旧：c 答错",
        "新：c 答对",
    ]


def test_the_same_comparison_is_the_same_json() -> None:
    runs = saved(*many(20, 5)), saved(*many(18, 7))
    assert comparison_json(compare(*runs, WORST)) == comparison_json(compare(*runs, WORST))
