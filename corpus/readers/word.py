"""The text of a Word file: numbering restored, tables as lines, notes kept; headers, deletions and comments dropped."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from corpus.errors import UnreadableFile
from corpus.readers.limits import TEXT_CHARACTERS
from corpus.readers.tables import row_lines
from corpus.readers.word_numbering import Numbering, read_numbering
from corpus.readers.word_parts import Element, W, child, is_on, main_part, open_word, read_xml, side_part, value

_NOTES = {"footnoteReference": "footnotes", "endnoteReference": "endnotes"}
_LETTERS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
# What was struck out or moved away, what steers and what only decorates.
_DROPPED = frozenset(
    [
        "del",
        "moveFrom",
        "delText",
        "delInstrText",
        "instrText",
        "commentReference",
        "annotationRef",
        "footnoteRef",
        "endnoteRef",
        "softHyphen",
        "pPr",
        "rPr",
        "sectPr",
        "rt",
        "tblPr",
        "tblGrid",
        "trPr",
        "tcPr",
        "sdtPr",
        "sdtEndPr",
        "object",
        "drawing",
        "pict",
    ]
)
# Boxes of Wingdings and Symbol that forms are ticked with.
_SYMBOLS = {"F0FE": "☑", "F052": "☑", "F0FC": "√", "F0A8": "□", "F06F": "□", "F0A3": "□", "F071": "□", "F0B7": "•"}


@dataclass
class _Document:
    """What is carried from paragraph to paragraph."""

    numbering: Numbering
    default_style: str | None
    notes: dict[str, dict[str, Element]]
    field_depths: list[bool] = field(default_factory=list)  # for each open field: whether its result has begun
    held: str = ""  # the paragraph before, whose end was deleted
    note_count: int = 0
    note_lines: list[str] = field(default_factory=list)
    box_lines: list[str] = field(default_factory=list)
    size: int = 0

    @property
    def in_instruction(self) -> bool:
        return not all(self.field_depths)


def read_word(data: bytes, name: str) -> str:
    """The text of a .docx file, a paragraph or table row a line; raises UnreadableFile."""
    with open_word(data, name) as packed:
        part = main_part(packed, name)
        body = child(read_xml(packed, part, name), "body")
        styles = side_part(packed, part, "styles", name)
        numbering = read_numbering(side_part(packed, part, "numbering", name), styles)
        notes = {kind: _notes(side_part(packed, part, kind, name)) for kind in _NOTES.values()}
    default = next((s for s in numbering.styles.values() if _is_default(s)), None)
    document = _Document(numbering, value(default, "styleId"), notes)
    lines = [] if body is None else list(_limited(_blocks(body, document), document, name))
    text = "\n".join([*lines, *([document.held] if document.held else [])])
    if not text.strip():
        raise UnreadableFile(
            name, "Word 文件里没有文字（可能只有图片）", "请先做文字识别（OCR），再另存为 .docx 或 .txt"
        )
    return text


def _is_default(style: Element) -> bool:
    return value(style, "type") == "paragraph" and value(style, "default") in ("1", "true", "on")


def _notes(root: Element | None) -> dict[str, Element]:
    """The notes by their ids; the separators, which Word keeps among them, have a type."""
    found = () if root is None else root
    return {value(n, "id") or "": n for n in found if value(n, "type") in (None, "normal")}


def _limited(lines: Iterator[str], document: _Document, name: str) -> Iterator[str]:
    for line in lines:
        document.size += len(line) + 1
        if document.size > TEXT_CHARACTERS:
            raise UnreadableFile(name, f"文字超过 {TEXT_CHARACTERS // 10000} 万字的上限", "请拆分后再试")
        yield line


def _blocks(element: Element, document: _Document) -> Iterator[str]:
    """The lines of everything that holds paragraphs and tables, in their order."""
    for block in element:
        if block.tag == W + "p":
            yield from _paragraph(block, document)
        elif block.tag == W + "tbl":
            yield from _table(block, document)
        elif _local(block) == "AlternateContent":
            yield from _blocks(_alternative(block), document)
        elif _local(block) not in _DROPPED and not _is_placeholder(block):
            yield from _blocks(block, document)


def _paragraph(paragraph: Element, document: _Document, in_cell: bool = False) -> Iterator[str]:
    properties = child(paragraph, "pPr")
    outer = document.box_lines, document.note_lines
    document.box_lines, document.note_lines = [], []
    text = "".join(_inline(paragraph, document))
    boxes, notes = document.box_lines, document.note_lines
    document.box_lines, document.note_lines = outer
    if child(properties, "rPr", "del") is not None:  # its end was deleted: the next paragraph goes on in it
        document.held += text
        yield from boxes
        return
    label = document.numbering.label(properties, document.default_style)
    text, document.held = document.held + text, ""
    yield from boxes
    if text.strip():
        yield from (label + text.strip("\n")).split("\n")
    elif label and in_cell:  # a column of running numbers
        yield label.strip()
    elif not in_cell:
        yield ""
    yield from notes


def _inline(element: Element, document: _Document) -> Iterator[str]:
    """The characters in a paragraph, run by run."""
    for part in element:
        kind = _local(part)
        if kind == "t":
            yield "" if document.in_instruction else part.text or ""
        elif kind == "fldChar":
            _field(value(part, "fldCharType"), document)
        elif kind in ("drawing", "pict", "object"):
            _text_boxes(part, document)
        elif kind in _DROPPED or (kind == "r" and is_on(child(part, "rPr", "vanish"))) or _is_placeholder(part):
            continue
        elif kind in _LETTERS:
            yield "" if document.in_instruction else _LETTERS[kind]
        elif kind == "sym":
            yield _SYMBOLS.get((value(part, "char") or "").upper(), "")
        elif kind in _NOTES:
            yield _note(kind, part, document)
        elif kind == "AlternateContent":
            yield from _inline(_alternative(part), document)
        else:
            yield from _inline(part, document)


def _local(element: Element) -> str:
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _field(kind: str | None, document: _Document) -> None:
    """A field is its instruction, a separator, its result: only the result is text."""
    if kind == "begin":
        document.field_depths.append(False)
    elif kind == "separate" and document.field_depths:
        document.field_depths[-1] = True
    elif kind == "end" and document.field_depths:
        document.field_depths.pop()


def _text_boxes(element: Element, document: _Document) -> None:
    """The lines of the boxes in a drawing, to stand before the paragraph that they are anchored in."""
    for part in element:
        if _local(part) == "txbxContent":
            document.box_lines += [line for line in _blocks(part, document) if line]
        elif _local(part) == "AlternateContent":
            _text_boxes(_alternative(part), document)
        else:
            _text_boxes(part, document)


def _alternative(element: Element) -> Element:
    """Of several renderings of one thing the first that holds text, else the first."""
    if not len(element):
        return element
    return next((c for c in element if any(t.text for t in c.iter(W + "t"))), element[0])


def _is_placeholder(element: Element) -> bool:
    """Whether a content control shows its hint (单击此处输入文字) because nobody filled it in."""
    return bool(element.tag == W + "sdt" and is_on(child(element, "sdtPr", "showingPlcHdr")))


def _note(kind: str, reference: Element, document: _Document) -> str:
    note = document.notes[_NOTES[kind]].pop(value(reference, "id") or "", None)
    if note is None:
        return ""
    document.note_count += 1
    mark = f"注{document.note_count}"
    text = " ".join(line.strip() for line in _blocks(note, document) if line.strip())
    document.note_lines.append(f"（{mark}：{text}）")
    return f"（{mark}）"


def _table(table: Element, document: _Document) -> Iterator[str]:
    """A line for each row; a cell merged downwards is said once."""
    for row in _inside(table, "tr"):
        if child(row, "trPr", "del") is not None:
            continue
        notes, document.note_lines = document.note_lines, []
        cells = [_cell(cell, document) for cell in _inside(row, "tc")]
        own, document.note_lines = document.note_lines, notes
        yield from row_lines(cells)
        yield from own


def _inside(element: Element, name: str) -> Iterator[Element]:
    """The rows of a table or the cells of a row, also those that stand in content controls or were inserted."""
    for part in element:
        if part.tag == W + name:
            yield part
        elif _local(part) in ("sdt", "sdtContent", "customXml", "ins", "moveTo"):
            yield from _inside(part, name)


def _cell(cell: Element, document: _Document) -> list[str]:
    merged = child(cell, "tcPr", "vMerge")
    if merged is not None and value(merged) != "restart":
        return []
    lines: list[str] = []
    for block in cell:
        if block.tag == W + "p":
            lines += _paragraph(block, document, in_cell=True)
        elif block.tag == W + "tbl":
            lines += _table(block, document)
        elif _local(block) not in _DROPPED:
            lines += _blocks(block, document)
    return [line.strip() for line in lines if line.strip()]
