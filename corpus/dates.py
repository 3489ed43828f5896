"""Find dates in a text: 2022年9月14日, 2022年12月底, 2018-2020年, 今年10月, “十四五”."""

import re
from dataclasses import dataclass
from functools import lru_cache

from corpus.normalise import Normalised, normalise

_DIGIT = "零一二三四五六七八九"
_CN_YEAR = r"[一二][〇○零一二三四五六七八九]{3}"
_CN = r"[一二三四五六七八九十]{1,3}"
_Y = r"(?:19|20)\d\d"
_PART = r"(?P<part>(?:年)?(?:底|末|初|中旬|上旬|下旬|上半年|下半年|前|中期|[一二三四1-4]季度|第[一二三四1-4]季度)(?:前|以前|之前)?|(?:以来|前后|前))?"
# 1-5月, 5月至8月, 12日至15日: where the span of months or days ends.
_TO = r"\s?(?:[-~]{1,2}|至|到)\s?"
_TO_MONTH = rf"(?:{_TO}(?P<m2>1[0-2]|[1-9]))?"
_TO_DAY = rf"(?:{_TO}(?:(?P<m3>1[0-2]|[1-9])\s?月(?:份|(?P<d3>3[01]|[12]?\d)日)?|(?P<d2>3[01]|[12]?\d)日))?"
_FULL = re.compile(
    rf"(?<!\d)(?P<y>{_Y}|{_CN_YEAR})\s?(?:年度?|财年)(?:\s?(?P<m>\d{{1,2}}|{_CN}){_TO_MONTH}\s?月(?:份)?(?:\s?(?P<d>\d{{1,2}}|{_CN})\s?[日号])?{_TO_DAY})?{_PART}"
)
_ISO = re.compile(
    rf"(?<![\d.\-/])(?P<y>{_Y})(?P<s>[-/.])(?P<m>0?[1-9]|1[0-2])(?:(?P=s)(?P<d>0?[1-9]|[12]\d|3[01]))?(?![\d%-]|\.\d|[万亿])"
)
_SPAN = re.compile(rf"(?<![\d.\-])(?P<y>{_Y})年?\s?(?:[-~]{{1,2}}|至|到)\s?(?P<z>{_Y})(?:年度?(?!\d)|(?=[)〕\]]))")
_MONTH = re.compile(
    rf"(?<![\d.年\-第个约近])(?P<m>1[0-2]|[1-9]){_TO_MONTH}月(?:份)?(?:(?P<d>3[01]|[12]?\d)[日号])?{_TO_DAY}{_PART}(?!\d)"
)
_RELATIVE = re.compile(
    rf"(?P<word>今年|去年|前年|明年|后年|上年度?|本年度?|当年|同年|次年|翌年|近年来|近几年|多年来"
    rf"|(?:近|过去|最近|未来|今后)(?:\d{{1,2}}|{_CN}|两)年(?:来|间)?|本月|上月|上半年|下半年|(?<![\d一二两三四五六七八九十])年(?:内|底|末|初)|截[至止]目前|目前)"
    rf"(?:(?P<m>1[0-2]|[1-9]){_TO_MONTH}月(?:份)?(?:(?P<d>3[01]|[12]?\d)日)?)?"
    r"(?P<part>(?:年)?(?:底|末|初)(?:前|以前|之前)?|[以之]?前(?![后来])|上半年|下半年|第?[一二三四]季度|以来)?"
)
_PLAN = re.compile(
    r"\"?(?P<n>十?[一二三四五六七八九]|十)五\"?(?=时期|期间|末|规划|以来|收官|开局|\"|规|科|国|发|计划|、|,|和|战略|目标|建议)"
)
_DECADE = re.compile(r"(?:(?P<c>19|20|21)世纪)?(?P<t>[2-9]0)年代")


@dataclass(frozen=True)
class Date:
    """A date with the characters it was read from.

    `value` is YYYY-MM-DD, YYYY-MM or YYYY, a span "YYYY/YYYY" or "YYYY-MM/YYYY-MM", "--MM" or "--MM-DD" without its year, or the word itself
    when `relative`; `part` is 底, 上半年 and the like.
    """

    value: str
    start: int
    end: int
    relative: bool = False
    part: str = ""


