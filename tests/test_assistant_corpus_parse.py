"""`fuwen corpus parse`, `check`, `list` and `show`: the record of the contract, a line a finding, tables that align."""

import json
import os
import pty
import re
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest

from assistant.table import width
from corpus.library import BUILTIN
from tests.assistant_fakes import complaint, fuwen
from tests.library_fakes import bees, letter, rows, word

FUWEN = str(Path(sys.executable).with_name("fuwen"))
KEYS = [
    "id", "file", "text", "metadata", "sections", "figures", "policies", "findings", "commitments", "programmes", "organs", "places",
]  # fmt: skip
FIELDS = {
    "role", "kind", "numbers", "session", "title", "proposers", "issuer", "region", "date", "publish_date", "category", "index_no",
    "doc_no", "co_organs",
}  # fmt: skip


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    """A folder of a stranger: letters in several forms, a table of labels, a broken file."""
    folder = tmp_path / "inbox"
    folder.mkdir()
    (folder / "甲.txt").write_text(letter(body="联系人手机13812345678。"), encoding="gb18030")
    word(folder / "乙.docx", bees())
    rows(folder / "册.jsonl", ("R1", "茶园面积为77亩。"), ("R2", "豆田里有水泵88台。"))
    (folder / "labels.jsonl").write_text('{"file": "甲.txt", "kind": "人大建议"}\n' * 12, encoding="utf-8")
    (folder / "坏.pdf").write_bytes(b"%PDF-1.4 broken")
    with zipfile.ZipFile(folder / "包.zip", "w") as packed:
        packed.writestr("里/丙.txt", "关于种桃的报告\n桃源县共种桃树1350亩。")
    return folder


def parsed(text: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.splitlines()]


