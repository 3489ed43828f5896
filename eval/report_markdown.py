"""The report as Markdown, for a pull request or a terminal: verdict, measures, funnel, what changed, what failed."""

import re
from collections.abc import Sequence

from eval.cases import shorten
from eval.names import LAYERS
from eval.report_model import Change, Entry, Line, Report, Share
from eval.report_words import VERDICTS, delta, headline, interval, number, printable, verdict_lines

_MARKS = re.compile(r"([\\`*_\[\]<>|#~!&$^])")
_LONG = 200


def markdown(report: Report) -> str:
    """The whole text, ending with a line break."""
    parts = [f"# {VERDICTS[report.status][1]}", plain(headline(report))]
    parts += [_list([plain(line) for line in (*verdict_lines(report), *report.notes)])]
    parts += ["## 指标", _lines(report.lines), "## 漏斗", _funnel(report), "## 类别", _shares("类别", report.kinds)]
    if report.letters:
        parts += ["## 复文", _shares("复文", report.letters)]
    if report.compared:
        parts += [f"## 变坏的题（{len(report.regressed)}）", _list(map(_change, report.regressed)) or "没有。"]
        parts += [f"## 变好的题（{len(report.improved)}）", _list(map(_change, report.improved)) or "没有。"]
    parts += [f"## 未通过的题（{len(report.failures)}）", _list(map(_failure, report.failures)) or "没有。"]
    for table in report.tables:
        parts += [f"## {plain(table.title)}", _table(table.head, table.rows), plain(table.note)]
    parts += ["## 指纹", _table(("名称", "值"), report.fingerprint)]
    parts += ["## 用时", plain(report.latency)] if report.latency else []
    return "\n\n".join(part for part in parts if part) + "\n"


def plain(text: str) -> str:
    """The text on one line, with nothing in it that Markdown or HTML would take for a mark.

    >>> print(plain("增长|5%\\n<b>[^1]"))
    增长\\|5% \\<b\\>\\[\\^1\\]
    """
    return _MARKS.sub(r"\\\1", " ".join(printable(text).split()))


def _lines(lines: Sequence[Line]) -> str:
    rows = []
    for line in lines:
        before = number(line.measure, line.before) if line.before is not None else ""
        name = f"{line.measure} ✗" if line.low else line.measure
        shown = (number(line.measure, line.now), delta(line), interval(line), str(line.n or ""), line.floor)
        rows.append((LAYERS.get(line.layer, line.layer), name, before, *shown))
    return _table(("层", "指标", "基线", "现在", "差", "区间", "题数", "门槛"), rows)


def _funnel(report: Report) -> str:
    rows = [("全部", "", str(len(report.entries)))]
    rows += [(stage.name, f"−{stage.lost}", str(stage.left)) for stage in report.stages if stage.lost]
    return _table(("步骤", "失去", "余下"), rows)


def _shares(name: str, shares: Sequence[Share]) -> str:
    rows = []
    for one in shares:
        before = f"{one.before:.1%}" if one.before is not None else ""
        bounds = "{:.1%} 至 {:.1%}".format(*one.interval)
        rows.append((one.name, str(one.n), str(one.passed), f"{one.passed / one.n:.1%}", bounds, before))
    return _table((name, "题数", "通过", "通过率", "95% 区间", "基线"), rows)


def _change(change: Change) -> str:
    new = change.now
    now = f"{new.cause_name}：{shorten(new.said, _LONG)}" if new else "没有问到"
    old = f"{change.before.cause_name}：{shorten(change.before.said, _LONG)}"
    return f"{_asked(new or change.before)}\n  - 原来 {plain(old)}\n  - 现在 {plain(now)}"


def _failure(entry: Entry) -> str:
    return f"{_asked(entry)}\n  - {plain(f'{entry.cause_name}：{shorten(entry.said, _LONG)}')}"


def _asked(entry: Entry) -> str:
    """The question with what was expected and where it stands."""
    mark = "**关键** " if entry.critical else ""
    lines = [f"{mark}{plain(entry.id)}（{plain(entry.kind)}）{plain(entry.question)}"]
    lines += [f"  - 应为 {plain(entry.expected)}"] if entry.expected else []
    lines += [f"  - 依据 {plain(shorten(quote, _LONG))}（{plain(letter)}）" for letter, quote in entry.quotes]
    return "\n".join(lines)


def _list(items: "Sequence[str] | map[str]") -> str:
    return "\n".join(f"- {item}" for item in items)


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    body = [f"| {' | '.join(map(plain, row))} |" for row in rows]
    return "\n".join([f"| {' | '.join(map(plain, head))} |", f"|{'---|' * len(head)}", *body])
