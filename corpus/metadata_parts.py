"""The parts of a letter that metadata is read from: title lines, salutation, opening, sign-off, box."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain, pairwise

from corpus.box import Field, fields, flat
from corpus.clean import Cleaned
from corpus.letter import Stated
from corpus.metadata_address import address_end

_NUMBERED = re.compile(r"\s*(?:[一二三四五六七八九十]+、|\([一二三四五六七八九十]+\)|\d{1,2}[.、])")
_INNER_ADDRESS = re.compile(
    r"(?:(?:答复|复函|回复|复文|的函|意见|号|公开|类)\s*|\s)(?P<cut>(?:尊敬的)?(?:[^\s:,。《》“”|]{2,40}(?:代表|委员)(?:\([^)]{2,8}\))?(?:您好)?\s?[:,!]"
    r"|[\u4e00-\u9fff]{4,30}(?:委|委会|委员会|组|界|界别|社|总支|支部|工商联|局|厅|代表团)\s?:))\s*(?=您|你|《|关于|首先|现|贵)"
)
_INNER_SIGN_OFF = re.compile(
    r"(?:[。.…!:;]|此复|答复)\s*(?P<cut>[\u4e00-\u9fff()]{0,30}\s*(?:20\d\d\s?年\s?\d{1,2}\s?月\s?\d{1,2}\s?日|二[〇○零O].{6,10}日))(?=\s*(?:$|\(|联系|抄送|附|经办|办理|答复|承办|公开|类别|主动|\S{2,6}:))"
)
_INNER_NOTE = re.compile(
    r"(?<=\s)(?=抄\s?送|\(?联系人|\(?此件|附件:|(?:办复|办理|答复|类)\s*别:|办理结果:|公开(?:方式|属性|类型):|签发人:|[\u4e00-\u9fff]{2,8}〔20\d\d〕\d+号)"
)
_VISIBLE = re.compile(r"\S+")
_MAX_LINES = 80


@dataclass(frozen=True)
class Piece:
    """A stretch of the letter with its white space removed, and where each of its characters stands in the text."""

    text: str
    where: tuple[int, ...]

    def stated(self, value: str, start: int, end: int, origin: str = "stated", rule: str | None = None) -> Stated:
        """A value read from `self.text[start:end]`, with its offsets in the letter; None where it is from outside."""
        if not self.where or end <= start:
            return Stated(value, None, None, origin, rule)
        return Stated(value, self.where[start], self.where[end - 1] + 1, origin, rule)

    def group(
        self, match: re.Match[str], name: str | int = 0, origin: str = "stated", rule: str | None = None
    ) -> Stated:
        """The matched group as a value."""
        return self.stated(match[name], match.start(name), match.end(name), origin, rule)


@dataclass(frozen=True)
class Parts:
    """A letter taken apart; every Piece points into `text`."""

    text: str
    is_page: bool
    box: tuple[Field, ...]
    breadcrumb: tuple[str, ...]
    chrome: str  # what cleaning dropped: names of the site, for places only
    titles: tuple[Piece, ...]  # the lines above the salutation, box and all, then a title from outside
    head: Piece  # all of these joined, for what is broken over lines
    salutation: Piece | None
    opening: Piece  # from the salutation to the first numbered point
    tail: tuple[Piece, ...]  # the last lines
    lines: tuple[Piece, ...]  # every line of the body

    @property
    def outside(self) -> tuple[Piece, ...]:
        """A title that came with the document, not from its text."""
        return tuple(t for t in self.titles if not t.where)

    def box_values(self, *keys: str) -> tuple[Field, ...]:
        """The fields under these keys, in the order of the keys."""
        return tuple(f for key in keys for f in self.box if f.key == key)

    def pieces(self, *keys: str) -> tuple[Piece, ...]:
        """The values of these fields, squeezed."""
        return tuple(piece(self.text, f.start, f.end) for f in self.box_values(*keys))

    def sources(self, *keys: str) -> tuple[Piece, ...]:
        """Where a letter says what it answers: its titles, fields of the box, its opening."""
        return (self.head, *self.outside, *self.pieces(*keys), self.opening)


def is_date_line(view: str) -> bool:
    """Whether a squeezed line is a date and hardly more."""
    return len(view) <= 25 and bool(re.search(r"(?:19|20)\d\d[年\-./]|二[〇○零O].+年|^20\d{4,6}$", view))


def own_lines(parts: Parts) -> tuple[Piece, ...]:
    """The lines of the body up to what is attached below the date of signing: a second letter has its own sign-off."""
    top = parts.salutation.where[0] if parts.salutation else -1
    signed = False
    for i, line in enumerate(parts.lines):
        if not line.where or line.where[0] <= top:
            continue
        if signed and _ATTACHED.match(line.text):
            return parts.lines[:i]
        signed = signed or (is_date_line(line.text) and "抄" not in line.text)
    return parts.lines


_ATTACHED = re.compile(r"附(?:件|表)?[\d一二三]?(?::|$)|[^。:]{0,40}关于[^。:]{4,80}(?:函|答复|意见|报告|通知|情况)$")


def piece(text: str, start: int, end: int) -> Piece:
    """The stretch `text[start:end]`, flat and without white space."""
    view = flat(text[start:end])
    where = chain.from_iterable(range(start + m.start(), start + m.end()) for m in _VISIBLE.finditer(view))
    return Piece("".join(view.split()), tuple(where))


def joined(pieces: Iterable[Piece]) -> Piece:
    """Pieces of one text as one."""
    together = list(pieces)
    return Piece("".join(p.text for p in together), tuple(w for p in together for w in p.where))


def take_apart(cleaned: Cleaned, outside_title: str | None) -> Parts:
    """The parts of what may be a letter."""
    text = cleaned.text
    spans = _line_spans(text)
    lines = [_unmarked(piece(text, s, e)) for s, e in spans]
    found = _salutation(lines)
    at, size, salutation = found if found else (None, 1, None)
    top = at if at is not None else _opening_at(lines)
    in_box = {i for i, span in enumerate(spans) if span in cleaned.box}
    titles = [p for i, p in enumerate(lines[:top]) if i not in in_box]
    outside = (Piece(flat("".join(outside_title.split())), ()),) if outside_title else ()
    opening = _opening(lines, salutation, top, top + size if salutation else top)
    return Parts(
        text,
        cleaned.is_page,
        fields(text, cleaned.box),
        cleaned.breadcrumb,
        cleaned.chrome,
        (*titles, *outside),
        _capped(joined(titles), 2500),
        salutation,
        opening,
        tuple(lines[max(top, len(lines) - 15) :]),
        tuple(p for i, p in enumerate(lines) if i not in in_box),
    )


def _capped(whole: Piece, size: int) -> Piece:
    return Piece(whole.text[:size], whole.where[:size])


def _line_spans(text: str) -> list[tuple[int, int]]:
    """The lines of a text; where its line breaks were lost, the address and the sign-off are cut out of the paragraph."""
    spans: list[tuple[int, int]] = []
    for match in re.finditer(r"[^\n]*\S[^\n]*", text):
        cuts = [match.start(), match.end()]
        if match.end() - match.start() > 60:
            view = flat(match[0])
            inside = [
                m
                for m in (_INNER_ADDRESS.search(view[:1500]), _INNER_SIGN_OFF.search(view, max(0, len(view) - 500)))
                if m
            ]
            cuts += [match.start() + at for m in inside for at in (m.start("cut"), m.end("cut"))]
            if inside:
                cuts += [match.start() + m.start() for m in _INNER_NOTE.finditer(view)]
        cuts = sorted(set(cuts))
        spans += [(a, b) for a, b in pairwise(cuts) if text[a:b].strip()]
    return spans


def _unmarked(line: Piece) -> Piece:
    """The line without the marks of Markdown and of tables around it: # heading, **bold**, > quote, | cell |."""
    start = len(line.text) - len(line.text.lstrip("#*>|"))
    end = max(start, len(line.text.rstrip("*|")))
    return Piece(line.text[start:end], line.where[start:end])


