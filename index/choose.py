"""Chooses letters by what is on record about them: who answered, their number or id, the places they come from."""

from collections.abc import Iterable, Sequence

from index.hit import Filters
from index.lookup import number_key
from index.opened import Record
from index.words import compact


def letters_passing(records: Iterable[Record], filters: Filters) -> list[str] | None:
    """The ids of the letters of this issuer, and of this id or number; None where the filters name neither.

    One name of an issuer may hold the other: 教育局 is 襄阳市教育局.
    """
    issuer, letter = compact(filters.issuer or ""), compact(filters.letter or "")
    if not issuer and not letter:
        return None
    return [
        record.id
        for record in records
        if (not issuer or _agrees(issuer, record.one("issuer"))) and (not letter or _is_called(record, letter))
    ]


def regions_of(records: Iterable[Record]) -> tuple[str, ...]:
    """The places that the letters come from, each once, in the order of their names."""
    return tuple(sorted({region for record in records if (region := record.one("region"))}))


def _agrees(issuer: str, own: str | None) -> bool:
    known = compact(own or "")
    return bool(known) and (issuer in known or known in issuer)


def _is_called(record: Record, letter: str) -> bool:
    names: Sequence[str] = (record.id, record.file)
    sought = number_key(letter.removeprefix("第").removesuffix("号"))
    return letter in map(compact, names) or any(number_key(number) == sought for number in record.many("numbers"))
