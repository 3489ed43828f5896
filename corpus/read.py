"""Read files into raw documents: plain text, Markdown and JSON lines, of any of the usual Chinese encodings."""

import errno
import gzip
import io
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from corpus.errors import UnreadableFile

MAX_BYTES = 50_000_000
TEXT_SUFFIXES = (".txt", ".md")
LINE_SUFFIXES = (".jsonl", ".jsonl.gz")
SUPPORTED = TEXT_SUFFIXES + LINE_SUFFIXES
_KINDS = "支持的格式：.txt、.md、.jsonl、.jsonl.gz"
# Everything below the space except tab and newline, the C1 block, zero-width marks and a BOM inside the text.
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u200b-\u200f\u202a-\u202e\u2060\ufeff\ufffe]")
# Half of a surrogate pair is no character: no encoding can write it and no model can read it.
_HALF = re.compile("[\ud800-\udfff]")
_WHY = {
    errno.EACCES: "没有权限",
    errno.EPERM: "没有权限",
    errno.EROFS: "磁盘是只读的",
    errno.ENOSPC: "磁盘已满",
    errno.EDQUOT: "磁盘配额已用完",
    errno.ENOENT: "路径不存在",
    errno.ENOTDIR: "路径中有一段是文件，不是文件夹",
    errno.EISDIR: "是一个文件夹",
    errno.EEXIST: "已有同名的文件",
    errno.ENAMETOOLONG: "名字太长",
    errno.ELOOP: "链接绕成了圈",
}
_BOMS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))


@dataclass(frozen=True)
class RawDocument:
    """What a file holds before anything is understood: `title` is None where the file does not give one.

    `line` is the number of the line that it stands on in a file of many, else 0.
    """

    id: str
    file: str
    title: str | None
    text: str
    line: int = 0


