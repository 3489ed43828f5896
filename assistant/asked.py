"""Tells whether what a question asks of a matter is in the sentence that speaks of it: the names behind a count, the 文号 of a title, the place."""

import re
import tomllib
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from assistant.evidence import Evidence
from assistant.evidence_values import NUMERIC
from assistant.understand import Query, fold
from corpus.numerals import chinese_numeral

_TABLE = Path(__file__).with_name("asked.toml")
# How many of the best sentences may say it; how far around a count the words stand that say what is counted.
_LOOKED_AT, _AROUND = 3, 12
# The longest name in a list.
_LONGEST_NAME = 25
_NUMERAL = r"(?:\d{1,3}|[两一二三四五六七八九十]{1,3})"
_UNIT = "[个家条项类名支种件位户所批处大]"
# The names behind a count are asked for: 那4个项目分别叫什么, 是哪三支队伍, 24个基地的名单.
_NAMES = re.compile(
    r"名单|清单|叫(什么|啥)|名(字|称)|(是|有|指|都是)(哪(?![年天月日里儿])|谁|啥|什么)|都有(谁|哪)|分别是|各是|哪几|每一?[条项个].{0,6}(内容|什么|啥)|哪"
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


def lacking(query: Query, evidence: Sequence[Evidence]) -> str | None:
    """What is asked of the matter and the best sentences do not say, in the question's words; None when nothing is known to be."""
    text, best = fold(query.question), evidence[0]
    alone = _ALONE.search(text)
    if alone and query.wants in NUMERIC and _SEVERAL.search(fold(best.text)):
        return alone.group()
    named = _names_behind(text if _COUNT.search(text) else fold(query.standalone), evidence) or _parts_of_name(
        query, evidence
    )
    return named or _number_of_title(query, best) or _attribute(text, evidence) or _where(text, best)


@cache
def attributes() -> tuple[tuple[re.Pattern[str], re.Pattern[str]], ...]:
    """What may be asked of a matter and the words that tell it, from asked.toml."""
    rows = tomllib.loads(_TABLE.read_text(encoding="utf-8"))["attribute"]
    return tuple((re.compile(row["asked"]), re.compile(row["told"])) for row in rows)


def _attribute(text: str, evidence: Sequence[Evidence]) -> str | None:
    """An attribute (工资, 监理单位) of which none of the best sentences says a word."""
    said = "\n".join(fold(" ".join((*e.heading_path, e.text))) for e in evidence[:_LOOKED_AT])
    for asked, told in attributes():
        found = asked.search(text)
        if found and not told.search(said):
            return found.group()
    return None


def _number_of_title(query: Query, e: Evidence) -> str | None:
    """The 文号 of a title that stands there without one."""
    if query.wants != "doc_no" or not query.titles:
        return None
    text, title = fold(e.text), fold(query.titles[0])
    if f"《{title}》" in text and not re.search(re.escape(f"《{title}》") + r"[（(][^）)]*[〔\[][^）)]*号", text):
        return f"《{query.titles[0]}》的文号"
    return None


def _names_behind(text: str, evidence: Sequence[Evidence]) -> str | None:
    """The names of things that the best sentences only count."""
    if not _NAMES.search(text) or _GIVEN.search(text):
        return None
    which = _WHICH.search(text)
    for asked in _COUNT.finditer(text):
        number = to_number_of(asked[1])
        if not _FEWEST <= number <= _MOST or (which and (to_number_of(which[1]) != number or which[2] != asked[2])):
            continue
        about = text[max(0, asked.start() - _AROUND) : asked.end() + _AROUND]
        listed = [n for e in evidence[:_LOOKED_AT] for n in _lists(e, number, about)]
        if listed:
            return None if max(listed) >= number else f"{asked.group()}各叫什么"
    return None


def _lists(e: Evidence, number: int, about: str) -> list[int]:
    """For each time that the sentence counts as many of the thing, how many names it gives."""
    folded, whole = fold(e.text), fold(e.letter.text[e.start : e.end + _BEHIND])
    return [
        _listed(whole, told.start(), told.end())
        for told in _COUNT.finditer(folded)
        if to_number_of(told[1]) == number
        and _alike(about, folded[max(0, told.start() - _AROUND) : told.end() + _AROUND], told.group())
    ]


def to_number_of(numeral: str) -> int:
    """The value of a short numeral; 0 for what is none."""
    if numeral.isdigit():
        return int(numeral)
    value = chinese_numeral(numeral)
    return int(value) if value else 0


def _alike(one: str, other: str, count: str) -> bool:
    """Whether what stands around two counts has a pair of Chinese characters in common, the counts aside."""
    pairs = set(re.findall(r"(?=([\u4e00-\u9fa5]{2}))", one.replace(count, "|")))
    return any(pair in other.replace(count, "|") for pair in pairs)


def _listed(text: str, start: int, end: int) -> int:
    """How many names stand before 等N个, or behind what opens a list."""
    before = re.split(r"[，,；;。：:]", text[:start])[-1]
    items = 0
    if ("、" in before or "》《" in before or before.endswith("等")) and len(before.split("、")[-1]) <= _LONGEST_NAME:
        items = len(re.findall("、|》《|和|及|与", before)) + 1
    behind = text[end:]
    opened = re.search(rf"^[^。；;，,]{{0,16}}?(?:{_OPENS})", behind)
    if opened:
        part = re.split(r"[。；;）)]", behind[opened.end() :])[0]
        items = max(items, len(re.findall("、|》《|和|及|与|，", part)) + 1)
    if re.search(r"[：:。，]?(一是|1[.、]|\(一\)|第一)", behind):
        items = _MOST
    return items


def _parts_of_name(query: Query, evidence: Sequence[Evidence]) -> str | None:
    """The parts of a name that counts them, where the best sentences only use it."""
    if not _PARTS.search(fold(query.standalone)):
        return None
    for name in _QUOTED.findall(query.standalone):
        folded = fold(name)
        if not _COUNTED_NAME.match(folded) or _PLANS.match(folded):
            continue
        using = [text for e in evidence[:_LOOKED_AT] if folded in (text := fold(e.text))]
        if using and not any(_told_beside(folded, text) for text in using):
            return f"“{name}”指什么"
    return None


def _told_beside(name: str, text: str) -> bool:
    """Whether a list stands before a name that counts its parts, is opened behind it, or as many figures follow: “十百千万”…10条，…100家."""
    at = text.find(name)
    behind, before = text[at + len(name) :], re.split("[，,；;。：:]", text[:at])[-1]
    parts = len(re.findall("[十百千万]", name))
    if parts > 2 and len(re.findall(r"\d+", behind)) >= parts:
        return True
    listed = before.count("、") > 1 and len(before.split("、")[-1]) <= _LONGEST_NAME // 2
    return listed or bool(re.match(rf"[”\"」]?[^，,。；;]{{0,8}}(?:{_OPENS})", behind))


def _where(text: str, e: Evidence) -> str | None:
    """The village or street that the sentence does not name."""
    asked = _WHERE.search(text)
    if asked is None:
        return None
    named = re.search(rf"[\u4e00-\u9fa5]{{1,8}}(?<![乡农城新全各一个该本]){re.escape(asked[1])}", fold(e.text))
    return None if named else asked.group()
