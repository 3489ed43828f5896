"""The loader takes right rows and names file, line and fault of wrong ones."""

import json
from pathlib import Path
from typing import Any

import pytest

from corpus.errors import InputError
from corpus.letter import Letter
from eval.cases import Case, check_cases, doubts, load_cases, read_cases, untrue

TEXT = "昆明市认定高新技术企业1350家。\n2022年为1200家，余额12,345万元。"
LETTERS = {"L1": Letter("L1", "L1.txt", TEXT)}
ROW: dict[str, Any] = {
    "id": "q1",
    "question": "昆明有多少家高企？",
    "kind": "figure",
    "answer_groups": [["1350家"]],
    "must_not": ["1200家"],
    "evidence": [[{"letter": "L1", "quote": "高新技术企业1350家"}]],
    "answerable": True,
}
REFUSED: dict[str, Any] = {
    "id": "q2",
    "question": "天气？",
    "kind": "unanswerable",
    "why_unanswerable": "off_topic",
    "answerable": False,
}


def written(folder: Path, *rows: dict[str, Any] | str) -> Path:
    path = folder / "gold.jsonl"
    lines = [row if isinstance(row, str) else json.dumps(row, ensure_ascii=False) for row in rows]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def loaded(folder: Path, *rows: dict[str, Any] | str) -> list[Case]:
    cases = load_cases(written(folder, *rows))
    check_cases(cases, LETTERS)
    return cases


def test_right_rows_become_cases(tmp_path: Path) -> None:
    turns = {key: value for key, value in ROW.items() if key != "question"} | {
        "id": "q3",
        "turns": ["高企？", "昆明呢？"],
    }
    first, second, third = loaded(tmp_path, ROW, "", REFUSED, turns)
    assert (first.question, first.answers, first.must_not) == ("昆明有多少家高企？", (("1350家",),), ("1200家",))
    assert (second.answerable, second.why) == (False, "off_topic")
    assert (third.question, len(third.turns)) == ("昆明呢？", 2)
    assert second.place.endswith("gold.jsonl:3")


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"evidence": [[{"letter": "L1", "quote": "高新技术企业 1350家"}]]}, "没有原文"),
        ({"evidence": [[{"letter": "L9", "quote": "1350家"}]]}, "没有 L9"),
        ({"evidence": [[]]}, "空组"),
        ({"evidence": [[{"letter": "L1"}]]}, "evidence"),
        ({"evidence": []}, "须有 answer_groups 和 evidence"),
        ({"must_not": ["1199家"]}, "不在任何文件里"),
        ({"must_not": ["1350家"]}, "就在答案"),
        ({"must_not": ["昆明市"]}, "在同一句里"),
        ({"must_not": ["。"]}, "无法比对"),
        ({"answer_groups": []}, "须有 answer_groups"),
        ({"answer_groups": [["1350家"], []]}, "空组"),
        ({"answer_groups": ["1350家"]}, "answer_groups"),
        ({"kind": "数字"}, "未知类别 数字"),
        ({"kind": "unanswerable"}, "answerable 须为 false"),
        ({"why_unanswerable": "off_topic"}, "不得有 why_unanswerable"),
        ({"answerable": "true"}, "answerable 须为 true 或 false"),
        ({"critical": 1}, "critical"),
        ({"id": ""}, "id 须为非空文字"),
        ({"id": 7}, "id 须为非空文字"),
        ({"question": " "}, "须为非空文字"),
        ({"turns": ["甲"]}, "恰有其一"),
        ({"anwser": 1}, "未知字段 anwser"),
        ({"wording": "slang"}, "wording 须为 letter 或 staff"),
        ({"wording": ["staff"]}, "wording 须为"),
    ],
)
def test_a_wrong_row_is_named_by_file_line_and_fault(tmp_path: Path, change: dict[str, Any], fault: str) -> None:
    with pytest.raises(InputError, match=fault) as caught:
        loaded(tmp_path, REFUSED, ROW | change)
    assert "gold.jsonl:2" in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"answer_groups": [["1350家"]]}, "不得有 answer_groups"),
        ({"why_unanswerable": None}, "须有 why_unanswerable"),
        ({"why_unanswerable": "unknown"}, "须有 why_unanswerable"),
        ({"kind": "figure"}, "answerable 须为 false"),
    ],
)
def test_an_unanswerable_row_must_not_contradict_itself(tmp_path: Path, change: dict[str, Any], fault: str) -> None:
    with pytest.raises(InputError, match=fault):
        loaded(tmp_path, REFUSED | change)


