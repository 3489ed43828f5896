"""Results read back: what a killed run or a wrong hand leaves in a file is named on one line and never used."""

import json
from pathlib import Path
from typing import Any

import pytest

from corpus.errors import InputError
from eval.saved import parse_saved, read_saved, write_whole

RECORD: dict[str, Any] = {
    "id": "a",
    "kind": "unanswerable",
    "why": "off_topic",
    "critical": True,
    "question": "明天天气？",
    "refused": True,
    "answer": "查不到。",
    "scores": {"refusal recall": 1, "AnswerHit": None},
    "cause": None,
}


def results(*records: dict[str, Any], **more: Any) -> str:
    return json.dumps({"records": list(records), "fingerprint": {"questions": "q", "corpus": "c"}, **more})


def test_what_was_written_is_read_back() -> None:
    saved = parse_saved(results(RECORD, chunking={"characters lost": 0}), "a.json")
    outcome = saved.outcomes["a"]
    assert (outcome.kind, outcome.passed, outcome.critical) == ("unanswerable/off_topic", True, True)
    assert outcome.scores == {"refusal recall": 1.0, "AnswerHit": None}
    assert (saved.fingerprint["corpus"], saved.chunking) == ("c", {"characters lost": 0.0})


def test_the_one_hash_of_older_results_is_that_of_the_questions() -> None:
    text = json.dumps({"records": [RECORD], "fingerprint": "abc"})
    assert parse_saved(text, "old").fingerprint == {"questions": "abc"}


@pytest.mark.parametrize("at", [0, 1, 20, 60, -3, -1])
def test_results_that_break_off_anywhere_are_named_as_such(at: int) -> None:
    with pytest.raises(InputError, match=r"运行中断时留下的|不是合法的 JSON"):
        parse_saved(results(RECORD)[:at], "a.json")


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        (results(), "没有一题"),
        (results(RECORD, RECORD), "题号 a 重复"),
        (results(RECORD | {"scores": {"AnswerHit": float("nan")}}), "含有 NaN"),
        (results(RECORD | {"scores": {"AnswerHit": float("inf")}}), "含有 Infinity"),
        (results(RECORD).replace('"refusal recall": 1', '"refusal recall": 1e999'), "有不是数的值"),
        (results(RECORD | {"scores": {"AnswerHit": "1"}}), "有不是数的值"),
        (results(RECORD | {"scores": {"AnswerHit": True}}), "有不是数的值"),
        (results(RECORD | {"scores": None}), "有不是数的值"),
        (results(RECORD, chunking=[1]), "有不是数的值"),
        (results({"id": "a"}), "缺少 kind"),
        (results(RECORD | {"refused": "no"}), "缺少 refused"),
        (results(RECORD | {"cause": 3}), "cause 写法不对"),
        ('{"records": [3]}', "不是一条结果"),
        ("[]", "不是评测结果"),
        ('{"records": {}}', "不是评测结果"),
        ("没有 JSON", "不是合法的 JSON"),
        ("[" * 100_000, "嵌套太深|不完整"),
    ],
)
def test_what_is_no_result_is_named_on_one_line(text: str, fault: str) -> None:
    with pytest.raises(InputError, match=fault) as caught:
        parse_saved(text, "a.json")
    assert "\n" not in str(caught.value)
    assert "a.json" in str(caught.value)


def test_a_file_that_is_not_there_or_no_text_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="没有这个文件"):
        read_saved(tmp_path / "none.json")
    (tmp_path / "bytes").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(InputError, match="读不出来"):
        read_saved(tmp_path / "bytes")
    with pytest.raises(InputError, match="读不出来"):
        read_saved(tmp_path)


def test_a_file_is_written_whole_or_left_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    write_whole(path, "旧")
    with pytest.raises(UnicodeEncodeError):
        write_whole(path, "\ud800")
    assert path.read_text(encoding="utf-8") == "旧"
    with pytest.raises(InputError, match="写不进去"):
        write_whole(tmp_path / "none" / "a.json", "新")
