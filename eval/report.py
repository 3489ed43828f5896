"""Print results as plain text: the measures with their intervals, each kind, then one line for each failure."""

import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence

from eval.cases import shorten
from eval.causes import CAUSES
from eval.run import Record, Results
from eval.summary import LAYERS, Row, by_kind, row, rows

_COUNTS = ("figures", "ungrounded figures")
# More failures than a person reads in a terminal stand in the written report only.
_SHOWN = 40
_KIND_MEASURES = ("Recall@10", "right", "citation recall", "refusal recall", "false refusal")


def render(results: Results, baselines: Mapping[str, Results]) -> str:
    """The whole report for the terminal."""
    parts = [_measures(results.records, baselines), _kinds(results.records), _funnel(results.records)]
    return "\n\n".join([*parts, *([latency] if (latency := _latency(results.seconds)) else [])]) + "\n"


def table(head: Sequence[str], body: Sequence[Sequence[str]]) -> str:
    """Columns aligned by display width: a Chinese character is two columns wide.

    >>> print(table(["指标", "值"], [["right", ".91"]]))
    指标   值
    right  .91
    """
    lines = [list(head), *map(list, body)]
    widths = [max(map(_width, column)) for column in zip(*lines, strict=True)]
    return "\n".join(
        "  ".join(cell + " " * (width - _width(cell)) for cell, width in zip(line, widths, strict=True)).rstrip()
        for line in lines
    )


def shown(found: Row) -> str:
    """The value of a row as it is printed; a dash when nothing could be measured."""
    if found.value is None:
        return "—"
    return f"{found.value:.0f}" if found.measure in _COUNTS else f"{found.value:.3f}"


def failures(records: Sequence[Record]) -> list[Record]:
    """The failed questions: critical ones first, then by cause."""
    order = list(CAUSES)
    failed = [record for record in records if record.cause]
    return sorted(failed, key=lambda record: (not record.critical, order.index(record.cause or ""), record.id))


def _measures(records: Sequence[Record], baselines: Mapping[str, Results]) -> str:
    body = []
    others = [rows(results.records) for results in baselines.values()]
    for layer, names in LAYERS.items():
        for name in names:
            found = row(name, records)
            interval = "{:.3f}–{:.3f}".format(*found.interval) if found.interval else ""
            body.append([layer, name, shown(found), str(found.n), interval, *(shown(other[name]) for other in others)])
    return table(["层", "指标", "值", "题数", "95% 区间", *baselines], body)


def _kinds(records: Sequence[Record]) -> str:
    body = []
    for kind, of_kind in by_kind(records).items():
        passed = sum(record.cause is None for record in of_kind)
        body.append([kind, str(len(of_kind)), str(passed), *(shown(row(name, of_kind)) for name in _KIND_MEASURES)])
    return table(["类别", "题数", "通过", *_KIND_MEASURES], body)


def _funnel(records: Sequence[Record]) -> str:
    failed = failures(records)
    counts = Counter(record.cause for record in failed)
    head = f"通过 {len(records) - len(failed)} / {len(records)}"
    causes = "".join(f"；{label} {counts[code]}" for code, label in CAUSES.items() if counts[code])
    shown = [one for place, one in enumerate(failed) if one.critical or place < _SHOWN]
    rest = len(failed) - len(shown)
    more = [f"另有 {rest} 题：加 --out FILE 保存结果，再用 fuwen eval report FILE --out DIR 看全部"] if rest else []
    return "\n".join([head + causes, *map(_line, shown), *more])


def _line(record: Record) -> str:
    """One failure: mark, id, cause, question, and what was said."""
    said = f"拒答（{record.refusal_reason}）" if record.refused else shorten(record.answer, 60)
    mark = "!" if record.critical else " "
    return f"{mark} {record.id} {CAUSES[record.cause or '']}：{shorten(record.question, 60)} → {said}"


def _latency(seconds: Sequence[float]) -> str:
    """The clock stands apart from the measures: it is the only thing that differs from run to run."""
    if not seconds:
        return ""
    ordered = sorted(seconds)
    p50, p95 = (ordered[min(len(ordered) - 1, int(len(ordered) * share))] * 1000 for share in (0.5, 0.95))
    return f"每题用时：中位 {p50:.1f} 毫秒，95% 在 {p95:.1f} 毫秒以内"


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(mark) in "WF" else 1 for mark in text)
