"""`fuwen eval` from the command line, over a small corpus of its own: results, messages, exit status."""

import gzip
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from assistant.cli import main
from eval.cli import add_eval_parser

TEXT = "关于科技工作的情况\n全市累计认定高新技术企业1350家。\n市科技局设立成果转化专项资金，规模为2亿元。\n"
ROW: dict[str, Any] = {
    "id": "q1",
    "question": "全市累计认定高新技术企业多少家？",
    "kind": "figure",
    "answer_groups": [["1350家"]],
    "must_not": [],
    "evidence": [[{"letter": "L1", "quote": "高新技术企业1350家"}]],
    "answerable": True,
}
OFF_TOPIC = {
    "id": "q2",
    "question": "红烧排骨怎么做才不腻？",
    "kind": "unanswerable",
    "why_unanswerable": "off_topic",
    "answerable": False,
}


def fuwen(*line: str | Path) -> int:
    return main([str(word) for word in line], extend=add_eval_parser)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    folder = tmp_path / "data"
    folder.mkdir()
    (folder / "L1.txt").write_text(TEXT, encoding="utf-8")
    return folder


def gold(folder: Path, *rows: dict[str, Any]) -> Path:
    path = folder / "gold.jsonl"
    path.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows), encoding="utf-8")
    return path


def test_a_run_prints_the_table_and_writes_the_same_bytes_twice(
    tmp_path: Path, data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    line: list[str | Path] = ["eval", "run", "--gold", gold(tmp_path, ROW, OFF_TOPIC), "--data", data, "--out"]
    assert fuwen(*line, tmp_path / "one.json") == 0
    assert fuwen(*line, tmp_path / "two.json") == 0
    assert (tmp_path / "one.json").read_bytes() == (tmp_path / "two.json").read_bytes()
    table = capsys.readouterr().out
    assert "通过 2 / 2" in table
    assert table.startswith("层")
    assert [r["cause"] for r in json.loads((tmp_path / "one.json").read_text(encoding="utf-8"))["records"]] == [
        None
    ] * 2


def test_json_alone_stands_on_stdout(tmp_path: Path, data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert fuwen("eval", "run", "--json", "--gold", gold(tmp_path, ROW), "--data", data) == 0
    assert [record["id"] for record in json.loads(capsys.readouterr().out)["records"]] == ["q1"]


def test_the_gate_says_0_1_or_2(tmp_path: Path, data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    def gate(*rows: dict[str, Any]) -> tuple[int, str]:
        status = fuwen("eval", "run", "--gate", "--gold", gold(tmp_path, *rows), "--data", data)
        return status, capsys.readouterr().err

    status, said = gate(ROW, OFF_TOPIC)
    assert (status, said.splitlines()[-1]) == (0, "fuwen: 门槛全部达到")
    wrong = ROW | {"id": "q3", "answer_groups": [["2亿元"]], "critical": True}
    status, said = gate(ROW, OFF_TOPIC, wrong)
    assert status == 1
    assert "q3：关键题未通过" in said
    assert "AnswerHit 0.500，低于 " in said
    status, said = gate(ROW)
    assert status == 2
    assert "refusal recall：没有测得" in said


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        (ROW | {"evidence": [[{"letter": "L1", "quote": "高企1350家"}]]}, "没有原文"),
        (ROW | {"evidence": [[{"letter": "L2", "quote": "1350家"}]]}, "没有 L2"),
        (ROW | {"must_not": ["1200家"]}, "不在任何文件里"),
    ],
)
@pytest.mark.parametrize("action", ["run", "check"])
def test_gold_that_the_corpus_does_not_hold_is_status_2_on_one_line(
    tmp_path: Path, data: Path, capsys: pytest.CaptureFixture[str], action: str, row: dict[str, Any], fault: str
) -> None:
    assert fuwen("eval", action, "--gold", gold(tmp_path, row), "--data", data) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert fault in said.err.splitlines()[-1]
    assert "gold.jsonl:1" in said.err.splitlines()[-1]


def test_the_check_counts_and_doubts_without_an_index(
    tmp_path: Path, data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    doubtful = ROW | {"id": "q4", "answer_groups": [["1351家"]]}
    assert fuwen("eval", "check", "--gold", gold(tmp_path, ROW, OFF_TOPIC, doubtful), "--data", data) == 0
    said = capsys.readouterr()
    assert said.out.startswith("3 题可用：可回答 2，不可回答 1\n")
    assert "q4 的答案“1351家”不在它的依据里" in said.err
    assert not (data / "index").exists()


def test_the_shipped_gold_holds_against_the_shipped_letters(capsys: pytest.CaptureFixture[str]) -> None:
    assert fuwen("eval", "check") == 0
    assert "题可用" in capsys.readouterr().out


@pytest.mark.parametrize("folder", ["none", "data"])
def test_a_missing_gold_file_or_split_is_status_2(
    tmp_path: Path, data: Path, capsys: pytest.CaptureFixture[str], folder: str
) -> None:
    assert fuwen("eval", "check", "--gold", tmp_path / folder, "--data", data) == 2
    assert "读不出题库文件" in capsys.readouterr().err


def test_a_split_of_a_single_file_is_wrong_use(tmp_path: Path, data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert fuwen("eval", "run", "--gold", gold(tmp_path, ROW), "--split", "dev", "--data", data) == 2
    assert "没有分部" in capsys.readouterr().err


def test_an_outside_set_is_asked_in_a_folder_of_its_own(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    passages = [
        {"id": "P1", "title": "尤金袋鼠", "text": "尤金袋鼠很细小，约只有8公斤重，适合饲养。"},
        {"id": "P2", "title": "泡泡战士", "text": "若游戏中离，则4分钟内不得进行配对。"},
    ]
    questions = [{"id": "1", "question": "尤金袋鼠约有多重？", "answers": ["8公斤"], "passage_id": "P1"}]
    for name, rows in (("passages", passages), ("questions", questions)):
        text = "\n".join(json.dumps(row, ensure_ascii=False) for row in rows)
        (tmp_path / f"{name}.jsonl.gz").write_bytes(gzip.compress(text.encode()))
    assert fuwen("eval", "outside", tmp_path, "--json") == 0
    (record,) = json.loads(capsys.readouterr().out)
    assert (record["scores"]["Success@1"], record["scores"]["AnswerHit"]) == (1.0, 1.0)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["passages.jsonl.gz", "questions.jsonl.gz"]
    assert fuwen("eval", "outside", tmp_path, "--limit", "0") == 2
    assert "--limit" in capsys.readouterr().err
    assert fuwen("eval", "outside", tmp_path / "none") == 2


def test_reading_the_command_line_loads_no_heavy_library() -> None:
    program = (
        "import sys; from eval.cli import add_eval_parser; from assistant.cli import build_parser;"
        "build_parser(add_eval_parser);"
        "print(sorted({'faiss', 'torch', 'gradio', 'langchain_core', 'eval.command'} & set(sys.modules)))"
    )
    root = Path(__file__).parents[1]
    done = subprocess.run([sys.executable, "-c", program], cwd=root, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
