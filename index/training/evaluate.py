"""Measure an embedding model, alone and fused with lexical search: `python -m index.training.evaluate --data DIR`."""

import argparse
import gzip
import json
import random
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from corpus.errors import FuwenError
from index.embedding import BUILTIN, BuiltinEmbedder, Embedder, open_embedder
from index.training.lexical import LexicalScores
from index.training.rows import (
    EVERYDAY,
    HELD_OUT_SOURCES,
    Row,
    read_articles,
    read_everyday,
    read_pairs,
    read_paragraphs,
    split_everyday,
    split_pairs,
)

Scores = NDArray[np.float32]
DISTRACTORS = 2000
LAW_DISTRACTORS = 3000
# How many of the best are looked at again, as in the product.
SECOND_LOOK = 20
# Knowledge-base questions name their answer's first words: they measure nothing that users do.
KNOWLEDGE_BASE = ("kgclue", "nlpcc2016-kbqa")


@dataclass(frozen=True)
class Trial:
    """Questions, a pool of texts, and the place of each question's text in the pool."""

    name: str
    questions: tuple[str, ...]
    pool: tuple[str, ...]
    right: tuple[int, ...]


@dataclass(frozen=True)
class Quality:
    """How often the right text is first, among the first five, and nDCG@10."""

    success1: float
    success5: float
    ndcg10: float

    def __str__(self) -> str:
        return f"{self.success1:.3f} {self.success5:.3f} {self.ndcg10:.3f}"


def quality(scores: Scores, right: Sequence[int]) -> Quality:
    """Quality of a score matrix [questions, pool]; among equal scores the right text counts as last."""
    gold = scores[np.arange(len(right)), list(right)][:, None]
    rank = (scores >= gold).sum(axis=1) - 1
    gain = np.where(rank < 10, 1 / np.log2(rank + 2), 0.0)
    return Quality(float((rank == 0).mean()), float((rank < 5).mean()), float(gain.mean()))


def reciprocal_ranks(scores: Scores) -> Scores:
    """1 / (60 + rank) of each text for each question, the currency of reciprocal rank fusion."""
    order = np.argsort(-scores, axis=1, kind="stable")
    ranks = np.empty_like(order)
    np.put_along_axis(ranks, order, np.arange(scores.shape[1])[None, :], axis=1)
    return (1 / (60 + ranks)).astype(np.float32)


def scaled(scores: Scores) -> Scores:
    """Each question's scores over its best one."""
    best = scores.max(axis=1, keepdims=True)
    return np.asarray(scores / np.where(best > 0, best, 1), dtype=np.float32)


def measure(trial: Trial, embedder: Embedder) -> dict[str, Quality]:
    """The quality of dense, lexical and fused search on a trial."""
    dense = embedder.encode(trial.questions, query=True) @ embedder.encode(trial.pool).T
    index = LexicalScores(trial.pool)
    lexical = index.score(trial.questions)
    covered = lexical / np.maximum(index.ideal(trial.questions), 1e-9)
    ways = {
        "dense": dense,
        "lexical": lexical,
        "rank fusion": reciprocal_ranks(dense) + reciprocal_ranks(lexical),
        "over the best": scaled(dense) + scaled(lexical),
        "over the ideal": dense + 2 * covered,
    }
    if isinstance(embedder, BuiltinEmbedder):
        ways["dense, second look"] = second_look(trial, embedder, dense)
    return {way: quality(scores, trial.right) for way, scores in ways.items()}


def second_look(trial: Trial, embedder: BuiltinEmbedder, dense: Scores) -> Scores:
    """The dense scores, the best ones of each question put in order by adding how well each word of it is met."""
    scores = dense.copy()
    for row, question in enumerate(trial.questions):
        best = np.argsort(-dense[row], kind="stable")[:SECOND_LOOK]
        # Both parts are at least -1: no text below the best ones comes before them.
        scores[row, best] += 3 + embedder.late_interaction(question, [trial.pool[place] for place in best])
    return scores


def trials(data: Path) -> Iterator[Trial]:
    """Every trial: encyclopedia questions, held-out everyday rows, held-out questions and answers, sources held out whole."""
    yield from encyclopedia_trials(data)
    yield from everyday_trials()
    pairs = read_pairs(data / "train")
    yield from law_trials(pairs, data)
    _, held_out = split_pairs(pairs)
    rows = [row for row in held_out if row.kind in ("qa", "faq") and row.group not in KNOWLEDGE_BASE]
    yield row_trial("questions and answers, held out", rows, rows)


