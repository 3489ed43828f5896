"""Runs a file of questions, a line each, and writes a file of results that is whole or absent."""

import json
import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from corpus.errors import InputError
from corpus.read import whole, why

Row = dict[str, Any]


def run_batch(source: Path, out: Path | None, answer: Callable[[Row], Row]) -> int:
    """Answer every line of `source` (JSON objects with `id`) into `out`; returns how many. Progress goes to stderr.

    The whole input is checked first; `out` is put in place when the last line is done, so that a run that is cut short
    leaves an earlier result as it was, and nothing beside it. Raises InputError naming the line that cannot be used.
    """
    if out is None:
        raise InputError("--batch", "没有说结果写到哪里", "请加 --out OUT.jsonl")
    if out.is_dir():
        raise InputError(str(out), "写不进去（是一个文件夹）", "请换一个可写的位置")
    partial = out.with_name(out.name + ".part")
    if os.path.realpath(source) in map(os.path.realpath, (out, partial)):
        raise InputError(f"--out {out}", "会盖掉 --batch 的题目", "请换一个文件名")
    rows = list(_rows(source))
    try:
        with partial.open("w", encoding="utf-8") as stream:
            for done, row in enumerate(rows, 1):
                stream.write(json.dumps({"id": row["id"], **answer(row)}, ensure_ascii=False) + "\n")
                _progress(done, len(rows))
        os.replace(partial, out)
    except OSError as error:
        raise InputError(str(out), f"写不进去（{why(error)}）", "请换一个可写的位置") from error
    finally:
        if partial.is_file():
            partial.unlink()
    return len(rows)


def _rows(source: Path) -> Iterator[Row]:
    try:
        text = source.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise InputError(str(source), f"读不出来（{why(error)}）", "请给一个 UTF-8 的 .jsonl 文件，一行一题") from error
    except UnicodeDecodeError as error:
        raise InputError(str(source), "读不出来（不是 UTF-8）", "请给一个 UTF-8 的 .jsonl 文件，一行一题") from error
    # Not splitlines(): JSON may hold U+2028, U+2029 and U+0085 inside a text.
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            yield _row(line, f"{source} 第 {number} 行")


def _row(line: str, place: str) -> Row:
    """The id and the question or turns of a line, of whole characters; InputError naming its place."""
    try:
        row = json.loads(line)
    except (ValueError, RecursionError) as error:  # ValueError: also a number of more digits than Python reads
        raise InputError(place, "不是 JSON，或读不了", '应为 {"id": "1", "question": "…"}') from error
    if not isinstance(row, dict) or not isinstance(row.get("id"), str | int | float) or not _asks(row):
        raise InputError(place, "缺 id，或没有 question（或 turns）", '应为 {"id": "1", "question": "…"}')
    clean: Row = {"id": whole(row["id"]) if isinstance(row["id"], str) else row["id"]}
    if isinstance(row.get("question"), str):
        clean["question"] = whole(row["question"])
    if isinstance(row.get("turns"), list):
        clean["turns"] = [whole(turn) for turn in row["turns"]]
    return clean


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
