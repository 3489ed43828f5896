"""Find what stands inside 《》 （） “” and their like, so that no rule cuts there."""

import re
from bisect import bisect_right

Span = tuple[int, int]

_PAIRS = {"《": "》", "〈": "〉", "（": "）", "(": ")", "“": "”", "「": "」", "『": "』", "【": "】", "‘": "’"}
_CLOSERS = {close: open_ for open_, close in _PAIRS.items()}
# How far a bracket may reach before it counts as a slip of the pen: a quotation of several sentences is cut like
# other text, and one forgotten mark must not swallow the paragraph.
_REACH = {"《": 200, "〈": 200, "（": 160, "(": 160, "“": 80, "「": 80, "『": 80, "【": 80, "‘": 40}
_BRACKET = re.compile("[" + re.escape("".join(_PAIRS) + "".join(_CLOSERS)) + '"\n]')


def brackets(text: str, start: int = 0, end: int | None = None) -> tuple[Span, ...]:
    """The spans inside matched 《》 （） “” and their like, outermost only, each within one line and of plain length."""
    found: list[Span] = []
    stack: list[tuple[str, int]] = []
    for match in _BRACKET.finditer(text, start, len(text) if end is None else end):
        mark, at = match.group(), match.start()
        if mark == "\n":
            stack.clear()
        elif mark in _PAIRS:
            _open(stack, mark, at)
        else:
            _close(stack, found, mark, at)
    return _outermost(found)


def _open(stack: list[tuple[str, int]], mark: str, at: int) -> None:
    # A quotation mark does not nest in itself: “后支持”“后补助 leaves the last one open, not the first.
    if mark in "“‘":
        while any(open_ == mark for open_, _ in stack):
            stack.pop()
    if len(stack) < 16:
        stack.append((mark, at))


def _close(stack: list[tuple[str, int]], found: list[Span], mark: str, at: int) -> None:
    if mark == '"':
        if not any(open_ == '"' for open_, _ in stack):
            stack.append(('"', at))
            return
        wanted, reach = '"', 80
    else:
        wanted = _CLOSERS[mark]
        reach = _REACH[wanted]
    if not any(open_ == wanted for open_, _ in stack):
        return
    while stack:
        open_, begun = stack.pop()
        if open_ == wanted:
            if at - begun <= reach:
                found.append((begun, at + 1))
            return


def _outermost(found: list[Span]) -> tuple[Span, ...]:
    kept: list[Span] = []
    for begun, ended in sorted(found, key=lambda span: (span[0], -span[1])):
        if not kept or begun >= kept[-1][1]:
            kept.append((begun, ended))
    return tuple(kept)


class Shelter:
    """Tells whether an offset lies inside a matched bracket of a text."""

    def __init__(self, spans: tuple[Span, ...]) -> None:
        self._spans, self._starts = spans, [begun for begun, _ in spans]

    def around(self, at: int) -> Span | None:
        """The bracket that holds offset `at`, its marks included, or None."""
        k = bisect_right(self._starts, at) - 1
        return self._spans[k] if k >= 0 and at < self._spans[k][1] else None
