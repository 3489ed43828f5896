"""Says what an everyday word of a question may be called in a letter, from a table that staff can edit (thesaurus.tsv)."""

import math
import os
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from index.thesaurus_rows import Pair, read_pairs
from index.words import borders, compact, normalise

FILE = "thesaurus.tsv"
BUILTIN = Path(__file__).with_name(FILE)
# How many characters may stand in a gap: 拿…借钱 is found in 拿专利去银行借钱.
_WIDEST_GAP = 6
_MOST = 24
# A short everyday form means many things.
_BY_LENGTH = {1: 0.5, 2: 0.75, 3: 0.9}


@dataclass(frozen=True)
class Expansion:
    """A form that the question holds and another that a letter may use for it; `weight` (0–1) is how surely, `kind` why."""

    asked: str
    means: str
    weight: float
    kind: str


@dataclass(frozen=True)
class _Match:
    """Where a form was found: the spans of its parts."""

    spans: tuple[tuple[int, int], ...]
    pairs: tuple[Pair, ...]

    @property
    def size(self) -> int:
        return sum(end - start for start, end in self.spans)


class Thesaurus:
    """The pairs of one or more tables, by the first character of what is asked."""

    def __init__(self, pairs: Iterable[Pair]) -> None:
        by_form: defaultdict[tuple[str, ...], list[Pair]] = defaultdict(list)
        for pair in pairs:
            by_form[pair.asked].append(pair)
        self._forms: defaultdict[str, list[tuple[tuple[str, ...], tuple[Pair, ...]]]] = defaultdict(list)
        for form, found in by_form.items():
            self._forms[form[0][0]].append((form, tuple(found)))

    def expansions(self, question: str) -> tuple[Expansion, ...]:
        """What the words of the question may be called, surest first; nothing that it says itself, at most two dozen."""
        text = normalise(question)
        said = compact(text)
        found: dict[str, Expansion] = {}
        for match in _longest(list(self._matches(text))):
            asked = "…".join(text[start:end] for start, end in match.spans)
            for pair in match.pairs:
                weight = _weight(pair, match)
                if pair.means not in said and (pair.means not in found or found[pair.means].weight < weight):
                    found[pair.means] = Expansion(asked, pair.means, weight, pair.kind)
        return tuple(sorted(found.values(), key=lambda e: -e.weight)[:_MOST])

    def _matches(self, text: str) -> Iterator[_Match]:
        cuts: frozenset[int] | None = None
        for start, character in enumerate(text):
            for form, pairs in self._forms.get(character, ()):
                spans = _found(form, text, start)
                if not spans:
                    continue
                cuts = borders(text) if cuts is None else cuts
                if all(_stands_alone(text, span, cuts) for span in spans):
                    yield _Match(spans, pairs)


def expansions(question: str, folder: Path | None = None) -> tuple[Expansion, ...]:
    """What the question's words may be called in letters, by the built-in table and the thesaurus.tsv of `folder`.

    A table that was changed is read anew. SettingsError names the line of a table that cannot be used.

    >>> expansions("借不到钱怎么办")[0].means
    '融资难'
    """
    return open_thesaurus(folder).expansions(question)


def open_thesaurus(folder: Path | None = None) -> Thesaurus:
    """The built-in table, with the thesaurus.tsv of `folder` where there is one."""
    own = folder / FILE if folder else None
    return _opened(_stamp(BUILTIN), _stamp(own) if own and own.is_file() else None)


def _stamp(path: Path) -> tuple[str, int, int]:
    """The path and what changes with its content."""
    seen = os.stat(path)
    return str(path), seen.st_mtime_ns, seen.st_size


@lru_cache(maxsize=8)
def _opened(builtin: tuple[str, int, int], own: tuple[str, int, int] | None) -> Thesaurus:
    return Thesaurus(_read(builtin) + (_read(own) if own else ()))


@lru_cache(maxsize=8)
def _read(stamp: tuple[str, int, int]) -> tuple[Pair, ...]:
    return tuple(read_pairs(Path(stamp[0])))


def _found(form: tuple[str, ...], text: str, start: int) -> tuple[tuple[int, int], ...]:
    """The spans of the form's parts, the first at `start`; () where it is not there."""
    if not text.startswith(form[0], start):
        return ()
    spans = [(start, start + len(form[0]))]
    for part in form[1:]:
        end = spans[-1][1]
        at = text.find(part, end, end + _WIDEST_GAP + len(part))
        if at < 0 or not all(map(str.isalnum, text[end:at])):
            return ()
        spans.append((at, at + len(part)))
    return tuple(spans)


def _stands_alone(text: str, span: tuple[int, int], cuts: frozenset[int]) -> bool:
    """Whether the span is no part of a longer word: 钱 in 钱塘江, 小厂 in 缩小厂房, PE in OPEN.

    A longer form may cut one word of the cutter, which does not know it.
    """
    start, end = span
    if _joined(text, start) or _joined(text, end):
        return False
    if end - start < 3:
        return start in cuts and end in cuts
    return start in cuts or end in cuts or any(at in cuts for at in range(start + 1, end))


def _joined(text: str, at: int) -> bool:
    """Whether a Latin word or a number goes on over this place."""
    pair = text[max(at - 1, 0) : at + 1] if at else ""
    return len(pair) == 2 and pair.isascii() and (pair.isalpha() or pair.isdigit())


def _longest(matches: list[_Match]) -> list[_Match]:
    """The matches without those that lie within one part of a longer one."""
    parts = [(span, match.size) for match in matches for span in match.spans]
    return [
        match
        for match in matches
        if not any(
            start <= match.spans[0][0] and match.spans[-1][1] <= end and match.size < end - start
            for (start, end), _ in parts
        )
    ]


def _weight(pair: Pair, match: _Match) -> float:
    """The weight of the row, less for a short everyday form and for one that may mean several things."""
    if pair.kind != "口语":
        return pair.weight
    return round(pair.weight * _BY_LENGTH.get(match.size, 1.0) / math.pow(len(match.pairs), 0.25), 4)
