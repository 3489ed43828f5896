"""Reads the names that a letter teaches the search: programmes, policy titles, organisations; a name in a question counts as one word."""

from collections.abc import Iterable

from corpus.letter import Letter
from index.chunks import body
from index.words import compact

_SHORTEST, _LONGEST = 3, 30
_QUOTES = frozenset('“「"')
# Of one letter, no more names than this.
_MOST = 400


def terms_of(letter: Letter) -> tuple[str, ...]:
    """The names that the letter uses, as they are compared, each once, in the order of their first place.

    >>> terms_of(Letter("1", "1.txt", "实施“春城计划”，印发《昆明市创新驱动17条措施》。"))
    ('春城计划', '昆明市创新驱动17条措施')
    """
    # A question needs none of these.
    from corpus.organs import organs
    from corpus.policies import titles
    from corpus.programmes import programmes

    start, end = body(letter)
    text = letter.text[start:end]
    kind = letter.metadata.kind
    found = [(p.start, p.name) for p in programmes(text)] if _QUOTES & set(text) else []
    found += [(t.start, t.title) for t in titles(text)] if "《" in text else []
    # Articles name any number of bodies, and are many where they come at all.
    found += [(o.start, o.name) for o in organs(text)] if kind and kind.value != "其他" else []
    names = (compact(name).strip("《》“”\"'") for _, name in sorted(found))
    return tuple(dict.fromkeys(name for name in names if _SHORTEST <= len(name) <= _LONGEST))[:_MOST]


def named_in(question: str, terms: Iterable[str] | frozenset[str]) -> tuple[str, ...]:
    """The terms that the question names, longest first, none within another.

    >>> named_in("“春城计划”领军人才有几名", frozenset({"春城计划", "春城"}))
    ('春城计划',)
    """
    known = terms if isinstance(terms, frozenset) else frozenset(terms)
    text = compact(question)[:400]
    if not known:
        return ()
    found = {
        text[start : start + size]
        for size in range(_SHORTEST, min(_LONGEST, len(text)) + 1)
        for start in range(len(text) - size + 1)
        if text[start : start + size] in known
    }
    return tuple(
        sorted(
            (term for term in found if not any(term != other and term in other for other in found)),
            key=lambda term: (-len(term), term),
        )
    )
