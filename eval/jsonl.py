"""Read a JSONL file that people write by hand: its rows with their places, each one JSON object."""

import json
import re
from pathlib import Path
from typing import Any

from corpus.errors import InputError

# JSON can write half of a character, which no file and no screen can show.
_HALF = re.compile("[\ud800-\udfff]")


def lines(path: Path) -> list[tuple[str, str]]:
    """The rows of a file that hold anything, each with its place (file:line); InputError when there is none."""
    try:
        rows = path.read_text(encoding="utf-8-sig").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(str(path), "读不出题库文件", "请给出一个 UTF-8 编码的 JSONL 文件") from error
    found = [(f"{path}:{number}", line) for number, line in enumerate(rows, 1) if line.strip()]
    if not found:
        raise InputError(str(path), "题库里没有题", "请每行写一题（JSON）")
    return found


def json_object(line: str, place: str) -> dict[str, Any]:
    """The row as a dictionary; InputError names the place when it is none."""
    try:
        row = json.loads(line, object_pairs_hook=_once)
    except json.JSONDecodeError as error:
        raise InputError(place, f"不是合法的 JSON（{error.msg}）", "每行请写一个 JSON 对象") from error
    except RecursionError as error:
        raise InputError(place, "不是合法的 JSON（嵌套过深）", "每行请写一个 JSON 对象") from error
    except _Twice as error:
        raise InputError(place, f"字段 {error} 写了两次", "请留下其中一个") from error
    if not isinstance(row, dict):
        raise InputError(place, "不是 JSON 对象", "每行请写 {…}")
    if _HALF.search(json.dumps(row, ensure_ascii=False)):
        raise InputError(place, "含有不完整的字符（\\ud800–\\udfff）", "请写出整个字")
    return row


def is_text(value: object) -> bool:
    """Whether the value is a text with something in it."""
    return isinstance(value, str) and bool(value.strip())


def is_texts(value: object) -> bool:
    """Whether the value is a list of such texts."""
    return isinstance(value, list) and all(map(is_text, value))


class _Twice(Exception):
    """A field that an object holds twice: JSON would silently keep the last."""


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    row = dict(pairs)
    if len(row) < len(pairs):
        names = [name for name, _ in pairs]
        raise _Twice(next(name for name in names if names.count(name) > 1))
    return row
