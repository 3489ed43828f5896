"""Files that are more than plain text, opened by what they are, not by what they are called."""

import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath

from corpus.errors import UnreadableFile
from corpus.readers.encoding import decode, plain, whole
from corpus.readers.kinds import kind_of
from corpus.readers.limits import AFTER_OFFICE_SECONDS, ARCHIVE_SECONDS, READ_SECONDS
from corpus.readers.office import to_docx
from corpus.readers.sandbox import ask

_OFFICE = (".docx", ".docm", ".doc", ".wps", ".rtf", ".odt")
_PAGES = (".html", ".htm", ".shtml", ".mht", ".mhtml")

_tokens = itertools.count()  # threads may read several archives at once through the one worker
Content = tuple[str | None, str]


@dataclass(frozen=True)
class Member:
    """A file in an archive: its place, its own name without folders, the way to it, and why it is not read, or ""."""

    place: int
    name: str
    path: str
    problem: str


def convert(data: bytes, name: str) -> Content:
    """(title or None, text) of a document of any kind but archives; raises UnreadableFile."""
    kind, ending = kind_of(data), PurePosixPath(name.lower()).suffix
    if not data.strip(b"\x00 \t\r\n"):
        raise UnreadableFile(name, "文件是空的", "请检查文件内容")
    if kind == "locked":
        raise UnreadableFile(name, "有密码", "请用 Word 或 WPS 打开，去掉密码后另存")
    if ending == ".pdf" and kind != "pdf":
        found = {"html": "像是网页（可能是下载出错的页面）", "word": "是 Word 文件", "ole": "是 Word 97 文件"}.get(
            kind, "不是 PDF"
        )
        raise UnreadableFile(name, f"名字是 .pdf，内容{found}", "请重新下载，或改用正确的扩展名")
    if kind in ("ole", "rtf", "odt"):
        return _old(data, kind, ending, name)
    if kind == "zip" and ending not in _OFFICE:
        raise UnreadableFile(name, "内容是压缩包", "请把扩展名改为 .zip")
    if kind == "text":
        return _text(data, ending, name)
    return _asked({"word": "word", "zip": "word"}.get(kind, kind), data, name, READ_SECONDS)


def _old(data: bytes, kind: str, ending: str, name: str) -> Content:
    """By content again: what WPS saves as .wps is a .doc, and LibreOffice goes by the name."""
    real = {"ole": ".doc", "rtf": ".rtf", "odt": ".odt"}[kind]
    converted = to_docx(data, real, name)
    if kind_of(converted) != "word":
        raise UnreadableFile(
            name, "LibreOffice 没能转换，文件可能已损坏或有密码", "请用 Word 或 WPS 打开，另存为 .docx"
        )
    return _asked("word", converted, name, AFTER_OFFICE_SECONDS)


def _text(data: bytes, ending: str, name: str) -> Content:
    if ending in _PAGES:
        return _asked("html", data, name, READ_SECONDS)
    try:
        text = plain(decode(data, name))
    except UnreadableFile as error:
        raise UnreadableFile(name, f"不是完整的 {ending} 文件，或已损坏", "请用原来的软件打开，另存后再试") from error
    if not text.strip():
        raise UnreadableFile(name, "文件里没有文字", "请检查文件内容")
    if ending in (".docx", ".docm"):
        raise UnreadableFile(
            name, f"名字是 {ending}，内容不是 Word 文件", "请用 Word 或 WPS 重新保存；若本是纯文本，请改名为 .txt"
        )
    return None, text


def _asked(op: str, data: bytes, name: str, seconds: float) -> Content:
    head, body = ask({"op": op, "name": name}, data, seconds)
    title, text = head.get("title"), plain(body.decode("utf-8", "replace")).strip("\n")
    if not text.strip():
        raise UnreadableFile(name, "文件里没有文字", "请检查文件内容")
    return (plain(title).strip() or None) if isinstance(title, str) else None, text


def members(data: bytes, name: str) -> Iterator[tuple[Member, bytes]]:
    """Every file in an archive with its bytes, b"" for one with a problem; raises UnreadableFile for the archive."""
    token = next(_tokens)
    for member in _listed(data, name, token):
        content = b""
        if not member.problem:
            try:
                content = _content(data, name, token, member)
            except UnreadableFile as problem:
                member = Member(member.place, member.name, member.path, problem.problem)
        yield member, content


def _content(data: bytes, name: str, token: int, member: Member) -> bytes:
    """The bytes of a member; its archive is opened again if the worker died over another file or was lent elsewhere."""
    head = {"op": "member", "token": token, "place": member.place, "name": member.path}
    answer, content = ask(head, seconds=ARCHIVE_SECONDS)
    if answer.get("gone"):
        _listed(data, name, token)
        answer, content = ask(head, seconds=ARCHIVE_SECONDS)
    return content


def _listed(data: bytes, name: str, token: int) -> list[Member]:
    rows = ask({"op": "open", "token": token, "name": name}, data, ARCHIVE_SECONDS)[0]["members"]
    found = []
    for place, path, problem in rows:
        parts = [part for part in whole(plain(path)).replace("\\", "/").split("/") if part not in ("", ".", "..")]
        if parts and "__MACOSX" not in parts and not any(part.startswith((".", "~$")) for part in parts):
            found.append(Member(place, parts[-1], "/".join(parts), problem))
    return found
