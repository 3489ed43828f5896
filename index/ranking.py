"""Ranks what the searchers propose: a quick score for all, a close look at the best, and for each what of the question it holds."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Protocol

import numpy as np

from index.asking import with_places
from index.bring import Ranked
from index.closeness import Closeness
from index.engine import FIELDS, best
from index.fusion import WEIGHTS, fuse
from index.hit import Why
from index.lexical import Scores
from index.opened import Opened
from index.question import Question
from index.rerank import Candidate, Matched, features, read_weights, score
from index.searchable import keys
from index.thesaurus import Expansion
from index.vectors import Floats, Rows
from index.words import compact

# How many of the proposed chunks are looked at closely, and how many of these sentence by sentence.
CLOSELY, SENTENCES = 32, 12
# How many a CrossEncoder reads.
PAIRS = 20
# The first so many of a searcher count as found by it.
_FOUND = 10
# What a stranger question adds to the weight of the vectors at first sight.
_STRANGE = 0.3
# What the other forms of the question's words are worth at first sight.
_MEANT = 0.3


def rank(
    candidates: Sequence[Candidate],
    closeness: Closeness,
    question: Question,
    rows: Rows,
    scores: Mapping[str, Scores],
    vector: Floats,
) -> list[Ranked]:
    """The candidates ordered by all that is known of them; equal ones by letter and place. `question` is as `placed` gave it."""
    first = {leg: {int(rows[at]) for at in best(found, _FOUND) if found[at] > 0} for leg, found in scores.items()}
    means = [(compact(e.means), e) for e in question.expansions]
    ranked = []
    for candidate, found, matched in examine(candidates, closeness, question, strangeness(scores), vector):
        written = tuple(thing.written for thing in question.sought if thing.key in candidate.letter_exact)
        by = tuple(leg for leg, held in first.items() if candidate.row in held)
        why = Why(by, _told(matched.terms), _asked_for(means, matched), written)
        ranked.append(Ranked(candidate, score(found, read_weights()), matched, why))
    ranked = [r for r in ranked if r.score > 0]
    return sorted(ranked, key=lambda r: (-r.score, r.candidate.chunk.letter, r.candidate.chunk.start))


class PairScorer(Protocol):
    """A model that reads question and text together (`index.cross_encoder`)."""

    def score(self, question: str, texts: Sequence[str]) -> list[float]:
        """A score for each text, higher is better."""
        ...


def reordered(ranked: Sequence[Ranked], question: str, model: PairScorer) -> list[Ranked]:
    """The best hits in the order of the model, equal ones as they were; the scores stay with their places."""
    best_ones, others = ranked[:PAIRS], ranked[PAIRS:]
    texts = [
        "\n".join((r.candidate.letter.name, *r.candidate.chunk.heading_path, r.candidate.chunk.text)) for r in best_ones
    ]
    scores = model.score(question, texts)
    order = sorted(range(len(best_ones)), key=lambda at: (-scores[at], at))
    return [*(replace(best_ones[at], score=place.score) for at, place in zip(order, best_ones, strict=True)), *others]


def _told(terms: Sequence[str]) -> tuple[str, ...]:
    """The terms that say something by themselves, each once."""
    return tuple(term for term in dict.fromkeys(terms) if len(term) > 1)


def _asked_for(means: Sequence[tuple[str, Expansion]], matched: Matched) -> tuple[tuple[str, str], ...]:
    """What was asked and what the chunk says for it, as the thesaurus has it."""
    used = {other for _, other in matched.expansions}
    return tuple((e.asked, e.means) for compared, e in means if compared in used)


def examine(
    candidates: Sequence[Candidate], closeness: Closeness, question: Question, strange: float, vector: Floats
) -> list[tuple[Candidate, dict[str, float], Matched]]:
    """The candidates with their features and what they hold; the best ones by the other features also by their nearest sentence."""
    made = [(c, *features(question.asking, question.units, c, strange)) for c in candidates]
    weights = read_weights()
    made.sort(key=lambda one: (-score(one[1], weights), one[0].row))
    closest = [candidate.chunk for candidate, _, _ in made[:SENTENCES]]
    near = closeness.nearest(vector, closest, [found["dense"] for _, found, _ in made[:SENTENCES]])
    for (_, found, _), cosine in zip(made[:SENTENCES], near, strict=True):
        found |= {"sentence": cosine, "stranger": cosine * strange}
    return made


def placed(question: Question, candidates: Sequence[Candidate]) -> Question:
    """The question with the places that it names by a short name which only the letters from there tell to be one."""
    regions = [c.letter.metadata.region.value for c in candidates if c.letter.metadata.region]
    return replace(question, asking=with_places(question.asking, regions))


def propose(index: Opened, question: Question, rows: Rows, scores: Mapping[str, Scores]) -> list[Candidate]:
    """The rows that are best at first sight, and all that state exactly what the question names."""
    first = fuse(scores, {**WEIGHTS, "dense": WEIGHTS["dense"] + _STRANGE * strangeness(scores)})
    if question.meant:
        first = first + np.float32(_MEANT) * index.engine.sparse_scores("words", question.meant, rows)
    wanted = [thing.key for thing in question.sought]
    exact = index.engine.sparse_scores("words", wanted, rows) if wanted else np.zeros(len(rows), dtype=np.float32)
    chosen = best(np.asarray(first + np.float32(10) * (exact > 0), dtype=np.float32), CLOSELY)
    made = [
        _candidate(
            index, int(rows[at]), {leg: float(s[at]) for leg, s in scores.items()}, wanted if exact[at] > 0 else ()
        )
        for at in chosen
    ]
    named: dict[str, set[str]] = {}
    for candidate in made:
        named.setdefault(candidate.letter.id, set()).update(candidate.exact)
    return [replace(c, letter_exact=tuple(sorted(named[c.letter.id]))) for c in made]


def _candidate(index: Opened, row: int, scores: dict[str, float], wanted: Sequence[str]) -> Candidate:
    chunk = index.chunk(row)
    letter = index.letter(chunk.letter)
    exact = tuple(key for key in keys(letter, chunk) if key in wanted) if wanted else ()
    return Candidate(row, chunk, letter, scores, exact)


def strangeness(scores: Mapping[str, Scores]) -> float:
    """How little of the question any chunk says (0–1), by words and by pairs of characters."""
    shares = [float(scores[field].max()) for field in FIELDS if len(scores[field])]
    return 1.0 - min(max(shares, default=0.0), 1.0)
