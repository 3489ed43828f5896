"""Read files into raw documents: text of any usual Chinese encoding, Word, PDF, web pages, archives, folders."""

import errno
import os
import stat
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from corpus.errors import UnreadableFile
from corpus.readers.encoding import decode as decode
from corpus.readers.encoding import plain as plain
from corpus.readers.encoding import whole as whole
from corpus.readers.json_lines import lines_of_json, rows_of_json
from corpus.readers.limits import FILE_BYTES, MEGABYTE
from corpus.readers.markdown import unmarked

MAX_BYTES = FILE_BYTES
TEXT_SUFFIXES = (".txt", ".md")
LINE_SUFFIXES = (".jsonl", ".jsonl.gz")
ARCHIVE_SUFFIXES = (".zip",)
# .docx and .pdf are read here, the old formats only where LibreOffice is installed.
DOCUMENT_SUFFIXES = (
    ".docx",
    ".docm",
    ".pdf",
    ".html",
    ".htm",
    ".shtml",
    ".mht",
    ".mhtml",
    ".doc",
    ".wps",
    ".rtf",
    ".odt",
)
SUPPORTED = TEXT_SUFFIXES + LINE_SUFFIXES + DOCUMENT_SUFFIXES + ARCHIVE_SUFFIXES
KINDS = "支持的格式：.txt、.md、.jsonl、.jsonl.gz、.docx、.pdf、.html、.mht、.zip；装有 LibreOffice 时还有 .doc、.wps、.rtf、.odt"
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
Report = Callable[[UnreadableFile], None]


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


def why(error: OSError) -> str:
    """Why the system refused a file or folder, in Chinese where we know the words."""
    return _WHY.get(error.errno or 0) or error.strerror or type(error).__name__


def is_supported(path: Path) -> bool:
    """Whether the name says that this program can read the file."""
    return path.name.lower().endswith(SUPPORTED)


def is_converted(path: Path) -> bool:
    """Whether the file is not itself the text: what is kept of it is what was read from it.

    >>> is_converted(Path("复文.docx")), is_converted(Path("复文.txt")), is_converted(Path("复文.jsonl.gz"))
    (True, False, False)
    """
    return path.name.lower().endswith(DOCUMENT_SUFFIXES + ARCHIVE_SUFFIXES)


def stem(path: Path) -> str:
    """The file name without its ending; the whole of `.jsonl.gz` counts as one ending."""
    name = path.name
    ending = next((e for e in sorted(SUPPORTED, key=len, reverse=True) if name.lower().endswith(e)), "")
    return name[: len(name) - len(ending)] or name


def read_text(path: Path | str) -> str:
    """The text of a .txt or .md file, decoded as its BOM says, else UTF-8, else GB18030; raises UnreadableFile."""
    path = Path(path)
    if not path.name.lower().endswith(TEXT_SUFFIXES):
        raise UnreadableFile(path.name, "不支持这种格式", f"请改用 .txt、.md；{KINDS}")
    return _text(_bytes(path), path.name)


def read_lines(path: Path) -> list[str]:
    """The lines of a .jsonl or .jsonl.gz file, empty ones included."""
    return lines_of_json(_bytes(path), path.name)


def read_documents(path: Path | str, report: Report | None = None) -> Iterator[RawDocument]:
    """Every document in a file, in an archive, or in all supported files of a folder, in the order of their names.

    The first unreadable file or line raises UnreadableFile; with `report` it is reported there and the rest is read.
    """
    path = Path(path)
    if path.is_dir():
        for file in files_in(path):
            yield from read_documents(file, report)
        return
    try:
        if not is_supported(path):
            raise UnreadableFile(path.name, "不支持这种格式", KINDS)
        yield from _read(_bytes(path), whole(path.name), whole(path.name), report)
    except UnreadableFile as problem:
        if report is None:
            raise
        report(problem)


def files_in(folder: Path) -> list[Path]:
    """The supported files below a folder, sorted; hidden ones, Word's lock files and the parts of saved pages are left out."""
    return [Path(entry.path) for entry in walk(folder)]


def walk(folder: Path | str, left_out: str = "") -> Iterator["os.DirEntry[str]"]:
    """What the system knows of those files, in the same order; the folder `left_out` in it is not looked into.

    Folders that cannot be opened are passed over, and so are links to folders.
    """
    try:
        with os.scandir(folder) as found:
            entries = sorted((e for e in found if not e.name.startswith((".", "~$"))), key=lambda e: e.name)
    except (PermissionError, FileNotFoundError, NotADirectoryError):
        return
    parts = _holds_parts(os.fspath(folder))
    for entry in entries:
        if entry.is_dir(follow_symlinks=False):
            if entry.name != left_out:
                yield from walk(entry.path)
        elif not parts and entry.name.lower().endswith(SUPPORTED) and os.path.isfile(entry.path):
            yield entry


