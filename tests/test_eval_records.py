"""`fuwen eval records`: labelled pages against the records that are read from them."""

import json
from pathlib import Path
from typing import Any

import pytest

from assistant.cli import main
from eval.cli import add_eval_parser
from eval.records import FIELDS, score_pages, squeeze

PAGE = """关于对市政协十届二次会议第018号提案的答复

林小舟委员：
您提出的《关于增设夜间公交的提案》收悉。现答复如下：
一、延长运营时间
三条线路的末班车将推迟到22时。
二、增加班次
年内增加班次。
感谢您对交通工作的关心和支持。

长岭市交通运输局
2024年6月3日
"""
LABEL: dict[str, Any] = {
    "file": "001.txt",
    "kind": "政协提案",
    "number": "018",
    "proposers": ["林小舟"],
    "title": "《关于增设夜间公交的提案》",
    "issuer": "长岭市交通运输局",
    "date": "2024-06-03",
    "category": None,
    "co_organs": [],
    "first_headings": ["一、延长运营时间", "二、增加班次"],
}
SHIPPED = Path(__file__).resolve().parent.parent / "eval" / "pages" / "dev"


def pages(folder: Path, **changed: Any) -> Path:
    (folder / "001.txt").write_text(PAGE, encoding="utf-8")
    (folder / "labels.jsonl").write_text(json.dumps({**LABEL, **changed}, ensure_ascii=False) + "\n", encoding="utf-8")
    return folder


def fuwen(*line: str | Path) -> int:
    return main([str(word) for word in line], extend=add_eval_parser)


def test_what_is_null_in_both_flatters_no_rate(tmp_path: Path) -> None:
    """Six single values and two headings are labelled, all read rightly; category and co_organs are null in both."""
    total = score_pages([pages(tmp_path)]).total
    assert (total.right, total.labelled, total.null, total.rate, total.precision) == (8, 8, 2, 1.0, 1.0)


def test_wrong_missed_and_invented_are_told_apart(tmp_path: Path) -> None:
    folder = pages(tmp_path, number="19", category="A", date=None, first_headings=["一、延长运营时间", "三、加座"])
    scores = {score.field: score for score in score_pages([folder]).fields}
    assert scores["number"].wrong == scores["category"].missed == scores["date"].invented == 1
    headings = scores["first_headings"]
    assert (headings.right, headings.missed, headings.invented) == (1, 1, 1)
    assert (headings.rate, headings.precision) == (0.5, 0.5)


def test_the_end_of_a_truncated_page_is_not_held_against_the_record(tmp_path: Path) -> None:
    scores = {score.field: score for score in score_pages([pages(tmp_path, date=None, truncated=True)]).fields}
    assert (scores["date"].invented, scores["date"].null) == (0, 1)


def test_fields_that_the_labels_do_not_give_are_not_counted(tmp_path: Path) -> None:
    scores = {score.field: score for score in score_pages([pages(tmp_path)]).fields}
    assert scores["session"].labelled == scores["session"].invented == 0


def test_brackets_and_spaces_make_no_difference() -> None:
    assert squeeze("昆科函【2024】 15 号") == squeeze("昆科函〔２０２４〕15号") == squeeze("昆科函［2024］15号")


def test_the_command_prints_the_table_and_the_differences(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = pages(tmp_path, number="19")
    assert fuwen("eval", "records", folder, "--wrong") == 0
    out = capsys.readouterr().out
    assert "合计" in out
    assert out.splitlines()[-1].split() == ["number", "001.txt", "19", "018"]


def test_the_gate_decides_the_exit_status(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = pages(tmp_path, number="19")
    assert fuwen("eval", "records", folder, "--gate", "0.99") == 1
    assert fuwen("eval", "records", folder, "--gate", "0.5", "--json") == 0
    last = capsys.readouterr().out.splitlines()[-1]
    assert json.loads(last)["fields"]["number"]["wrong"] == 1


@pytest.mark.parametrize("line", ["{", "[]", '{"number": "1"}', '{"file": "nothing.txt"}'])
def test_labels_that_cannot_be_used_are_named(tmp_path: Path, line: str, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "labels.jsonl").write_text(line, encoding="utf-8")
    assert fuwen("eval", "records", tmp_path) == 2
    assert "Traceback" not in (err := capsys.readouterr().err)
    assert len(err.splitlines()) == 1


def test_a_folder_without_labels_is_an_error(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert fuwen("eval", "records", tmp_path) == 2
    assert "labels.jsonl" in capsys.readouterr().err


@pytest.mark.skipif(not (SHIPPED / "labels.jsonl").exists(), reason="the pages are not part of an installed package")
def test_the_written_pages_and_their_labels_belong_together() -> None:
    rows = [json.loads(line) for line in (SHIPPED / "labels.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [row["file"] for row in rows] == sorted(path.name for path in SHIPPED.glob("*.txt"))
    assert len(rows) >= 44
    assert sum(row["role"] == "其他" for row in rows) >= 10
    known = FIELDS.keys() | {"file", "truncated", "date_src", "note"}
    assert all(row.keys() <= known for row in rows)


def test_a_cited_number_is_the_same_in_any_brackets() -> None:
    shape = FIELDS["cited_doc_nos"][1]
    assert shape(["滇农发【2024】8号", "滇农发(2024)9号"]) == shape(["滇农发〔2024〕8号", "滇农发［2024］9号"])
