"""How a number is written by Word's automatic numbering: 3 as 三, 叁, 丙, ③, (c), iii."""

_DIGITS = "零一二三四五六七八九"
_LEGAL = str.maketrans("零一二三四五六七八九十百千", "零壹贰叁肆伍陆柒捌玖拾佰仟")
_STEMS, _BRANCHES = "甲乙丙丁戊己庚辛壬癸", "子丑寅卯辰巳午未申酉戌亥"
_ROMAN = tuple(
    zip(
        (1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1),
        ("M", "CM", "D", "CD", "C", "XC", "L", "XL", "X", "IX", "V", "IV", "I"),
        strict=True,
    )
)
_CHINESE = frozenset(
    [
        "chineseCounting",
        "chineseCountingThousand",
        "taiwaneseCounting",
        "taiwaneseCountingThousand",
        "japaneseCounting",
        "koreanCounting",
        "koreanDigital2",
        "ideographDigital",
        "taiwaneseDigital",
        "japaneseDigitalTenThousand",
    ]
)
_FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")


def written(n: int, form: str) -> str:
    """The number n in one of the forms that Word names; what is unknown is written in figures.

    >>> [written(12, f) for f in ("chineseCountingThousand", "decimalEnclosedCircle", "upperLetter", "lowerRoman")]
    ['十二', '⑫', 'L', 'xii']
    """
    if form in ("none", "bullet"):
        return ""
    if n < 1 or n > 9999:
        return str(n)
    if form in _CHINESE:
        return chinese(n)
    if form in ("chineseLegalSimplified", "ideographLegalTraditional", "japaneseLegal"):
        return chinese(n, everyday=False).translate(_LEGAL)
    if form in ("ideographTraditional", "ideographZodiac"):
        cycle = _STEMS if form == "ideographTraditional" else _BRANCHES
        return cycle[n - 1] if n <= len(cycle) else str(n)
    return _latin(n, form)


def chinese(n: int, everyday: bool = True) -> str:
    """A Chinese numeral up to 九千九百九十九; in everyday writing ten is 十, not 一十.

    >>> chinese(10), chinese(21), chinese(105)
    ('十', '二十一', '一百零五')
    """
    out, gap = "", False
    for power, unit in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = n // power % 10
        if not digit:
            gap = bool(out)
            continue
        out += ("零" if gap else "") + _DIGITS[digit] + unit
        gap = False
    return out[1:] if everyday and out.startswith("一十") else out


def _latin(n: int, form: str) -> str:
    if form in ("upperLetter", "lowerLetter"):
        letter = chr(ord("A") + (n - 1) % 26) * ((n - 1) // 26 + 1) if n <= 780 else str(n)
        return letter if form == "upperLetter" else letter.lower()
    if form in ("upperRoman", "lowerRoman"):
        return _roman(n) if form == "upperRoman" else _roman(n).lower()
    if form == "decimalZero":
        return f"{n:02d}"
    if form in ("decimalFullWidth", "decimalFullWidth2"):
        return str(n).translate(_FULL_WIDTH)
    return _enclosed(n, form)


def _enclosed(n: int, form: str) -> str:
    if form in ("decimalEnclosedCircle", "decimalEnclosedCircleChinese"):
        if n <= 20:
            return chr(0x2460 + n - 1)
        return chr(0x3251 + n - 21) if n <= 35 else str(n)
    if form == "decimalEnclosedParen":
        return chr(0x2474 + n - 1) if n <= 20 else f"({n})"
    if form == "decimalEnclosedFullstop":
        return chr(0x2488 + n - 1) if n <= 20 else f"{n}."
    if form == "ideographEnclosedCircle":
        return chr(0x3280 + n - 1) if n <= 10 else chinese(n)
    return str(n)


def _roman(n: int) -> str:
    out = ""
    for size, letters in _ROMAN:
        out += letters * (n // size)
        n %= size
    return out
