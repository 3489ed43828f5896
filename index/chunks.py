"""Cuts a letter into the chunks that are indexed: by section, long ones at sentence ends, nothing left out."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from corpus.letter import Letter, Section
from corpus.sentences import sentences
from index.hit import Chunk

Span = tuple[int, int]
Piece = tuple[Span, tuple[str, ...]]

_LINE = re.compile(r"[^\n]*\n*")
_CLAUSE = re.compile(r"[，,、；;：:\s]")


def chunks(letter: Letter, *, limit: int = 400) -> tuple[Chunk, ...]:
    """The chunks of the letter, in order, each character of the body in exactly one of them.

    A chunk is a section's own text (a part of it when that is longer than `limit` characters by more than a scrap); a heading goes into
    the chunk that follows it, white space goes with a neighbour. A letter with no body marked is all body. What stands before and
    behind the body (the box of a web page) is cut by length into chunks that are marked as `record`.
    """
    text, (start, end) = letter.text, body(letter)
    pieces = [*_outside(text, 0, start), *_join_bare(text, list(_pieces(letter.sections, start, end)))]
    pieces += _outside(text, end, len(text))
    return tuple(
        chunk_at(letter, a, b, path) for (low, high), path in pieces for a, b in _parts(text, low, high, limit)
    )


def chunk_at(letter: Letter, start: int, end: int, path: tuple[str, ...]) -> Chunk:
    """The chunk of these characters, marked as `record` where it lies outside the body."""
    low, high = body(letter)
    return Chunk(letter.id, start, end, letter.text[start:end], path, record=start < low or end > high)


def body(letter: Letter) -> Span:
    """The span of the letter itself; the whole text where none is marked."""
    return letter.body if letter.body[1] > letter.body[0] else (0, len(letter.text))


def _outside(text: str, start: int, end: int) -> list[Piece]:
    """The span as a piece without headings; none where it is blank."""
    return [((start, end), ())] if text[start:end].strip() else []


def _pieces(sections: Sequence[Section], start: int, end: int) -> Iterator[Piece]:
    """The span cut at every start and end of a section, each piece with the path of the innermost section around it."""
    inside = sorted((s for s in sections if s.start < end and s.end > start), key=lambda s: (s.start, -s.end, s.level))
    cuts = sorted({start, end} | {c for s in inside for c in (s.start, s.end) if start < c < end})
    around: list[Section] = []
    waiting = iter([*inside, None])
    following = next(waiting)
    for low, high in pairwise(cuts):
        while following is not None and following.start <= low:
            around.append(following)
            following = next(waiting)
        around = [s for s in around if s.end >= high]
        yield (low, high), around[-1].heading_path if around else ()


def _join_bare(text: str, pieces: list[Piece]) -> list[Piece]:
    """Pieces that are a heading alone go to the next one, pieces of white space to the one before."""
    joined: list[Piece] = []
    held: int | None = None
    for (low, high), path in pieces:
        words = text[low:high].strip()
        if not words and joined and held is None:
            joined[-1] = ((joined[-1][0][0], high), joined[-1][1])
        elif not words or (path and words == path[-1].strip()):
            held = low if held is None else held
        else:
            joined.append(((low if held is None else held, high), path))
            held = None
    if held is not None:
        (low, high), path = pieces[-1]
        joined.append(((held, high), path))
    return joined


def _parts(text: str, start: int, end: int, limit: int) -> Iterator[Span]:
    """The span itself when it is short enough, else parts of about equal length, cut where a unit ends."""
    if end - start <= limit:
        yield start, end
        return
    target = (end - start) / -(-(end - start) // limit)
    # A heading or another scrap does not stand alone: what follows it may be that much over the limit.
    scrap = limit // 8
    low = high = start
    for unit_end in _unit_ends(text, start, end, limit):
        if high - low > scrap and (unit_end - low > limit or high - low >= target):
            yield low, high
            low = high
        high = unit_end
    yield low, end


def _unit_ends(text: str, start: int, end: int, limit: int) -> Iterator[int]:
    """Where the text may be cut: after lines, after sentences in long lines, after clauses in long sentences."""
    for line in _LINE.finditer(text, start, end):
        low, high = line.span()
        if high - low <= limit:
            if high > low:
                yield high
            continue
        starts = [a for a, _ in sentences(text, low, high)][1:]
        for a, b in zip([low, *starts], [*starts, high], strict=True):
            yield from _clause_ends(text, a, b, limit)


def _clause_ends(text: str, start: int, end: int, limit: int) -> Iterator[int]:
    while end - start > limit:
        marks = [m.end() for m in _CLAUSE.finditer(text, start, start + limit)]
        start = marks[-1] if marks and marks[-1] > start + limit // 2 else start + limit
        yield start
    yield end
