"""What of a question a sentence has, as numbers from about -1 to 1: the features that rank sentences."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant.directory import short_name
from assistant.evidence_values import Test, value_clauses
from assistant.evidence_words import Term, longest_run, pairs_of, share
from assistant.understand import Query, fold
from corpus.letter import Letter

# The section that repeats what the proposal asked for, and the section of plans.
ASKED = re.compile(r"(提案|建议|议案)(的)?(主要|基本)?(内容|诉求|情况)|案由")
PLAN = re.compile(r"下一?步|下阶段|今后|工作计划|工作打算|工作思路|工作安排|努力方向")
# A target is no fact.
TARGET = re.compile(r"力争|争取(在|实现|到)|到20\d\d年,?，?(?!底已)")
NAMES = (
    "own",
    "within",
    "around",
    "headed",
    "focus",
    "pairs",
    "run",
    "dense",
    "fits",
    "bound",
    "rank",
    "target",
    "proposal",
    "part",
    "agree",
    "near",
    "context",
    "strange",
    "unplaced",
)
# How many characters away from what was cited is still beside it.
_BESIDE = 80
# A run of this many characters of the question is as telling as a longer one.
_LONG = 8


@dataclass(frozen=True)
class Asked:
    """A question made ready to be held against sentences.

    `places` are short names of letters' places that the question says, `matter` its folded text without words of asking, `pairs` the pairs of
    characters of that.
    """

    query: Query
    terms: tuple[Term, ...]
    focus: tuple[Term, ...]
    context: tuple[Term, ...]
    places: frozenset[str]
    matter: str
    pairs: frozenset[str]
    fits: Test


@dataclass(frozen=True)
class Place:
    """Where a sentence stands: its letter, offsets, headings, how its chunk ranked (0–1), what the chunk and its headings say of the question."""

    letter: Letter
    start: int
    end: int
    headings: tuple[str, ...]
    rank: float
    around: float
    headed: float

    @property
    def text(self) -> str:
        """The sentence, verbatim."""
        return self.letter.text[self.start : self.end]


def features(asked: Asked, place: Place, dense: float, strange: float) -> dict[str, float]:
    """The features of a sentence by name (`NAMES`).

    `strange` is the share of the question that no text found and no everyday question has; it counts more (`unplaced`) where
    no place says which letter is meant.
    """
    text, query = place.text, asked.query
    folded, name = fold(text), folded_name(place.letter)
    headings = _folded(" ".join(place.headings))
    headed = headings + folded
    # Every sentence of a letter is about its title: the title's words do not tell its sentences apart.
    telling = [term for term in asked.terms if term.word not in name]
    fits, agree = asked.fits(text), _agree(asked.places, place.letter, folded)
    return {
        "own": share(asked.terms, folded),
        "within": share(telling, folded),
        "around": place.around,
        "headed": place.headed,
        "focus": share(asked.focus, headed),
        "pairs": len(asked.pairs & pairs_of(folded)) / len(asked.pairs) if asked.pairs else 0.0,
        "run": min(longest_run(asked.matter, folded), _LONG) / _LONG,
        "dense": dense,
        "fits": float(fits),
        "bound": _bound(asked, text) if fits else 0.0,
        "rank": place.rank,
        "target": float(query.tense != "future" and bool(TARGET.search(text))),
        "proposal": float(bool(ASKED.search(headings)) and query.tense != "asked"),
        "part": _part(query, headings),
        "agree": agree,
        "strange": strange,
        "unplaced": strange if agree == 0 else 0.0,
        "near": nearness(place.letter, place.start, place.end, query.scope),
        "context": share(asked.context, name + headed) if asked.context else 0.0,
    }


def said_around(asked: Asked, letter: Letter, headings: Sequence[str], chunk: str) -> tuple[float, float]:
    """The shares of the question's words in a chunk with its headings and title, and in the headings alone."""
    above = _folded(" ".join(headings))
    return share(asked.terms, folded_name(letter) + above + _folded(chunk)), share(asked.terms, above)


def _bound(asked: Asked, text: str) -> float:
    """How much of what is counted stands beside the value that fits best."""
    terms = asked.focus or asked.terms
    return max((share(terms, clause) for clause in value_clauses(text, asked.fits)), default=0.0)


def _part(query: Query, headings: str) -> float:
    """1 where plans are asked for and this is one, -1 where deeds are."""
    if query.tense not in ("future", "past") or not PLAN.search(headings):
        return 0.0
    return 1.0 if query.tense == "future" else -1.0


def _agree(places: frozenset[str], letter: Letter, folded: str) -> float:
    """1 for a letter of the place that the question names or a sentence that names it, -1 for another's; 0 where either names none."""
    own = letter.metadata.region
    if not places:
        return 0.0
    if any((own and place in own.value) or place in folded for place in places):
        return 1.0
    return -1.0 if own else 0.0


def places_named(question: str, letters: Sequence[Letter]) -> frozenset[str]:
    """The short names of the letters' places that the question says: 荥阳 for 荥阳市."""
    names = {short_name(part) for letter in letters for part in _regions(letter)}
    folded = fold(question)
    return frozenset(name for name in names if len(name) > 1 and name in folded)


def _regions(letter: Letter) -> list[str]:
    data = letter.metadata
    return [stated.value for stated in (data.region, data.county, data.city) if stated]


def nearness(letter: Letter, start: int, end: int, scope: Sequence[tuple[str, int, int]]) -> float:
    """How close a span stands to the places in `scope`: 1 at one, less beside it and in its section, little in its letter."""
    best = 0.0
    for letter_id, low, high in scope:
        if letter_id == letter.id:
            together = [s for s in letter.sections if s.start <= min(low, start) and max(high, end) <= s.end]
            gap = max(low - end, start - high, 0)
            depth = max((s.level for s in together), default=0)
            best = max(best, 1.0 if gap == 0 else 0.9 if gap <= _BESIDE else min(0.2 + 0.2 * depth, 0.8))
    return best


def folded_name(letter: Letter) -> str:
    """The letter's title, folded."""
    return _folded(letter.name)


@lru_cache(maxsize=2048)
def _folded(text: str) -> str:
    return fold(text)
