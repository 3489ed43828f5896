"""Decide whether results are good enough to pass: invariants, critical questions and floors.

A floor on something that could not be measured never passes: that is `Verdict.unmeasured`, exit status 2.
"""

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol, cast

from corpus.errors import SettingsError
from eval.run import Record, Results
from eval.saved import Saved
from eval.summary import LAYERS, rows

FLOORS = Path(__file__).with_name("floors.toml")
# How many lines of one sort a verdict shows.
_SHOWN = 20
_MEASURES = frozenset(name for names in LAYERS.values() for name in names)


@dataclass(frozen=True)
class Floor:
    """The bounds of a measure, both included; None is no bound."""

    least: float | None = None
    most: float | None = None


@dataclass(frozen=True)
class Verdict:
    """What failed, what could not be measured, and what else is worth knowing, one line each."""

    failed: tuple[str, ...] = ()
    unmeasured: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def status(self) -> int:
        """The exit status: 0 passed, 2 not all could be measured, 1 failed."""
        return 2 if self.unmeasured else 1 if self.failed else 0


class Scored(Protocol):
    """A question with its scores: a record, or an outcome read back."""

    @property
    def id(self) -> str:
        """Its id."""

    @property
    def scores(self) -> Mapping[str, float | None]:
        """Its scores by measure."""


def joined(verdicts: Sequence[Verdict]) -> Verdict:
    """All verdicts as one, in their order."""
    return Verdict(
        tuple(line for verdict in verdicts for line in verdict.failed),
        tuple(line for verdict in verdicts for line in verdict.unmeasured),
        tuple(line for verdict in verdicts for line in verdict.notes),
    )


def read_floors(path: Path = FLOORS, table: str = "floors") -> dict[str, Floor]:
    """The floors of one table of a TOML file by measure; SettingsError names what cannot be used."""
    try:
        floors = tomllib.loads(path.read_text(encoding="utf-8"))[table]
        return {_known(name, path): Floor(**bounds) for name, bounds in floors.items()}
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise SettingsError(str(path), "读不出门槛文件", "请检查它的 TOML 写法") from error
    except (KeyError, TypeError, AttributeError) as error:
        raise SettingsError(
            str(path), "门槛写法不对", '应为 [floors] 下的 "指标" = { least = 0.9 } 或 { most = 0.1 }'
        ) from error


def broken_invariants(records: Iterable[Scored]) -> list[str]:
    """What must never happen, whatever the averages: inexact quotes, uncited sentences, citations on a refusal."""
    lines = []
    for record in records:
        if record.scores.get("citation exact") not in (None, 1.0):
            lines.append(f"{record.id}：引文与原文不符")
        if record.scores.get("sentence coverage") not in (None, 1.0):
            lines.append(f"{record.id}：有的句子没有引文")
        if record.scores.get("citation on refusal"):
            lines.append(f"{record.id}：拒答却带引文")
    return lines


def unsound(now: Saved, expected: Iterable[str]) -> Verdict:
    """The verdict over what has no tolerance: a broken invariant, a critical question wrong, a question not asked."""
    outcomes = now.outcomes.values()
    missing = [name for name in expected if name not in now.outcomes]
    failed = shortened(broken_invariants(outcomes), "不变量被破坏")
    failed += shortened(
        [f"{one.id}：关键题未通过" for one in outcomes if one.critical and not one.passed], "关键题未通过"
    )
    failed += [f"缺 {len(missing)} 题，按答错计：{'、'.join(missing[:5])} → 重新运行，不要中断"] if missing else []
    return Verdict(tuple(failed))


def shortened(lines: Sequence[str], what: str) -> list[str]:
    """The first lines and, where there are many more, how many: one broken stage breaks hundreds of questions."""
    rest = len(lines) - _SHOWN
    return [*lines[:_SHOWN], *([f"另有 {rest} 处{what}"] if rest > 0 else [])]


def judge(results: Results, again: Results, floors: Mapping[str, Floor]) -> Verdict:
    """The verdict over two runs of the same cases: both must be the same bytes."""
    failed = broken_invariants(results.records)
    if results.json() != again.json():
        failed.append("两次运行结果不同")
    failed += [f"{record.id}：关键题未通过" for record in results.records if record.critical and record.cause]
    floored = hold(results.records, floors)
    return Verdict((*failed, *floored.failed), floored.unmeasured)


def hold(records: Sequence[Scored], floors: Mapping[str, Floor], of: str = "") -> Verdict:
    """The verdict over the floors alone; `of` says which questions these are."""
    failed, unmeasured = list[str](), [] if records else [f"{of}没有一题"]
    # A row is made of the scores alone.
    found = rows(cast(Sequence[Record], records))
    for name, floor in floors.items():
        value = found[name].value
        if value is None:
            # A refusal that never happened cannot cite: only a measure with a least value must be there.
            unmeasured += [f"{of}{name}：没有测得"] if floor.least is not None else []
            continue
        if floor.least is not None and value < floor.least:
            failed.append(f"{of}{name} {value:.3f}，低于 {floor.least}")
        if floor.most is not None and value > floor.most:
            failed.append(f"{of}{name} {value:.3f}，高于 {floor.most}")
    return Verdict(tuple(failed), tuple(unmeasured))


def _known(name: str, path: Path) -> str:
    if name not in _MEASURES:
        raise SettingsError(str(path), f"没有指标 {name}", f"可用：{'、'.join(sorted(_MEASURES))}")
    return name
