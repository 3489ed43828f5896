"""Finds what a question takes for granted and the letter says otherwise: direction, rank, status, actor, batch, order of change."""

import re
from collections.abc import Callable, Sequence

from assistant.contradiction import contradiction
from assistant.evidence import Evidence
from assistant.understand import Query, fold
from corpus.figures import figures

# How many of the best sentences are held against the question, and how well the first must be about it.
_LOOKED_AT = 3
_ABOUT = 0.3
# What a question may claim, and what a sentence says that cannot be so together with it.
_OPPOSITES = (
    ("垫底|倒数|最后一名|末位|最差", r"第[\d一二三四五六七八九十]+[位名]|前列|首位|领先"),
    ("最低|新低|最少", "最高|新高|最多|首位"),
    ("最高|新高", "最低|新低|垫底|末位"),
    (
        r"(拿|得|排|居|夺)(了|到|在|名)?(全省|全国)?(第一|首位|榜首)",
        r"第([2-9]|1\d|2\d|[二三四五六七八九十])[\d十一二三四五六七八九]*[位名]|末位|垫底",
    ),
    ("(开始|正式)?(施行|生效)", "拟(加快|制|出台|整合|修订)|加快[^，。]{0,30}立法|送审|提请|草案"),
    ("没评上|没入选|未入选|落选|没选上|没获批|未获批|没批下来|没通过", "成功入选|入选|获批|获评|被评为|被认定|通过"),
    ("(没有|没|未|不)(给|被|能)?(纳入|列入)", "(已|被|成功)(经)?(纳入|列入)"),
    (
        "(?<!不)(同意|批准|开通|采纳|决定把|决定将|答应)|建好|建成|(?<!不)(纳入|列入|硬化|实施|完工|投用|取消)了?(的|$)",
        "暂不(能|具备|单独|宜)?|不在.{0,8}(范围|目录)|不予|无权|难以|未能|不符合|尚不具备|暂缓|待.{2,30}(后|再)",
    ),
)
# Some and none: 一个都没 against a count.
_NONE = re.compile(r"(一|半)[个家项名人件次位]?.{0,2}(都|也)(没|不)|全没|全都没")
_CHANGED = re.compile(
    r"[由从]“?([^，,。？?“”]{2,10}?)”?(?:退|改|转|变|降|升|调整|倒退|收缩)(?:回|为|成|到|向)+了?“?([^，,。？?“”的]{2,10})"
)
_ACTOR = re.compile(r"([\u4e00-\u9fa5]{2,12}?)(?:牵头|承担|主办|承办|领衔)(?!单位|部门|企业|的是)")
_BATCH = re.compile(r"第([\d一二三四五六七八九十百]+)(批|届|期|轮)")
# A question that leaves it open takes nothing for granted.
_OPEN = re.compile(r"吗|是不是|是否|有没有|有无|能不能|能否|没有[?？]?$|不[?？]?$|没[?？]?$|还是|哪|到底")
_WHY = re.compile(r"为(什么|何|啥)|怎么|咋|原因|理由|凭什么|卡在|整改|什么时候|何时|哪天|多少|几|在哪|建在")

Found = tuple[str, Evidence]


def contradicted(query: Query, evidence: Sequence[Evidence]) -> Found | None:
    """What the question takes for granted, in its words, with the sentence that says otherwise; None when nothing is."""
    if query.intent not in ("fact", "measures"):
        return None
    best = [e for e in evidence[:_LOOKED_AT] if e.own >= _ABOUT]
    tests: tuple[Callable[[str, Evidence], str | None], ...] = (_figure, _changed, _actor, _opposite, _none)
    text = query.standalone
    for test in tests:
        for e in best:
            claim = test(text, e)
            if claim:
                return claim, e
    return _other_batch(text, evidence, best)


def _figure(question: str, e: Evidence) -> str | None:
    """A figure that the sentence gives the other way round: 高出0.61个百分点 for 低了0.61个百分点."""
    if not any(any(c.isdigit() for c in f.written) for f in figures(question)):
        return None
    problem = contradiction(question, e.text)
    if not problem or "方向相反" not in problem:
        return None
    return problem.partition("“")[2].partition("”")[0] or None


def _changed(question: str, e: Evidence) -> str | None:
    """A change told backwards: 由全覆盖退回区域性."""
    told = _CHANGED.search(question)
    text = fold(e.text)
    if not told:
        return None
    before, after = text.find(fold(told[1])), text.find(fold(told[2]))
    return told.group() if 0 <= after < before else None


def _actor(question: str, e: Evidence) -> str | None:
    """Someone who leads what the sentence says another leads."""
    told = _ACTOR.search(fold(question))
    if told is None or re.search("谁|哪|什么", told[1]):
        return None
    text = fold(e.text)
    verb = told.group()[len(told[1]) :]
    name = re.sub(r"^(由|是|的|那个)+", "", told[1])
    other = re.search(r"由([\u4e00-\u9fa5()]{2,20})" + verb, text)
    return told.group() if other and not _alike(name, other[1]) else None


def _alike(one: str, other: str) -> bool:
    """Whether a short name may mean the other: 龙津药业 and 昆明龙津药业股份有限公司."""
    pairs = {one[i : i + 2] for i in range(len(one) - 1)}
    return any(pair in other for pair in pairs)


def _opposite(question: str, e: Evidence) -> str | None:
    """A rank or a status that the sentence says otherwise."""
    text, asked = fold(e.text), fold(question)
    if _OPEN.search(asked) and not _WHY.search(asked):
        return None
    for claims, denials in _OPPOSITES:
        claim = re.search(claims, asked)
        if claim and re.search(denials, text) and not re.search(re.escape(claim.group()), text):
            return claim.group()
    return None


def _none(question: str, e: Evidence) -> str | None:
    """None of what the sentence counts."""
    claim = _NONE.search(fold(question))
    return claim.group() if claim and any(f.unit and f.value for f in figures(e.text)) else None


def _other_batch(question: str, evidence: Sequence[Evidence], best: Sequence[Evidence]) -> Found | None:
    """A batch or session of which no sentence speaks, where the best one speaks of another."""
    for told in _BATCH.finditer(fold(question)):
        if not any(told.group() in fold(e.text) or told.group() in fold(e.letter.name) for e in evidence):
            other = next((e for e in best if any(m[2] == told[2] for m in _BATCH.finditer(fold(e.text)))), None)
            if other:
                return told.group(), other
    return None
