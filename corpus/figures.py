"""Find the figures of a text, 1.87亿元, 3-5家, 二十余项, 27.41%, as values with units that can be compared."""

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from corpus.no_figures import no_figures
from corpus.normalise import normalise
from corpus.numerals import arabic_numeral, chinese_numeral, scaled
from corpus.units import UNIT, kind_of

_SPELT = r"[零〇一二两三四五六七八九十百千万亿]"
_ARABIC = r"\d{1,3}(?:,\d{3}){1,8}(?!\d)(?:\.\d{1,12})?|\d{1,30}(?:\.\d{1,12})?"
_SCALE = r"(?:[十百千万亿](?![瓦米克升帕伏])){0,3}"
_BEFORE = re.compile(
    r"(?:将近|接近|近|不足|不到|不超过|不高于|低于|小于|少于|至多|最多|最高|不少于|不低于|不小于|至少|最少|超过|超|逾|突破|高于|大于|多于|约|大约|约为)$"
)
_MORE = r"(?P<more>(?:余|多|来|几)?)"
_AFTER = r"(?P<after>(?:以上|以下|以内|左右|上下|之多)?)"
# What may not stand before is asked behind the first character, so that the search leaps to those that can begin one.
_NUMBER = re.compile(
    rf"(?P<first>\d(?<![\d.A-Za-z]\d)(?:\d{{0,2}}(?:,\d{{3}}){{1,8}}(?!\d)(?:\.\d{{1,12}})?|\d{{0,29}}(?:\.\d{{1,12}})?))(?P<scale>{_SCALE})(?P<unit1>{UNIT})?"
    rf"(?:(?:[-~]{{1,2}}|至|到|—)(?P<second>{_ARABIC})(?P<scale2>{_SCALE}))?{_MORE}(?P<scale3>[万亿]?)(?P<extra>[余多]?)(?:[^\S\n]?(?P<unit>{UNIT}))?{_AFTER}"
)
_WORDS = re.compile(
    rf"(?P<first>{_SPELT}(?<![统唯专同划归单万第十百千数几一二两三四五六七八九零〇]{_SPELT}){_SPELT}{{0,11}}(?:点{_SPELT}{{1,4}})?)"
    rf"(?:(?:至|到|[-~])(?P<second>{_SPELT}{{1,12}}))?{_MORE}(?P<scale3>[万亿]?)(?P<unit>{UNIT}){_AFTER}"
)
_OF_HUNDRED = re.compile(rf"(?P<base>百|千|万)分之(?P<first>{_SPELT}{{1,10}}(?:点{_SPELT}{{1,4}})?|{_ARABIC}){_AFTER}")
_FRACTION = re.compile(r"(?P<low>[二三四五六七八九十])分之(?P<high>[一二两三四五六七八九])")
_TENTHS = re.compile(r"(?P<first>[一二三四五六七八九]|(?<!\d)\d)成(?P<after>(?:以上|左右|多)|(?=[，,。;；、的]|$))")
_ORDINAL = re.compile(
    rf"第\s?(?P<first>\d{{1,9}}|{_SPELT}{{1,5}})\s?(?P<unit>位|名|批|届|次|期|季|代|号|轮|类|条|款|项|级)(?![一二三四五六七八九十把])"
)
# 一个, 一批 …: an article, not a count.
_ONE_COUNTS = {"年", "个月", "倍", "天", "元", "番", "小时", "亩", "周年"}
# One digit in words before these is no count: 五分, 三步, 四方.
_VAGUE = set("分方度步里校网车店厂字章页句号组班站队片处寸尺")
# Without a unit these are a year or the number of something, not a count.
_IDENTITY = re.compile(r"(?:19|20)\d\d|0\d+|\d{7,}")
_LETTER = re.compile("[A-Za-z]")
_BELOW_ZERO = re.compile(r"(?:为|是|至|到|达|零下|低至)-$")
# 两个亿: the classifier stands before the scale.
_OF_SCALE = re.compile(
    rf"(?<![\d.第])(?P<first>{_SPELT}{{1,3}}|\d{{1,6}}(?:\.\d{{1,4}})?)(?P<more>[多余]?)个(?P<scale3>[百千]?[万亿])(?P<after>(?:以上|左右)?)"
)
_FIXED = re.compile(
    r"十分|百分|千方|万分|万一|一带|一点|一度|一方|一起|一次性|一类|一级|二级|三级|一网|一站|一校|一章|四个意识|两个维护|四个自信|三乡|五位一体|一点五度|两院|两国|百国|百家|千家万户|万家|一市|一县|一镇|一村|一国"
)
_DOWN = (
    "近",
    "将近",
    "接近",
    "不足",
    "不到",
    "不超过",
    "不高于",
    "低于",
    "小于",
    "少于",
    "至多",
    "最多",
    "最高",
    "以下",
    "以内",
)
_UP = (
    "超",
    "超过",
    "逾",
    "突破",
    "高于",
    "大于",
    "多于",
    "不少于",
    "不低于",
    "不小于",
    "至少",
    "最少",
    "余",
    "多",
    "以上",
    "之多",
    "来",
)


