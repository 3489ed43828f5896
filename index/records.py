"""What is on record about a letter, without its text: read for a hundred thousand letters at once."""

from collections.abc import Mapping
from dataclasses import dataclass

from corpus.letter import Letter, Stated


@dataclass(frozen=True)
class Record:
    """The plain values of a letter's metadata that are known.

    `values` maps the name of a field of `Metadata` to its value, or to several values for `numbers`, `proposers`,
    `co_organs` and `further_titles`; a field that the letter does not state is absent.
    """

    id: str
    file: str
    values: Mapping[str, str | tuple[str, ...]]

    def one(self, field: str) -> str | None:
        """The value of a field that holds one, None where it is unsaid."""
        value = self.values.get(field)
        return value if isinstance(value, str) else None

    def many(self, field: str) -> tuple[str, ...]:
        """The values of a field that holds several, () where it is unsaid."""
        value = self.values.get(field, ())
        return (value,) if isinstance(value, str) else tuple(value)


def record_of(letter: Letter) -> Record:
    """The record of a letter.

    >>> record_of(Letter("1", "1.txt", "…")).many("numbers")
    ()
    """
    values: dict[str, str | tuple[str, ...]] = {}
    for name, value in vars(letter.metadata).items():
        if isinstance(value, Stated):
            values[name] = value.value
        elif value:
            values[name] = tuple(item.value for item in value)
    return Record(letter.id, letter.file, values)
