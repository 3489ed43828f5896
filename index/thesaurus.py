"""Says what an everyday word of a question may be called in a letter, from a table that staff can edit (thesaurus.tsv)."""

import math
import os
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from index.thesaurus_rows import Row, read_rows
from index.words import borders, compact, normalise

FILE = "thesaurus.tsv"
BUILTIN = Path(__file__).with_name(FILE)
# How many characters may stand in a gap: 拿…借钱 is found in 拿专利去银行借钱.
_WIDEST_GAP = 6
_MOST = 24
# Measured, words and bigrams alone: on held-out everyday questions Success@5 rises from .283 to .392 at 2 (.361 at 1, .401 at 3);
# on the development questions over letters recall@5 of colloquial ones from .574 to .815 (.685 at 1, .778 at 3), of all
# from .823 to .897 (.861, .884); encyclopedia questions stay at .990.
SHARE = 2.0
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
    """Where a form was found: the form, the spans of its parts, its rows."""

    form: tuple[str, ...]
    spans: tuple[tuple[int, int], ...]
    rows: tuple[Row, ...]

    @property
    def size(self) -> int:
        """The number of its characters, gaps aside."""
        return sum(end - start for start, end in self.spans)

    def meant(self) -> Iterator[tuple[Row, str, float]]:
        """What may be meant, with its row and weight: less for a short everyday form and for one that may mean several things."""
        targets = [(row, means) for row in self.rows for means in row.means if self.form != (means,)]
        share = _BY_LENGTH.get(self.size, 1.0) / math.pow(len(targets) or 1, 0.25)
        for row, means in targets:
            yield row, means, round(row.weight * share, 4) if row.kind == "口语" else row.weight


class Thesaurus:
    """The rows of one or more tables, by the first character of what is asked."""

    def __init__(self, rows: Iterable[Row]) -> None:
        by_form: defaultdict[tuple[str, ...], list[Row]] = defaultdict(list)
        for row in rows:
            for form in row.asked:
                by_form[form].append(row)
        self._forms: defaultdict[str, list[tuple[tuple[str, ...], tuple[Row, ...]]]] = defaultdict(list)
        for form, found in by_form.items():
            self._forms[form[0][0]].append((form, tuple(found)))

    def expansions(self, question: str) -> tuple[Expansion, ...]:
        """What the words of the question may be called, surest first; nothing that it says itself, at most two dozen."""
        text = normalise(question)
        said = compact(text)
        found: dict[str, Expansion] = {}
        for match in _longest(list(self._matches(text))):
            asked = "…".join(text[start:end] for start, end in match.spans)
            for row, means, weight in match.meant():
                if means not in said and (means not in found or found[means].weight < weight):
                    found[means] = Expansion(asked, means, weight, row.kind)
        return tuple(sorted(found.values(), key=lambda e: -e.weight)[:_MOST])

    def knows(self, form: str) -> bool:
        """Whether the form, normalised, is one that may be asked."""
        return any(found == (form,) for found, _ in self._forms.get(form[:1], ()))

    def forms(self) -> Iterator[str]:
        """Every form without a gap that may be asked."""
        return (form[0] for found in self._forms.values() for form, _ in found if len(form) == 1)

    def _matches(self, text: str) -> Iterator[_Match]:
        cuts: frozenset[int] | None = None
        for start, character in enumerate(text):
            for form, rows in self._forms.get(character, ()):
                spans = _found(form, text, start)
                if not spans:
                    continue
                cuts = borders(text) if cuts is None else cuts
                if all(_stands_alone(text, span, cuts) for span in spans):
                    yield _Match(form, spans, rows)


def expansions(question: str, folder: Path | None = None) -> tuple[Expansion, ...]:
    """What the question's words may be called in letters, by the built-in table and the thesaurus.tsv of `folder`.

    A table that was changed is read anew. SettingsError names the line of a table that cannot be used.

    >>> expansions("借不到钱怎么办")[0].means
    '融资难'
    """
    return open_thesaurus(folder).expansions(question)


def tokens(found: Iterable[Expansion], cut: Callable[[str], Iterable[str]], share: float = SHARE) -> dict[str, float]:
    """The tokens to search for besides those of the question, each with its weight.

    An expansion weighs `share` times its weight over the root of the number of its tokens, so that long ones do not drown the
    question; never more than a word of the question.

    >>> tokens([Expansion("高企", "新质", 0.2, "简称")], lambda text: [text])
    {'新质': 0.4}
    """
    weights: dict[str, float] = {}
    for expansion in found:
        distinct = set(cut(expansion.means))
        for token in sorted(distinct):
            weight = min(1.0, share * expansion.weight / math.sqrt(len(distinct)))
            weights[token] = max(weights.get(token, 0.0), weight)
    return weights


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
def _read(stamp: tuple[str, int, int]) -> tuple[Row, ...]:
    return read_rows(Path(stamp[0]))


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
