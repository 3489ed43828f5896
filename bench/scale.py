"""Holds search over a great corpus against the pipeline that everybody builds first, in one run: speed, memory, size, quality.

    python bench/scale.py NEWS.xz [--ballast TEXT.xz] [--passages FOLDER] [--chunks 200000] [--questions 300] [--no-stock]

The haystack: the letters that ship, the passages of FOLDER (passages.jsonl.gz and questions.jsonl.gz), news, paragraphs.
"""

import argparse
import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench import haystack
from corpus.letter import Letter
from eval.cases import Case, load_cases
from eval.measures import retrieval_scores
from eval.ranking import ndcg_at, success_at
from index.hit import Chunk, Hit

ROOT = Path(__file__).resolve().parent.parent
FUWEN = str(Path(sys.executable).with_name("fuwen"))
STOCK = [sys.executable, str(ROOT / "bench" / "stock.py")]
COLD, EVIDENCE = 5, ("Recall@5", "Recall@10", "nDCG@10", "RR@10")
Row = dict[str, Any]
Table = dict[str, dict[str, float]]


def main() -> None:
    """Print a row a figure: what, ours, stock."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("news", type=Path)
    parser.add_argument("--ballast", type=Path)
    parser.add_argument("--passages", type=Path)
    parser.add_argument("--chunks", type=int, default=200_000)
    parser.add_argument("--questions", type=int, default=300, help="of each of the two sets")
    parser.add_argument("--gold", type=Path, default=ROOT / "eval" / "gold" / "dev.jsonl")
    parser.add_argument("--no-stock", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="fuwen-scale-") as home:
        data, asked = Path(home) / "data", Path(home) / "questions.jsonl"
        count = haystack.write(data, options.chunks, options.news, options.ballast, options.passages)
        cases = [c for c in load_cases(options.gold) if c.answerable and len(c.turns) == 1]
        cases = cases[:: max(1, len(cases) // options.questions)][: options.questions]
        wanted = _wanted(options.passages, options.questions)
        rows = [{"id": c.id, "question": c.question} for c in cases]
        rows += [{"id": f"passage-{n}", "question": question} for n, (question, _) in enumerate(wanted)]
        asked.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
        print(f"{count} documents, {len(cases)} + {len(wanted)} questions, load {os.getloadavg()[0]:.1f}", flush=True)
        table = {"ours": _ours(Path(home), data, asked, cases, wanted)}
        if not options.no_stock:
            table["stock"] = _stock(Path(home), data, asked, cases, wanted)
    _print(table)


def _ours(home: Path, data: Path, asked: Path, cases: list[Case], wanted: list[tuple[str, str]]) -> dict[str, float]:
    told = _named("build", watched(FUWEN, "index", "build", "--data", data))
    info = json.loads(subprocess.check_output([FUWEN, "index", "info", "--json", "--data", str(data)]))
    told["chunks"], told["index (MB)"] = info["chunks"], _size(data / "index")
    answers = home / "ours.jsonl"
    told |= _named("asking", watched(sys.executable, ROOT / "bench" / "scale_ours.py", data, asked, answers))
    told |= _asked(answers, cases, wanted)
    question = cases[0].question
    cold = [watched(FUWEN, "search", question, "--json", "--data", data) for _ in range(COLD)]
    told |= _named("cold search", {unit: statistics.median(run[unit] for run in cold) for unit in cold[0]})
    told |= _named("add one letter", watched(FUWEN, "corpus", "add", _letter(home), "--data", data))
    return told | _named("remove it", watched(FUWEN, "corpus", "remove", "新来的复文", "--data", data))


def _stock(home: Path, data: Path, asked: Path, cases: list[Case], wanted: list[tuple[str, str]]) -> dict[str, float]:
    out, answers, one = home / "stock", home / "stock.jsonl", home / "one.jsonl"
    told = _named("build", watched(*STOCK, "build", data, out))
    told["chunks"], told["index (MB)"] = len(json.loads((out / "documents.json").read_bytes())), _size(out)
    told |= _named("asking", watched(*STOCK, "ask", out, asked, answers))
    told |= _asked(answers, cases, wanted)
    one.write_text(asked.read_text(encoding="utf-8").splitlines()[0] + "\n", encoding="utf-8")
    told |= _named("cold search", watched(*STOCK, "ask", out, one, home / "cold.jsonl"))
    return told | _named("add one letter", watched(*STOCK, "add", out, "新来的复文", _letter(home)))


def _asked(answers: Path, cases: list[Case], wanted: list[tuple[str, str]]) -> dict[str, float]:
    """The times of warm questions in ms, and the quality of what was found."""
    from corpus.library import Library

    rows = [json.loads(line) for line in answers.read_text(encoding="utf-8").splitlines()]
    told = {}
    for name, key in (("", "seconds"), ("CPU ", "processor")):
        times = sorted(row[key] * 1000 for row in rows[1:])
        told |= {
            f"query p50 {name}(ms)": statistics.median(times),
            f"query p95 {name}(ms)": times[len(times) * 19 // 20],
        }
    letters = {letter.id: letter for letter in Library(ROOT / "none").letters()}
    scores = [retrieval_scores(c, _hits(r["hits"], letters), letters) for c, r in zip(cases, rows, strict=False)]
    told |= {f"letters {name}": statistics.mean(score[name] or 0.0 for score in scores) for name in EVIDENCE}
    ranked = [list(dict.fromkeys(key for key, _, _ in row["hits"])) for row in rows[len(cases) :]]
    gains = [[float(key == right) for key in found] for found, (_, right) in zip(ranked, wanted, strict=True)]
    if gains:
        told |= {f"passages Success@{k}": statistics.mean(success_at(g, k) for g in gains) for k in (1, 5)}
        told["passages nDCG@10"] = statistics.mean(ndcg_at(g, [1.0], 10) for g in gains)
    return told


def _hits(spans: list[tuple[str, int, int]], letters: dict[str, Letter]) -> list[Hit]:
    texts = {key: letter.text for key, letter in letters.items()}
    return [Hit(Chunk(key, start, end, texts.get(key, "")[start:end], ()), 0.0, {}) for key, start, end in spans]


def watched(*command: str | Path) -> dict[str, float]:
    """Seconds of a whole process, of its processor, and the most memory (MB) that it and its children held; its failure is ours.

    On a machine that does other work too, the seconds of the processor are those to look at.
    """
    begun = time.perf_counter()
    with tempfile.TemporaryFile() as said:
        process = subprocess.Popen([str(word) for word in command], stdout=subprocess.DEVNULL, stderr=said)
        peak = [0.0]
        watcher = threading.Thread(target=_watch, args=(process, peak))
        watcher.start()
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - begun
        process.returncode = os.waitstatus_to_exitcode(status)
        watcher.join()
        if process.returncode:
            said.seek(0)
            raise RuntimeError(f"{command}: {said.read().decode()[-800:]}")
    used = usage.ru_utime + usage.ru_stime
    return {"(s)": seconds, "CPU (s)": used, "memory (MB)": max(peak[0], usage.ru_maxrss / 1024)}


def _named(what: str, told: dict[str, float]) -> dict[str, float]:
    return {f"{what} {unit}": value for unit, value in told.items()}


def _watch(process: "subprocess.Popen[bytes]", peak: list[float]) -> None:
    while process.returncode is None:
        peak[0] = max(peak[0], sum(_shared_memory(pid) for pid in _family(process.pid)))
        time.sleep(0.3)


def _family(pid: int) -> list[int]:
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except OSError:
        return []
    return [pid, *(grandchild for child in children for grandchild in _family(int(child)))]


def _shared_memory(pid: int) -> float:
    """What a process holds in MB, what it shares with others counted in shares; 0 once it is gone."""
    try:
        rollup = Path(f"/proc/{pid}/smaps_rollup").read_text()
    except OSError:
        return 0.0
    return sum(int(line.split()[1]) for line in rollup.splitlines() if line.startswith("Pss:")) / 1024


def _letter(home: Path) -> Path:
    from bench.library import letter

    path = home / "新来的复文.txt"
    path.write_text(letter(7, random.Random(7)), encoding="utf-8")
    return path


def _wanted(folder: Path | None, count: int) -> list[tuple[str, str]]:
    """Questions and the ids of their passages, spread over all of them."""
    rows = [r for r in haystack.rows(folder, "questions") if r["passage_id"] and r["question"].strip()] if folder else []
    step = max(1, len(rows) // count)
    return [(row["question"], row["passage_id"]) for row in rows[::step][:count]]


def _size(folder: Path) -> float:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 1e6


def _print(table: Table) -> None:
    names: Sequence[str] = list(dict.fromkeys(name for told in table.values() for name in told))
    print(f"{'':26}" + "".join(f"{side:>12}" for side in table))
    for name in names:
        print(f"{name:26}" + "".join(f"{told.get(name, float('nan')):12.3f}" for told in table.values()))
    print(json.dumps(table))


if __name__ == "__main__":
    main()
