"""What each `fuwen eval` command does, once its line is read."""

import os
import sys
import tempfile
import time
from argparse import Namespace
from pathlib import Path

from assistant.assistant import Assistant, open_assistant
from assistant.places import open_library
from assistant.settings import load_settings
from corpus.errors import InputError
from corpus.library import BUILTIN
from corpus.read import read_documents
from eval.baselines import baselines
from eval.cases import Case, check_cases, doubts, load_cases
from eval.gate import Floor, broken_invariants, judge, read_floors
from eval.outside import load_questions, passages_file
from eval.outside_run import outside_json, outside_table, run_outside
from eval.records import differences_table, records_table, score_pages
from eval.report import render
from eval.run import Results, run

GOLD = Path(__file__).with_name("gold")
SPLITS = {
    "core": ("core.jsonl",),
    "dev": ("dev.jsonl",),
    "test": ("test.jsonl",),
    "all": ("core.jsonl", "dev.jsonl", "test.jsonl"),
}
# The table of floors.toml for a split; a single file is held to the floors of the core.
TABLES = {"dev": "all", "test": "all", "all": "all"}


def eval_run(arguments: Namespace) -> int:
    """fuwen eval run: the table, or JSON; 1 when an invariant is broken or, with --gate, a floor is not met."""
    floors = _floors(arguments) if arguments.gate else {}
    # The test questions stay unseen while one works: they are for the gate.
    cases = _cases(arguments, "all" if arguments.gate else "dev")
    assistant = open_assistant(arguments.data)
    check_cases(cases, {letter.id: letter for letter in assistant.letters()}, _originals(arguments.data))
    results = run(cases, assistant)
    if arguments.out is not None:
        _write(arguments.out, results)
    if arguments.json:
        sys.stdout.write(results.json())
    else:
        sys.stdout.write(render(results, {name: run(cases, asker) for name, asker in baselines(assistant).items()}))
    if not arguments.gate:
        broken = broken_invariants(results.records)
        _say(broken)
        return 1 if broken else 0
    verdict = judge(results, run(cases, open_assistant(arguments.data)), floors)
    _say([f"未测得：{line}" for line in verdict.unmeasured] + [f"未通过：{line}" for line in verdict.failed])
    _say(["门槛全部达到"] if verdict.status == 0 else [])
    return verdict.status


def eval_check(arguments: Namespace) -> int:
    """fuwen eval check: hold the gold questions against the letters; needs no index."""
    cases = _cases(arguments)
    letters = open_library(load_settings(arguments.data)).letters()
    check_cases(cases, {letter.id: letter for letter in letters}, _originals(arguments.data))
    _say(doubts(cases))
    refused = sum(not case.answerable for case in cases)
    print(f"{len(cases)} 题可用：可回答 {len(cases) - refused}，不可回答 {refused}")
    return 0


def eval_outside(arguments: Namespace) -> int:
    """fuwen eval outside: a folder of passages and questions, in a data folder that is thrown away afterwards."""
    if arguments.limit is not None and arguments.limit < 1:
        raise InputError("--limit", f"应为正整数，现为 {arguments.limit}", "例如 --limit 500")
    questions = load_questions(arguments.folder, arguments.limit)
    passages = passages_file(arguments.folder)
    with tempfile.TemporaryDirectory(prefix="fuwen-eval-") as folder:
        begun = time.perf_counter()
        assistant = _fresh(Path(folder), passages)
        built = time.perf_counter()
        records = run_outside(questions, assistant)
        asked = time.perf_counter()
    print(outside_json(records) if arguments.json else outside_table(records))
    _say([f"建库 {built - begun:.1f} 秒，{len(records)} 题 {asked - built:.1f} 秒"])
    return 0


def eval_records(arguments: Namespace) -> int:
    """fuwen eval records: labelled pages against what is read from them; 1 when the total rate is below --gate."""
    if arguments.gate is not None and not 0 <= arguments.gate <= 1:
        raise InputError("--gate", f"应在 0 与 1 之间，现为 {arguments.gate}", "例如 --gate 0.95")
    scores = score_pages(arguments.folders)
    print(scores.json() if arguments.json else records_table(scores), end="\n" if arguments.json else "")
    if arguments.wrong and not arguments.json:
        print(f"\n{differences_table(scores)}", end="")
    rate = scores.total.rate
    return int(arguments.gate is not None and (rate is None or rate < arguments.gate))


def _fresh(folder: Path, passages: Path) -> Assistant:
    """An assistant over these passages alone."""
    settings = load_settings(folder)
    outcomes = open_library(settings, create=True).add([passages])
    bad = [outcome for outcome in outcomes if outcome.problem]
    if bad:
        raise InputError(str(passages), f"{len(bad)} 段不能用，如 {bad[0].file}：{bad[0].problem}", "请改正后再试")
    return open_assistant(folder, settings)


def _floors(arguments: Namespace) -> dict[str, Floor]:
    whole = arguments.gold is None or arguments.gold.is_dir()
    return read_floors(table=TABLES.get(arguments.split or "all", "floors") if whole else "floors")


def _cases(arguments: Namespace, usual: str = "all") -> list[Case]:
    gold = arguments.gold or GOLD
    if arguments.split and gold.is_file():
        raise InputError("--split", f"{gold} 是一个文件，没有分部", "请去掉 --split，或给出文件夹")
    if not gold.is_dir():
        return load_cases(gold)
    split = arguments.split or usual
    paths = [gold / name for name in SPLITS[split]]
    there = [file for file in paths if file.exists()]
    return load_cases(*(there if split == "all" and there else paths))


def _originals(data: Path | None) -> list[str]:
    """The built-in files as they came, where they are part of the corpus."""
    library = open_library(load_settings(data))
    return [raw.text for raw in read_documents(BUILTIN)] if library.builtin else []


def _write(path: Path, results: Results) -> None:
    """Write the JSON so that the file is whole or as it was."""
    partial = path.with_name(path.name + ".part")
    try:
        partial.write_text(results.json(), encoding="utf-8")
        os.replace(partial, path)
    except OSError as error:
        raise InputError(str(path), f"写不进去（{error.strerror}）", "请换一个可写的位置") from error


def _say(lines: list[str]) -> None:
    for line in lines:
        print(f"fuwen: {line}", file=sys.stderr)
