"""What every report shows, worked out once from saved results: the Markdown, the page and the JUnit file only lay it out.

Saved results are plain JSON: fields that a record lacks, because it is older, are shown as missing and break nothing.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from eval.causes import CAUSES
from eval.intervals import wilson
from eval.names import kind_name

Saved = Mapping[str, Any]


@dataclass(frozen=True)
class Entry:
    """One question as it is shown; `cause` is None when it passed.

    `quotes` are the gold quotes as (letter, text), `cited` the texts that the answer cites.
    """

    id: str
    kind: str
    question: str
    critical: bool
    cause: str | None
    said: str
    expected: str
    quotes: tuple[tuple[str, str], ...]
    cited: tuple[str, ...] = ()

    @property
    def cause_name(self) -> str:
        """The cause in Chinese; a cause of another version as it is written."""
        return "通过" if self.cause is None else CAUSES.get(self.cause, self.cause)


@dataclass(frozen=True)
class Line:
    """A measure: before, now, their difference with its interval (else the interval of the value), n and floor."""

    layer: str
    measure: str
    before: float | None
    now: float | None
    delta: float | None
    interval: tuple[float, float] | None
    n: int
    floor: str = ""
    low: bool = False


@dataclass(frozen=True)
class Share:
    """How many of n questions passed, with Wilson's interval; `before` is the share of the baseline."""

    name: str
    passed: int
    n: int
    interval: tuple[float, float]
    before: float | None = None


@dataclass(frozen=True)
class Stage:
    """A stage of the funnel: how many questions it lost and how many were left after it."""

    name: str
    lost: int
    left: int


@dataclass(frozen=True)
class Change:
    """A question that passed before and fails now, or the reverse; `now` is None when it is missing."""

    before: Entry
    now: Entry | None


@dataclass(frozen=True)
class Table:
    """Any further table: a title, a head and rows of text."""

    title: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    note: str = ""


@dataclass(frozen=True)
class Report:
    """All that is shown. `status` is the exit status of the gate, None where no gate was asked."""

    entries: tuple[Entry, ...]
    lines: tuple[Line, ...]
    status: int | None = None
    failed: tuple[str, ...] = ()
    unmeasured: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    letters: tuple[Share, ...] = ()
    kinds: tuple[Share, ...] = ()
    stages: tuple[Stage, ...] = ()
    changes: tuple[Change, ...] = ()
    compared: bool = False
    curve: tuple[tuple[float, float], ...] = ()
    tables: tuple[Table, ...] = ()
    fingerprint: tuple[tuple[str, str], ...] = ()
    latency: str = ""

    @property
    def passed(self) -> int:
        """How many questions passed."""
        return sum(entry.cause is None for entry in self.entries)

    @property
    def failures(self) -> tuple[Entry, ...]:
        """The failed questions: critical ones first, then by cause."""
        order = {code: place for place, code in enumerate(CAUSES)}
        failed = [entry for entry in self.entries if entry.cause is not None]
        rank = [(not e.critical, order.get(e.cause or "", len(order)), e.id) for e in failed]
        return tuple(entry for _, entry in sorted(zip(rank, failed, strict=True), key=lambda pair: pair[0]))

    @property
    def regressed(self) -> tuple[Change, ...]:
        """Questions that passed before and fail now or were not asked."""
        return tuple(change for change in self.changes if change.now is None or change.now.cause is not None)

    @property
    def improved(self) -> tuple[Change, ...]:
        """Questions that failed before and pass now."""
        return tuple(change for change in self.changes if change.now is not None and change.now.cause is None)


