"""Reads a question: intent, what is asked for, and the cities, years, letters and policies that it names."""

import re
import tomllib
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from corpus.doc_numbers import DocNumber, doc_numbers
from corpus.errors import InputError
from corpus.regions import find_regions, parent_of
from index.words import content_words

LONGEST_QUESTION = 2000
INTENTS = ("fact", "measures", "compare", "enumerate", "metadata", "summary", "smalltalk")

_CUES = Path(__file__).with_name("cues.toml")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\ufeff\ud800-\udfff]")
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})(?=年|(?!\d|号|[-—.]?\d))(?!号)")
_LETTER_NUMBER = re.compile(
    r"(?:19|20)\d{2}年(\d{1,4})号|第\s*([A-Za-z]{0,4}\d{1,16})\s*号(?!线|楼|院|令|公告)|(?<![A-Za-z\d])([A-Za-z]{0,4}\d{3,16})号(?!线|楼|院|令|公告)"
    r"|(?<![A-Za-z\d])([A-Za-z]{0,4}\d{1,2})号(?=提案|建议|议案|复文|复函|答复)"
)
# A number that stands alone may be a letter's; whether it is, only the letters tell.
_BARE_NUMBER = re.compile(r"(?<![\d.A-Za-z])([A-Za-z]{0,3}\d{3,16})(?![\d.年月日万亿元家项个名人件单%多余来])")
_TITLE = re.compile(r"《([^《》]{2,80})》")
_QUOTED = re.compile(r"[“\"「『]([^“”\"」』]{2,40})[”\"」』]")
_PERSON = re.compile(r"([\u4e00-\u9fa5]{2,4}?)(?:委员|代表)(?=提|的|写|关于|是|领|在|有|那|这|去|问|呢|$)")
# 第142194号提案, 陈德理委员提的, 答复陈力代表时: which letter is meant, not what is asked about it.
_NAMES_A_LETTER = re.compile(
    r"第?\s*[A-Za-z]{0,3}\d{1,12}\s*号\s*(?:提案|建议|议案|复文|复函|答复)?|(?:答复|回复)?[\u4e00-\u9fa5]{2,3}(?:委员|代表)(?:的?(?:提案|建议)|所?提出?的?|时)"
)
_NOT_NAMES = re.compile(r"[哪位个是谁这那由各的等市省区县人大政协名些领衔]")
_HOW_MUCH = re.compile(
    r"(?:是|为|有|达到?|给|拿|共)?(?:多少|几(?=[个家项人名批件次位条种类户所座篇款届台套支只亩吨天年岁米级成分点倍]))"
    r"(?:[个家项人名批件次位条种类户所座篇款届台套支只亩吨天年岁米级]|万|亿|元|%)?"
)
# The kinds of value that a part of a question may ask for by itself.
_VALUES = ("amount", "count", "rate", "date", "doc_no", "place", "organisation", "person", "definition")
_CLAUSE = re.compile(r"[,，。?？;；]")
# Two values set against each other: 甲和乙哪头多, 甲跟乙差多少, 丙：甲数和乙数.
_AGAINST = re.compile(
    r"(?P<lead>[^:：]{2,20}[:：])?(?P<one>[^:：和跟与及同]{3,24}?)[,，]?(?:和|跟|与|同|以及|还有)(?P<other>[^:：]{3,24}?)[,，]?"
    r"(?:(?:各|分别)(?:是|有|为|达)?(?:多少|几[个家项件万亿]?)|哪(?:个|头|边|样)?更?(?:多|高|大|少|低)|谁更?(?:多|高|大|少|低)|(?:相)?差(?:多少|几|多大)|比(?:起来)?(?:多|高|少)多少"
    r"|(?<=[数额率值量比重])(?=$|[?？]))[?？。]?$"
)
# 第二部分, 第三条, 最后一点: which part of a letter is meant, not what is asked about it.
_PART = re.compile(
    r"(?:第\s*([一二三四五六七八九十\d]{1,3})|最后一?)\s*(?:个|大)?(?:部分|方面|大点|点|条|项|块)(?!措施)(?:措施|建议|内容|工作)?"
)
# A place that is only what a value is measured by: 是广州的百分之几.
OPERAND = re.compile(
    r"(?:是|为|占|比|相当于|超过|高于|低于)[\u4e00-\u9fa5]{2,5}的?(?:百分之|几成|几倍|多少倍|比例|多|少|高|低|快|慢)"
)
_NUMERALS = "零一二三四五六七八九十"
# Who holds an office or did a thing: the office or the deed must be in the sentence.
_WHO = re.compile(r"(?:是|叫)(?:谁|哪位|什么人)|由谁|谁")
_MONEY_WORD = re.compile("钱|经费|资金|金额|补助|补贴|奖励|奖金|费用|投入|贷款|余额|元|万元|亿元|百分点")
LETTER_WORDS = re.compile(
    r"提案|建议(?!书)|议案|复文|复函|答复|回复|来信|[这那]封信|回的?信|来函|回函|落款|[会协承]办(?:单位|的有|方)|委员|代表|[这那该][两三几些批]?[件份篇封]|文章|报道"
)


