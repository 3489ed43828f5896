"""The numbers of the proposals that a letter answers, as written: letters, hyphens, leading zeros, several of them."""

import re

from corpus.letter import Stated
from corpus.metadata_parts import Parts, Piece, piece

NO = r"(?:[A-Za-z]{1,4}-?)?\d[\dA-Za-z]*(?:[-—][A-Za-z]{0,3}\d+)*"
_MANY = rf"{NO}(?:号?[、,和及与至到](?:第)?{NO})*"
_WHAT = r"(?:人大|政协|代表|委员|重点|平时|闭会|集体|党派|界别|会议|的|类)*(?:建议|提案|议案|意见|案|社情)"
_YEAR = r"(?:20\d\d年度?)?"
_NUMBERS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?<![令线告])第{_YEAR}\(?(?P<no>{_MANY})\)?号(?!楼|线|令|文|院|台风|公告|修改单)",
        rf"\(第{_YEAR}(?P<no>{_MANY})\)号",
        rf"(?<![〔\[【(\d])(?:20\d\d年)?(?P<no>{_MANY})号(?={_WHAT})",
        rf"\((?:自?编号|提案号|建议号|案号|总第|编号为|提案|建议)?:?(?:20\d\d年|20\d\d-)?第?(?P<no>{_MANY})号?\)(?=收悉|已收悉|提案|建议|的?(?:提|建)|后|,|》|$)",
        rf"(?:建议|提案|议案|自?编)(?:编号|号)?:?第?(?P<no>{NO})(?:号)?(?=[,。;)]|的|收悉|已|后)",
        rf"(?<![A-Za-z])N[Oo][.:]?(?P<no>{NO})",
        rf"第(?P<no>\d{{2,}})(?={_WHAT})",
        r"次会议(?P<no>\d{2,})号?\)$",
        rf"(?:类|组|界|字)第?(?P<no>{NO})号",
    )
)
_CHINESE = re.compile(r"第(?P<no>[一二三四五六七八九十百千零〇]+)号(?=" + _WHAT + ")")
# A group's name is part of the number: 第社会026号, 第经建-012号.
_GROUPED = re.compile(
    rf"第(?P<no>(?![^号]{{0,4}}(?:[届次年类组界字第]|会议|大会))[\u4e00-\u9fff]{{1,4}}[-—]?\d{{1,5}})号(?={_WHAT})"
)
# A title in quotes; but quotes around session and number alone hold no title.
_QUOTED = re.compile(
    r"[《“](?![^《》“”]*(?:届[^《》“”]*次|会议)[^《》“”]*第[^《》“”]{1,12}号(?:建议|提案|议案)?[》”])[^《》“”]*[》”]"
)
_DOC_NO = re.compile(r"[\u4e00-\u9fff]?[〔\[【(﹝]20\d\d[〕\]】)﹞]第?[\dA-Z]+号|\(?〔20\d\d〕")
_NOTED = re.compile(r"届.{0,14}次.{0,20}第?\d|(?:建议|提案|议案)(?:编号|号|第)")
_LEAD_END = re.compile(r"收悉|如下|现答复|经研究|参考")


def read_numbers(parts: Parts) -> tuple[Stated, ...]:
    """The numbers, from the box, else the titles, else the opening sentence, else the path of the page."""
    for field in parts.box_values("number"):
        if found := numbers_in(piece(parts.text, field.start, field.end)):
            return found
        if re.search(r"\d", field.value) and len(field.value) <= 24:
            listed = piece(parts.text, field.start, field.end)
            return tuple(listed.group(m) for m in re.finditer(NO, listed.text)) or (
                Stated(field.value, field.start, field.end),
            )
    for source in (parts.head, *parts.outside, *parts.pieces("name"), lead(parts.opening)):
        if found := numbers_in(source):
            return found
    for line in parts.tail:  # at the end, in brackets or a note: (县政协十届三次会议第45号)
        if _NOTED.search(line.text) and len(line.text) <= 80 and (found := numbers_in(line)):
            return found
    path = numbers_in(Piece("".join("".join(parts.breadcrumb[-1:]).split()), ()))
    return tuple(Stated(n.value, None, None, "inferred", "页面路径") for n in path)


def lead(opening: Piece) -> Piece:
    """The opening sentence up to 收悉 or 如下: what follows cites other papers."""
    end = _LEAD_END.search(opening.text, 12)
    cut = min(end.end() if end else 300, 400)
    return Piece(opening.text[:cut], opening.where[:cut])


def numbers_in(source: Piece) -> tuple[Stated, ...]:
    """Every number of a proposal in a piece; titles in quotes and 文号 aside."""
    text = _DOC_NO.sub(_blank, _QUOTED.sub(_blank, source.text))
    found: dict[str, Stated] = {}
    for match in _GROUPED.finditer(text):
        found.setdefault(match["no"], source.group(match, "no"))
    if found:
        return tuple(found.values())
    for pattern in _NUMBERS:
        for match in pattern.finditer(text):
            for part in re.finditer(NO, match["no"]):
                start = match.start("no") + part.start()
                found.setdefault(part[0], source.stated(part[0], start, start + len(part[0])))
        if found:
            return tuple(found.values())
    chinese = _CHINESE.search(text)
    return (source.group(chinese, "no"),) if chinese else ()


def _blank(match: re.Match[str]) -> str:
    return "\0" * len(match[0])
