"""Weighs the sentences of the hits: which of them could answer the question, and how well each is supported."""

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from math import exp
from pathlib import Path

import numpy as np

from assistant.evidence_features import ASKED, PLAN, Asked, Place, features, nearness, places_named, said_around
from assistant.evidence_values import value_test
from assistant.evidence_words import CARRIED, Term, coverage, held, match, pairs_of, terms_among, terms_of
from assistant.understand import Query, fold
from corpus.letter import Letter
from corpus.sentences import sentences
from index.embedding import Embedder, Vectors
from index.everyday import open_everyday, question_vector
from index.hit import Chunk, Hit
from index.search import Index

SUPPORT = Path(__file__).with_name("support.toml")
__all__ = ["ASKED", "PLAN", "SUPPORT", "Evidence", "Weigher", "coverage", "least", "nearness", "support_weights"]

# A word counts as found from this much of it on.
_HALF = 0.5
# The title of a letter, and what every letter says to open and to close.
_TITLE_LINE = re.compile(r"(提案|建议|议案).{0,12}(答复|复函|复文|回复|办理情况|会办意见|的函)")
_FORMULA = re.compile(
    r"收悉|(现|特)?(将|就)?.{0,12}(答复|回复|汇报|函告|报告|函复)(意见)?如下[:：。]?$|^(衷心|非常|再次|首先)*感谢(您|你|贵)"
    r"|^(以上|此|专此).{0,4}(答复|复函|函复)|请(予|您)?.{0,6}(批评指正|提出宝贵意见|继续关心)|征询意见表"
)


@dataclass(frozen=True)
class Evidence:
    """A sentence that an answer may rest on; offsets into its letter's text.

    `own`, `around` are the shares (0–1, by rarity) of the question's words in the sentence and in the sentence with its
    headings, title and neighbours; `focus` the share of the words next to the asking word, with the headings; `dense`
    the cosine of question and sentence, `lead` by how much it is above the mean of all sentences weighed; `fits` says
    that the sentence holds the kind of value asked for; `score` ranks (higher is better). `near` says how close it stands to what the
    conversation cited last: 0 elsewhere, up to 1 beside it. `features` are all that the score is made of.
    """

    letter: Letter
    start: int
    end: int
    heading_path: tuple[str, ...]
    own: float
    around: float
    focus: float
    dense: float
    lead: float
    fits: bool
    score: float
    near: float = 0.0
    features: Mapping[str, float] = field(default_factory=dict, compare=False)

    @property
    def text(self) -> str:
        """The sentence, verbatim."""
        return self.letter.text[self.start : self.end]

    @property
    def support(self) -> float:
        """How surely the question is about what the sentence says (0–1); an answer needs least("answer") of support.toml."""
        return 1 / (1 + exp(-weighted(support_weights(), self.features)))


@cache
def support_weights() -> dict[str, float]:
    """The weights of the logistic function behind `Evidence.support`, from support.toml."""
    return _table("weights")


@cache
def rank_weights() -> dict[str, float]:
    """The weights of the features that rank sentences, from support.toml."""
    return _table("rank")


@cache
def least(name: str) -> float:
    """A threshold of support.toml."""
    return _table("least")[name]


def weighted(weights: Mapping[str, float], found: Mapping[str, float]) -> float:
    """The weighted sum of features; `constant` counts as it is."""
    return sum(weight * found.get(name, 1.0 if name == "constant" else 0.0) for name, weight in weights.items())


def _table(name: str) -> dict[str, float]:
    table = tomllib.loads(SUPPORT.read_text(encoding="utf-8"))
    return {name: float(weight) for name, weight in table[name].items()}


