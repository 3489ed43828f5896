"""What search takes and gives: chunks, filters and hits."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Chunk:
    """What is indexed: a section or part of one; `letter.text[start:end] == text`, always.

    `record` marks what stands outside the body of the letter (the box of its page): of use for finding, no evidence.
    """

    letter: str
    start: int
    end: int
    text: str
    heading_path: tuple[str, ...] = ()
    record: bool = False


@dataclass(frozen=True)
class Filters:
    """Only letters of this region, year (YYYY) and kind; None means any."""

    region: str | None = None
    year: str | None = None
    kind: str | None = None


@dataclass(frozen=True)
class Hit:
    """A chunk with its fused score (higher is better) and the score of each searcher that found it."""

    chunk: Chunk
    score: float
    scores: dict[str, float] = field(default_factory=dict)
