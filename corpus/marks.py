"""Find the numbering marks of a text: 第一章, 一、, （一）, 1., (1), ①; marks only, no tree."""

import re
from dataclasses import dataclass, replace

from corpus.sentences import ordinal

# From the highest to the lowest; a dotted number (1.1) stands below 1. and before (1). "#1" … are Markdown's.
RANKS = (
    *("#1", "#2", "#3", "#4", "#5", "#6"),
    *("编", "部分", "章", "节", "条", "Ⅰ", "建议一", "一、", "（一）", "1.", "1.1", "1.1.1", "(1)", "1)", "①"),
    *("**", "关于", "一是"),
)
RANK = {kind: rank for rank, kind in enumerate(RANKS)}
_CN = r"[一二三四五六七八九十百零〇]{1,4}"
_BLANK = r"[^\S\n]"
_SPACE = r"[^\S\n]{0,4}"
# “一、二线城市”, “二、三产业” are no marks.
_NOT_A_PAIR = rf"(?!{_SPACE}(?:二|三|四|五|六|七|八|九|十){_SPACE}(?:[、线类期批届产季号楼]|级(?!以上)))"
_MEASURE = r"\s{0,2}(?:[万亿元个家项%％倍米吨人年月日分件名条次、至到和度]|小时|公[里斤顷]|平方|立方|号(?!文|线))"
_YEAR = r"(?:19|20)\d\d年"
_DATED = r"(?:19|20)\d\d(?:年|[-—－~～至])|\d{1,2}月"
_ROMAN = "ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩ"

_FORMS = (
    ("编", rf"第(?P<编>{_CN}|\d{{1,3}})编(?=\s|[一-龥])"),
    ("部分", rf"第(?P<部>{_CN}|\d{{1,2}})部分(?=\s|[：:、，]|[一-龥])[：:、]?"),
    ("章", rf"第(?P<章>{_CN}|\d{{1,3}})章(?=\s|[一-龥])"),
    ("节", rf"第(?P<节>{_CN}|\d{{1,3}})节(?=\s|[一-龥])"),
    (
        "建议一",
        rf"(?:第(?P<议>{_CN}|\d{{1,2}})[条项个]{_BLANK}?(?:建议|意见|诉求)|(?:建议|意见|诉求)(?P<见>{_CN}|\d{{1,2}})){_BLANK}?(?:[：:、]|(?=\n))",
    ),
    ("条", rf"第(?P<条>{_CN}|\d{{1,3}})条(?!建议|意见|诉求|措施|经验)(?=\s|[【：:]|[一-龥](?!例))"),
    ("Ⅰ", rf"(?P<罗>[{_ROMAN}]){_BLANK}?[、.．\s]"),
    ("一、", rf"(?P<一>[一二三四五六七八九十]{{1,3}}){_BLANK}?(?:、|[．.](?!\d)){_NOT_A_PAIR}"),
    (
        "（一）",
        rf"[（(〔【]{_SPACE}(?P<括>[一二三四五六七八九十]{{1,3}}){_SPACE}[）)〕】]、?|(?P<半括>[一二三四五六七八九十]{{1,3}})[）)]|(?P<圈括>[㈠-㈩])",
    ),
    ("1.1.1", rf"(?P<三>\d{{1,2}}\.\d{{1,2}}\.\d{{1,2}})\.?{_SPACE}(?=[一-龥])(?!{_MEASURE})"),
    ("1.1", rf"(?P<二>\d{{1,2}}\.\d{{1,2}})\.?{_SPACE}(?=[一-龥])(?!{_MEASURE})"),
    (
        "1.",
        rf"(?P<点>\d{{1,2}}){_BLANK}?(?:[．.](?!\d|{_BLANK}{{1,4}}\d)|[．.]{_SPACE}(?={_YEAR})|、(?!\d)|、(?={_YEAR})|[，,](?=[一-龥]))"
        rf"|(?P<疑>\d{{1,2}})(?:[．.]{_BLANK}{{1,4}}(?=\d)|[．.、](?!\d+(?:\.\d+)?{_MEASURE}))(?=\d)|(?P<圈点>[⒈-⒛])",
    ),
    ("(1)", rf"[（(]{_SPACE}(?P<小>\d{{1,2}}){_SPACE}[）)](?:(?!\d)|(?={_DATED}))、?|(?P<圈小>[⑴-⒇])"),
    ("1)", rf"(?P<半>\d{{1,2}}){_BLANK}?[）)](?:(?!\d)|(?={_DATED}))"),
    ("①", r"(?P<圈>[①-⑳])"),
    ("一是", r"(?P<是>[一二三四五六七八九十]{1,2})是(?=[^\s否])"),
)
MARK = "|".join(f"(?:{form})" for _, form in _FORMS)
_GROUP_KIND = {name: kind for kind, form in _FORMS for name in re.findall(r"\?P<([^>]+)>", form)}
_LINE = re.compile(
    rf"(?m)^{_BLANK}*(?:(?P<hash>#{{1,6}}){_BLANK}+)?(?P<bold>\*\*|__)?(?:[•●■◆▲►▶※☆★]{_BLANK}*)?(?P<begun>)(?:{MARK})"
)