class Weigher:
    """Weighs sentences against one question. Keeps the question's word weights and vector."""

    def __init__(self, query: Query, index: Index, embedder: Embedder) -> None:
        self.query, self.index, self.embedder = query, index, embedder
        words = query.terms or (fold(query.matter),)
        carried = {fold(w) for w in query.carried}
        self.weights = {f: index.idf(w) * (CARRIED if f in carried else 1.0) for w in words if (f := fold(w))}
        self.known = {w: weight for w, weight in self.weights.items() if index.document_frequency(w)}
        self.fits = value_test(query)
        self.terms = terms_of(query, index)
        self.focus = terms_among(query.focus, self.terms, index) or self.terms
        self.context = terms_among(query.carried, (), index)

    @cached_property
    def vector(self) -> Vectors:
        """The question's unit vector."""
        return question_vector(self.query.matter, self.embedder)

    def asked(self, letters: Sequence[Letter]) -> Asked:
        """The question made ready for sentences of these letters."""
        places = places_named(self.query.question, letters) or places_named(self.query.standalone, letters)
        terms = tuple(term for term in self.terms if not _is_place(term, places)) or self.terms
        focus = tuple(term for term in self.focus if not _is_place(term, places)) or terms
        matter = fold(self.query.matter)
        for place in sorted(places):
            matter = matter.replace(place, " ")
        return Asked(self.query, terms, focus, self.context, places, matter, pairs_of(matter), self.fits)

    def missing(self, text: str) -> tuple[str, ...]:
        """The question's words that `text` does not hold, in the question's order."""
        folded = fold(text)
        return tuple(t for t in self.weights if match(t, folded) < 0.5)

    def strangeness(self, terms: Sequence[Term], texts: Sequence[str]) -> float:
        """The share of the question's weight in words that no text has and no everyday example: 光合作用 among letters."""
        folded = fold("\n".join(texts))
        lacking = [term for term in terms if held(term, folded) < _HALF]
        total = sum(term.weight for term in terms)
        return sum(term.weight for term in lacking if is_strange(term.word)) / total if total else 0.0

    def weigh(self, hits: Sequence[Hit]) -> tuple[Evidence, ...]:
        """Every sentence of the hits' chunks, best first; ties in the order of letters and offsets."""
        rows = [(hit, span) for hit in hits for span in sentences(hit.chunk.text) if _says_something(hit.chunk, *span)]
        if not rows:
            return ()
        vectors = self.embedder.encode([hit.chunk.text[s:e] for hit, (s, e) in rows])
        cosines = np.round(vectors @ self.vector, 5)
        mean, best = float(cosines.mean()), max(hit.score for hit in hits) or 1.0
        letters = {hit.chunk.letter: self.index.letter(hit.chunk.letter) for hit in hits}
        asked = self.asked(list(letters.values()))
        strange = self.strangeness(asked.terms, [hit.chunk.text for hit in hits])
        around = {
            (hit.chunk.letter, hit.chunk.start): said_around(
                asked, letters[hit.chunk.letter], hit.chunk.heading_path, hit.chunk.text
            )
            for hit in hits
        }
        found: dict[tuple[str, int], Evidence] = {}
        for (hit, (s, e)), cosine in zip(rows, cosines, strict=True):
            chunk = hit.chunk
            key = (chunk.letter, chunk.start + s)
            if key not in found:
                said = around[chunk.letter, chunk.start]
                place = Place(
                    letters[chunk.letter], key[1], chunk.start + e, chunk.heading_path, hit.score / best, *said
                )
                known = features(asked, place, float(cosine), strange)
                found[key] = _evidence(place, known, mean)
        return tuple(sorted(found.values(), key=lambda e: (-e.score, e.letter.id, e.start)))


def is_strange(word: str) -> bool:
    """Whether the word is in no everyday example, so that the question is likely about something else."""
    return len(word) > 1 and not word.isdigit() and word not in open_everyday().vocabulary


def _evidence(place: Place, found: Mapping[str, float], mean: float) -> Evidence:
    dense = found["dense"]
    weights = rank_weights()
    score = weighted(weights, found)
    return Evidence(
        place.letter,
        place.start,
        place.end,
        place.headings,
        found["own"],
        found["around"],
        found["focus"],
        dense,
        dense - mean,
        bool(found["fits"]),
        round(score, 6),
        found["near"],
        found,
    )


def _is_place(term: Term, places: frozenset[str]) -> bool:
    return any(term.word in place or place in term.word for place in places)


def _says_something(chunk: Chunk, start: int, end: int) -> bool:
    """A sentence of substance: no heading, title or salutation on a line of its own, no formula of courtesy."""
    text = chunk.text[start:end]
    alone = (start == 0 or "\n" in chunk.text[:start][-2:]) and chunk.text[end : end + 1] in ("", "\n")
    headed = any(path.startswith(text.rstrip("。")) for path in chunk.heading_path)
    bare = alone and text[-1] not in "。！？!?；;.…”)）" and (len(text) < 60 or bool(_TITLE_LINE.search(text)))
    return not (headed or bare or _FORMULA.search(text))
