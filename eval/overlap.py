"""Character F1 of two Chinese texts: as ExpMRC counts it (shared tokens) and as CMRC 2018 does (one shared run).

Tokens are Chinese characters and whole Latin words or numbers; punctuation does not count. The published programs cut
Latin text with nltk; ours keeps letters and numbers together, which is the same for words and plain numbers.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence

_TOKEN = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|[a-z]+|[^\W_]")


def tokens(text: str) -> list[str]:
    """The tokens of a text.

    >>> tokens("２０２３年GDP增长5.4%。")
    ['2023', '年', 'gdp', '增', '长', '5.4']
    """
    return _TOKEN.findall(unicodedata.normalize("NFKC", text).lower())


def character_f1(text: str, references: Sequence[str]) -> float:
    """The best F1 over the shared tokens of the text and one of the references (ExpMRC)."""
    return max((_shared_f1(tokens(text), tokens(reference)) for reference in references), default=0.0)


def run_f1(text: str, references: Sequence[str]) -> float:
    """The best F1 over the longest run of tokens that the text shares with one of the references (CMRC 2018)."""
    return max((_run_f1(tokens(text), tokens(reference)) for reference in references), default=0.0)


def _shared_f1(ours: list[str], gold: list[str]) -> float:
    if not ours or not gold:
        return float(ours == gold)
    return _f1((Counter(ours) & Counter(gold)).total(), len(ours), len(gold))


def _run_f1(ours: list[str], gold: list[str]) -> float:
    longest, row = 0, [0] * (len(gold) + 1)
    for token in ours:
        # The row is walked backwards, so that row[n] is still the run that ended one token earlier.
        for n in range(len(gold), 0, -1):
            row[n] = row[n - 1] + 1 if token == gold[n - 1] else 0
        longest = max(longest, max(row))
    return _f1(longest, len(ours), len(gold))


def _f1(shared: int, ours: int, gold: int) -> float:
    return 2 * shared / (ours + gold) if shared else 0.0
