"""Decides whether the evidence answers the question, and says what is missing where it does not."""

import re
from collections.abc import Callable, Sequence

from assistant.asked import lacking as unsaid_of
from assistant.desk import Desk
from assistant.directory import in_region, speaks_of
from assistant.evidence import Evidence, Weigher, coverage, least
from assistant.premise import contradicted
from assistant.refusal import Refusal
from assistant.retrieve import Found
from assistant.understand import Query, fold
from corpus.dates import dates
from corpus.doc_numbers import doc_numbers
from corpus.figures import figures, supports
from index.hit import Filters

__all__ = ["HEADED", "decide", "least", "other_year", "years"]

OTHER_REGION_MARGIN = 0.18
# By how much more of the question another place's sentence must say for the matter to be that place's.
OTHER_PLACE_MARGIN = 0.3
# A sentence with the value asked for must be as much about the matter as this share of the best one.
LEAST_OF_BEST = 0.5
# A sentence of the year asked for must be as much about the matter as this share of the best one of any year.
LEAST_OF_YEAR = 0.5
# How many of the best sentences may hold the value asked for.
_AMONG = 8
# A sentence that says as much of the question itself, and half as much again with what is around it, is the one asked for.
SAYS_ENOUGH = 0.9
# Who did a thing: of the thing the sentence must say this share.
LEAST_FOCUS = 0.65
# A sentence that says less than this share of the question must at least be near in meaning.
HALF = 0.5
# A section whose heading holds this share of the question's words is what the question about measures means.
HEADED = 0.5

