"""Looks letters up by what is on record: number, proposer, region; read from the index when first asked."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property

from assistant.known_places import KnownPlaces
from assistant.understand import fold
from corpus.letter import Letter
from corpus.regions import parent_of
from index.records import Record

_SUFFIX = re.compile(r"(?<=..)(?:维吾尔|壮族|回族)?(?:特别行政区|自治区|自治州|自治县|地区|省|市|县|区|州|盟)$")


class Directory:
    """The letters of an index that have a record to be looked up by (replies, opinions).

    `records` gives what is on record about every letter, in the order of their ids, `letter` the letter of an id: of a great
    corpus only the letters that are found are read.
    """

    def __init__(self, records: Callable[[], Iterable[Record]], letter: Callable[[str], Letter]) -> None:
        self._read, self._letter = records, letter

    @cached_property
    def records(self) -> tuple[Record, ...]:
        """What is on record about the letters that have a record, in the order of their ids."""
        return tuple(record for record in self._read() if _on_record(record))

    def has_region(self, region: str) -> bool:
        """Whether a reply comes from this place."""
        return any(same_place(region, known) for known in self._regions)

    @cached_property
    def places(self) -> KnownPlaces:
        """The places that letters come from, for questions that call them by half their name."""
        return KnownPlaces(sorted(self._regions))

    def by_number(self, numbers: Sequence[str]) -> tuple[Letter, ...]:
        """Letters that bear one of the numbers; leading zeros do not count."""
        return self._numbers.of(n.lstrip("0").lower() for n in numbers) if numbers else ()

    def by_reference(self, question: str) -> tuple[Letter, ...]:
        """Letters whose 索引号 or 发文字号 the question holds."""
        return self._references.within(fold(question))

    def by_person(self, question: str) -> tuple[Letter, ...]:
        """Letters one of whose proposers the question names."""
        return self._persons.within(fold(question))

    @cached_property
    def _regions(self) -> set[str]:
        return {region for record in self.records if _is_reply(record) and (region := record.one("region"))}

    @cached_property
    def _numbers(self) -> "_Names":
        return self._names(lambda record: (n.lstrip("0").lower() for n in record.many("numbers")))

    @cached_property
    def _references(self) -> "_Names":
        return self._names(lambda record: (fold(record.one(name) or "") for name in ("index_no", "doc_no")))

    @cached_property
    def _persons(self) -> "_Names":
        return self._names(lambda record: (fold(name) for name in record.many("proposers") if len(name) >= 2))

    def _names(self, names: Callable[[Record], Iterable[str]]) -> "_Names":
        pairs = ((name, row) for row, record in enumerate(self.records) for name in names(record))
        return _Names(pairs, lambda row: self._letter(self.records[row].id))


class _Names:
    """Names and the letters that bear them, found at once, however many there are."""

    def __init__(self, pairs: Iterable[tuple[str, int]], letter: Callable[[int], Letter]) -> None:
        self._rows: dict[str, list[int]] = {}
        for name, row in pairs:
            if name:
                self._rows.setdefault(name, []).append(row)
        self._letter, self._lengths = letter, sorted({len(name) for name in self._rows})

    def of(self, names: Iterable[str]) -> tuple[Letter, ...]:
        """The letters that bear one of the names, in the order of their ids."""
        rows = {row for name in names for row in self._rows.get(name, ())}
        return tuple(self._letter(row) for row in sorted(rows))

    def within(self, text: str) -> tuple[Letter, ...]:
        """The letters one of whose names stands in the text."""
        return self.of(self._pieces(text))

    def _pieces(self, text: str) -> Iterator[str]:
        for length in self._lengths:
            for start in range(len(text) - length + 1):
                yield text[start : start + length]


def in_region(letter: Letter, regions: Sequence[str]) -> bool:
    """Whether the letter comes from one of these places."""
    own = letter.metadata.region
    return own is not None and any(same_place(region, own.value) for region in regions)


def same_place(asked: str, own: str) -> bool:
    """Whether two names mean one place: 昆明, 昆明市, 云南省昆明市.

    >>> same_place("昆明", "昆明市"), same_place("云南省", "昆明市")
    (True, False)
    """
    return short_name(asked) == short_name(own) or asked in own or own in asked


def short_name(region: str) -> str:
    """The name without its rank: 昆明市 → 昆明; names of one character stay whole."""
    return _SUFFIX.sub("", region)


def speaks_of(text: str, region: str, letter: Letter) -> bool:
    """Whether a sentence of the letter names the place, or says 全省 in a letter of one of its cities."""
    own = letter.metadata.region
    of_province = own is not None and parent_of(own.value) == region
    return short_name(region) in text or (of_province and bool(re.search("[全我本]省|省级", text)))


def _is_reply(record: Record) -> bool:
    return record.one("kind") not in (None, "其他")


def _on_record(record: Record) -> bool:
    return _is_reply(record) or any(name in record.values for name in ("region", "numbers", "proposers"))
