"""Print a comparison as plain text: the measures, then the questions that turned with their old and new answers."""

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict

from eval.cases import shorten
from eval.causes import CAUSES
from eval.compare import PASSED, Comparison, Line, Turned
from eval.report import table
from eval.saved import Outcome

MISSING = "缺题"


def comparison_text(found: Comparison, before: str, after: str) -> str:
    """The whole comparison; `before` and `after` head the columns."""
    head = ["指标", before, after, "差", "95% 区间", "p（Holm）", "题数", "一边未测"]
    parts = [table(head, [_cells(line) for line in found.lines])]
    parts += [f"{name}：{len(ids)} 题（{_some(ids)}）" for name, ids in _absent(found, before, after) if ids]
    for name, turned in (("变错", found.regressed), ("变对", found.improved)):
        stages = f"（{stage_counts(turned)}）" if turned and name == "变错" else ""
        parts.append("\n".join([f"{name} {len(turned)} 题{stages}", *(turned_text(one) for one in turned)]))
    return "\n\n".join(parts) + "\n"


def comparison_json(found: Comparison) -> str:
    """The same as JSON, one object with sorted keys."""
    return json.dumps(asdict(found), ensure_ascii=False, indent=1, sort_keys=True, allow_nan=False) + "\n"


def stage_counts(turned: Iterable[Turned]) -> str:
    """At which stage the questions went wrong, the most frequent first."""
    counts = Counter(_cause(one.after) for one in turned)
    return "、".join(f"{name} {count}" for name, count in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])))


def turned_text(one: Turned) -> str:
    """A question that turned: id, kind, cause, question, then the old and the new answer, a line each."""
    wrong = one.after if one.before.passed else one.before
    mark = "!" if one.before.critical else " "
    head = f"{mark} {one.before.id} [{one.before.kind}] {_cause(wrong)}：{shorten(one.before.question, 60)}"
    return f"{head}\n    旧：{_said(one.before)}\n    新：{_said(one.after)}"


def measure_name(measure: str) -> str:
    """The measure as a table names it."""
    return "通过" if measure == PASSED else measure


def _cause(outcome: Outcome | None) -> str:
    if outcome is None:
        return MISSING
    return "通过" if outcome.cause is None else CAUSES.get(outcome.cause, outcome.cause)


def _said(outcome: Outcome | None) -> str:
    if outcome is None:
        return f"（{MISSING}）"
    return "（拒答）" if outcome.refused else shorten(outcome.answer, 120) or "（空）"


def _cells(line: Line) -> list[str]:
    found = line.found
    if found.before is None or found.after is None or found.delta is None or found.interval is None:
        return [measure_name(line.measure), "—", "—", "—", "—", "—", "0", str(found.unmeasured)]
    interval = "{:+.3f} 至 {:+.3f}".format(*(bound + 0.0 for bound in found.interval))
    p = "" if line.p is None else f"{line.p:.4f}"
    values = [f"{found.before:.3f}", f"{found.after:.3f}", f"{found.delta:+.3f}", interval, p]
    return [measure_name(line.measure), *values, str(found.n), str(found.unmeasured or "")]


def _absent(found: Comparison, before: str, after: str) -> list[tuple[str, Sequence[str]]]:
    return [(f"{after} 缺题，按答错计", found.missing), (f"只在 {after}，不计入", found.added)]


def _some(ids: Sequence[str]) -> str:
    return "、".join(ids[:8]) + ("……" if len(ids) > 8 else "")
