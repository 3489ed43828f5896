"""Find clauses of an answer that say the opposite of the clause they come from: a 不 or 没有 dropped or put in."""

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence

from assistant.answer import Answer
from corpus.negation import NEGATION, negations
from eval.overlap import tokens

_CLAUSE = re.compile(r"[^，,。；;：:！!？?《》〈〉（）()“”\n]+")
# Of the words of two clauses, negations aside, the least share that makes one the source of the other.
ALIKE = 0.7
Clause = tuple[Counter[str], int]


def flips(answer: Answer) -> int:
    """How many clauses of the answer deny what their source affirms, or the other way round.

    The source of a clause is the clause of the sentence's cited quotes that is most like it; a clause like none is left
    to the other measures.
    """
    quotes = {citation.id: citation.quote for citation in answer.citations}
    found = 0
    for sentence in answer.sentences:
        cited = [quotes[number] for number in sentence.citations if number in quotes]
        if not any(_stands_in(sentence.text.strip(), quote) for quote in cited):
            sources = [clause for quote in cited for clause in _clauses(quote)]
            found += sum(_is_flipped(clause, sources) for clause in _clauses(sentence.text))
    return found


def _stands_in(text: str, quote: str) -> bool:
    """Whether the text stands in the quote word for word, from the beginning of a clause to the end of one."""
    at = quote.find(text)
    after = quote[at + len(text) : at + len(text) + 1]
    begins = at == 0 or not _CLAUSE.match(quote[at - 1 : at]) or not _CLAUSE.match(text[:1])
    return at >= 0 and begins and (not _CLAUSE.match(after) or not _CLAUSE.match(text[-1:]))


def _clauses(text: str) -> list[Clause]:
    parts = _CLAUSE.findall(unicodedata.normalize("NFKC", text))
    return [(Counter(tokens(NEGATION.sub("", part))), negations(part)) for part in parts]


def _is_flipped(clause: Clause, sources: Sequence[Clause]) -> bool:
    bag, denials = clause
    likeness = [_likeness(bag, other) for other, _ in sources]
    best = max(likeness, default=0.0)
    if best < ALIKE:
        return False
    return all(denials != count for (_, count), like in zip(sources, likeness, strict=True) if like == best)


def _likeness(one: Counter[str], other: Counter[str]) -> float:
    size = one.total() + other.total()
    return 2 * (one & other).total() / size if size else 0.0
