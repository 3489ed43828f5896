"""Looks letters up by what is on record: number, proposer, region; read once from the index."""

from collections.abc import Iterable, Sequence

from assistant.understand import fold
from corpus.letter import Letter
from corpus.regions import same_region


class Directory:
    """The letters of an index that have a record to be looked up by (replies, opinions), kept in memory."""

    def __init__(self, letters: Iterable[Letter]) -> None:
        self.letters: tuple[Letter, ...] = tuple(letter for letter in letters if _on_record(letter))
        self._regions = {
            letter.metadata.region.value
            for letter in self.letters
            if letter.metadata.region and _is_reply(letter)
        }

    def has_region(self, region: str) -> bool:
        """Whether a reply comes from this place, or from a place within it."""
        return any(same_region(region, known) for known in self._regions)

    def by_number(self, numbers: Sequence[str]) -> tuple[Letter, ...]:
        """Letters that bear one of the numbers; leading zeros do not count."""
        wanted = {n.lstrip("0").lower() for n in numbers}
        return tuple(
            letter
            for letter in self.letters
            if any(n.value.lstrip("0").lower() in wanted for n in letter.metadata.numbers)
        )

    def by_person(self, question: str) -> tuple[Letter, ...]:
        """Letters one of whose proposers the question names."""
        folded = fold(question)
        return tuple(
            letter
            for letter in self.letters
            if any(len(p.value) >= 2 and fold(p.value) in folded for p in letter.metadata.proposers)
        )


def in_region(letter: Letter, regions: Sequence[str]) -> bool:
    """Whether the letter comes from one of these places."""
    own = letter.metadata.region
    return own is not None and any(same_region(region, own.value) for region in regions)


def _is_reply(letter: Letter) -> bool:
    kind = letter.metadata.kind
    return kind is not None and kind.value != "其他"


def _on_record(letter: Letter) -> bool:
    meta = letter.metadata
    return _is_reply(letter) or bool(meta.region or meta.numbers or meta.proposers)