def entry(record: Saved) -> Entry:
    """The question of one saved record; one of the baseline says less.

    >>> entry({"id": "a", "kind": "figure", "question": "多少家？", "refused": True, "refusal_reason": "not_stated"}).said
    '拒答（not_stated）'
    """
    said = str(record.get("answer") or "") or "（空）"
    if record.get("refused"):
        reason = record.get("refusal_reason")
        said = f"拒答（{reason}）" if reason else "拒答"
    # The kind of a baseline holds why the question cannot be answered: unanswerable/off_topic.
    kind, _, why = str(record["kind"]).partition("/")
    return Entry(
        id=str(record["id"]),
        kind=kind_name(kind, record.get("why") or why),
        # A conversation is kept on one line.
        question=str(record["question"]).replace(" ⏎ ", " / "),
        critical=bool(record.get("critical")),
        cause=record.get("cause"),
        said=said,
        expected="拒答" if kind == "unanswerable" else "；".join(map(str, record.get("answers") or ())),
        quotes=tuple((str(letter), str(quote)) for letter, quote in record.get("gold") or ()),
        cited=tuple(map(str, record.get("quotes") or ())),
    )


def stages(entries: Sequence[Entry]) -> tuple[Stage, ...]:
    """The funnel: from all questions to those that passed, cause by cause in the order of the pipeline.

    >>> def asked(cause): return Entry("a", "数据", "？", False, cause, "", "", ())
    >>> stages([asked(None), asked("not_retrieved")])[-1].left
    1
    """
    left, found = len(entries), []
    seen = [e.cause for e in entries if e.cause is not None]
    for code in [*CAUSES, *sorted(set(seen) - set(CAUSES))]:
        lost = seen.count(code)
        left -= lost
        found.append(Stage(CAUSES.get(code, code), lost, left))
    return tuple(found)


def shares(groups: Mapping[str, Sequence[Entry]], before: Mapping[str, Sequence[Entry]]) -> tuple[Share, ...]:
    """The share of each group that passed, the weakest first."""
    found = []
    for name, entries in groups.items():
        passed = sum(e.cause is None for e in entries)
        old = before.get(name)
        was = sum(e.cause is None for e in old) / len(old) if old else None
        found.append(Share(name, passed, len(entries), wilson(passed, len(entries)), was))
    return tuple(sorted(found, key=lambda share: (share.passed / share.n, share.name)))


def by_kind(entries: Sequence[Entry]) -> dict[str, list[Entry]]:
    """The questions of each kind."""
    kinds: dict[str, list[Entry]] = {}
    for one in entries:
        kinds.setdefault(one.kind, []).append(one)
    return kinds


def by_letter(entries: Sequence[Entry]) -> dict[str, list[Entry]]:
    """The questions whose gold quotes stand in each letter; one that rests on two letters counts for both."""
    letters: dict[str, list[Entry]] = {}
    for one in entries:
        for letter in dict.fromkeys(letter for letter, _ in one.quotes):
            letters.setdefault(letter, []).append(one)
    return letters


def changes(now: Sequence[Entry], before: Sequence[Entry]) -> tuple[Change, ...]:
    """The questions that changed sides, critical ones first; one that is missing now counts as failed."""
    found, there = [], {one.id: one for one in now}
    for old in before:
        new = there.get(old.id)
        if (old.cause is None) != (new is not None and new.cause is None):
            found.append(Change(old, new))
    return tuple(sorted(found, key=lambda change: (not change.before.critical, change.before.id)))


def fingerprint(saved: Any) -> tuple[tuple[str, str], ...]:
    """Name and value of everything that the results depend on; nested settings by dotted names.

    >>> fingerprint({"seed": 0, "settings": {"hits": 12}, "commit": None})
    (('commit', '—'), ('seed', '0'), ('settings.hits', '12'))
    """
    if not isinstance(saved, Mapping):
        return (("questions", _shown(saved)),)
    pairs = []
    for name, value in sorted(saved.items()):
        if isinstance(value, Mapping):
            pairs += [(f"{name}.{inner}", shown) for inner, shown in fingerprint(value)]
        else:
            pairs.append((str(name), _shown(value)))
    return tuple(pairs)


def _shown(value: Any) -> str:
    if value is None or value == "":
        return "—"
    return "、".join(map(str, value)) if isinstance(value, list | tuple) else str(value)
