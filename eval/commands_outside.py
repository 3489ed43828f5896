"""What `fuwen eval outside` and `fuwen eval records` do: sets and labelled pages from elsewhere."""

import tempfile
import time
from argparse import Namespace
from pathlib import Path

from assistant.assistant import Assistant, open_assistant
from assistant.places import open_library
from assistant.settings import load_settings
from corpus.errors import InputError
from eval.command import say
from eval.outside import load_questions, passages_file
from eval.outside_run import outside_json, outside_table, run_outside
from eval.records import differences_table, records_table, score_pages


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
    say([f"建库 {built - begun:.1f} 秒，{len(records)} 题 {asked - built:.1f} 秒"])
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
