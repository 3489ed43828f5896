"""What a letter answers: kind, role, numbers, session and title of the proposal."""

import re

from corpus.letter import Stated
from corpus.metadata_parts import Parts, Piece, piece

_CN = r"[一二三四五六七八九十百零〇两\d]{1,4}"
_SESSION = re.compile(
    rf"第?{_CN}届(?:[^,。;:、《》“”\"届]{{0,16}}?第?{_CN}次(?:全体)?(?:会议|全会|大会)|[^,。;:、《》“”\"届]{{0,12}}?第?{_CN}次(?=第|[0-9(《“]))"
)
_NO = r"(?:[A-Za-z]{1,4}-?)?\d[\dA-Za-z]*(?:-\d+)*"
_MANY = rf"{_NO}(?:号?[、,和及与](?:第)?{_NO})*"
_WHAT = r"(?:人大|政协|代表|委员|重点|平时|闭会|集体|党派|界别|会议|的|类)*(?:建议|提案|议案|意见|案|社情)"
_NUMBERS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"第\(?(?P<no>{_MANY})\)?号(?!楼|线|令|文|院|台风|公告)",
        rf"\(第(?P<no>{_MANY})\)号",
        rf"(?<![〔\[【(\d年])(?P<no>{_MANY})号(?={_WHAT})",
        rf"\((?:编号|提案号|建议号|案号|总第|编号为)?:?(?:20\d\d年|20\d\d-)?第?(?P<no>{_MANY})号?\)(?=收悉|已收悉|提案|建议|的?(?:提|建))",
        rf"(?:建议|提案|议案)(?:编号|号)?:?第?(?P<no>{_NO})(?:号)?(?=[,。;)]|的|收悉|已)",
        rf"第(?P<no>\d{{2,}})(?={_WHAT})",
    )
)
_CHINESE_NUMBER = re.compile(r"第(?P<no>[一二三四五六七八九十百千零〇]+)号(?=" + _WHAT + ")")
_PAIRS = {"《": "》", "“": "”", "「": "」", "〈": "〉"}
_ENDS = r"(?:答复|复函|回复|复文|办理|会办|协办|函复|意见的函|答覆|批复|收悉|已收悉|,|。|$)"
_QUOTED_OPENING = re.compile(
    r"(?:提出|所提|领衔|提交|提的|提案|建议|议案|关于|对|转来|交办|来信|的|号|反映|撰写|:|^)(?:了|的|您|委员|代表|第.{1,20}号)*(?P<open>[《“「])"
)
_PLAIN_OPENING = re.compile(
    r"(?:提出|所提|提交|提)的?(?:第.{1,20}?号)?(?P<title>(?:关于|对于|加强|加快|推进|支持|进一步)[^《》。]{4,80}?(?:建议|提案|议案|意见|问题)?)"
    r"(?:\(.{1,20}\))?(?:,?(?:已)?收悉|,(?:已|现|经|我)|已收悉|,?由我)"
)
_PLAIN_TITLE = re.compile(
    r"(?:号|—|–|-|\(|提出的?|代表|委员|^|对)的?(?:代表|委员)?(?:建议|提案|议案)?(?P<title>关于[^《》“”()]{4,120}?(?:建议|提案|议案|意见|问题))(?:\)|—|的?(?="
    + _ENDS
    + "))"
)
_GENERIC = re.compile(
    rf"^(?:关于|对)?.{{0,40}}(?:第?{_NO}号|届.{{0,20}}次|会议).{{0,12}}(?:建议|提案|议案|意见)?$|^(?:代表|委员)?(?:建议|提案|议案)$"
)
_CONSULT = re.compile(r"会办意见|协办意见|会办函")
_CONSULT_END = re.compile(
    r"供(?:贵|你|您)?(?:单位|局|委|办|厅|会|部)?.{0,10}(?:统一)?(?:答复|汇总|办理).{0,10}参考|(?:会办|协办)意见函?[告复]?如下"
)