@pytest.mark.parametrize(
    ("rows", "fault"),
    [
        ((), "没有题"),
        (("\n  \n",), "没有题"),
        (("{",), "不是合法的 JSON"),
        (("[]",), "不是 JSON 对象"),
        ((ROW, ROW), "题号 q1 重复"),
        (('{"id": "q1", "id": "q2"}',), "字段 id 写了两次"),
        (('{"id": "\\ud83d"}',), "不完整的字符"),
        (("[" * 100_000,), "不是合法的 JSON"),
    ],
)
def test_a_file_that_cannot_be_measured_is_refused(tmp_path: Path, rows: tuple[Any, ...], fault: str) -> None:
    with pytest.raises(InputError, match=fault):
        loaded(tmp_path, *rows)


def test_the_wording_is_kept_and_may_be_left_out(tmp_path: Path) -> None:
    rows = (ROW, ROW | {"id": "q2", "wording": "staff"}, ROW | {"id": "q3", "wording": "letter"})
    assert [case.wording for case in loaded(tmp_path, *rows)] == [None, "staff", "letter"]


def test_every_bad_row_is_named_and_the_good_ones_are_kept(tmp_path: Path) -> None:
    (tmp_path / "empty.jsonl").write_text("\n", encoding="utf-8")
    path = written(tmp_path, "{", ROW, ROW | {"anwser": 1, "id": "q3"}, ROW, REFUSED)
    cases, faults = read_cases(tmp_path / "empty.jsonl", path, path)
    assert [case.id for case in cases] == ["q1", "q2"]
    said = [str(fault) for fault in faults]
    assert [line.split("：")[0].rsplit("/")[-1] for line in said[:4]] == [
        "empty.jsonl",
        "gold.jsonl:1",
        "gold.jsonl:3",
        "gold.jsonl:4",
    ]
    assert "题号 q1 重复" in said[3]
    # Read a second time, every good row repeats an id.
    assert len(said) == 9


def test_every_untruth_of_a_row_is_named(tmp_path: Path) -> None:
    bad = ROW | {
        "evidence": [[{"letter": "L1", "quote": "高企"}], [{"letter": "L9", "quote": "甲"}]],
        "must_not": ["8家"],
    }
    cases = load_cases(written(tmp_path, bad))
    faults = [str(fault) for fault in untrue(cases, LETTERS)]
    assert [word in fault for word, fault in zip(("没有原文", "没有 L9", "8家"), faults, strict=True)] == [True] * 3


def test_a_value_of_the_next_sentence_is_a_fair_must_not(tmp_path: Path) -> None:
    assert loaded(tmp_path, ROW)[0].must_not == ("1200家",)


def test_a_missing_or_foreign_file_is_an_input_error(tmp_path: Path) -> None:
    (tmp_path / "gbk.jsonl").write_bytes("题".encode("gbk"))
    for name in ("none.jsonl", "gbk.jsonl", "."):
        with pytest.raises(InputError, match="读不出题库文件"):
            load_cases(tmp_path / name)


def test_an_answer_outside_its_own_evidence_is_doubted_not_refused(tmp_path: Path) -> None:
    cases = loaded(tmp_path, ROW, ROW | {"id": "q4", "answer_groups": [["150家"]]})
    assert [line.split("：")[1] for line in doubts(cases)] == ["q4 的答案“150家”不在它的依据里"]
