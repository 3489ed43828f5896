"""Makes the list of hits from the ranked chunks: the record first where it is asked for, whole sections for lists, all sides in turn."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest
from typing import TypeVar

from corpus.letter import Letter
from index.hit import Chunk, Hit, Why
from index.particulars import Meant, chunks_that_state, letters_meant
from index.question import Question
from index.rerank import Candidate, Matched, match
from index.searchable import record_keys
from index.whole import Whole, cut, part_of_letter, whole

# How many of the best hits are made whole, and how much worse than the best one they may be.
_WHOLE, _NEAR = 3, 0.6
# A question with no more words of matter than this is about the letter as a whole, and so is one whose words its title says.
_NO_MATTER, _TITLE = 1, 0.8


@dataclass(frozen=True)
class Ranked:
    """A candidate with its score and what of the question it holds."""

    candidate: Candidate
    score: float
    matched: Matched
    why: Why


_Item = TypeVar("_Item")
ChunksOf = Callable[[str], Sequence[Chunk]]


def bring(question: Question, ranked: Sequence[Ranked], chunks_of: ChunksOf) -> list[Hit]:
    """The hits in their order, none within another: what the question asks for by its form comes before what only sounds alike."""
    if not ranked:
        return []
    hits = [Hit(r.candidate.chunk, r.score, dict(r.candidate.scores), r.why) for r in ranked]
    if question.asking.lists:
        hits = _made_whole(question, ranked, hits, chunks_of)
    hits = _in_turn(question, hits, {r.candidate.letter.id: r.candidate.letter for r in ranked})
    return _falling(_apart([*_first(question, ranked, chunks_of), *hits]))


def _first(question: Question, ranked: Sequence[Ranked], chunks_of: ChunksOf) -> Iterable[Hit]:
    """The chunks that state the record asked for, or the part of the letter asked for, of the letters that are meant."""
    asking, by_chunk = question.asking, {r.candidate.chunk: r for r in ranked}
    meant = letters_meant(asking, question.telling, [(r.candidate, r.score) for r in ranked], _is_named)
    exact = any(letter.exact for letter in meant)
    if asking.part and asking.lists and meant and _of_whole_letter(question, meant[0]):
        runs = [_parts(letter.letter, asking.part, chunks_of) for letter in (meant if asking.several else meant[:1])]
        return [_joined(run, by_chunk, "整个部分") for run in _turns(runs)]
    if asking.fields and (asking.of_letter or exact) and not (asking.lists and question.telling and not exact):
        stated = [chunks_that_state(asking, letter.letter, chunks_of(letter.letter.id)) for letter in meant]
        return [_joined([chunk], by_chunk, "所问信息所在") for chunk in _turns(stated)]
    return []


def _is_named(candidate: Candidate) -> bool:
    """Whether the question names the candidate's letter exactly: by its number, proposer, date, 文号 or title."""
    return bool(candidate.letter_exact) and bool(set(candidate.letter_exact) & record_keys(candidate.letter))


def _of_whole_letter(question: Question, meant: Meant) -> bool:
    """Whether nothing narrower is asked about than the letter's own subject."""
    keys = record_keys(meant.letter)
    named = {thing.written for thing in question.sought if thing.key in keys}
    telling = [unit for unit in question.telling if not any(unit.text in name or name in unit.text for name in named)]
    if len(telling) <= _NO_MATTER:
        return meant.exact or question.asking.of_letter
    return match(telling, Chunk(meant.letter.id, 0, 0, meant.letter.name)).meant >= _TITLE


def _parts(letter: Letter, part: str, chunks_of: ChunksOf) -> list[list[Chunk]]:
    span = part_of_letter(letter, part)
    return cut(span, chunks_of(letter.id)) if span else []


def _made_whole(question: Question, ranked: Sequence[Ranked], hits: list[Hit], chunks_of: ChunksOf) -> list[Hit]:
    """The best hits made whole: their section or the run of items that they stand in."""
    made: list[Hit] = []
    count = 0
    for r, hit in zip(ranked, hits, strict=True):
        if count >= _WHOLE or r.score < _NEAR * ranked[0].score or r.candidate.chunk.record:
            made.append(hit)
            continue
        if any(m.parts and _holds(m.chunk, hit.chunk) for m in made):
            continue
        span = whole(r.candidate.letter, hit.chunk, question.asking, question.telling)
        count += 1
        made += _wide(hit, span, chunks_of) if span else [hit]
    return made


