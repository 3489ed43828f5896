"""Dates of a letter: when it was signed and when its page was published, as YYYY-MM-DD, YYYY-MM or YYYY."""

import datetime
import re

from corpus.letter import Stated
from corpus.metadata_parts import Parts, Piece, own_lines, piece

_DIGITS = {c: str(i) for i, c in enumerate("〇一二三四五六七八九")} | {"零": "0", "○": "0", "O": "0", "0": "0"}
_CN = "[〇零○O一二三四五六七八九]"
_DATE = re.compile(
    r"(?<![\d.])(?P<y>(?:19|20)\d\d)(?:年|[-/.])(?P<m>1[0-2]|0?[1-9])(?!\d)(?:月(?!\d)|(?:月|[-/.])(?P<d>[12]\d|3[01]|0?[1-9])(?:日|曰|号|(?!\d)|(?=\d\d:\d\d))|$)"
    r"|(?P<cy>[一二]"
    + _CN
    + r"{3})年(?P<cm>[元正]|十?[一二]|十|[三四五六七八九])月(?:(?P<cd>[一二三]?十[一二三四五六七八九]?|[一二三四五六七八九])日)?"
)
_FLAT = re.compile(r"(20\d\d)(\d{2,4})")
_WHOLE_LINE = re.compile(
    r"\(?(?:(?:成文|答复|落款|答复函)?(?:日期|时间):)?(?P<date>[^:()]{6,12}?)(?:印?\)|\(.{0,20}\))?"
)
_ORGAN_LINE = re.compile(
    r"[\u4e00-\u9fff()·]{3,46}(?:局|厅|委|委员会|办公室|政府|办事处|中心|公司|院|处|会|部|署|队|社|镇|乡|街道|站|所|办)(?:\((?:盖章|章|公章|印章|签章)\)|盖章|:)?|.{0,20}盖章.{0,4}"
)
_SIGNED = re.compile(
    r"(?:局|委|委员会|办公室|厅|部|政府|办事处|中心|公司|院|会|站|队|处|署|社|所|镇|乡|街道|盖章|\(章\)|章\)|:[\d\-*]{6,13}?)"
    r"(?P<date>(?:20\d\d[年.\-/]|二)[^:,。]{3,10}?[日曰]?)(?:\(.{0,12}\))?$"
)


def read_date(text: str) -> str | None:
    """The normalised date that a text without spaces consists of; None for anything else or an impossible date.

    >>> read_date("二〇二三年六月十九日"), read_date("2023年6月"), read_date("202439"), read_date("2023112")
    ('2023-06-19', '2023-06', '2024-03-09', None)
    """
    match = _DATE.fullmatch(text)
    return _value(match) if match else _squashed(text)


def find_dates(part: Piece) -> tuple[Stated, ...]:
    """Every date in a piece, in order."""
    found = ((m, _value(m)) for m in _DATE.finditer(part.text))
    return tuple(part.stated(value, m.start(), m.end()) for m, value in found if value)


def letter_date(parts: Parts) -> Stated | None:
    """The date of signing: the sign-off's, else the box's 成文日期, one under the title, else (inferred) the page's."""
    found = _signed(parts) or _from_box(parts, "written") or _under_title(parts)
    if found:
        return found
    page = publish_date(parts)
    return Stated(page.value, page.start, page.end, "inferred", "页面日期") if page else None


def publish_date(parts: Parts) -> Stated | None:
    """The date on which the page says that it was published; None for a text that is no page."""
    fields = sorted(parts.box_values("publish"), key=lambda f: _RANK.get(f.label, 5))
    for field in (*fields, *parts.box_values("source", "")):
        dates = find_dates(piece(parts.text, field.start, field.end))
        if dates:
            return dates[0]
    for line in parts.titles if parts.is_page else ():  # a date alone under the title: the page's
        match = _DATE.match(line.text)
        if match and len(line.text) - match.end() <= 5 and not line.text.endswith(")") and (value := _value(match)):
            return line.stated(value, match.start(), match.end())
    for line in parts.titles:  # date, time and source without a label
        match = _DATE.match(line.text)
        if match and _TIMED.fullmatch(line.text, match.end()) and (value := _value(match)):
            return line.stated(value, match.start(), match.end())
    return None