def run(*line: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run([FUWEN, *map(str, line)], capture_output=True, text=True, check=False)


def test_every_letter_of_a_folder_is_a_line_and_what_is_none_is_told_once(inbox: Path, tmp_path: Path) -> None:
    done = run("corpus", "parse", inbox, "--out", tmp_path / "out.jsonl")
    assert done.returncode == 0
    assert done.stdout == ""
    records = parsed((tmp_path / "out.jsonl").read_text(encoding="utf-8"))
    assert {(r["id"], r["file"]) for r in records} == {
        ("甲", "甲.txt"), ("乙", "乙.docx"), ("丙", "丙.txt"), ("R1", "册.jsonl"), ("R2", "册.jsonl"),
    }  # fmt: skip
    told = [line for line in done.stderr.splitlines() if line.startswith("fuwen: ")]
    assert len(told) == 2
    assert any("labels.jsonl 第 1 行等 12 行" in line for line in told)
    assert any("坏.pdf" in line for line in told)


def test_a_record_has_the_keys_of_the_contract_and_exact_places(capsys: pytest.CaptureFixture[str]) -> None:
    assert fuwen("corpus", "parse", BUILTIN) == 0
    records = parsed(capsys.readouterr().out)
    assert len(records) == 5
    for record in records:
        assert list(record) == KEYS
        assert set(record["metadata"]) >= FIELDS
        text = record["text"]
        values = [v for f in record["metadata"].values() for v in (f if isinstance(f, list) else [f]) if v]
        assert all(set(v) - {"rule"} == {"value", "start", "end", "origin"} for v in values)
        assert {v["origin"] for v in values} <= {"stated", "inferred"}
        assert all(text[s["start"] :].startswith(s["heading"]) for s in record["sections"])
        assert all(s["level"] == len(s["heading_path"]) for s in record["sections"])
        assert all(text[f["start"] : f["end"]] == f["written"] for f in record["figures"])
        assert all(text[f["start"] : f["end"]] == f["quote"] for f in record["findings"])
        for key in ("commitments", "programmes", "organs", "places", "policies"):
            assert all(0 <= item["start"] < item["end"] <= len(text) for item in record[key])
    seed = records[0]["metadata"]
    assert (seed["numbers"][0]["value"], seed["date"]["value"], seed["category"]) == ("142194", "2023-06-19", None)


def test_personal_numbers_leave_in_no_record(inbox: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (inbox / "13912345678.txt").write_text(bees(), encoding="utf-8")
    assert fuwen("corpus", "parse", inbox) == 0
    captured = capsys.readouterr()
    assert not re.search(r"13[89]12345678", captured.out + captured.err)
    assert "138****5678" in captured.out


def test_nothing_readable_is_status_2_and_leaves_no_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "坏.pdf").write_bytes(b"%PDF-1.4 broken")
    assert fuwen("corpus", "parse", tmp_path / "坏.pdf") == 2
    assert "坏.pdf" in complaint(capsys)
    assert fuwen("corpus", "parse", tmp_path / "无") == 2
    assert "找不到" in complaint(capsys)
    assert fuwen("corpus", "parse", tmp_path, "--out", tmp_path) == 2
    assert "是一个文件夹" in complaint(capsys)
    assert sorted(p.name for p in tmp_path.iterdir() if p.name != "home") == ["坏.pdf"]


def test_reading_a_folder_again_does_not_read_its_own_result(inbox: Path) -> None:
    for _ in range(2):
        assert fuwen("corpus", "parse", inbox, "--out", inbox / "out.jsonl") == 0
        assert len(parsed((inbox / "out.jsonl").read_text(encoding="utf-8"))) == 5
    assert not (inbox / "out.jsonl.part").exists()


def test_a_finding_is_a_line_with_place_and_mend_and_an_error_is_status_1(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "甲.txt").write_text(letter(body="按《办法》》办理。"), encoding="utf-8")
    assert fuwen("corpus", "check", tmp_path / "甲.txt") == 1
    lines = capsys.readouterr().out.splitlines()
    assert all(re.fullmatch(r"甲\.txt:\d+:\d+ \S+?：.+ → .+", line) for line in lines)
    (found,) = [line for line in lines if "标点配对" in line]
    row, column = map(int, found.split(" ")[0].split(":")[1:])
    assert (
        (tmp_path / "甲.txt").read_text(encoding="utf-8").splitlines()[row - 1][column - 1 :].startswith("《办法》》")
    )
    assert fuwen("corpus", "check", tmp_path / "甲.txt", "--json") == 1
    told = parsed(capsys.readouterr().out)
    assert {"id", "file", "line", "column", "rule", "quote", "problem", "mend", "severity"} <= set(told[0])


def test_letters_without_an_error_are_status_0(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "桃.txt").write_text("关于种桃的报告\n桃源县共种桃树1350亩。\n", encoding="utf-8")
    assert fuwen("corpus", "check", tmp_path / "桃.txt") == 0
    captured = capsys.readouterr()
    assert captured.out == ""
    assert "共核对 1 件：没有发现问题" in captured.err


def test_what_is_to_be_checked_may_be_an_id_or_everything(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    data = tmp_path / "data"
    for name, body in (("甲", "另有茶厂三家。"), ("乙", "另有茶厂四家。")):
        (tmp_path / f"{name}.txt").write_text(letter(body=body), encoding="utf-8")
        assert fuwen("corpus", "add", tmp_path / f"{name}.txt", "--data", data) == 0
    assert "乙.txt\t乙\t相近\t与 甲 有" in capsys.readouterr().out
    fuwen("corpus", "check", "--data", data)
    assert len([line for line in capsys.readouterr().out.splitlines() if " 相近：" in line]) == 1
    fuwen("corpus", "check", "甲", "--data", data)
    assert all(line.startswith("甲.txt:") for line in capsys.readouterr().out.splitlines())
    assert fuwen("corpus", "check", "丙", "--data", data) == 2
    assert "没有这篇复文" in complaint(capsys)


@pytest.mark.parametrize(
    ("filters", "count"),
    [
        (["--kind", "政协提案"], 2), (["--region", "昆明"], 3), (["--year", "2022"], 1), (["--number", "29"], 1),
        (["--kind", "议案"], 0), (["--kind", "人大建议", "--year", "2023"], 1),
    ],
)  # fmt: skip
def test_a_list_can_be_narrowed(filters: list[str], count: int, capsys: pytest.CaptureFixture[str]) -> None:
    assert fuwen("corpus", "list", *filters) == 0
    assert len(capsys.readouterr().out.splitlines()) == count


def test_a_list_is_aligned_on_a_terminal_and_tabbed_elsewhere(tmp_path: Path) -> None:
    assert all(line.count("\t") == 5 for line in run("corpus", "list").stdout.splitlines())
    screen, terminal = pty.openpty()
    environment = {**os.environ, "COLUMNS": "90", "XDG_DATA_HOME": str(tmp_path)}
    with subprocess.Popen(
        [FUWEN, "corpus", "list"], stdout=terminal, stderr=subprocess.DEVNULL, env=environment
    ) as done:
        os.close(terminal)
        shown = b""
        while True:
            try:
                piece = os.read(screen, 4096)
            except OSError:
                break
            if not piece:
                break
            shown += piece
    os.close(screen)
    assert done.returncode == 0
    lines = shown.decode().splitlines()
    assert lines[0].split() == ["编号", "类型", "案号", "地区", "日期", "题目"]
    assert len(lines) == 6
    assert all(width(line) <= 90 for line in lines)
    starts = {
        width(line[: line.index(title)])
        for line, title in zip(lines, ("题目", "关于", "关于", "关于", "加快", "关于"), strict=True)
    }
    assert len(starts) == 1


def test_show_tells_what_is_stated_and_what_was_concluded_and_how(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data = tmp_path / "data"
    word(tmp_path / "答复.docx", letter())
    assert fuwen("corpus", "add", tmp_path / "答复.docx", "--data", data) == 0
    capsys.readouterr()
    assert fuwen("corpus", "show", "答复", "--data", data) == 0
    shown = capsys.readouterr().out
    for told in ("答复.docx", "00123", "王强", "昆明市科学技术局", "2023-06-19", "一、基本情况", "二、下一步工作"):
        assert told in shown
    assert re.search(r"云南省（推断：\S+）", shown)
    assert "2024年10月底前建成监测平台" in shown
    assert fuwen("corpus", "show", "答复", "--data", data, "--json") == 0
    (record,) = parsed(capsys.readouterr().out)
    assert list(record) == KEYS


def test_long_work_says_how_far_it_is_on_a_terminal_only(tmp_path: Path) -> None:
    from assistant.progress import Progress

    progress = Progress("加入")
    for n in range(1000):
        progress(n, 1000)
    progress.close()
    assert run("corpus", "add", tmp_path / "无", "--data", tmp_path / "data").stdout == ""


def test_reading_without_keeping_touches_no_data_folder(inbox: Path, tmp_path: Path) -> None:
    assert fuwen("corpus", "parse", inbox / "甲.txt") == 0
    assert fuwen("corpus", "check", inbox / "甲.txt") in (0, 1)
    assert not (tmp_path / "home").exists()
