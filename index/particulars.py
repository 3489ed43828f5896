"""Finds the letters that a question about a letter means, and in them the chunks that state what it asks (number, date, contact …)."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from corpus.letter import Letter, Stated
from index.asking import Asking
from index.hit import Chunk
from index.rerank import Candidate, Unit, agreement, match
from index.words import normalise

# What stands in no field of the record, by its words; and where a field stands when the letter's record does not say.
_WORDED = {
    "copies": re.compile("抄送|抄报"),
    "source": re.compile("来源|稿源|转自|日报|报社"),
    "publish_date": re.compile("发布(日期|时间)"),
}
_OF_HEAD = ("proposers", "numbers", "title", "session", "kind", "co_organs", "main_organ", "doc_no", "category")
_OF_BOX = ("index_no", "publish_date", "issuer", "disclosure", "category", "source", "doc_no", "title")
_LIKELY, _LIKELY_OF_SEVERAL, _MOST_LETTERS, _MOST_CHUNKS = 0.75, 0.5, 4, 4


@dataclass(frozen=True)
class Meant:
    """A letter that the question may mean: how likely (higher is better), and whether it is named exactly."""

    letter: Letter
    score: float
    exact: bool


def letters_meant(
    asking: Asking,
    units: Sequence[Unit],
    ranked: Sequence[tuple[Candidate, float]],
    of_record: Callable[[Candidate], bool],
) -> list[Meant]:
    """The letters that the question is about, likeliest first: those named exactly, else those like it in subject, place and kind."""
    best: dict[str, tuple[Candidate, float]] = {}
    exact: set[str] = set()
    for candidate, score in ranked:
        if of_record(candidate):
            exact.add(candidate.letter.id)
        if candidate.letter.id not in best:
            best[candidate.letter.id] = candidate, score
    if exact:
        return [Meant(c.letter, score, True) for c, score in best.values() if c.letter.id in exact][:_MOST_LETTERS]
    likely = [
        Meant(c.letter, round(score + _likeness(asking, units, c.letter), 6), False) for c, score in best.values()
    ]
    likely.sort(key=lambda meant: (-meant.score, meant.letter.id))
    least, most = (_LIKELY_OF_SEVERAL, _MOST_LETTERS) if asking.several else (_LIKELY, 2)
    return [meant for meant in likely if meant.score >= least * likely[0].score][:most]


def chunks_that_state(asking: Asking, letter: Letter, chunks: Sequence[Chunk]) -> list[Chunk]:
    """The chunks of the letter that state the fields asked for, in the order of the fields, then those where such things stand."""
    found: list[Chunk] = []
    for field in asking.fields:
        found += [c for value in _values(letter, field) for c in chunks if _holds(c, value)]
        if field in _WORDED:
            found += [c for c in chunks if _WORDED[field].search(c.text) and (c.record or c in chunks[-2:])]
    body = [c for c in chunks if not c.record]
    if any(field in _OF_BOX for field in asking.fields):
        found += [c for c in chunks if c.record][:2]
    if body and (not found or any(field in _OF_HEAD for field in asking.fields)):
        found.append(body[0])
    if body and any(field not in _OF_HEAD for field in asking.fields):
        found.append(body[-1])
    return list(dict.fromkeys(found))[:_MOST_CHUNKS]


def _values(letter: Letter, field: str) -> list[Stated]:
    values: Mapping[str, object] = vars(letter.metadata)
    value = values.get(field)
    given = value if isinstance(value, tuple) else (value,)
    return [stated for stated in given if isinstance(stated, Stated)]


def _holds(chunk: Chunk, value: Stated) -> bool:
    return value.start is not None and chunk.start <= value.start < chunk.end


def _likeness(asking: Asking, units: Sequence[Unit], letter: Letter) -> float:
    """How much the letter's title says of the question, and whether place and kind agree."""
    region, year, kind = agreement(asking, letter)
    title = match(units, Chunk(letter.id, 0, 0, normalise(letter.name))).meant
    states = any(_values(letter, field) for field in asking.fields)
    return 0.6 * title + 0.5 * region + 0.2 * year + 0.2 * kind + 0.3 * states
