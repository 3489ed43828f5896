"""Checks of time: impossible days, 今年 against the date, deadlines gone by, figures without a day, plans run out."""

import calendar
import re
from collections.abc import Iterator

from corpus.figures import figures
from corpus.findings import Finding, Subject

_Y = r"(?P<y>(?:19|20)\d\d)"
_DAY = re.compile(
    rf"(?<![\d.\-/])(?:{_Y}\s?年\s?)?(?<![\d个第约近逾超])(?P<m>\d{{1,2}})\s?月\s?(?P<d>\d{{1,2}})\s?[日号](?!码|线|楼|文|院|公告|令|宗)"
)
_MONTH = re.compile(rf"(?<!\d){_Y}\s?年\s?(?P<m>1[3-9]|[2-9]\d|0?0)\s?月(?!\d|龄)")
_ISO = re.compile(rf"(?<![\dA-Za-z.\-/_]){_Y}-(?P<m>\d\d)-(?P<d>\d\d)(?![\dA-Za-z\-/_]|\.\d)")


def impossible_dates(subject: Subject) -> Iterator[Finding]:
    """2月30日, 13月: days that no calendar has."""
    if not subject.lines:
        return
    start, end = subject.lines[0][0], subject.lines[-1][1]
    for pattern in (_DAY, _MONTH, _ISO):
        for match in pattern.finditer(subject.flat, start, end):
            year = int(match["y"]) if match["y"] else 2024  # a leap year, where the year is not said
            month, day = int(match["m"]), int(match.groupdict().get("d") or 1)
            if not _exists(year, month, day):
                written = subject.text[match.start() : match.end()]
                yield subject.finding("日期有误", match.start(), match.end(), f"没有“{written}”这一天", "核对日期")


def _exists(year: int, month: int, day: int) -> bool:
    return 1 <= month <= 12 and 1 <= day <= calendar.monthrange(year, month)[1]


_THIS_YEAR = re.compile(
    r"截[至止到]\s?(?:今年|本年度?)\s?(?P<m>1[0-2]|[1-9])\s?月|(?:今年|本年度?)\s?(?:1|一)\s?月?\s?[-至到—~～–]\s?(?P<n>1[0-2]|[2-9])\s?月"
)
_NAMED_YEAR = re.compile(
    r"(?P<word>今年|去年|前年|明年|后年)\s?[(（]\s?(?:即)?(?P<y>20\d\d)\s?年?\s?[)）]|(?P<y2>20\d\d)年[(（](?P<word2>今年|去年|明年)[)）]"
)
_SHIFT = {"今年": 0, "去年": -1, "前年": -2, "明年": 1, "后年": 2}
_UNTIL = re.compile(
    r"截[至止到]\s?(?P<y>20\d\d)\s?年(?:\s?(?P<m>1[0-2]|[1-9])\s?月(?:\s?(?P<d>[12]\d|3[01]|[1-9])\s?日)?)?"
)
_DONE = re.compile(
    r"(?P<y>20\d\d)年(?P<m>1[0-2]|[1-9])月(?:(?P<d>[12]\d|3[01]|[1-9])日)?[,，]?[^。；;，,\n]{0,12}?(?:已经?(?!列入|纳入|明确)|印发了?《|召开了|出台了?《|举办了|完成了|启动了|获批|建成了)"
)
_FUTURE = re.compile(r"力争|争取|计划|预计|预期|拟|将|确保|目标|规划|有望|届时|到|前|安排|要求|力求|预备|启用")


def this_year(subject: Subject) -> Iterator[Finding]:
    """截至今年10月 in a letter of June; 今年（2022年） in a letter of 2023; things done after the day of signing."""
    if subject.dated is None:
        return
    year, month, _ = subject.dated
    signed = f"{year}年" + (f"{month}月" if month else "")
    for start, end in subject.lines:
        for match in _THIS_YEAR.finditer(subject.flat, start, end):
            if month and int(match["m"] or match["n"]) > month and not _ahead(subject, start, match):
                problem = f"落款是{signed}，文中却说“{subject.text[match.start() : match.end()]}”"
                yield subject.finding(
                    "时间矛盾", match.start(), match.end(), problem, "可能沿用旧稿：更新数据，写明年份"
                )
        for match in _NAMED_YEAR.finditer(subject.flat, start, end):
            word, said = match["word"] or match["word2"], int(match["y"] or match["y2"])
            if said != year + _SHIFT[word]:
                problem = f"落款是{year}年，“{word}”是{year + _SHIFT[word]}年，文中写{said}年"
                yield subject.finding("时间矛盾", match.start(), match.end(), problem, "改为确切的年份")
        yield from _later(subject, start, end)


def _later(subject: Subject, start: int, end: int) -> Iterator[Finding]:
    for pattern in (_UNTIL, _DONE):
        for match in pattern.finditer(subject.flat, start, end):
            at = (int(match["y"]), int(match["m"] or 0), int(match["d"] or 0))
            if _after(at, subject.dated or (9999, 0, 0)) and not _ahead(subject, start, match):
                written = subject.text[match.start() : match.end()]
                problem = f"“{written}”晚于落款日期"
                yield subject.finding("时间矛盾", match.start(), match.end(), problem, "核对日期")


