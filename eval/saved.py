"""Read saved results back, question by question; what a killed run or a wrong hand left in a file is named, never used."""

import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NoReturn, TypeGuard

from corpus.errors import InputError

Scores = Mapping[str, float | None]


@dataclass(frozen=True)
class Outcome:
    """How one question went. `kind` holds why it cannot be answered, `cause` is None when it passed."""

    id: str
    kind: str
    question: str
    critical: bool
    refused: bool
    answer: str
    cause: str | None
    scores: Scores

    @property
    def passed(self) -> bool:
        """Whether nothing was wrong with it."""
        return self.cause is None


@dataclass(frozen=True)
class Saved:
    """The outcomes of one run by id, in their order, what they depend on (corpus, settings …), how the corpus was cut."""

    outcomes: Mapping[str, Outcome]
    fingerprint: Mapping[str, Any] = field(default_factory=dict)
    chunking: Scores = field(default_factory=dict)


def read_saved(path: Path) -> Saved:
    """The results that `eval run --out` wrote; InputError names the file and what is wrong with it."""
    return parse_saved(read_text(path), str(path))


def parse_saved(text: str, thing: str) -> Saved:
    """The same from the text of such a file; `thing` is what a message calls it.

    >>> parse_saved('{"records": [', "a.json")
    Traceback (most recent call last):
    corpus.errors.InputError: a.json：不完整（像是运行中断时留下的）。请重新运行 fuwen eval run --out
    """
    saved = parse_json(text, thing, "请重新运行 fuwen eval run --out")
    if not isinstance(saved, dict) or not isinstance(saved.get("records"), list):
        raise InputError(thing, "不是评测结果", "请给出 fuwen eval run --out 写的文件")
    stamp = saved.get("fingerprint")
    # Older results had one hash, that of the questions.
    stamp = stamp if isinstance(stamp, dict) else {"questions": stamp}
    return Saved(outcomes(saved["records"], thing), stamp, measures(saved.get("chunking", {}), f"{thing} 的 chunking"))


def outcomes(rows: Sequence[Any], thing: str) -> dict[str, Outcome]:
    """The outcomes of rows of JSON by id; InputError for none, for a repeated id and for a row that is no record."""
    found: dict[str, Outcome] = {}
    for number, row in enumerate(rows, 1):
        one = _outcome(row, f"{thing} 第 {number} 题")
        if one.id in found:
            raise InputError(thing, f"题号 {one.id} 重复", "请重新运行，不要手工合并结果")
        found[one.id] = one
    if not found:
        raise InputError(thing, "没有一题", "请检查题库后重新运行")
    return found


def measures(scores: Any, place: str) -> dict[str, float | None]:
    """The values of measures by name; InputError when something else stands there."""
    if not isinstance(scores, dict) or not all(value is None or _is_number(value) for value in scores.values()):
        raise InputError(place, "有不是数的值", "没有测得的应为 null；请重新运行 fuwen eval run --out")
    return {name: None if value is None else float(value) for name, value in scores.items()}


def read_text(path: Path) -> str:
    """The text of a file; InputError when it cannot be read."""
    try:
        return path.read_text(encoding="utf-8")
    except FileNotFoundError as error:
        raise InputError(str(path), "没有这个文件", "请检查路径") from error
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(str(path), "读不出来", "请给出 fuwen eval 写的文件") from error


def write_whole(path: Path, text: str) -> None:
    """Write a file so that it is whole or as it was, whatever happens meanwhile."""
    partial = path.with_name(path.name + ".part")
    try:
        partial.write_text(text, encoding="utf-8")
        os.replace(partial, path)
    except OSError as error:
        raise InputError(str(path), f"写不进去（{error.strerror}）", "请换一个可写的位置") from error


def parse_json(text: str, thing: str, mend: str) -> Any:
    """The value of a JSON text; InputError for one that breaks off and for NaN, which is no value."""

    def refuse(constant: str) -> NoReturn:
        raise InputError(thing, f"含有 {constant}，不是测得的值", "没有测得的应为 null；" + mend)

    try:
        return json.loads(text, parse_constant=refuse)
    except RecursionError as error:
        raise InputError(thing, "嵌套太深，不是评测结果", mend) from error
    except ValueError as error:
        at_end = isinstance(error, json.JSONDecodeError) and not text[error.pos :].strip()
        torn = not text.strip() or at_end or "Unterminated" in str(error)
        problem = "不完整（像是运行中断时留下的）" if torn else f"不是合法的 JSON（{error}）"
        raise InputError(thing, problem, mend) from error


def _outcome(row: Any, place: str) -> Outcome:
    if not isinstance(row, dict):
        raise InputError(place, "不是一条结果", "请重新运行 fuwen eval run --out")
    for name, kind in (("id", str), ("kind", str), ("question", str), ("refused", bool), ("answer", str)):
        if not isinstance(row.get(name), kind):
            raise InputError(place, f"缺少 {name}，或写法不对", "请重新运行 fuwen eval run --out")
    cause, why = row.get("cause"), row.get("why")
    if cause is not None and not isinstance(cause, str):
        raise InputError(f"{place}（{row['id']}）", "cause 写法不对", "请重新运行 fuwen eval run --out")
    return Outcome(
        id=row["id"],
        kind=f"{row['kind']}/{why}" if why else row["kind"],
        question=row["question"],
        critical=row.get("critical") is True,
        refused=row["refused"],
        answer=row["answer"],
        cause=cause,
        scores=measures(row.get("scores"), f"{place}（{row['id']}）的 scores"),
    )


def _is_number(value: Any) -> TypeGuard[float]:
    # A number such as 1e999 is read as infinity: no measure is that high.
    return isinstance(value, int | float) and not isinstance(value, bool) and -1e15 < value < 1e15
