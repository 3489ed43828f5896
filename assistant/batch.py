"""Runs a file of questions, a line each, and writes a file of results that is whole or absent."""

import json
import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from corpus.errors import InputError

Row = dict[str, Any]


def run_batch(source: Path, out: Path | None, answer: Callable[[Row], Row]) -> int:
    """Answer every line of `source` (JSON objects with `id`) into `out`; returns how many. Progress goes to stderr.

    The whole input is checked first; `out` is put in place when the last line is done, so that a run that is cut short
    leaves an earlier result as it was. Raises InputError naming the line that cannot be used.
    """
    if out is None:
        raise InputError("--batch", "没有说结果写到哪里", "请加 --out OUT.jsonl")
    rows = list(_rows(source))
    partial = out.with_name(out.name + ".part")
    try:
        with partial.open("w", encoding="utf-8") as stream:
            for done, row in enumerate(rows, 1):
                stream.write(json.dumps({"id": row["id"], **answer(row)}, ensure_ascii=False) + "\n")
                _progress(done, len(rows))
        os.replace(partial, out)
    except OSError as error:
        raise InputError(str(out), f"写不进去（{error.strerror}）", "请换一个可写的位置") from error
    return len(rows)


def _rows(source: Path) -> Iterator[Row]:
    try:
        lines = source.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(str(source), "读不出来", "请给一个 UTF-8 的 .jsonl 文件，一行一题") from error
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        place = f"{source} 第 {number} 行"
        try:
            row = json.loads(line)
        except json.JSONDecodeError as error:
            raise InputError(place, "不是 JSON", '应为 {"id": "1", "question": "…"}') from error
        if not isinstance(row, dict) or "id" not in row or not _asks(row):
            raise InputError(place, "缺 id，或没有 question（或 turns）", '应为 {"id": "1", "question": "…"}')
        yield row


def _asks(row: Row) -> bool:
    turns = row.get("turns")
    if isinstance(turns, list):
        return bool(turns) and all(isinstance(t, str) for t in turns)
    return isinstance(row.get("question"), str)


def _progress(done: int, total: int) -> None:
    """A count that overwrites itself on a terminal; every hundredth line elsewhere."""
    if sys.stderr.isatty():
        print(f"\r{done}/{total}", end="\n" if done == total else "", file=sys.stderr, flush=True)
    elif done == total or done % 100 == 0:
        print(f"{done}/{total}", file=sys.stderr, flush=True)
