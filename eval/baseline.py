"""Keep the state that was accepted, question by question, in a file that a person can read in a diff.

The first line says what it depends on and which failures were accepted for which reason; then one line a question.
The file changes only by `fuwen eval baseline accept`, which prints the difference first.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from corpus.errors import InputError
from eval.cases import shorten
from eval.saved import Outcome, Saved, measures, outcomes, parse_json, read_text, write_whole

BASELINE = Path(__file__).with_name("baseline.jsonl")
FORMAT = 1
# So much of an answer is kept that a person knows it again; the hash tells whether it changed.
SHOWN = 120

_ACCEPT = "fuwen eval baseline accept"
_ANEW = f"请从版本库取回，或运行 {_ACCEPT} 重新接受"


@dataclass(frozen=True)
class Baseline:
    """The accepted outcomes (answers cut short), for accepted failures id → reason, and the hash of the gold questions."""

    saved: Saved
    accepted: Mapping[str, str] = field(default_factory=dict)
    gold: str | None = None


def read_baseline(path: Path = BASELINE) -> Baseline:
    """The committed baseline; InputError when it is missing, torn or of another format."""
    if not path.exists():
        raise InputError(str(path), "还没有基线", f"请先运行 {_ACCEPT}")
    lines = [line for line in read_text(path).split("\n") if line.strip()]
    rows = [parse_json(line, f"{path} 第 {number} 行", _ANEW) for number, line in enumerate(lines, 1)]
    head = rows[0] if rows and isinstance(rows[0], dict) else {}
    stamp, accepted, names = head.get("fingerprint"), head.get("accepted", {}), head.get("measures")
    if head.get("baseline") != FORMAT or not isinstance(stamp, dict) or not isinstance(names, list):
        raise InputError(str(path), "不是基线文件，或是另一种格式", _ANEW)
    if not _reasons(accepted):
        raise InputError(str(path), "accepted 应为 题号 → 理由，理由不能空", _ANEW)
    if head.get("questions") != len(rows) - 1:
        raise InputError(str(path), f"应有 {head.get('questions')} 题，现有 {len(rows) - 1} 题", _ANEW)
    found = outcomes([_named(row, names) for row in rows[1:]], str(path))
    cut = measures(head.get("chunking", {}), f"{path} 的 chunking")
    return Baseline(Saved(found, stamp, cut), accepted, head.get("gold"))


def write_baseline(baseline: Baseline, path: Path = BASELINE) -> None:
    """Write the baseline so that the file is whole or as it was."""
    write_whole(path, baseline_text(baseline))


def baseline_text(baseline: Baseline) -> str:
    """The file: sorted, scores rounded, so that the same state is the same bytes."""
    found = sorted(baseline.saved.outcomes.values(), key=lambda outcome: outcome.id)
    names = sorted({name for outcome in found for name in outcome.scores})
    head = {"baseline": FORMAT, "questions": len(found), "fingerprint": dict(baseline.saved.fingerprint)}
    head |= {
        "gold": baseline.gold,
        "chunking": dict(baseline.saved.chunking),
        "accepted": dict(baseline.accepted),
        "measures": names,
    }
    rows = [head, *(_row(outcome, names) for outcome in found)]
    return "".join(f"{json.dumps(row, ensure_ascii=False, sort_keys=True, allow_nan=False)}\n" for row in rows)


def accept(results: Saved, before: Baseline | None, reasons: Sequence[str], gold: str | None = None) -> Baseline:
    """The baseline that these results make; what passed before and fails now needs a reason (`id=reason`, or one for all).

    Reasons given earlier stay as long as their question fails. InputError names the questions without one.
    """
    old = before.saved.outcomes if before else {}
    failing = [name for name, outcome in results.outcomes.items() if not outcome.passed]
    regressed = [name for name in failing if name in old and old[name].passed and _same(old[name], results)]
    given = dict(_given(reasons, results))
    kept = {name: why for name, why in (before.accepted if before else {}).items() if name in failing}
    accepted = kept | {name: given.get(name, given.get("", "")) for name in regressed}
    silent = [name for name in regressed if not accepted[name]]
    if silent:
        shown = "、".join(silent[:5]) + ("……" if len(silent) > 5 else "")
        problem = f"原来通过、现在不通过的 {len(silent)} 题没有写明理由"
        raise InputError(shown, problem, '请加 --reason "理由"（全部），或 --reason "题号=理由"（可写多次）')
    return Baseline(results, accepted, gold)


def foreign(baseline: Baseline, now: Saved, gold: str | None = None) -> list[str]:
    """Why the baseline cannot judge these results: it is of other letters or of other questions. One line each."""
    return _foreign(baseline.saved, now, gold is not None and baseline.gold not in (None, gold))


def _foreign(baseline: Saved, now: Saved, is_rewritten: bool) -> list[str]:
    lines = []
    if baseline.fingerprint.get("corpus") != now.fingerprint.get("corpus"):
        lines.append(f"基线属于另一批复文 → 确认语料无误后运行 {_ACCEPT}")
    new = [name for name in now.outcomes if name not in baseline.outcomes]
    if new:
        lines.append(f"基线属于另一份题库：没有 {_some(new)} → 运行 {_ACCEPT}")
    shared = [(old, now.outcomes[name]) for name, old in baseline.outcomes.items() if name in now.outcomes]
    changed = [old.id for old, one in shared if (old.question, old.kind) != (one.question, one.kind)]
    if changed:
        lines.append(f"基线属于另一份题库：{_some(changed)} 改过 → 运行 {_ACCEPT}")
    same_ids = not new and len(shared) == len(baseline.outcomes)
    is_rewritten |= same_ids and baseline.fingerprint.get("questions") != now.fingerprint.get("questions")
    if is_rewritten and not lines:
        lines.append(f"基线属于另一份题库：题目的答案或依据改过 → 运行 {_ACCEPT}")
    return lines


def unlike(baseline: Saved, now: Saved) -> list[str]:
    """What else differs (settings, model, versions …): compared nevertheless, for that is what may be judged."""
    names = sorted({*baseline.fingerprint, *now.fingerprint} - {"corpus", "questions", "commit"})
    differing = [name for name in names if baseline.fingerprint.get(name) != now.fingerprint.get(name)]
    return [f"与基线不同：{name} {baseline.fingerprint.get(name)} → {now.fingerprint.get(name)}" for name in differing]


def _row(outcome: Outcome, names: Sequence[str]) -> dict[str, object]:
    digest = hashlib.sha256(outcome.answer.encode()).hexdigest()[:12]
    row: dict[str, object] = {"id": outcome.id, "kind": outcome.kind, "question": outcome.question}
    row |= {"critical": outcome.critical, "refused": outcome.refused, "cause": outcome.cause}
    row |= {"answer": shorten(outcome.answer, SHOWN), "hash": digest}
    # Not rounded further than the results are: a difference of rounding alone would be a difference.
    return row | {"scores": [_short(outcome.scores.get(name)) for name in names]}


def _short(value: float | None) -> float | None:
    """A whole number is written as one."""
    return int(value) if value is not None and value == int(value) else value


def _named(row: object, names: Sequence[object]) -> object:
    """A row as `outcomes` takes it, each score under its name; any other row as it is, to be refused there."""
    if not isinstance(row, dict) or not isinstance(row.get("scores"), list) or len(row["scores"]) != len(names):
        return row
    # The kind already holds why a question cannot be answered.
    return {**row, "why": None, "scores": dict(zip(map(str, names), row["scores"], strict=True))}


def _same(old: Outcome, results: Saved) -> bool:
    return old.question == results.outcomes[old.id].question


def _given(reasons: Sequence[str], results: Saved) -> Iterator[tuple[str, str]]:
    """Each reason by its question; one without a question stands for all, under the empty name."""
    for reason in reasons:
        name, equals, why = reason.partition("=")
        known = bool(equals) and name.strip() in results.outcomes
        yield (name.strip(), why.strip()) if known else ("", reason.strip())


def _reasons(accepted: object) -> bool:
    return isinstance(accepted, dict) and all(isinstance(why, str) and why for why in accepted.values())


def _some(ids: Sequence[str]) -> str:
    return "、".join(ids[:5]) + (f" 等 {len(ids)} 题" if len(ids) > 5 else "")
