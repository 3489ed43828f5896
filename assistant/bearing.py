"""Judges whether a question goes on with what was talked about, and where, or turns to another topic."""

import re
from collections.abc import Callable, Sequence

from assistant.answer import Answer
from assistant.directory import short_name
from assistant.frame import YEARS, taken_apart
from assistant.looking_back import Turn
from assistant.understand import Query, cues, fold, understand

# A question of at most this many characters that names no letter may go on with what was talked about.
BRIEF = 24
# The share of a question's words that the letter talked about must hold for the question to go on there.
_AT_HOME = 0.5


def is_strange(query: Query, turns: Sequence[Turn], text_of: Callable[[str], str] | None) -> bool:
    """Whether hardly one of a question's words is in the letters talked about: another topic."""
    letters = {c.letter for _, answer in turns for c in answer.citations}
    if text_of is None or not letters or not query.terms:
        return False
    return 3 * _share(query, " ".join(text_of(letter) for letter in sorted(letters))) <= 1


def _share(query: Query, text: str) -> float:
    """The share of a question's words that a text holds; 世界 is no word where 世界杯 is."""
    whole = [t for t in query.terms if not any(t in other and t != other for other in query.terms)]
    words = [t for t in whole if len(t) > 1] or whole
    return sum(fold(t) in fold(text) for t in words) / (len(words) or 1)


def moves_away(query: Query, previous: Answer) -> bool:
    """Whether a question with a matter of its own names another place than the one talked about."""
    here = understand(previous.standalone_question).regions
    return bool(query.regions) and not set(query.regions) & set(here) and query.wants != "any" and len(query.terms) >= 2


def seems_to_go_on(question: str, bare: str, query: Query) -> bool:
    """Whether the words of a question show that it leaves something out: a pronoun, no subject, a 那 or a 呢."""
    follow, folded = cues()["follow_up"], fold(question)
    if follow["head"].match(question) or any(follow[name].search(folded) for name in ("starts", "ends", "pronouns")):
        return True
    brief = len(folded) <= 10 and len(query.terms) <= 1 and not (query.numbers or query.persons or query.titles)
    return _without_subject(bare) or (brief and query.wants != "any")


def _without_subject(bare: str) -> bool:
    """Whether a question opens with a verb, a preposition or a word of asking, or with an attribute of nothing."""
    folded = fold(YEARS.sub("", bare))
    measure = cues()["follow_up"]["measure"].pattern.removesuffix("$")
    if re.match(rf"{measure}(?:是|为|有|达)?(?:多少|什么|啥|哪|几|怎|谁|够)", folded):
        return True
    return bool(cues()["follow_up"]["bare"].search(folded)) or taken_apart(bare).before.endswith("的")


def about_its_place(query: Query, previous: Answer) -> bool:
    """Whether a question says no more of the letter talked about than the place it comes from: 昆明采纳了没有."""
    asked = understand(previous.standalone_question)
    named = bool(asked.numbers or asked.persons or asked.titles) and not (
        query.numbers or query.persons or query.titles
    )
    region = previous.citations[0].region if previous.citations else None
    same = bool(query.regions) and region is not None and all(short_name(r) in region for r in query.regions)
    return named and same and len(query.terms) <= 1 and query.wants != "any"


def leans(bare: str, query: Query) -> bool:
    """Whether a question with words of its own still says nothing without its topic: no subject, or a pronoun for it."""
    pronoun = bool(cues()["follow_up"]["pronouns"].search(fold(bare)))
    return pronoun or _without_subject(bare) or (len(query.terms) <= 1 and len(fold(bare)) <= 10)


def at_home(query: Query, previous: Answer, text_of: Callable[[str], str] | None) -> bool:
    """Whether the words of a question that names no place are in the one letter that was talked about."""
    letters = list(dict.fromkeys(c.letter for c in previous.citations))
    if text_of is None or len(letters) != 1 or not query.terms or len(query.question) > 2 * BRIEF:
        return False
    return _share(query, text_of(letters[0])) >= _AT_HOME


def about_letter(query: Query, folded: str) -> bool:
    """Whether a follow-up asks for the record or a part of the letter that was talked about, naming none itself."""
    if query.numbers or query.persons or query.regions or query.titles:
        return False
    field = len(folded) <= 16 and bool(query.fields)
    return field or (bool(query.tense) and not query.terms)


def names_a_place(answer: Answer) -> bool:
    """Whether the question that was refused said itself which letter or city it meant."""
    asked = understand(answer.standalone_question)
    return bool(asked.regions or asked.numbers or asked.persons or asked.titles)
