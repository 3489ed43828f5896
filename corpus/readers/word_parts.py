"""The parts of a Word file: safe XML of the document, its styles, numbering and notes."""

import io
import posixpath
import zipfile
from typing import Any

from corpus.errors import UnreadableFile
from corpus.readers.limits import MEGABYTE, PART_BYTES, WORD_ENTRIES, is_bomb

Element = Any  # lxml has no types of its own
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
W = f"{{{_W}}}"
# The strict variant of the format says the same under other names.
_STRICT = (b"http://purl.oclc.org/ooxml/wordprocessingml/main", _W.encode())
_OFFICE_DOCUMENT = "/officeDocument"


def open_word(data: bytes, name: str) -> zipfile.ZipFile:
    """The container; raises UnreadableFile where it is none, or no file of Word."""
    try:
        packed = zipfile.ZipFile(io.BytesIO(data))
    except zipfile.BadZipFile as error:
        raise UnreadableFile(name, "不是完整的 Word 文件，或已损坏", "请用 Word 打开后另存为 .docx") from error
    if len(packed.infolist()) > WORD_ENTRIES:
        raise UnreadableFile(name, f"文件里有超过 {WORD_ENTRIES} 项，不像一篇复文", "请用 Word 打开后另存为 .docx")
    return packed


def main_part(packed: zipfile.ZipFile, name: str) -> str:
    """The name of the document's own part; raises UnreadableFile for a container of another kind."""
    for kind, target in relations(packed, "", name):
        if kind.endswith(_OFFICE_DOCUMENT):
            path = target.lstrip("/")
            if path in packed.namelist():
                return _expect_word(path, name)
    if "word/document.xml" in packed.namelist():
        return "word/document.xml"
    raise UnreadableFile(name, "是压缩包，里面没有 Word 文档", "如果是 zip 文件，请把扩展名改为 .zip")


def _expect_word(path: str, name: str) -> str:
    for folder, kind in (("xl/", "Excel 表格"), ("ppt/", "PPT 演示文稿")):
        if path.startswith(folder):
            raise UnreadableFile(name, f"是 {kind}，不是 Word 文件", "请给出复文的 Word 文件")
    return path


def relations(packed: zipfile.ZipFile, part: str, name: str) -> list[tuple[str, str]]:
    """(kind, target) of everything that a part refers to inside the container."""
    folder, _, file = part.rpartition("/")
    path = posixpath.join(folder, "_rels", f"{file}.rels")
    if path not in packed.namelist():
        return []
    found = []
    for relation in read_xml(packed, path, name):
        if isinstance(relation.tag, str) and relation.get("TargetMode") != "External":
            target = posixpath.normpath(posixpath.join("/", folder, relation.get("Target", ""))).lstrip("/")
            found.append((relation.get("Type", ""), target))
    return found


def side_part(packed: zipfile.ZipFile, part: str, kind: str, name: str) -> Element | None:
    """The XML of the styles, numbering, footnotes … that belong to the document, None where there is none."""
    for found, target in relations(packed, part, name):
        if found.endswith(f"/{kind}") and target in packed.namelist():
            return read_xml(packed, target, name)
    return None


def read_xml(packed: zipfile.ZipFile, path: str, name: str) -> Element:
    """The root of one part; raises UnreadableFile for what is encrypted, too large, no XML, or brings a DOCTYPE."""
    from lxml import etree

    data = _unpack(packed, path, name)
    # A DOCTYPE can hide text in entities or blow it up; Word never writes one.
    if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
        raise UnreadableFile(name, "Word 文件的 XML 里有 DOCTYPE 或实体声明，不安全", "请用 Word 打开后另存为 .docx")
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        tree = etree.ElementTree(etree.fromstring(data.replace(*_STRICT), parser))
    except etree.XMLSyntaxError as error:
        raise UnreadableFile(
            name, "Word 文件的内容已损坏（XML 不完整）", "请用 Word 打开并修复，另存为 .docx"
        ) from error
    if tree.docinfo.internalDTD is not None:
        raise UnreadableFile(name, "Word 文件的 XML 里有 DOCTYPE 或实体声明，不安全", "请用 Word 打开后另存为 .docx")
    return tree.getroot()


def _unpack(packed: zipfile.ZipFile, path: str, name: str) -> bytes:
    info = packed.getinfo(path)
    if info.file_size > PART_BYTES or is_bomb(info.compress_size, info.file_size):
        problem = f"解开后有 {info.file_size // MEGABYTE} MB，大小或压缩比超过上限"
        raise UnreadableFile(name, problem, "请用 Word 打开检查，或另存为 .txt")
    if info.flag_bits & 0x1:
        raise UnreadableFile(name, "有密码", "请去掉密码后另存")
    with packed.open(info) as file:
        data = file.read(PART_BYTES + 1)
    if len(data) > PART_BYTES:
        raise UnreadableFile(name, "解开后大小超过上限", "请用 Word 打开检查，或另存为 .txt")
    return data


def child(element: Element | None, *names: str) -> Element | None:
    """The descendant under these names, one step each; None where a step is missing."""
    for name in names:
        if element is None:
            return None
        element = element.find(W + name)
    return element


def value(element: Element | None, attribute: str = "val") -> str | None:
    """An attribute of Word's own namespace, None where element or attribute is missing."""
    return None if element is None else element.get(W + attribute)


def number(text: str | None) -> int | None:
    """A whole number written in an attribute, None for anything else or beyond what a document can mean."""
    if text is None or not text.strip().lstrip("-").isdecimal() or len(text) > 9:
        return None
    return int(text)


def is_on(element: Element | None) -> bool:
    """Whether a switch such as w:vanish is there and not turned off."""
    return element is not None and value(element) not in ("0", "false", "off")
