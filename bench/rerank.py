"""Fits the weights of index/rerank.toml: gold questions over the letters, held-out everyday questions, questions over passages.

    python bench/rerank.py [--passages FOLDER] [--write]

Prints what the fitted weights find of the questions that they were not fitted on (each letter's questions in turn), beside the
weights in force. FOLDER has passages.jsonl[.gz] and questions.jsonl[.gz], as bench/retrieval.py reads them.
"""

import argparse
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench.retrieval import _letter, _rows
from corpus.letter import Letter
from corpus.library import Library
from corpus.parse import parse_letter
from corpus.read import read_documents
from eval.cases import Case, load_cases
from eval.ranking import recall_at, reciprocal_rank_at
from eval.sets import GOLD
from eval.spans import Span, covers_group
from index.build import build_index
from index.embedding import open_embedder
from index.rerank import NAMES, WEIGHTS, Candidate, read_weights
from index.search import Index, open_index
from index.training.rows import read_everyday, split_everyday

Floats = NDArray[np.float64]
# How many everyday questions and how many over passages are looked at.
_EVERYDAY, _PASSAGES = 400, 400
# How often a question over letters counts, for one of the others, and which weights are set by hand.
_OFTEN, _SET = 3, ("exact", "named", "record", "formula")
_STEPS, _RATE, _PULL, _SHARPNESS = 400, 0.02, 0.3, 12.0
# Of the candidates, those that are looked at sentence by sentence.
_CLOSEST = 12
_OTHER, _PAGES = GOLD.with_name("other") / "tune.jsonl", GOLD.with_name("pages") / "held"


@dataclass(frozen=True)
class Asked:
    """A question with the features of its candidates, which of them answer it, and the group that is held out as one."""

    group: str
    features: Floats
    right: NDArray[np.bool_]


def main() -> None:
    """Gather, fit with each group held out in turn, print, and write the weights that all the questions together give."""
    parser = argparse.ArgumentParser(description="Fit the weights of reranking")
    parser.add_argument("--passages", type=Path)
    parser.add_argument("--write", action="store_true", help="put the weights into index/rerank.toml")
    options = parser.parse_args()
    sets = {"letters": over_letters(), "others": over_others(), "everyday": over_everyday()}
    sets["passages"] = over_passages(options.passages) if options.passages else []
    weights = np.array([read_weights()[name] for name in NAMES])
    report("in force", sets, lambda asked: weights)
    every = [a for name, found in sets.items() for a in found * (_OFTEN if name in ("letters", "others") else 1)]
    fitted = {group: fit([a for a in every if a.group != group], weights) for group in sorted({a.group for a in every})}
    report("held out", sets, lambda asked: fitted[asked.group])
    final = fit(every, weights)
    print("\n".join(f"{name} = {value:.3f}" for name, value in zip(NAMES, final, strict=True)))
    if options.write:
        write(final)


def over_letters() -> list[Asked]:
    """The development questions of one turn over the built-in letters; a group is a letter that the evidence is in."""
    letters = Library(Path("no such folder"), builtin=True).letters()
    return _over(letters, load_cases(GOLD / "dev.jsonl", GOLD / "core.jsonl"), lambda n, letter: letter)


def over_others() -> list[Asked]:
    """The questions that may be tuned on over letters of other places."""
    letters = [parse_letter(raw) for page in sorted(_PAGES.glob("*.txt")) for raw in read_documents(page)]
    return _over(letters, load_cases(_OTHER), lambda n, letter: f"others {n % 5}")


def _over(letters: list[Letter], cases: Sequence[Case], group: Callable[[int, str], str]) -> list[Asked]:
    by_id, made = {letter.id: letter for letter in letters}, []
    with tempfile.TemporaryDirectory() as home:
        index = _opened(letters, Path(home))
        for n, case in enumerate(c for c in cases if c.evidence and len(c.turns) == 1):
            found = index.examined(case.question)[:_CLOSEST]
            right = [[covers_group([_span(c)], wanted, by_id) for wanted in case.evidence] for c, _ in found]
            made.append(_asked(group(n, case.evidence[0][0].letter), found, right))
    return made


def over_everyday() -> list[Asked]:
    """Held-out everyday questions over all held-out official sentences, six of them a passage."""
    rows = [row for row in split_everyday(read_everyday())[1] if row.kind in ("qa", "hard")]
    sentences = list(dict.fromkeys(text for row in rows for text in (row.b, row.wrong) if text))
    passages = ["".join(sentences[at : at + 6]) for at in range(0, len(sentences), 6)]
    letters = [Letter(f"p{n:05}", f"{n}", text) for n, text in enumerate(passages)]
    with tempfile.TemporaryDirectory() as home:
        index = _opened(letters, Path(home))
        asked = [(row.a, index.examined(row.a)[:_CLOSEST], row.b) for row in rows[:_EVERYDAY]]
    return [
        _asked(f"everyday {n % 5}", found, [[text in c.letter.text] for c, _ in found])
        for n, (_, found, text) in enumerate(asked)
    ]