_TIMED = re.compile(r"\d{1,2}:\d\d(?::\d\d)?(?:来源|作者)?:?[\u4e00-\u9fff]{0,24}(?:(?:阅读|浏览|点击).{0,12})?")
_RANK = {
    "发布日期": 0,
    "发布时间": 0,
    "信息发布日期": 0,
    "发表时间": 1,
    "发表日期": 1,
    "公开日期": 2,
    "公开时间": 2,
    "更新时间": 3,
}


def _from_box(parts: Parts, key: str) -> Stated | None:
    for field in parts.box_values(key):
        dates = find_dates(piece(parts.text, field.start, field.end))
        if dates:
            return dates[0]
    return None


def _signed(parts: Parts) -> Stated | None:
    """The line below the opening that is nothing but a date, or ends in one right after the organ.

    The first one that stands with the organ that signed; else the last, for what comes after the sign-off is attached.
    """
    top = parts.salutation.where[0] if parts.salutation else -1
    found: list[Stated] = []
    lines = own_lines(parts)
    for i, line in enumerate(lines):
        if not 6 <= len(line.text) <= 80 or not line.where or line.where[0] <= top or line in parts.titles:
            continue
        dated = _date_line(line)
        if dated is None:
            continue
        near = [n.text for n in lines[max(0, i - 3) : i + 2]]
        if any(_ORGAN_LINE.fullmatch(n) for n in near if n != line.text) or _SIGNED.search(line.text):
            return dated
        found.append(dated)
    return found[-1] if found else None


def _date_line(line: Piece) -> Stated | None:
    view = line.text
    if not ("年" in view or "-" in view or "." in view or "/" in view or view.isdigit()):
        return None
    match = _WHOLE_LINE.fullmatch(view) if len(view) <= 40 else None
    if match and (value := read_date(match["date"])):
        return line.stated(value, match.start("date"), match.end("date"))
    glued = _SIGNED.search(view) if len(view) <= 80 and "。" not in view else None
    if glued and (value := read_date(glued["date"])):
        return line.stated(value, glued.start("date"), glued.end("date"))
    return None


def _under_title(parts: Parts) -> Stated | None:
    """(2023年7月6日) on a line of its own under the title."""
    for line in parts.titles:
        match = re.fullmatch(r"\((?P<date>[^()]{8,14})\)", line.text)
        if match and line.where and (value := read_date(match["date"])):
            return line.stated(value, match.start("date"), match.end("date"))
    return None


def _value(match: re.Match[str]) -> str | None:
    if match["cy"]:
        year = int("".join(_DIGITS[c] for c in match["cy"]))
        month, day = _small(match["cm"]), _small(match["cd"]) if match["cd"] else None
    else:
        year, month = int(match["y"]), int(match["m"])
        day = int(match["d"]) if match["d"] else None
    return _iso(year, month, day)


def _small(text: str) -> int:
    """A Chinese number below 100: 十九 → 19, 元 → 1."""
    if text in ("元", "正"):
        return 1
    tens, ten, ones = text.rpartition("十")
    return (int(_DIGITS[tens]) if tens else 1) * 10 * bool(ten) + (int(_DIGITS[ones]) if ones else 0)


def _iso(year: int, month: int, day: int | None) -> str | None:
    try:
        datetime.date(year, month, day or 1)
    except ValueError:
        return None
    return f"{year}-{month:02d}-{day:02d}" if day else f"{year}-{month:02d}"


def _squashed(text: str) -> str | None:
    """A date whose 年月日 were stripped, if it can be read in one way only."""
    match = _FLAT.fullmatch(text)
    if not match:
        return None
    rest = match[2]
    cuts = {(rest[:i], rest[i:]) for i in (1, 2) if 0 < len(rest) - i <= 2}
    if len(rest) < 4:  # the author wrote no leading zeros, or the whole would be eight digits long
        cuts = {(m, d) for m, d in cuts if not m.startswith("0") and not d.startswith("0")}
    dates = {_iso(int(match[1]), int(m), int(d)) for m, d in cuts if int(m) and int(d)} - {None}
    return dates.pop() if len(dates) == 1 else None
