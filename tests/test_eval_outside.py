"""Reading-comprehension sets: read, scored by hand, summed up."""

import gzip
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from assistant.answer import Answer, Citation, Sentence
from corpus.errors import InputError
from corpus.letter import Letter
from eval.outside import Question, load_questions, passages_file, score
from eval.outside_run import outside_json, outside_table, run_outside
from index.hit import Chunk, Hit

PASSAGES = {"P1": "尤金袋鼠很细小，约只有8公斤重。", "P2": "离开后4分钟内不得配对。"}
ROWS: list[dict[str, Any]] = [
    {"id": "1", "question": "袋鼠多重？", "answers": ["8公斤"], "passage_id": "P1", "answerable": True},
    {"id": "2", "question": "多久不得配对？", "answers": ["四分钟"], "passage_ids": ["P2"]},
    {"id": "3", "question": "谁发明的？", "answers": [], "passage_id": "P1", "answerable": False},
]


class Reader:
    """Answers with the whole passage that shares most characters with the question; refuses 谁 and cannot take 坏."""

    def ask(self, question: str, history: Sequence[tuple[str, Answer]] = ()) -> Answer:
        if "坏" in question:
            raise InputError("问题", "太长", "请缩短")
        if "谁" in question:
            return Answer(question, question, "fact", refused=True, refusal_reason="not_stated")
        chunk = self.search(question)[0].chunk
        citation = Citation(1, chunk.letter, "p", "t", None, None, None, (), 0, chunk.end, chunk.text)
        return Answer(question, question, "fact", (Sentence(chunk.text, (1,)),), (citation,))

    def search(self, question: str, k: int = 10) -> list[Hit]:
        shared = sorted(PASSAGES.items(), key=lambda item: -len(set(item[1]) & set(question)))
        return [Hit(Chunk(name, 0, len(text), text), 1.0) for name, text in shared for _ in (0, 1)]

    def letter(self, letter_id: str) -> Letter:
        return Letter(letter_id, "p", PASSAGES[letter_id])


def folder(path: Path, rows: Sequence[Any], packed: bool = False) -> Path:
    lines = "\n".join(row if isinstance(row, str) else json.dumps(row, ensure_ascii=False) for row in rows)
    if packed:
        (path / "questions.jsonl.gz").write_bytes(gzip.compress(lines.encode()))
    else:
        (path / "questions.jsonl").write_text(lines, encoding="utf-8")
    return path


@pytest.mark.parametrize("packed", [False, True])
def test_questions_are_read_plain_or_packed_and_cut_at_the_limit(tmp_path: Path, packed: bool) -> None:
    questions = load_questions(folder(tmp_path, ROWS, packed))
    assert [q.passages for q in questions] == [{"P1"}, {"P2"}, {"P1"}]
    assert [q.answerable for q in questions] == [True, True, False]
    assert [q.id for q in load_questions(tmp_path, 2)] == ["1", "2"]


def test_one_question_scored_by_hand() -> None:
    """Gold 8公斤 has tokens 8 公 斤; the sentence has 13 (尤金袋鼠很细小约只有8公斤重), 3 shared: F1 = 6/(13+3+1)."""
    reader, question = Reader(), load_question("袋鼠多重？", "8公斤", "P1")
    scores = score(question, reader.ask(question.question), reader.search(question.question), reader)
    assert scores["answer F1"] == pytest.approx(6 / 17)
    assert scores["best quote F1"] == scores["answer F1"]
    assert (scores["Success@1"], scores["AnswerHit"], scores["citation exact"]) == (1.0, 1.0, 1.0)
    assert (scores["citation in gold passage"], scores["false refusal"], scores["refusal recall"]) == (1.0, 0.0, None)


def test_a_passage_counts_once_whatever_the_number_of_its_chunks() -> None:
    """P1 fills ranks 1 and 2, P2 ranks 3 and 4: among passages P2 is second."""
    reader, question = Reader(), load_question("袋鼠多重？", "4分钟", "P2")
    scores = score(question, reader.ask("袋鼠多重？"), reader.search("袋鼠多重？"), reader)
    assert (scores["Success@1"], scores["Success@5"], scores["RR@10"]) == (0.0, 1.0, 0.5)
    assert scores["citation in gold passage"] == 0.0


def test_refusals_false_refusals_and_questions_that_cannot_be_asked_are_summed_up(tmp_path: Path) -> None:
    rows = [*ROWS, {"id": "4", "question": "坏？", "answers": ["甲"], "passage_id": "P1"}]
    records = run_outside(load_questions(folder(tmp_path, rows)), Reader())
    lines = [" ".join(line.split()) for line in outside_table(records).splitlines()]
    assert "Success@1 0.667 3 0.208–0.939" in lines
    assert "AnswerHit 0.667 3 0.208–0.939" in lines
    assert "false refusal 0.333 3 0.061–0.792" in lines
    assert "refusal recall 1.000 1 0.207–1.000" in lines
    assert lines[-1] == "1 题没有问成，如 4：问题：太长。请缩短"
    assert outside_json(records) == outside_json(run_outside(load_questions(tmp_path), Reader()))


@pytest.mark.parametrize(
    ("rows", "fault"),
    [
        ([], "没有一题"),
        (["{"], "不是合法的 JSON"),
        (["3"], "不是 JSON 对象"),
        ([ROWS[0] | {"question": None}], "缺 id 或 question"),
        ([ROWS[0] | {"answers": []}], "没有 answers"),
        ([ROWS[0] | {"answers": "8"}], "写法不对"),
        ([ROWS[0] | {"answerable": 1}], "写法不对"),
        ([ROWS[0] | {"passage_ids": "P1"}], "写法不对"),
    ],
)
def test_a_set_that_cannot_be_used_is_named(tmp_path: Path, rows: list[Any], fault: str) -> None:
    with pytest.raises(InputError, match=fault):
        load_questions(folder(tmp_path, rows))


def test_a_missing_or_damaged_file_is_an_input_error(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"没有 passages\.jsonl"):
        passages_file(tmp_path)
    (tmp_path / "questions.jsonl.gz").write_bytes(gzip.compress("题".encode())[:-4])
    with pytest.raises(InputError, match="读不出来"):
        load_questions(tmp_path)


def load_question(question: str, gold: str, passage: str) -> Question:
    return Question("q", question, (gold,), frozenset({passage}), True)
