"""Measure the assistant on a reading-comprehension set from elsewhere: passages become the corpus, questions are asked.

A folder holds `passages.jsonl[.gz]` (id, title, text) and `questions.jsonl[.gz]` (id, question, answers, passage_id or
passage_ids, answerable). Such sets have gold answers but no gold quotes: a citation is right when it is exact and
stands in a gold passage.
"""

import gzip
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.answer import Answer
from corpus.errors import InputError
from eval.measures import Scores, is_exact
from eval.overlap import character_f1
from eval.plain import holds
from eval.ranking import reciprocal_rank_at, success_at
from eval.run import Asker
from index.hit import Hit

# Chunks looked at, so that five different passages are likely among them.
DEPTH = 20
MEASURES = {
    "Success@1": "share",
    "Success@5": "share",
    "RR@10": "mean",
    "answered": "share",
    "false refusal": "share",
    "AnswerHit": "share",
    "AnswerHit when answered": "share",
    "answer F1": "mean",
    "best quote F1": "mean",
    "citation exact": "mean",
    "citation in gold passage": "mean",
    "refusal recall": "share",
}


@dataclass(frozen=True)
class Question:
    """A question with its gold answers and the passages that hold them."""

    id: str
    question: str
    answers: tuple[str, ...]
    passages: frozenset[str]
    answerable: bool


def passages_file(folder: Path) -> Path:
    """The passages of a set; InputError when there are none."""
    return _file(folder, "passages")


def load_questions(folder: Path, limit: int | None = None) -> list[Question]:
    """The first `limit` questions of a set; InputError names file, line and fault of a row that cannot be used."""
    questions: list[Question] = []
    path = _file(folder, "questions")
    for place, row in _rows(path):
        if limit is not None and len(questions) >= limit:
            break
        questions.append(_question(place, row))
    if not questions:
        raise InputError(str(path), "没有一题", "请每行写一题（JSON）")
    return questions


def score(question: Question, answer: Answer, hits: Sequence[Hit], asker: Asker) -> Scores:
    """The scores of one question, by the names of MEASURES."""
    scores: Scores = dict.fromkeys(MEASURES)
    scores["refusal recall" if not question.answerable else "false refusal"] = float(answer.refused)
    if question.passages and question.answerable:
        # A passage counts once, at the rank of its best chunk.
        ranked = dict.fromkeys(hit.chunk.letter for hit in hits)
        gains = [float(passage in question.passages) for passage in ranked]
        scores |= {"Success@1": success_at(gains, 1), "Success@5": success_at(gains, 5)}
        scores["RR@10"] = reciprocal_rank_at(gains, 10)
    if question.answerable:
        scores |= _answered(question, answer)
    if answer.citations and not answer.refused:
        letters = {c.letter: asker.letter(c.letter) for c in answer.citations}
        count = len(answer.citations)
        scores["citation exact"] = sum(is_exact(c, letters) for c in answer.citations) / count
        if question.answerable and question.passages:
            scores["citation in gold passage"] = sum(c.letter in question.passages for c in answer.citations) / count
    return scores


def _answered(question: Question, answer: Answer) -> Scores:
    """A refusal scores 0 here; "AnswerHit when answered" leaves refusals out."""
    if answer.refused:
        return {"answered": 0.0, "AnswerHit": 0.0, "answer F1": 0.0, "best quote F1": 0.0}
    said = "\n".join(sentence.text for sentence in answer.sentences)
    hit = float(any(holds(said, gold) for gold in question.answers))
    pieces = [sentence.text for sentence in answer.sentences] + [citation.quote for citation in answer.citations]
    return {
        "answered": 1.0,
        "AnswerHit": hit,
        "AnswerHit when answered": hit,
        "answer F1": character_f1(said, question.answers),
        "best quote F1": max((character_f1(piece, question.answers) for piece in pieces), default=0.0),
    }


def _file(folder: Path, name: str) -> Path:
    for path in (folder / f"{name}.jsonl", folder / f"{name}.jsonl.gz"):
        if path.is_file():
            return path
    raise InputError(str(folder), f"没有 {name}.jsonl 或 {name}.jsonl.gz", "请给出含这两个文件的文件夹")


def _rows(path: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    try:
        data = path.read_bytes()
        text = (gzip.decompress(data) if path.suffix == ".gz" else data).decode("utf-8-sig")
    except (OSError, EOFError, UnicodeDecodeError) as error:
        raise InputError(str(path), "读不出来", "请给出 UTF-8 编码的 JSONL（可用 gzip 压缩）") from error
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        place = f"{path}:{number}"
        try:
            row = json.loads(line)
        except json.JSONDecodeError as error:
            raise InputError(place, f"不是合法的 JSON（{error.msg}）", "每行请写一个 JSON 对象") from error
        if not isinstance(row, dict):
            raise InputError(place, "不是 JSON 对象", "每行请写 {…}")
        yield place, row


def _question(place: str, row: dict[str, Any]) -> Question:
    passages = row.get("passage_ids", [row["passage_id"]] if row.get("passage_id") is not None else [])
    answers, answerable = row.get("answers", []), row.get("answerable", True)
    # An empty question stays in: such sets have some, and the assistant's refusal to take it is counted.
    if "id" not in row or not isinstance(row.get("question"), str):
        raise InputError(place, "缺 id 或 question", "请补上")
    if not isinstance(answerable, bool) or not isinstance(passages, list) or not isinstance(answers, list):
        raise InputError(place, "answerable、passage_ids 或 answers 的写法不对", "应为真假值、列表、列表")
    answers = tuple(str(answer) for answer in answers if str(answer).strip())
    if answerable and not answers:
        raise InputError(place, "可回答的题没有 answers", "请补上，或写 answerable: false")
    return Question(str(row["id"]), row["question"], answers, frozenset(map(str, passages)), answerable)
