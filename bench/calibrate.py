"""Fits `assistant/support.toml` on questions with and without their answer in the corpus.

Answerable: reading-comprehension questions over their passages, and held-out everyday questions over official
sentences. Unanswerable: the same questions with the right passage taken away, or only the sentence that answers. Needs
`pip install scikit-learn` (it comes with the extra `models`).
"""

import argparse
import gzip
import json
import random
import tempfile
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression

from assistant.decide import least
from assistant.evidence import Evidence, Weigher
from assistant.understand import fold, understand
from corpus.letter import Letter, Metadata, Stated
from index.build import build_index
from index.embedding import Embedder, open_embedder
from index.hit import Filters, Hit
from index.search import Index, open_index
from index.training.rows import read_everyday, split_everyday

FEATURES = ("own", "around", "dense", "lead")


@dataclass(frozen=True)
class Question:
    """A question, the id of the text that answers it, and its answer where a part of the text is meant."""

    text: str
    gold: str
    answer: str = ""


@dataclass(frozen=True)
class Row:
    """The best sentence of one question; `right` says whether it is the answer."""

    source: str
    right: bool
    evidence: Evidence


def main() -> None:
    """Print the weights for questions in the letters' words, and what each threshold keeps and lets through."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--reading", type=Path, required=True, help="folder with passages.jsonl.gz and questions.jsonl.gz"
    )
    parser.add_argument("--questions", type=int, default=500)
    arguments = parser.parse_args()
    embedder = open_embedder()
    rows = _reading(arguments.reading, arguments.questions, embedder) + _everyday(embedder)
    everyday = [row for row in rows if row.evidence.around < least("coverage")]
    print(f"everyday words (coverage below {least('coverage')}), by cosine:")
    _table(everyday, [row.evidence.dense for row in everyday], (0.2, 0.24, 0.28, 0.32, 0.36))
    formal = [row for row in rows if row.evidence.around >= least("coverage")]
    features = np.array([[getattr(row.evidence, name) for name in FEATURES] for row in formal])
    # Taking one sentence away often leaves a neighbour that answers as well: those rows are doubtful and count less.
    weights = [0.3 if "sentence" in row.source else 1.0 for row in formal]
    model = LogisticRegression(C=10).fit(features, [row.right for row in formal], sample_weight=weights)
    print("the letters' words, by support:")
    _table(formal, model.predict_proba(features)[:, 1].tolist(), (0.1, 0.2, 0.3, 0.4, 0.5, 0.6))
    print("[weights]", f"constant = {model.intercept_[0]:.2f}", sep="\n")
    for name, weight in zip(FEATURES, model.coef_[0], strict=True):
        print(f"{name} = {weight:.2f}")


def _table(rows: list[Row], scores: list[float], thresholds: tuple[float, ...]) -> None:
    """For each source the share of rows at or above each threshold."""
    kinds = sorted({(row.source, row.right) for row in rows})
    for source, right in kinds:
        own = [score for row, score in zip(rows, scores, strict=True) if (row.source, row.right) == (source, right)]
        shares = "  ".join(f"{t}: {sum(x >= t for x in own) / len(own):.2f}" for t in thresholds)
        print(f"  {source + (' (to keep)' if right else ' (to refuse)'):36} {len(own):4}  {shares}")


def _reading(folder: Path, count: int, embedder: Embedder) -> list[Row]:
    with gzip.open(folder / "passages.jsonl.gz", "rt", encoding="utf-8") as file:
        passages = [json.loads(line) for line in file]
    with gzip.open(folder / "questions.jsonl.gz", "rt", encoding="utf-8") as file:
        asked = [json.loads(line) for line in file]
    chosen = random.Random(0).sample(asked, min(count, len(asked)))
    letters = [_letter(p["id"], p["text"], p["title"]) for p in passages]
    return _rows(
        "reading", letters, [Question(q["question"], q["passage_id"], q["answers"][0]) for q in chosen], embedder
    )


def _everyday(embedder: Embedder) -> list[Row]:
    pairs = [row for row in split_everyday(read_everyday())[1] if row.kind == "qa"]
    rows = []
    for part in (pairs[n::4] for n in range(4)):
        letters = [_letter(str(n), row.b) for n, row in enumerate(part)]
        rows += _rows("everyday", letters, [Question(row.a, str(n)) for n, row in enumerate(part)], embedder)
    return rows


def _letter(name: str, text: str, title: str | None = None) -> Letter:
    return Letter(name, name, text, Metadata(title=Stated(title) if title else None), (), (0, len(text)))


def _rows(source: str, letters: list[Letter], questions: list[Question], embedder: Embedder) -> list[Row]:
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        build_index(letters, Path(folder), embedder)
        index = open_index(Path(folder), embedder)
        for question in questions:
            hits = index.search(understand(question.text).matter, 13, Filters())
            without = [hit for hit in hits if hit.chunk.letter != question.gold]
            best = _best(question, hits[:12], index, embedder)
            if best and best.letter.id == question.gold and _answers(best, question):
                rows.append(Row(source, True, best))
            rows += [
                Row(f"{source}, passage gone", False, b) for b in [_best(question, without[:12], index, embedder)] if b
            ]
            if question.answer:
                near = _best(question, hits[:12], index, embedder, without_answer=True)
                rows += [Row(f"{source}, sentence gone", False, near)] if near else []
    return rows


def _best(
    question: Question, hits: list[Hit], index: Index, embedder: Embedder, *, without_answer: bool = False
) -> Evidence | None:
    weighed = Weigher(understand(question.text), index, embedder).weigh(hits)
    kept = [e for e in weighed if not (without_answer and e.letter.id == question.gold and _answers(e, question))]
    return kept[0] if kept else None


def _answers(evidence: Evidence, question: Question) -> bool:
    return fold(question.answer)[:12] in fold(evidence.text)


if __name__ == "__main__":
    main()
