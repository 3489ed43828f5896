"""The gate over made-up runs: zero tolerance, the ratchet with its limits worked by hand, floors, the text."""

from dataclasses import replace

import pytest

from eval.baseline import Baseline
from eval.gate import Floor, Verdict, broken_invariants, hold, joined, unsound
from eval.ratchet import LEAST_OF_KIND, ratchet
from eval.saved import Outcome, Saved
from eval.verdict_text import verdict_text
from tests.eval_outcomes import CORPUS, many, outcome, saved

FLOORS = {"AnswerHit": Floor(least=0.1), "false refusal": Floor(most=0.9)}


def judged(before: list[Outcome], now: list[Outcome], accepted: dict[str, str] | None = None) -> Verdict:
    return ratchet(Baseline(saved(*before), accepted or {}), saved(*now), FLOORS)


def test_the_same_results_pass() -> None:
    assert judged(many(60, 40), many(60, 40)) == Verdict()


def test_a_question_that_turned_wrong_fails_and_names_its_stage() -> None:
    (line,) = judged(many(150, 0), [outcome("q000", False), *many(150, 0)[1:]]).failed
    assert line.startswith("q000 原来通过，现在检索到了却答错：q000？ → ")
    assert "fuwen eval baseline accept --reason" in line


def test_a_question_that_turned_wrong_passes_when_it_is_listed_with_a_reason() -> None:
    now = [outcome("q000", False), *many(150, 0)[1:]]
    assert judged(many(150, 0), now, {"q000": "口径改了"}).failed == ()


@pytest.mark.parametrize(("lost", "falls"), [(2, False), (3, True)])
def test_a_fall_of_more_than_two_points_fails(lost: int, falls: bool) -> None:
    """Of 100 questions 2 lost is 2 points, 3 lost is 3; McNemar of 3 to 0 is p = 0.25: no chance needed."""
    failed = judged(many(100, 0), many(100 - lost, lost)).failed
    assert any(line.startswith("AnswerHit 1.000 → 0.970（-0.030），超过 2 个百分点") for line in failed) is falls


def test_a_small_but_certain_fall_fails() -> None:
    """Of 1000 questions 12 lost and none won is 1.2 points; p = 2 / 2^12, times the 3 measures of the family."""
    failed = judged(many(1000, 0), many(988, 12)).failed
    assert any(line.startswith("AnswerHit 1.000 → 0.988（-0.012），p = 0.0015") for line in failed)


def test_a_rise_of_what_should_be_low_fails_and_a_fall_does_not() -> None:
    refused = [outcome(f"q{n:03d}", None) for n in range(50)]
    answered = [outcome(f"q{n:03d}", False) for n in range(50)]
    assert any("false refusal 0.000 → 1.000" in line for line in judged(answered, refused).failed)
    assert judged(refused, answered).failed == ()


@pytest.mark.parametrize(("size", "named"), [(LEAST_OF_KIND - 1, False), (LEAST_OF_KIND, True)])
def test_a_kind_that_falls_by_more_than_five_points_fails_when_it_is_large_enough(size: int, named: bool) -> None:
    """Two of twenty are 10 points; among 1000 others they are 0.2 points of the whole. A smaller kind is held singly."""
    others = many(1000, 0, prefix="o")
    before = [*others, *many(size, 0, kind="conflict")]
    failed = judged(before, [*others, *many(size - 2, 2, kind="conflict")]).failed
    assert any(line.startswith(f"conflict 类（{size} 题）AnswerHit") for line in failed) is named
    assert sum("原来通过" in line for line in failed) == 2


def test_one_question_of_a_kind_is_not_more_than_five_points() -> None:
    others = many(1000, 0, prefix="o")
    failed = judged([*others, *many(20, 0, kind="conflict")], [*others, *many(19, 1, kind="conflict")]).failed
    assert [line[:4] for line in failed] == ["q019"]


def test_a_missing_question_counts_as_failed_and_is_named() -> None:
    before, now = many(100, 0), many(100, 0)[3:]
    verdict = joined([unsound(saved(*now), [one.id for one in before]), judged(before, now)])
    assert verdict.status == 1
    assert verdict.failed[0].startswith("缺 3 题，按答错计：q000、q001、q002")
    assert any(line.startswith("AnswerHit 1.000 → 0.970") for line in verdict.failed)


