"""Answers from the record of a letter: who proposed it, its number, dates, issuer; and what a letter is about."""

import re
from collections.abc import Sequence

from assistant.answer import Sentence
from assistant.cite import Notes, line_of, name_of
from assistant.evidence import ASKED, PLAN
from assistant.plans import plan_of
from assistant.refusal import Refusal
from assistant.show import NAMES
from assistant.understand import Query
from corpus.letter import Letter, Section, Stated
from corpus.sentences import sentences

# A letter bears the day on which it was written and often another one on which it was published.
_BOTH_DATES = re.compile("两个日期|日期.{0,16}(?:不一样|不同|不一致|各是|分别|对不上)|(?:各是|分别).{0,6}(?:哪天|日期)")

# The title of the reply itself, not of the proposal.
_OWN_TITLE = re.compile("(?:答复|复)函?(?:的)?(?:大)?标题|标题全文|函题|发文标题")
_REPLY_TITLE = re.compile("答复|复函|的函|办理情况|会办意见")
# Letters whose record one answer gives.
MOST = 10


def metadata(query: Query, letters: Sequence[Letter], notes: Notes) -> tuple[list[Sentence], Refusal | None]:
    """The asked fields of each letter, cited at the lines they were read from; a refusal where none is stated."""
    fields = query.fields or ("title",)
    if "date" in fields and _BOTH_DATES.search(query.standalone):
        fields = (*fields, "publish_date")
    if "kind" in fields and "proposers" not in fields:
        fields = (*fields, "proposers")
    answer = [_headed(letter, notes) for letter in letters[:1] if _OWN_TITLE.search(query.standalone)]
    answer += [said for letter in letters[:MOST] for field in fields if (said := _said(letter, field, notes))]
    return (answer, None) if answer else ([], Refusal("field_not_stated", "、".join(NAMES[f] for f in fields)))


def _said(letter: Letter, field: str, notes: Notes) -> Sentence | None:
    """One field of one letter in a sentence, with what names the letter cited beside it."""
    values = _values(letter, field)
    if not values:
        return None
    label = NAMES["publish_date" if field == "date" and not letter.metadata.date else field]
    shown = "、".join(_written(letter, v, field) for v in values)
    inferred = "（据文中记载推断）" if any(v.origin == "inferred" for v in values) else ""
    places = [(letter, *line_of(letter, v)) for v in (*values, *_name(letter)) if v.start is not None]
    return notes.sentence(f"{name_of(letter)}的{label}：{shown}{inferred}。", places)


def _headed(letter: Letter, notes: Notes) -> Sentence:
    """The title that the reply itself bears, verbatim: its first line that says it is a reply."""
    spans = sentences(letter.text, 0, max(letter.body[0], 1)) or sentences(letter.text)[:1]
    start, end = next((s for s in spans if _REPLY_TITLE.search(letter.text[slice(*s)])), spans[0])
    return notes.sentence(letter.text[start:end], [(letter, start, end)])


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
    """Dates, sessions and numbers as the letter writes them, other values as the record holds them."""
    if value.start is None or value.end is None:
        return value.value
    if field == "numbers":
        before = re.search(r"(?:\d{4}年\s*)?第?\s*$", letter.text[: value.start])
        after = re.match(r"\s*号", letter.text[value.end :])
        start = before.start() if before else value.start
        return letter.text[start : value.end + (after.end() if after else 0)]
    return letter.text[value.start : value.end] if field in ("date", "session") else value.value


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


def outline(tense: str | None, letters: Sequence[Letter], notes: Notes, *, part: int | None = None) -> list[Sentence]:
    """One part of a letter, item by item: its plans ("future"), what was "asked", or what was done ("past", None).

    With `part` only the item of that number (-1: the last) in full, counted among the letter's main parts where no tense is named.
    """
    for letter in letters:
        tops = [s for s in letter.sections if _is_part(s, tense or "past")]
        plan = plan_of(letter) if tense == "future" and not tops else None
        if plan and part is None:
            return [notes.sentence(letter.text[s:e], [(letter, s, e)]) for s, e in sentences(letter.text, *plan)]
        if part is not None and tense is None:
            return _numbered([s for s in letter.sections if s.level == 1], part, letter, notes)
        if not tops:
            continue
        tops = tops if tense != "future" and tense != "asked" else tops[:1]
        inner = [s for s in letter.sections if s.level == 2 and any(t.start < s.start < t.end for t in tops)]
        if part is not None and inner:
            return _numbered(inner, part, letter, notes)
        if inner:
            return [opening(letter, section, notes) for section in inner]
        spans = [span for top in tops for span in sentences(letter.text, top.start, top.end)]
        return [notes.sentence(letter.text[s:e], [(letter, s, e)]) for s, e in spans]
    return []


def _numbered(parts: Sequence[Section], number: int, letter: Letter, notes: Notes) -> list[Sentence]:
    """Every sentence of the part of this number; [] when there are fewer."""
    if not parts or number > len(parts):
        return []
    chosen = parts[number if number < 0 else number - 1]
    spans = sentences(letter.text, chosen.start, chosen.end)
    return [notes.sentence(letter.text[s:e], [(letter, s, e)]) for s, e in spans]


def _is_part(section: Section, tense: str) -> bool:
    plan, asked = bool(PLAN.search(section.heading)), bool(ASKED.search(section.heading))
    if tense == "future":
        return plan
    return section.level == 1 and (asked if tense == "asked" else not plan and not asked)


def opening(letter: Letter, section: Section, notes: Notes) -> Sentence:
    """A section by its heading and its first sentence, as one verbatim piece."""
    spans = sentences(letter.text, section.start, section.end)
    start, end = spans[0]
    if len(spans) > 1 and end <= section.start + len(section.heading) + 1:
        end = spans[1][1]
    return notes.sentence(letter.text[start:end], [(letter, start, end)])