@dataclass(frozen=True)
class Query:
    """A question understood.

    `standalone` is the question to search with, `intent` one of INTENTS, `matter` the question without
    cities and words of asking, `wants` the kind of value asked for ("any"
    where the words do not tell), `fields` the metadata fields asked for, if it is about a letter, `doc_numbers` the 文号 named, `terms` the words that identify the
    matter (without words of asking, cities and years), `focus` those next to the asking word, `tense` "future" or "past"
    where plans or deeds are asked for, "asked" where it is what the proposal asked for. `parts`
    are the single questions of one that asks several things, each to be read on its own. `carried` and `scope` come from the
    conversation: terms that count less than the question's own, and (letter, start, end) of what was cited last. `part` is the number
    of the part or item of a letter that is asked for, -1 for the last. `within` are the only letters that may
    answer, where the conversation is in them.
    """

    question: str
    standalone: str
    intent: str
    matter: str = ""
    wants: str = "any"
    fields: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    years: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    bare_numbers: tuple[str, ...] = ()
    doc_numbers: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    persons: tuple[str, ...] = ()
    terms: tuple[str, ...] = ()
    focus: tuple[str, ...] = ()
    tense: str | None = None
    parts: tuple[str, ...] = ()
    carried: tuple[str, ...] = ()
    scope: tuple[tuple[str, int, int], ...] = ()
    part: int | None = None
    within: tuple[str, ...] = ()


def check_question(question: str) -> str:
    """The question without control characters and outer space; an InputError when it is empty or too long.

    >>> check_question(" 昆明有多少家高企？\\x07")
    '昆明有多少家高企？'
    """
    cleaned = _CONTROL.sub("", question).strip()
    if not re.search(r"\w", cleaned):
        raise InputError("问题", "是空的", "请输入要查的内容，例如：昆明市银税互动贷款余额是多少")
    if len(cleaned) > LONGEST_QUESTION:
        raise InputError("问题", f"有 {len(cleaned)} 个字，超过 {LONGEST_QUESTION} 字", "请缩短后再问")
    return cleaned


