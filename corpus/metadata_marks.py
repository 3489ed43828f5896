"""The marks on a letter's head: category by the scheme in categories.toml, index number, 发文字号, disclosure, signer."""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from corpus.box import INDEX_SHAPE, LABELS, flat
from corpus.letter import Stated
from corpus.metadata_parts import Parts, Piece, piece

_TICK = "[√☑■✔✓☒◼●]"
_INDEX_LABELLED = re.compile(
    r"索\s?(?:引|取)\s?号\s*[】\]]?[*\s]*[:|]?\s*(?P<no>(?=[^\s]{0,39}\d{4})[0-9A-Za-z][0-9A-Za-z/\-_.]{6,40})(?![0-9A-Za-z])"
)
_DOC_NO = re.compile(
    r"(?P<no>(?!号)[\u4e00-\u9fffA-Za-z]{2,14}?[〔\[【(﹝](?:19|20)\d\d[〕\]】)﹞](?:第|字第)?[A-Z]?\d{1,5}(?:-\d+)?号)"
)
_BEFORE_DOC_NO = re.compile(
    r"(?:\(|(?:发文字号|发文号|文号|字号|编号):?|[(\[]?[A-D甲乙丙]\d?[)\]]?类?[)\]]?(?=[\u4e00-\u9fff]{2})|(?:类别|答复类别|办理结果):?[A-D]\d?类?|(?:主动)?公开)*"
)
_DOC_LABELLED = re.compile(
    r"(?m)(?:^|(?<=\s)|(?<=\|))(?:- )?(?:文 {0,4}号|发文字号|发文文号)[\s:|】\]〔〕\[()]{0,8}"
    + _DOC_NO.pattern
    + r"(?=\s|\||$)"
)
_DISCLOSURE = (
    ("不予公开", r"不予公开|不宜公开|不公开|不同意公开|公开:[(]?否|公开:不"),
    ("依申请公开", r"依申请公开|申请公开"),
    (
        "主动公开",
        r"主动公开|同意公开|公开发布|全文公开|(?:此|本)件公开|(?<!不)(?:可以?|予以|宜)公开|公开:[(]?(?:是|√|公开|全文)",
    ),
)
_DISCLOSURE_NEAR = re.compile(r"公开|此件")
_SIGNER = re.compile(
    r"(?:签发|审签|签批|核签|签署|批准)(?:人|领导)?:(?P<name>[\u4e00-\u9fff×某*·]{2,5}?)(?=[|类办公答联承文(]|[A-Z\d]|[\u4e00-\u9fff]{1,6}[〔\[]|$)"
)


@dataclass(frozen=True)
class _Scheme:
    marks: dict[str, str]
    labelled: re.Pattern[str]
    alone: re.Pattern[str]
    ticked: re.Pattern[str]
    tick_before: re.Pattern[str]
    tick_after: re.Pattern[str]
    first: re.Pattern[str]
    any_mark: re.Pattern[str]
    this_one: re.Pattern[str]
    boxed: re.Pattern[str]


