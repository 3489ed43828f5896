"""Batches: a line in, a line out, conversations included; the result file is whole or absent."""

import json
from pathlib import Path
from typing import Any

import pytest

from assistant.batch import run_batch
from corpus.errors import InputError
from tests.assistant_fakes import complaint, fuwen

PEACHES = "关于种桃的报告\n桃源县共种桃树1350亩，年产桃子920吨。\n"
QUESTION = "桃源县共种桃树多少亩？"


def echo(row: dict[str, Any]) -> dict[str, Any]:
    return {"question": row.get("question") or row["turns"][-1]}


def rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line]


@pytest.fixture
def data(tmp_path: Path) -> Path:
    folder = tmp_path / "data"
    folder.mkdir()
    (folder / "桃.txt").write_text(PEACHES, encoding="utf-8")
    return folder


def test_questions_and_conversations_come_back_line_for_line(data: Path, tmp_path: Path) -> None:
    asked = [
        {"id": "a", "question": QUESTION},
        {"id": 2, "turns": [QUESTION, "那昆明呢？", ""]},
        {"id": "c", "question": " "},
        {"id": "d", "question": "问" * 10_000},
    ]
    source, out = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    source.write_text("\ufeff" + "\n\n".join(json.dumps(r, ensure_ascii=False) for r in asked), encoding="utf-8")
    assert fuwen("ask", "--batch", source, "--out", out, "--data", data) == 0
    one, talk, empty, long = rows(out)
    assert [r["id"] for r in (one, talk, empty, long)] == ["a", 2, "c", "d"]
    assert "1350亩" in one["answer"]
    assert [t["question"] for t in talk["turns"]] == [QUESTION, "那昆明呢？", ""]
    assert talk["turns"][0]["answer"] == one["answer"]
    assert talk["turns"][1]["standalone_question"] != "那昆明呢？"
    assert [r["refusal_reason"] for r in (talk["turns"][2], empty, long)] == ["bad_question"] * 3
    assert all(r["refused"] and r["citations"] == [] for r in (talk["turns"][2], empty, long))