def _holds_parts(folder: str) -> bool:
    """Whether it is the folder that a browser saves beside a page: 复文_files/ beside 复文.html."""
    page = next((folder[: -len(end)] for end in ("_files", ".files") if folder.endswith(end)), "")
    return bool(page) and any(os.path.isfile(page + end) for end in (".html", ".htm", ".shtml"))


def _read(data: bytes, name: str, thing: str, report: Report | None, depth: int = 0) -> Iterator[RawDocument]:
    """The documents in the bytes of one file; `thing` is what an error calls it, with the archive that it is from."""
    ending = name.lower()
    if ending.endswith(ARCHIVE_SUFFIXES):
        yield from _read_archive(data, thing, report, depth)
    elif ending.endswith(LINE_SUFFIXES):
        yield from _read_rows(data, name, thing, report)
    elif ending.endswith(TEXT_SUFFIXES):
        text = _text(data, thing)
        yield RawDocument(stem(Path(name)), name, None, unmarked(text) if ending.endswith(".md") else text)
    else:
        from corpus.readers.convert import convert

        try:
            title, text = convert(data, name)
        except UnreadableFile as problem:
            raise UnreadableFile(thing, problem.problem, problem.mend) from problem
        yield RawDocument(stem(Path(name)), name, title, text)


def _text(data: bytes, thing: str) -> str:
    text = plain(decode(data, thing))
    if not text.strip():
        raise UnreadableFile(thing, "文件里没有文字", "请检查文件内容")
    return text


def _read_rows(data: bytes, name: str, thing: str, report: Report | None) -> Iterator[RawDocument]:
    number = 0
    for number, row in rows_of_json(data, thing):
        if not isinstance(row, UnreadableFile):
            yield RawDocument(row[0], name, row[1], row[2], number)
        elif report is None:
            raise row
        else:
            report(row)
    if not number:
        raise UnreadableFile(thing, "文件里没有一行内容", "请检查文件内容")


def _read_archive(data: bytes, thing: str, report: Report | None, depth: int) -> Iterator[RawDocument]:
    """The documents of an archive; what it holds twice under one id gets -2, -3 … behind it."""
    from corpus.readers.convert import convert, members
    from corpus.readers.kinds import kind_of

    if kind_of(data) == "word":  # a Word file that was given the wrong ending
        title, text = convert(data, str(PurePosixPath(thing).with_suffix(".docx")))
        yield RawDocument(stem(Path(thing)), thing, title, text)
        return
    found, taken = 0, set[str]()
    for member, content in members(data, thing):
        inner = f"{thing} 中的 {member.path}"
        try:
            if not is_supported(Path(member.name)):
                continue
            found += 1
            if member.problem:
                raise UnreadableFile(inner, member.problem, "请解压后单独加入")
            if depth and member.name.lower().endswith(ARCHIVE_SUFFIXES):
                raise UnreadableFile(inner, "压缩包套了两层以上", "请解压后再试")
            for document in _read(content, member.name, inner, report, depth + 1):
                yield _unique(document, taken)
        except UnreadableFile as problem:
            if report is None:
                raise
            report(problem)
    if not found:
        raise UnreadableFile(thing, "压缩包里没有可读的文件", KINDS)


def _unique(document: RawDocument, taken: set[str]) -> RawDocument:
    key, n = document.id, 2
    while key in taken:
        key, n = f"{document.id}-{n}", n + 1
    taken.add(key)
    return RawDocument(key, document.file, document.title, document.text, document.line)


def _bytes(path: Path) -> bytes:
    try:
        status = path.stat()
        if stat.S_ISDIR(status.st_mode):
            raise UnreadableFile(path.name, "是一个文件夹", "请给出文件")
        if not stat.S_ISREG(status.st_mode):  # a pipe or a device would be waited for without end
            raise UnreadableFile(path.name, "不是普通文件", "请给出文件")
        if status.st_size > MAX_BYTES:
            problem = f"文件有 {status.st_size // MEGABYTE} MB，超过 {MAX_BYTES // MEGABYTE} MB 的上限"
            raise UnreadableFile(path.name, problem, "请拆分后再试")
        return path.read_bytes()
    except (FileNotFoundError, ValueError) as error:  # ValueError: a name with a zero byte in it
        raise UnreadableFile(str(path), "找不到", "请检查路径") from error
    except OSError as error:
        raise UnreadableFile(path.name, f"读不出来（{why(error)}）", "请检查文件权限") from error
