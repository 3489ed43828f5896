"""Work out a report from saved results: the measures beside the baseline, what changed, the plots' numbers, the tables."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any, cast

from eval.baseline import Baseline, foreign
from eval.compare import PASSED, Comparison, compare
from eval.gate import Floor, Verdict
from eval.intervals import wilson
from eval.joint import risk_coverage
from eval.names import kind_name
from eval.ratchet import worst
from eval.report_model import (
    Entry,
    Line,
    Report,
    Table,
    by_kind,
    by_letter,
    changes,
    entry,
    fingerprint,
    shares,
    stages,
)
from eval.report_words import number
from eval.run import Record
from eval.saved import Outcome, Saved
from eval.summary import LAYERS, LESS_IS_BETTER, MEANS, SHARES, Row, legs, legs_by_kind, lift, row, rows

# What the table of each kind's questions shows of the searchers.
_FOUND = "Recall@5"
# What a table of other conditions shows of each.
_BESIDE = (
    "Success@5",
    "nDCG@10",
    "right",
    "Overall",
    "citation precision",
    "refusal recall",
    "false refusal",
    "joint c=1",
)


@dataclass(frozen=True)
class Material:
    """What a report is made of: the results as read and as they lie in the file, and whatever stands beside them.

    `beside` are other results by the name of their condition; `names` are the names of letters by their ids.
    """

    now: Saved
    whole: Mapping[str, Any]
    baseline: Baseline | None = None
    floors: Mapping[str, Floor] = field(default_factory=dict)
    verdict: Verdict | None = None
    beside: Mapping[str, Saved] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)
    tables: tuple[Table, ...] = ()
    latency: str = ""


def build(material: Material) -> Report:
    """The report; a baseline of other questions or letters is left out (the verdict says so)."""
    entries = tuple(_named(entry(record), material.names) for record in material.whole["records"])
    usable = material.baseline is not None and not foreign(material.baseline, material.now)
    base = material.baseline.saved if material.baseline and usable else None
    before = _before(base, entries)
    verdict = material.verdict
    return Report(
        entries=entries,
        lines=_lines(material, base),
        status=verdict.status if verdict else None,
        failed=verdict.failed if verdict else (),
        unmeasured=verdict.unmeasured if verdict else (),
        notes=verdict.notes if verdict else (),
        kinds=shares(by_kind(entries), by_kind(before)),
        letters=shares(by_letter(entries), by_letter(before)),
        stages=stages(entries),
        changes=changes(entries, before),
        compared=base is not None,
        curve=_curve(material.whole["records"]),
        tables=(*_legs(material.now), *_beside(material), *material.tables),
        fingerprint=fingerprint(material.whole.get("fingerprint")),
        latency=material.latency,
    )


def _named(one: Entry, names: Mapping[str, str]) -> Entry:
    quotes = tuple((names.get(letter, letter), quote) for letter, quote in one.quotes)
    return Entry(**{**vars(one), "quotes": quotes})


def _before(base: Saved | None, entries: Sequence[Entry]) -> tuple[Entry, ...]:
    """The questions of the baseline, with the gold quotes of today: it keeps none itself."""
    gold = {one.id: one for one in entries}
    found = []
    for outcome in base.outcomes.values() if base else ():
        old, now = entry(asdict(outcome)), gold.get(outcome.id)
        found.append(Entry(**{**vars(old), "quotes": now.quotes, "expected": now.expected}) if now else old)
    return tuple(found)


def _row(measure: str, outcomes: Iterable[Outcome]) -> Row:
    # A row is made of the scores alone.
    return row(measure, cast(Iterable[Record], outcomes))


def _lines(material: Material, base: Saved | None) -> tuple[Line, ...]:
    found = compare(base, material.now, worst(material.floors)) if base else None
    lines = [_passed(material.now, base, found)]
    for layer, names in LAYERS.items():
        lines += [_line(layer, name, material, base, found) for name in names]
    lines += [_cut(name, value, base) for name, value in material.now.chunking.items()]
    return tuple(lines)


def _passed(now: Saved, base: Saved | None, found: Comparison | None) -> Line:
    """The share of questions with nothing wrong, before and now."""
    count, n = sum(one.passed for one in now.outcomes.values()), len(now.outcomes)
    if base is None or found is None:
        return Line("all", PASSED, None, count / n, None, wilson(count, n), n)
    before = sum(one.passed for one in base.outcomes.values()) / len(base.outcomes)
    change = next(line.found for line in found.lines if line.measure == PASSED)
    return Line("all", PASSED, before, count / n, change.delta, change.interval, n)


def _cut(measure: str, value: float | None, base: Saved | None) -> Line:
    """A measure of the corpus as it was cut; it has no questions."""
    before = base.chunking.get(measure) if base else None
    delta = value - before if value is not None and before is not None else None
    return Line("chunking", measure, before, value, delta, None, 0)


def _line(layer: str, name: str, material: Material, base: Saved | None, found: Comparison | None) -> Line:
    now = _row(name, material.now.outcomes.values())
    floor = material.floors.get(name, Floor())
    before = _row(name, base.outcomes.values()).value if base else None
    delta, interval = None, now.interval
    if before is not None and now.value is not None:
        delta, interval = now.value - before, None
    change = next((line.found for line in found.lines if line.measure == name), None) if found else None
    # The paired difference is one of means: it is not that of a sum or of a median.
    if delta is not None and change and change.delta is not None and name in (*SHARES, *MEANS):
        delta, interval = change.delta, change.interval
    return Line(layer, name, before, now.value, delta, interval, now.n, _bounds(floor), _is_low(now.value, floor))


def _bounds(floor: Floor) -> str:
    bounds = [("≥", floor.least), ("≤", floor.most)]
    return " ".join(f"{sign} {bound:g}" for sign, bound in bounds if bound is not None)


def _is_low(value: float | None, floor: Floor) -> bool:
    if value is None:
        return floor.least is not None
    return (floor.least is not None and value < floor.least) or (floor.most is not None and value > floor.most)


def _curve(records: Sequence[Mapping[str, Any]]) -> tuple[tuple[float, float], ...]:
    judged = [
        (float(record["confidence"]), bool(record["scores"].get("right")))
        for record in records
        if record.get("confidence") is not None
    ]
    return tuple((point.coverage, point.risk) for point in risk_coverage(judged, len(records))) if judged else ()


def _legs(now: Saved) -> tuple[Table, ...]:
    """Each searcher alone, all together, and what joining them gains."""
    records = cast(Sequence[Record], list(now.outcomes.values()))
    found = legs(records)
    if not found:
        return ()
    measures = list(next(iter(found.values())))
    body = [(leg, *(number(m, values[m].value) for m in measures)) for leg, values in found.items()]
    gains = lift(records)
    body.append(("合并比最好的一路", *(f"{gains[m]:+.3f}".replace("-", "−") if m in gains else "—" for m in measures)))
    return (Table("各路检索", ("检索", *measures), tuple(body)), *_legs_by_kind(records))


def _legs_by_kind(records: Sequence[Record]) -> tuple[Table, ...]:
    """What each searcher alone, and all together, find of the evidence of each kind of question."""
    found = legs_by_kind(records, _FOUND)
    if not found:
        return ()
    searchers = list(next(iter(found.values()))[0])
    body = [
        (
            kind_name(kind),
            *(number(_FOUND, table[leg].value) for leg in searchers),
            "—" if gain is None else f"{gain:+.3f}".replace("-", "−"),
        )
        for kind, (table, gain) in found.items()
    ]
    return (Table(f"各类题的 {_FOUND}", ("题型", *searchers, "合并比最好的一路"), tuple(body)),)


def _beside(material: Material) -> tuple[Table, ...]:
    """The results beside those of other conditions and of trivial baselines, with those that win marked."""
    if not material.beside:
        return ()
    ours = rows(cast(Sequence[Record], list(material.now.outcomes.values())))
    body = [("本次", *(number(name, ours[name].value) for name in _BESIDE))]
    for condition, saved in material.beside.items():
        theirs = rows(cast(Sequence[Record], list(saved.outcomes.values())))
        body.append((condition, *(_against(theirs[name], ours[name]) for name in _BESIDE)))
    note = "▲：比本次好。最笨的办法若在综合指标上胜出，是指标有问题。"
    return (Table("各种条件", ("条件", *_BESIDE), tuple(body), note),)


def _against(theirs: Row, ours: Row) -> str:
    shown = number(theirs.measure, theirs.value)
    if theirs.value is None or ours.value is None:
        return shown
    sign = -1 if theirs.measure in LESS_IS_BETTER else 1
    return f"▲ {shown}" if sign * theirs.value > sign * ours.value + 1e-9 else shown
