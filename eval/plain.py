"""Decide whether a text states a value, whatever its width, spacing, punctuation, separators or date form."""

import re
import unicodedata
from functools import lru_cache

from corpus.figures import Figure, figures, same

# 2023年6月19日 · 2023-06-19, 2023/6/19, 2023.6.19 · 2023-06; a plain 2022-2025 or 2023.5 is no date.
_DATE = re.compile(
    r"(?<!\d)((?:19|20)\d\d)(?:\s*年\s*0?(\d{1,2})\s*月(?:\s*0?(\d{1,2})\s*日)?"
    r"|[-./]0?(\d{1,2})[-./]0?(\d{1,2})(?![\d.])日?|-(0[1-9]|1[0-2])(?![-\d]))"
)
THOUSANDS = r"(?<![\d.])(?<!\d,)\d{1,3}(?:,\d{3})+(?!\d|,\d)"
# Two numbers that punctuation held apart (2022-2025, 〔2022〕16号) must not grow together into a third.
# nor a number and a scale across a full stop (共3家。万人…); white space alone only parts numbers.
_SPACE = re.compile(r"(?<!\d)\s+|\s+(?!\d)")
_APART = re.compile(r"(?<=\d)(?:[^\w%‰.]|\.(?!\d))+(?=[\d万亿%‰])")
_DROPPED = re.compile(r"[^\w%‰.|]|_|(?<!\d)[.|]|\.(?!\d)|\|(?![\d万亿%‰])")


@lru_cache(maxsize=4096)
def plain(text: str) -> str:
    """The text for comparing: NFKC, lower case, no spaces or punctuation; decimal points, % and ‰ stay.

    >>> plain("２０２３年 06月19日，“1,234.5 万元”。"), plain("2022—2025 年")
    ('2023年6月19日1234.5万元', '2022|2025年')
    """
    text = unicodedata.normalize("NFKC", text).lower()
    text = _DATE.sub(_date, text)
    text = re.sub(THOUSANDS, lambda m: m[0].replace(",", ""), text)
    return _DROPPED.sub("", _APART.sub("|", _SPACE.sub("", text)))


def states(text: str, value: str) -> bool:
    """Whether `text` holds `value`, both made plain, a number only as a whole number.

    >>> states("认定 2572 家、合计3万户", "2572家"), states("12572家", "2572家"), states("3万户", "3")
    (True, False, False)
    """
    wanted = plain(value)
    if not wanted:
        return False
    before = r"(?<!\d)(?<!\d\.)" if wanted[0].isdigit() else ""
    after = r"(?!\d|\.\d|[万亿%‰])" if wanted[-1].isdigit() else ""
    return re.search(before + re.escape(wanted) + after, plain(text)) is not None


def holds(text: str, value: str) -> bool:
    """Whether `text` states `value`, or a figure of the same value in another form.

    >>> holds("评出四个团队，经费1.565千万元", "4个"), holds("投入0.3亿元", "3000万元"), holds("共4名", "4个")
    (True, True, False)
    """
    if states(text, value):
        return True
    figure = _whole_figure(value)
    return figure is not None and any(same(figure, other) for other in _figures(text))


def _whole_figure(value: str) -> Figure | None:
    """The figure that the value is, None when it is more or other than one figure."""
    found = _figures(value)
    return found[0] if len(found) == 1 and found[0].written == value.strip() else None


@lru_cache(maxsize=1024)
def _figures(text: str) -> tuple[Figure, ...]:
    return figures(text)


def _date(match: re.Match[str]) -> str:
    month, day = match[2] or match[4] or match[6].lstrip("0"), match[3] or match[5]
    return f"{match[1]}年{month}月" + (f"{day}日" if day else "")
