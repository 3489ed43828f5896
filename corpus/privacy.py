"""Hide personal numbers, mobile, identity, bank card and home telephone, character for character; offices' lines stay."""

import re
import unicodedata
from dataclasses import replace

from corpus.read import RawDocument

_SEP = "[ \\t\u00a0\u3000\u200b-\u200d\u2060\ufeff.·\\-\u2010-\u2015\u2212\uff0d]"
# What stands before or after an 11-digit number that is none of a person: a case, file or account number, an amount.
_NO_PHONE_BEFORE = re.compile(
    r"(?:第|编\s*号|案\s*号|索引号|索\s*引\s*号|文号|账号|帐号|账户|帐户|卡号|代码|序号|登记号|备案号|证号|证书号|单号|流水号|订单|标识码)"
    r"[^\d\n]{0,4}$|(?:[A-Za-z][/_]|[=_#&]|\d[.\-]|(?<![+＋\d])86)$|[A-Za-z]$"
)
_PHONE_WORD = re.compile(
    r"(?:手\s*机|电\s*话|联系|微信|移动|热线|短信|致电|拨打|Tel|TEL|tel|Mobile|mobile|Phone|phone|MP|号码)[^\d\n]{0,16}(?:86[^\d\n]?)?$"
)
_NO_PHONE_AFTER = re.compile(
    r"号(?!码)|/\d{4}-\d|\.\d|\.(?:s?html?|jspx?|php|aspx?)|[A-Za-z_=]|[万亿元%％余多个家户人件项次吨米亩度]"
)
# The 1 comes first, then what may stand before it: so the search leaps from 1 to 1.
_GLUED = r"1(?:(?<!\d1)|(?<=[+＋]861)|(?<=(?<!\d)00861)|(?<=(?<!\d)861)|(?<=0\d\d-\d{8}1)|(?<=0\d{3}-\d{7}1)|(?<=0\d{3}-\d{8}1))"
# Behind eleven digits in a row may stand anything but a digit, or a year glued to them; written in groups they may not
# go on in groups, as a card number does.
_YEAR = r"(?=(?:19|20)\d\d\s?[年.\-/]\s?\d{1,2})"
_MOBILE = re.compile(
    rf"{_GLUED}[3-9]\d(?:(?P<a>\d{{4}})\d{{4}}(?:(?!\d)|{_YEAR})"
    rf"|(?:{_SEP}?(?P<b>\d{{4}}){_SEP}?\d{{4}}|(?P<c>\d{_SEP}\d{{3}}){_SEP}\d{{4}}|{_SEP}(?P<d>\d{{3}}{_SEP}\d)\d{{4}})"
    rf"(?:(?!\d|{_SEP}\d)|{_YEAR}))"
)
# Two numbers in one run, where the mark between them was lost.
_TWO = re.compile(r"(?<!\d)1[3-9]\d(?P<a>\d{4})\d{4}1[3-9]\d(?P<b>\d{4})\d{4}(?!\d)")
_SPELT = re.compile(
    r"(?<![一二三四五六七八九〇零○幺])[一幺][三四五六七八九][一二三四五六七八九〇零○幺](?P<a>[一二三四五六七八九〇零○幺]{4})"
    r"[一二三四五六七八九〇零○幺]{4}(?![一二三四五六七八九〇零○幺])"
)
_GAP = "[ \\t\u00a0\u3000]?"
_IDENTITY = re.compile(rf"(?<![\dA-Za-z])(?P<region>\d{{6}})(?P<rest>(?:{_GAP}\d){{11}}{_GAP}[\dXx])(?![\dA-Za-z])")
_LABELLED_IDENTITY = re.compile(
    rf"(?:身份证|身份号|公民身份|证件)[^\d\n]{{0,12}}(?P<region>\d{{6}})(?P<rest>(?:{_GAP}\d){{8}}{_GAP}[\dXx](?:(?:{_GAP}\d){{2}}{_GAP}[\dXx])?)(?![\dA-Za-z])"
)
_CARD = re.compile(
    rf"(?:银行卡|卡\s*号|储蓄卡|借记卡|信用卡)[^\d\n]{{0,12}}(?P<rest>\d(?:{_GAP}\d){{11,14}}){_GAP}\d{{4}}(?!\d)"
)
_HOME = re.compile(
    r"(?:住\s*宅|家\s*庭|家\s*中|宅|家)\s*(?:固定)?电(?:\s*话)?(?:号码)?[^\d\n(（]{0,4}[(（]?(?:0\d{2,3}[)）]?[\-\u2010-\u2015 ]{0,2})?"
    r"(?<!\d)(?:0\d{2,3})?\d{3,4}(?P<rest>\d{4})(?!\d)"
)
_ODD_DIGIT = re.compile(r"[^\D0-9]")
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def mask(text: str) -> str:
    """The text, as long as before, with * for the telling digits of personal numbers; landlines of offices stay.

    >>> mask("手机 138 0013 8000，办公 0871-63135555")
    '手机 138 **** 8000，办公 0871-63135555'
    """
    view = _digits(text)
    hidden: list[tuple[int, int]] = []
    hidden += [span for m in _IDENTITY.finditer(view) if _is_identity(m) for span in [m.span("rest")]]
    hidden += [m.span("rest") for pattern in (_LABELLED_IDENTITY, _CARD, _HOME) for m in pattern.finditer(view)]
    hidden += [m.span(g) for m in _MOBILE.finditer(view) if _is_phone(view, m) for g in "abcd" if m[g]]
    hidden += [m.span(g) for m in _TWO.finditer(view) if _PHONE_WORD.search(_before(view, m)) for g in "ab"]
    hidden += [m.span("a") for m in _SPELT.finditer(view)]
    return _starred(text, hidden) if hidden else text


