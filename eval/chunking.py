"""Measure how the corpus was cut: characters lost, headings kept, gold quotes whole in one chunk, lengths of chunks."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Protocol

from corpus.letter import Letter
from eval.cases import Case
from eval.spans import Span, places
from index.hit import Chunk

Measures = dict[str, float | None]


class Cut(Protocol):
    """Letters and the chunks that they were cut into: an index."""

    def letters(self) -> Iterator[Letter]:
        """All letters."""

    def chunks_of(self, letter_id: str) -> Sequence[Chunk]:
        """The chunks of a letter in their order."""


def chunk_measures(cut: Cut, cases: Sequence[Case] = ()) -> Measures:
    """The measures of the corpus as it was cut; None where there is nothing to measure.

    "characters lost": characters of the letters' bodies in no chunk or in two. "heading path kept": chunks that
    stand in a section and carry the path of one around them. "quote whole": gold quotes inside the letters' bodies that stand
    whole in one chunk. "chunk length p5/p50/p95": characters.
    """
    lost = kept = whole = quoted = inside = 0
    lengths: list[int] = []
    gold = {quote for case in cases for group in case.evidence for quote in group}
    for letter in cut.letters():
        chunks = cut.chunks_of(letter.id)
        lengths += [chunk.end - chunk.start for chunk in chunks]
        lost += _lost(letter, chunks)
        headed = [verdict for chunk in chunks if (verdict := _keeps_heading(letter, chunk)) is not None]
        kept, inside = kept + sum(headed), inside + len(headed)
        for quote in gold:
            if quote.letter == letter.id and (found := _in_body(letter, places(quote, {letter.id: letter}))):
                quoted += 1
                whole += any(c.start <= place.start and place.end <= c.end for c in chunks for place in found)
    return {
        "characters lost": float(lost),
        "heading path kept": round(kept / inside, 6) if inside else None,
        "quote whole": round(whole / quoted, 6) if quoted else None,
        **{f"chunk length p{share}": _percentile(lengths, share) for share in (5, 50, 95)},
    }


def _body(letter: Letter) -> tuple[int, int]:
    return letter.body if letter.body[1] > letter.body[0] else (0, len(letter.text))


def _lost(letter: Letter, chunks: Iterable[Chunk]) -> int:
    """Characters of the body that are not in exactly one chunk, white space aside."""
    start, end = _body(letter)
    held = [0] * (len(letter.text) + 1)
    for chunk in chunks:
        held[chunk.start] += 1
        held[chunk.end] -= 1
    lost = depth = 0
    for at, mark in enumerate(letter.text):
        depth += held[at]
        lost += start <= at < end and depth != 1 and not mark.isspace()
    return lost


def _keeps_heading(letter: Letter, chunk: Chunk) -> bool | None:
    """Whether the chunk carries the path of the innermost section around its last character; None outside of sections."""
    text = chunk.text.rstrip()
    last = chunk.start + max(len(text) - 1, 0)
    around = [section for section in letter.sections if section.start <= last < section.end]
    if not around:
        return None
    innermost = max(around, key=lambda section: (section.level, section.start))
    return chunk.heading_path == innermost.heading_path


def _in_body(letter: Letter, found: Sequence[Span]) -> list[Span]:
    start, end = _body(letter)
    return [place for place in found if start <= place.start and place.end <= end]


def _percentile(lengths: Sequence[int], share: int) -> float | None:
    """The length that `share` per cent of the chunks do not exceed (nearest rank)."""
    if not lengths:
        return None
    ordered = sorted(lengths)
    return float(ordered[min(len(ordered) - 1, max(0, -(-share * len(ordered) // 100) - 1))])
