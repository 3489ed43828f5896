"""Read numerals, 1,200 and 三千二百 and 1.2亿, as exact decimals."""

from decimal import Decimal

_DIGITS = {c: k for k, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2, "○": 0}
_SMALL = {"十": 10, "百": 100, "千": 1000}
_LONGEST = 40
SCALES = {"万": Decimal(10**4), "亿": Decimal(10**8)}


def chinese_numeral(numeral: str) -> Decimal | None:
    """The value of a Chinese numeral, None when it is none (三四, 万一, 千方).

    >>> chinese_numeral("三千二百万"), chinese_numeral("十二点五"), chinese_numeral("三四")
    (Decimal('32000000'), Decimal('12.5'), None)
    """
    if len(numeral) > _LONGEST:
        return None
    whole, point, fraction = numeral.partition("点")
    value = _whole(whole)
    if value is None or not point:
        return value
    if not fraction or any(c not in _DIGITS for c in fraction):
        return None
    return value + Decimal("0." + "".join(str(_DIGITS[c]) for c in fraction))


def _whole(numeral: str) -> Decimal | None:
    """Split at 亿 and 万, the rest below ten thousand."""
    for scale in ("亿", "万"):
        high, mark, low = numeral.rpartition(scale)
        if mark:
            above = _whole(high)
            below = _below(low.lstrip("零〇")) if low else 0
            if scale == "亿" and low and below is None:
                below = _whole(low.lstrip("零〇"))
            return None if above is None or below is None else above * SCALES[scale] + below
    below = _below(numeral)
    return None if below is None else Decimal(below)


def _below(numeral: str) -> Decimal | None:
    """0 to 9999, each power of ten once and in falling order."""
    if not numeral:
        return None
    total, digit, last = 0, None, 10000
    for k, c in enumerate(numeral):
        if c in _SMALL:
            power = _SMALL[c]
            if power >= last or (digit is None and not (c == "十" and (k == 0 or numeral[k - 1] in "零〇"))):
                return None
            total, digit, last = total + (1 if digit is None else digit) * power, None, power
        elif c in "零〇" and len(numeral) > 1:
            if digit is not None or k == len(numeral) - 1:
                return None
        elif c in _DIGITS and digit is None:
            digit = _DIGITS[c]
        else:
            return None
    return Decimal(total + (digit or 0))


def arabic_numeral(numeral: str) -> Decimal:
    """The value of 1,234.5 written in half-width digits.

    >>> arabic_numeral("1,234.50")
    Decimal('1234.50')
    """
    return Decimal(numeral.replace(",", ""))


def scaled(value: Decimal, scale: str) -> Decimal:
    """`value` times the scale words 十 百 千 万 亿 in a row.

    >>> scaled(Decimal("1.2"), "亿"), scaled(Decimal(3), "千万")
    (Decimal('120000000.0'), Decimal('30000000'))
    """
    for word in scale:
        value *= SCALES.get(word) or Decimal(_SMALL.get(word, 1))
    return value
