"""Turn the scores of single questions into rows of a table: a measure, its value, n and its interval."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean, median

from eval.causes import CAUSES
from eval.intervals import wilson
from eval.joint import COSTS, Point, area, risk_coverage
from eval.measures import RANKING
from eval.run import Record
from index.fusion import WEIGHTS

# Yes or no for each question: these have a Wilson interval.
SHARES = (
    "Success@1",
    "Success@5",
    "AnswerHit",
    "must-not",
    "right",
    "refusal recall",
    "false refusal",
    "citation on refusal",
    "right reason",
)
MEANS = (
    "Recall@5",
    "Recall@10",
    "nDCG@10",
    "RR@10",
    "character F1",
    "citation exact",
    "sentence coverage",
    "citation recall",
    "citation precision",
    "context recall",
    "item recall",
    "item precision",
    "item F1",
    "evidence F1",
    "Overall",
    "sentence support",
    *(f"joint c={cost}" for cost in COSTS),
    *(f"{leg} {name}" for leg in WEIGHTS for name in RANKING),
)
LAYERS = {
    "retrieval": (*RANKING, "context recall"),
    "answer": ("AnswerHit", "must-not", "right", "character F1", "length ratio"),
    "list": ("item recall", "item precision", "item F1"),
    "citation": (
        "citation exact",
        "sentence coverage",
        "citation recall",
        "citation precision",
        "evidence F1",
        "Overall",
    ),
    "grounding": ("figures", "ungrounded figures", "negation flips", "sentence support"),
    "refusal": ("refusal recall", "false refusal", "citation on refusal", "right reason"),
    "joint": tuple(f"joint c={cost}" for cost in COSTS),
}
# Where less is better; "figures" and "length ratio" are neither good nor bad.
LESS_IS_BETTER = frozenset({"must-not", "ungrounded figures", "negation flips", "false refusal", "citation on refusal"})
# What some trivial baseline wins by its nature, and the measure in which it pays for that: refusing all, answering all,
# citing all, repeating word for word.
_BY_NATURE = frozenset(
    {"refusal recall", "false refusal", "must-not", "right reason", "citation recall", "sentence support"}
)
NEUTRAL = frozenset({"figures", "length ratio"})


@dataclass(frozen=True)
class Row:
    """A measure over n questions; `value` is None when no question of the set could be measured."""

    measure: str
    value: float | None
    n: int
    interval: tuple[float, float] | None = None


def row(measure: str, records: Iterable[Record]) -> Row:
    """One measure over these records: a share, a mean, a sum ("figures") or a median ("length ratio")."""
    values = [value for record in records if (value := record.scores.get(measure)) is not None]
    if not values:
        return Row(measure, None, 0)
    if measure in SHARES:
        return Row(measure, fmean(values), len(values), wilson(sum(values), len(values)))
    gather: Callable[[Sequence[float]], float] = sum
    if measure in MEANS:
        gather = fmean
    elif measure == "length ratio":
        gather = median
    return Row(measure, gather(values), len(values))


def rows(records: Sequence[Record]) -> dict[str, Row]:
    """Every measure over these records, by name, in the order of the layers."""
    return {name: row(name, records) for names in LAYERS.values() for name in names}


def by_kind(records: Sequence[Record]) -> dict[str, list[Record]]:
    """The records of each kind, kinds in alphabetical order; unanswerable ones by why they are so."""
    kinds: dict[str, list[Record]] = {}
    for record in records:
        kinds.setdefault(f"{record.kind}/{record.why}" if record.why else record.kind, []).append(record)
    return dict(sorted(kinds.items()))


def legs(records: Sequence[Record]) -> dict[str, dict[str, Row]]:
    """For each searcher alone and for "fused" the ranking measures by name; {} where the searchers were not watched."""
    watched = [leg for leg in WEIGHTS if any(f"{leg} {RANKING[0]}" in record.scores for record in records)]
    if not watched:
        return {}
    table = {leg: {name: row(f"{leg} {name}", records) for name in RANKING} for leg in watched}
    return {**table, "fused": {name: row(name, records) for name in RANKING}}


def lift(records: Sequence[Record]) -> dict[str, float]:
    """By how much the joint ranking is above its best single searcher, measure by measure; below 0 it does harm."""
    table = legs(records)
    fused = table.pop("fused", {})
    gains = {}
    for name in fused:
        alone = [value for rows_of in table.values() if (value := rows_of[name].value) is not None]
        now = fused[name].value
        if alone and now is not None:
            gains[name] = now - max(alone)
    return gains


def legs_by_kind(records: Sequence[Record], measure: str) -> dict[str, tuple[dict[str, Row], float | None]]:
    """Of each kind with evidence: the measure of each searcher alone and of "fused", and what joining them gains over the best one."""
    found: dict[str, tuple[dict[str, Row], float | None]] = {}
    for kind in sorted({record.kind for record in records}):
        own = [record for record in records if record.kind == kind]
        table = {leg: values[measure] for leg, values in legs(own).items()}
        if table and table["fused"].value is not None:
            found[kind] = table, lift(own).get(measure)
    return found


def funnel(records: Sequence[Record]) -> dict[str, int]:
    """How many questions each cause explains, in the order of the funnel; 0 where none; "passed" comes last."""
    counts = {code: sum(record.cause == code for record in records) for code in CAUSES}
    return {**counts, "passed": sum(record.cause is None for record in records)}


def curve(records: Sequence[Record]) -> tuple[Point, ...]:
    """The risk–coverage curve: answers from the surest on, wrong ones among them; () where no answer said how sure it was.

    The confidence is the support of the best sentence before the answer, 1 where the record of a letter answered.
    An answer to an unanswerable question is wrong.
    """
    judged = [(r.confidence, bool(r.scores.get("right"))) for r in records if r.confidence is not None]
    return risk_coverage(judged, len(records)) if judged else ()


def curve_area(records: Sequence[Record]) -> float | None:
    """The mean risk over the reached coverage; None without a curve."""
    return area(curve(records))


def beaten(records: Sequence[Record], baselines: Mapping[str, Sequence[Record]]) -> list[tuple[str, str]]:
    """Every (measure, baseline) where a trivial baseline is better than the real thing: a sign of a broken measure.

    Not told: what a baseline wins by its nature and pays for in another measure.
    """
    ours, found = rows(records), []
    for name, others in baselines.items():
        theirs = rows(others)
        for measure in (m for m in ours if m not in NEUTRAL and m not in _BY_NATURE):
            mine, its = ours[measure].value, theirs[measure].value
            sign = -1 if measure in LESS_IS_BETTER else 1
            if mine is not None and its is not None and sign * its > sign * mine + 1e-9:
                found.append((measure, name))
    return found