def masked(raw: RawDocument) -> RawDocument:
    """The raw document with personal numbers hidden in its text, its title and its names.

    The id of a line that is nothing but digits stays: it is the key of a record, and hiding it would make two one.
    """
    key = raw.id if raw.line and raw.id.isdecimal() else mask(raw.id)
    title = mask(raw.title) if raw.title else raw.title
    stem, dot, ending = raw.file.rpartition(".")
    file = mask(stem) + dot + ending if dot else mask(raw.file)
    return replace(raw, id=key, file=file, title=title, text=mask(raw.text))


def _digits(text: str) -> str:
    """A copy of the same length in which every decimal digit of any script is one of 0 to 9."""
    odd = set(_ODD_DIGIT.findall(text))
    table = {ord(c): str(unicodedata.decimal(c)) for c in odd} | ({0xFF38: "X", 0xFF58: "x"} if odd else {})
    return text.translate(table) if odd else text


def _before(view: str, match: re.Match[str]) -> str:
    return view[max(0, match.start() - 24) : match.start()]


def _is_phone(view: str, match: re.Match[str]) -> bool:
    before = _before(view, match)
    if _PHONE_WORD.search(before):
        return True
    return not _NO_PHONE_BEFORE.search(before) and not _NO_PHONE_AFTER.match(view, match.end())


def _is_identity(match: re.Match[str]) -> bool:
    """Whether 18 digits are an identity number: a day of birth in them, and an X at the end or a last digit that checks."""
    number = re.sub(r"\s", "", match.group())
    if not re.fullmatch(r"[1-9]\d{5}(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx]", number):
        return False
    if number[-1] in "Xx":  # nothing else is written so: with a slip of the pen in it, it still tells the person
        return True
    total = sum(int(digit) * weight for digit, weight in zip(number, _WEIGHTS, strict=False))
    return "10X98765432"[total % 11] == number[-1].upper()


def _starred(text: str, hidden: list[tuple[int, int]]) -> str:
    characters = list(text)
    for start, end in hidden:
        characters[start:end] = ["*" if c.isalnum() else c for c in text[start:end]]
    return "".join(characters)
