"""One number for answering and refusing together, and how wrong the answers are when only the surest are given."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

# What a wrong answer costs, in right ones.
COSTS = (1, 4)


@dataclass(frozen=True)
class Point:
    """When the surest `coverage` (0–1) of all questions are answered, the share `risk` of those answers is wrong."""

    coverage: float
    risk: float
    confidence: float


def is_right_and_cited(scores: Mapping[str, float | None]) -> bool:
    """Whether a question was answered rightly and every gold evidence is cited, verbatim."""
    return all(scores.get(name) == 1.0 for name in ("right", "citation recall", "citation exact"))


def joint_scores(scores: Mapping[str, float | None]) -> dict[str, float | None]:
    """+1 for right and cited, 0 for refused and for right but wrongly cited, −c for wrong, for each c of COSTS.

    >>> joint_scores({"right": 0.0, "false refusal": 0.0})
    {'joint c=1': -1.0, 'joint c=4': -4.0}
    """
    refused = bool(scores.get("false refusal") or scores.get("refusal recall"))
    if refused or (scores.get("right") == 1.0 and not is_right_and_cited(scores)):
        return {f"joint c={cost}": 0.0 for cost in COSTS}
    return {f"joint c={cost}": 1.0 if is_right_and_cited(scores) else -float(cost) for cost in COSTS}


def risk_coverage(judged: Sequence[tuple[float, bool]], asked: int) -> tuple[Point, ...]:
    """The curve over answers as (confidence, right), surest first, of `asked` questions; one point a confidence.

    >>> risk_coverage([(0.9, True), (0.5, False), (0.5, True)], 4)[-1]
    Point(coverage=0.75, risk=0.3333333333333333, confidence=0.5)
    """
    ordered = sorted(judged, key=lambda pair: -pair[0])
    points, wrong = [], 0
    for count, (confidence, right) in enumerate(ordered, 1):
        wrong += not right
        if count == len(ordered) or ordered[count][0] != confidence:
            points.append(Point(count / asked, wrong / count, confidence))
    return tuple(points)


def area(points: Sequence[Point]) -> float | None:
    """The mean risk over the coverage that was reached (0 is best); None without an answer."""
    if not points:
        return None
    total = before = 0.0
    for point in points:
        total += (point.coverage - before) * point.risk
        before = point.coverage
    return total / before