@dataclass(frozen=True)
class Figure:
    """A number as the text gives it.

    `value` is scaled (1.2亿 is 120000000), `upper` the other end of a range; `unit` is "" when none is written, 第届 and
    the like for ordinals; `qualifier` is what softens it (约, 余, 以上), as written. The rest is filled by
    `corpus.binding`: `date` is what binds the figure (YYYY-MM-DD, YYYY-MM, YYYY, "2021/2025", "2021/.." from then on;
    None where the letter does not allow one), `date_words` the words of it as written, `counts` the phrase that is
    counted, `change` 增长 or 下降, `against` what it is compared with (同比, 较上年).
    """

    start: int
    end: int
    written: str
    value: Decimal
    unit: str
    upper: Decimal | None = None
    qualifier: str = ""
    date: str | None = None
    date_words: str = ""
    counts: str = ""
    change: str = ""
    against: str = ""


# The record, the linter and the binding all ask for those of the whole letter.
@lru_cache(maxsize=4)
def figures(text: str) -> tuple[Figure, ...]:
    """The figures of the text, in order; dates, 文号, telephone numbers and item marks are none.

    >>> [(f.value, f.unit) for f in figures("投入1.2亿元，引进二十余人，增长27.41%")]
    [(Decimal('120000000.0'), '元'), (Decimal('20'), '人'), (Decimal('27.41'), '%')]
    """
    copy = normalise(text)
    taken = no_figures(text, copy)
    found: list[Figure] = []
    for pattern, read in _READERS:
        for match in pattern.finditer(copy.text):
            read_one = read(match)
            if read_one is None:
                continue
            begun, ended, value, unit, upper = read_one
            span = copy.span(begun, ended)
            if _is_free(taken, span):
                found.append(Figure(*span, text[span[0] : span[1]], value, unit, upper, _qualifier(match)))
                taken[span[0] : span[1]] = b"\x01" * (span[1] - span[0])
    return tuple(sorted(found, key=lambda figure: figure.start))


def supports(figure: Figure, text: str) -> bool:
    """Whether the text holds the same value with the same kind of unit: 1.87亿元 = 18700万元, 30% ≠ 30个百分点.

    A figure without unit is supported by the same value with any; 近 and 超过 contradict each other.
    """
    return any(same(figure, other) for other in figures(text))


def same(claim: Figure, source: Figure) -> bool:
    """Whether the source says what the claim says: value, range, unit kind, and no contrary qualifier."""
    kind, factor = kind_of(claim.unit)
    other_kind, other_factor = kind_of(source.unit)
    if claim.value * factor != source.value * other_factor:
        return False
    if (claim.upper is None) != (source.upper is None):
        return False
    if claim.upper is not None and source.upper is not None and claim.upper * factor != source.upper * other_factor:
        return False
    return _agree(claim, kind, other_kind) and {_side(claim.qualifier), _side(source.qualifier)} != {1, -1}


def _agree(claim: Figure, kind: str, other: str) -> bool:
    if kind == other:
        return True
    if kind == "":
        return not other.startswith("第")
    # 奖励500万 is money although 元 is not written.
    return other == "" and kind == "元" and claim.value >= 10000


def _side(qualifier: str) -> int:
    words = qualifier.split()
    if any(word in _DOWN for word in words):
        return -1
    return 1 if any(word in _UP for word in words) else 0