@lru_cache(maxsize=4)
def dates(text: str) -> tuple[Date, ...]:
    """The dates of the text, in order, never overlapping; relative ones (今年, 10月) are flagged.

    >>> [d.value for d in dates("“十四五”以来，2022年12月底前、2021-11-30和今年")]
    ['2021/2025', '2022-12', '2021-11-30', '今年']
    """
    return dates_of(normalise(text))


def dates_of(copy: Normalised) -> tuple[Date, ...]:
    """`dates` of a text that has been normalised already; offsets are those of the original."""
    found: list[tuple[int, int, int, Date]] = []
    readers = (_span, _full, _iso, _plan, _decade, _relative, _month)
    patterns = (_SPAN, _FULL, _ISO, _PLAN, _DECADE, _RELATIVE, _MONTH)
    for order, (pattern, read) in enumerate(zip(patterns, readers, strict=True)):
        for match in pattern.finditer(copy.text):
            value = read(match)
            if value:
                part = match.groupdict().get("part") or ""
                date = Date(value, *copy.span(match.start(), match.end()), _is_relative(value), part.removeprefix("年"))
                found.append((match.start(), order, match.end(), date))
    return tuple(_apart(found))


def _apart(found: list[tuple[int, int, int, Date]]) -> list[Date]:
    kept: list[Date] = []
    reach = 0
    for begun, _, ended, date in sorted(found, key=lambda f: f[:2]):
        if begun >= reach:
            kept.append(date)
            reach = ended
    return kept


def _is_relative(value: str) -> bool:
    return not value[0].isdigit()


def _number(numeral: str | None) -> int:
    if not numeral:
        return 0
    if numeral.isdigit() and numeral.isascii():
        return int(numeral)
    tens, ten, ones = numeral.partition("十")
    if not ten:
        return _DIGIT.find(numeral) if len(numeral) == 1 else 0
    return (_DIGIT.find(tens) if tens else 1) * 10 + (_DIGIT.find(ones) if ones else 0)


def _year(numeral: str) -> str:
    return "".join(c if c.isascii() else str(_DIGIT.find("零" if c in "〇○" else c)) for c in numeral)


def _joined(year: str, month: int, day: int) -> str | None:
    """YYYY, YYYY-MM or YYYY-MM-DD; None when no calendar has it."""
    if month > 12 or day > 31:
        return None
    return year + (f"-{month:02d}" if month else "") + (f"-{day:02d}" if month and day else "")


def _full(match: re.Match[str]) -> str | None:
    return _spanned(_year(match["y"]), match)


def _spanned(year: str, match: re.Match[str]) -> str | None:
    """The date, or "from/to" where a second month or day is named."""
    month, day = _number(match["m"]), _number(match["d"])
    last = _number(match["m2"] or match["m3"]) or month
    last_day = _number(match["d3"] or match["d2"])
    value = _joined(year, month, day)
    if value is None or (last, last_day) == (month, 0) or (last, last_day) <= (month, day):
        return value
    return f"{value}/{_joined(year, last, last_day)}"


def _iso(match: re.Match[str]) -> str | None:
    # 2022.5 is a number as well as a month; only a whole date may be written with dots.
    if match["s"] == "." and not match["d"]:
        return None
    return _joined(match["y"], _number(match["m"]), _number(match["d"]))


def _span(match: re.Match[str]) -> str | None:
    return f"{match['y']}/{match['z']}" if match["y"] < match["z"] else None


def _month(match: re.Match[str]) -> str | None:
    return _spanned("-", match)


def _relative(match: re.Match[str]) -> str | None:
    month, day, last = _number(match["m"]), _number(match["d"]), _number(match["m2"])
    value = match["word"] + (f"-{month:02d}" if month else "") + (f"-{day:02d}" if day else "")
    return f"{value}/{match['word']}-{last:02d}" if last > month else value


def _plan(match: re.Match[str]) -> str | None:
    """The years of a five-year plan: from the third on (1966) each follows the last."""
    number = _number(match["n"])
    if number < 6 and not match.group().startswith('"'):
        return None
    first = 1966 + 5 * (number - 3) if number >= 3 else 1953 + 5 * (number - 1)
    return f"{first}/{first + 4}"


def _decade(match: re.Match[str]) -> str | None:
    century = int(match["c"]) - 1 if match["c"] else 19
    first = century * 100 + int(match["t"])
    return f"{first}/{first + 9}"
