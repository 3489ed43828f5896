"""The text layer of a PDF as paragraphs; a scan, a locked or a damaged file is refused with what to do about it."""

import io
import re
from collections.abc import Sequence
from math import hypot
from typing import Any

from corpus.errors import UnreadableFile
from corpus.readers.limits import PDF_PAGES, TEXT_CHARACTERS
from corpus.readers.pdf_lines import Line, lines_of, paragraphs

_OCR = "请先做文字识别（OCR），再存为带文字的 PDF、.docx 或 .txt"
_KNOWN = re.compile("[\u4e00-\u9fff\u3000-\u303f\uff00-\uffef\u2010-\u2027 -~\n]")
Fragment = tuple[str, float, float, float]


def read_pdf(data: bytes, name: str) -> str:
    """The text of a PDF, a paragraph a line; raises UnreadableFile."""
    reader = _open(data, name)
    pages, pictures, size = [], [], 0
    for number, page in enumerate(reader.pages, 1):
        lines = _lines(page, number)
        size += sum(len(line.text) for line in lines)
        if size > TEXT_CHARACTERS:
            raise UnreadableFile(name, f"文字超过 {TEXT_CHARACTERS // 10000} 万字的上限", "请拆分后再试")
        if not lines and _has_picture(page):
            pictures.append(number)
        pages.append(lines)
    text = "\n".join(paragraphs(pages))
    _check(text, name, pictures)
    note = f"（第 {'、'.join(map(str, pictures))} 页是图片，没有文字）"
    return f"{text}\n{note}" if pictures else text


def _open(data: bytes, name: str) -> Any:
    from pypdf import PdfReader
    from pypdf.errors import DependencyError, PyPdfError

    try:
        reader = PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise UnreadableFile(name, "PDF 有密码", "请去掉密码后另存")
        count = len(reader.pages)
    except (DependencyError, NotImplementedError) as error:  # AES needs a library that we do without
        raise UnreadableFile(name, "PDF 的加密方式不支持", "请去掉密码，或打印成新的 PDF") from error
    except PyPdfError as error:
        raise UnreadableFile(name, "PDF 已损坏，打不开", "请用原来的软件重新导出") from error
    if not count:
        raise UnreadableFile(name, "PDF 里没有一页", "请用原来的软件重新导出")
    if count > PDF_PAGES:
        raise UnreadableFile(name, f"PDF 有 {count} 页，超过 {PDF_PAGES} 页的上限", "请拆分后再试")
    return reader


def _lines(page: Any, number: int) -> list[Line]:
    upright: list[Fragment] = []
    turned: list[Fragment] = []

    def visit(text: str, matrix: Sequence[float], place: Sequence[float], _: Any, size: float) -> None:
        a, b, c, d, e, f = place
        text = text.strip("\n")
        if not text:
            return
        x = e * matrix[0] + f * matrix[2] + matrix[4]
        y = e * matrix[1] + f * matrix[3] + matrix[5]
        along = a * matrix[0] + b * matrix[2], a * matrix[1] + b * matrix[3]
        up = hypot(c * matrix[0] + d * matrix[2], c * matrix[1] + d * matrix[3])
        found = upright if abs(along[1]) <= 0.1 * abs(along[0]) else turned
        found.append((text, x, y, min(abs(size) * up, 500.0) or 12.0))

    page.extract_text(visitor_text=visit)
    # What stands aslant on an ordinary page is a watermark; on a turned page all of it is the text.
    chosen = upright if sum(len(f[0]) for f in upright) >= sum(len(f[0]) for f in turned) else _turned_back(turned)
    return lines_of(_without_blanks(chosen), number)


def _turned_back(fragments: list[Fragment]) -> list[Fragment]:
    return [(text, y, -x, size) for text, x, y, size in fragments]


def _without_blanks(fragments: list[Fragment]) -> list[Fragment]:
    """Blanks have no place of their own: they go with the fragment before them."""
    out: list[Fragment] = []
    for text, x, y, size in fragments:
        if not text.strip():
            if out:
                out[-1] = (out[-1][0] + text, *out[-1][1:])
            continue
        out.append((text, x, y, size))
    return out


def _has_picture(page: Any) -> bool:
    resources = page.get("/Resources")
    objects = resources.get_object().get("/XObject") if resources is not None else None
    return bool(objects is not None and objects.get_object())


def _check(text: str, name: str, pictures: list[int]) -> None:
    letters = re.sub(r"\s", "", text)
    if len(letters) < 10:
        problem = "PDF 是扫描件，没有文字层" if pictures else "PDF 里没有文字"
        raise UnreadableFile(name, problem, _OCR)
    if len(_KNOWN.findall(letters)) < 0.6 * len(letters):
        raise UnreadableFile(name, "PDF 的文字层是乱码（字体没有对照表）", _OCR)
