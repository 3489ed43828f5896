"""Answers from the record of a letter: who proposed it, its number, dates, issuer; and what a letter is about."""

from collections.abc import Sequence

from assistant.answer import Sentence
from assistant.cite import Notes, describe, line_of
from assistant.refusal import Refusal
from assistant.show import NAMES
from assistant.understand import Query
from corpus.letter import Letter, Stated
from corpus.sentences import sentences


def metadata(query: Query, letters: Sequence[Letter], notes: Notes) -> tuple[list[Sentence], Refusal | None]:
    """The asked field of each letter, cited at the line that it was read from; a refusal where none states it."""
    field = query.field or "title"
    answer = []
    for letter in letters[:5]:
        values = _values(letter, field)
        if not values:
            continue
        label = NAMES["publish_date" if field == "date" and not letter.metadata.date else field]
        shown = "、".join(_written(letter, v, field) for v in values)
        inferred = "（据文中记载推断）" if any(v.origin == "inferred" for v in values) else ""
        places = [(letter, *line_of(letter, v)) for v in (*values, *_name(letter)) if v.start is not None]
        answer.append(notes.sentence(f"{describe(letter)}的{label}：{shown}{inferred}。", places))
    if not answer:
        return [], Refusal("field_not_stated", NAMES[field])
    return answer, None


def _values(letter: Letter, field: str) -> tuple[Stated, ...]:
    meta = letter.metadata
    value = (meta.date or meta.publish_date) if field == "date" else getattr(meta, field)
    if value is None:
        return ()
    return value if isinstance(value, tuple) else (value,)


def _name(letter: Letter) -> tuple[Stated, ...]:
    return tuple(
        v
        for v in (
            letter.metadata.title,
            *letter.metadata.numbers[:1],
            letter.metadata.date or letter.metadata.publish_date,
        )
        if v
    )


def _written(letter: Letter, value: Stated, field: str) -> str:
    """Dates and sessions as the letter writes them, other values as the record holds them."""
    if field in ("date", "session") and value.start is not None:
        return letter.text[value.start : value.end]
    return value.value


def summary(query: Query, letters: Sequence[Letter], notes: Notes) -> list[Sentence]:
    """What a letter says: for each top section its heading and its first sentence, or the first sentences."""
    letter = letters[0]
    tops = [s for s in letter.sections if s.level == 1]
    if not tops:
        spans = sentences(letter.text, *letter.body)[:4]
        return [notes.sentence(letter.text[s:e], [(letter, s, e)]) for s, e in spans]
    answer = []
    for top in tops:
        spans = sentences(letter.text, top.start, top.end)
        answer += [notes.sentence(letter.text[s:e], [(letter, s, e)]) for s, e in spans[:2]]
        inner = [s for s in letter.sections if s.level == 2 and top.start < s.start < top.end]
        answer += [notes.sentence(s.heading, [(letter, s.start, s.start + len(s.heading))]) for s in inner]
    return list(dict.fromkeys(answer))
