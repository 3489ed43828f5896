"""Find the marks that stand inside a line, where line breaks were lost."""

import re

from corpus.brackets import Shelter, brackets
from corpus.marks import MARK, RANK, Mark, read_mark
from corpus.wrapping import goes_on

# Where line breaks were lost a mark follows a sentence.
_INLINE = re.compile(rf"(?<=[。！？：:”\s])(?:{MARK})")
_KINDS = ("一、", "（一）", "1.")
_SECOND = {"①": "②", "(1)": r"[（(]2[）)]|⑵", "1)": r"(?<![（(\d])2[）)]", "1.": r"(?<![\d.])2[.．、](?!\d)"}
# Parts are longer than the items of a list in a sentence.
_PART_MIN = 40


def inline_marks(text: str, start: int, end: int, lines: list[Mark]) -> list[Mark]:
    """Marks within lines that count on from `lines` or from one another, with enough text between them."""
    shelter = Shelter(brackets(text, start, end))
    taken = {mark.start for mark in lines}
    found: list[Mark] = []
    for match in _INLINE.finditer(text, start, end):
        around = shelter.around(match.start())
        if (
            match.start() in taken
            or (around is not None and around[0] != match.start())
            or text[match.start() - 1] == "\n"
        ):
            continue
        mark = read_mark(match, match.start(), inline=True)
        if mark.kind in _KINDS and mark.number and not mark.doubt:
            found.append(mark)
    return _in_runs(sorted(found + lines, key=lambda mark: mark.start), bool(lines)) if found else []


def _in_runs(every: list[Mark], has_lines: bool) -> list[Mark]:
    kept: list[Mark] = []
    high = min((RANK[mark.kind] for mark in every if mark.kind in _KINDS), default=0)
    for kind in _KINDS:
        run: list[Mark] = []
        for mark in [mark for mark in every if RANK[mark.kind] < RANK[kind] or mark.kind == kind]:
            if mark.kind == kind and mark.inline and run and mark.number == run[-1].number + 1:
                run.append(mark)
            elif mark.kind == kind and (not mark.inline or mark.number == 1):
                kept += _long_enough(run)
                run = [mark]
            elif mark.kind != kind and not mark.inline:
                kept += _long_enough(run)
                run = []
        run = _long_enough(run)
        # 1. inside a paragraph numbers a list, except below a higher mark where no line begins with one.
        kept += run if kind != "1." else []
        if kind == "1." and not has_lines and kept and high < RANK["1."]:
            kept += [mark for mark in every if mark.kind == kind]
    return sorted((mark for mark in kept if mark.inline), key=lambda mark: mark.start)


def _long_enough(run: list[Mark]) -> list[Mark]:
    if len(run) < 2 or (run[-1].start - run[0].start) / (len(run) - 1) <= _PART_MIN:
        return []
    return run


def unbroken(text: str, found: list[Mark], start: int, width: int | None) -> list[Mark]:
    """The line marks without those that only chance set at the start of a wrapped line."""
    if width is None:
        return found
    kept: list[Mark] = []
    last: dict[str, int] = {}
    for mark in found:
        line_break = text.rfind("\n", start, mark.start)
        torn = line_break > start and goes_on(text, line_break, start, width)
        if (torn and last.get(mark.kind, 0) + 1 != mark.number) or (torn and mark.number == 1):
            continue
        last[mark.kind] = mark.number
        kept.append(mark)
    return kept


def without_lists(text: str, found: list[Mark], end: int) -> list[Mark]:
    """The line marks without a ① whose ② stands on the same line, and no other does: a list in a sentence."""
    following: dict[str, Mark] = {}
    kept: list[Mark] = []
    for mark in reversed(found):
        later = following.get(mark.kind)
        if mark.number != 1 or (later and later.number == 2) or not _second(text, mark, end):
            kept.append(mark)
        following[mark.kind] = mark
    return kept[::-1]


def _second(text: str, mark: Mark, end: int) -> bool:
    """Whether the line of a first mark goes on, behind a ； or ， or 。, with the second."""
    if mark.kind not in _SECOND:
        return False
    stop = text.find("\n", mark.end, end)
    pattern = re.compile(rf"[；;，,。、]\s*(?:{_SECOND[mark.kind]})")
    return pattern.search(text, mark.end, end if stop < 0 else stop) is not None
