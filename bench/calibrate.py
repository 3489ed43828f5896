"""Fits the weights that rank sentences, and shows what the threshold of answering keeps and lets through, source by source.

    python bench/calibrate.py --reading FOLDER [--gold FILE DATA]...

Sources: reading-comprehension questions over their passages, held-out everyday questions over official sentences, and gold
questions over the letters of a data folder ('' for those that ship). Each is also measured with weights fitted on the others alone; the fitted weights are
printed, to be copied into `assistant/support.toml`. To be refused are the same questions with the letter that answers taken away,
and gold questions that are off topic. Needs what `fuwen` needs, nothing more.
"""

import argparse
import gzip
import json
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from assistant.evidence import Evidence, Weigher, least, rank_weights
from assistant.places import open_library
from assistant.retrieve import evidence_of
from assistant.settings import load_settings
from assistant.understand import fold, understand
from corpus.letter import Letter, Metadata, Stated
from eval.cases import load_cases
from eval.spans import Span, places
from index.build import build_index
from index.embedding import Embedder, open_embedder
from index.search import Index, open_index
from index.training.rows import read_everyday, split_everyday

Floats = NDArray[np.float64]
# Too rare among the questions to be fitted: their weights stay as they are.
_FIXED = ("near", "context", "part", "proposal", "target")
_HITS, _SENTENCES, _QUESTIONS = 12, 60, 300
_STEPS, _RATE, _PULL, _SCALE = 400, 0.1, 0.004, 4.0


@dataclass(frozen=True)
class Row:
    """A question's sentences, best first; which of them answer it (none where it is to be refused)."""

    source: str
    evidence: tuple[Evidence, ...]
    right: NDArray[np.bool_]

    def features(self, names: Sequence[str]) -> Floats:
        """A row a sentence, a column a feature."""
        return np.array([[e.features.get(name, 0.0) for name in names] for e in self.evidence])


def main() -> None:
    """Gather, fit with each source held out in turn, print."""
    parser = argparse.ArgumentParser(description="Fit the weights that rank sentences")
    parser.add_argument("--reading", type=Path, required=True, help="folder with passages and questions")
    parser.add_argument("--gold", nargs=2, action="append", default=[], metavar=("FILE", "DATA"))
    options = parser.parse_args()
    embedder = open_embedder()
    rows = list(_reading(options.reading, embedder)) + list(_everyday(embedder))
    for file, data in options.gold:
        rows += _gold(Path(file), Path(data) if data else None, embedder)
    _print_order([row for row in rows if row.right.any()])
    _print_thresholds(rows)


def _print_order(rows: Sequence[Row]) -> None:
    """How often the first sentence is right, with the weights in force, fitted, and fitted on the other sources."""
    now = rank_weights()
    everything = fit(rows)
    for source in sorted({row.source for row in rows}):
        own, others = ([r for r in rows if (r.source == source) is same] for same in (True, False))
        shares = [_first_right(own, weights) for weights in (now, everything, fit(others or own))]
        print(f"{source:24} {len(own):4}  in force {shares[0]:.3f}  fitted {shares[1]:.3f}  held out {shares[2]:.3f}")
    print("[rank]", *(f"{name} = {weight:.2f}" for name, weight in everything.items()), sep="\n")


def _print_thresholds(rows: Sequence[Row]) -> None:
    """For each source the share of questions at or above each support."""
    print(f"support of the best of five (an answer needs {least('answer')}):")
    for source, right in sorted({(row.source, bool(row.right.any())) for row in rows}):
        own = [row for row in rows if (row.source, bool(row.right.any())) == (source, right)]
        best = [max(e.support for e in row.evidence[:5]) for row in own]
        shares = "  ".join(f"{t}: {sum(b >= t for b in best) / len(best):.2f}" for t in (0.4, 0.48, 0.52, 0.56, 0.64))
        print(f"  {source + (' (to keep)' if right else ' (to refuse)'):32} {len(own):4}  {shares}")


def fit(rows: Sequence[Row]) -> dict[str, float]:
    """The weights under which the right sentences are likeliest to come first (softmax over each question's sentences)."""
    start = rank_weights()
    free = [name for name in start if name not in _FIXED]
    fixed = np.array([start[name] for name in _FIXED]) * _SCALE
    data = [(row.features(free), row.features(_FIXED) @ fixed, row.right) for row in rows]
    weights = np.array([start[name] for name in free]) * _SCALE
    first, second = np.zeros_like(weights), np.zeros_like(weights)
    for step in range(1, _STEPS + 1):
        slope = sum(_slope(weights, *one) for one in data) / len(data) + _PULL * weights
        first, second = 0.9 * first + 0.1 * slope, 0.99 * second + 0.01 * slope * slope
        weights = weights - _RATE * (first / (1 - 0.9**step)) / (np.sqrt(second / (1 - 0.99**step)) + 1e-8)
        weights = np.maximum(weights, 0.0)
    return {**dict(zip(free, (weights / _SCALE).tolist(), strict=True)), **{name: start[name] for name in _FIXED}}


