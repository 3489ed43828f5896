"""Hold results against the accepted baseline: nothing may get worse by more than chance or a little, nor any question turn.

Few questions swing far: in a kind of fewer than LEAST_OF_KIND one question alone is 5 points or more, so such kinds are
held by the rule for single questions only.
"""

from collections.abc import Mapping

from eval.baseline import Baseline, foreign, unlike
from eval.cases import shorten
from eval.compare import PASSED, Comparison, Turned, compare, measured
from eval.compare_text import measure_name, stage_counts
from eval.gate import Floor, Verdict, shortened
from eval.saved import Saved, Scores
from eval.statistics import Difference

SIGNIFICANT = 0.05
# A fall by more than this fails, whatever chance says; in points of 1.
MOST_FALL, MOST_FALL_OF_KIND = 0.02, 0.05
LEAST_OF_KIND = 20

# How the letters are cut has no questions and thus no chance in it: 1 where more is better.
_CUT = {"characters lost": -1.0, "heading path kept": 1.0, "quote whole": 1.0}
_CUT_FALL = 0.005

_MEND = "改回，或写明理由：fuwen eval baseline accept --reason"


def ratchet(baseline: Baseline, now: Saved, floors: Mapping[str, Floor], gold: str | None = None) -> Verdict:
    """The verdict over the gated measures (those with a floor), the cutting, the kinds and the single questions.

    `gold` is the hash of the gold questions as they are now, where it is known.
    """
    other = foreign(baseline, now, gold)
    if other:
        return Verdict(unmeasured=tuple(other))
    found = compare(baseline.saved, now, worst(floors))
    signs = {PASSED: 1.0, **{name: _sign(floor) for name, floor in floors.items()}}
    cut, uncut = _cutting(baseline.saved.chunking, now.chunking)
    failed = [*cut, *_measures(found, signs), *_kinds(baseline.saved, now, floors, signs), *_questions(found, baseline)]
    notes = [f"新错的题出在：{stage_counts(found.regressed)}"] if found.regressed else []
    if found.improved:
        ids = "、".join(one.before.id for one in found.improved[:8]) + ("……" if len(found.improved) > 8 else "")
        notes.append(f"变对 {len(found.improved)} 题：{ids} → fuwen eval baseline accept 可收紧基线")
    lost = [*uncut, *_lost(baseline.saved, now, floors)]
    return Verdict(tuple(failed), tuple(lost), (*notes, *unlike(baseline.saved, now)))


def worst(floors: Mapping[str, Floor]) -> dict[str, float]:
    """The worst value of each gated measure: what a missing question counts as."""
    return {name: 1.0 if _sign(floor) < 0 else 0.0 for name, floor in floors.items()}


def _sign(floor: Floor) -> float:
    """1 where higher is better: a measure is bounded on the side to which it must not go."""
    return -1.0 if floor.least is None and floor.most is not None else 1.0


def _cutting(before: Scores, now: Scores) -> tuple[list[str], list[str]]:
    """What became worse in the cutting of the letters, and what of it is no longer measured."""
    failed, unmeasured = [], []
    for measure, sign in _CUT.items():
        was, is_now = before.get(measure), now.get(measure)
        if was is not None and is_now is None:
            unmeasured.append(f"切分环节：{measure} 没有测得 → 查明为何没有测得")
        elif was is not None and is_now is not None and (is_now - was) * sign < -_CUT_FALL:
            failed.append(f"切分环节：{measure} {was:g} → {is_now:g} → {_MEND}")
    return failed, unmeasured


def _measures(found: Comparison, signs: Mapping[str, float]) -> list[str]:
    lines = []
    for line in found.lines:
        change, sign = line.found, signs.get(line.measure)
        if sign is None or change.delta is None or change.delta * sign >= -1e-9:
            continue
        sure = line.p is not None and line.p < SIGNIFICANT
        if sure or _fell(change, sign) > MOST_FALL + 1e-9:
            why = f"p = {line.p:.4f}" if sure else f"超过 {MOST_FALL * 100:.0f} 个百分点"
            lines.append(f"{measure_name(line.measure)} {_moved(change)}，{why} → {_MEND}")
    return lines


def _kinds(before: Saved, now: Saved, floors: Mapping[str, Floor], signs: Mapping[str, float]) -> list[str]:
    lines = []
    for kind in sorted({outcome.kind for outcome in before.outcomes.values()}):
        for measure, sign in signs.items():
            change = measured(measure, before, now, worst(floors), kind)
            if change.n >= LEAST_OF_KIND and _fell(change, sign) > MOST_FALL_OF_KIND + 1e-9:
                most = f"超过 {MOST_FALL_OF_KIND * 100:.0f} 个百分点"
                lines.append(f"{kind} 类（{change.n} 题）{measure_name(measure)} {_moved(change)}，{most} → {_MEND}")
    return lines


def _questions(found: Comparison, baseline: Baseline) -> list[str]:
    turned = [one for one in found.regressed if one.after is not None and one.before.id not in baseline.accepted]
    # Critical ones first: they are what a reader must see.
    turned.sort(key=lambda one: (not one.before.critical, one.before.id))
    return shortened([_turned(one) for one in turned], "原来通过、现在不通过（fuwen eval report 列出全部）")


def _turned(one: Turned) -> str:
    stage = stage_counts([one]).rpartition(" ")[0]
    return f"{one.before.id} 原来通过，现在{stage}：{shorten(one.before.question, 40)} → {_MEND}"


def _lost(before: Saved, now: Saved, floors: Mapping[str, Floor]) -> list[str]:
    """Measures that lost their value where nothing explains it: the question is there and was answered as before."""
    lines = []
    for measure in floors:
        ids = [
            name
            for name, old in before.outcomes.items()
            if (new := now.outcomes.get(name)) is not None
            and old.refused == new.refused
            and old.scores.get(measure) is not None
            and new.scores.get(measure) is None
        ]
        if ids:
            lines.append(f"{measure}：{len(ids)} 题原来测得，现在没有（如 {ids[0]}） → 查明为何没有测得")
    return lines


def _fell(change: Difference, sign: float) -> float:
    return 0.0 if change.delta is None else -change.delta * sign


def _moved(change: Difference) -> str:
    return f"{change.before:.3f} → {change.after:.3f}（{change.delta:+.3f}）"
