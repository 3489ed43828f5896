"""Word's automatic numbering, counted again: the 一、(一) that stand in no run of the text."""

import re
from dataclasses import dataclass, field, replace

from corpus.readers.number_formats import written
from corpus.readers.word_parts import Element, W, child, is_on, number, value

_PLACE = re.compile(r"%([1-9])")
# A label that closes itself needs no space before the text; 1. and 第一条 do.
_CLOSED = re.compile("[、)）】〕\uff0e①-⒛㈠-㈩㉑-㉟㊀-㊉]$")
_DEEPEST = 8


@dataclass(frozen=True)
class Level:
    """One level of a list: where it starts, how it counts and what stands around the number."""

    start: int = 1
    form: str = "decimal"
    text: str = ""
    restart: int | None = None
    legal: bool = False
    suffix: str = "tab"
    style: str | None = None


@dataclass(frozen=True)
class _List:
    """What a w:num stands for: the list that it counts in, its levels, and the starts that it sets anew."""

    counter: str
    levels: dict[int, Level]
    starts: dict[int, int]


@dataclass
class Numbering:
    """The labels of a document's paragraphs, asked for in their order."""

    lists: dict[str, _List]
    styles: dict[str, Element]
    _counts: dict[str, dict[int, int]] = field(default_factory=dict)
    _used: set[tuple[str, int]] = field(default_factory=set)
    _known: dict[str, tuple[str, int] | None] = field(default_factory=dict)

    def label(self, properties: Element | None, default_style: str | None) -> str:
        """What Word shows before a paragraph with these properties, "" for an ordinary one."""
        place = self._place(properties, default_style)
        if place is None or place[0] not in self.lists:
            return ""
        listed = self.lists[place[0]]
        level = listed.levels.get(place[1])
        return "" if level is None else self._count(listed, place[0], place[1], level)

    def _place(self, properties: Element | None, default_style: str | None) -> tuple[str, int] | None:
        style = value(child(properties, "pStyle")) or default_style
        own = child(properties, "numPr")
        told = value(child(own, "numId"))
        depth = number(value(child(own, "ilvl")))
        if told is None:
            inherited = self._of_style(style)
            if inherited is None or depth is None:
                return inherited
            return inherited[0], _bounded(depth)
        return None if told == "0" else (told, _bounded(depth or 0))

    def _of_style(self, style: str | None) -> tuple[str, int] | None:
        """The list and level that a style, or one that it is based on, puts its paragraphs in."""
        if style is None:
            return None
        if style not in self._known:
            self._known[style] = self._look_up(style)
        return self._known[style]

    def _look_up(self, style: str) -> tuple[str, int] | None:
        at: str | None = style
        depth: int | None = None
        chain: list[str] = []
        while at is not None and at in self.styles and at not in chain:
            chain.append(at)
            own = child(self.styles[at], "pPr", "numPr")
            depth = number(value(child(own, "ilvl"))) if depth is None else depth
            told = value(child(own, "numId"))
            if told is not None:
                return None if told == "0" else (told, self._depth_of(told, chain, depth))
            at = value(child(self.styles[at], "basedOn"))
        return None

    def _depth_of(self, list_id: str, chain: list[str], depth: int | None) -> int:
        """A level may name the style that belongs to it; that goes before what the style says."""
        listed = self.lists.get(list_id)
        for style in chain:
            for n, level in listed.levels.items() if listed else ():
                if level.style == style:
                    return n
        return _bounded(depth or 0)

    def _count(self, listed: _List, list_id: str, depth: int, level: Level) -> str:
        counts = self._counts.setdefault(listed.counter, {})
        if depth in listed.starts and (list_id, depth) not in self._used:
            counts[depth] = listed.starts[depth]
        else:
            counts[depth] = counts[depth] + 1 if depth in counts else level.start
        self._used.add((list_id, depth))
        for deeper in [d for d in counts if d > depth and _restarts(listed.levels.get(d), depth)]:
            del counts[deeper]
        for above in range(depth):
            if above in listed.levels:
                counts.setdefault(above, listed.levels[above].start)
        return _label(listed, counts, level)


def read_numbering(numbering: Element | None, styles: Element | None) -> Numbering:
    """The lists and styles of a document, nothing counted yet."""
    named = {value(s, "styleId") or "": s for s in (styles if styles is not None else ()) if s.tag == W + "style"}
    if numbering is None:
        return Numbering({}, named)
    abstract = {value(a, "abstractNumId") or "": a for a in numbering.findall(W + "abstractNum")}
    nums = numbering.findall(W + "num")
    told = {value(n, "numId") or "": value(child(n, "abstractNumId")) or "" for n in nums}
    lists = {}
    for num in nums:
        list_id = value(num, "numId") or ""
        source = _linked(told[list_id], abstract, told, named)
        lists[list_id] = _overridden(num, source, abstract.get(source))
    return Numbering(lists, named)


def _linked(source: str, abstract: dict[str, Element], told: dict[str, str], styles: dict[str, Element]) -> str:
    """A list may be only a link to the list style that defines it."""
    link = value(child(abstract.get(source), "numStyleLink"))
    target = value(child(styles.get(link or ""), "pPr", "numPr", "numId"))
    return told.get(target or "", source)


def _overridden(num: Element, source: str, abstract: Element | None) -> _List:
    levels = _levels(abstract)
    starts = {}
    for override in num.findall(W + "lvlOverride"):
        depth = _bounded(number(value(override, "ilvl")) or 0)
        for level in _levels(override).values():
            levels[depth] = level
        start = number(value(child(override, "startOverride")))
        if start is not None:
            starts[depth] = start
            levels[depth] = replace(levels.get(depth, Level()), start=start)
    return _List(source, levels, starts)


def _levels(element: Element | None) -> dict[int, Level]:
    found = {}
    for level in () if element is None else element.findall(W + "lvl"):
        start = number(value(child(level, "start")))
        found[_bounded(number(value(level, "ilvl")) or 0)] = Level(
            start=1 if start is None else start,
            form=value(next(level.iter(W + "numFmt"), None)) or "decimal",
            text=value(child(level, "lvlText")) or "",
            restart=number(value(child(level, "lvlRestart"))),
            legal=is_on(child(level, "isLgl")),
            suffix=value(child(level, "suff")) or "tab",
            style=value(child(level, "pStyle")),
        )
    return found


def _bounded(depth: int) -> int:
    return min(max(depth, 0), _DEEPEST)


def _restarts(level: Level | None, above: int) -> bool:
    """A level starts anew after any level above it, unless it says after which one, or never (0)."""
    if level is None or level.restart is None:
        return True
    return level.restart > 0 and above < level.restart


def _label(listed: _List, counts: dict[int, int], level: Level) -> str:
    if level.form == "bullet":
        # The glyph is one of a symbol font, whose codes mean nothing as characters.
        text = "".join(c for c in level.text if not "\ue000" <= c <= "\uf8ff") or "•"
        return f"{text} "

    def figure(match: re.Match[str]) -> str:
        depth = int(match[1]) - 1
        form = listed.levels.get(depth, Level()).form
        return written(counts.get(depth, 1), "decimal" if level.legal else form)

    text = _PLACE.sub(figure, level.text)
    spaced = level.suffix != "nothing" and text.strip() and not _CLOSED.search(text)
    return f"{text} " if spaced and not text.endswith(" ") else text