def _is_free(taken: bytearray, span: tuple[int, int]) -> bool:
    return taken.find(1, span[0], span[1]) < 0


def _qualifier(match: re.Match[str]) -> str:
    groups = match.groupdict()
    begun = match.start("first") if "first" in groups else match.start()
    before = _BEFORE.search(match.string[max(0, begun - 4) : begun])
    words = [before.group() if before else "", *(groups.get(name) or "" for name in ("more", "extra", "after"))]
    return " ".join(word for word in words if word)


_Read = tuple[int, int, Decimal, str, Decimal | None]


def _arabic(match: re.Match[str]) -> _Read | None:
    unit = match["unit"] or ""
    own = match["unit1"] or ""
    ended = match.end()
    if match["second"] is None and own:
        # The unit came before a second unit-like word: 3年多, 12个项目.
        unit, ended = own, _own_end(match)
    scale = match["scale"] + (match["scale3"] if match["second"] is None and not own else "")
    second_scale = (match["scale2"] or "") + match["scale3"]
    first = scaled(arabic_numeral(match["first"]), scale or (second_scale if match["second"] and not own else ""))
    upper = scaled(arabic_numeral(match["second"]), second_scale) if match["second"] else None
    if (upper is not None and upper <= first) or (not unit and _LETTER.match(match.string, ended)):
        return None
    # A span of years, 2023—2024雪季, as well as one.
    ends = (match["first"], match["second"] or "2000")
    if not unit and not scale and all(_IDENTITY.fullmatch(end) for end in ends):
        return None
    begun = match.start("first")
    if unit in _SIGNED and _BELOW_ZERO.search(match.string, max(0, begun - 3), begun):
        return begun - 1, ended, -first, unit, upper
    return begun, ended, first, unit, upper


_SIGNED = {"%", "‰", "个百分点", "百分点", "℃", "°C", "摄氏度"}


def _of_scale(match: re.Match[str]) -> _Read | None:
    value = _value(match["first"])
    return (match.start("first"), match.end(), scaled(value, match["scale3"]), "", None) if value else None


def _own_end(match: re.Match[str]) -> int:
    ended = match.end("unit1")
    for name in ("more", "after"):
        if match[name] and match.start(name) == ended and match[name] != "几":
            ended = match.end(name)
    return ended


def _spelt(match: re.Match[str]) -> _Read | None:
    numeral, unit = match["first"], match["unit"]
    if match["more"] == "几" or _FIXED.match(match.string, match.start("first")):
        return None
    if len(numeral) == 1 and unit in _VAGUE:
        return None
    if numeral == "一" and unit not in _ONE_COUNTS and not match["scale3"]:
        return None
    value = chinese_numeral(numeral)
    upper = chinese_numeral(match["second"]) if match["second"] else None
    if value is None or (match["second"] and upper is None):
        return None
    scale = match["scale3"]
    return match.start("first"), match.end(), scaled(value, scale), unit, scaled(upper, scale) if upper else None


def _value(numeral: str) -> Decimal | None:
    return arabic_numeral(numeral) if numeral[0].isdigit() and numeral.isascii() else chinese_numeral(numeral)


def _of_hundred(match: re.Match[str]) -> _Read | None:
    value = _value(match["first"])
    if value is None:
        return None
    factor = {"百": Decimal(1), "千": Decimal("0.1"), "万": Decimal("0.01")}[match["base"]]
    return match.start("base"), match.end(), value * factor, "%", None


def _fraction(match: re.Match[str]) -> _Read | None:
    low, high = chinese_numeral(match["low"]), chinese_numeral(match["high"])
    return (match.start(), match.end(), high / low, "分之", None) if low and high else None


def _tenths(match: re.Match[str]) -> _Read | None:
    value = _value(match["first"])
    return (match.start("first"), match.end(), value * 10, "%", None) if value else None


def _ordinal(match: re.Match[str]) -> _Read | None:
    value = _value(match["first"])
    return (match.start(), match.end(), value, "第" + match["unit"], None) if value is not None else None


_READERS = (
    (_OF_SCALE, _of_scale),
    (_OF_HUNDRED, _of_hundred),
    (_FRACTION, _fraction),
    (_TENTHS, _tenths),
    (_ORDINAL, _ordinal),
    (_NUMBER, _arabic),
    (_WORDS, _spelt),
)
