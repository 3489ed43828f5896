"""Tables as lines: a row is a line, its cells joined by bars; a table that only lays out a page is just its lines."""

from collections.abc import Sequence

BAR = " | "
_LONG = 160
_MANY = 4


def row_lines(cells: Sequence[Sequence[str]]) -> list[str]:
    """The lines of one row: joined by bars, or as they stand where a cell is a text of its own.

    >>> row_lines([["索引号："], ["kj-2024-01"], []])
    ['索引号： | kj-2024-01 |']
    >>> row_lines([[], ["第一段。", "第二段。"]])
    ['第一段。', '第二段。']
    """
    filled = [list(cell) for cell in cells if cell]
    if not filled:
        return []
    if len(filled) == 1 and (len(filled[0]) > 1 or len(cells) == 1):
        return filled[0]
    if any(_is_text(cell) for cell in filled):
        return [line for cell in filled for line in cell]
    return [BAR.join(" ".join(cell) for cell in cells).strip(" ")]


def _is_text(cell: list[str]) -> bool:
    return len(cell) > 1 and (len(cell) >= _MANY or sum(map(len, cell)) > _LONG)
