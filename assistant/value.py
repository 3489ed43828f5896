"""Picks the value that a question asks for out of the sentence that answers it; none where two might be meant."""

import re
from collections.abc import Sequence
from itertools import pairwise

from assistant.understand import Query, fold
from corpus.binding import bound
from corpus.doc_numbers import doc_numbers
from corpus.figures import Figure
from corpus.units import kind_of

_UNIT = re.compile(
    r"(?:多少|几)(?:余|来|多)?([家项人名批件次位条种类户所座篇款届台套支只亩吨天年岁级个辆处间门张对株头把盏里])"
)
# 个 counts anything, 人 are also 名 and 位.
_SAME = {"个": "个家项种名位条处间座所", "人": "人名位", "名": "人名位", "位": "人名位", "家": "家个户", "项": "项个"}
_BREAK = re.compile(r"[，,。；;：:、！!？?\n（(]")
# The pairs of characters that the clause of the figure must share with the question.
_CLEARLY = 2
# What no single figure of a letter answers.
_DERIVED = re.compile(
    r"多多少|少多少|[高低]多少|高了|低了|比上|一共|合计|总共|两年|三年|各|分别|其中|差多少|相差|利率|和.{1,12}(?:各|分别)|[，,].{2,20}多少.{2,20}多少"
)
_PLANNED = re.compile("计划|拟|力争|将|争取|目标|预计|到20[2-9][0-9]年|缺口")
_BOUND = re.compile("(?:不超过|不低于|不少于|不高于|超过|超|近|约|达到|最高|最多|至少|逾)$")
_NEAR = 24


def value_of(query: Query, text: str) -> str | None:
    """The amount, count, rate or 文号 asked for, as the sentence writes it; None unless it is beyond doubt.

    It is when the sentence holds one such value, in a clause that says what the question asks for, of the year that it names, and
    no plan where none is asked for; never for a difference, a sum or a part.

    >>> from assistant.understand import understand
    >>> value_of(understand("银税互动贷款余额是多少"), "截至2022年末，银税互动贷款余额90.31亿元，同比增长27.41%")
    '90.31亿元'
    """
    if _DERIVED.search(fold(query.standalone)):
        return None
    if query.wants == "doc_no":
        return _only([text[n.start : n.end] for n in doc_numbers(text)])
    if query.wants not in ("amount", "count", "rate"):
        return None
    fitting = [figure for figure in bound(text) if _fits(figure, query)]
    if len(fitting) != 1 or not _is_meant(fitting[0], query, text):
        return None
    return _written(fitting[0], text)


def _is_meant(figure: Figure, query: Query, text: str) -> bool:
    clause = _clause(figure, text)
    asked = set().union(*map(_pairs, query.focus)) or _pairs(fold(query.matter))
    said = _pairs(clause)
    about = len(asked & said) >= max(_CLEARLY, len(asked) / 2) if len(asked) > 1 else bool(asked) and asked <= said
    of_year = not query.years or bool(figure.date and figure.date[:4] in query.years)
    planned = bool(_PLANNED.search(clause)) and query.tense != "future" and not _PLANNED.search(fold(query.standalone))
    return about and of_year and not planned


def _clause(figure: Figure, text: str) -> str:
    """The clause of the figure, and the one before where its own says nothing."""
    before = _BREAK.split(text[max(0, figure.start - _NEAR) : figure.start])
    head = before[-1] if _pairs(before[-1]) or len(before) < 2 else before[-2] + before[-1]
    return fold(head + " " + _BREAK.split(text[figure.end : figure.end + _NEAR])[0])


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
    """The figure with the words that bound it: 不超过1%, 近12家."""
    bound_by = _BOUND.search(text[max(0, figure.start - 4) : figure.start])
    return (bound_by[0] if bound_by else "") + text[figure.start : figure.end]


def _only(values: Sequence[str]) -> str | None:
    return values[0] if len(values) == 1 else None


def _pairs(text: str) -> set[str]:
    return {a + b for a, b in pairwise(text) if (a + b).isalpha()}