_REVERSALS = (
    "退回",
    "唯一",
    "撤掉",
    "降格",
    "降级",
    "降为",
    "降成",
    "停办",
    "关停",
    "叫停",
    "中止",
    "收回",
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
# Units with which a question numbers its own parts, or names a time or a letter.
_COUNTING = ("", "年", "月", "日", "天", "号", "届", "次", "点", "条", "项", "个", "批", "句", "字", "份", "件", "方面")
_DENIAL = re.compile(r"(为什么|凭什么|为何|为啥)(不|没|拒)|凭什么不|不给.{0,12}(理由|原因)")
# What changes by the hour is in no letter.
_LIVE = re.compile(
    "(今天|明天|后天|现在|周末|这几天|今晚|今早)[^，,。]{0,4}(天气|气温|下雨|下雪|刮风|限行|油价|汇率|股价|股市|几点)"
)
_TYPED = ("amount", "count", "rate", "date", "doc_no", "place", "organisation")


def decide(found: Found, desk: Desk) -> tuple[tuple[Evidence, ...], Refusal | None]:
    """The evidence that may answer, best first, or the reason why there is none."""
    if found.refusal:
        return (), found.refusal
    query = found.query
    if _LIVE.search(fold(query.question)):
        return (), Refusal("off_topic")
    weigher = Weigher(query, desk.index, desk.embedder)
    placed = tuple(e for e in found.evidence if _in_place(e, found, weigher.fits))
    evidence = _of_the_place(placed, query)
    rival = next((e for e in placed if e not in evidence), None)
    if rival and evidence and max(e.own for e in evidence[:5]) < min(HALF, rival.own - OTHER_PLACE_MARGIN):
        return (), _stated_elsewhere(rival, evidence, query, weigher) or Refusal("not_stated", _what(query, ()))
    if not evidence:
        return (), Refusal("off_topic") if not query.regions else Refusal("not_stated", _what(query, ()))
    if query.doc_numbers:
        return _by_doc_number(query, evidence)
    unfounded = _unfounded(query, evidence)
    if unfounded:
        return (), unfounded
    # Two letters that are compared may state the year each in its own way: both are shown.
    # A year that only the conversation brought is no condition: the figure is shown with its year (`other_year`).
    named = [year for year in query.years if year in fold(query.question)]
    strict = named and query.intent != "compare"
    dated = tuple(e for e in evidence if not strict or _in_year(e, query))
    if not dated:
        return (), Refusal("year_not_covered", "、".join(query.years))
    if (
        strict
        and query.intent == "fact"
        and dated[0] is not evidence[0]
        and dated[0].around < LEAST_OF_YEAR * evidence[0].around
    ):
        return (), Refusal("year_not_covered", "、".join(query.years))
    elsewhere = _only_elsewhere(found, dated, desk)
    if elsewhere:
        return (), elsewhere
    chosen, refusal = _supported(query, dated, weigher)
    if refusal and strict and _supported(query, evidence, weigher)[0]:
        return (), Refusal("year_not_covered", "、".join(query.years))
    return chosen, refusal


def _unfounded(query: Query, evidence: tuple[Evidence, ...]) -> Refusal | None:
    """The refusal of a question that takes for granted, or names, what the evidence does not hold; None when it holds it all."""
    false = contradicted(query, evidence)
    if false:
        return Refusal("premise_unsupported", false[0], quote=false[1].text.strip())
    reversal = next((r for r in _REVERSALS if r in fold(query.standalone)), None)
    if not reversal and _DENIAL.search(fold(query.standalone)):
        reversal = "不"
    if reversal and not any(reversal in fold(e.text) for e in evidence[:8]):
        return Refusal("premise_unsupported", reversal)
    premise = _unfounded_figure(query, evidence)
    if premise:
        return Refusal("premise_unsupported", premise)
    texts = [fold(" ".join((e.letter.name, *e.heading_path, e.text))) for e in evidence]
    unnamed = next((name for name in query.names if not any(fold(name) in text for text in texts)), None)
    return Refusal("not_stated", unnamed) if unnamed else None


def other_year(query: Query, evidence: Sequence[Evidence]) -> str | None:
    """What to say of an answer for another year than the conversation is about; None when it is of the same year."""
    if query.intent != "fact" or not query.years or not evidence or _in_year(evidence[0], query):
        return None
    told = years(evidence[0].text)
    of = f"{told[-1]}年的" if told else "没有写明年份的"
    return f"前面谈的是{'、'.join(query.years)}年，材料中没有这一年的记载，这里给出的是{of}"


def _by_doc_number(query: Query, evidence: tuple[Evidence, ...]) -> tuple[tuple[Evidence, ...], Refusal | None]:
    """The sentences that hold a 文号 which the question names."""
    holding = tuple(e for e in evidence if {n.value for n in doc_numbers(e.text)} & set(query.doc_numbers))
    return (holding, None) if holding else ((), Refusal("not_stated", "、".join(query.doc_numbers)))


def _supported(
    query: Query, evidence: tuple[Evidence, ...], weigher: Weigher
) -> tuple[tuple[Evidence, ...], Refusal | None]:
    """The evidence when its best sentence is surely about the matter and holds what is asked of it."""
    best = max(evidence[:5], key=lambda e: e.support)
    if query.names and query.intent == "enumerate":
        holding = tuple(e for e in evidence if all(fold(name) in fold(e.text) for name in query.names))
        return (holding, None) if holding else ((), Refusal("not_stated", "、".join(query.names)))
    # Two sides are set side by side, so that each may say it in fewer of the question's words.
    named = query.names and all(fold(name) in fold(evidence[0].text) for name in query.names)
    unlike = max(e.dense for e in evidence[:5]) < least("meaning") and best.own < HALF
    if not named and (unlike or best.support < least("compare" if query.intent == "compare" else "answer")):
        headed = tuple(e for e in evidence if any(coverage(weigher.known, h) >= HEADED for h in e.heading_path))
        if query.intent == "measures" and headed and len(weigher.known) > 1:
            return headed + tuple(e for e in evidence if e not in headed), None
        missing = weigher.missing(" ".join((best.letter.name, *best.heading_path, best.text)))
        off = unlike or len(missing) >= len(weigher.weights) or best.support < least("topic")
        return (), Refusal("off_topic") if off else Refusal("not_stated", _what(query, missing))
    if query.intent not in ("fact", "measures"):
        return evidence, None
    if query.intent == "fact" and query.wants in (*_TYPED, "person"):
        fitting = tuple(e for e in evidence[:_AMONG] if _holds_value(e, query) and _as_much_about(e, evidence[0]))
        if not fitting:
            return (), Refusal("not_stated", _what(query, ()))
        evidence = fitting + tuple(e for e in evidence if e not in fitting)
    unsaid = unsaid_of(query, evidence)
    return ((), Refusal("not_stated", unsaid)) if unsaid else (evidence, None)


def _holds_value(e: Evidence, query: Query) -> bool:
    """Whether the sentence holds the value asked for, of the things that the question names in quotation marks."""
    named = fold(" ".join((*e.heading_path, e.text)))
    if not all(fold(name) in named for name in query.names):
        return False
    return e.fits if query.wants != "person" else e.focus >= LEAST_FOCUS or e.own >= HALF


def _as_much_about(e: Evidence, best: Evidence) -> bool:
    """Whether a sentence with the value asked for is about the matter nearly as much as the best one."""
    if e.features.get("agree", 0.0) < best.features.get("agree", 0.0):
        return False
    return e is best or e.near >= best.near > 0 or e.own >= LEAST_OF_BEST * best.own


def _what(query: Query, missing: Sequence[str]) -> str:
    """What the material lacks, in the question's words."""
    return "、".join(missing) or re.sub(r"[?？。！!\s]+$", "", query.standalone)


def _of_the_place(evidence: tuple[Evidence, ...], query: Query) -> tuple[Evidence, ...]:
    """Without the sentences of other places, where the question names one that has letters here and compares none."""
    agree = [e.features.get("agree", 0.0) for e in evidence]
    if query.intent in ("compare", "enumerate") or 1.0 not in agree:
        return evidence
    return tuple(e for e, agreeing in zip(evidence, agree, strict=True) if agreeing >= 0)


def _in_place(evidence: Evidence, found: Found, fits: Callable[[str], bool]) -> bool:
    """A named place without a letter of its own must be named by the sentence, with the value in the same clause."""
    for region in found.loose_regions:
        if not speaks_of(evidence.text, region, evidence.letter):
            return False
        clauses = [c for c in re.split("[,，;；。、]", evidence.text) if speaks_of(c, region, evidence.letter)]
        if found.query.wants in _TYPED and not any(fits(c) for c in clauses):
            return False
    return True


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
    """A figure in digits that the question takes for granted and that none of the evidence holds."""
    for figure in figures(query.standalone):
        if not any(c.isdigit() for c in figure.written) or figure.unit in _COUNTING or figure.written.startswith("第"):
            continue
        if not any(supports(figure, e.text) for e in evidence):
            return query.standalone[figure.start : figure.end]
    return None


def _only_elsewhere(found: Found, evidence: Sequence[Evidence], desk: Desk) -> Refusal | None:
    """The matter is known, but only in letters of other places than the one asked about."""
    query = found.query
    if not query.regions or query.intent in ("compare", "enumerate") or found.loose_regions:
        return None
    if max(e.own + e.around / 2 for e in evidence[:5]) >= SAYS_ENOUGH:
        return None
    weigher = Weigher(query, desk.index, desk.embedder)
    hits = desk.search(query.standalone, desk.hits, Filters())
    others = [h for h in hits if not in_region(desk.index.letter(h.chunk.letter), query.regions)]
    rival = next(iter(weigher.weigh(others)), None)
    here = max(e.around for e in evidence[:5])
    if rival is None or rival.around < here + OTHER_REGION_MARGIN:
        return None
    return _stated_elsewhere(rival, evidence, query, weigher)


def _stated_elsewhere(rival: Evidence, evidence: Sequence[Evidence], query: Query, weigher: Weigher) -> Refusal | None:
    """What only the other place's sentence says; None when it is not told."""
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
