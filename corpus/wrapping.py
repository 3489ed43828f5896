"""Finds the line breaks that only wrap a text set in narrow lines, where no sentence ends."""

import re
from functools import lru_cache

# What ends a line for good.
_STOPS = "。！？!?；;：:”’」』)）】"
_BEGINS = re.compile(
    r"\s|(?:第?[一二三四五六七八九十]{1,3}|\d{1,2})\s?[、.．是)）](?!\d)|[（(][一二三四五六七八九十\d]{1,3}[)）]|[①-⑳■●◆·•|]|附件|抄送|联系[人电]"
)
# So many lines must run on before a text counts as wrapped.
_LEAST = 3
_FEW_LINES, _NARROWEST, _WIDEST = 8, 20, 110


@lru_cache(maxsize=8)
def wraps(text: str) -> frozenset[int]:
    """The offsets of the line breaks inside sentences; none in a text whose lines are paragraphs.

    >>> text = "    截至2024年5月,我市梳\\n理历史遗留问题小区86个、房\\n屋2.17万户,已完成首次登记\\n61个小区。\\n    下一步，我局将继续办理。\\n"
    >>> sorted(wraps(text)), wraps("截至2024年5月，梳理小区。\\n下一步，继续推进。\\n")
    ([17, 32, 48], frozenset())
    """
    width = wrap_width(text, 0, len(text)) or _narrow(text)
    if width is None:
        return frozenset()
    found = []
    at = text.find("\n")
    while at >= 0:
        if text[at + 1 : at + 2].strip() and not _BEGINS.match(text, at + 1) and goes_on(text, at, 0, width):
            found.append(at)
        at = text.find("\n", at + 1)
    return frozenset(found) if len(found) >= _LEAST else frozenset()


def _narrow(text: str) -> int | None:
    """The width of the lines where a few, titles and addresses, are wider: two or one in ten may be; None when there is none."""
    widths = sorted((_width(line) for line in text.split("\n") if line.strip()), reverse=True)
    if len(widths) < _FEW_LINES or widths[0] > _WIDEST:
        return None
    for width in dict.fromkeys(widths[: max(3, len(widths) // 10 + 1)]):
        full = sum(1 for each in widths if width - 5 <= each <= width)
        if width >= _NARROWEST and full >= max(_LEAST, len(widths) // 3):
            return width
    return None


def wrap_width(text: str, start: int, end: int) -> int | None:
    """The width, in half characters, at which the lines of a text were broken; None when they are paragraphs.

    >>> wrap_width("我们已经把这件事情办好了，现在\\n" * 9, 0, 144)
    30
    """
    widths = sorted(_width(line) for line in text[start:end].split("\n") if line.strip())
    if len(widths) < 5:
        return None
    width = widths[-1 - len(widths) // 50]
    full = sum(1 for each in widths if width - 5 <= each <= width + 2)
    return width if 24 <= width <= 110 and widths[-1] <= width + 4 and full >= max(3, len(widths) // 4) else None


def _width(line: str) -> int:
    line = line.rstrip()
    return 2 * len(line) - len(line.encode("ascii", "ignore"))


def goes_on(text: str, line_break: int, start: int, width: int | None) -> bool:
    """Whether the line that ends at `line_break` is full and its sentence not over, so that the next continues it."""
    if width is None:
        return False
    begun = text.rfind("\n", start, line_break) + 1
    line = text[max(begun, start) : line_break].rstrip()
    return _width(line) >= width - 5 and not line.endswith(tuple(_STOPS))
