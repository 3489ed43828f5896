"""Measures retrieval over a folder with passages.jsonl[.gz] (id, title, text) and questions.jsonl[.gz] (question, passage_id).

    python bench/retrieval.py FOLDER [--distractors TEXT.xz] [--count 10000]

Prints Success@1, Success@5, nDCG@10 and RR@10 of the fused search and of each searcher alone, and the times.
"""

import argparse
import gzip
import json
import lzma
import math
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from corpus.letter import Letter, Metadata, Stated
from index.build import build_index
from index.embedding import open_embedder
from index.search import Index, open_index

LEGS = ("fused", "words", "bigrams", "dense")
DEPTH = 50


def main() -> None:
    """Build an index of the passages in a temporary folder, ask every question, print the table."""
    parser = argparse.ArgumentParser(description="Measure retrieval")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--distractors", type=Path, help="a file of paragraphs, one a line, to hide the passages among")
    parser.add_argument("--count", type=int, default=10_000, help="passages in all when there are distractors")
    options = parser.parse_args()
    passages = [_letter(row) for row in _rows(options.folder, "passages")]
    if options.distractors:
        passages += list(_distractors(options.distractors, options.count - len(passages)))
    questions = [
        (row["question"], row["passage_id"]) for row in _rows(options.folder, "questions") if row["passage_id"]
    ]
    embedder = open_embedder()
    with tempfile.TemporaryDirectory() as home:
        built, generation = _timed(lambda: build_index(passages, Path(home), embedder))
        opened, index = _timed(lambda: open_index(Path(home), embedder))
        print(
            f"{len(passages)} passages, {generation.manifest['chunks']} chunks: built {built:.1f} s, opened {opened:.3f} s"
        )
        _measure(index, questions)


def _measure(index: Index, questions: list[tuple[str, str]]) -> None:
    ranks: dict[str, list[int | None]] = {leg: [] for leg in LEGS}
    times: list[float] = []
    for question, wanted in questions:
        seconds, hits = _timed(lambda question=question: index.search(question, DEPTH))
        times.append(seconds * 1000)
        for leg in LEGS:
            scored = [(hit.score if leg == "fused" else hit.scores[leg], hit.chunk.letter) for hit in hits]
            ranks[leg].append(_rank([letter for _, letter in sorted(scored, key=lambda s: -s[0])], wanted))
    print(f"{len(questions)} questions: p50 {statistics.median(times):.2f} ms, in all {sum(times) / 1000:.1f} s")
    for leg in LEGS:
        print(f"{leg:8} {_measures(ranks[leg])}")


def _rank(letters: list[str], wanted: str) -> int | None:
    """The place, from 0, of the wanted passage among the passages found, each counted once."""
    distinct = list(dict.fromkeys(letters))
    return distinct.index(wanted) if wanted in distinct else None


def _measures(ranks: list[int | None]) -> str:
    found = [rank for rank in ranks if rank is not None]
    n = len(ranks)
    return "  ".join(
        (
            f"Success@1 {sum(r < 1 for r in found) / n:.4f}",
            f"Success@5 {sum(r < 5 for r in found) / n:.4f}",
            f"nDCG@10 {sum(1 / math.log2(r + 2) for r in found if r < 10) / n:.4f}",
            f"RR@10 {sum(1 / (r + 1) for r in found if r < 10) / n:.4f}",
        )
    )


def _timed(work: Any) -> tuple[float, Any]:
    begun = time.perf_counter()
    result = work()
    return time.perf_counter() - begun, result


def _letter(row: dict[str, Any]) -> Letter:
    title = Stated(row["title"]) if row.get("title") else None
    return Letter(row["id"], row["id"], row["text"], Metadata(title=title))


def _rows(folder: Path, name: str) -> Iterator[dict[str, Any]]:
    packed, plain = folder / f"{name}.jsonl.gz", folder / f"{name}.jsonl"
    with gzip.open(packed, "rt", encoding="utf-8") if packed.exists() else plain.open(encoding="utf-8") as file:
        yield from (json.loads(line) for line in file)


def _distractors(path: Path, count: int) -> Iterator[Letter]:
    """Paragraphs joined to passages of some 500 characters."""
    held = ""
    with lzma.open(path, "rt", encoding="utf-8") as file:
        for line in file:
            held += line
            if len(held) >= 500:
                count -= 1
                yield Letter(f"distractor-{count}", "", held)
                held = ""
            if count <= 0:
                return


if __name__ == "__main__":
    main()
