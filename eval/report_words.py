"""The words and numbers that all reports share: the verdict, the headline, how a value, a delta and an interval print."""

from collections import Counter
from collections.abc import Iterable
from html import escape

from eval.names import kind_name
from eval.report_model import Line, Report
from eval.summary import LESS_IS_BETTER, NEUTRAL

# The status of the gate: its style on the page and its words.
VERDICTS = {
    None: ("none", "未判定"),
    0: ("pass", "通过"),
    1: ("fail", "未通过"),
    2: ("open", "不能判定"),
}
# Counted, not averaged.
_WHOLE = frozenset({"figures", "ungrounded figures", "negation flips", "characters lost"})
_WHOLE |= {"chunk length p5", "chunk length p50", "chunk length p95"}


def printable(text: str) -> str:
    """The text with a mark in place of what XML and UTF-8 cannot hold: control characters, lone surrogates.

    >>> printable("a\\x00b\\ud800c\\n")
    'a�b�c\\n'
    """
    return "".join(mark if mark in "\t\n\r" or _holds(ord(mark)) else "\ufffd" for mark in text)


def safe(text: str) -> str:
    """The text for the page or for XML: nothing in it is markup, all of it can be written.

    >>> safe("<b>\\x00《办法》</b>")
    '&lt;b&gt;�《办法》&lt;/b&gt;'
    """
    return escape(printable(text))


def number(measure: str, value: float | None) -> str:
    """A value of the measure; a dash when it could not be measured.

    >>> number("right", 0.5), number("figures", 12.0), number("right", None)
    ('0.500', '12', '—')
    """
    if value is None:
        return "—"
    return (f"{value:.0f}" if measure in _WHOLE else f"{value:.3f}").replace("-", "−")


def delta(line: Line) -> str:
    """The difference with its sign; nothing without a baseline.

    >>> delta(Line("answer", "right", 0.5, 0.25, -0.25, None, 4))
    '−0.250'
    """
    return "" if line.delta is None else _signed(line.measure, line.delta)


def interval(line: Line) -> str:
    """The interval of the difference (with signs) where there is one, else of the value; nothing where nothing moved.

    >>> interval(Line("answer", "right", 0.5, 0.25, -0.25, (-0.5, 0.01), 4))
    '−0.500 至 +0.010'
    """
    if line.interval is None or (line.delta is not None and line.interval == (0.0, 0.0)):
        return ""
    if line.delta is None:
        return " 至 ".join(f"{bound:.3f}" for bound in line.interval)
    return " 至 ".join(_signed(line.measure, bound) for bound in line.interval)


def _signed(measure: str, value: float) -> str:
    shown = number(measure, abs(value))
    return "0" if not float(shown) else ("+" if value > 0 else "−") + shown


def tint(line: Line) -> str:
    """`up` when the measure got better, `down` when it got worse, nothing otherwise."""
    if not line.delta or line.measure in NEUTRAL:
        return ""
    return "up" if (line.delta > 0) != (line.measure in LESS_IS_BETTER) else "down"


def headline(report: Report) -> str:
    """One sentence: how many passed, what changed and at which stage, where most is lost."""
    total = len(report.entries)
    said = f"{total} 题，通过 {report.passed}（{report.passed / total:.1%}）" if total else "没有一题"
    if report.compared:
        said += f"；比基线变好 {len(report.improved)} 题，变坏 {len(report.regressed)} 题"
        turned = _most(change.now.cause_name if change.now else "没有问到" for change in report.regressed)
        said += f"，多在：{turned}" if turned else ""
    lost = _most(entry.cause_name for entry in report.failures)
    return said + (f"；失去最多的一步：{lost}" if lost else "")


def verdict_lines(report: Report) -> list[str]:
    """Why the gate did not pass: what could not be measured, then measures and kinds, then single questions.

    Questions with the same fault share a line, and a mend that several lines have stands once.
    """
    ids = {entry.id for entry in report.entries}
    # A conversation is kept on one line, as everywhere in the report.
    parted = [(line, *_mend(line)) for line in (line.replace(" ⏎ ", " / ") for line in report.failed)]
    mends = Counter(mend for _, _, mend in parted if mend)
    shared: dict[str, list[str]] = {}
    whole: list[str] = []
    single: list[str] = []
    for line, fault, mend in parted:
        shown = fault if mends[mend] > 1 else line
        name, colon, rest = shown.partition("：")
        if colon and name in ids:
            shared.setdefault(rest, []).append(name)
        else:
            (single if shown.partition(" ")[0] in ids else whole).append(_in_chinese(shown))
    joined = [f"{fault}（{len(names)} 题）：{'、'.join(names)}" for fault, names in shared.items()]
    ends = [f"怎么办：{mend}" for mend, count in mends.items() if count > 1]
    return [*(f"未测得：{line}" for line in report.unmeasured), *whole, *joined, *ends, *single]


def _mend(line: str) -> tuple[str, str]:
    """The fault of a line and its mend, which stands behind the last arrow; a change of a value (0.9 → 0.8) is none."""
    fault, arrow, mend = line.rpartition(" → ")
    return (fault, mend) if arrow and not mend[:1].isdigit() else (line, "")


def _in_chinese(line: str) -> str:
    """A line about a kind (`colloquial 类（41 题）…`) with the kind's name."""
    kind, there, rest = line.partition(" 类（")
    return f"{kind_name(*kind.split('/', 1))}类（{rest}" if there else line


def _most(names: Iterable[str]) -> str:
    """The most frequent name with its number; "" where there is none."""
    return "".join(f"{name}（{count} 题）" for name, count in Counter(names).most_common(1))


def _holds(code: int) -> bool:
    return 0x20 <= code < 0x7F or 0xA0 <= code < 0xD800 or 0xE000 <= code < 0xFFFE or code >= 0x10000
