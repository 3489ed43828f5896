"""Find the numbering marks of a text: 第一章, 一、, （一）, 1., (1), ①; marks only, no tree."""

import re
from dataclasses import dataclass

from corpus.brackets import Shelter, brackets
from corpus.sentences import ordinal

# From the highest to the lowest; a dotted number (1.1) stands below 1. and before (1).
RANKS = ("编", "章", "节", "条", "一、", "（一）", "1.", "1.1", "1.1.1", "(1)", "1)", "①", "关于", "一是")
_CN = r"[一二三四五六七八九十百零〇]{1,4}"
# “一、二线城市”, “二、三产业” are no marks.
_NOT_A_PAIR = r"(?![一二三四五六七八九十]\s*[、线级类期批届产])"
_UNITS = r"(?![万亿元个家项%％倍米吨人年月日小分件名条次号、至到和])"
_YEAR = r"(?:19|20)\d\d年"

_FORMS = (
    ("编", rf"第(?P<编>{_CN}|\d{{1,3}})编(?=\s|[一-龥])"),
    ("章", rf"第(?P<章>{_CN}|\d{{1,3}})章(?=\s|[一-龥])"),
    ("节", rf"第(?P<节>{_CN}|\d{{1,3}})节(?=\s|[一-龥])"),
    ("条", rf"第(?P<条>{_CN}|\d{{1,3}})条(?=\s|[【：:]|[一-龥](?!例))"),
    ("一、", rf"(?P<一>[一二三四五六七八九十]{{1,3}})\s?(?:、|[．.](?!\d)){_NOT_A_PAIR}"),
    ("（一）", r"[（(〔]\s*(?P<括>[一二三四五六七八九十]{1,3})\s*[）)〕]、?|(?P<圈括>[㈠-㈩])"),
    ("1.1.1", rf"(?P<三>\d{{1,2}}\.\d{{1,2}}\.\d{{1,2}})\.?\s*(?=[一-龥]){_UNITS}"),
    ("1.1", rf"(?P<二>\d{{1,2}}\.\d{{1,2}})\.?\s*(?=[一-龥]){_UNITS}"),
    ("1.", rf"(?P<点>\d{{1,2}})\s?(?:[．.](?!\d)|[．.]\s*(?={_YEAR})|、(?!\d)|、(?={_YEAR}))|(?P<圈点>[⒈-⒛])"),
    ("(1)", r"[（(]\s*(?P<小>\d{1,2})\s*[）)](?!\d)|(?P<圈小>[⑴-⒇])"),
    ("1)", r"(?P<半>\d{1,2})\s?[）)](?!\d)"),
    ("①", r"(?P<圈>[①-⑳])"),
    ("一是", r"(?P<是>[一二三四五六七八九十]{1,2})是(?=[^\s否])"),
)
_MARK = "|".join(f"(?:{form})" for _, form in _FORMS)
_GROUP_KIND = {name: kind for kind, form in _FORMS for name in re.findall(r"\?P<([^>]+)>", form)}
_AT_LINE_START = re.compile(rf"(?m)^(?P<indent>[^\S\n]*)(?:{_MARK})")
# In a text whose line breaks were lost a mark follows a sentence.
_INLINE = re.compile(rf"(?<=[。！？：:”\s])(?:{_MARK})")
_HIGH = ("一、", "（一）")
_ABOUT = re.compile(r"(?m)^(?P<indent>[^\S\n]*)关于[^。\n]{3,80}?的(?:建议|意见|问题|支持|诉求)")
_TITLE = re.compile(r"(?:答复|复函|回复|复文|的函|办理情况|会办意见)[^。，,\n]{0,12}$|第\s?[\w\-]+\s?号")
_OPENING = re.compile(r"(?:如下|收悉|函告)[^\n]{0,40}")
_ITEM_MAX = 40


@dataclass(frozen=True)
class Mark:
    """One numbering mark: `text[start:end]` is the mark itself; `inline` when it does not begin its line."""

    kind: str
    number: int
    start: int
    end: int
    inline: bool = False
    above: str = ""


def marks(text: str, start: int, end: int) -> list[Mark]:
    """Every mark that could open a section, in order; unnumbered 关于…的建议 headings only where nothing is numbered."""
    found = [_mark(match, match.end("indent")) for match in _AT_LINE_START.finditer(text, start, end)]
    if not any(mark.kind in _HIGH for mark in found):
        found += _inline_marks(text, start, end, {mark.start for mark in found})
    found = [mark for mark in found if mark.number]
    numbered = [mark for mark in found if mark.kind != "一是"]
    if not numbered:
        return _about_marks(text, start, end) or found
    return sorted(numbered, key=lambda mark: mark.start)


def _mark(match: re.Match[str], begun: int, inline: bool = False) -> Mark:
    name = match.lastgroup or ""
    kind, numeral = _GROUP_KIND[name], match[name]
    above, _, last = numeral.rpartition(".")
    return Mark(kind, _number(last), begun, match.end(), inline, above)


def _number(numeral: str) -> int:
    if len(numeral) == 1:
        for first, last in (("㈠", "㈩"), ("⒈", "⒛"), ("⑴", "⒇")):
            if first <= numeral <= last:
                return ord(numeral) - ord(first) + 1
    if "百" in numeral:
        hundreds, _, rest = numeral.partition("百")
        return ordinal(hundreds or "一") * 100 + (ordinal(rest.lstrip("零〇")) if rest else 0)
    return ordinal(numeral)


def _inline_marks(text: str, start: int, end: int, taken: set[int]) -> list[Mark]:
    shelter = Shelter(brackets(text, start, end))
    found: list[Mark] = []
    for match in _INLINE.finditer(text, start, end):
        around = shelter.around(match.start())
        if match.start() in taken or (around is not None and around[0] != match.start()):
            continue
        mark = _mark(match, match.start(), inline=True)
        if mark.kind in _HIGH or mark.kind == "1.":
            found.append(mark)
    return _plausible_inline(found)


def _plausible_inline(found: list[Mark]) -> list[Mark]:
    """Inline marks, where line breaks were lost: two of a high kind in step, parts longer than the items of a list."""
    high = [mark for mark in found if mark.kind in _HIGH]
    first = [mark for mark in high if mark.kind == high[0].kind]
    if len(first) < 2 or [mark.number for mark in first[:2]] != [1, 2]:
        return []
    return found if (first[-1].start - first[0].start) / (len(first) - 1) > _ITEM_MAX else []


def _about_marks(text: str, start: int, end: int) -> list[Mark]:
    """Unnumbered 关于…的建议 headings: below the opening sentence, at least two unless one stands on its own line."""
    opening = _OPENING.search(text, start, end)
    if opening is None:
        return []
    found = [
        Mark("关于", 1, match.end("indent"), match.end("indent"), above=match.group().strip())
        for match in _ABOUT.finditer(text, opening.start(), end)
        if not _TITLE.search(text[match.start() : _line_end(text, match.end(), end)][:120])
    ]
    alone = any(mark.start + len(mark.above) == _line_end(text, mark.start, end) for mark in found)
    return found if len(found) > 1 or alone else []


def _line_end(text: str, at: int, end: int) -> int:
    cut = text.find("\n", at, end)
    return end if cut < 0 else cut
