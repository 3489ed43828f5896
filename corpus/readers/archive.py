"""Zip archives, read in memory: nothing is written under a name that the archive gives."""

import io
import struct
import zipfile
from dataclasses import dataclass, field
from typing import Any

from corpus.errors import UnreadableFile
from corpus.readers.limits import ARCHIVE_BYTES, ARCHIVE_ENTRIES, FILE_BYTES, MEGABYTE, is_bomb

_ENCRYPTED, _UTF8 = 0x1, 0x800
_UNICODE_PATH = 0x7075
_KEPT = 3


@dataclass
class Shelf:
    """The archives that are open, by the token that the parent gave each; the oldest goes when there are too many."""

    _open: dict[int, zipfile.ZipFile] = field(default_factory=dict)

    def open(self, head: dict[str, Any], body: bytes) -> tuple[dict[str, Any], bytes]:
        """The members, each [place, name, problem]; problem is "" or why it will not be read."""
        try:
            packed = zipfile.ZipFile(io.BytesIO(body))
        except zipfile.BadZipFile as error:
            raise UnreadableFile(head["name"], "不是完整的 zip 文件，或已损坏", "请重新压缩后再试") from error
        _check(packed, head["name"])
        self._open.pop(head["token"], None)
        self._open[head["token"]] = packed  # at the end: the first is the one that was opened longest ago
        while len(self._open) > _KEPT:
            del self._open[next(iter(self._open))]
        rows = [[i, member_name(info), _problem(info)] for i, info in enumerate(packed.infolist())]
        return {"members": [row for row, info in zip(rows, packed.infolist(), strict=True) if not info.is_dir()]}, b""

    def member(self, head: dict[str, Any], _: bytes) -> tuple[dict[str, Any], bytes]:
        """The bytes of one member, or {"gone": True} when its archive is not open any more."""
        packed = self._open.get(head["token"])
        if packed is None:
            return {"gone": True}, b""
        try:
            with packed.open(packed.infolist()[head["place"]]) as file:
                data = file.read(FILE_BYTES + 1)
        except RuntimeError as error:  # encrypted, whatever its flag said
            raise UnreadableFile(head["name"], "有密码", "请去掉密码后重新压缩") from error
        except NotImplementedError as error:
            raise UnreadableFile(head["name"], "压缩方法不支持", "请用普通的 zip 方式重新压缩") from error
        if len(data) > FILE_BYTES:
            raise UnreadableFile(head["name"], "解压后超过 50 MB 的上限", "请拆分后再试")
        return {}, data


def member_name(info: zipfile.ZipInfo) -> str:
    """The name of a member as it was meant: Chinese Windows writes GBK and does not say so.

    >>> member_name(zipfile.ZipInfo("复文.txt".encode("gbk").decode("cp437")))
    '复文.txt'
    """
    told = _unicode_path(info.extra)
    if told or info.flag_bits & _UTF8:
        return told or info.orig_filename
    for encoding in ("utf-8", "gb18030"):
        try:
            return info.orig_filename.encode("cp437").decode(encoding)
        except UnicodeError:
            continue
    return info.orig_filename


def _unicode_path(extra: bytes) -> str:
    """The UTF-8 name that some programs add in a field of its own, "" where there is none."""
    while len(extra) >= 4:
        kind, size = struct.unpack("<HH", extra[:4])
        if kind == _UNICODE_PATH and size > 5:
            return extra[9 : 4 + size].decode("utf-8", errors="replace")
        extra = extra[4 + size :]
    return ""


def _check(packed: zipfile.ZipFile, name: str) -> None:
    infos = packed.infolist()
    if len(infos) > ARCHIVE_ENTRIES:
        raise UnreadableFile(name, f"压缩包里有 {len(infos)} 项，超过 {ARCHIVE_ENTRIES} 项的上限", "请拆分后再试")
    total = sum(info.file_size for info in infos)
    if total > ARCHIVE_BYTES:
        problem = f"压缩包解开后有 {total // MEGABYTE} MB，超过 {ARCHIVE_BYTES // MEGABYTE} MB 的上限"
        raise UnreadableFile(name, problem, "请拆分后再试")


def _problem(info: zipfile.ZipInfo) -> str:
    if info.flag_bits & _ENCRYPTED:
        return "有密码"
    if info.file_size > FILE_BYTES:
        return f"解压后有 {info.file_size // MEGABYTE} MB，超过 50 MB 的上限"
    if is_bomb(info.compress_size, info.file_size):
        return "压缩比异常，可能是压缩炸弹"
    return ""
