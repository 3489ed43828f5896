"""Checks each sentence of an answer against the characters that it cites; what is not supported is struck out."""

import re
from collections.abc import Callable, Iterable, Sequence

from assistant.answer import Citation, Sentence
from assistant.contradiction import contradiction
from assistant.directory import short_name
from assistant.understand import fold
from corpus.dates import dates
from corpus.doc_numbers import doc_numbers
from corpus.figures import figures, supports
from corpus.letter import Letter
from corpus.organs import organs
from corpus.policies import policies, titles
from corpus.regions import find_regions

_PERSON = re.compile(r"(?<![\u4e00-\u9fa5])([\u4e00-\u9fa5]{2,3})(?:委员|代表)(?=提|的|所|等|关于|[，,、。]|$)")
_QUOTED = re.compile(r"[“「『]([^“”「」『』]{2,40})[”」』]")


def verify(
    sentences: Iterable[Sentence], citations: Sequence[Citation], letter: Callable[[str], Letter]
) -> tuple[list[Sentence], list[str]]:
    """The sentences that hold, and one line for each that was struck, saying why.

    A figure, date, 文号, 《title》, place, organisation, person or name in quotation marks must occur in the union of the sentence's
    cited quotes, or in the record (title, number, region, date) of a letter that it cites; and the quotes must not say the
    opposite (`contradiction`). `letter` gives a letter by its id.
    """
    by_id = {c.id: c for c in citations if letter(c.letter).text[c.start : c.end] == c.quote and c.quote.strip()}
    kept, problems = [], []
    for sentence in sentences:
        problem = _problem(sentence, by_id)
        if problem:
            problems.append(f"{problem}：{sentence.text[:60]}")
        else:
            kept.append(sentence)
    return kept, problems


def _problem(sentence: Sentence, by_id: dict[int, Citation]) -> str | None:
    if not sentence.citations:
        return "没有引文"
    if any(n not in by_id for n in sentence.citations):
        return "引文不存在"
    cited = [by_id[n] for n in sentence.citations]
    return unsupported(sentence.text, "\n".join(c.quote for c in cited), record="\n".join(map(_record, cited)))


def _record(citation: Citation) -> str:
    return f"《{citation.title}》 {citation.region or ''} 第{citation.number or ''}号 {citation.date or ''}"


def unsupported(text: str, quotes: str, *, record: str = "") -> str | None:
    """What of the text the quotes (or the letter's record) do not hold, in words; None when all is supported.

    >>> unsupported("投入9350万元", "省级财政科技经费9350万元") is None
    True
    >>> unsupported("投入9530万元", "省级财政科技经费9350万元")
    '依据中没有数据“9530万元”'
    """
    # Word for word, from the start of a clause on: no clipping of a longer number or name (12家 out of 112家).
    if re.search(r"(?<!\w)(?<!\d[.])" + re.escape(fold(text)) + r"(?!\d)", fold(quotes)):
        return None
    ground = quotes + "\n" + record
    held_dates = {d.value for d in dates(ground)}
    held_numbers = {n.value for n in doc_numbers(ground)}
    held_titles = {fold(t.title) for t in titles(ground)} | {fold(p.issued) for p in policies(ground) if p.issued}
    held_places = {short_name(name) for name, _, _ in find_regions(ground)}
    checks = (
        ("数据", [(text[f.start : f.end], supports(f, ground)) for f in figures(text)]),
        ("日期", [(text[d.start : d.end], _dated(d.value, held_dates)) for d in dates(text)]),
        ("文号", [(n.value, n.value in held_numbers) for n in doc_numbers(text)]),
        ("文件", [(t.title, fold(t.title) in held_titles) for t in titles(text)]),
        ("地名", [(text[s:e], short_name(name) in held_places) for name, s, e in find_regions(text)]),
        ("单位", [(o.name, _is_named(o.name, ground)) for o in organs(text)]),
        ("人名", [(m[1], m[1] in ground) for m in _PERSON.finditer(text)]),
        ("名称", [(m[1], fold(m[1]) in fold(ground)) for m in _QUOTED.finditer(text)]),
    )
    for name, found in checks:
        shown = next((shown for shown, holds in found if not holds), None)
        if shown is not None:
            return f"依据中没有{name}“{shown}”"
    return contradiction(text, quotes)


def _is_named(organ: str, ground: str) -> bool:
    """Whether the ground names the organisation, perhaps with its place or at greater length: 市科技局 is 昆明市科学技术局."""
    if fold(organ) in fold(ground):
        return True
    regions = find_regions(organ)
    bare = organ[regions[0][2] :] if regions and regions[0][1] == 0 else organ
    # The letters of 科技局 stand in 科学技术局 in their order.
    sought = re.compile(".{0,4}?".join(map(re.escape, fold(bare))))
    return any(sought.search(fold(other.name)) for other in organs(ground)) or fold(bare) in fold(ground)


def _dated(value: str, known: set[str]) -> bool:
    """A date holds when the ground has it, or a finer one of the same year (and month)."""
    return any(k == value or k.startswith(value + "-") for k in known)
