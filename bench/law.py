"""Measures what lay people ask about the law and lawyers answer: everyday words on one side, formal text on the other.

    python bench/law.py PAIRS.jsonl.xz TEXT.xz [--distractors 20000] [--questions N]

The questions are held out of the training of the model. The pool: their answers, and paragraphs of laws to hide them among.
"""

import argparse
import json
import lzma
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from corpus.letter import Letter
from eval.ranking import ndcg_at, success_at
from index.build import build_index
from index.embedding import open_embedder
from index.search import Index, open_index

SOURCES = ("legalqa", "lawbench-consult", "lawbench-scenario")
K = 10
# Each searcher alone, the two lexical ones together, all as the product has them.
WAYS: dict[str, dict[str, float] | None] = {
    "words": {"words": 1.0},
    "bigrams": {"bigrams": 1.0},
    "lexical": {"words": 1.0, "bigrams": 1.0},
    "dense": {"dense": 1.0},
    "fused": None,
}


def main() -> None:
    """Print a row a way of searching: Success@1, Success@5, nDCG@10 on each source and on all."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pairs", type=Path)
    parser.add_argument("text", type=Path)
    parser.add_argument("--distractors", type=int, default=20_000)
    parser.add_argument("--questions", type=int, default=100_000)
    options = parser.parse_args()
    pairs = list(_pairs(options.pairs))
    answers = {text: f"answer-{n}" for n, text in enumerate(dict.fromkeys(b for _, _, b in pairs))}
    letters = [Letter(key, key, text) for text, key in answers.items()]
    letters += [Letter(f"law-{n}", "", text) for n, text in enumerate(_laws(options.text, options.distractors))]
    asked = [(source, question, answers[answer]) for source, question, answer in pairs][: options.questions]
    embedder = open_embedder()
    with tempfile.TemporaryDirectory(prefix="fuwen-law-") as home:
        begun = time.perf_counter()
        build_index(letters, Path(home), embedder)
        print(f"{len(letters)} texts built in {time.perf_counter() - begun:.1f} s, {len(asked)} questions", flush=True)
        index = open_index(Path(home), embedder)
        for name, weights in WAYS.items():
            _print(name, index if weights is None else index.weighing(weights), asked)


def _print(name: str, index: Index, asked: list[tuple[str, str, str]]) -> None:
    gains: dict[str, list[list[float]]] = {}
    times = []
    for source, question, right in asked:
        begun = time.perf_counter()
        hits = index.search(question, 3 * K)
        times.append((time.perf_counter() - begun) * 1000)
        found = list(dict.fromkeys(hit.chunk.letter for hit in hits))[:K]
        for group in (source, "all"):
            gains.setdefault(group, []).append([float(key == right) for key in found])
    print(f"{name}  (p50 {statistics.median(times):.1f} ms)")
    for group, rows in gains.items():
        measures = {
            "Success@1": statistics.mean(success_at(row, 1) for row in rows),
            "Success@5": statistics.mean(success_at(row, 5) for row in rows),
            "nDCG@10": statistics.mean(ndcg_at(row, [1.0], 10) for row in rows),
        }
        told = "  ".join(f"{measure} {value:.3f}" for measure, value in measures.items())
        print(f"  {group:20} {len(rows):5}  {told}", flush=True)


def _pairs(path: Path) -> Iterator[tuple[str, str, str]]:
    """(source, question, answer) of the held-out sources."""
    with lzma.open(path, "rt", encoding="utf-8") as file:
        for row in map(json.loads, file):
            if row["source"] in SOURCES:
                yield row["source"], row["a"], row["b"]


def _laws(path: Path, count: int) -> Iterator[str]:
    """Paragraphs of laws: those that begin as an article does."""
    with lzma.open(path, "rt", encoding="utf-8") as file:
        yield from islice((line.strip() for line in file if line.startswith("第") and len(line) > 30), count)


if __name__ == "__main__":
    main()
