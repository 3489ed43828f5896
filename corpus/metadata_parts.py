"""The parts of a letter that metadata is read from: title lines, salutation, opening, sign-off, box."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from corpus.box import Field, fields, flat
from corpus.clean import Cleaned
from corpus.letter import Stated

_NUMBERED = re.compile(r"\s*(?:[一二三四五六七八九十]+、|\([一二三四五六七八九十]+\)|\d{1,2}[.、])")
NAME = r"[\u4e00-\u9fff][\u4e00-\u9fff·•]{1,14}"
_ADDRESS = re.compile(
    r"(?:尊敬的)?(?P<who>[^:,。;《》]{1,80}?)(?P<role>代表|委员)(?P<lead>\([^)]{2,12}\))?(?:等?(?:[一二三四五六七八九十\d]{1,3})[位名])?(?:你|您)?们?[好]?:"
)
_TITLE_FIRST = re.compile(rf"(?:尊敬的)?[省市县区州]?(?:人大|政协)(?:代表|委员)(?:{NAME}、?)+:")
_GREETING = re.compile(r"^(?:尊敬的)?[^:,。;]{2,60}?(?:代表|委员)(?:\([^)]{2,12}\))?:(?=.)")
_INNER_ADDRESS = re.compile(
    r"(?:答复|复函|回复|复文|的函)\s+(?P<cut>[^\s:,。]{2,40}(?:代表|委员)\s?:)\s*(?=您|你|《|关于|首先)"
)
_INNER_SIGN_OFF = re.compile(r"[。.…!]\s*(?P<cut>[\u4e00-\u9fff]{0,30}\s*(?:20\d\d年\d{1,2}月\d{1,2}日|二.{8,12}日))$")
_BODY_WORDS = re.compile(
    r"(?:委|委员会|会|组|局|厅|部|办|办公室|政府|社|党|联|联合会|支部|总支|团|院|中心|界别?|处|工商联|妇联)[:]$"
)
_OPENING = re.compile(r"收悉|提出的?|所提|领衔|办理|答复如下|函告|回复如下|转来")
_MAX_LINES = 80


@dataclass(frozen=True)
class Piece:
    """A stretch of the letter with its white space removed, and where each of its characters stands in the text."""

    text: str
    where: tuple[int, ...]

    def stated(self, value: str, start: int, end: int, origin: str = "stated") -> Stated:
        """A value read from `self.text[start:end]`, with its offsets in the letter; None where it is from outside."""
        if not self.where or end <= start:
            return Stated(value, None, None, origin)
        return Stated(value, self.where[start], self.where[end - 1] + 1, origin)

    def group(self, match: re.Match[str], name: str | int = 0, origin: str = "stated") -> Stated:
        """The matched group as a value."""
        return self.stated(match[name], match.start(name), match.end(name), origin)


@dataclass(frozen=True)
class Parts:
    """A letter taken apart; every Piece points into `text`."""

    text: str
    is_page: bool
    box: tuple[Field, ...]
    breadcrumb: tuple[str, ...]
    titles: tuple[Piece, ...]  # the lines above the salutation, box and all, then a title from outside
    head: Piece  # all of these joined, for what is broken over lines
    salutation: Piece | None
    opening: Piece  # from the salutation to the first numbered point
    tail: tuple[Piece, ...]  # the last lines
    lines: tuple[Piece, ...]  # every line of the body

    def box_values(self, *keys: str) -> tuple[Field, ...]:
        """The fields under these keys, in the order of the keys."""
        return tuple(f for key in keys for f in self.box if f.key == key)


def piece(text: str, start: int, end: int) -> Piece:
    """The stretch `text[start:end]`, flat and without white space."""
    view = flat(text[start:end])
    where = tuple(start + i for i, c in enumerate(view) if not c.isspace())
    return Piece("".join(c for c in view if not c.isspace()), where)


def joined(pieces: Iterable[Piece]) -> Piece:
    """Pieces of one text as one."""
    together = list(pieces)
    return Piece("".join(p.text for p in together), tuple(w for p in together for w in p.where))


def take_apart(cleaned: Cleaned, outside_title: str | None) -> Parts:
    """The parts of what may be a letter."""
    text = cleaned.text
    spans = _line_spans(text)
    lines = [_unmarked(piece(text, s, e)) for s, e in spans]
    at = _salutation_at(lines)
    top = at if at is not None else _opening_at(lines)
    in_box = {i for i, span in enumerate(spans) if span in cleaned.box}
    titles = [p for i, p in enumerate(lines[:top]) if i not in in_box]
    outside = (Piece(flat("".join(outside_title.split())), ()),) if outside_title else ()
    body_lines = tuple(p for i, p in enumerate(lines) if i not in in_box)
    salutation = _cut_salutation(lines[at]) if at is not None else None
    return Parts(
        text,
        cleaned.is_page,
        fields(text, cleaned.box),
        cleaned.breadcrumb,
        (*titles, *outside),
        joined(titles) if titles else Piece("", ()),
        salutation,
        _opening(lines, at, top),
        tuple(lines[max(top, len(lines) - 15) :]),
        body_lines,
    )


def _line_spans(text: str) -> list[tuple[int, int]]:
    """The lines of a text; where its line breaks were lost, the address and the sign-off are cut out of the paragraph."""
    spans: list[tuple[int, int]] = []
    for match in re.finditer(r"[^\n]*\S[^\n]*", text):
        cuts = [match.start(), match.end()]
        if match.end() - match.start() > 60:
            view = flat(match[0])
            inside = [m for m in (_INNER_ADDRESS.search(view[:300]), _INNER_SIGN_OFF.search(view, len(view) - 60)) if m]
            cuts += [match.start() + at for m in inside for at in (m.start("cut"), m.end("cut"))]
        cuts = sorted(set(cuts))
        spans += [(a, b) for a, b in pairwise(cuts) if text[a:b].strip()]
    return spans


def _unmarked(line: Piece) -> Piece:
    """The line without the marks of Markdown around it: # heading, **bold**, > quote."""
    start = len(line.text) - len(line.text.lstrip("#*>"))
    end = max(start, len(line.text.rstrip("*")))
    return Piece(line.text[start:end], line.where[start:end])


