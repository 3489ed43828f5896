"""What `fuwen eval gate`, `fuwen eval compare` and `fuwen eval baseline accept` do, once their line is read."""

import sys
from argparse import Namespace
from collections.abc import Sequence
from pathlib import Path

from assistant.places import open_library
from assistant.settings import load_settings
from corpus.errors import InputError
from eval.baseline import BASELINE, accept, read_baseline, write_baseline
from eval.cases import Case
from eval.command import say
from eval.compare import compare
from eval.compare_text import comparison_json, comparison_text
from eval.gate import FLOORS, Floor, Verdict, broken_invariants, hold, joined, read_floors, unsound
from eval.mutants import SelfTest
from eval.ratchet import ratchet, worst
from eval.reporting import report_results, self_test_table
from eval.saved import Saved, parse_saved, read_saved, read_text, write_whole
from eval.sets import cases_of, core_of, gold_hash, originals
from eval.trial import tried
from eval.twice import asked
from eval.verdict_text import verdict_text

_RUN_ANEW = "请重新运行 fuwen eval run --split all --out"


def eval_gate(arguments: Namespace) -> int:
    """fuwen eval gate: the verdict and every reason; 0 passed, 1 failed, 2 could not be measured."""
    baseline, floors = read_baseline(arguments.baseline or BASELINE), _floors(arguments, "all")
    cases = cases_of(arguments.gold, None)
    text, of_run, tested = _results(arguments, cases)
    now, core = parse_saved(text, _thing(arguments)), core_of(arguments.gold)
    outcomes = list(now.outcomes.values())
    verdicts = [unsound(now, [case.id for case in cases]), of_run]
    verdicts += [ratchet(baseline, now, floors, gold_hash(cases)), hold(outcomes, floors)]
    if core is not None:
        verdicts.append(hold([o for o in outcomes if o.id in core], _floors(arguments, "floors"), "core："))
    verdict = joined(verdicts)
    sys.stdout.write(verdict_text(verdict, now, baseline.saved))
    sys.stdout.flush()
    if arguments.report is not None:
        tables = (self_test_table(tested),) if tested else ()
        report_results(arguments.report, text, verdict, baseline, floors, tables=tables)
    return verdict.status


def eval_compare(arguments: Namespace) -> int:
    """fuwen eval compare: two results side by side, then the questions that turned."""
    before, after = read_saved(arguments.before), read_saved(arguments.after)
    if before.fingerprint.get("corpus") != after.fingerprint.get("corpus"):
        say(["两份结果来自不同的语料"])
    found = compare(before, after, worst(_floors(arguments, "all")))
    if arguments.json:
        sys.stdout.write(comparison_json(found))
    else:
        sys.stdout.write(comparison_text(found, arguments.before.stem, arguments.after.stem))
    return 0


def eval_baseline_accept(arguments: Namespace) -> int:
    """fuwen eval baseline accept: print what changes, question by question, then write the baseline."""
    path: Path = arguments.baseline or BASELINE
    before = read_baseline(path) if path.exists() else None
    cases = cases_of(arguments.gold, None)
    now = parse_saved(_results(arguments, cases, once=True)[0], _thing(arguments))
    _check_acceptable(now, cases)
    if before is not None and before.saved.outcomes.keys() & now.outcomes.keys():
        found = compare(before.saved, now, worst(_floors(arguments, "all")), rewritten=True)
        sys.stdout.write(comparison_text(found, "基线", "现在"))
        sys.stdout.flush()
    baseline = accept(now, before, arguments.reason or [], gold_hash(cases))
    write_baseline(baseline, path)
    passed = sum(one.passed for one in now.outcomes.values())
    print(f"已写入 {path}：{len(now.outcomes)} 题，通过 {passed}，写明理由的 {len(baseline.accepted)}")
    return 0


def _results(
    arguments: Namespace, cases: Sequence[Case], *, once: bool = False
) -> tuple[str, Verdict, SelfTest | None]:
    """The results of the file that is named, else of runs made now, with what was seen of the runs themselves."""
    if arguments.results is not None:
        notes = ("读的是结果文件：没有再跑一遍比对，也没有试核对环节和评测自检",)
        return read_text(arguments.results), Verdict(notes=notes), None
    settings = load_settings(arguments.data)
    open_library(settings)
    data = Path(settings.data) if settings.data else None
    once = once or arguments.once
    say([f"新建索引，问 {len(cases)} 题" + ("" if once else "，跑两遍")])
    with asked(cases, _naming(arguments), data, originals(data), once=once) as twice:
        text = twice.results.json()
        if arguments.out is not None:
            write_whole(arguments.out, text)
        return text, *tried(twice, cases, once=once)


def _thing(arguments: Namespace) -> str:
    return str(arguments.results or "本次结果")


def _naming(arguments: Namespace) -> list[str]:
    """The arguments by which another process asks the same questions."""
    if arguments.gold is None:
        return ["--split", "all"]
    return ["--gold", str(arguments.gold.resolve()), *(["--split", "all"] if arguments.gold.is_dir() else [])]


def _check_acceptable(now: Saved, cases: Sequence[Case]) -> None:
    """InputError for results that no baseline may hold."""
    expected = {case.id for case in cases}
    for name in expected - now.outcomes.keys():
        raise InputError(f"题 {name}", "结果里没有这一题，不能作基线", _RUN_ANEW)
    for name in now.outcomes.keys() - expected:
        raise InputError(f"题 {name}", "题库里没有这一题，不能作基线", _RUN_ANEW)
    for line in broken_invariants(now.outcomes.values()):
        raise InputError(line, "这样的结果不能作基线", "请先改正")


def _floors(arguments: Namespace, table: str) -> dict[str, Floor]:
    return read_floors(arguments.floors or FLOORS, table)
