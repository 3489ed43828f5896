"""The title of the proposal that a letter answers: in quotes of any kind, unquoted, over two lines, in the box."""

import re

from corpus.letter import Stated
from corpus.metadata_numbers import NO, lead
from corpus.metadata_parts import Parts, Piece

_PAIRS = {"《": "》", '"': '"', "“": "”", "「": "」", "〈": "〉"}
_ENDS = r"(?:答复|复函|回复|复文|办理|会办|协办|函复|意见的函|答覆|批复|收悉|已收悉|,|。|$)"
_QUOTED_OPENING = re.compile(
    r"(?:提出|代表|委员会?|市委会|总支|支部|工商联|代表团|所提|领衔|提交|提的|提案|建议|议案|关于|对|转来|交办|来信|的|号|反映|撰写|:|^)(?:了|的|您|委员|代表|第[^号]{1,20}号){0,3}(?P<open>[《“「\x22])"
)
_PLAIN_OPENING = re.compile(
    r"(?:(?:提出|代表|委员|所提|提交|提)的?(?:第.{1,20}?号)?|号\()(?P<title>(?:关于|对于|加强|加快|推进|支持|进一步)[^《》。]{2,90}?(?:(?:建议|提案|议案|意见|问题)(?=(?:来文|来函|一文|一案|一事|号)?(?:\([^()]{1,30}\))?(?:号|提案|建议)?(?:,|收|已|均|现|经|我|由|交|转|的?办理|\)|$))|(?=,?(?:已|均)?收悉)))"
)
_PLAIN_TITLE = re.compile(
    r"(?:号|—|–|-|\(|提出的?|代表|委员|^|对)的?(?:代表|委员)?(?:建议|提案|议案)?(?P<title>关于[^《》“”()]{4,120}?(?:建议|提案|议案|意见|问题))(?:\((?:第|编号|建议|提案)[^()]{1,20}\))?(?:\)|—|的?(?="
    + _ENDS
    + "))"
)
_GENERIC = re.compile(
    rf"^(?:关于|对)?.{{0,40}}(?:第?{NO}号|届.{{0,20}}次|会议).{{0,12}}(?:建议|提案|议案|意见)?$|^(?:代表|委员)?(?:建议|提案|议案)$|^.{{0,60}}(?:会办|协办|汇办|答复|办理|回复)意见$"
)


# “市政协十三届三次会议第211号提案”: whatever the quotes, this names the proposal and is not its title.
_SESSION_ONLY = re.compile(
    rf"(?:关于|对)?[^,。]{{0,50}}(?:届|会议)[^,。]{{0,20}}第?{NO}号(?:重点|委员|代表|的)*(?:建议|提案|议案)?"
)
# The opening mark of the quotes is lost: 提出的关于修路的建议》.
_UNOPENED = re.compile(
    r"(?:提出|所提|提交|代表|委员|对|关于对|号)[的了]?(?P<title>(?:关于|加强|加快|推进|支持|进一步)[^《》“”。,]{2,80}?(?:建议|提案|议案|意见|问题))[》”](?=\(|的|提案|建议|已|收|,)"
)


def proposal_title(parts: Parts) -> Stated | None:
    """The title of the proposal, without quotes: from the box, else the letter's title, else its opening sentence."""
    for field in parts.box_values("title"):
        value = field.value.strip("《》“” ")
        start = field.start + field.value.index(value)
        return Stated(value, start, start + len(value))
    heads = (parts.head, *parts.outside, *parts.pieces("name"))
    for source in heads:
        if found := _quoted(parts, source, source.text) or _unopened(parts, source) or _plain_title(parts, source):
            return found
    if found := _quoted(parts, parts.opening, parts.opening.text[:400], opening=True):
        return found
    if found := _unopened(parts, parts.opening):
        return found
    if plain := _PLAIN_OPENING.search(parts.opening.text[:400]):
        return _verbatim(parts, parts.opening, plain.start("title"), plain.end("title"))
    return next((_verbatim(parts, t, 0, len(t.text)) for t in parts.titles if _is_bare_title(t.text)), None)


_SEVERAL = re.compile(
    r"《(?P<title>[^《》]{4,90}?(?:建议|提案|议案))》(?=\((?:第|编号)?[^()《》]{1,16}\)|[、,和及与》《]|等?(?:建议|提案|议案|收悉|已收悉))"
)


def further_titles(parts: Parts) -> tuple[Stated, ...]:
    """The second and later titles where one letter answers several proposals, from its opening sentence."""
    opening = lead(parts.opening)
    found = {m["title"]: m for m in _SEVERAL.finditer(opening.text)}
    if len(found) < 2:
        return ()
    return tuple(_verbatim(parts, opening, *m.span("title")) for m in found.values())[1:]


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
        if _SESSION_ONLY.fullmatch(text, start, end):
            continue
        fits = re.match(
            r"(?:\(.{0,40}?\))?(?:号|的|等)*.{0,14}?(?:提案|建议|议案|收悉|收到|已|转|交|答复|复函|办理|回复|研究|承办|会办|协办|[,。)]|$)",
            after,
        )
        if opening and not re.search(
            r"收悉|答复|办理|回复|函[告复]|研究|会办意见|协办意见|意见如下", after + text[end + 80 : end + 300]
        ):
            continue
        if fits and (opening or re.search(r"关于|建议|提案|议案|加强|推进|问题", text[start:end] + after[:6])):
            return _verbatim(parts, source, start, end)
    return None


def _unopened(parts: Parts, source: Piece) -> Stated | None:
    match = _UNOPENED.search(source.text[:400])
    return _verbatim(parts, source, *match.span("title")) if match else None


def _closing(text: str, start: int, mark: str) -> int | None:
    depth = 1
    for i in range(start, min(len(text), start + 200)):
        depth += (text[i] == mark != _PAIRS[mark]) - (text[i] == _PAIRS[mark])
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