def test_a_line_of_a_batch_and_a_question_alone_get_the_same_answer(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source, out = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    source.write_text(json.dumps({"id": "1", "question": QUESTION}), encoding="utf-8")
    assert fuwen("ask", "--batch", source, "--out", out, "--data", data) == 0
    capsys.readouterr()
    assert fuwen("ask", QUESTION, "--json", "--data", data) == 0
    alone = json.loads(capsys.readouterr().out)
    assert rows(out) == [{"id": "1", **alone, "timings_ms": rows(out)[0]["timings_ms"]}]


def test_search_takes_a_batch_too(data: Path, tmp_path: Path) -> None:
    source, out = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    source.write_text('{"id": "1", "question": "桃树"}\n{"id": "2", "turns": ["蜂箱", "桃树"]}\n', encoding="utf-8")
    assert fuwen("search", "--batch", source, "--out", out, "-k", "2", "--data", data) == 0
    assert [(r["id"], r["question"], r["hits"][0]["letter"]) for r in rows(out)] == [
        ("1", "桃树", "桃"),
        ("2", "桃树", "桃"),
    ]


def test_an_empty_question_in_a_search_batch_loses_no_other_line(data: Path, tmp_path: Path) -> None:
    source, out = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    source.write_text('{"id": "1", "question": "桃树"}\n{"id": "2", "question": ""}\n', encoding="utf-8")
    assert fuwen("search", "--batch", source, "--out", out, "--data", data) == 0
    assert [(r["id"], bool(r["hits"])) for r in rows(out)] == [("1", True), ("2", False)]


@pytest.mark.parametrize(
    "line",
    [
        "not json",
        "[1]",
        '{"question": "桃树"}',
        '{"id": 1}',
        '{"id": 1, "question": 5}',
        '{"id": 1, "turns": []}',
        '{"id": 1, "turns": ["桃树", 2]}',
    ],
)
def test_a_line_that_cannot_be_used_is_named_and_nothing_is_written(
    line: str, data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source, out = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    source.write_text(f'{{"id": 0, "question": "桃树"}}\n\n{line}\n', encoding="utf-8")
    out.write_text("earlier", encoding="utf-8")
    assert fuwen("ask", "--batch", source, "--out", out, "--data", data) == 2
    assert "第 3 行" in complaint(capsys)
    assert out.read_text(encoding="utf-8") == "earlier"


@pytest.mark.parametrize("content", [b"\xff\xfe\x00", None])
def test_a_file_that_cannot_be_read_is_named(content: bytes | None, tmp_path: Path) -> None:
    if content is not None:
        (tmp_path / "in.jsonl").write_bytes(content)
    with pytest.raises(InputError, match=r"in\.jsonl"):
        run_batch(tmp_path / "in.jsonl", tmp_path / "out.jsonl", echo)


def test_a_batch_needs_a_place_for_its_result(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="--out"):
        run_batch(tmp_path / "in.jsonl", None, echo)


@pytest.mark.parametrize("out", ["missing/out.jsonl", "folder", "in.jsonl/out.jsonl"])
def test_a_place_that_cannot_be_written_is_named(out: str, tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "in.jsonl").write_text('{"id": 1, "question": "桃树"}\n', encoding="utf-8")
    with pytest.raises(InputError, match="写不进去"):
        run_batch(tmp_path / "in.jsonl", tmp_path / out, echo)


def test_a_run_cut_short_leaves_the_earlier_result(tmp_path: Path) -> None:
    source, out = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    source.write_text('{"id": 1, "question": "桃树"}\n{"id": 2, "question": "停"}\n', encoding="utf-8")
    assert run_batch(source, out, echo) == 2

    def stops(row: dict[str, Any]) -> dict[str, Any]:
        if row["question"] == "停":
            raise KeyboardInterrupt
        return {"question": "新"}

    with pytest.raises(KeyboardInterrupt):
        run_batch(source, out, stops)
    assert [r["question"] for r in rows(out)] == ["桃树", "停"]


def test_a_failed_run_leaves_nothing_half_written_behind(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    source = tmp_path / "in.jsonl"
    source.write_text('{"id": 1, "question": "桃树"}\n', encoding="utf-8")
    with pytest.raises(InputError):
        run_batch(source, tmp_path / "folder", echo)
    assert sorted(p.name for p in tmp_path.iterdir() if p.name != "home") == ["folder", "in.jsonl"]


@pytest.mark.parametrize("breaker", ["\u2028", "\u2029", "\x85"])
def test_only_a_line_feed_ends_a_line(breaker: str, tmp_path: Path) -> None:
    source, out = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    source.write_text(f'{{"id": 1, "question": "桃{breaker}树"}}\n', encoding="utf-8")
    assert run_batch(source, out, echo) == 1


@pytest.mark.parametrize("value", ["9" * 5000, "[" * 20_000], ids=["digits", "nesting"])
def test_json_that_is_too_much_for_the_reader_is_named(value: str, tmp_path: Path) -> None:
    (tmp_path / "in.jsonl").write_text(f'{{"id": 1, "question": "桃", "x": {value}\n', encoding="utf-8")
    with pytest.raises(InputError, match="第 1 行"):
        run_batch(tmp_path / "in.jsonl", tmp_path / "out.jsonl", echo)


def test_half_a_character_in_one_line_does_not_lose_the_others(data: Path, tmp_path: Path) -> None:
    source, out = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    source.write_text('{"id": 1, "question": "桃树"}\n{"id": 2, "question": "桃\\ud800树"}\n', encoding="utf-8")
    assert fuwen("ask", "--batch", source, "--out", out, "--data", data) == 0
    assert [r["id"] for r in rows(out)] == [1, 2]


def test_the_questions_are_not_overwritten_by_their_answers(tmp_path: Path) -> None:
    source = tmp_path / "in.jsonl"
    source.write_text('{"id": 1, "question": "桃树", "note": "mine"}\n', encoding="utf-8")
    with pytest.raises(InputError):
        run_batch(source, source, echo)


@pytest.mark.parametrize("extra", [[QUESTION, "--batch", "in.jsonl", "--out", "o"], [QUESTION, "--out", "o"]])
def test_words_that_would_be_ignored_are_refused(
    extra: list[str], data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "in.jsonl").write_text('{"id": 1, "question": "桃树"}\n', encoding="utf-8")
    assert fuwen("ask", *extra, "--data", data) == 2


def test_the_temporary_file_of_a_result_is_never_the_source(tmp_path: Path) -> None:
    source = tmp_path / "out.jsonl.part"
    source.write_text('{"id": 1, "question": "桃树"}\n', encoding="utf-8")
    with pytest.raises(InputError, match="盖掉"):
        run_batch(source, tmp_path / "out.jsonl", echo)
    assert source.exists()


def test_a_link_to_the_questions_is_not_overwritten(tmp_path: Path) -> None:
    source, link = tmp_path / "in.jsonl", tmp_path / "link.jsonl"
    source.write_text('{"id": 1, "question": "桃树"}\n', encoding="utf-8")
    link.symlink_to(source)
    with pytest.raises(InputError, match="盖掉"):
        run_batch(source, link, echo)


def test_a_place_that_is_a_folder_is_said_before_anything_is_answered(tmp_path: Path) -> None:
    source, asked = tmp_path / "in.jsonl", []
    source.write_text('{"id": 1, "question": "桃树"}\n', encoding="utf-8")
    with pytest.raises(InputError, match="是一个文件夹"):
        run_batch(source, tmp_path, lambda row: asked.append(row) or echo(row))  # type: ignore[func-returns-value]  # append gives None
    assert asked == []


def test_an_interrupted_run_leaves_nothing_half_written_behind(tmp_path: Path) -> None:
    source = tmp_path / "in.jsonl"
    source.write_text('{"id": 1, "question": "桃树"}\n', encoding="utf-8")

    def stops(row: dict[str, Any]) -> dict[str, Any]:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run_batch(source, tmp_path / "out.jsonl", stops)
    assert sorted(p.name for p in tmp_path.iterdir() if p.name != "home") == ["in.jsonl"]


def test_half_characters_reach_neither_the_assistant_nor_the_result(tmp_path: Path) -> None:
    source, out = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    source.write_text('{"id": "\\udfff", "turns": ["桃\\ud800", "\\ud83c\\udf51"]}\n', encoding="utf-8")
    assert run_batch(source, out, echo) == 1
    assert rows(out) == [{"id": "\ufffd", "question": "🍑"}]


def test_turns_that_are_none_leave_the_question(data: Path, tmp_path: Path) -> None:
    source, out = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    source.write_text(json.dumps({"id": 1, "question": QUESTION, "turns": None}), encoding="utf-8")
    assert fuwen("ask", "--batch", source, "--out", out, "--data", data) == 0
    assert "1350亩" in rows(out)[0]["answer"]


@pytest.mark.parametrize("command", ["ask", "search"])
@pytest.mark.parametrize(
    ("extra", "said"),
    [(["--batch", "i"], "--out"), (["--out", "o"], "--batch"), (["桃", "--batch", "i", "--out", "o"], "只能给一样")],
)
def test_half_a_batch_is_refused_before_anything_is_opened(
    command: str, extra: list[str], said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert fuwen(command, *extra, "--data", tmp_path / "nowhere") == 2
    assert said in complaint(capsys)