def over_passages(folder: Path) -> list[Asked]:
    """Questions over passages of another field; right is the passage."""
    letters = [_letter(row) for row in _rows(folder, "passages")]
    questions = [row for row in _rows(folder, "questions") if row["passage_id"]][:_PASSAGES]
    made = []
    with tempfile.TemporaryDirectory() as home:
        index = _opened(letters, Path(home))
        for n, row in enumerate(questions):
            found = index.examined(row["question"])[:_CLOSEST]
            made.append(_asked(f"passages {n % 5}", found, [[c.letter.id == row["passage_id"]] for c, _ in found]))
    return made


def fit(asked: Sequence[Asked], start: Floats) -> Floats:
    """The weights that put what is right first (the likelihood of the right ones among all), pulled towards `start`."""
    useful = [a for a in asked if a.right.any() and not a.right.any(axis=1).all()]
    most = max(len(a.right) for a in useful)
    # All questions in one block, short ones filled up with candidates that have no share.
    table = np.zeros((len(useful), most, len(start)))
    there, right = np.zeros((2, len(useful), most), dtype=bool)
    for row, a in enumerate(useful):
        table[row, : len(a.right)], there[row, : len(a.right)] = a.features, True
        right[row, : len(a.right)] = a.right.any(axis=1)
    free = np.array([name not in _SET for name in NAMES])
    weights, first, second = start.copy(), np.zeros(len(start)), np.zeros(len(start))
    for step in range(1, _STEPS + 1):
        raw = np.where(there, _SHARPNESS * (table @ weights), -np.inf)
        share = np.exp(raw - raw.max(axis=1, keepdims=True))
        kept = np.where(right, share, 0.0)
        excess = share / share.sum(axis=1, keepdims=True) - kept / np.maximum(kept.sum(axis=1, keepdims=True), 1e-30)
        gradient = _SHARPNESS * np.einsum("qcf,qc->f", table, excess) / len(useful) + _PULL * (weights - start)
        first, second = 0.9 * first + 0.1 * gradient * free, 0.999 * second + 0.001 * (gradient * free) ** 2
        weights = weights - _RATE * (first / (1 - 0.9**step)) / (np.sqrt(second / (1 - 0.999**step)) + 1e-8) * free
    return weights


def report(name: str, sets: Mapping[str, Sequence[Asked]], weights: Callable[[Asked], Floats]) -> None:
    """Print what the weights find of each set: Recall@5 over the evidence groups, and RR@10."""
    for kind, asked in sets.items():
        recalls, ranks = [], []
        for a in asked:
            ordered = a.right[np.argsort(-np.round(a.features @ weights(a), 6), kind="stable")]
            recalls.append(float(np.mean([recall_at(list(column), 1, 5) > 0 for column in ordered.T])))
            ranks.append(reciprocal_rank_at(list(ordered.any(axis=1)), 10))
        if asked:
            print(
                f"{name:10} {kind:9} {len(asked):4} questions  Recall@5 {np.mean(recalls):.3f}  RR@10 {np.mean(ranks):.3f}"
            )


def write(weights: Floats) -> None:
    """Put the weights into index/rerank.toml, under the comment that stands there."""
    comment = [line for line in WEIGHTS.read_text(encoding="utf-8").split("\n") if line.startswith("#")]
    lines = [f"{name} = {value:.2f}" for name, value in zip(NAMES, weights, strict=True)]
    WEIGHTS.write_text("\n".join([*comment, "[weights]", *lines]) + "\n", encoding="utf-8")


def _opened(letters: Sequence[Letter], home: Path) -> Index:
    embedder = open_embedder()
    build_index(letters, home, embedder)
    return open_index(home, embedder)


def _asked(group: str, found: Sequence[tuple[Candidate, dict[str, float]]], right: Sequence[Sequence[bool]]) -> Asked:
    table = np.array([[values[name] for name in NAMES] for _, values in found]).reshape(len(found), len(NAMES))
    return Asked(group, table, np.array(right, dtype=bool).reshape(len(found), -1))


def _span(candidate: Candidate) -> Span:
    return Span(candidate.chunk.letter, candidate.chunk.start, candidate.chunk.end)


if __name__ == "__main__":
    main()
