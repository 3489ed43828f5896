"""The command line: the contract's JSON, and one line with exit status 2 for everything that cannot be used."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from tests.assistant_fakes import BALANCE, complaint, fuwen

PEACHES = "关于种桃的报告\n桃源县共种桃树1350亩，年产桃子920吨。\n"
QUESTION = "桃源县共种桃树多少亩？"
ANSWER_KEYS = [
    "question", "standalone_question", "intent", "answer", "refused", "refusal_reason", "sentences", "citations", "composer",
    "timings_ms",
]  # fmt: skip
CITATION_KEYS = {"id", "letter", "file", "title", "number", "region", "date", "heading_path", "start", "end", "quote"}
HIT_KEYS = {"letter", "file", "heading_path", "start", "end", "text", "score", "scores"}


@pytest.fixture
def data(tmp_path: Path) -> Path:
    folder = tmp_path / "data"
    folder.mkdir()
    (folder / "桃.txt").write_text(PEACHES, encoding="utf-8")
    return folder


def result(capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    """The one JSON object on stdout."""
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 1
    value = json.loads(lines[0])
    assert isinstance(value, dict)
    return value


def test_an_answer_has_the_keys_of_the_contract(capsys: pytest.CaptureFixture[str]) -> None:
    assert fuwen("ask", BALANCE, "--json") == 0
    answer = result(capsys)
    assert [key for key in answer if key in ANSWER_KEYS] == ANSWER_KEYS
    assert set(answer) - set(ANSWER_KEYS) <= {"nearest", "problems", "notices", "value"}
    assert [(answer["refused"], answer["refusal_reason"], answer["composer"])] == [(False, None, "extractive")]
    assert all(set(s) == {"text", "citations"} for s in answer["sentences"])
    assert all(set(c) == CITATION_KEYS for c in answer["citations"])
    assert set(answer["timings_ms"]) == {"understand", "retrieve", "compose", "verify"}
    cited = answer["citations"][0]
    assert (cited["letter"], cited["file"]) == ("000_032a5aed1bd1ca86", "000_032a5aed1bd1ca86.txt")
    assert (cited["number"], cited["region"], cited["date"]) == ("142194", "昆明市", "2023-06-19")
    marks = re.findall(r"\[\^(\d+)\]", answer["answer"])
    assert marks == [str(n) for s in answer["sentences"] for n in s["citations"]]


def test_a_refusal_has_a_reason_and_no_citation(capsys: pytest.CaptureFixture[str]) -> None:
    assert fuwen("ask", "红烧排骨怎么做才不腻？", "--json") == 0
    answer = result(capsys)
    assert answer["refused"] is True
    assert answer["refusal_reason"] == "off_topic"
    assert answer["citations"] == []
    assert "[^" not in answer["answer"]


def test_hits_have_the_keys_of_the_contract_and_are_exact(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert fuwen("search", QUESTION, "-k", "3", "--json", "--data", data) == 0
    found = result(capsys)
    assert found["question"] == QUESTION
    assert [set(hit) - {"found_by", "why"} for hit in found["hits"]] == [HIT_KEYS]
    assert found["hits"][0]["why"]["text"]
    assert (found["hits"][0]["letter"], found["hits"][0]["file"]) == ("桃", "桃.txt")
    assert fuwen("corpus", "show", "桃", "--json", "--data", data) == 0
    text = result(capsys)["text"]
    assert all(text[hit["start"] : hit["end"]] == hit["text"] for hit in found["hits"])


def test_hits_are_filtered_by_issuer_and_letter(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert fuwen("search", QUESTION, "--json", "--letter", "桃", "--data", data) == 0
    assert {hit["letter"] for hit in result(capsys)["hits"]} == {"桃"}
    for option, value in (("--letter", "李"), ("--issuer", "没有这个局")):
        assert fuwen("search", QUESTION, option, value, "--data", data) == 2
        line = capsys.readouterr().err
        assert f"{option} {value}" in line
        assert "语料中没有" in line


def test_hits_come_best_first_and_no_more_than_asked_for(capsys: pytest.CaptureFixture[str]) -> None:
    assert fuwen("search", BALANCE, "-k", "4", "--json") == 0
    scores = [hit["score"] for hit in result(capsys)["hits"]]
    assert len(scores) == 4
    assert scores == sorted(scores, reverse=True)


def test_filters_keep_other_letters_out(capsys: pytest.CaptureFixture[str]) -> None:
    for flag, value, key in (
        ("--region", "银川", "region"),
        ("--year", "2022", "date"),
        ("--kind", "政协提案", "kind"),
    ):
        assert fuwen("ask", "科技创新平台建设情况怎么样？", flag, value, "--json") == 0
        citations = result(capsys)["citations"]
        if key == "kind":
            assert {c["letter"][:3] for c in citations} <= {"000", "002"}
        else:
            assert all(c[key].startswith(value) for c in citations)


def test_text_for_a_terminal_shows_the_answer_and_its_sources(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert fuwen("ask", QUESTION, "--data", data) == 0
    shown = capsys.readouterr().out
    assert "1350亩" in shown
    assert "桃.txt 8–" in shown


def test_nothing_on_record_leaves_no_empty_brackets(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert fuwen("ask", QUESTION, "--data", data) == 0
    assert "（）" not in capsys.readouterr().out


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (["ask", ""], "是空的"),
        (["ask", " \t\n"], "是空的"),
        (["ask", "？！"], "是空的"),
        (["ask", "\x00\x01\x07\x1b"], "是空的"),
        (["ask", "问" * 10_000], "10000"),
        (["ask"], "没有给出"),
        (["search"], "没有给出"),
        (["search", ""], "是空的"),
        (["search", "桃树", "-k", "0"], "正整数"),
        (["search", "桃树", "-k", "-3"], "正整数"),
        (["search", "桃树", "-k", "x"], "-k"),
        (["ask", "桃树", "--region", "火星市"], "昆明市"),
        (["ask", "桃树", "--year", "abc"], "四位数字"),
        (["ask", "桃树", "--year", "23"], "四位数字"),
        (["ask", "桃树", "--kind", "x"], "政协提案"),
        (["ask", "桃树", "--nosuch"], "--nosuch"),
        (["nosuch"], "nosuch"),
        ([], "--help"),
        (["corpus"], "--help"),
        (["corpus", "show", "nope"], "000_032a5aed1bd1ca86"),
        (["corpus", "show", "../../etc/passwd"], "没有这篇复文"),
        (["corpus", "remove", "nope"], "没有这篇复文"),
    ],
)
def test_what_cannot_be_used_is_one_line_and_status_2(
    line: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert fuwen(*line) == 2
    assert said in complaint(capsys)


@pytest.mark.parametrize(
    "command", [["ask", "桃树"], ["search", "桃树"], ["corpus", "list"], ["index", "build"], ["index", "info"]]
)
def test_a_data_folder_that_is_not_there_or_a_file_is_said(
    command: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    assert fuwen(*command, "--data", tmp_path / "none") == 2
    assert "文件夹不存在" in complaint(capsys)
    assert fuwen(*command, "--data", tmp_path / "file") == 2
    assert "不是文件夹" in complaint(capsys)
    assert sorted(p.name for p in tmp_path.iterdir() if p.name != "home") == ["file"]


@pytest.mark.parametrize("command", [["ask", "桃树"], ["search", "桃树"], ["corpus", "list"], ["index", "build"]])
def test_an_empty_data_folder_is_said(command: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "empty").mkdir()
    assert fuwen(*command, "--data", tmp_path / "empty") == 2
    assert "没有复文" in complaint(capsys)


def test_an_empty_name_is_no_data_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "here").mkdir()
    (tmp_path / "here" / "桃.txt").write_text(PEACHES, encoding="utf-8")
    monkeypatch.chdir(tmp_path / "here")
    assert fuwen("ask", QUESTION, "--data", "") == 2
    assert complaint(capsys)


@pytest.mark.parametrize("where", ["/proc/nope/data", "file/data"])
def test_a_data_folder_that_cannot_be_made_is_said(
    where: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "file").write_text(PEACHES, encoding="utf-8")
    (tmp_path / "桃.txt").write_text(PEACHES, encoding="utf-8")
    assert fuwen("corpus", "add", tmp_path / "桃.txt", "--data", where) == 2
    assert complaint(capsys)


def test_a_home_that_cannot_be_written_is_said(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", "/proc/nope")
    assert fuwen("ask", QUESTION) == 2
    assert complaint(capsys)


def test_a_complaint_stays_one_line_when_what_was_typed_has_two(capsys: pytest.CaptureFixture[str]) -> None:
    assert fuwen("ask", "桃树", "--region", "火星\n市") == 2
    assert complaint(capsys)


@pytest.mark.parametrize(
    "file",
    ["segments/000001/vectors.codes", "segments/000001/letters.jsonl", "generations/000001/manifest.json"],
)
def test_a_flipped_byte_is_noticed_and_building_anew_mends_it(
    file: str, data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert fuwen("index", "build", "--data", data) == 0
    damaged = data / "index" / file
    raw = bytearray(damaged.read_bytes())
    raw[len(raw) // 2] ^= 1
    damaged.write_bytes(raw)
    for command in (["ask", QUESTION], ["search", QUESTION], ["index", "info"]):
        capsys.readouterr()
        assert fuwen(*command, "--data", data) == 2
        said = complaint(capsys)
        assert Path(file).name in said
        assert "fuwen index build" in said
    assert fuwen("index", "build", "--data", data) == 0
    assert fuwen("ask", QUESTION, "--data", data) == 0


@pytest.mark.parametrize("text", ["", "000009 0000", "../../etc 0000"])
def test_a_damaged_pointer_is_noticed_and_building_anew_mends_it(
    text: str, data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert fuwen("index", "build", "--data", data) == 0
    (data / "index" / "CURRENT").write_text(text, encoding="utf-8")
    capsys.readouterr()
    assert fuwen("ask", QUESTION, "--data", data) == 2
    assert "fuwen index build" in complaint(capsys)
    assert fuwen("index", "build", "--data", data) == 0
    assert fuwen("ask", QUESTION, "--data", data) == 0


def test_a_lost_pointer_is_said_by_info_and_mended_by_ask(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert fuwen("index", "build", "--data", data) == 0
    (data / "index" / "CURRENT").unlink()
    capsys.readouterr()
    assert fuwen("index", "info", "--data", data) == 2
    assert "尚未建立" in complaint(capsys)
    assert fuwen("ask", QUESTION, "--data", data) == 0
    assert "1350亩" in capsys.readouterr().out


def test_a_file_in_the_place_of_the_index_is_said(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (data / "index").write_text("mine", encoding="utf-8")
    assert fuwen("ask", QUESTION, "--data", data) == 2
    assert complaint(capsys)


@pytest.mark.parametrize(
    "line",
    [
        ["ask", QUESTION, "--data", ""],
        ["ask", QUESTION, "--data", " "],
        ["corpus", "add", ""],
        ["ask", "--batch", "", "--out", "o"],
        ["ask", "--batch", "i", "--out", ""],
    ],
)
def test_an_empty_path_is_not_the_working_folder(
    line: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "桃.txt").write_text(PEACHES, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert fuwen(*line) == 2
    assert "空的" in complaint(capsys)
    assert [p.name for p in tmp_path.iterdir()] == ["桃.txt"]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ([], "命令：没有给出"),
        (["nosuch"], "命令 'nosuch'：没有这一项。可选：'ask'"),
        (["ask", "桃树", "多少"], "多少：没有这个选项，或多给了内容"),
        (["ask", "桃树", "--kind", "x"], "--kind 'x'：没有这一项"),
        (["ask", "桃树", "--region"], "--region：后面没有写值"),
        (["ask", "桃树", "--json=3"], "--json：后面不用写值"),
        (["search", "桃树", "-k", "两"], "-k '两'：不是整数"),
        (["corpus", "remove"], "ID：没有给出"),
        (["corpus", "list", "--no\nsuch"], "--no such：没有这个选项"),
    ],
)
def test_a_slip_on_the_command_line_is_said_in_chinese(
    line: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert fuwen(*line) == 2
    told = complaint(capsys)
    assert said in told
    assert not re.search("argument|invalid|expected|required|choose", told)


@pytest.mark.parametrize("command", ["ask", "search"])
def test_half_a_character_in_a_question_is_no_crash(
    command: str, data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert fuwen(command, "桃源县共种桃树\ud800多少亩？", "--json", "--data", data) == 0
    assert "\ud800" not in result(capsys)["question"]


def test_a_folder_in_the_place_of_the_pointer_is_said(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (data / "index" / "CURRENT").mkdir(parents=True)
    for command in (["ask", QUESTION], ["index", "info"], ["index", "build"]):
        assert fuwen(*command, "--data", data) == 2
        assert "是一个文件夹" in complaint(capsys)


def test_a_path_that_the_system_refuses_is_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert fuwen("ask", QUESTION, "--data", "长" * 300) == 2
    assert "名字太长" in complaint(capsys)


def test_what_is_on_record_stands_in_brackets(capsys: pytest.CaptureFixture[str]) -> None:
    assert fuwen("ask", BALANCE) == 0
    assert "（昆明市，第142194号，2023-06-19）" in capsys.readouterr().out
