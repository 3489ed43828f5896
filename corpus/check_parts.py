"""Part what stands on a page before it is checked: letters that share it, each by itself, and their attachments."""

from dataclasses import dataclass, replace

from corpus.attachments import Part, parts, salutation
from corpus.clean import Cleaned, clean
from corpus.letter import Letter, Metadata
from corpus.metadata import read_metadata


@dataclass(frozen=True)
class Piece:
    """A letter or an attachment as a letter of its own; its text begins at `start` of the page's text."""

    letter: Letter
    start: int = 0
    is_attachment: bool = False


def pieces(letter: Letter) -> tuple[Piece, ...]:
    """The letters and attachments of a page in order; mostly the one letter as it is.

    >>> two = "甲委员：\\n您提出的提案收悉。\\n乙委员：\\n您提出的提案收悉。"
    >>> [piece.letter.text for piece in pieces(Letter("1", "1.txt", two, body=(0, len(two))))]
    ['甲委员：\\n您提出的提案收悉。\\n', '乙委员：\\n您提出的提案收悉。']
    """
    cuts = _cuts(letter)
    if len(cuts) == 1:
        return (Piece(letter),)
    ends = [*(at for at, _ in cuts[1:]), len(letter.text)]
    alone = all(attached for _, attached in cuts[1:])
    made, own = list[Piece](), letter.metadata
    for (start, attached), end in zip(cuts, ends, strict=True):
        text, first = letter.text[start:end], 0 if start else letter.body[0]
        # Where only attachments follow, what the page says of itself is said of this letter.
        own = own if attached or alone else _read(text, first)
        said = _lent(own) if attached else own
        piece = replace(letter, text=text, metadata=said, sections=(), body=(first, len(text)))
        made.append(Piece(piece, start, attached))
    return tuple(made)


def _cuts(letter: Letter) -> list[tuple[int, bool]]:
    """Where each begins and whether it is an attachment; the first begins with the text."""
    text = letter.text
    start, end = letter.body if letter.body[1] > letter.body[0] else (0, len(text))
    cuts: list[tuple[int, bool]] = [(0, False)]
    above: _Case | None = None
    for part in parts(text, start, end):
        greeting = salutation(text, part) if part.heading_end is None else None
        if part.heading_end is not None:
            cuts.append((part.start, True))
        elif greeting:
            case = _Case(greeting, _numbers(text, part, start))
            if above and not case.is_same(above):
                cuts.append((part.start, False))
            above = case
    return cuts


@dataclass(frozen=True)
class _Case:
    """What a letter is about, as far as it tells one letter from another."""

    greeting: str
    numbers: frozenset[str]

    def is_same(self, other: "_Case") -> bool:
        """Whether both are of one case: a covering letter and what it covers are one letter."""
        if self.numbers and other.numbers:
            return bool(self.numbers & other.numbers)
        return self.greeting == other.greeting


def _numbers(text: str, part: Part, body: int) -> frozenset[str]:
    # The title that stands on the page above the letter says the number too.
    begun, first = (0, body) if part.start == body else (part.start, 0)
    return frozenset(number.value.lstrip("0") for number in _read(text[begun : part.end], first).numbers)


def _read(text: str, body: int) -> Metadata:
    cleaned = clean(text)
    return read_metadata(cleaned if cleaned.text == text.rstrip() else Cleaned(text, (body, len(text))), None)


def _lent(own: Metadata) -> Metadata:
    """What an attachment has from its letter: no place in it is meant."""
    return Metadata(kind=own.kind, role=own.role, issuer=own.issuer, date=own.date)
