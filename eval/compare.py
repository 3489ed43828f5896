"""Hold two runs of the same questions against each other: every measure with its interval, and the questions that turned."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import chain

from corpus.errors import InputError
from eval.saved import Outcome, Saved
from eval.statistics import Difference, difference, holm
from eval.summary import LAYERS

# Whether nothing was wrong with the question: the share that every other measure serves.
PASSED = "passed"


@dataclass(frozen=True)
class Line:
    """One measure before and after; `p` is adjusted over the gated measures (Holm), and None for the others."""

    measure: str
    found: Difference
    p: float | None = None


@dataclass(frozen=True)
class Turned:
    """A question that passed in one run and not in the other; `after` is None when it is missing there."""

    before: Outcome
    after: Outcome | None


@dataclass(frozen=True)
class Comparison:
    """What changed: the measures, the questions that turned, those that one run lacks."""

    lines: tuple[Line, ...]
    regressed: tuple[Turned, ...]
    improved: tuple[Turned, ...]
    missing: tuple[str, ...]
    added: tuple[str, ...]


def compare(before: Saved, after: Saved, worst: Mapping[str, float], *, rewritten: bool = False) -> Comparison:
    """The change from `before` to `after`; `worst` holds the gated measures, each with its worst value.

    A question that `after` lacks counts as failed, with the worst value of every gated measure that it had; one that
    `before` lacks is named and counts nowhere. InputError where the two have no question in common or one id asks
    two things; `rewritten` questions are allowed where the gold itself was changed.
    """
    _check_same_questions(before, after, rewritten)
    missing = tuple(name for name in before.outcomes if name not in after.outcomes)
    found = {name: measured(name, before, after, worst) for name in _measures(before, after)}
    adjusted = holm({m: d.p for m, d in found.items() if d.p is not None and m in {*worst, PASSED}})
    turned = [Turned(old, after.outcomes.get(name)) for name, old in before.outcomes.items()]
    return Comparison(
        lines=tuple(Line(name, one, adjusted.get(name)) for name, one in found.items()),
        regressed=tuple(t for t in turned if t.before.passed and not (t.after and t.after.passed)),
        improved=tuple(t for t in turned if not t.before.passed and t.after and t.after.passed),
        missing=missing,
        added=tuple(name for name in after.outcomes if name not in before.outcomes),
    )


def measured(
    measure: str, before: Saved, after: Saved, worst: Mapping[str, float], kind: str | None = None
) -> Difference:
    """One measure over the questions of both runs, or over those of one kind."""
    first, second = [], []
    for name, old in before.outcomes.items():
        if kind is not None and old.kind != kind:
            continue
        new = after.outcomes.get(name)
        was = _score(old, measure)
        first.append(was)
        lost = 0.0 if measure == PASSED else worst.get(measure)
        # Where the measure does not apply to a question it cannot be lost with it.
        second.append(_score(new, measure) if new else lost if was is not None else None)
    return difference(first, second)


def _score(outcome: Outcome, measure: str) -> float | None:
    return float(outcome.passed) if measure == PASSED else outcome.scores.get(measure)


def _measures(before: Saved, after: Saved) -> list[str]:
    """Every measure of either run, those that the tables know first and in their order."""
    there = {name for run in (before, after) for outcome in run.outcomes.values() for name in outcome.scores}
    known = [name for name in chain.from_iterable(LAYERS.values()) if name in there]
    return [PASSED, *known, *sorted(there - set(known))]


def _check_same_questions(before: Saved, after: Saved, rewritten: bool) -> None:
    shared = [name for name in before.outcomes if name in after.outcomes]
    if not shared:
        raise InputError("两份结果", "没有一个题号相同，无法比较", "请用同一题库各跑一次")
    other = [name for name in shared if before.outcomes[name].question != after.outcomes[name].question]
    if other and not rewritten:
        raise InputError(
            f"题 {other[0]}", f"两份结果里问的不是一回事（共 {len(other)} 题如此）", "请用同一题库各跑一次"
        )