@cache
def _scheme() -> _Scheme:
    """The patterns that follow from categories.toml."""
    data = tomllib.loads(Path(__file__).with_name("categories.toml").read_text(encoding="utf-8"))
    mark = "[" + "".join(data["marks"]) + "]"
    labels = "|".join(sorted(data["labels"]["words"], key=len, reverse=True))
    end = r"\d?(?:类|级)?(?:件)?(?![A-Za-z\d])"
    sep, public = r"[)\]】〕/、,;|·(\[]*", r"(?:(?:主动|不予|依申请|同意|全文|可以?|予以)?公开)"
    opened, closed = r"[(\[【〔“]", r"[)\]】〕”]"
    return _Scheme(
        data["marks"],
        re.compile(
            rf"(?:{labels})(?:为|是)?[:)】/]?[\[(“【]*(?P<mark>{mark}){end}|(?:{labels}):.{{2,14}}[(](?P<end>{mark}){end}"
        ),
        re.compile(
            rf"{opened}?(?P<mark>{mark})[)\]】〕”]?\d?类?件?{sep}{public}?{closed}?"
            rf"|.{{0,60}}{opened}(?P<end>{mark})\d?类?件?{sep}{public}?{closed}"
            rf"|(?:{opened}?(?:此件|本件)?{public}{sep}|{opened})(?P<behind>{mark})\d?类?件?{closed}?"
            rf"|.{{4,40}}号[(\[]?(?P<last>{mark})\d?类?[)\]]?{public}?"
        ),
        re.compile(rf"{mark}类?:?[(\[]?{_TICK}|{_TICK}[)\]]?{mark}"),
        re.compile(rf"{_TICK}[)\]]?(?P<mark>{mark})"),
        re.compile(rf"(?P<mark>{mark})类?:?[(\[]?{_TICK}"),
        re.compile(mark),
        re.compile(rf"{mark}(?=\d?[类级])|(?<![A-Za-z]){mark}(?=[、/,])"),
        re.compile(
            rf"(?:本|此|该)(?:件|答复|复函|复文|建议|提案|议案)?(?:的?(?:办理|答复|办复)?(?:结果|类别|类型)|归类|列)?(?:为|属于?|是|定为|列为|按)[“\"(\[]?(?P<mark>{mark})[”\")\]]?(?:类|级)"
        ),
        re.compile(rf"[(\[“【]*(?P<mark>{mark}){end}[)\]”】]*(?:[(:].*)?|.{{1,14}}[(\[](?P<end>{mark}){end}[)\]].*"),
    )


def category(parts: Parts) -> Stated | None:
    """The category of the reply; a legend that explains all of them is no mark."""
    scheme = _scheme()
    for field in parts.box_values("category"):
        found = piece(parts.text, field.start, field.end)
        if match := scheme.boxed.fullmatch(found.text):
            return _category(scheme, found, match, "mark" if match["mark"] else "end")
        if marked := _marked(scheme, found):
            return marked
    above = tuple(line for line in parts.titles if line.where)
    for line in (*above, *parts.tail[-8:]):
        if len(line.text) <= 300 and (match := scheme.this_one.search(line.text)):
            return _category(scheme, line, match, "mark")
    for line in (*above, *parts.tail):
        if len(line.text) <= 60 and (marked := _marked(scheme, line)):
            return marked
    for line in (*above, *parts.tail[-8:]):
        if match := scheme.alone.fullmatch(line.text):
            return _category(scheme, line, match, next(n for n in ("mark", "end", "behind", "last") if match[n]))
    return None


def _marked(scheme: _Scheme, line: Piece) -> Stated | None:
    if scheme.ticked.search(line.text):
        return _ticked(scheme, line)
    view = re.sub(r"\(原[^)]*\)", lambda m: "\0" * len(m[0]), line.text)
    if len(set(scheme.any_mark.findall(view))) > 1:
        return None
    match = scheme.labelled.search(view)
    if not match:
        return None
    return _category(scheme, line, match, "end" if match.groupdict().get("end") else "mark")


def _ticked(scheme: _Scheme, line: Piece) -> Stated | None:
    """☐A ☑B: the tick before; A√ B C: the tick after; more than one tick says nothing."""
    if len(re.findall(_TICK, line.text)) != 1:
        return None
    box, mark = re.search(rf"{_TICK}|[□☐○]", line.text), scheme.first.search(line.text)
    before = bool(box and mark and box.start() < mark.start())
    match = (scheme.tick_before if before else scheme.tick_after).search(line.text)
    return _category(scheme, line, match, "mark") if match else None


def _category(scheme: _Scheme, line: Piece, match: re.Match[str], name: str) -> Stated:
    written, value = match[name], scheme.marks[match[name]]
    if written == value:
        return line.group(match, name)
    stated = line.group(match, name)
    return Stated(value, stated.start, stated.end, "inferred", f"{written}类按口径记作{value}类")