def _salutation(lines: list[Piece]) -> tuple[int, int, Piece] | None:
    """Index and number of the lines that address somebody, and the address; None when the content begins before one."""
    for i, line in enumerate(lines[:_MAX_LINES]):
        after = "".join(p.text[:250] for p in lines[i + 1 : i + 4])
        end = address_end(line.text[:400], after)
        if end is not None:
            return i, 1, Piece(line.text[:end], line.where[:end])
        if line.text.endswith("、") and len(line.text) <= 90 and i + 1 < len(lines):  # a list of names over two lines
            both = joined(lines[i : i + 2])
            end = address_end(both.text[:400], "".join(p.text[:250] for p in lines[i + 2 : i + 5]))
            if end is not None and end > len(line.text):
                return i, 2, Piece(both.text[:end], both.where[:end])
        if (_NUMBERED.match(line.text) or len(line.text) > 120) and (i > 40 or "。" in line.text):
            return None
    return None


def _opening_at(lines: list[Piece]) -> int:
    """Where the content begins in a letter without salutation: the first long line or sentence."""
    for i, line in enumerate(lines[:_MAX_LINES]):
        if _NUMBERED.match(line.text) or "。" in line.text or "收悉" in line.text or len(line.text) > 120:
            return i
    return min(len(lines), 12)


def _opening(lines: list[Piece], salutation: Piece | None, top: int, below: int) -> Piece:
    chosen: list[Piece] = []
    if salutation is not None:
        whole = joined(lines[top:below])
        cut = len(salutation.text)
        chosen.append(Piece(whole.text[cut:], whole.where[cut:]))
    size = 0
    for line in lines[below : below + 30]:
        if _NUMBERED.match(line.text) or size > 900:
            break
        chosen.append(line)
        size += len(line.text)
    return _capped(joined(chosen), 900)
