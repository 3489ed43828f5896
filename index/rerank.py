"""Orders the chunks that the searchers propose by more than their scores: coverage, nearness, headings, values, place and year.

The weights stand in rerank.toml; bench/rerank.py fits them.
"""

import re
import tomllib
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from corpus.letter import Letter
from index.asking import Asking, asking_cues
from index.formulas import formula_share
from index.hit import Chunk
from index.words import compact, normalise

WEIGHTS = Path(__file__).with_name("rerank.toml")
# Formulas fill short chunks only.
_SHORT = 150
# A sentence, for terms that stand together.
_STOP = re.compile(r"[。！？!?；;\n]")
_NUMBER = r"[\d一二三四五六七八九十百千两]"
_VALUES = {
    "amount": re.compile(
        r"\d\s*(?:余|多)?(?:万|亿|千|百)*(?:元|美元)|\d\s*(?:亿|万)(?!家|户|人|吨|项|个|件|名|亩)|免费|全额|费用|补助|奖"
    ),
    "rate": re.compile(r"\d\s*(?:%|‰|个?百分点|倍|成)|百分之"),
    "count": re.compile(_NUMBER + r"\s*(?:余|多)?[\u4e00-\u9fa5]"),
    "date": re.compile(r"\d{1,4}\s*(?:年|月|日|天|个工作日|小时|时)|年内|期限"),
    "document": re.compile(r"《"),
}
NAMES = (
    "words",
    "bigrams",
    "dense",
    "strange",
    "cover",
    "meant",
    "near",
    "headed",
    "titled",
    "value",
    "place",
    "elsewhere",
    "year",
    "kind",
    "exact",
    "named",
    "record",
    "formula",
    "proposal",
    "part",
    "sentence",
    "stranger",
)


@dataclass(frozen=True)
class Unit:
    """A word of the question with its rarity, and what letters may call it, each with how surely (0–1)."""

    text: str
    rarity: float
    others: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True)
class Candidate:
    """A chunk that a searcher proposed: its letter, the searchers' scores, the exact things of the question that it or its letter states."""

    row: int
    chunk: Chunk
    letter: Letter
    scores: Mapping[str, float]
    exact: tuple[str, ...] = ()
    letter_exact: tuple[str, ...] = ()


@dataclass(frozen=True)
class Matched:
    """What of the question a chunk holds: the shares that its features are made of, its words, and the other forms found."""

    cover: float
    meant: float
    near: float
    headed: float
    terms: tuple[str, ...]
    expansions: tuple[tuple[str, str], ...]


def features(
    asking: Asking, units: Sequence[Unit], candidate: Candidate, strange: float, sentence: float = 0.0
) -> tuple[dict[str, float], Matched]:
    """The features of a candidate by name (`NAMES`), each from -1 to about 1, and what was matched.

    `strange` is the share of the question that the corpus does not know: the stranger, the more a vector counts. `sentence` is the
    cosine of the nearest sentence.
    """
    chunk, letter = candidate.chunk, candidate.letter
    matched = match(units, chunk)
    dense = max(candidate.scores.get("dense", 0.0), 0.0)
    region, year, kind = agreement(asking, letter)
    found = {
        "words": candidate.scores.get("words", 0.0),
        "bigrams": candidate.scores.get("bigrams", 0.0),
        "dense": dense,
        "strange": dense * strange,
        "cover": matched.cover,
        "meant": matched.meant,
        "near": matched.near,
        "headed": matched.headed,
        "titled": _titled(units, letter),
        "value": _value(asking, chunk.text),
        "place": float(region > 0),
        "elsewhere": float(region < 0),
        "year": year,
        "kind": kind,
        "exact": float(bool(candidate.exact)),
        "named": float(bool(candidate.letter_exact)),
        "record": float(chunk.record),
        "formula": _formula(chunk.text) if len(chunk.text) < _SHORT else 0.0,
        "proposal": _proposal(asking, chunk),
        "part": _part(asking, chunk),
        "sentence": sentence,
        "stranger": sentence * strange,
    }
    return found, matched


def score(found: Mapping[str, float], weights: Mapping[str, float]) -> float:
    """The weighted sum of the features, rounded so that every machine orders alike."""
    return round(sum(weights.get(name, 0.0) * value for name, value in found.items()), 6)


@cache
def read_weights(path: Path = WEIGHTS) -> Mapping[str, float]:
    """The weights of the features."""
    table = tomllib.loads(path.read_text(encoding="utf-8"))["weights"]
    return {name: float(table.get(name, 0.0)) for name in NAMES}


