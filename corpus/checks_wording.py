"""Checks of wording: phrases that say nothing, and measures of which none has a deadline."""

import re
from collections.abc import Iterator

from corpus.findings import Finding, Subject

_EMPTY = re.compile(
    r"高度重视|进一步(?:加强|完善|强化|提升|提高|加大|推进|优化|健全)|(?:持续|不断|切实|积极|大力|全力|扎实|深入|有序|统筹|稳步|全面)(?:推进|推动|加强|完善|提升|优化|强化|提高|做好|开展|深化|落实)"
    r"|狠抓落实|抓好落实|加大(?:工作)?力度|再上新台阶|取得(?:了)?(?:明显|显著|积极|较好)(?:的)?(?:成效|效果|进展)|奠定(?:了)?坚实(?:的)?基础|营造(?:了)?良好(?:的)?氛围|加强(?:组织)?领导|提高(?:思想)?认识|认真(?:贯彻|落实|研究)"
)
_SUBSTANCE = re.compile(r"\d|《|“|〔|[一二三四五六七八九十百]+(?:个|项|家|年|月|条|次|人)")
_MEASURE = re.compile(r"[一二三四五六七八九]是(?!否)")
_TIMED = re.compile(
    r"(?:20\d\d|今|明|本|后)\s?年(?:\s?\d{1,2}\s?月)?(?:[一二三四]季度)?(?:年)?(?:底|末|内|上半年|下半年)?(?:之?前|以前|完成|建成|达到)|年内|年底前|月底前|到20\d\d年|季度|\d+\s?(?:个工作日|个月|天|年)内"
)


def empty_phrases(subject: Subject) -> Iterator[Finding]:
    """A letter a good part of whose sentences hold stock phrases and neither figure, date, 《title》 nor named thing."""
    if not subject.is_reply or subject.role == "答复摘要":
        return
    body = [(a, b) for a, b in subject.sentences if b - a >= 12]
    hollow = [
        (a, b)
        for a, b in body
        if len(_EMPTY.findall(subject.text, a, b)) >= 2 and not _SUBSTANCE.search(subject.flat, a, b)
    ]
    size, total = sum(b - a for a, b in hollow), sum(b - a for a, b in body)
    if len(hollow) >= 4 and size * 4 >= total:
        worst = max(hollow, key=lambda span: len(_EMPTY.findall(subject.text, *span)))
        problem = f"{len(hollow)}句只有套话，占全文{size * 100 // total}%"
        yield subject.finding("套话偏多", *worst, problem, "写明谁来做、做多少、什么时候完成")


def no_deadlines(subject: Subject) -> Iterator[Finding]:
    """一是…二是… throughout and not one day by which anything will be done."""
    if not subject.is_reply or subject.role != "答复" or not subject.lines:
        return
    start, end = subject.lines[0][0], subject.lines[-1][1]
    found = list(_MEASURE.finditer(subject.text, start, end))
    if len(found) >= 12 and not _TIMED.search(subject.flat, found[0].start(), end):
        first = found[0].start()
        stop = min(subject.text.find("。", first) + 1 or first + 2, first + 60)
        problem = f"全文“一是、二是”等措施{len(found)}条，没有一条写明完成时限"
        yield subject.finding("措施无时限", first, stop, problem, "给主要措施写上完成时限和责任单位")
