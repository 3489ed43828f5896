"""What `fuwen eval run`, `fuwen eval check` and `fuwen eval robust` do, once their line is read."""

import sys
from argparse import Namespace

from assistant.assistant import open_assistant
from assistant.places import open_library
from assistant.settings import load_settings
from corpus.errors import InputError
from eval.baselines import baselines
from eval.cases import check_cases
from eval.conditions import DEFAULT, condition_named, under
from eval.gate import Floor, broken_invariants, judge, read_floors
from eval.gold_check import check_files, counts, proposals_of
from eval.report import render
from eval.robust import DISTRACTORS, among_others, robust_table, robustness
from eval.run import run
from eval.saved import write_whole
from eval.sets import cases_of, files_of, originals

# The table of floors.toml for a split; a single file is held to the floors of the core.
TABLES = {"dev": "all", "test": "all", "all": "all"}


def eval_run(arguments: Namespace) -> int:
    """fuwen eval run: the table, or JSON; 1 when an invariant is broken or, with --gate, a floor is not met."""
    condition = condition_named(arguments.condition or DEFAULT)
    floors = _floors(arguments) if arguments.gate else {}
    # The test questions stay unseen while one works: they are for the gate.
    cases = cases_of(arguments.gold, arguments.split, "all" if arguments.gate else "dev")
    assistant = under(condition, open_assistant(arguments.data))
    check_cases(cases, {letter.id: letter for letter in assistant.letters()}, originals(arguments.data))
    results = run(cases, assistant)
    if arguments.out is not None:
        write_whole(arguments.out, results.json())
    if arguments.json:
        sys.stdout.write(results.json())
    else:
        sys.stdout.write(render(results, {name: run(cases, asker) for name, asker in baselines(assistant).items()}))
    if not arguments.gate:
        broken = broken_invariants(results.records)
        say(broken)
        return 1 if broken else 0
    verdict = judge(results, run(cases, under(condition, open_assistant(arguments.data))), floors)
    say([f"未测得：{line}" for line in verdict.unmeasured] + [f"未通过：{line}" for line in verdict.failed])
    say(["门槛全部达到"] if verdict.status == 0 else [])
    return verdict.status


def eval_check(arguments: Namespace) -> int:
    """fuwen eval check: hold gold questions and proposals against the letters; needs no index. Every fault, then 2."""
    files = [*files_of(arguments.gold, arguments.split), *proposals_of(arguments.gold, arguments.split)]
    letters = open_library(load_settings(arguments.data)).letters()
    checked = check_files(files, {letter.id: letter for letter in letters}, originals(arguments.data))
    say([str(fault) for fault in checked.faults])
    if checked.faults:
        return 2
    say(list(checked.doubts))
    print(counts(checked))
    return 0


def eval_robust(arguments: Namespace) -> int:
    """fuwen eval robust: the same questions with slips, at full width, in other characters, among other letters."""
    if arguments.others is not None and arguments.others < 0:
        raise InputError("--others", f"应为 0 或正整数，现为 {arguments.others}", "例如 --others 2000")
    cases = cases_of(arguments.gold, arguments.split, "dev")
    assistant = under(condition_named(DEFAULT), open_assistant(arguments.data))
    check_cases(cases, {letter.id: letter for letter in assistant.letters()}, originals(arguments.data))
    usual = run(cases, assistant)
    found = robustness(cases, assistant, usual)
    others = DISTRACTORS if arguments.others is None else arguments.others
    if others:
        found.append(among_others(cases, assistant, usual, others))
    print(robust_table(found))
    return 0


def say(lines: list[str]) -> None:
    """Each line on stderr."""
    for line in lines:
        print(f"fuwen: {line}", file=sys.stderr)


def _floors(arguments: Namespace) -> dict[str, Floor]:
    whole = arguments.gold is None or arguments.gold.is_dir()
    return read_floors(table=TABLES.get(arguments.split or "all", "floors") if whole else "floors")
