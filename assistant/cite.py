"""Makes citations: exact slices of a letter with what a person needs to find the place again."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from assistant.answer import Citation, Sentence
from corpus.letter import Letter, Section, Stated

_BREAK = re.compile(r"\s*\n\s*")


def heading_path(letter: Letter, offset: int) -> tuple[str, ...]:
    """The headings above a place of a letter, from the top down; () outside any section."""
    section = section_at(letter, offset)
    return section.heading_path if section else ()


def section_at(letter: Letter, offset: int) -> Section | None:
    """The deepest section that holds the offset."""
    holding = [s for s in letter.sections if s.start <= offset < s.end]
    return max(holding, key=lambda s: s.level, default=None)


def line_of(letter: Letter, value: Stated) -> tuple[int, int]:
    """The span of the line that a metadata value was read from, without outer space."""
    start = letter.text.rfind("\n", 0, value.start) + 1
    end = letter.text.find("\n", value.end)
    end = len(letter.text) if end < 0 else end
    text = letter.text[start:end]
    return start + len(text) - len(text.lstrip()), start + len(text.rstrip())


@dataclass
class Notes:
    """Collects the citations of one answer; the same place is cited once, under one number."""

    citations: list[Citation] = field(default_factory=list)

    def cite(self, letter: Letter, start: int, end: int) -> int:
        """The number of the citation for these characters, made when it is not there yet."""
        for known in self.citations:
            if (known.letter, known.start, known.end) == (letter.id, start, end):
                return known.id
        meta = letter.metadata
        self.citations.append(
            Citation(
                id=len(self.citations) + 1,
                letter=letter.id,
                file=letter.file,
                title=letter.name,
                number=meta.numbers[0].value if meta.numbers else None,
                region=meta.region.value if meta.region else None,
                date=(meta.date or meta.publish_date or Stated("")).value or None,
                heading_path=heading_path(letter, start),
                start=start,
                end=end,
                quote=letter.text[start:end],
            )
        )
        return self.citations[-1].id

    def sentence(self, text: str, places: Iterable[tuple[Letter, int, int]]) -> Sentence:
        """A sentence that rests on these places; line breaks inside it only wrapped the letter's lines."""
        return Sentence(_BREAK.sub("", text), tuple(dict.fromkeys(self.cite(*place) for place in places)))


def describe(letter: Letter) -> str:
    """A letter as people name it: 《title》（昆明市，第142194号，2023-06-19）; by its file where it bears no title."""
    return _described(letter, f"《{letter.name}》")


def name_of(letter: Letter) -> str:
    """A letter as a cited sentence names it: like `describe`, but never by its file, which no quote can hold."""
    return _described(letter, f"《{letter.name}》" if letter.metadata.title else "这件材料")


def _described(letter: Letter, name: str) -> str:
    meta = letter.metadata
    parts = [
        meta.region.value if meta.region else "",
        f"第{meta.numbers[0].value}号" if meta.numbers else "",
        (meta.date or meta.publish_date or Stated("")).value,
    ]
    note = "，".join(p for p in parts if p)
    return name + (f"（{note}）" if note else "")


def by_line(letter: Letter) -> str:
    """A letter told apart without any figure: 昆明市（陈德理，政协提案）; its file where nothing is on record.

    Set before a verbatim sentence, it adds nothing that the sentence's own quote would have to hold.
    """
    meta = letter.metadata
    kind = meta.kind.value if meta.kind and meta.kind.value != "其他" else "文章"
    who = "、".join(p.value for p in meta.proposers[:2])
    inner = "，".join(part for part in (who, kind) if part)
    own = letter.name if meta.title else "这件材料"
    return f"{meta.region.value if meta.region else own}（{inner}）"
