"""Watch a question on its way: each searcher's ranking, what the assistant had before it, how sure it was."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from assistant.answer import Answer
from corpus.letter import Letter
from eval.cases import Case, Quote
from eval.ranking import DEPTH
from eval.spans import Span, covers_group, places, span_of
from index.hit import Hit

if TYPE_CHECKING:
    from assistant.desk import Desk
    from assistant.pipeline import State
    from index.search import Index

# Where a piece of evidence was lost, the first that applies, in the order of the funnel; "reached" is nowhere.
STAGES = ("broken_quote", "not_in_leg", "lost_in_fusion", "cut_by_budget", "reached")


@runtime_checkable
class Watched(Protocol):
    """An asker that can be looked into: the assistant itself."""

    @property
    def index(self) -> "Index":
        """The index that it searches."""

    @property
    def desk(self) -> "Desk":
        """What its steps work with."""


@dataclass(frozen=True)
class Trace:
    """What lay between a question and its answer.

    `legs` holds each searcher's first hits, `context` the chunks (or whole letters, where the record answers) that the
    answer was chosen from, `chunks` all chunks of the letters with gold evidence. `confidence` (0–1) is how well the
    best sentence supports an answer; 1 where the record of a letter answers, None where nothing does.
    """

    legs: Mapping[str, tuple[Hit, ...]] = field(default_factory=dict)
    context: tuple[Span, ...] = ()
    whole_letters: frozenset[str] = frozenset()
    chunks: tuple[Span, ...] = ()
    confidence: float | None = None


def ask_watched(asker: Watched, question: str, history: Sequence[tuple[str, Answer]] = ()) -> "tuple[Answer, State]":
    """What `asker.ask` answers, and the state in which its steps ended."""
    from assistant.pipeline import STEPS, State, finish, timed

    state = State(question, tuple(history))
    for name in STEPS:
        state = timed(name, state, asker.desk)
    return finish(state, asker.desk), state


def trace(asker: Watched, case: Case, query: str, ended: "State") -> Trace:
    """Search with each searcher alone, and read from the ended state what the assistant had before it."""
    letters = {letter.id for letter in ended.letters} | ({ended.item.letter} if ended.item else set())
    gold = dict.fromkeys(quote.letter for group in case.evidence for quote in group)
    return Trace(
        legs={leg: tuple(hits) for leg, hits in asker.index.legs(query, DEPTH).items()},
        context=tuple(span_of(hit) for hit in _hits(ended, asker.desk)),
        whole_letters=frozenset(letters),
        chunks=tuple(Span(c.letter, c.start, c.end) for letter in gold for c in asker.index.chunks_of(letter)),
        confidence=_confidence(ended),
    )


def stages(case: Case, found: Trace, hits: Sequence[Hit], letters: Mapping[str, Letter]) -> tuple[str, ...]:
    """For each evidence group the stage of STAGES at which it was lost."""
    return tuple(_stage(group, found, [span_of(hit) for hit in hits], letters) for group in case.evidence)


def _stage(group: Sequence[Quote], found: Trace, fused: Sequence[Span], letters: Mapping[str, Letter]) -> str:
    if any(quote.letter in found.whole_letters for quote in group):
        return "reached"
    # What stands outside the body (the box of a web page) is never cut into chunks.
    spots = [place for quote in group for place in places(quote, letters) if _in_body(place, letters[quote.letter])]
    if spots and not any(_holds(chunk, place) for chunk in found.chunks for place in spots):
        return "broken_quote"
    if covers_group(found.context, group, letters):
        return "reached"
    if covers_group(fused, group, letters):
        return "cut_by_budget"
    legs = [[span_of(hit) for hit in hits] for hits in found.legs.values()]
    return "lost_in_fusion" if any(covers_group(leg, group, letters) for leg in legs) else "not_in_leg"


def _in_body(place: Span, letter: Letter) -> bool:
    start, end = letter.body if letter.body[1] > letter.body[0] else (0, len(letter.text))
    return start <= place.start and place.end <= end


def _holds(chunk: Span, place: Span) -> bool:
    return chunk.letter == place.letter and chunk.start <= place.start and place.end <= chunk.end


def _hits(state: "State", desk: "Desk") -> list[Hit]:
    """The hits that were before the assistant; those of each part where it took a question apart."""
    from assistant.retrieve import retrieve
    from assistant.understand import understand

    hits = list(state.found.hits) if state.found else []
    parts = state.query.parts if state.query and state.query.intent != "compare" else ()
    for part in parts:
        hits += retrieve(understand(part), desk, state.filters).hits
    return hits


def _confidence(state: "State") -> float | None:
    if state.letters or state.item:
        return 1.0
    return round(max((e.support for e in state.evidence[:5]), default=0.0), 6) if state.evidence else None
