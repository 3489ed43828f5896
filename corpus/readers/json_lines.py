"""Files of many documents: one JSON object a line, packed or not."""

import gzip
import io
import json
from collections.abc import Iterator

from corpus.errors import UnreadableFile
from corpus.readers.encoding import decode, plain
from corpus.readers.limits import MEGABYTE, UNPACKED_BYTES

_MEND = '每行应是 {"id": "…", "title": "…", "text": "…"}'
Row = tuple[str, str | None, str]


def lines_of_json(data: bytes, name: str) -> list[str]:
    """The lines of a .jsonl or .jsonl.gz file, empty ones included."""
    if name.lower().endswith(".gz"):
        data = _unpack(data, name)
    return decode(data, name).split("\n")


def rows_of_json(data: bytes, name: str) -> Iterator[tuple[int, Row | UnreadableFile]]:
    """(number of the line, its id, title and text, or what is wrong with it) for every line that is not empty."""
    for number, line in enumerate(lines_of_json(data, name), 1):
        line = line.strip().strip("\ufeff")
        if not line:
            continue
        try:
            yield number, _row(line, f"{name} 第 {number} 行")
        except UnreadableFile as problem:
            yield number, problem


def _unpack(data: bytes, name: str) -> bytes:
    """The unpacked bytes, read only up to the limit: a small file can unpack to gigabytes."""
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(data)) as packed:
            unpacked = packed.read(UNPACKED_BYTES + 1)
    except (OSError, EOFError, ValueError) as error:
        raise UnreadableFile(name, "压缩文件已损坏", "请重新压缩后再试") from error
    if len(unpacked) > UNPACKED_BYTES:
        problem = f"解压后超过 {UNPACKED_BYTES // MEGABYTE} MB 的上限"
        raise UnreadableFile(name, problem, "请拆分后再试")
    return unpacked


def _row(line: str, thing: str) -> Row:
    try:
        row = json.loads(line)
    except (ValueError, RecursionError) as error:  # ValueError: also a number of more digits than Python reads
        raise UnreadableFile(thing, "不是合法的 JSON", _MEND) from error
    if not isinstance(row, dict):
        raise UnreadableFile(thing, "不是一个 JSON 对象", _MEND)
    text, title, key = row.get("text"), row.get("title"), row.get("id")
    if not isinstance(text, str) or not plain(text).strip():
        raise UnreadableFile(thing, "缺少“text”或其中没有文字", _MEND)
    if not isinstance(key, str | int) or isinstance(key, bool) or not plain(str(key)).strip():
        raise UnreadableFile(thing, "缺少“id”", _MEND)
    if title is not None and not isinstance(title, str):
        raise UnreadableFile(thing, "“title”不是文字", _MEND)
    title = plain(title).strip() if title else ""
    return plain(str(key)).strip(), title or None, plain(text)
