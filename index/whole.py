"""Finds the section, or the run of items, that a hit belongs to, so that a question about a list gets the whole list."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from corpus.letter import Letter, Section
from index.asking import Asking, asking_cues
from index.hit import Chunk
from index.rerank import Unit
from index.words import compact

# One hit is no longer than this, a list no longer than this many hits.
LONGEST, MOST = 1600, 3
# A heading that holds this share of the question's words is what it asks about.
_HEADED = 0.5
# A heading of so many characters says something.
_TELLING = 3
_MARK = re.compile(r"^(?:[(（]?[一二三四五六七八九十\d]+[)）、.．]?)+")
_ITEM = re.compile(
    r"(?:^|(?<=[。;；:：,，\n])|(?<=[\u4e00-\u9fff]))(?P<n>[一二三四五六七八九十])是(?=[\u4e00-\u9fff“])"
)
_ANNOUNCES = re.compile(r"[:：]\s*$")
_ORDER = "一二三四五六七八九十"


@dataclass(frozen=True)
class Whole:
    """Characters of a letter that belong together: their headings, and in a few words what they are."""

    start: int
    end: int
    path: tuple[str, ...]
    what: str


def whole(letter: Letter, chunk: Chunk, asking: Asking, units: Sequence[Unit]) -> Whole | None:
    """The section or run of items around the chunk that the question is about; None where the chunk is whole in itself.

    `units` are the words of the question that name its matter.
    """
    around = _around(letter, chunk)
    chosen = (
        _headed(letter, around, asking, units) or _counted(letter, around, asking) or _announced(letter, chunk, around)
    )
    if chosen is None and around:
        chosen = _as_whole(around[-1])
    run = _run(letter, chunk, chosen)
    chosen = run or chosen
    if chosen is None or (chunk.start <= chosen.start and chosen.end <= chunk.end):
        return None
    return chosen


def part_of_letter(letter: Letter, part: str) -> Whole | None:
    """The first section that is this part of the letter (asking.toml, headings); None where no heading says so."""
    cue = asking_cues()["headings"][part]
    found = next((s for s in letter.sections if cue.search(s.heading) and s.level == 1), None)
    found = found or next((s for s in letter.sections if cue.search(s.heading)), None)
    return _as_whole(found) if found else None


def cut(span: Whole, chunks: Sequence[Chunk]) -> list[list[Chunk]]:
    """The chunks of the span in runs of at most `LONGEST` characters, at most `MOST` of them."""
    inside = [c for c in chunks if not c.record and c.start < span.end and c.end > span.start]
    runs: list[list[Chunk]] = []
    for chunk in inside:
        if runs and chunk.end - runs[-1][0].start <= LONGEST:
            runs[-1].append(chunk)
        else:
            runs.append([chunk])
    return runs[:MOST]


def _around(letter: Letter, chunk: Chunk) -> list[Section]:
    """The sections of the chunk's headings, outermost first."""
    paths = {chunk.heading_path[:depth] for depth in range(1, len(chunk.heading_path) + 1)}
    found = [s for s in letter.sections if s.heading_path in paths and s.start < chunk.end and s.end > chunk.start]
    return sorted(found, key=lambda s: s.level)


def _as_whole(section: Section) -> Whole:
    return Whole(section.start, section.end, section.heading_path, "整节")


def _headed(letter: Letter, around: Sequence[Section], asking: Asking, telling: Sequence[Unit]) -> Whole | None:
    """The outermost section whose own heading says what is asked, or is said by the question."""
    # A word that the letter does not have says nothing about which of its sections is meant.
    known = [u for u in telling if u.text in letter.text or any(other in letter.text for other, _ in u.others)]
    total = sum(unit.rarity for unit in known)
    for section in around:
        heading = compact(section.heading)
        bare = _MARK.sub("", heading)
        said = sum(u.rarity * max([float(u.text in heading), *(w for o, w in u.others if o in heading)]) for u in known)
        if (total and said >= _HEADED * total) or (len(bare) >= _TELLING and bare in asking.text):
            return _as_whole(section)
    return None


def _counted(letter: Letter, around: Sequence[Section], asking: Asking) -> Whole | None:
    """The section, or the letter's run of sections, that has as many items as the question names."""
    if asking.items is None:
        return None
    for section in reversed(around):
        inner = [s for s in letter.sections if s.heading_path[:-1] == section.heading_path]
        if len(inner) == asking.items:
            return _as_whole(section)
    if around:
        beside = [s for s in letter.sections if s.heading_path[:-1] == around[-1].heading_path[:-1]]
        if len(beside) == asking.items:
            return Whole(beside[0].start, beside[-1].end, around[-1].heading_path[:-1], f"并列的{len(beside)}项")
    return None


def _announced(letter: Letter, chunk: Chunk, around: Sequence[Section]) -> Whole | None:
    """What follows a chunk that ends in a colon: the rest of its section, or the sections behind it."""
    if not _ANNOUNCES.search(chunk.text):
        return None
    if around:
        return _as_whole(around[-1]) if around[-1].end > chunk.end else None
    top = [s for s in letter.sections if s.level == 1 and s.start >= chunk.end]
    if not top or top[0].start > chunk.end + 1 or top[-1].end - chunk.start > LONGEST:
        return None
    return Whole(chunk.start, top[-1].end, chunk.heading_path, f"并列的{len(top)}项")


def _run(letter: Letter, chunk: Chunk, inside: Whole | None) -> Whole | None:
    """The run 一是…二是… that the chunk holds a piece of, where it goes beyond what was chosen."""
    low, high = (inside.start, inside.end) if inside else (max(0, chunk.start - LONGEST), chunk.end + LONGEST)
    for _, marks in groupby(_numbered(letter.text, low, high), key=lambda mark: mark[0]):
        spots = [at for _, at in marks]
        if len(spots) < 2 or spots[-1] < chunk.start or spots[0] >= chunk.end:
            continue
        end = letter.text.find("\n", spots[-1])
        end = min(len(letter.text) if end < 0 else end + 1, high)
        if inside is None and (spots[0] < chunk.start or end > chunk.end):
            return Whole(min(spots[0], chunk.start), end, chunk.heading_path, "并列各项")
    return None


def _numbered(text: str, low: int, high: int) -> list[tuple[int, int]]:
    """The marks 一是, 二是… as (number of the run, place); a run ends where the count does not go on."""
    found: list[tuple[int, int]] = []
    run, last = 0, 0
    for mark in _ITEM.finditer(text, low, high):
        number = _ORDER.index(mark["n"]) + 1
        if number != last + 1:
            run += 1
            if number != 1:
                last = 0
                continue
        last = number
        found.append((run, mark.start()))
    return found
