"""Mark what looks like a figure and is none: dates, 文号, telephone and record numbers, sessions, codes, times, item marks."""

import re

from corpus.dates import dates
from corpus.doc_numbers import doc_numbers
from corpus.normalise import Normalised

_CN = "[一二三四五六七八九十百]"
_ADDRESS = re.compile(r"https?://\S{1,300}|(?<![\w.+-])[\w.+-]{1,64}@[\w.-]{1,64}")
_MARK = re.compile(r"(?m)^[^\S\n]*(?:\(?\d{1,2}\)|\d{1,2}\s?[.、](?!\d)|\([一二三四五六七八九十]{1,3}\))")
# What begins with a digit; the one lookahead in front spares every other character the trial of all of these.
_DIGITS = re.compile(
    r"(?=\d)(?:(?<!\d)1[3-9]\d{9}(?!\d)|(?<!\d)\d{3,4}-\d{7,8}(?!\d)|(?<!\d)\d{17}[\dXx]|(?<!\d)\d{8,20}[A-Z]{0,4}/\d{4}-\d+"
    r"|(?<!\d)20\d\d(?=[一-龥]{0,12}(?:大会|论坛|峰会|博览会|大赛))"
    # Codes, not counts: 211 and 985 universities, hotlines, 2+4+X.
    r"|(?<![\d.])(?:985|211)(?=[、/和及与\"工高院大]|$)|(?<!\d)1(?:10|19|20|22)(?=报警|急救|指挥|接警|平台|电话|热线)"
    r"|(?<!\d)(?:12\d{3}|9[56]\d{3,4})(?=[^\d。，,]{0,6}(?:热线|平台|电话|投诉|举报|服务))|(?<!\d)\d{1,9}\+[\dA-Za-z+]{1,20}"
    r"|\d{1,2}:\d\d(?::\d\d)?|(?<![\d.])(?:[01]?\d|2[0-4])[时点](?:[0-5]?\d分?|(?=[至到前后的整-])|(?=[,。、;])))"
)
# What the page or the form says, and what recurs: a reader's count, the number of an annex, a day of every year.
_MASKED = re.compile(
    r"(?=\d)(?<![\d*])\d{1,18}\*{2,18}[\dXx*]{0,18}|(?<![\d*])\*{2,18}\d[\dXx*]{0,17}|(?<!\d)\d{3,6}[Xx×●•○]{3,12}\d{0,6}"
)
_READERS = re.compile(
    r"(?:浏览|阅读|点击|访问)(?:次数|人次|量|数)?[^\S\n]?[:][^\S\n]*\d{1,9}(?:[^\S\n]?[次人]+)?(?![\d.万亿])"
)
_ANNEX = re.compile(r"附件[^\S\n]?[:]?[^\S\n]*\d{1,2}(?![\d个份项件页张])")
_ANNEX_ITEM = re.compile(r"(?<=\s)\d{1,2}[.](?=[一-龥《\"])")
_EVERY = re.compile(
    r"每年的?\d{1,2}(?:[-~至]\d{1,2})?月(?:份|\d{1,2}[日号]?)?(?:[-~至](?:\d{1,2}月)?\d{1,2}日)?|每个?(?:季度?|月)的?\d{1,2}[日号]"
)
_LETTERS = re.compile(
    r"(?=[A-Za-z])(?:(?<![A-Za-z])[A-Za-z]{1,12}-?\d{1,9}(?:[.-]\d{1,9}){0,4}(?!\d*[%万亿])|GB(?:/T)?\s?\d+(?:\.\d+)?-\d{4})"
)
# Those that need a character which many texts lack.
_GATED = (
    ("年来", re.compile(rf"{_CN}{{1,2}}年来")),
    ("号", re.compile(r"\((?:19|20)\d\d\)[一-龥]{1,3}\d{0,6}[一-龥]{1,6}\d{1,6}(?:-\d+)?号")),
    ("编", re.compile(r"邮政?编码?[:]?\s?\d{6}")),
    ("备", re.compile(r"备案?\d{5,16}号?")),
    ('"', re.compile(rf"\"(?:\d{{2,6}}|{_CN}{{1,2}}个[一-龥]{{2,4}})\"")),
    ("十里", re.compile(r"[二三四五六七八九]?十里(?=[铺店河堡坪村庄镇乡城])")),
    ("", re.compile(r"(?<=[。;])\s?(?:\(\d{1,2}\)|\d{1,2}[.、](?!\d))")),
    ("*", _MASKED),
    ("XX", _MASKED),
    ("xx", _MASKED),
    ("××", _MASKED),
    ("●●", _MASKED),
    ("次数", _READERS),
    ("量:", _READERS),
    ("浏览", _READERS),
    ("附件", _ANNEX),
    ("每", _EVERY),
    ("@", _ADDRESS),
    ("http", _ADDRESS),
)


def no_figures(text: str, copy: Normalised) -> bytearray:
    """One byte for each character of the text: 1 where no figure may begin or reach; `copy` is the text normalised."""
    spans = [(date.start, date.end) for date in dates(text)]
    spans += [(number.start, number.end) for number in doc_numbers(text)]
    patterns = [_MARK, _DIGITS, _LETTERS, *(pattern for need, pattern in _GATED if need in copy.text)]
    spans += [copy.span(*match.span()) for pattern in patterns for match in pattern.finditer(copy.text)]
    if "附件" in text:
        # The copy has lost the blank that sets these apart.
        spans += [match.span() for match in _ANNEX_ITEM.finditer(text)]
    taken = bytearray(len(text))
    for begun, ended in spans:
        taken[begun:ended] = b"\x01" * (ended - begun)
    return taken