def _salutation_at(lines: list[Piece]) -> int | None:
    """The index of the line that addresses somebody, None when there is none before the content begins."""
    for i, line in enumerate(lines[:_MAX_LINES]):
        view, after = line.text, "".join(p.text for p in lines[i + 1 : i + 3])
        if _NUMBERED.match(view) or (len(view) > 120 and not _GREETING.match(view[:80])):
            if i > 40 or "。" in view:
                return None
            continue
        if _is_salutation(view, after):
            return i
    return None


def _is_salutation(view: str, after: str) -> bool:
    if "联系" in view or view.startswith(("抄送", "附件", "来源", "签发", "类别", "索引")):
        return False
    if _GREETING.match(view) and _OPENING.search(view[:200]):
        return True
    if len(view) > 70 or not _OPENING.search(after[:250]):
        return False
    if (
        _ADDRESS.fullmatch(view)
        or _TITLE_FIRST.fullmatch(view)
        or (_BODY_WORDS.search(view) and "。" not in view and "答复如下" not in view)
    ):
        return True
    without_colon = re.fullmatch(rf"(?:尊敬的)?(?:{NAME}[、,]?)+(?:等\S{{0,4}})?(?:代表|委员)", view)
    if without_colon and "关于" not in view and "提案" not in view and "建议" not in view:
        return bool(re.match(r"(?:首先)?(?:你|您|贵|关于|《|感谢|提出)", after))
    # A 会办意见 may name the organ that it goes to on a line without a colon.
    organ = re.fullmatch(r"[\u4e00-\u9fff]{2,25}(?:局|厅|委|委员会|办公室|部|政府|处|中心)", view)
    return bool(
        organ and re.match(rf"{NAME}(?:等.{{0,4}})?(?:代表|委员)(?:所)?提出|(?:贵|你)(?:单位|局|委|办|厅)", after)
    )


def _cut_salutation(line: Piece) -> Piece:
    colon = line.text.find(":")
    end = len(line.text) if colon < 0 else colon + 1
    return Piece(line.text[:end], line.where[:end])


def _opening_at(lines: list[Piece]) -> int:
    """Where the content begins in a letter without salutation: the first long line or sentence."""
    for i, line in enumerate(lines[:_MAX_LINES]):
        if _NUMBERED.match(line.text) or "。" in line.text or "收悉" in line.text or len(line.text) > 120:
            return i
    return min(len(lines), 12)


def _opening(lines: list[Piece], at: int | None, top: int) -> Piece:
    chosen: list[Piece] = []
    if at is not None:
        cut = len(_cut_salutation(lines[at]).text)
        chosen.append(Piece(lines[at].text[cut:], lines[at].where[cut:]))
    for line in lines[top + (at is not None) : top + 8]:
        if _NUMBERED.match(line.text):
            break
        chosen.append(line)
    whole = joined(chosen)
    return Piece(whole.text[:900], whole.where[:900])
