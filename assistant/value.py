"""Picks the value that a question asks for out of the sentence that answers it; none where two might be meant."""

import re
from collections.abc import Sequence
from itertools import pairwise

from assistant.understand import Query, fold
from corpus.binding import bound
from corpus.dates import dates
from corpus.doc_numbers import doc_numbers
from corpus.figures import Figure
from corpus.units import kind_of

_UNIT = re.compile(
    r"(?:多少|几)(?:余|来|多)?([家项人名批件次位条种类户所座篇款届台套支只亩吨天年岁级个辆处间门张对株头把盏里])"
)
# 个 counts anything, 人 are also 名 and 位.
_SAME = {"个": "个家项种名位条处间座所", "人": "人名位", "名": "人名位", "位": "人名位", "家": "家个户", "项": "项个"}
_BREAK = re.compile(r"[，,。；;：:、！!？?\n（(]")
# The pairs of characters that one figure must share with the question more than any other.
_CLEARLY = 2
_NEAR = 24


def value_of(query: Query, text: str) -> str | None:
    """The amount, count, rate, date or 文号 asked for, as the sentence writes it; None when it is not plain which.

    >>> from assistant.understand import understand
    >>> value_of(understand("银税互动贷款余额是多少"), "截至2022年末，银税互动贷款余额90.31亿元，同比增长27.41%")
    '90.31亿元'
    """
    if query.wants == "doc_no":
        return _only([text[n.start : n.end] for n in doc_numbers(text)])
    if query.wants == "date":
        return _only([text[d.start : d.end] for d in dates(text)])
    if query.wants not in ("amount", "count", "rate"):
        return None
    fitting = [figure for figure in bound(text) if _fits(figure, query)]
    if len(fitting) < 2:
        return _only([_written(figure, text) for figure in fitting])
    asked = _pairs(fold(query.matter))
    shared = [len(asked & _about(figure, text)) for figure in fitting]
    first, second = sorted(shared, reverse=True)[:2]
    return _written(fitting[shared.index(first)], text) if first - second >= _CLEARLY else None


def _fits(figure: Figure, query: Query) -> bool:
    kind = kind_of(figure.unit)[0]
    if query.wants == "amount":
        return kind == "元" or (not figure.unit and figure.value >= 10_000)
    if query.wants == "rate":
        return kind in ("%", "个百分点", "百分点", "倍", "‰")
    unit = _UNIT.search(fold(query.standalone))
    if unit is None:
        return bool(figure.unit) and not figure.unit.startswith("第")
    return figure.unit[:1] in _SAME.get(unit.group(1), unit.group(1)) and bool(figure.unit)


def _written(figure: Figure, text: str) -> str:
    return text[figure.start : figure.end]


def _only(values: Sequence[str]) -> str | None:
    return values[0] if len(values) == 1 else None


def _about(figure: Figure, text: str) -> set[str]:
    """The pairs of characters in the figure's clause, on both sides of it."""
    before = _BREAK.split(text[max(0, figure.start - _NEAR) : figure.start])[-1]
    return _pairs(before + " " + _BREAK.split(text[figure.end : figure.end + _NEAR])[0])


def _pairs(text: str) -> set[str]:
    return {a + b for a, b in pairwise(text) if (a + b).isalpha()}
