"""Matches the words of a question with a text: as they are, in part, or as what a letter may call them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from assistant.understand import Query, fold
from index.search import Index
from index.thesaurus import Expansion, expansions

# What the conversation brings counts less than what the question says itself.
CARRIED = 0.4
# Of the pairs of characters of a word, the least share that makes it half found, and what that is worth.
_HALF, _PARTLY = 0.5, 0.8
# A single character stands in many words.
_SINGLE = 0.5
# Another name for a word is less sure than the word, and an everyday phrase that is no word of the question still less.
_OTHER, _LOOSE, _MOST_LOOSE = 0.9, 0.6, 4


@dataclass(frozen=True)
class Term:
    """A word of the question, what it weighs, and what letters may call it, each with how surely (0–1)."""

    word: str
    weight: float
    others: tuple[tuple[str, float], ...] = ()


def terms_of(query: Query, index: Index) -> tuple[Term, ...]:
    """The question's identifying words, weighed by rarity, with their other names."""
    words = query.terms or (fold(query.matter),)
    carried = {fold(word) for word in query.carried}
    weights = {
        f: index.idf(w) * (CARRIED if f in carried else 1.0) * (_SINGLE if len(f) == 1 else 1.0)
        for w in words
        if (f := fold(w))
    }
    return _linked(weights, expansions(query.matter, index.home))


def terms_among(words: Iterable[str], terms: Sequence[Term], index: Index) -> tuple[Term, ...]:
    """Some words of the question with their rarity and the other names that the question's terms have for them."""
    others = {term.word: term.others for term in terms}
    return tuple(Term(f, index.idf(w), others.get(f, ())) for w in words if (f := fold(w)))


def _linked(weights: Mapping[str, float], found: Sequence[Expansion]) -> tuple[Term, ...]:
    """Each word with the expansions that it is part of; those of no word as terms of their own."""
    terms, linked = [], set()
    for word, weight in weights.items():
        own = [e for e in found if any(word in part or part in word for part in e.asked.split("…"))]
        linked |= {e.means for e in own}
        terms.append(Term(word, weight, tuple((fold(e.means), _OTHER * e.weight) for e in own)))
    mean = sum(weights.values()) / len(weights) if weights else 0.0
    loose = [e for e in found if e.means not in linked][:_MOST_LOOSE]
    terms += [Term(fold(e.asked), _LOOSE * mean, ((fold(e.means), _OTHER * e.weight),)) for e in loose]
    return tuple(terms)


def held(term: Term, folded: str) -> float:
    """How surely the text says the term: 1 as it is, less in part or by another name."""
    said = match(term.word, folded)
    if said == 1.0:
        return said
    return max([said, *(weight for other, weight in term.others if other in folded)])


def share(terms: Sequence[Term], folded: str) -> float:
    """The share of the terms, by weight, that the text says."""
    total = sum(term.weight for term in terms)
    return sum(term.weight * held(term, folded) for term in terms) / total if total else 0.0


def coverage(weights: Mapping[str, float], text: str) -> float:
    """The share of the words, weighted by rarity, that `text` holds."""
    total = sum(weights.values())
    folded = fold(text)
    return sum(w * match(t, folded) for t, w in weights.items()) / total if total else 0.0


def match(term: str, folded: str) -> float:
    """1 when the term occurs, part of it when most of its pairs of characters do.

    >>> match("知识产权", "知识产权局"), match("知识产权", "知识的产权"), match("知识", "产权")
    (1.0, 0.5333333333333333, 0.0)
    """
    if term in folded:
        return 1.0
    if len(term) < 3 or term.isdigit():
        return 0.0
    pairs = [term[i : i + 2] for i in range(len(term) - 1)]
    part = sum(pair in folded for pair in pairs) / len(pairs)
    return _PARTLY * part if part >= _HALF else 0.0


def pairs_of(text: str) -> frozenset[str]:
    """The pairs of neighbouring letters or digits of a folded text."""
    return frozenset(text[i : i + 2] for i in range(len(text) - 1) if text[i : i + 2].isalnum())


def longest_run(one: str, other: str) -> int:
    """The length of the longest run of characters that both texts have.

    >>> longest_run("高新技术企业认定", "认定高新技术")
    4
    """
    best = 0
    for start in range(len(one)):
        while start + best < len(one) and one[start : start + best + 1] in other:
            best += 1
    return best
