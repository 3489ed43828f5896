"""`fuwen eval check` names every fault on a line of its own, and counts what the files hold."""

import json
from pathlib import Path
from typing import Any

import pytest

from assistant.cli import main
from eval.cases import KINDS, WHYS, Case, load_cases
from eval.cli import add_eval_parser
from eval.gold_check import Checked, counts
from eval.proposals import load_proposals
from eval.sets import GOLD, files_of

ROW: dict[str, Any] = {
    "id": "q1",
    "question": "昆明“昆易贷”是什么产品",
    "kind": "entity",
    "answer_groups": [["普惠金融产品"]],
    "evidence": [[{"letter": "000_032a5aed1bd1ca86", "quote": "创新出台政策性普惠金融产品“昆易贷”落地"}]],
    "answerable": True,
    "wording": "staff",
}


def check(gold: Path) -> int:
    return main(["eval", "check", "--gold", str(gold)], extend=add_eval_parser)


def written(path: Path, *rows: dict[str, Any]) -> Path:
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    return path


def shipped() -> list[Case]:
    return load_cases(*files_of(None, None))


def test_each_fault_of_a_folder_is_one_line_and_none_is_a_pass(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    written(tmp_path / "core.jsonl", ROW, ROW | {"id": "q2", "evidence": [[{"letter": "L", "quote": "甲"}]]})
    written(tmp_path / "dev.jsonl", ROW)
    written(tmp_path / "test.jsonl")
    written(tmp_path / "proposals.jsonl", {"id": "p1"})
    assert check(tmp_path) == 2
    said = capsys.readouterr()
    assert said.out == ""
    faults = [line for line in said.err.splitlines() if "答案" not in line]
    expected = (
        "dev.jsonl:1：题号 q1 重复",
        "test.jsonl：题库里没有题",
        "proposals.jsonl:1：kind 须",
        "core.jsonl:2：文件库中没有 L",
    )
    assert [name in line for name, line in zip(expected, faults, strict=True)] == [True] * 4


def test_the_counts_show_kinds_wordings_dialogues_and_gaps(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    talk = {key: value for key, value in ROW.items() if key != "question"}
    talk |= {"id": "q2", "turns": ["昆易贷", "是什么", "再说一遍"], "kind": "follow_up", "wording": "letter"}
    assert check(written(tmp_path / "gold.jsonl", ROW, talk)) == 0
    said = capsys.readouterr().out
    assert "2 题可用：可回答 2，不可回答 0" in said
    assert "工作人员的话 1，原文的话 1，未注明 0" in said
    assert "多轮 1（三轮以上 1）" in said
    assert "figure        0" in said


def test_a_file_of_proposals_alone_is_checked_as_such(capsys: pytest.CaptureFixture[str]) -> None:
    assert check(GOLD / "proposals.jsonl") == 0
    said = capsys.readouterr().out
    assert "件来件可用" in said
    assert "题可用" not in said


def test_the_shipped_gold_is_large_and_even_enough_to_decide_on() -> None:
    cases = shipped()
    answerable = [case for case in cases if case.answerable]
    assert len(answerable) >= 300
    assert len(cases) - len(answerable) >= 150
    assert min(sum(case.kind == kind for case in cases) for kind in KINDS) >= 25
    assert min(sum(case.why == why for case in cases) for why in WHYS) >= 25
    assert 2 * sum(case.wording == "staff" for case in answerable) >= len(answerable)
    talks = [len(case.turns) for case in cases if len(case.turns) > 1]
    assert len(talks) >= 30
    assert set(talks) == {2, 3, 4, 5}


def test_each_count_of_the_shipped_gold_is_printed() -> None:
    checked = Checked(tuple(shipped()), tuple(load_proposals(GOLD / "proposals.jsonl")), (), ())
    lines = counts(checked).splitlines()
    assert all(any(line.startswith(name) for line in lines) for name in (*KINDS, *WHYS))