def match(units: Sequence[Unit], chunk: Chunk) -> Matched:
    """Which units the chunk holds, in its text or headings, as they are or in another form.

    `cover` and `meant` are shares by rarity, `near` the best share of one sentence, `headed` that of the headings.
    """
    text, stops = _view(chunk.text)
    headings = _plain("".join(chunk.heading_path))
    total = sum(unit.rarity for unit in units) or 1.0
    sentences: dict[int, float] = {}
    cover = meant = headed = 0.0
    terms, used = [], []
    for unit in units:
        places = _places(unit.text, text)
        above = unit.text in headings
        headed += unit.rarity * above
        share = 1.0 if places or above else 0.0
        if share:
            terms.append(unit.text)
            cover += unit.rarity
        held = dict.fromkeys((bisect_right(stops, at) for at in places), 1.0)
        for other, weight in unit.others:
            found = _places(other, text)
            if (found or other in headings) and (unit.text, other) not in used:
                used.append((unit.text, other))
            for at in found:
                number = bisect_right(stops, at)
                held[number] = max(held.get(number, 0.0), weight)
            share = max(share, weight if found or other in headings else 0.0)
        meant += unit.rarity * share
        for number, weight in held.items():
            sentences[number] = sentences.get(number, 0.0) + unit.rarity * weight
    near = max(sentences.values(), default=0.0)
    return Matched(cover / total, meant / total, near / total, headed / total, tuple(terms), tuple(used))


@lru_cache(maxsize=4096)
def _view(text: str) -> tuple[str, tuple[int, ...]]:
    """The text as it is compared, and where its sentences stop; kept, for the same chunks are looked at again and again."""
    copy = normalise(text)
    return copy, tuple(stop.start() for stop in _STOP.finditer(copy))


@lru_cache(maxsize=4096)
def _formula(text: str) -> float:
    return formula_share(text)


@lru_cache(maxsize=4096)
def _plain(text: str) -> str:
    return compact(text)


def _places(term: str, text: str) -> list[int]:
    """Where the term stands, its first four places."""
    found: list[int] = []
    at = text.find(term)
    while at >= 0 and len(found) < 4:
        found.append(at)
        at = text.find(term, at + 1)
    return found


def _titled(units: Sequence[Unit], letter: Letter) -> float:
    """The share of the units, by rarity, that the letter's title holds."""
    title = _plain(letter.metadata.title.value) if letter.metadata.title else ""
    total = sum(unit.rarity for unit in units)
    return sum(unit.rarity for unit in units if unit.text in title) / total if total and title else 0.0


def _value(asking: Asking, text: str) -> float:
    """The share of the kinds of value asked for that the text holds."""
    wanted = [_VALUES[kind] for kind in asking.values if kind in _VALUES]
    return sum(bool(kind.search(text)) for kind in wanted) / len(wanted) if wanted else 0.0


def agreement(asking: Asking, letter: Letter) -> tuple[float, float, float]:
    """Whether the letter's region, year and kind are those that the question names: 1, -1, or 0 where it names none."""
    data = letter.metadata
    places = [value.value for value in (data.region, data.county, data.city, data.province) if value]
    days = [value.value[:4] for value in (data.date, data.publish_date) if value]
    kind = data.kind.value if data.kind else None
    region = (
        0.0 if not asking.regions else 1.0 if any(r in p or p in r for r in asking.regions for p in places) else -1.0
    )
    year = 0.0 if not asking.years else 1.0 if any(y in days for y in asking.years) else -1.0
    return region, year, float(bool(asking.kinds) and kind in asking.kinds)


def _proposal(asking: Asking, chunk: Chunk) -> float:
    """1 for what repeats the proposal, unless that is asked for."""
    if asking.part == "asked":
        return 0.0
    return float(any(asking_cues()["headings"]["asked"].search(heading) for heading in chunk.heading_path[:1]))


def _part(asking: Asking, chunk: Chunk) -> float:
    """1 for the part of the letter that is asked for, -1 for another part."""
    if asking.part is None or not chunk.heading_path:
        return 0.0
    cues, top = asking_cues()["headings"], chunk.heading_path[0]
    if cues[asking.part].search(top):
        return 1.0
    return -1.0 if any(cue.search(top) for name, cue in cues.items() if name != asking.part) else 0.0