def test_a_measure_that_lost_its_value_without_reason_is_not_passed() -> None:
    before = [replace(one, scores={"AnswerHit": 1.0}) for one in many(10, 0)]
    now = [replace(one, scores={"AnswerHit": None}) for one in before]
    verdict = judged(before, now)
    assert verdict.status == 2
    assert verdict.unmeasured[0].startswith("AnswerHit：10 题原来测得，现在没有（如 q000）")


def test_a_baseline_of_other_letters_or_questions_cannot_judge() -> None:
    other = Baseline(saved(*many(3, 0), fingerprint={**CORPUS, "corpus": "d"}))
    assert ratchet(other, saved(*many(3, 0)), FLOORS).status == 2
    assert ratchet(Baseline(saved(*many(3, 0))), saved(*many(4, 0)), FLOORS).status == 2
    assert ratchet(Baseline(saved(*many(3, 0)), gold="g"), saved(*many(3, 0)), FLOORS, "h").status == 2


def test_letters_cut_worse_fail_under_the_name_of_that_stage() -> None:
    def cut(**measures: float) -> Saved:
        return saved(*many(3, 0), **measures)

    base = Baseline(cut(characters_lost=0.0, quote_whole=0.9, heading_path_kept=1.0))
    worse = ratchet(base, cut(characters_lost=3.0, quote_whole=0.8, heading_path_kept=1.0), FLOORS)
    assert [line.split(" → 改回")[0] for line in worse.failed] == [
        "切分环节：characters lost 0 → 3",
        "切分环节：quote whole 0.9 → 0.8",
    ]
    assert ratchet(base, cut(characters_lost=0.0, quote_whole=0.95, heading_path_kept=1.0), FLOORS).status == 0
    assert ratchet(base, cut(characters_lost=0.0, quote_whole=0.9), FLOORS).status == 2


def test_what_never_may_happen_fails_whatever_the_averages_say() -> None:
    bad = [
        outcome("a", citation_exact=0.5),
        outcome("b", sentence_coverage=0.5),
        outcome("c", None, citation_on_refusal=1.0),
        outcome("d", citation_exact=1.0, sentence_coverage=1.0),
    ]
    assert broken_invariants(bad) == ["a：引文与原文不符", "b：有的句子没有引文", "c：拒答却带引文"]
    critical = saved(replace(outcome("e", False), critical=True))
    assert unsound(critical, ["e"]).failed == ("e：关键题未通过",)


def test_hundreds_of_reasons_of_one_sort_are_counted_not_listed() -> None:
    verdict = judged(many(300, 0), many(0, 300))
    assert sum("原来通过，现在" in line for line in verdict.failed) == 20
    assert "另有 280 处原来通过、现在不通过" in "\n".join(verdict.failed)
    assert "新错的题出在：检索到了却答错 300" in verdict.notes


def test_a_floor_is_held_or_cannot_be_measured() -> None:
    floors = {"AnswerHit": Floor(least=0.8), "refusal recall": Floor(least=0.5), "must-not": Floor(most=0.0)}
    verdict = hold(many(7, 3), floors, "core：")
    assert verdict.failed == ("core：AnswerHit 0.700，低于 0.8",)
    assert verdict.unmeasured == ("core：refusal recall：没有测得",)
    assert hold([], {}).status == 2


def test_the_verdict_comes_first_then_the_reasons_then_the_stages() -> None:
    before, now = saved(*many(8, 2)), saved(*many(7, 3))
    verdict = ratchet(Baseline(before), now, FLOORS)
    assert verdict_text(verdict, now, before).splitlines() == [
        "未通过：3 条理由，7 / 10 题通过",
        "未通过：通过 0.800 → 0.700（-0.100），超过 2 个百分点 → 改回，或写明理由：fuwen eval baseline accept --reason",
        "未通过：AnswerHit 0.800 → 0.700（-0.100），超过 2 个百分点 → 改回，或写明理由：fuwen eval baseline accept --reason",
        "未通过：q007 原来通过，现在检索到了却答错：q007？ → 改回，或写明理由：fuwen eval baseline accept --reason",
        "失败的环节：检索到了却答错 3（基线 2）",
        "新错的题出在：检索到了却答错 1",
    ]
    assert verdict_text(Verdict(), now, now).startswith("通过：7 / 10 题通过\n")
    assert verdict_text(Verdict((), ("x",)), now, now).startswith("不能判定：1 项没有测得，7 / 10 题通过\n未测得：x\n")
