"""How the metadata tests compare: a page, the values expected of it, and what was read instead."""

from typing import Any

from corpus.clean import clean
from corpus.letter import Metadata, Stated
from corpus.metadata import read_metadata

Case = tuple[str, dict[str, Any]]
NO_REPLY: dict[str, Any] = {"kind": "其他", "role": "其他", "numbers": [], "proposers": [], "session": None}


def value(field: Stated | tuple[Stated, ...] | None) -> Any:
    """The bare value of a field, a list where the field is a tuple."""
    if isinstance(field, tuple):
        return [stated.value for stated in field]
    return field.value if field else None


def read(page: str) -> Metadata:
    """The metadata of a page's text."""
    return read_metadata(clean(page))


def seen(page: str, expected: dict[str, Any]) -> dict[str, Any]:
    """What was read of the fields that are expected."""
    metadata = read(page)
    return {name: value(getattr(metadata, name)) for name in expected}


def all_stated(metadata: Metadata) -> list[Stated]:
    """Every value of a record."""
    found: list[Stated] = []
    for field in vars(metadata).values():
        found += field if isinstance(field, tuple) else [field] if field else []
    return found