def _wide(hit: Hit, span: Whole, chunks_of: ChunksOf) -> list[Hit]:
    """The hit with the span around it, as several hits where that is long; the one that holds the chunk first."""
    runs = cut(span, chunks_of(hit.chunk.letter))
    runs.sort(key=lambda run: (not any(chunk == hit.chunk for chunk in run), run[0].start))
    why = replace(hit.why, brought=f"{span.what}：{span.path[-1]}" if span.path else span.what)
    return [replace(_over(run, hit), why=why) for run in runs] or [hit]


def _over(run: Sequence[Chunk], hit: Hit) -> Hit:
    """One hit over neighbouring chunks, under the headings that they share."""
    first, last = run[0], run[-1]
    if len(run) == 1:
        return replace(hit, chunk=first)
    shared = [names[0] for names in zip(*(c.heading_path for c in run), strict=False) if len(set(names)) == 1]
    chunk = Chunk(first.letter, first.start, last.end, "".join(c.text for c in run), tuple(shared))
    return replace(hit, chunk=chunk, parts=tuple(run))


def _joined(run: Sequence[Chunk], by_chunk: dict[Chunk, Ranked], brought: str) -> Hit:
    """One hit over the chunks, with what is known of the best of them."""
    known = [by_chunk[chunk] for chunk in run if chunk in by_chunk]
    best = max(known, key=lambda r: r.score) if known else None
    why = replace(best.why if best else Why(), brought=brought)
    return _over(run, Hit(run[0], best.score if best else 0.0, dict(best.candidate.scores) if best else {}, why))


def _in_turn(question: Question, hits: list[Hit], letters: dict[str, Letter]) -> list[Hit]:
    """The best hit of each side before the second best of any: of each place that is named, or of each letter where several are asked for."""
    asking, term = question.asking, _rarest(question, hits)
    sides: dict[str, list[Hit]] = {}
    others: list[Hit] = []
    for hit in hits:
        side = _side(letters[hit.chunk.letter], asking.regions)
        if len(asking.regions) > 1:
            (sides.setdefault(side, []) if side else others).append(hit)
        elif asking.several and (term in hit.why.terms if term else hit.score >= _NEAR * hits[0].score):
            sides.setdefault(hit.chunk.letter, []).append(hit)
        else:
            others.append(hit)
    if len(sides) < 2:
        return hits
    return [*_turns(list(sides.values())), *others]


def _rarest(question: Question, hits: Sequence[Hit]) -> str | None:
    """The rarest word of the matter that any hit holds: each letter that speaks of it is one that was asked for."""
    held = {term for hit in hits for term in hit.why.terms}
    known = [unit for unit in question.telling if unit.text in held]
    return max(known, key=lambda unit: (unit.rarity, unit.text)).text if known else None


def _side(letter: Letter, regions: Sequence[str]) -> str | None:
    data = letter.metadata
    places = [value.value for value in (data.region, data.city, data.province) if value]
    return next((r for r in regions if any(r in place or place in r for place in places)), None)


def _turns(rows: Sequence[Sequence[_Item]]) -> list[_Item]:
    """The first of each row, then the second of each."""
    return [item for turn in zip_longest(*rows) for item in turn if item is not None]


def _apart(hits: Iterable[Hit]) -> list[Hit]:
    """The hits without those that lie within an earlier one."""
    kept: list[Hit] = []
    for hit in hits:
        if not any(_holds(other.chunk, hit.chunk) for other in kept):
            kept.append(hit)
    return kept


def _holds(outer: Chunk, inner: Chunk) -> bool:
    return outer.letter == inner.letter and outer.start <= inner.start and inner.end <= outer.end


def _falling(hits: list[Hit]) -> list[Hit]:
    """The hits with scores that fall: what was put first is worth at least what comes behind it."""
    high = 0.0
    made = []
    for hit in reversed(hits):
        high = max(high, hit.score)
        made.append(replace(hit, score=high))
    return made[::-1]