def _slope(weights: Floats, features: Floats, given: Floats, right: NDArray[np.bool_]) -> Floats:
    scores = features @ weights + given
    chance = np.exp(scores - scores.max())
    chance /= chance.sum()
    among = chance * right
    return np.asarray(features.T @ (chance - among / (among.sum() or 1.0)))


def _first_right(rows: Sequence[Row], weights: Mapping[str, float]) -> float:
    names, values = list(weights), np.array(list(weights.values()))
    return sum(bool(row.right[int(np.argmax(np.round(row.features(names) @ values, 6)))]) for row in rows) / len(rows)


def _reading(folder: Path, embedder: Embedder) -> Iterator[Row]:
    titled = [(p, Stated(p["title"]) if p.get("title") else None) for p in _lines(folder, "passages")]
    letters = [Letter(p["id"], p["id"], p["text"], Metadata(title=t), (), (0, len(p["text"]))) for p, t in titled]
    with tempfile.TemporaryDirectory() as home:
        index = _index(letters, Path(home), embedder)
        for asked in list(_lines(folder, "questions"))[:_QUESTIONS]:
            wanted = {fold(answer)[:12] for answer in asked["answers"]}
            yield from _rows("reading", asked["question"], asked["passage_id"], index, embedder, wanted)


def _lines(folder: Path, name: str) -> Iterator[dict[str, Any]]:
    packed, plain = folder / f"{name}.jsonl.gz", folder / f"{name}.jsonl"
    with gzip.open(packed, "rt", encoding="utf-8") if packed.exists() else plain.open(encoding="utf-8") as file:
        yield from map(json.loads, file)


def _everyday(embedder: Embedder) -> Iterator[Row]:
    pairs = [row for row in split_everyday(read_everyday())[1] if row.kind == "qa"]
    letters = [Letter(str(n), str(n), row.b, Metadata(), (), (0, len(row.b))) for n, row in enumerate(pairs)]
    with tempfile.TemporaryDirectory() as home:
        index = _index(letters, Path(home), embedder)
        for n, row in enumerate(pairs[:_QUESTIONS]):
            yield from _rows("everyday", row.a, str(n), index, embedder, {""})


def _gold(file: Path, data: Path | None, embedder: Embedder) -> Iterator[Row]:
    """Single questions: those with evidence, and those that are off topic."""
    letters = {letter.id: letter for letter in open_library(load_settings(data)).letters()}
    with tempfile.TemporaryDirectory() as home:
        index = _index(list(letters.values()), Path(home), embedder)
        for case in load_cases(file):
            if len(case.turns) > 1 or not (case.answerable or case.why == "off_topic"):
                continue
            evidence = _weighed(case.question, index, embedder, "")
            spans = [span for group in case.evidence for quote in group for span in places(quote, letters)]
            right = np.array([any(_meets(e, span) for span in spans) for e in evidence], dtype=bool)
            if evidence and (right.any() or not case.answerable):
                yield Row(file.stem, evidence, right)


def _meets(e: Evidence, span: Span) -> bool:
    return e.letter.id == span.letter and min(e.end, span.end) - max(e.start, span.start) >= 6


def _rows(source: str, question: str, gold: str, index: Index, embedder: Embedder, wanted: set[str]) -> Iterator[Row]:
    """The question with its letter, where some sentence answers, and without it."""
    if not question.strip():
        return
    evidence = _weighed(question, index, embedder, "")
    right = [e.letter.id == gold and any(w in fold(e.text) for w in wanted) for e in evidence]
    if any(right):
        yield Row(source, evidence, np.array(right))
    without = _weighed(question, index, embedder, gold)
    if without:
        yield Row(source, without, np.zeros(len(without), dtype=bool))


def _weighed(question: str, index: Index, embedder: Embedder, missing: str) -> tuple[Evidence, ...]:
    query = understand(question)
    hits = [hit for hit in index.search(query.standalone, _HITS + 1) if hit.chunk.letter != missing]
    return Weigher(query, index, embedder).weigh(evidence_of(hits[:_HITS]))[:_SENTENCES]


def _index(letters: Sequence[Letter], home: Path, embedder: Embedder) -> Index:
    build_index(letters, home, embedder)
    return open_index(home, embedder)


if __name__ == "__main__":
    main()