def _after(one: tuple[int, int, int], other: tuple[int, int, int]) -> bool:
    """Whether the first is surely later: what is not said of either counts as equal."""
    for a, b in zip(one, other, strict=True):
        if not a or not b:
            return False
        if a != b:
            return a > b
    return False


def _ahead(subject: Subject, start: int, match: re.Match[str]) -> bool:
    """Whether the clause speaks of what is to come."""
    before = re.split(r"[。；;，,]", subject.text[max(start, match.start() - 20) : match.start()])[-1]
    after = re.split(r"[。；;，,]", subject.text[match.end() : match.end() + 20])[0]
    return bool(_FUTURE.search(before + after))


_DEADLINE = re.compile(
    r"(?:力争|争取|确保|计划|预计|拟|力求|务必|努力)(?:在|于|到|至)?\s?(?P<y>20\d\d)\s?年(?:\s?(?P<m>1[0-2]|[1-9])\s?月)?(?:\s?(?P<d>[12]\d|3[01]|[1-9])\s?日)?"
    r"\s?(?:年?底|末|内|上半年|(?P<half>下半年)|[一二三四]季度|(?=之?前|以前))(?:之前|以前|前)?(?P<verb>[^。；;，,\n]{0,12})"
)
_TOLD = re.compile(r"原计划|曾|当时|当初|提出[^。]{0,6}$|提出的|确定的|明确的|要求|已于|目标[是为]")
_TOLD_AFTER = re.compile(r"已|的目标|的要求|目标|，现|,现|如期|提前|投入|启动以来")


def deadlines(subject: Subject) -> Iterator[Finding]:
    """力争2022年底前 in a letter of 2023."""
    if subject.dated is None:
        return
    for start, end in subject.sentences:
        for match in _DEADLINE.finditer(subject.flat, start, end):
            due = (int(match["y"]), int(match["m"] or 12), int(match["d"] or 31) if match["m"] else 31)
            told = _TOLD.search(subject.text[max(start, match.start() - 14) : match.start()])
            after = subject.text[match.end("verb") - len(match["verb"]) : match.end() + 12]
            if due < (subject.dated[0], subject.dated[1] or 1, 1) and not told and not _TOLD_AFTER.search(after):
                written = subject.text[match.start() : match.start("verb")]
                problem = f"时限“{written}”早于落款日期"
                yield subject.finding(
                    "时限已过", match.start(), match.start("verb"), problem, "改写为办理结果，或给出新的时限"
                )


_NOW = re.compile(r"截[至止]目前|目前|现有|现已|截[至止]现在")
_DATED = re.compile(r"(?:19|20)\d\d\s?年|20\d\d[-/.]\d|今年|去年|\d\s?月底?")


def undated_figures(subject: Subject) -> Iterator[Finding]:
    """目前全市…2572家, in a letter that has no date from which 目前 could be reckoned; one finding for all."""
    if subject.letter.metadata.date or subject.letter.metadata.publish_date or subject.role == "答复摘要":
        return
    found: list[tuple[int, int]] = []
    for start, end in subject.sentences:
        match = _NOW.search(subject.text, start, end)
        if match is None or _DATED.search(subject.flat, start, end):
            continue
        counted = [f for f in figures(subject.text[match.end() : end]) if f.unit and not f.unit.startswith("第")]
        if counted and counted[-1].end + match.end() - match.start() < 200:
            found.append((match.start(), match.end() + counted[-1].end))
    if found:
        problem = "“目前”的数据没有统计时点" + (f"，全文共{len(found)}处" if len(found) > 1 else "")
        yield subject.finding("数据无时点", *found[0], problem, "写明“截至××××年×月底”")


_SPAN = re.compile(r"(?:19|20)\d\d\s?年?\s?[-—–－~～至]{1,2}\s?(?P<y>(?:19|20)\d\d)")
_PLAN = re.compile(r"[“\"]?(?P<n>十[一二三四五六])五[”\"]?")
_PAST = re.compile(
    r"先后|曾|此前|原|已完成|上一轮|实施完成|期间|圆满|以来|收官|回顾|历年|自20|(?:19|20)\d\d年(?!度)[^。；;]{0,30}$"
)


def plans(subject: Subject) -> Iterator[Finding]:
    """A 规划(2016-2020) that a letter of 2023 leans on."""
    if subject.year is None:
        return
    for policy in subject.policies:
        written = subject.text[policy.start : policy.end]
        if policy.title is None or not re.search(r"(?:规划|方案|计划|纲要|行动)(?:[（(].*)?$", policy.title):
            continue
        span, plan = _SPAN.search(written), _PLAN.search(policy.title)
        last = int(span["y"]) if span else 2005 + 5 * ("一二三四五六".index(plan["n"][1])) + 5 if plan else 9999
        before = re.split(r"[。\n]", subject.text[max(0, policy.start - 50) : policy.start])[-1]
        if last < subject.year and not _PAST.search(before):
            problem = f"《{policy.title}》到{last}年期满，复文写于{subject.year}年"
            yield subject.finding("规划到期", policy.start, policy.end, problem, "改引现行的规划，或说明是当时的依据")
