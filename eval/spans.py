"""Find gold quotes in letters and decide what a hit or a citation covers of them.

A span covers a quote when it holds at least half of the quote's characters at one place where the quote stands.
Half, because a chunk may end inside a long quote and still carry the fact; a mere touch would let a neighbour count.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from corpus.letter import Letter
from eval.cases import Quote
from index.hit import Hit


@dataclass(frozen=True)
class Span:
    """Characters `start` to `end` of a letter."""

    letter: str
    start: int
    end: int


def span_of(hit: Hit) -> Span:
    """The characters of a hit."""
    return Span(hit.chunk.letter, hit.chunk.start, hit.chunk.end)


def places(quote: Quote, letters: Mapping[str, Letter]) -> list[Span]:
    """Every place where the quote stands in its letter."""
    text, found = letters[quote.letter].text, []
    start = text.find(quote.text)
    while start >= 0:
        found.append(Span(quote.letter, start, start + len(quote.text)))
        start = text.find(quote.text, start + 1)
    return found


def covers(spans: Sequence[Span], place: Span) -> bool:
    """Whether the spans together hold at least half of the characters at `place`."""
    held: set[int] = set()
    for span in spans:
        if span.letter == place.letter:
            held.update(range(max(span.start, place.start), min(span.end, place.end)))
    return bool(held) and 2 * len(held) >= place.end - place.start


def covers_group(spans: Sequence[Span], group: Sequence[Quote], letters: Mapping[str, Letter]) -> bool:
    """Whether the spans cover one alternative of an evidence group."""
    return any(covers(spans, place) for quote in group for place in places(quote, letters))


def new_groups(
    spans: Sequence[Span], groups: Sequence[Sequence[Quote]], letters: Mapping[str, Letter]
) -> list[frozenset[int]]:
    """For each span of a ranking, the evidence groups that it is the first to cover."""
    seen: set[int] = set()
    found = []
    for span in spans:
        now = {n for n, group in enumerate(groups) if n not in seen and covers_group([span], group, letters)}
        found.append(frozenset(now))
        seen |= now
    return found


def paragraph(span: Span, text: str) -> Span:
    """The span widened to whole lines of the letter's text."""
    end = text.find("\n", max(span.end - 1, span.start))
    return Span(span.letter, text.rfind("\n", 0, span.start) + 1, len(text) if end < 0 else end)


def beside(span: Span, groups: Sequence[Sequence[Quote]], letters: Mapping[str, Letter]) -> bool:
    """Whether the span overlaps a gold quote or lies in the same paragraph as one."""
    for quote in (quote for group in groups for quote in group if quote.letter == span.letter):
        for place in places(quote, letters):
            wide = paragraph(place, letters[place.letter].text)
            if span.start < wide.end and wide.start < span.end:
                return True
    return False
