"""Ask every gold question and keep, for each, what came back, its scores and the cause of a failure."""

import hashlib
import json
import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Protocol

from assistant.answer import Answer
from corpus.letter import Letter
from eval.cases import Case
from eval.causes import cause
from eval.measures import (
    DEPTH,
    Scores,
    answer_scores,
    citation_scores,
    grounding_scores,
    refusal_scores,
    retrieval_scores,
)
from index.hit import Hit

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
    """One question as it went: what was asked, found, answered and cited, the scores, the cause of a failure."""

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


@dataclass(frozen=True)
class Results:
    """All records in the order of the cases, and the seconds that each question took (never part of the JSON)."""

    records: tuple[Record, ...]
    seconds: tuple[float, ...] = ()

    def json(self) -> str:
        """The records as JSON: sorted keys, no clock, so that two runs of the same state are the same bytes."""
        rows = {"records": [asdict(record) for record in self.records], "fingerprint": self.fingerprint}
        return json.dumps(rows, ensure_ascii=False, indent=1, sort_keys=True, allow_nan=False) + "\n"

    @property
    def fingerprint(self) -> str:
        """A hash of the questions asked: results are comparable only when it is the same."""
        asked = "\n".join(f"{record.id}\t{record.kind}\t{record.question}" for record in self.records)
        return hashlib.sha256(asked.encode()).hexdigest()


def run(cases: Sequence[Case], asker: Asker) -> Results:
    """Ask every case and score it; the order of the records is the order of the cases."""
    known: dict[str, Letter] = {}
    for case in cases:
        for quote in (quote for group in case.evidence for quote in group):
            _remember(quote.letter, asker, known)
    records, seconds = [], []
    for case in cases:
        begun = time.perf_counter()
        answer = _converse(case, asker)
        seconds.append(time.perf_counter() - begun)
        # A follow-up is searched as the assistant understood it; a first question as it was typed.
        query = answer.standalone_question if len(case.turns) > 1 else case.question
        hits = tuple(asker.search(query or case.question, DEPTH))
        for citation in answer.citations:
            _remember(citation.letter, asker, known)
        records.append(_record(case, answer, hits, known))
    return Results(tuple(records), tuple(seconds))


def _converse(case: Case, asker: Asker) -> Answer:
    history: list[tuple[str, Answer]] = []
    for turn in case.turns:
        history.append((turn, asker.ask(turn, tuple(history))))
    return history[-1][1]


def _remember(letter_id: str, asker: Asker, known: dict[str, Letter]) -> None:
    if letter_id not in known:
        known[letter_id] = asker.letter(letter_id)


def _record(case: Case, answer: Answer, hits: Sequence[Hit], letters: Mapping[str, Letter]) -> Record:
    scores: Scores = {
        **retrieval_scores(case, hits, letters),
        **answer_scores(case, answer),
        **citation_scores(case, answer, letters),
        **refusal_scores(case, answer),
        **grounding_scores(answer, letters),
    }
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
        cause=cause(case, scores),
    )
