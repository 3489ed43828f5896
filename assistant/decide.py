"""Decides whether the evidence answers the question, and says what is missing where it does not."""

import re
from collections.abc import Sequence

from assistant.desk import Desk
from assistant.directory import in_region, speaks_of
from assistant.evidence import Evidence, Weigher
from assistant.refusal import Refusal
from assistant.retrieve import Found
from assistant.understand import Query, fold
from corpus.dates import dates
from corpus.figures import figures, supports
from index.hit import Filters

# Chosen on eval/gold/dev.jsonl and on reading-comprehension passages with the right passage taken away;
# eval/ measures what each is worth.
LEAST_SUPPORT = 0.34
LEAST_TYPED_SUPPORT = 0.30
LEAST_MEANING = 0.42
OTHER_REGION_MARGIN = 0.18

_REVERSALS = (
    "拒绝",
    "否决",
    "取消",
    "停止",
    "撤销",
    "暂停",
    "废止",
    "驳回",
    "终止",
    "放弃",
    "下降",
    "减少",
    "失败",
    "倒闭",
    "解散",
    "亏损",
    "不采纳",
    "未采纳",
    "没有采纳",
    "不予采纳",
)
_TYPED = ("amount", "count", "rate", "date", "doc_no")


def decide(found: Found, desk: Desk) -> tuple[tuple[Evidence, ...], Refusal | None]:
    """The evidence that may answer, best first, or the reason why there is none."""
    if found.refusal:
        return (), found.refusal
    query = found.query
    evidence = tuple(e for e in found.evidence if _in_place(e, found))
    if not evidence:
        return (), Refusal("off_topic") if not query.regions else Refusal("not_stated", _what(query, ()))
    reversal = next((r for r in _REVERSALS if r in fold(query.standalone)), None)
    if reversal and not any(reversal in fold(e.text) for e in evidence[:8]):
        return (), Refusal("premise_unsupported", reversal)
    premise = _unfounded_figure(query, evidence)
    if premise:
        return (), Refusal("premise_unsupported", premise)
    dated = tuple(e for e in evidence if _in_year(e, query))
    if query.years and not dated:
        return (), Refusal("year_not_covered", "、".join(query.years))
    elsewhere = _only_elsewhere(found, dated or evidence, desk)
    if elsewhere:
        return (), elsewhere
    return _supported(query, dated or evidence, Weigher(query, desk.index, desk.embedder))


def _supported(
    query: Query, evidence: tuple[Evidence, ...], weigher: Weigher
) -> tuple[tuple[Evidence, ...], Refusal | None]:
    """The evidence when its best sentence is surely about the matter and holds the kind of value asked for."""
    if query.wants in _TYPED and query.intent == "fact":
        fitting = tuple(e for e in evidence if e.fits)
        if not fitting or max(e.support for e in fitting[:5]) < LEAST_TYPED_SUPPORT:
            return (), Refusal("not_stated", _what(query, ()))
        evidence = fitting + tuple(e for e in evidence if not e.fits)
    best = max(evidence[:5], key=lambda e: e.support)
    if best.support >= LEAST_SUPPORT or best.dense >= LEAST_MEANING:
        return evidence, None
    missing = weigher.missing(" ".join((best.letter.name, *best.heading_path, best.text)))
    if len(missing) >= len(weigher.weights) or best.support < LEAST_SUPPORT / 2:
        return (), Refusal("off_topic")
    return (), Refusal("not_stated", _what(query, missing))


def _what(query: Query, missing: Sequence[str]) -> str:
    """What the material lacks, in the question's words."""
    return "、".join(missing) or re.sub(r"[?？。！!\s]+$", "", query.standalone)


def _in_place(evidence: Evidence, found: Found) -> bool:
    """Named places without a letter of their own must be named by the sentence."""
    return all(speaks_of(evidence.text, r, evidence.letter) for r in found.loose_regions)


def _in_year(evidence: Evidence, query: Query) -> bool:
    """The sentence speaks of the year asked for: itself, else by what stands before it, else by the letter's date."""
    asked = {int(y) for y in query.years}
    own = years(evidence.text)
    if own:
        return bool(asked & set(own))
    earlier = years(evidence.letter.text[max(0, evidence.start - 300) : evidence.start])
    if earlier:
        return earlier[-1] in asked
    meta = evidence.letter.metadata
    dated = [d.value for d in (meta.date, meta.publish_date) if d]
    return bool(asked & set(years(evidence.letter.name) + [int(d[:4]) for d in dated]))


def years(text: str) -> list[int]:
    """The years that a text names, in order; a span gives all its years.

    >>> years("“十四五”期间，2019年和2022年9月")
    [2021, 2022, 2023, 2024, 2025, 2019, 2022]
    """
    found: list[int] = []
    for date in dates(text):
        ends = [int(part[:4]) for part in date.value.split("/") if part[:4].isdigit()]
        found += range(ends[0], ends[-1] + 1) if ends else []
    return found


def _unfounded_figure(query: Query, evidence: Sequence[Evidence]) -> str | None:
    """A figure that the question takes for granted and that none of the evidence holds."""
    for figure in figures(query.standalone):
        if figure.unit in ("", "年", "月", "日", "号", "届", "次", "点", "条", "项", "个", "批", "句", "字"):
            continue
        if not any(supports(figure, e.text) for e in evidence):
            return query.standalone[figure.start : figure.end]
    return None


def _only_elsewhere(found: Found, evidence: Sequence[Evidence], desk: Desk) -> Refusal | None:
    """The matter is known, but only in letters of other places than the one asked about."""
    query = found.query
    if not query.regions or query.intent in ("compare", "enumerate") or found.loose_regions:
        return None
    weigher = Weigher(query, desk.index, desk.embedder)
    hits = desk.index.search(query.standalone, desk.hits, Filters())
    others = [h for h in hits if not in_region(desk.index.letter(h.chunk.letter), query.regions)]
    rival = next(iter(weigher.weigh(others)), None)
    here = max(e.around for e in evidence[:5])
    if rival is None or rival.around < here + OTHER_REGION_MARGIN:
        return None
    lacking = [t for t in weigher.weights if t in fold(rival.text) and not any(t in fold(e.text) for e in evidence[:5])]
    phrase = _joined(lacking, query)
    region = rival.letter.metadata.region
    if len(phrase) < 2 or region is None:
        return None
    return Refusal("other_region_only", phrase, region.value)


def _joined(words: Sequence[str], query: Query) -> str:
    """The longest run of the words as they stand together in the question."""
    text, best = fold(query.standalone), ""
    for start in range(len(words)):
        run = ""
        for word in words[start:]:
            if run + word not in text:
                break
            run += word
        best = max(best, run, key=len)
    return best
