"""Bind the figures of a letter: to the date they hold for, the phrase they count, and the change they tell."""

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from corpus.counted import counted
from corpus.figures import Figure, figures
from corpus.letter import Letter
from corpus.when import When, whens

_STOP = re.compile(r"[。！？!?\n\r]|[；;](?=\s?(?:\d|[一二三四五六七八九十]{1,3}(?:是|、)))")
_BREAK = re.compile(r"[，,；;：:。\n（(]")
# Numbers that name a thing: a checker compares them like figures, but nothing is counted.
_CN = "[一二三四五六七八九十百]"
_FEW = rf"(?:\d{{1,2}}|{_CN}{{1,3}})"
# All begin with the one class, so that the search leaps to it; what stood before is asked behind it.
_REST = rf"(?:(?<=\d)\d?|(?<={_CN}){_CN}{{0,2}})"
_NAMES = re.compile(
    rf"[第\d一二三四五六七八九十百](?:(?:(?<=第)\s?{_FEW}|{_REST})\s?届\s?[^\d\s，,。;；]{{0,12}}?第?\s?{_FEW}\s?次"
    rf"|(?<![\d第办开续共了过][\d一二三四五六七八九十百]){_REST}\s?届"
    rf"|(?<=第)\s?(?:\d{{1,9}}|{_CN}{{1,6}})\s?[条款章节号项次目届]"
    rf"|(?:(?<=\d)(?<!\d\d)\d{{0,8}}|(?<={_CN}){_CN}{{0,2}})\s?号(?!召))"
)
_UP = "增长|增加|上升|提高|提升|上涨|扩大|净增|增幅|涨幅|增收|上浮|增速|多增"
_DOWN = "下降|减少|降低|下滑|回落|降幅|缩小|下跌|下浮|跌幅|缩减|压减|减"
_CHANGE = re.compile(
    rf"(?P<dir>{_UP}|{_DOWN}|(?<=[比长])[增降])(?:(?:率|幅度?|速度?|量|额)?(?:为|达到?|是|高达)?(?<![到至])|了)?"
    r"\s?(?:约为?|近|超过?|逾|不低于|不少于|突破|将近|接近|最高)?\s?-?$"
)
_LEVEL = re.compile(
    r"(?:增长|增加|上升|提高|提升|上涨|扩大|下降|减少|降低|下滑|回落|压减|减|缩小|缩减)(?:为|是|达|达到)\s?\D{0,3}$"
)
_AFTERWARDS = re.compile(r"(?:以上|左右)?的(?:(?P<up>增长|增幅|涨幅|增速)|(?P<down>降幅|下降|跌幅))")
_AGAINST = re.compile(
    r"同比|环比|年均|(?:较|比)[^，,。；;：:\s]{1,12}?(?=净?增|上升|提高|提升|上涨|扩大|下降|减|降|下滑|回落|缩小|多|少|高|低)"
    r"|与[^，,。；;]{1,12}相比"
)
_EACH = re.compile(r"分别|依次")
_NEAR = 28


def figures_of(letter: Letter) -> tuple[Figure, ...]:
    """The figures of the letter with the date, the counted phrase and the change of each; offsets into `letter.text`."""
    written = letter.metadata.date
    return bound(letter.text, written.value if written and len(written.value) >= 4 else None)


def bound(text: str, written: str | None = None) -> tuple[Figure, ...]:
    """`figures` with what binds each, without numbers that only name (第3条, 第9号); `written` is the day of the letter, without which 今年 stays a word.

    >>> [(f.date, f.counts, f.change) for f in bound("截至2022年末，贷款余额90.31亿元，同比增长27.41%")]
    [('2022', '贷款余额', ''), ('2022', '贷款余额', '增长')]
    """
    names = bytearray(len(text))
    for match in _NAMES.finditer(text):
        names[match.start() : match.end()] = b"\x01" * (match.end() - match.start())
    found = tuple(figure for figure in figures(text) if names.find(1, figure.start, figure.end) < 0)
    days = whens(text, written)
    result: list[Figure] = []
    k = 0
    for group, start in _by_sentence(text, found):
        while k < len(days) and days[k].end <= start:
            k += 1
        ours = []
        while k < len(days) and days[k].start < group[-1].end:
            ours.append(days[k])
            k += 1
        result += _bind(text, start, group, [day for day in ours if not day.base], days[k : k + 1])
    return tuple(result)


def _by_sentence(text: str, found: tuple[Figure, ...]) -> Iterator[tuple[list[Figure], int]]:
    """The figures of each sentence and where the sentence begins."""
    group: list[Figure] = []
    start, k = 0, 0
    for stop in [*(match.end() for match in _STOP.finditer(text)), len(text)]:
        while k < len(found) and found[k].start < stop:
            group.append(found[k])
            k += 1
        if group:
            yield group, start
            group = []
        start = stop


def _bind(text: str, start: int, group: list[Figure], days: list[When], after: tuple[When, ...]) -> list[Figure]:
    dated = _respectively(text, group, days) or _latest(text, group, [*days, *after])
    result: list[Figure] = []
    at = start
    for figure, day in zip(group, dated, strict=True):
        begun = max(at, _clause(text, start, figure.start))
        change, against = _change(text, start, begun, figure)
        phrase = counted(text, begun, figure)
        if not phrase and change and result:
            phrase = result[-1].counts
        result.append(
            replace(
                figure,
                date=day.value if day else None,
                date_words=day.words if day else "",
                counts=phrase,
                change=change,
                against=against,
            )
        )
        at = figure.end
    return result


def _clause(text: str, start: int, end: int) -> int:
    begun = start
    for match in _BREAK.finditer(text, max(start, end - 60), end):
        begun = match.end()
    return begun


def _latest(text: str, group: list[Figure], days: list[When]) -> list[When | None]:
    """For each figure the last date before it, or the one in brackets right behind it."""
    result: list[When | None] = []
    k = 0
    for figure in group:
        while k < len(days) and days[k].end <= figure.start:
            k += 1
        behind = k < len(days) and days[k].start - figure.end in (1, 2) and text[figure.end] in "（("
        result.append(days[k] if behind else days[k - 1] if k else None)
    return result


def _respectively(text: str, group: list[Figure], days: list[When]) -> list[When | None]:
    """2020年、2021年分别新增1200个、1500个: one date a figure."""
    rows = [day for day in days if day.end <= group[0].start]
    size = len(rows)
    if size < 2 or not _EACH.search(text, rows[-1].end, group[0].start + 1):
        return []
    close = all(b.start - a.end <= 2 for a, b in pairwise(rows))
    same = len(group) == size and len({figure.unit for figure in group}) == 1
    return list(rows) if close and same else []


def _change(text: str, start: int, begun: int, figure: Figure) -> tuple[str, str]:
    before = text[max(begun, figure.start - _NEAR) : figure.start]
    match = _CHANGE.search(before)
    if match and not _LEVEL.search(before):
        word = match["dir"]
    else:
        behind = _AFTERWARDS.match(text, figure.end)
        if behind is None:
            return "", ""
        word = "增长" if behind["up"] else "下降"
    against = [m.group() for m in _AGAINST.finditer(text, max(start, begun - 14), figure.start)]
    rises = word in _UP.split("|") or word == "增"
    return "增长" if rises else "下降", against[-1] if against else ""
