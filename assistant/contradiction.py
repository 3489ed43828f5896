"""Says what a sentence turns round although every figure and name of it is in its source: year, indicator, direction, negation.

A sentence in other words is not blamed for its words: only what the source plainly says of something else counts.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from assistant.understand import fold
from corpus.binding import bound
from corpus.figures import Figure, same
from corpus.negation import negations

# Of the pairs of characters of a clause, the least share that its source must have.
_ALIKE = 0.6
_CLAUSE = re.compile(r"[^，,。；;：:！!？?\n]+")
# A clause shorter than this many characters says too little to find its source.
_LEAST = 5
# How far before and behind a figure the words stand that say what is counted.
_BEFORE, _BEHIND = 24, 10
_BREAK = re.compile(r"[，,。；;：:、！!？?\n（(]")
_SIDE = re.compile(
    r"(?P<up>增长|增加|上升|提高|提升|上涨|扩大|高于|高出|高了|多于|多出|多了|超出|领先|净增|新增|[比较]\w{1,12}[高多快])"
    r"|(?P<down>下降|减少|降低|下滑|回落|下跌|压减|缩小|低于|低了|少于|少了|落后|净减|[比较]\w{1,12}[低少慢])"
)
# Words that say nothing of what is counted.
_COMMON = re.compile(
    r"20\d\d|共有?|达到?|其中|目前|截[至止]|全市|全省|以上|以来|年末|年底|月末|累计|已经?|分别|[的了为是有和与及在年月日]"
)


@dataclass(frozen=True)
class _Told:
    """A figure, the pairs of characters around it that say what it is, and whether it is told as a rise ("up") or a fall ("down")."""

    figure: Figure
    about: frozenset[str]
    side: str | None


def contradiction(text: str, quotes: str) -> str | None:
    """What of the text its source says otherwise, in words; None when nothing is.

    >>> contradiction("高企3219家，科小2572家", "科小3219家，高企2572家")
    '数据“3219家”在依据中说的是别的'
    >>> contradiction("2023年有高企1200家", "2022年有高企1200家，2023年有高企1350家")
    '数据“1200家”在依据中是2022年的'
    >>> contradiction("平台不收取费用", "平台收取费用")
    '与依据的肯定、否定相反：平台不收取费用'
    """
    return _of_figures(text, quotes) or _of_denial(text, quotes)


def _of_figures(text: str, quotes: str) -> str | None:
    source = _told(quotes)
    for claim in _told(text):
        equal = [told for told in source if same(claim.figure, told.figure)]
        # A number without unit and one that only counts a list is too common to be told apart.
        if not equal or not claim.figure.unit:
            continue
        problem = _year(claim, equal) or _direction(claim, equal) or _indicator(claim, equal, source)
        if problem:
            return f"数据“{text[claim.figure.start : claim.figure.end]}”{problem}"
    return None


def _year(claim: _Told, equal: Sequence[_Told]) -> str | None:
    asked = claim.figure.date
    known = [told.figure.date for told in equal]
    if asked is None or any(date is None or _one_time(asked, date) for date in known):
        return None
    return f"在依据中是{(known[0] or '')[:4]}年的"


def _one_time(one: str, other: str) -> bool:
    """Whether two dates may be the same, one of them perhaps only a year; a span holds what is in it."""
    a, b = one.replace("/", "-").split("-")[0], other.replace("/", "-").split("-")[0]
    if "/" in one + other:
        spans = [[part[:4] for part in date.split("/")] for date in (one, other)]
        return spans[0][0] <= spans[1][-1] and spans[1][0] <= spans[0][-1]
    return a == b and (one.startswith(other) or other.startswith(one))


def _direction(claim: _Told, equal: Sequence[_Told]) -> str | None:
    known = {told.side for told in equal}
    opposite = claim.side is not None and None not in known and claim.side not in known
    return "在依据中的高低、增减方向相反" if opposite else None


def _indicator(claim: _Told, equal: Sequence[_Told], source: Sequence[_Told]) -> str | None:
    """Another figure of the source counts just what the claim says, and the one of this value does not."""
    if max(len(claim.about & told.about) for told in equal) > 0:
        return None
    others = [told for told in source if told.figure.unit == claim.figure.unit and told not in equal]
    return "在依据中说的是别的" if any(claim.about & told.about for told in others) else None


def _told(text: str) -> list[_Told]:
    found = bound(text)
    ends = [0, *(figure.end for figure in found)]
    starts = [*(figure.start for figure in found), len(text)]
    told = []
    for figure, low, high in zip(found, ends, starts[1:], strict=False):
        before, behind = text[max(low, figure.start - _BEFORE) : figure.start], text[figure.end : high][:_BEHIND]
        # 高企，共有12家: with nothing in its own clause the figure belongs to the one before.
        cuts = [match.end() for match in _BREAK.finditer(before)]
        if cuts and _pairs(before[cuts[-1] :]):
            before = before[cuts[-1] :]
        cut = _BREAK.search(behind)
        about = _pairs(before) | _pairs(behind[: cut.start()] if cut else behind)
        sides = list(_SIDE.finditer(before))
        told.append(_Told(figure, frozenset(about), sides[-1].lastgroup if sides else None))
    return told


def _pairs(text: str) -> set[str]:
    return {a + b for part in _COMMON.split(fold(text)) for a, b in pairwise(part) if (a + b).isalpha()}


def _of_denial(text: str, quotes: str) -> str | None:
    source = [(_all_pairs(clause), negations(clause)) for clause in _CLAUSE.findall(quotes)]
    for clause in _CLAUSE.findall(text):
        own, denials = _all_pairs(clause), negations(clause)
        likeness = [_likeness(own, other) for other, _ in source]
        best = max(likeness, default=0.0)
        if len(clause.strip()) < _LEAST or best < _ALIKE:
            continue
        if all(denials % 2 != count % 2 for (_, count), like in zip(source, likeness, strict=True) if like == best):
            return f"与依据的肯定、否定相反：{clause.strip()[:30]}"
    return None


def _all_pairs(clause: str) -> frozenset[str]:
    return frozenset(a + b for a, b in pairwise(re.sub("没有|[没未不无非勿否]", "", fold(clause))))


def _likeness(one: frozenset[str], other: frozenset[str]) -> float:
    """The share of the claim's pairs that the source has: a claim may be shorter than its source."""
    return len(one & other) / len(one) if one else 0.0
