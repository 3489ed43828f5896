"""The questions on the page: what changed sides and what failed, each folded, with the gold and what was said."""

from collections.abc import Iterable, Sequence

from eval.cases import shorten
from eval.report_model import Change, Entry, Report
from eval.report_words import safe

# Longer lists of failures are folded by cause, so that the page stays a page.
_OPEN = 12


def changed(report: Report) -> str:
    if not report.compared:
        return ""
    parts = []
    for place, word, found in (("regressed", "变坏的题", report.regressed), ("improved", "变好的题", report.improved)):
        body = "".join(map(_change, found)) or '<p class="soft">没有。</p>'
        parts.append(f'<section id="{place}" class="long"><h2>{word}（{len(found)}）</h2>{body}</section>')
    return "".join(parts)


def _change(change: Change) -> str:
    old, new = change.before, change.now
    if new is None:
        return _details(old, "没有问到", [("原来", old.said)])
    said = [("原来", f"{old.said}\n{_outcome(old)}"), ("现在", f"{new.said}\n{_outcome(new)}")]
    return _details(new, new.cause_name, said)


def _outcome(entry: Entry) -> str:
    return f"（{entry.cause_name}）"


def failed(report: Report) -> str:
    groups: dict[str, list[Entry]] = {}
    for one in report.failures:
        groups.setdefault("关键题" if one.critical else one.cause_name, []).append(one)
    folded = len(report.failures) > _OPEN
    parts = [_group(name, entries, folded and name != "关键题") for name, entries in groups.items()]
    body = "".join(parts) or '<p class="soft">没有。</p>'
    return f'<section id="failures" class="long"><h2>未通过的题（{len(report.failures)}）</h2>{body}</section>'


def _group(name: str, entries: Iterable[Entry], folded: bool) -> str:
    rows = [_details(one, one.cause_name, [("实答", one.said)]) for one in entries]
    state = "" if folded else " open"
    return (
        f'<details class="group"{state}><summary>{safe(name)} <span class="soft">{len(rows)} 题</span></summary>'
        f"<div>{''.join(rows)}</div></details>"
    )


def _details(entry: Entry, outcome: str, said: Sequence[tuple[str, str]]) -> str:
    """One question, folded: its question in sight, the gold and what was said within."""
    good = "good" if entry.cause is None and outcome == "通过" else "cause"
    critical = '<span class="tag critical">关键</span>' if entry.critical else ""
    rows = [("题号", entry.id), ("应为", entry.expected)]
    body = "".join(_pair(name, text) for name, text in rows if text)
    body += "".join(_pair("依据", quote, letter) for letter, quote in entry.quotes)
    body += "".join(_pair(name, text) for name, text in said)
    body += _pair("所引", "\n".join(entry.cited)) if entry.cited else ""
    return (
        f'<details><summary>{critical}<span class="tag {good}">{safe(outcome)}</span>'
        f'<span class="tag">{safe(entry.kind)}</span><span class="t">{safe(shorten(entry.question, 80))}</span></summary>'
        f"<dl>{_pair('问题', entry.question)}{body}</dl></details>"
    )


def _pair(name: str, text: str, source: str = "") -> str:
    style = ' class="quote"' if source else ""
    whence = f'<div class="soft">{safe(source)}</div>' if source else ""
    return f'<dt>{name}</dt><dd{style}><div class="t">{safe(text)}</div>{whence}</dd>'
