"""Try the verifier on sentences made wrong on purpose: in good answers it has nothing to do, so no score shows it broken.

Every gold quote is a true sentence that cites itself. It must pass; with a figure, date, 文号, place or 《title》 changed, with the
citation missing, unknown, inexact or a stranger's, it must be struck.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from assistant.answer import Citation, Sentence
from assistant.verify import verify
from corpus.letter import Letter
from eval.cases import Case, Quote
from eval.spans import places

# The share of the sentences of each sort that must be struck.
LEAST = 0.95

_NUMBER = re.compile(r"\d+(?:\.\d+)?(?=[万亿家项个名件元%])")
_YEAR = re.compile(r"20(\d\d)(?=年)")
_DOC_NO = re.compile(r"〕\s*(\d+)(?=\s*号)")
_TITLE = re.compile(r"《([^《》]{4,})》")
_PLACE = re.compile("昆明|银川|金华|云南|浙江|宁夏")
_ELSEWHERE = dict(
    zip(("昆明", "银川", "金华", "云南", "浙江", "宁夏"), ("兰州", "南宁", "西宁", "甘肃", "广西", "青海"), strict=True)
)
Made = tuple[str, Sentence, Citation]


@dataclass(frozen=True)
class Probe:
    """How many true sentences were kept, and of each sort of wrong ones how many were struck of how many."""

    true: int
    kept: int
    struck: Mapping[str, tuple[int, int]]

    @property
    def summary(self) -> str:
        """How many wrong sentences were struck of how many, in words."""
        struck, made = (sum(counts) for counts in zip(*self.struck.values(), strict=True)) if self.struck else (0, 0)
        return f"改错的 {made} 句删去 {struck} 句，原文 {self.true} 句留下 {self.kept} 句"

    @property
    def faults(self) -> list[str]:
        """A line for each sort of which too few were struck, and one for true sentences that were."""
        lines = (
            [f"核对环节：{self.true - self.kept} 句原文被误删（共 {self.true} 句）"] if self.kept < self.true else []
        )
        for sort, (struck, made) in self.struck.items():
            if made and struck < LEAST * made:
                lines.append(f"核对环节：{sort}的句子应删去，{made} 句里只删了 {struck} 句")
        return lines


def probe(cases: Sequence[Case], letter: Callable[[str], Letter]) -> Probe:
    """Try the verifier on the gold quotes of these cases; `letter` gives a letter by its id."""
    quotes = dict.fromkeys(quote for case in cases for group in case.evidence for quote in group)
    cited = [_cited(quote, letter(quote.letter)) for quote in quotes]
    kept = sum(_passes(Sentence(c.quote, (1,)), c, letter) for c in cited)
    struck: dict[str, tuple[int, int]] = {}
    for number, citation in enumerate(cited):
        for sort, sentence, changed in _wrong(citation, cited[number - 1]):
            before, made = struck.get(sort, (0, 0))
            struck[sort] = before + (not _passes(sentence, changed, letter)), made + 1
    return Probe(len(cited), kept, dict(sorted(struck.items())))


def _passes(sentence: Sentence, citation: Citation, letter: Callable[[str], Letter]) -> bool:
    return bool(verify([sentence], [citation], letter)[0])


def _wrong(citation: Citation, other: Citation) -> Iterator[Made]:
    """The wrong sentences made of one true one; `other` is the citation of another."""
    text = citation.quote
    for sort, pattern, change in _CHANGES:
        changed = _changed(text, pattern, change)
        if changed is not None:
            yield sort, Sentence(changed, (1,)), citation
    yield "没有引文", Sentence(text, ()), citation
    yield "引文编号不存在", Sentence(text, (2,)), citation
    yield "引文不逐字", Sentence(text, (1,)), replace(citation, start=citation.start + 1)
    number = _NUMBER.search(text)
    if number and number[0] not in other.quote and other.letter != citation.letter:
        yield "张冠李戴", Sentence(text, (1,)), other


def _changed(text: str, pattern: re.Pattern[str], change: Callable[[str], str]) -> str | None:
    """The text with the first match changed into what stands nowhere in it; None where there is none."""
    match = pattern.search(text)
    if match is None:
        return None
    group = 1 if pattern.groups else 0
    wrong = change(match[group])
    return None if wrong in text else text[: match.start(group)] + wrong + text[match.end(group) :]


def _other_digits(number: str) -> str:
    """Another number of the same length.

    >>> _other_digits("2572"), _other_digits("9.5")
    ('3572', '1.5')
    """
    return f"{int(number[0]) % 9 + 1}{number[1:]}"


def _cited(quote: Quote, letter: Letter) -> Citation:
    place = places(quote, {letter.id: letter})[0]
    return Citation(
        id=1,
        letter=letter.id,
        file=letter.file,
        title=letter.name,
        number=None,
        region=None,
        date=None,
        heading_path=(),
        start=place.start,
        end=place.end,
        quote=quote.text,
    )


_CHANGES: tuple[tuple[str, re.Pattern[str], Callable[[str], str]], ...] = (
    ("改了数", _NUMBER, _other_digits),
    ("改了年份", _YEAR, lambda year: f"{(int(year) + 7) % 100:02d}"),
    ("改了文号", _DOC_NO, _other_digits),
    ("改了地名", _PLACE, _ELSEWHERE.__getitem__),
    ("改了文件名", _TITLE, lambda title: f"{title[:2]}外{title[2:]}"),
)
