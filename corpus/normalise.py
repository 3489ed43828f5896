"""Make a copy of a text for matching, in one width and one set of marks, with a map back to the original characters."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

_DASHES = dict.fromkeys("‐‑‒–—―−﹣－─", "-")
_TILDES = dict.fromkeys("～〜∼˜", "~")
_DOUBLE = dict.fromkeys("“”„‟＂「」『』〝〞", '"')
_SINGLE = dict.fromkeys("‘’‚‛＇", "'")
# NFKC would turn ① into 1 and … into three dots: a figure or a full stop that nobody wrote.
_KEPT = {c: c for c in "…①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳²³"}
_DROPPED = dict.fromkeys("\u200b\u200c\u200d\u2060\ufeff\u00ad", "")
_MAP = {**_DASHES, **_TILDES, **_DOUBLE, **_SINGLE, **_KEPT, **_DROPPED}

_YEAR_BRACKET = re.compile(r"[\[【〖〔](\s*(?:19|20)\d\d\s*年?\s*)[\]】〗〕]")
_YEAR_ROUND = re.compile(r"(?<=[一-龥])\((\s*(?:19|20)\d\d\s*年?\s*)\)(?=\s*第?\s*\d{1,5}\s*号)")
_ODD = re.compile(r"[^\x00-\x7f\u4e00-\u9fff]")
_FEW = 40
_BLANK = re.compile(r"[^\S\n\r]+")
_LOOSE = re.compile(
    r"(?<=[\d.])[^\S\n\r]+(?=[一-龥〔〕%])|(?<=[一-龥〔〕])[^\S\n\r]+(?=\d)|(?<=[发办函字政规])[^\S\n\r]+(?=〔(?:19|20))"
)


@dataclass(frozen=True)
class Normalised:
    """`text` is the matching copy; its character `i` stands for the original character at `offsets[i]`."""

    text: str
    offsets: Sequence[int]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The original characters that `text[start:end]` stands for; dropped blanks between them are included."""
        if start >= end:
            at = self._at(start)
            return at, at
        return self._at(start), self.offsets[end - 1] + 1

    def _at(self, index: int) -> int:
        if index < len(self.offsets):
            return self.offsets[index]
        return self.offsets[-1] + 1 if self.offsets else 0


# Figures, dates, 文号 and policies of one text all need its copy.
@lru_cache(maxsize=4)
def normalise(text: str) -> Normalised:
    """A copy with half-width letters, digits and marks, one kind of dash and quote, 〔〕 round years, no blanks in numbers.

    >>> normalise("昆政办【２０２２】１６ 号").text
    '昆政办〔2022〕16号'
    """
    copy, offsets = _characters(text)
    copy = _YEAR_ROUND.sub(r"〔\1〕", _YEAR_BRACKET.sub(r"〔\1〕", copy))
    return _without(copy, offsets, _LOOSE)


def _characters(text: str) -> tuple[str, Sequence[int]]:
    changes = {c: form for c in set(_ODD.findall(text)) if (form := _MAP[c] if c in _MAP else _form(c)) != c}
    if all(len(form) == 1 for form in changes.values()):
        return _replaced(text, changes), range(len(text))
    forms = [changes.get(c, c) for c in text]
    return "".join(forms), [k for k, form in enumerate(forms) for _ in form]


def _replaced(text: str, changes: dict[str, str]) -> str:
    # The few of a usual text are replaced one by one in a fraction of the time, unless one form is changed itself.
    if len(changes) > _FEW or not changes.keys().isdisjoint(changes.values()):
        return text.translate({ord(character): form for character, form in changes.items()})
    for character, form in changes.items():
        text = text.replace(character, form)
    return text


def _form(character: str) -> str:
    # Digits of other scripts too, so that every digit of the copy is one of 0 to 9.
    if character.isdecimal():
        return str(unicodedata.decimal(character))
    return unicodedata.normalize("NFKC", character)


def _without(copy: str, offsets: Sequence[int], loose: re.Pattern[str]) -> Normalised:
    """Drop what `loose` matches, until nothing more does (〔 2022 〕 16 号 needs one pass only)."""
    gaps = [gap.span() for blank in _BLANK.finditer(copy) if (gap := loose.match(copy, blank.start()))]
    if not gaps:
        return Normalised(copy, offsets)
    parts: list[str] = []
    kept: list[int] = []
    at = 0
    for begun, ended in [*gaps, (len(copy), len(copy))]:
        parts.append(copy[at:begun])
        kept.extend(offsets[at:begun])
        at = ended
    return Normalised("".join(parts), kept)
