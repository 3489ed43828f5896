"""Finds the sentences behind the figures that a question names: 一处写19家，一处写76家, which is which?"""

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.desk import Desk
from assistant.evidence import Evidence
from assistant.retrieve import Found, retrieve
from assistant.understand import Query, fold
from corpus.figures import Figure, figures, same
from index.hit import Filters

# The question says itself that one value stands against another, or that one value stands in two places.
_AGAINST = re.compile(
    r"(一[处份会头边]儿?|有的?地方).{0,16}(一[处份会头边]儿?|又|另)|两[处份个边].{0,10}(是|一|对|同|矛盾)|对不上|打架|矛盾|不一致|口径|到底|哪个(是|对|准)|还是|各(是|出自|指|写|有)|一码事|同一|怎么回事|咋回事|分别"
)
# Units with which a question counts its own parts, a letter or a time.
_NO_VALUE = {"", "年", "月", "日", "天", "号", "届", "次", "点", "句", "字", "份", "件", "处", "方面", "季度", "个月"}
# Sentences for one figure that stands in several places.
_PLACES = 4
# 8792万 without 元 is a value all the same.
_LARGE = 10_000
_POOL = 40


def named(query: Query) -> tuple[Figure, ...]:
    """The figures between which the question wants to know: two or more values, or one that it says stands in two places.

    >>> from assistant.understand import understand
    >>> [f.written for f in named(understand("“小巨人”一处19家一处76家，到底咋回事"))]
    ['19家', '76家']
    >>> named(understand("2家企业分别叫什么"))
    ()
    """
    text = query.standalone
    if not _AGAINST.search(fold(text)):
        return ()
    found: list[Figure] = []
    for figure in figures(text):
        large = not figure.unit and figure.value >= _LARGE
        if large or (figure.unit not in _NO_VALUE and not figure.unit.startswith("第") and figure.value > 1):
            found += [] if any(same(figure, other) for other in found) else [figure]
    twice = re.search(r"两[处份]|一[处份].{0,16}一[处份]|到底|一码事|各[是写有](的)?多少", fold(text))
    return tuple(found) if len(found) > 1 or (found and twice) else ()


def sentences_for(query: Query, desk: Desk, filters: Filters, found: Found) -> tuple[Evidence, ...]:
    """For each figure that the question names the best sentence that states it; () unless every one is stated.

    A single figure is looked for in all its places.
    """
    asked = named(query)
    if not asked or found.refusal:
        return ()
    evidence = found.evidence
    if not all(_stating(figure, evidence) for figure in asked):
        evidence = retrieve(query, replace(desk, hits=_POOL), filters).evidence
    stating = [_stating(figure, evidence) for figure in asked]
    if not all(stating):
        return ()
    chosen = stating[0][:_PLACES] if len(asked) == 1 else [places[0] for places in stating]
    return tuple({(e.letter.id, e.start): e for e in chosen}.values())


def _stating(figure: Figure, evidence: Sequence[Evidence]) -> list[Evidence]:
    """The sentences that state the figure, most of the question's words first."""
    held = [e for e in evidence if any(same(figure, other) for other in figures(e.text))]
    return sorted(held, key=lambda e: (-e.score, e.letter.id, e.start))
