"""Ask every gold question and keep, for each, what came back, its scores and the cause of a failure."""

import hashlib
import json
import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

from assistant.answer import Answer
from corpus.letter import Letter
from eval.cases import Case
from eval.causes import cause
from eval.chunking import chunk_measures
from eval.fingerprint import state_of
from eval.measures import Scores, answer_side, retrieval_scores
from eval.ranking import DEPTH
from eval.trace import Trace, Watched, ask_watched, stages, trace
from index.hit import Hit

if TYPE_CHECKING:
    from assistant.pipeline import State

Place = tuple[str, int, int]


class Asker(Protocol):
    """What is measured: anything that searches, answers and opens letters."""

    def ask(self, question: str, history: Sequence[tuple[str, Answer]] = ()) -> Answer:
        """The answer to a question after earlier ones."""

    def search(self, question: str, k: int = DEPTH) -> Sequence[Hit]:
        """The k best hits, best first."""

    def letter(self, letter_id: str) -> Letter:
        """The letter of that id."""


@dataclass(frozen=True)
class Record:
    """One question as it went: what was asked, found, answered and cited, the scores, the cause of a failure.

    `gold` are the first quotes of the evidence groups as (letter, text), `answers` the first alternatives of the answer
    groups, `quotes` the texts of `citations`. `stages` says for each evidence group where it was lost (eval.trace.STAGES),
    `confidence` how sure the answer was; both are empty for an asker that cannot be looked into.
    """

    id: str
    kind: str
    why: str | None
    critical: bool
    question: str
    refused: bool
    refusal_reason: str | None
    answer: str
    citations: tuple[Place, ...]
    hits: tuple[Place, ...]
    scores: Scores
    cause: str | None
    quotes: tuple[str, ...] = ()
    gold: tuple[tuple[str, str], ...] = ()
    answers: tuple[str, ...] = ()
    wording: str | None = None
    split: str | None = None
    stages: tuple[str, ...] = ()
    confidence: float | None = None


@dataclass(frozen=True)
class Results:
    """All records in the order of the cases, and what made them.

    `state` goes into the fingerprint (corpus, settings, model, versions, commit, seed), `chunking` holds the measures of
    the corpus as it was cut. `seconds` for each question and the `given` answers are never part of the JSON.
    """

    records: tuple[Record, ...]
    seconds: tuple[float, ...] = ()
    state: Mapping[str, Any] = field(default_factory=dict)
    chunking: Mapping[str, float | None] = field(default_factory=dict)
    given: tuple[Answer, ...] = ()

    def json(self) -> str:
        """The records as JSON: sorted keys, no clock, so that two runs of the same state are the same bytes."""
        rows = {
            "chunking": dict(self.chunking),
            "fingerprint": self.fingerprint,
            "records": [asdict(record) for record in self.records],
        }
        return json.dumps(rows, ensure_ascii=False, indent=1, sort_keys=True, allow_nan=False) + "\n"

    @property
    def fingerprint(self) -> dict[str, Any]:
        """What decides the results; "questions" is a hash of those asked: only results with the same are comparable."""
        asked = "\n".join(f"{record.id}\t{record.kind}\t{record.question}" for record in self.records)
        return {"questions": hashlib.sha256(asked.encode()).hexdigest(), **self.state}


def run(cases: Sequence[Case], asker: Asker) -> Results:
    """Ask every case and score it; the order of the records is the order of the cases.

    An asker that can be looked into (eval.trace.Watched) is also measured stage by stage.
    """
    watched = asker if isinstance(asker, Watched) else None
    known: dict[str, Letter] = {}
    for case in cases:
        for quote in (quote for group in case.evidence for quote in group):
            _remember(quote.letter, asker, known)
    records, seconds, given = [], [], []
    for case in cases:
        begun = time.perf_counter()
        answer, ended = _converse(case, asker, watched)
        seconds.append(time.perf_counter() - begun)
        # A follow-up is searched as the assistant understood it; a first question as it was typed.
        query = (answer.standalone_question if len(case.turns) > 1 else case.question) or case.question
        hits = tuple(asker.search(query, DEPTH))
        for citation in answer.citations:
            _remember(citation.letter, asker, known)
        seen = trace(watched, case, query, ended) if watched and ended else None
        records.append(_record(case, answer, hits, seen, known))
        given.append(answer)
    state = state_of(watched) if watched else {}
    chunking = chunk_measures(watched.index, cases) if watched else {}
    return Results(tuple(records), tuple(seconds), state, chunking, tuple(given))


def _converse(case: Case, asker: Asker, watched: Watched | None) -> "tuple[Answer, State | None]":
    history: list[tuple[str, Answer]] = []
    for turn in case.turns[:-1]:
        history.append((turn, asker.ask(turn, tuple(history))))
    if watched:
        return ask_watched(watched, case.question, tuple(history))
    return asker.ask(case.question, tuple(history)), None


def _remember(letter_id: str, asker: Asker, known: dict[str, Letter]) -> None:
    if letter_id not in known:
        known[letter_id] = asker.letter(letter_id)


def _record(
    case: Case, answer: Answer, hits: Sequence[Hit], seen: Trace | None, letters: Mapping[str, Letter]
) -> Record:
    lost = stages(case, seen, hits, letters) if seen else ()
    scores: Scores = {**retrieval_scores(case, hits, letters), **answer_side(case, answer, letters)}
    if seen:
        scores |= _stage_scores(case, seen, lost, letters)
    return Record(
        id=case.id,
        kind=case.kind,
        why=case.why,
        critical=case.critical,
        question=" ⏎ ".join(case.turns),
        refused=answer.refused,
        refusal_reason=answer.refusal_reason,
        answer=answer.text,
        citations=tuple((c.letter, c.start, c.end) for c in answer.citations),
        hits=tuple((hit.chunk.letter, hit.chunk.start, hit.chunk.end) for hit in hits),
        scores={name: None if value is None else round(value, 6) for name, value in scores.items()},
        cause=cause(case, scores, lost),
        quotes=tuple(c.quote for c in answer.citations),
        gold=tuple((group[0].letter, group[0].text) for group in case.evidence),
        answers=tuple(group[0] for group in case.answers),
        wording=getattr(case, "wording", None),
        split=getattr(case, "split", None),
        stages=lost,
        confidence=None if answer.refused or seen is None else seen.confidence,
    )


def _stage_scores(case: Case, seen: Trace, lost: Sequence[str], letters: Mapping[str, Letter]) -> Scores:
    """Each searcher's ranking under its name ("dense nDCG@10"), and the share of the evidence that the assistant had."""
    scores: Scores = {}
    for leg, hits in seen.legs.items():
        scores |= {f"{leg} {name}": value for name, value in retrieval_scores(case, hits, letters).items()}
    reached = lost.count("reached") / len(lost) if lost else None
    return {**scores, "context recall": reached}