def fold(text: str) -> str:
    """A copy for matching: NFKC, lower case, no white space. Offsets do not survive."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text).lower())


@cache
def cues() -> dict[str, dict[str, re.Pattern[str]]]:
    """The expressions of cues.toml, compiled: table → name → pattern."""
    tables = tomllib.loads(_CUES.read_text(encoding="utf-8"))
    return {
        table: {name: re.compile(p) for name, p in rows.items() if isinstance(p, str)} for table, rows in tables.items()
    }


@cache
def noise() -> re.Pattern[str]:
    """Words of asking, to be taken out before the identifying words are read."""
    return re.compile("|".join(sorted(map(re.escape, _noise_table()["phrases"]), key=len, reverse=True)))


@cache
def vague() -> frozenset[str]:
    """Words that name no matter by themselves."""
    return frozenset(_noise_table()["vague"])


def letter_reference() -> re.Pattern[str]:
    """What names a letter by its number or its proposer: 第142194号提案, 陈德理委员提的."""
    return _NAMES_A_LETTER


def _noise_table() -> dict[str, list[str]]:
    table: dict[str, list[str]] = tomllib.loads(_CUES.read_text(encoding="utf-8"))["noise"]
    return table


def understand(question: str, standalone: str | None = None) -> Query:
    """What the question asks; `standalone` is the form completed from the conversation, when there is one.

    >>> understand("截至2022年12月末，昆明银税互动贷款余额是多少？").years
    ('2022',)
    """
    text = standalone or question
    folded = fold(text)
    spans = find_regions(text)
    # 海口市龙华区 is one place: what another name follows at once is only where that one is.
    starts = {start for _, start, _ in spans}
    named = tuple(dict.fromkeys(name for name, _, end in spans if end not in starts))
    regions = tuple(r for r in named if r not in {parent_of(n) for n in named})
    years = tuple(dict.fromkeys(_YEAR.findall(folded)))
    cited = doc_numbers(text)
    numbers = _letter_numbers(text, cited)
    persons = tuple(p for p in dict.fromkeys(_PERSON.findall(folded)) if not _NOT_NAMES.search(p))
    fields = _fields(folded)
    return Query(
        question=question,
        standalone=text,
        intent=_intent(folded, fields, regions, bool(numbers or persons)),
        matter=_matter(text) or text,
        wants=_first("wants", fold(question)) or _first("wants", folded) or "any",
        fields=fields,
        regions=regions,
        years=years,
        numbers=numbers,
        bare_numbers=tuple(n for n in dict.fromkeys(_BARE_NUMBER.findall(folded)) if n not in years),
        doc_numbers=tuple(n.value for n in cited),
        titles=tuple(dict.fromkeys(_TITLE.findall(text))),
        names=tuple(dict.fromkeys(_QUOTED.findall(text))),
        persons=persons,
        terms=_terms(text, years),
        focus=_focus(text),
        tense=_first("tenses", folded),
        parts=_parts(text, regions, years),
        part=_part(folded),
    )


def _part(folded: str) -> int | None:
    found = _PART.search(folded)
    if found is None:
        return None
    numeral = found.group(1)
    return -1 if numeral is None else int(numeral) if numeral.isdigit() else max(_NUMERALS.find(numeral), 0) or None


def _first(table: str, folded: str) -> str | None:
    """The first cue of the table that is found in the question."""
    return next((name for name, pattern in cues()[table].items() if pattern.search(folded)), None)


def _letter_numbers(text: str, cited: Sequence[DocNumber]) -> tuple[str, ...]:
    """The numbers of letters that the question names; the number within a 文号 is none."""
    bare = text
    for number in reversed(cited):
        bare = bare[: number.start] + " " + bare[number.end :]
    return tuple(dict.fromkeys("".join(groups) for groups in _LETTER_NUMBER.findall(fold(bare))))


def _fields(folded: str) -> tuple[str, ...]:
    """The metadata fields asked for, in the order of the cues, if the question turns out to be about a letter."""
    return tuple(name for name, pattern in cues()["fields"].items() if pattern.search(folded))


def _intent(folded: str, fields: tuple[str, ...], regions: tuple[str, ...], names_letter: bool) -> str:
    found = [name for name, pattern in cues()["intents"].items() if pattern.search(folded)]
    if len(regions) > 1 and not OPERAND.search(folded) and "enumerate" not in found:
        found.insert(0, "compare")
    elif (
        "compare" in found
        and len(regions) < 2
        and not re.search(r"对比|比较|异同|区别|差别|对得上|对不上|一致|矛盾|打架|口径", folded)
    ):
        found.remove("compare")
    first = found[0] if found else "measures" if re.search(r"哪些|哪几[条项点个方]", folded) else "fact"
    if (
        fields
        and (names_letter or LETTER_WORDS.search(folded))
        and first in ("fact", "measures", "enumerate", "summary")
    ):
        about_title = fields[0] in ("title", "issuer") and first in ("summary", "enumerate")
        return first if about_title else "metadata"
    return first


def _matter(text: str) -> str:
    """The text without the names of places and letters and the words of asking."""
    return " ".join(noise().sub(" ", _bare(text)).split())


def _bare(text: str) -> str:
    """The text without the names of places and letters."""
    bare = text
    for _, start, end in sorted(find_regions(text), key=lambda r: -r[1]):
        bare = bare[:start] + " " + bare[end:]
    return _NAMES_A_LETTER.sub(" ", unicodedata.normalize("NFKC", bare))


def _terms(text: str, years: tuple[str, ...]) -> tuple[str, ...]:
    words = [w for w in content_words(_PART.sub(" ", _matter(text))) if w not in years]
    telling = [w for w in words if w not in vague() and not w.isdigit()]
    return tuple(dict.fromkeys(words if telling else ()))


def _focus(text: str) -> tuple[str, ...]:
    """The words that say of what a number is asked: those after it (多少家瞪羚企业), else the last ones before it."""
    bare = fold(_bare(text))
    asked = _HOW_MUCH.search(bare) or _WHO.search(bare)
    if not asked:
        return ()
    after = _words_of_clause(re.split(_CLAUSE, bare[asked.end() :])[0])
    before = _words_of_clause(re.split(_CLAUSE, bare[: asked.start()])[-1])
    return tuple(
        [w for w in after if not _MONEY_WORD.fullmatch(w)][:4] or before[-(3 if _HOW_MUCH.search(bare) else 1) :]
    )


def _words_of_clause(clause: str) -> list[str]:
    return content_words(noise().sub(" ", clause))


def _parts(text: str, regions: tuple[str, ...], years: tuple[str, ...]) -> tuple[str, ...]:
    """The single questions of 甲是多少，乙是多少; () when it is one question. Place and year are shared.

    >>> _parts("昆明申请多少件专利，带动多少社会投资", ("昆明市",), ())
    ('昆明申请多少件专利', '昆明市带动多少社会投资')
    >>> _parts("昆明给实验室的钱和27个项目的补助，哪头多", ("昆明市",), ())
    ('昆明市给实验室的钱是多少', '昆明市27个项目的补助是多少')
    """
    shared = "".join(r for r in regions[:1]) + "".join(f"{y}年" for y in years[:1])
    sides = _sides(text) if len(regions) < 2 else ()
    if sides:
        return tuple(side if find_regions(side) else shared + side for side in map(_without_places, sides))
    clauses = [c for c in re.split(r"[,，;；?？。]", text) if len(c.strip()) >= 4]
    asking = [c for c in clauses if _first("wants", fold(c)) in _VALUES]
    if len(asking) < 2 or len(asking) > 4:
        return ()
    lead = "".join(clauses[: clauses.index(asking[0])])
    parts = [lead + asking[0]]
    for clause in asking[1:]:
        own = find_regions(clause) or _YEAR.search(fold(clause))
        parts.append(clause if own else shared + clause)
    return tuple(parts)


def _sides(text: str) -> tuple[str, ...]:
    """The two values of one place that a question sets against each other, each as a question; () when it sets none."""
    found = _AGAINST.match(text.strip())
    if not found or any(len(found[side]) < 3 for side in ("one", "other")):
        return ()
    lead = re.sub("[:：]", "", found["lead"] or "")
    return tuple(f"{lead}{found[side].strip('，, ')}是多少" for side in ("one", "other"))


def _without_places(text: str) -> str:
    bare = text
    for _, start, end in sorted(find_regions(text), key=lambda r: -r[1]):
        bare = bare[:start] + bare[end:]
    return bare
