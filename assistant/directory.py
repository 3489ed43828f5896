"""Looks letters up by what is on record: number, proposer, region; read once from the index."""

import re
from collections.abc import Iterable, Sequence

from assistant.understand import fold
from corpus.letter import Letter
from corpus.regions import parent_of

_SUFFIX = re.compile(r"(?<=..)(?:维吾尔|壮族|回族)?(?:特别行政区|自治区|自治州|自治县|地区|省|市|县|区|州|盟)$")


class Directory:
    """The letters of an index that have a record to be looked up by (replies, opinions), kept in memory."""

    def __init__(self, letters: Iterable[Letter]) -> None:
        self.letters: tuple[Letter, ...] = tuple(letter for letter in letters if _on_record(letter))
        self._regions = {
            letter.metadata.region.value for letter in self.letters if letter.metadata.region and _is_reply(letter)
        }

    def has_region(self, region: str) -> bool:
        """Whether a reply comes from this place."""
        return any(same_place(region, known) for known in self._regions)

    def by_number(self, numbers: Sequence[str]) -> tuple[Letter, ...]:
        """Letters that bear one of the numbers; leading zeros do not count."""
        wanted = {n.lstrip("0").lower() for n in numbers}
        return tuple(
            letter
            for letter in self.letters
            if any(n.value.lstrip("0").lower() in wanted for n in letter.metadata.numbers)
        )

    def by_reference(self, question: str) -> tuple[Letter, ...]:
        """Letters whose 索引号 or 发文字号 the question holds."""
        folded = fold(question)
        return tuple(
            letter
            for letter in self.letters
            if any(v and fold(v.value) in folded for v in (letter.metadata.index_no, letter.metadata.doc_no))
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


def _is_reply(letter: Letter) -> bool:
    kind = letter.metadata.kind
    return kind is not None and kind.value != "其他"


def _on_record(letter: Letter) -> bool:
    meta = letter.metadata
    return _is_reply(letter) or bool(meta.region or meta.numbers or meta.proposers)
