"""Turn the scores of single questions into rows of a table: a measure, its value, n and its interval."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from statistics import fmean, median

from eval.intervals import wilson
from eval.run import Record

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
)
LAYERS = {
    "retrieval": ("Success@1", "Success@5", "Recall@5", "Recall@10", "nDCG@10", "RR@10"),
    "answer": ("AnswerHit", "must-not", "right", "character F1", "length ratio"),
    "citation": ("citation exact", "sentence coverage", "citation recall", "citation precision"),
    "grounding": ("figures", "ungrounded figures"),
    "refusal": ("refusal recall", "false refusal", "citation on refusal"),
}


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