def plain(text: str) -> str:
    r"""The same text with control characters removed and every line end as \n.

    >>> plain("昆明\r\n市\x00科技局")
    '昆明\n市科技局'
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x85", "\n").replace("\u2028", "\n")
    return whole(_CONTROL.sub("", text.replace("\u2029", "\n")))


def whole(text: str) -> str:
    r"""The same text with every lone half of a surrogate pair replaced by U+FFFD.

    >>> whole("茶\ud800园")
    '茶\ufffd园'
    """
    return _HALF.sub("\ufffd", text)


def why(error: OSError) -> str:
    """Why the system refused a file or folder, in Chinese where we know the words."""
    return _WHY.get(error.errno or 0) or error.strerror or type(error).__name__


def is_supported(path: Path) -> bool:
    """Whether the name says that this program can read the file."""
    return path.name.lower().endswith(SUPPORTED)


def stem(path: Path) -> str:
    """The file name without its ending; the whole of `.jsonl.gz` counts as one ending."""
    name = path.name
    ending = next((e for e in sorted(SUPPORTED, key=len, reverse=True) if name.lower().endswith(e)), "")
    return name[: len(name) - len(ending)] or name


def read_text(path: Path | str) -> str:
    """The text of a .txt or .md file, decoded as its BOM says, else UTF-8, else GB18030; raises UnreadableFile."""
    path = Path(path)
    if not path.name.lower().endswith(TEXT_SUFFIXES):
        raise UnreadableFile(path.name, "不支持这种格式", f"请改用{_KINDS}")
    text = plain(decode(_bytes(path), path.name))
    if not text.strip():
        raise UnreadableFile(path.name, "文件里没有文字", "请检查文件内容")
    return text


def decode(data: bytes, name: str) -> str:
    """The characters of `data`; raises UnreadableFile for what is no text in any known encoding."""
    if not data.strip(b"\x00 \t\r\n"):
        raise UnreadableFile(name, "文件是空的", "请检查文件内容")
    for encoding in (*(e for mark, e in _BOMS if data.startswith(mark)), "utf-8", "gb18030"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if not _looks_binary(text):
            return text
    raise UnreadableFile(name, "不是文本文件，或编码无法识别", "请另存为 UTF-8 编码的文本文件")


def read_documents(path: Path | str, report: Callable[[UnreadableFile], None] | None = None) -> Iterator[RawDocument]:
    """Every document in a file, or in all supported files of a folder, in the order of their names.

    The first unreadable file or line raises UnreadableFile; with `report` it is reported there and the rest is read.
    """
    path = Path(path)
    if path.is_dir():
        for file in files_in(path):
            yield from read_documents(file, report)
        return
    try:
        if path.name.lower().endswith(LINE_SUFFIXES):
            yield from _read_lines(path, report)
        else:
            yield RawDocument(id=whole(stem(path)), file=whole(path.name), title=None, text=read_text(path))
    except UnreadableFile as problem:
        if report is None:
            raise
        report(problem)


def files_in(folder: Path) -> list[Path]:
    """The supported files below a folder, sorted; hidden files and folders are left out."""
    found = (p for p in folder.rglob("*") if is_supported(p) and p.is_file())
    return sorted(p for p in found if not any(part.startswith(".") for part in p.relative_to(folder).parts))


def _bytes(path: Path) -> bytes:
    try:
        size = path.stat().st_size
        if size > MAX_BYTES:
            raise UnreadableFile(path.name, f"文件有 {size // 1_000_000} MB，超过 50 MB 的上限", "请拆分后再试")
        return path.read_bytes()
    except IsADirectoryError as error:
        raise UnreadableFile(path.name, "是一个文件夹", "请给出文件") from error
    except FileNotFoundError as error:
        raise UnreadableFile(str(path), "找不到", "请检查路径") from error
    except OSError as error:
        raise UnreadableFile(path.name, f"读不出来（{why(error)}）", "请检查文件权限") from error


def _looks_binary(text: str) -> bool:
    """Text holds almost no control characters; a picture or a Word file that happens to decode holds many."""
    start = text[:4096]
    odd = sum(1 for c in start if (c < " " and c not in "\t\r\n\f") or c == "\ufffd")
    return odd > 2 + len(start) // 50


def read_lines(path: Path) -> list[str]:
    """The lines of a .jsonl or .jsonl.gz file, empty ones included."""
    data = _bytes(path)
    if path.name.lower().endswith(".gz"):
        data = _unpack(data, path)
    return decode(data, path.name).split("\n")


def _read_lines(path: Path, report: Callable[[UnreadableFile], None] | None) -> Iterator[RawDocument]:
    found = False
    for number, line in enumerate(read_lines(path), 1):
        if not line.strip().strip("\ufeff"):
            continue
        found = True
        try:
            yield _row(line.strip().strip("\ufeff"), path, number)
        except UnreadableFile as problem:
            if report is None:
                raise
            report(problem)
    if not found:
        raise UnreadableFile(path.name, "文件里没有一行内容", "请检查文件内容")


def _unpack(data: bytes, path: Path) -> bytes:
    """The unpacked bytes, read only up to the limit: a small file can unpack to gigabytes."""
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(data)) as packed:
            unpacked = packed.read(MAX_BYTES * 4 + 1)
    except (OSError, EOFError) as error:
        raise UnreadableFile(path.name, "压缩文件已损坏", "请重新压缩后再试") from error
    if len(unpacked) > MAX_BYTES * 4:
        raise UnreadableFile(path.name, "解压后超过 200 MB 的上限", "请拆分后再试")
    return unpacked


def _row(line: str, path: Path, number: int) -> RawDocument:
    thing = f"{path.name} 第 {number} 行"
    mend = '每行应是 {"id": "…", "title": "…", "text": "…"}'
    try:
        row = json.loads(line)
    except (ValueError, RecursionError) as error:  # ValueError: also a number of more digits than Python reads
        raise UnreadableFile(thing, "不是合法的 JSON", mend) from error
    if not isinstance(row, dict):
        raise UnreadableFile(thing, "不是一个 JSON 对象", mend)
    text, title, key = row.get("text"), row.get("title"), row.get("id")
    if not isinstance(text, str) or not plain(text).strip():
        raise UnreadableFile(thing, "缺少“text”或其中没有文字", mend)
    if not isinstance(key, str | int) or isinstance(key, bool) or not plain(str(key)).strip():
        raise UnreadableFile(thing, "缺少“id”", mend)
    if title is not None and not isinstance(title, str):
        raise UnreadableFile(thing, "“title”不是文字", mend)
    title = plain(title).strip() if title else ""
    return RawDocument(plain(str(key)).strip(), whole(path.name), title or None, plain(text), number)
