"""Tells whether what a question asks of a matter is in the sentence that speaks of it: the names behind a count, the 文号 of a title, the place."""

import re

from assistant.evidence import Evidence
from assistant.evidence_values import NUMERIC
from assistant.understand import Query, fold
from corpus.numerals import chinese_numeral

_NUMERAL = r"(?:\d{1,3}|[两一二三四五六七八九十]{1,3})"
_UNIT = "[个家条项类名支种件位户所批处大]"
# The names behind a count are asked for: 那4个项目分别叫什么, 是哪三支队伍, 24个基地的名单.
_NAMES = re.compile(
    r"名单|清单|叫(什么|啥)|名(字|称)|(是|有|指|都是)(哪|谁|啥|什么)|都有(谁|哪)|分别是|各是|哪几|每一?[条项个].{0,6}(内容|什么|啥)|哪"
    + _NUMERAL
)
_COUNT = re.compile(rf"(?<![第\d一二三四五六七八九十])({_NUMERAL})({_UNIT})(?!月|工作日|小时|方面|百分点)")
_FEWEST, _MOST = 2, 200
# A name that counts its parts: “三新产业”, “2+4+X”, “8+N”.
_COUNTED_NAME = re.compile(rf"^(?:{_NUMERAL}[\u4e00-\u9fa5]{{1,5}}|\d+\+[\dA-Za-z+]+)$")
# The names that the letter gives are asked for, however few.
_GIVEN = re.compile(r"点(了|到)?名|举(了|出)|提到|写到|列(了|出)的")
_WHICH = re.compile(rf"哪({_NUMERAL})([\u4e00-\u9fa5])")
# What is asked of one thing alone, where the sentence gives the sum of several.
_ALONE = re.compile(r"单独|单单|光(是)?这|自己(一|就)")
_SEVERAL = re.compile(r"等\d+[个家项]")
_PLANS = re.compile("^十[二三四五六]五$")
_QUOTED = re.compile(r"[“\"「]([^“”\"」]{2,12})[”\"」]")
_PARTS = re.compile(r"(是|指|叫)(的是|的)?(哪|啥|什么)|哪" + _NUMERAL + "|是啥|都有哪|包括")
_OPENS = r"[（(：:]|即|包括|分别(是|为)|指的?是|是指|也就是|主要(有|是)"
_WHERE = re.compile(r"哪(?:个|一个|些|几个)(村|镇|乡|县|区|街道|社区|小区|幼儿园)")
# How far behind a sentence its list may begin.
_BEHIND = 60


def lacking(query: Query, e: Evidence) -> str | None:
    """What is asked of the matter and the sentence does not say, in the question's words; None when nothing is known to be."""
    text = fold(query.standalone)
    alone = _ALONE.search(text)
    if alone and query.wants in NUMERIC and _SEVERAL.search(fold(e.text)):
        return alone.group()
    return _number_of_title(query, e) or _names_behind(text, e) or _parts_of_name(query, e) or _where(text, e)


def _number_of_title(query: Query, e: Evidence) -> str | None:
    """The 文号 of a title that stands there without one."""
    if query.wants != "doc_no" or not query.titles:
        return None
    text, title = fold(e.text), fold(query.titles[0])
    if f"《{title}》" in text and not re.search(re.escape(f"《{title}》") + r"[（(][^）)]*[〔\[][^）)]*号", text):
        return f"《{query.titles[0]}》的文号"
    return None


def _names_behind(text: str, e: Evidence) -> str | None:
    """The names of things that the sentence only counts."""
    if not _NAMES.search(text) or _GIVEN.search(text):
        return None
    which = _WHICH.search(text)
    folded, whole = fold(e.text), fold(e.letter.text[e.start : e.end + _BEHIND])
    for asked in _COUNT.finditer(text):
        number = to_number_of(asked[1])
        if not _FEWEST <= number <= _MOST or (which and (to_number_of(which[1]) != number or which[2] != asked[2])):
            continue
        for told in _COUNT.finditer(folded):
            if to_number_of(told[1]) == number and _same_thing(text[asked.end() :], folded[told.end() :]):
                if _listed(whole, told.start(), told.end()) < min(number, 3):
                    return f"{asked.group()}各叫什么"
                return None
    return None


def to_number_of(numeral: str) -> int:
    """The value of a short numeral; 0 for what is none."""
    if numeral.isdigit():
        return int(numeral)
    value = chinese_numeral(numeral)
    return int(value) if value else 0


def _same_thing(one: str, other: str) -> bool:
    """Whether the words behind two counts have a pair of characters in common near their beginning."""
    pairs = {one[i : i + 2] for i in range(min(len(one) - 1, 10))}
    return not pairs or any(other[i : i + 2] in pairs for i in range(min(len(other) - 1, 14)))


def _listed(text: str, start: int, end: int) -> int:
    """How many names stand before 等N个, or behind what opens a list."""
    before = re.split(r"[，,；;。：:]", text[:start])[-1]
    items = 0
    if before.endswith("等") or "、" in before:
        items = len(re.findall("、|》《|和|及|与", before)) + 1
    behind = text[end:]
    opened = re.search(rf"^[^。；;，,]{{0,16}}?(?:{_OPENS})", behind)
    if opened:
        part = re.split(r"[。；;）)]", behind[opened.end() :])[0]
        items = max(items, len(re.findall("、|》《|和|及|与|，", part)) + 1)
    if re.search(r"[：:。，]?(一是|1[.、]|\(一\)|第一)", behind):
        items = _MOST
    return items


def _parts_of_name(query: Query, e: Evidence) -> str | None:
    """The parts of a name that counts them, where the sentence only uses it."""
    if not _PARTS.search(fold(query.standalone)):
        return None
    for name in _QUOTED.findall(query.standalone):
        folded, text = fold(name), fold(e.text)
        if _COUNTED_NAME.match(folded) and not _PLANS.match(folded) and folded in text:
            behind = text[text.find(folded) + len(folded) :]
            if not _told_behind(folded, behind):
                return f"“{name}”指什么"
    return None


def _told_behind(name: str, behind: str) -> bool:
    """Whether what follows a name that counts its parts opens their list, or counts as many: “十百千万”…10条，…100家."""
    parts = len(re.findall("[十百千万]", name))
    if parts > 2 and len(re.findall(r"\d+", behind)) >= parts:
        return True
    return bool(re.match(rf"[”\"」]?[^，,。；;]{{0,8}}(?:{_OPENS})", behind))


def _where(text: str, e: Evidence) -> str | None:
    """The village or street that the sentence does not name."""
    asked = _WHERE.search(text)
    if asked is None:
        return None
    named = re.search(rf"[\u4e00-\u9fa5]{{1,8}}(?<![乡农城新全各一个该本]){re.escape(asked[1])}", fold(e.text))
    return None if named else asked.group()