def encyclopedia_trials(data: Path) -> Iterator[Trial]:
    """CMRC 2018 trial questions among their own passages, then among 2,000 foreign texts too."""
    folder = data / "cmrc2018_trial"
    passages = _read_gzip(folder / "passages.jsonl.gz")
    questions = _read_gzip(folder / "questions.jsonl.gz")
    place = {passage["id"]: index for index, passage in enumerate(passages)}
    pool = tuple(passage["text"] for passage in passages)
    asked = tuple(question["question"] for question in questions)
    right = tuple(place[question["passage_id"]] for question in questions)
    yield Trial("encyclopedia", asked, pool, right)
    yield Trial("encyclopedia + 2,000 texts", asked, pool + tuple(distractors(data)), right)


def distractors(data: Path) -> list[str]:
    """Half news, half formal paragraphs; the same at every call."""
    chosen = random.Random(1)
    long = [text for text in read_paragraphs(data / "train") if len(text) > 100]
    news = [text[:500] for text in read_articles(data / "train")]
    return chosen.sample(news, DISTRACTORS // 2) + chosen.sample(long, DISTRACTORS // 2)


def law_trials(pairs: list[Row], data: Path) -> Iterator[Trial]:
    """Lay questions of law of the sources that are held out whole, among their answers and formal paragraphs."""
    asked = [row for row in pairs if row.group in HELD_OUT_SOURCES]
    if asked:
        own = row_trial("lay questions of law, sources held out", asked, asked)
        long = [text for text in read_paragraphs(data / "train") if len(text) > 40]
        yield replace(own, pool=own.pool + tuple(random.Random(7).sample(long, min(len(long), LAW_DISTRACTORS))))


def everyday_trials() -> Iterator[Trial]:
    """Held-out everyday rows of the first file against the official texts of the held-out part, then against all of them;
    and those of the later files among themselves."""
    rows = read_everyday((EVERYDAY,))
    _, held_out = split_everyday(rows)
    sentences = [row for row in held_out if row.kind in ("qa", "hard")]
    yield row_trial("everyday, held-out texts", sentences, held_out)
    yield row_trial("everyday, all texts", sentences, rows)
    yield row_trial("terms, all texts", [row for row in held_out if row.kind in ("phrase", "term")], rows)
    _, later = split_everyday(read_everyday()[len(rows) :])
    if later:
        yield row_trial("everyday, later files, held-out texts", later, later)


def row_trial(name: str, asked: list[Row], pool: list[Row]) -> Trial:
    """Each row's question against the distinct texts of the pool, wrong ones included."""
    texts = sorted({text for row in pool for text in (row.b, row.wrong) if text})
    place = {text: index for index, text in enumerate(texts)}
    return Trial(name, tuple(row.a for row in asked), tuple(texts), tuple(place[row.b] for row in asked))


def _read_gzip(path: Path) -> list[dict[str, str]]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def report(data: Path, embedder: Embedder) -> str:
    """A Markdown table: trial by way, each cell Success@1, Success@5, nDCG@10."""
    lines: list[str] = []
    for trial in trials(data):
        found = measure(trial, embedder)
        if not lines:
            lines += ["| trial | n | pool | " + " | ".join(found) + " |", "| --- " * (3 + len(found)) + "|"]
        cells = " | ".join(str(each) for each in found.values())
        lines.append(f"| {trial.name} | {len(trial.questions)} | {len(trial.pool)} | {cells} |")
    return "\n".join(lines)


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the table for the shipped model, or for the one named."""
    parser = argparse.ArgumentParser(prog="python -m index.training.evaluate", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder that holds train/ and cmrc2018_trial/")
    parser.add_argument("--model", default=BUILTIN, help="folder of a trained model, or any name open_embedder takes")
    chosen = parser.parse_args(arguments)
    try:
        sys.stdout.write(report(chosen.data, open_trained(chosen.model)) + "\n")
    except (FuwenError, FileNotFoundError) as error:
        sys.exit(str(error))


def open_trained(name: str) -> Embedder:
    """The model in a folder that the training program wrote, or whatever else `open_embedder` takes."""
    folder = Path(name)
    if (folder / "tokenizer.json").exists() and (folder / "config.json").exists():
        return BuiltinEmbedder(folder)
    return open_embedder(name)


if __name__ == "__main__":
    main()
