"""Writes a citation as a civil servant would: 《标题》（编号，日期）第二部分（四）."""

import re
from collections.abc import Sequence

_TOP = re.compile(r"\s*([一二三四五六七八九十百]+)\s*[、.．]")
_SECOND = re.compile(r"\s*[(（]\s*([一二三四五六七八九十百]+)\s*[)）]")
_ITEM = re.compile(r"\s*(\d{1,3})\s*[.．、]")
_BARE_NUMBER = re.compile(r"[A-Za-z]*\d+")
_DATE = re.compile(r"(\d{4})(?:-(\d{1,2}))?(?:-(\d{1,2}))?")


def reference(title: str, number: str | None, date: str | None, heading_path: Sequence[str]) -> str:
    """The place of a quote in one line.

    >>> reference("关于提升创新能力的建议", "142194", "2023-06-19", ["二、工作开展的情况", "(四)加大扶持力度"])
    '《关于提升创新能力的建议》（第142194号，2023年6月19日）第二部分（四）'
    """
    known = "，".join(part for part in (number and written_number(number), date and written_date(date)) if part)
    return f"《{title.strip('《》')}》" + (f"（{known}）" if known else "") + place(heading_path)


def place(heading_path: Sequence[str]) -> str:
    """The part of the letter that a heading path leads to; headings without numbers are quoted.

    >>> place(["一、关于人才方面", "3.激励人才"])
    '第一部分第3点'
    >>> place(["附则"])
    '“附则”部分'
    """
    return "".join(_step(heading) for heading in heading_path)


def written_number(number: str) -> str:
    """A number as people write it: 第142194号; one that already reads like text is left alone."""
    return f"第{number}号" if _BARE_NUMBER.fullmatch(number) else number


def written_date(date: str) -> str:
    """An ISO date, month or year in Chinese.

    >>> written_date("2023-06-19"), written_date("2023-06"), written_date("2023")
    ('2023年6月19日', '2023年6月', '2023年')
    """
    match = _DATE.fullmatch(date)
    if not match:
        return date
    return "".join(f"{int(part)}{unit}" for part, unit in zip(match.groups(), "年月日", strict=True) if part)


def _step(heading: str) -> str:
    for pattern, form in ((_TOP, "第{}部分"), (_SECOND, "（{}）"), (_ITEM, "第{}点")):
        match = pattern.match(heading)
        if match:
            return form.format(match[1])
    return f"“{heading.strip()}”部分"
