"""How much two letters have in common, and which of many are nearly the same; keeps everything in memory, nothing on disk."""

import re
import unicodedata
import zlib
from array import array
from collections import Counter
from collections.abc import Callable, Iterable, Mapping

# From what share on two texts are forms of one letter: more is asked where nothing but the file name says so.
SAME_LETTER, SAME_UNNAMED, NEARLY_IDENTICAL = 0.5, 0.7, 0.9

_CLAUSE = re.compile(r"\w+")
# Letters that are nearly the same share most of their longest clauses; those that many letters share are boilerplate.
_LONGEST, _BOILERPLATE, _LOOKED_AT = 12, 64, 3
_WEIGHT = 0xFFFF


def similarity(one: str, other: str) -> float:
    """The share of two texts that is the same, 0 to 1: whole clauses first, three characters at a time what is left.

    White space, punctuation, width and order of the clauses do not count.

    >>> round(similarity("种桃树1350亩，年产桃子920吨。", "种桃树1350亩，年产桃子930吨。"), 2)
    0.81
    """
    ours, theirs = Counter(_clauses(one)), Counter(_clauses(other))
    total = _length(ours) + _length(theirs)
    if not total:
        return 0.0
    common, pieces = _length(ours & theirs), _triples(ours - theirs)
    rest, left = _triples(theirs - ours), _length(ours - theirs) + _length(theirs - ours)
    alike = 2 * (pieces & rest).total() / max(1, pieces.total() + rest.total())
    return (2 * common + alike * left) / total


class Similar:
    """An inverted index from the longest clauses of letters to the letters, for finding those that are nearly the same.

    `text_of` gives the text of a letter that was put in; only those few that share most of their longest clauses are read.
    `known` holds the longest clauses of letters that are there from the start, as `longest` gives them.
    """

    def __init__(self, text_of: Callable[[str], str], known: Mapping[str, bytes] | None = None) -> None:
        self._text_of = text_of
        self._keys: list[str | None] = list(known or ())
        self._rows = {key: row for row, key in enumerate(known or ())}
        self._first = _Sorted((known or {}).values())
        self._holding: dict[int, list[int]] = {}

    def put(self, key: str, text: str) -> None:
        """Note a letter; one of the same key is forgotten."""
        self.drop(key)
        self._rows[key] = len(self._keys)
        for code in _longest(_weights(text)):
            rows = self._holding.setdefault(code, [])
            if len(rows) < _BOILERPLATE:
                rows.append(len(self._keys))
        self._keys.append(key)

    def drop(self, key: str) -> None:
        """Forget a letter."""
        row = self._rows.pop(key, None)
        if row is not None:
            self._keys[row] = None

    def nearest(self, text: str) -> tuple[str, float] | None:
        """The letter most like this text and how much, None when none is nearly identical."""
        weights = _weights(text)
        sought = _longest(weights)
        shared = Counter(row for code in sought for row in self._holders(code))
        best: tuple[str, float] | None = None
        for row, count in shared.most_common(_LOOKED_AT):
            key = self._keys[row]
            if key is None or 2 * count < len(sought):
                continue
            other = self._text_of(key)
            if _overlap(weights, _weights(other)) < SAME_LETTER:
                continue
            share = similarity(text, other)
            if share >= NEARLY_IDENTICAL and (best is None or share > best[1]):
                best = key, share
        return best

    def _holders(self, code: int) -> list[int]:
        """The first letters that hold a clause; of those that more hold it tells nothing."""
        return [*self._first.rows(code), *self._holding.get(code, ())][:_BOILERPLATE]


class _Sorted:
    """The longest clauses of many letters in one sorted row: a tenth of the time and memory of a dictionary."""

    def __init__(self, clauses: Iterable[bytes]) -> None:
        import numpy as np

        codes = np.frombuffer(b"".join(clauses), dtype=np.uint64)
        order = np.argsort(codes, kind="stable")
        self._rows, self._codes, self._key = order // _LONGEST, codes[order], np.uint64

    def rows(self, code: int) -> list[int]:
        """The rows of the letters that hold the clause, in their order, no more than tell something."""
        start = int(self._codes.searchsorted(self._key(code)))
        end = int(self._codes.searchsorted(self._key(code), side="right"))
        return [int(row) for row in self._rows[start : min(end, start + _BOILERPLATE)]]


def longest(text: str) -> bytes:
    """The longest clauses of a text as numbers of eight bytes, the same count for every text."""
    codes = _longest(_weights(text))
    return array("Q", codes + [0] * (_LONGEST - len(codes))).tobytes()


def _clauses(text: str) -> list[str]:
    return _CLAUSE.findall("".join(unicodedata.normalize("NFKC", text).split()))


def _length(clauses: Counter[str]) -> int:
    return sum(len(clause) * count for clause, count in clauses.items())


def _triples(clauses: Counter[str]) -> Counter[str]:
    """The runs of three characters, the ends of a clause counting as characters."""
    found: Counter[str] = Counter()
    for clause, count in clauses.items():
        framed = f"^{clause}$"
        for at in range(len(framed) - 2):
            found[framed[at : at + 3]] += count
    return found


def _weights(text: str) -> set[int]:
    """A number for each clause: its check sum above, its length below."""
    return {
        zlib.crc32(clause.encode(errors="surrogatepass")) << 16 | min(len(clause), _WEIGHT) for clause in _clauses(text)
    }


def _longest(weights: Iterable[int]) -> list[int]:
    return sorted(weights, key=lambda code: (-(code & _WEIGHT), code))[:_LONGEST]


def _overlap(one: set[int], other: Iterable[int]) -> float:
    """The share of the two that stands in clauses of both."""
    there = set(other)
    total = sum(code & _WEIGHT for code in one) + sum(code & _WEIGHT for code in there)
    return 2 * sum(code & _WEIGHT for code in one & there) / total if total else 0.0
