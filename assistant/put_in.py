"""Puts the place, year, person, letter or class that a short follow-up names into the question asked before."""

import re

from assistant.frame import YEAR_WORD, of_a_class, put
from corpus.regions import find_regions

_NUMBER = re.compile(r"(?:第)?([A-Za-z]{0,3}\d{3,16})(?:号)?(?!年)")
_PERSON = re.compile(r"[\u4e00-\u9fa5]{2,3}(?:委员|代表)")
_THAT_LETTER = re.compile(
    r"(?P<name>[\u4e00-\u9fa5]{2,3}?)(?P<office>委员|代表)?(?:提|写)?的?(?:那|这)?(?:件|份|封|篇|个)(?:提案|建议)?"
)
_A_LETTER = re.compile(
    r"[\u4e00-\u9fa5]{2,3}(?:委员|代表)(?:那[件份封]|提的(?:提案|建议))?|第?[A-Za-z]{0,3}\d{3,16}号?(?:提案|建议|复文)?|那[件份封](?:提案|建议)?"
)
_NOT_BUT = (
    re.compile(
        r"^(?:我(?:想)?(?:问|说|要|指)的)?(?:不是|不要)(?P<old>[^,，]{1,12})[,，]?(?:而?是|要|换)(?P<new>[^,，不]{1,14})$"
    ),
    re.compile(
        r"^(?:我(?:想)?(?:问|说|要|指)的)?(?:是|要)(?P<new>[^,，不]{1,14})[,，]?(?:不是|不要|而不是)(?P<old>[^,，]{1,12})$"
    ),
)
_SMALL_WORDS = re.compile(r"[的,，、市和与跟在那边里 ]|也[有是]?|怎么[说做样]|如何|情况|有没有|什么样|怎样")


def swapped(core: str, earlier: str) -> str | None:
    """The earlier question with the city, year, person, letter or class of the new one, when that is all that it brings.

    >>> swapped("银川", "昆明2022年有多少家高企")
    '银川2022年有多少家高企'
    >>> swapped("省级的", "昆明有几家市级中心")
    '昆明有几家省级中心'
    """
    if not core:
        return None
    if (person := _PERSON.fullmatch(core)) and (old := _PERSON.search(earlier)):
        return earlier[: old.start()] + person[0] + earlier[old.end() :]
    letter = _THAT_LETTER.fullmatch(core)
    if letter and not find_regions(core) and (there := _A_LETTER.search(earlier)) and "省市区" not in letter["name"]:
        office = letter["office"] or ("代表" if "代表" in there[0] else "委员" if "委员" in there[0] else "")
        return f"{earlier[: there.start()]}{letter['name']}{office}那件{earlier[there.end() :]}"
    return _place_or_year(core, earlier) or of_a_class(core, earlier)


def _place_or_year(core: str, earlier: str) -> str | None:
    new_regions, old_regions = find_regions(core), find_regions(earlier)
    rest = core
    for _, start, end in reversed(new_regions):
        rest = rest[:start] + rest[end:]
    new_years = [m.group() for m in YEAR_WORD.finditer(rest)]
    rest = _SMALL_WORDS.sub("", YEAR_WORD.sub("", rest))
    new_number = _NUMBER.fullmatch(rest)
    if new_number and _NUMBER.search(earlier):
        old = _NUMBER.search(earlier)
        ends = "号" if old and old[0].endswith("号") else ""
        return _NUMBER.sub(("第" if ends else "") + new_number.group(1) + ends, earlier, count=1)
    if rest or not (new_regions or new_years):
        return None
    text = earlier
    if new_regions:
        name = core[new_regions[0][1] : new_regions[-1][2]]
        text = put(text, [(s, e) for _, s, e in old_regions], name)
    if new_years:
        text = put(text, [m.span() for m in YEAR_WORD.finditer(text)], new_years[0])
    return text


def instead(question: str, earlier: str) -> str | None:
    """The earlier question with the new for the old of 是甲不是乙, 不是乙是甲; None for a question of another form.

    >>> instead("是提案不是建议", "昆明有几件关于人才的建议")
    '昆明有几件关于人才的提案'
    """
    text = re.sub(r"[\s?？。!！]+$", "", question.strip())
    for form in _NOT_BUT:
        found = form.match(text)
        if not found:
            continue
        new, old = found["new"].removesuffix("的"), found["old"].removesuffix("的")
        new = re.sub(r"^(?:我?(?:问|说|要|指)的是|我(?:问|说|要)|要|是)", "", new)
        if old and old in earlier:
            return earlier.replace(old, new, 1)
        return swapped(found["new"], earlier)
    return None