def letter_kind(parts: Parts) -> Stated | None:
    """人大建议, 政协提案 or 议案, as the title says it, else the session, else the form of address (inferred)."""
    for source in (parts.head, *_outside(parts), *_field_pieces(parts, "name", "session"), parts.opening):
        found = _kind_in(source)
        if found:
            return found
    if parts.salutation and (match := re.search(r"(?P<who>代表|委员(?!会))", parts.salutation.text)):
        value = "人大建议" if match["who"] == "代表" else "政协提案"
        return parts.salutation.stated(value, match.start("who"), match.end("who"), "inferred")
    return _kind_by_word(parts)


def letter_role(parts: Parts) -> Stated:
    """答复, 会办意见 or 答复摘要; 答复 without a span is the plain case."""
    for source in (parts.head, *_outside(parts), parts.opening):
        if match := re.search(r"答复(?:意见)?摘要|摘要公开", source.text):
            return source.stated("答复摘要", match.start(), match.end())
        if match := _CONSULT.search(source.text):
            if source is parts.opening and not _CONSULT_END.search(source.text):
                continue
            return source.stated("会办意见", match.start(), match.end())
    for line in parts.lines[-12:]:
        if match := _CONSULT_END.search(line.text):
            return line.stated("会办意见", match.start(), match.end())
    for source in (parts.head, *_outside(parts), parts.opening):
        if match := re.search(r"答复|复函|回复|复文|函复|办理情况", source.text):
            return source.stated("答复", match.start(), match.end())
    return Stated("答复", origin="inferred")


def numbers(parts: Parts) -> tuple[Stated, ...]:
    """The numbers of the proposals that are answered, as written, leading zeros and letters kept."""
    for source in (*_field_pieces(parts, "number"), parts.head, *_outside(parts), parts.opening):
        found = _numbers_in(source)
        if found:
            return found
    for field in parts.box_values("number"):
        return (Stated(field.value, field.start, field.end),)
    for source in _field_pieces(parts, "name"):
        if found := _numbers_in(source):
            return found
    return ()


def session(parts: Parts) -> Stated | None:
    """The session as the letter writes it, white space removed: 第十五届人大三次会议."""
    for source in (parts.head, *_outside(parts), *_field_pieces(parts, "session", "name"), parts.opening):
        if match := _SESSION.search(source.text):
            return source.group(match)
    return None


def proposal_title(parts: Parts) -> Stated | None:
    """The title of the proposal, without quotes: from the box, else the letter's title, else its opening sentence."""
    for field in parts.box_values("title"):
        value = field.value.strip("《》“” ")
        start = field.start + field.value.index(value)
        return Stated(value, start, start + len(value))
    heads = (parts.head, *_outside(parts), *_field_pieces(parts, "name"))
    for source in heads:
        if found := _quoted(parts, source, source.text) or _plain_title(parts, source):
            return found
    if found := _quoted(parts, parts.opening, parts.opening.text[:400], opening=True):
        return found
    if plain := _PLAIN_OPENING.search(parts.opening.text[:400]):
        return _verbatim(parts, parts.opening, plain.start("title"), plain.end("title"))
    return next((_verbatim(parts, t, 0, len(t.text)) for t in parts.titles if _is_bare_title(t.text)), None)


def _outside(parts: Parts) -> tuple[Piece, ...]:
    return tuple(t for t in parts.titles if not t.where)


def _field_pieces(parts: Parts, *keys: str) -> tuple[Piece, ...]:
    return tuple(piece(parts.text, f.start, f.end) for f in parts.box_values(*keys))


def _kind_in(source: Piece) -> Stated | None:
    motion = re.search(r"号议案|议案(?:办理|的?答复|的?复函)", source.text)
    if motion and not re.search(r"议案(?:建议|提案)", source.text):
        return source.stated("议案", motion.start(), motion.end())
    for pattern, value in (
        (r"政协(?=.{0,40}(?:提案|次会议|届))|号(?:重点|集体|委员|平时)*提案", "政协提案"),
        (
            r"(?:人大|人民代表大会)(?=.{0,40}(?:建议|次会议|届|意见))|号(?:重点|代表|人大|闭会)*建议|代表建议",
            "人大建议",
        ),
    ):
        if match := re.search(pattern, source.text):
            return source.stated(value, match.start(), match.end())
    return None


