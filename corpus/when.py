"""Bind the dates of a letter to the calendar: 今年, 去年, 目前 and 5月 count from the letter's own date, or from nothing."""

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from corpus.dates import Date, dates

_STEPS = {"今年": 0, "本年": 0, "本年度": 0, "去年": -1, "上年": -1, "上年度": -1, "前年": -2, "明年": 1, "后年": 2}
_NOW = re.compile(r"目前|截[至止]目前|年[内底末初]|[上下]半年")
_AS_OF = re.compile(r"截[至止]到?\s?$")
_TITLE = re.compile(r"《[^《》\n]{2,80}》")
# 2019年成立的协会, 2022年印发的《…》: the year says when the thing began, not when the figure held.
_OF_A_THING = re.compile(
    r"(?:初|底|\d{1,2}月)?(?:(?:印发|出台|制定|成立|颁布|发布|修订|实施|施行|投用|建成)的|(?:建成|投用|成立|始建|竣工|通车|投运|出台|印发)(?:[，,、]|于))"
)
_BASE = re.compile(r"(?:较|比|与|同|和|相比于?|以)(?:上一?)?$")
_SINCE = re.compile(r"\s?(?:[年月日]?(?:以来|起|开始|至今|后[，,]))")
_THIS = re.compile(r"今年\s?[（(](?P<y>20\d\d)年?[）)]|(?P<z>20\d\d)年[（(]今年[）)]")
_LAST_MONTH = 12


@dataclass(frozen=True)
class When:
    """A date of the text and what it amounts to; `value` is None where the text does not allow a year."""

    start: int
    end: int
    words: str
    value: str | None
    base: bool = False


@lru_cache(maxsize=4)
def whens(text: str, written: str | None = None) -> tuple[When, ...]:
    """The dates of the text, in order, bound to the calendar by the day the letter was written; titles hold none.

    >>> [w.value for w in whens("截至今年3月和去年，到2025年底", "2023-06-19")]
    ['2023-03', '2022', '2025']
    """
    shut = [match.span() for match in _TITLE.finditer(text)]
    year = None if written is None or contradiction(text, written) else int(written[:4])
    found: list[When] = []
    k = 0
    for date in dates(text):
        while k < len(shut) and shut[k][1] <= date.start:
            k += 1
        inside = k < len(shut) and shut[k][0] <= date.start
        if not inside and not _OF_A_THING.match(text, date.end):
            found.append(_when(text, date, year, written))
    return tuple(found)


def contradiction(text: str, written: str) -> str | None:
    """The words that cannot have been written on that day, 截至今年10月 in a letter of June; None when all fit.

    >>> contradiction("截至今年10月，立项12个", "2023-06-19")
    '截至今年10月'
    """
    year, month = int(written[:4]), int(written[5:7] or _LAST_MONTH)
    for named in _THIS.finditer(text):
        if int(named["y"] or named["z"]) != year:
            return named.group()
    for date in dates(text):
        as_of = _AS_OF.search(text, max(0, date.start - 4), date.start)
        bound = _value(date, year, written) if as_of else None
        if as_of and bound and (int(bound[:4]), int(bound[5:7] or 0)) > (year, month):
            return text[as_of.start() : date.end]
    return None


def bind(value: str, year: int | None, written: str | None) -> str | None:
    """The calendar value of one that `dates` gave; None when it is relative and no year is known."""
    return _value(Date(value, 0, 0), year, written)


def _when(text: str, date: Date, year: int | None, written: str | None) -> When:
    before = text[max(0, date.start - 4) : date.start]
    as_of = _AS_OF.search(before)
    start = date.start - (len(before) - as_of.start()) if as_of else date.start
    value = _value(date, year, written)
    since = _SINCE.match(text, date.end)
    if value and "/" not in value and (since or date.part == "以来"):
        value += "/.."
    end = since.end() if since and since.group()[-1] not in "，," else date.end
    return When(start, end, text[start:end], value, bool(_BASE.search(before)))


def _value(date: Date, year: int | None, written: str | None) -> str | None:
    value = date.value
    if value[0].isdigit():
        return value
    if year is None:
        return None
    if "/" in value:
        ends = [_value(replace(date, value=part), year, written) for part in value.split("/")]
        return "/".join(end for end in ends if end) if all(ends) else None
    if value.startswith("--"):
        # 5月 without a year is this year's, unless that month had not begun when the letter was written.
        known = written is not None and len(written) >= 7 and value[2:4] <= written[5:7]
        return f"{year}{value[1:]}" if known else None
    word, _, rest = value.partition("-")
    if word in _STEPS:
        return str(year + _STEPS[word]) + (f"-{rest}" if rest else "")
    return str(year) if _NOW.fullmatch(word) else None
