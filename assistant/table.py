"""Sets tables for a terminal, where a Chinese character takes two columns."""

import unicodedata
from collections.abc import Sequence


def width(text: str) -> int:
    """The columns that the text takes.

    >>> width("昆明2023")
    8
    """
    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def cut(text: str, columns: int) -> str:
    """The text in at most so many columns, … where something is left out.

    >>> cut("昆明市科学技术局", 9)
    '昆明市科…'
    """
    if width(text) <= columns:
        return text
    while text and width(text) > columns - 1:
        text = text[:-1]
    return text + "…"


def padded(text: str, columns: int) -> str:
    """The text with spaces up to so many columns."""
    return text + " " * max(0, columns - width(text))


def table(rows: Sequence[Sequence[str]], columns: int) -> list[str]:
    """The rows in lines of at most `columns`, each cell under its like; the last cell gives way, then the first."""
    if not rows:
        return []
    widths = [max(width(row[at]) for row in rows) for at in range(len(rows[0]))]
    last = columns - sum(widths[:-1]) - 2 * (len(widths) - 1)
    if last < 20:
        widths[0] = max(10, widths[0] - (20 - last))
        last = max(20, columns - sum(widths[:-1]) - 2 * (len(widths) - 1))
    widths[-1] = min(widths[-1], last)
    return ["  ".join(padded(cut(cell, w), w) for cell, w in zip(row, widths, strict=True)).rstrip() for row in rows]
