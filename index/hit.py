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
    """Only letters of this region, year (YYYY), kind, issuer and number or id; None means any."""

    region: str | None = None
    year: str | None = None
    kind: str | None = None
    issuer: str | None = None
    letter: str | None = None


@dataclass(frozen=True)
class Why:
    """Why a hit was found: what of the question it holds, and what was done to bring it.

    `found_by` are the searchers that have it among their first ten; `terms` the question's words that stand in it or in its headings;
    `expansions` pairs of what was asked and what it says for it; `exact` what it, or its letter, states exactly as asked; `brought`
    says in a few words why it was brought whole or put first, None where its score did that alone.
    """

    found_by: tuple[str, ...] = ()
    terms: tuple[str, ...] = ()
    expansions: tuple[tuple[str, str], ...] = ()
    exact: tuple[str, ...] = ()
    brought: str | None = None


@dataclass(frozen=True)
class Hit:
    """A chunk with its fused score (higher is better), the score of each searcher, and why it was found.

    `parts` are the indexed chunks that it is made of where it was made whole: a section, or the run of items that it stands in.
    """

    chunk: Chunk
    score: float
    scores: dict[str, float] = field(default_factory=dict)
    why: Why = Why()
    parts: tuple[Chunk, ...] = ()

    @property
    def found_by(self) -> tuple[str, ...]:
        """The searchers that have it among their first ten."""
        return self.why.found_by