def _kind_by_word(parts: Parts) -> Stated | None:
    """A collective proposal has neither 代表 nor 委员 in its address: 提案 in title or opening decides."""
    for source in (parts.head, *_outside(parts), parts.opening):
        if match := re.search(r"提案", source.text):
            return source.stated("政协提案", match.start(), match.end(), "inferred")
    return None


def _numbers_in(source: Piece) -> tuple[Stated, ...]:
    text = re.sub(r"[《“][^《》“”]*[》”]", lambda m: "\0" * len(m[0]), source.text)
    text = re.sub(r"[〔\[【]20\d\d[〕\]】]第?\d+号", lambda m: "\0" * len(m[0]), text)
    found: dict[str, Stated] = {}
    for pattern in _NUMBERS:
        for match in pattern.finditer(text):
            for part in re.finditer(_NO, match["no"]):
                start = match.start("no") + part.start()
                found.setdefault(part[0], source.stated(part[0], start, start + len(part[0])))
        if found:
            return tuple(found.values())
    if chinese := _CHINESE_NUMBER.search(text):
        return (source.group(chinese, "no"),)
    return ()


def _verbatim(parts: Parts, source: Piece, start: int, end: int) -> Stated:
    """The author's own characters for a stretch of a piece: inner spaces stay, line breaks go."""
    stated = source.stated(source.text[start:end], start, end)
    if stated.start is None or stated.end is None:
        return stated
    value = re.sub(r"\s*\n\s*", "", parts.text[stated.start : stated.end])
    return Stated(value, stated.start, stated.end)


def _quoted(parts: Parts, source: Piece, text: str, opening: bool = False) -> Stated | None:
    """The first quoted title that stands where a proposal's title stands, its nested quotes kept whole."""
    for match in _QUOTED_OPENING.finditer(text):
        start = match.end()
        end = _closing(text, start, match["open"])
        if end is None or not 4 <= end - start <= 150:
            continue
        after = text[end + 1 : end + 80]
        fits = re.match(
            r"(?:\(.{0,40}?\))?(?:号|的|等)*.{0,14}?(?:提案|建议|议案|收悉|答复|复函|办理|回复|研究|承办|[,。)]|$)",
            after,
        )
        if opening and not re.search(
            r"收悉|答复|办理|回复|函[告复]|研究|会办意见|协办意见|意见如下", after + text[end + 80 : end + 300]
        ):
            continue
        if fits and (opening or re.search(r"关于|建议|提案|议案|加强|推进|问题", text[start:end] + after[:6])):
            return _verbatim(parts, source, start, end)
    return None


def _closing(text: str, start: int, mark: str) -> int | None:
    depth = 1
    for i in range(start, min(len(text), start + 200)):
        depth += (text[i] == mark) - (text[i] == _PAIRS[mark])
        if not depth:
            return i
    return None


def _plain_title(parts: Parts, source: Piece) -> Stated | None:
    """关于…的建议 inside a title line: after the number, after a dash, in brackets, or as what is answered."""
    for match in _PLAIN_TITLE.finditer(source.text):
        title = match["title"]
        inner = title.rfind("关于")
        if inner > 0 and re.search(r"届|号|会议|代表|委员", title[:inner]):
            title, shift = title[inner:], inner
        else:
            shift = 0
        if not _GENERIC.match(title) and not re.search(r"届.{0,12}次|第[\dA-Za-z]+号", title):
            return _verbatim(parts, source, match.start("title") + shift, match.start("title") + shift + len(title))
    return None


def _is_bare_title(view: str) -> bool:
    """A line of its own that is a proposal's title: 关于…的建议, and says nothing of a reply."""
    return bool(re.fullmatch(r"关于.{4,100}(?:建议|提案|议案)", view)) and not _GENERIC.match(view)
