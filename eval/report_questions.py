"""The questions on the page: what changed sides and what failed, each folded, with the gold and what was said."""

from collections.abc import Callable, Sequence
from typing import TypeVar

from eval.cases import shorten
from eval.report_model import Change, Entry, Report
from eval.report_words import safe

_T = TypeVar("_T")

# Longer lists are folded by cause, so that the page stays a page; critical questions stay in sight.
_OPEN = 12
_CRITICAL = "关键题"


def changed(report: Report) -> str:
    """The questions that passed before and fail now, then the reverse; nothing without a baseline."""
    if not report.compared:
        return ""
    lists = (("regressed", "变坏的题", report.regressed), ("improved", "变好的题", report.improved))
    return "\n".join(_section(place, word, found, _outcome, _change) for place, word, found in lists)


def failed(report: Report) -> str:
    """All questions that failed, by cause."""
    return _section("failures", "未通过的题", report.failures, _cause, _failure)


def _section(place: str, word: str, found: Sequence[_T], of: "Callable[[_T], str]", show: "Callable[[_T], str]") -> str:
    groups: dict[str, list[str]] = {}
    for one in found:
        groups.setdefault(of(one), []).append(show(one))
    if not found:
        body = '<p class="soft">没有。</p>'
    elif len(found) <= _OPEN:
        body = "".join(text for group in groups.values() for text in group)
    else:
        body = "".join(_group(name, texts) for name, texts in groups.items())
    return f'<section id="{place}" class="long"><h2>{word}（{len(found)}）</h2>{body}</section>'


def _group(name: str, texts: Sequence[str]) -> str:
    state = " open" if name == _CRITICAL else ""
    head = f'<summary>{safe(name)} <span class="soft">{len(texts)} 题</span></summary>'
    return f'<details class="group"{state}>{head}<div>{"".join(texts)}</div></details>'


def _cause(entry: Entry) -> str:
    return _CRITICAL if entry.critical else entry.cause_name


def _outcome(change: Change) -> str:
    return _cause(change.now) if change.now else "没有问到"


def _failure(entry: Entry) -> str:
    return _details(entry, entry.cause_name, [("实答", entry, True)])


def _change(change: Change) -> str:
    old, new = change.before, change.now
    if new is None:
        return _details(old, "没有问到", [("原来", old, True)])
    return _details(new, new.cause_name, [("原来", old, False), ("现在", new, False)])


def _details(entry: Entry, outcome: str, said: Sequence[tuple[str, Entry, bool]]) -> str:
    """One question, folded: its question in sight, the gold and what was said within."""
    critical = '<span class="tag critical">关键</span>' if entry.critical else ""
    body = _pair("问题", safe(entry.question)) + _pair("题号", safe(entry.id))
    body += _pair("应为", safe(entry.expected)) if entry.expected else ""
    body += "".join(_pair("依据", safe(quote), safe(letter)) for letter, quote in entry.quotes)
    for name, one, alone in said:
        body += _pair(name, ("" if alone else _tag(one.cause_name)) + safe(one.said))
    body += _pair("所引", safe("\n".join(entry.cited))) if entry.cited else ""
    asked = f'<span class="t">{safe(shorten(entry.question, 80))}</span>'
    kind = f'<span class="tag">{safe(entry.kind)}</span>'
    return f"<details><summary>{critical}{_tag(outcome)}{kind}{asked}</summary><dl>{body}</dl></details>"


def _tag(outcome: str) -> str:
    return f'<span class="tag {"good" if outcome == "通过" else "cause"}">{safe(outcome)}</span>'


def _pair(name: str, markup: str, source: str = "") -> str:
    """A name and what belongs to it, both as markup; with a source it is a quote."""
    style = ' class="quote"' if source else ""
    whence = f'<div class="soft">{source}</div>' if source else ""
    return f'<dt>{name}</dt><dd{style}><div class="t">{markup}</div>{whence}</dd>'