@dataclass(frozen=True)
class Mark:
    """One numbering mark: `text[start:end]` is the mark itself; `inline` when it does not begin its line.

    `above` holds the numbers that stand before the last of a dotted one; `doubt` says that it may be a figure.
    """

    kind: str
    number: int
    start: int
    end: int
    inline: bool = False
    above: str = ""
    doubt: bool = False


def line_marks(text: str, start: int, end: int) -> list[Mark]:
    """The marks that begin a line, blanks and Markdown aside, in order.

    >>> [(m.kind, m.number) for m in line_marks("## 一、情况\\n1.5亿元\\n（二）人员", 0, 18)]
    [('一、', 1), ('（一）', 2)]
    """
    found = [read_mark(match, match.start("begun")) for match in _LINE.finditer(text, start, end)]
    return _without_figures([mark for mark in found if mark.number])


def read_mark(match: re.Match[str], begun: int, *, inline: bool = False) -> Mark:
    """The mark that `match`, a match of `MARK`, found; its number is 0 when it counts nothing."""
    name = next(name for name, value in match.groupdict().items() if value is not None and name in _GROUP_KIND)
    above, _, last = match[name].rpartition(".")
    return Mark(_GROUP_KIND[name], _number(last), begun, match.end(), inline, above, name == "疑")


def _number(numeral: str) -> int:
    if len(numeral) == 1:
        for first, last in (("㈠", "㈩"), ("⒈", "⒛"), ("⑴", "⒇"), ("Ⅰ", "Ⅹ")):
            if first <= numeral <= last:
                return ord(numeral) - ord(first) + 1
    if "百" in numeral:
        hundreds, _, rest = numeral.partition("百")
        return ordinal(hundreds or "一") * 100 + (ordinal(rest.lstrip("零〇")) if rest else 0)
    return ordinal(numeral)


def _without_figures(found: list[Mark]) -> list[Mark]:
    """Doubtful marks (1.5G, 2、3号线) stay where they count on; dotted ones where they count or have a parent."""
    kept: list[Mark] = []
    last: dict[str, int] = {}
    following = _next_numbers(found)
    dotted = {(mark.kind, mark.above, mark.number) for mark in found if mark.above}
    plain = {mark.number for mark in found if mark.kind == "1."}
    for k, mark in enumerate(found):
        if mark.doubt and not (last.get(mark.kind, 0) == mark.number - 1 and (mark.number > 1 or following[k] == 2)):
            continue
        if mark.above and not _counts(mark, dotted, plain):
            continue
        last[mark.kind] = mark.number
        kept.append(replace(mark, doubt=False))
    return kept


def _next_numbers(found: list[Mark]) -> list[int | None]:
    """For each mark the number of the next mark of its kind."""
    later: dict[str, int] = {}
    numbers: list[int | None] = []
    for mark in reversed(found):
        numbers.append(later.get(mark.kind))
        later[mark.kind] = mark.number
    return numbers[::-1]


def _counts(mark: Mark, dotted: set[tuple[str, str, int]], plain: set[int]) -> bool:
    beside = (mark.kind, mark.above, 1) in dotted and (
        mark.number > 1 or (mark.kind, mark.above, 2) in dotted or ordinal(mark.above.rpartition(".")[2]) in plain
    )
    return beside or (mark.number == 1 and mark.above.count(".") == 1)
