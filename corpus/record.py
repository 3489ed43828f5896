"""The whole record of a letter as JSON values: metadata, sections, facts and findings, each with its place in the text."""

from dataclasses import fields
from decimal import Decimal
from typing import Any

from corpus.binding import figures_of
from corpus.check import check
from corpus.commitments import commitments
from corpus.doc_numbers import doc_numbers
from corpus.letter import Letter, Metadata, Section, Stated
from corpus.organs import organs
from corpus.places import places
from corpus.policies import PolicyRef, policies
from corpus.programmes import programmes

_ITSELF = frozenset({str, int, float, bool, type(None)})


def record(letter: Letter) -> dict[str, Any]:
    """What `fuwen corpus parse` writes of a letter; every `start` and `end` is an offset into its `text`.

    >>> record(Letter("1", "1.txt", "投入1.2亿元。"))["figures"][0]["value"]
    120000000
    """
    text = letter.text
    # First what reads the whole text, while its copy is at hand: the linter looks at pieces of it.
    facts = {
        "figures": flat(figures_of(letter)),
        "policies": flat(cited(letter)),
        "commitments": flat(commitments(letter)),
        "programmes": flat(programmes(text)),
        "organs": flat(organs(text)),
        "places": flat(places(text)),
    }
    return {
        "id": letter.id,
        "file": letter.file,
        "text": text,
        "metadata": metadata_json(letter.metadata),
        "sections": [_section(section) for section in letter.sections],
        "figures": facts.pop("figures"),
        "policies": facts.pop("policies"),
        "findings": flat(check(letter)),
        **facts,
    }


def _section(section: Section) -> dict[str, Any]:
    """The section as JSON; an item is a numbered sentence, and its first words are no heading."""
    told: dict[str, Any] = flat(section)
    return told | {"heading": ""} if section.kind == "item" else told


def cited(letter: Letter) -> tuple[PolicyRef, ...]:
    """The policies that the letter cites: its own 文号 is none of them, however often and in whatever brackets it stands."""
    own = letter.metadata.doc_no
    if own is None:
        return policies(letter.text)
    numbers = {own.value, *(number.value for number in doc_numbers(own.value))}
    start, end = own.start or 0, own.end or 0
    return tuple(
        ref
        for ref in policies(letter.text)
        if (ref.end <= start or end <= ref.start) and (ref.title or ref.doc_no not in numbers)
    )


def metadata_json(metadata: Metadata) -> dict[str, Any]:
    """Every field as {value, start, end, origin}, with the rule where one inferred it; null or [] where it is unsaid."""
    return {field.name: flat(getattr(metadata, field.name)) for field in fields(Metadata)}


def flat(value: Any) -> Any:
    """The value as JSON knows it: dataclasses as objects, tuples as lists, exact numbers as the numbers that print the same.

    >>> flat((Decimal("27.41"), Decimal("2E+3"), None))
    [27.41, 2000, None]
    """
    kind = type(value)
    if kind in _ITSELF:
        return value
    if kind is tuple or kind is list:
        return [flat(item) for item in value]
    if kind is Decimal:
        return int(value) if value == value.to_integral_value() else float(value)
    told = {name: item if type(item) in _ITSELF else flat(item) for name, item in vars(value).items()}
    if kind is Stated and not value.rule:
        del told["rule"]
    return told
