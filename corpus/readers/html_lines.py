"""The elements of a page as lines: blocks and <br> break, rows of tables are joined, numbered lists keep numbers."""

import re
from dataclasses import dataclass, field
from typing import Any

from corpus.readers.number_formats import written
from corpus.readers.tables import row_lines

Element = Any
_BLOCKS = frozenset(
    [
        "address",
        "article",
        "blockquote",
        "body",
        "caption",
        "center",
        "dd",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "html",
        "legend",
        "li",
        "main",
        "ol",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
    ]
)
_HEADINGS = ("h1", "h2", "h3")  # a title broken in two to look well is one title
_SPACE = re.compile(r"[ \t\r\n\f\xa0]+")
# A line of the source that ends between two Chinese characters is no space between them.
_WRAPPED = re.compile(
    r"(?<=[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef])[ \t]*[\r\n]+[ \t\r\n]*(?=[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef])"
)
_CRUMB = re.compile(r"(?:crumb|breadnav|location|position|dqwz|weizhi|curpos|daohang)", re.I)
_MARKED = re.compile(r"\s*(?:[(（]?[\d一二三四五六七八九十]{1,3}[)）.、．]|第)")
_FORMS = {"1": "decimal", "a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}
_CHINESE = re.compile(r"list-style[^;]*(?:cjk-ideographic|chinese|trad-chinese-informal)", re.I)


@dataclass
class _Place:
    """Where lines are gathered: the page, a table's row (a list of cells), a cell, or an item of a list."""

    kind: str
    lines: list[str] = field(default_factory=list)
    cells: list[list[str]] = field(default_factory=list)


@dataclass
class _Writer:
    places: list[_Place]
    text: list[str] = field(default_factory=list)
    label: str = ""
    counts: list[int] = field(default_factory=list)
    headings: int = 0

    def write(self, text: str | None, verbatim: bool) -> None:
        if text:
            self.text.append(text if verbatim else _SPACE.sub(" ", _WRAPPED.sub("", text)))

    def end_line(self) -> None:
        text, self.text = "".join(self.text), []
        for line in text.split("\n"):
            line = _SPACE.sub(" ", line).strip(" \u3000")
            if line:
                label, self.label = self.label, ""
                self.lines().append(line if label and _MARKED.match(line) else label + line)

    def lines(self) -> list[str]:
        return next(p.lines for p in reversed(self.places) if p.kind != "tr")


def lines_of(root: Element) -> list[str]:
    """What an element shows, a line for each block, <br> and row of a table."""
    from lxml import etree

    writer = _Writer([_Place("page")])
    verbatim = 0
    walk = etree.iterwalk(root, events=("start", "end"))
    for event, element in walk:
        tag = element.tag if isinstance(element.tag, str) else ""
        if event == "start":
            verbatim += tag == "pre"
            if crumb := _crumb(element, tag):
                writer.end_line()
                writer.lines().append(crumb)
                walk.skip_subtree()
                continue
            _start(writer, element, tag)
            writer.write(element.text if tag else None, verbatim > 0)
        else:
            verbatim -= tag == "pre"
            _end(writer, tag)
            if element is not root:
                writer.write(element.tail, verbatim > 0)
    writer.end_line()
    while len(writer.places) > 1:
        _close(writer)
    return writer.places[0].lines


def _start(writer: _Writer, element: Element, tag: str) -> None:
    if tag in ("td", "th") and writer.places[-1].kind == "dl":
        _close(writer)
    if tag in _BLOCKS:
        writer.end_line()
    if tag in _HEADINGS:
        writer.headings += 1
    if tag == "br":
        writer.text.append("" if writer.headings else "\n")
    elif tag in ("tr", "td", "th", "dt", "dd"):
        if tag in ("td", "th") and writer.places[-1].kind != "tr":
            writer.places.append(_Place("tr"))
        writer.places.append(_Place("tr" if tag == "tr" else "cell"))
    elif tag in ("ol", "ul"):
        writer.counts.append(_first(element) if tag == "ol" else -1)
    elif tag == "li" and writer.counts and writer.counts[-1] >= 0:
        n = writer.counts[-1]
        writer.counts[-1] = n + 1
        writer.label = _label(n, element.getparent())


def _end(writer: _Writer, tag: str) -> None:
    if tag in _BLOCKS:
        writer.end_line()
    if tag in _HEADINGS:
        writer.headings -= 1
    if tag in ("ol", "ul") and writer.counts:
        writer.counts.pop()
    if tag == "li":
        writer.label = ""
    if tag in ("td", "th"):
        _close(writer)
    elif tag in ("dt", "dd"):
        _close_term(writer, tag)
    elif tag == "tr" or (tag == "table" and writer.places[-1].kind == "tr"):
        _close(writer)


def _close(writer: _Writer) -> None:
    """End a cell, which then belongs to its row, or a row, which then becomes lines."""
    if len(writer.places) == 1:
        return
    place = writer.places.pop()
    if place.kind == "tr":
        writer.lines().extend(row_lines(place.cells))
    elif writer.places[-1].kind == "tr":
        writer.places[-1].cells.append(place.lines)
    else:
        writer.lines().extend(place.lines)


def _close_term(writer: _Writer, tag: str) -> None:
    """A term and what it stands for make a line: 索引号 | kj-2024."""
    if len(writer.places) == 1:
        return
    lines = writer.places.pop().lines
    held = writer.lines()
    if tag == "dd" and len(lines) == 1 and held and held[-1].endswith(" |"):
        held[-1] += f" {lines[0]}"
    elif tag == "dt" and len(lines) == 1:
        held.append(f"{lines[0]} |")
    else:
        held.extend(lines)


def _first(element: Element) -> int:
    start = element.get("start") or "1"
    if "list-style" in (element.get("style") or "") and "none" in element.get("style"):
        return -1
    return int(start) if start.isdecimal() and len(start) < 5 else 1


def _label(n: int, parent: Element) -> str:
    if _CHINESE.search(parent.get("style") or ""):
        return f"{written(n, 'chineseCounting')}、"
    return f"{written(n, _FORMS.get(parent.get('type') or '1', 'decimal'))}. "


def _crumb(element: Element, tag: str) -> str:
    """The path 首页 > 政务公开 > … as one line, "" for any element that is none."""
    if tag not in ("div", "ul", "ol", "p", "span", "td", "section"):
        return ""
    if not _CRUMB.search(f"{element.get('class') or ''} {element.get('id') or ''}"):
        return ""
    parts = [text for text in (" ".join(t.split()) for t in element.itertext()) if text]
    line = " ".join(parts)
    if len(parts) < 2 or len(line) > 200 or not re.search("首页|位置", line):
        return ""
    return line if re.search("[>›»→/]", line) else " > ".join(parts)