def index_no(parts: Parts) -> Stated | None:
    """The page's index number, by its label or, in a box without labels, by its shape."""
    compound = (f for f in parts.box_values("doc_no") if "索引" in f.label)
    for field in (*parts.box_values("index_no"), *compound, *parts.box_values("")):
        found = piece(parts.text, field.start, field.end)
        if (
            field.label in LABELS  # not 文号/索引号
            and field.key
            and re.fullmatch(r"[0-9A-Za-z/\-_.()〔〕\[\]\u4e00-\u9fff]{4,60}", found.text)
            and re.search(r"\d", found.text)
        ):
            return Stated(field.value, field.start, field.end)
        if match := INDEX_SHAPE.search(found.text):
            return found.group(match)
    # A page whose lines were run together has no box to read.
    match = _INDEX_LABELLED.search(flat(parts.text[:1500]))
    return Stated(match["no"], match.start("no"), match.end("no")) if match else None


def doc_no(parts: Parts) -> Stated | None:
    """The letter's own 发文字号, as written; numbers of policies cited in the text are not it."""
    compound = (f for f in parts.box_values("index_no") if "文号" in f.label or "字号" in f.label)
    for field in (*parts.box_values("doc_no"), *compound):
        found = piece(parts.text, field.start, field.end)
        if match := _DOC_NO.search(found.text):
            return found.group(match, "no")
    for line in parts.titles:
        lead = _BEFORE_DOC_NO.match(line.text)
        match = _DOC_NO.match(line.text, lead.end() if lead else 0) or _DOC_NO.match(line.text)
        if not match and len(line.text) <= 60 and not re.search(r"[《》]|根据|按照|关于", line.text):
            match = re.search(r"(?:(?<=[\u4e00-\u9fff]{4}文件)|^)" + _DOC_NO.pattern + "(?=签发|$)", line.text)
        if match and not match["no"].startswith("关于"):
            return line.group(match, "no")
    for line in parts.titles:  # behind the title: …的答复(昆科函〔2024〕1号)
        match = re.search(r"(?:答复|复函|函|意见|回复|复文)[(]?" + _DOC_NO.pattern + r"[)]?$", line.text)
        if match:
            return line.group(match, "no")
    # A field whose label lost its mark: 文  号 〔〕昆科字〔2024〕6号 有  效  性
    labelled = _DOC_LABELLED.search(flat(parts.text[:1500]))
    return Stated(labelled["no"], labelled.start("no"), labelled.end("no")) if labelled else None


def disclosure(parts: Parts) -> Stated | None:
    """主动公开, 依申请公开 or 不予公开, from the head, the box or the note below the sign-off."""
    boxed = tuple(piece(parts.text, f.start, f.end) for f in parts.box_values("disclosure"))
    for source in boxed:
        label = Piece("公开:" + source.text, (source.where[0],) * 3 + source.where)
        if found := _disclosed(label):
            return found
    above = tuple(line for line in parts.titles if line.where)
    for line in (*above, *parts.tail):
        if len(line.text) > 60 or not _DISCLOSURE_NEAR.search(line.text) or re.search(r"信息公开|政务公开", line.text):
            continue
        if found := _disclosed(line):
            return found
        if re.fullmatch(r"[(\[【〔]?(?:[A-D]类?件?[)\]】〕、,/|·(\[]*)?公开[)\]】〕]?", line.text):
            at = line.text.index("公开")
            return line.stated("主动公开", at, at + 2)
    return None


def _disclosed(line: Piece) -> Stated | None:
    options = [(value, m) for value, pattern in _DISCLOSURE if (m := re.search(pattern, line.text))]
    if len(re.findall(r"[□☐]", line.text)) and not re.search(_TICK, line.text):
        return None
    return line.stated(options[0][0], options[0][1].start(), options[0][1].end()) if options else None


def signer(parts: Parts) -> Stated | None:
    """Who released the letter: 签发人:王某."""
    for line in (*(t for t in parts.titles if t.where), *parts.tail):
        if match := _SIGNER.search(line.text):
            return line.group(match, "name")
    for field in parts.box_values("signer"):
        return Stated("".join(field.value.split()), field.start, field.end)
    return None
