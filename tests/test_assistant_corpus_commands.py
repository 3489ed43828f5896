"""`fuwen corpus` and `fuwen index`: what is put in is found, what is taken out is gone."""

import json
from pathlib import Path
from typing import Any

import pytest

from corpus.library import BUILTIN
from tests.assistant_fakes import complaint, fuwen

PEACHES = "关于种桃的报告\n桃源县共种桃树1350亩，年产桃子920吨。\n"
BEES = "关于养蜂的报告\n全县蜂群共有4321箱。\n"
ROWS = [
    {"id": "R1", "title": "茶", "text": "茶园面积为77亩，采茶工人有29名。"},
    {"id": "卷/2", "title": "豆", "text": "豆田里装有88台水泵，由合作社看管。"},
]


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """A folder of mixed files: letters, rows, an empty file, a picture, one that only looks like text."""
    folder = tmp_path / "source"
    (folder / "deep").mkdir(parents=True)
    (folder / "桃.txt").write_text(PEACHES, encoding="utf-8")
    (folder / "deep" / "rows.jsonl").write_text(
        "\n".join(json.dumps(r, ensure_ascii=False) for r in ROWS), encoding="utf-8"
    )
    (folder / "empty.txt").write_text("", encoding="utf-8")
    (folder / "picture.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    (folder / "binary.txt").write_bytes(b"\x00\xff\xfe" + bytes(range(256)) * 4)
    return folder


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "data"


def ids(data: Path, capsys: pytest.CaptureFixture[str]) -> set[str]:
    capsys.readouterr()
    assert fuwen("corpus", "list", "--json", "--data", data) == 0
    return {json.loads(line)["id"] for line in capsys.readouterr().out.splitlines()}


def asked(question: str, data: Path, capsys: pytest.CaptureFixture[str], command: str = "ask") -> dict[str, Any]:
    capsys.readouterr()
    assert fuwen(command, question, "--json", "--data", data) == 0
    found: dict[str, Any] = json.loads(capsys.readouterr().out)
    return found


def test_a_folder_of_mixed_files_gives_its_letters_and_names_the_rest(
    source: Path, data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert fuwen("corpus", "add", source, "--data", data) == 0
    captured = capsys.readouterr()
    assert all(name in captured.out for name in ("桃.txt", "rows.jsonl"))
    for name in ("empty.txt", "binary.txt"):
        assert name not in captured.out
        assert [line.startswith("fuwen: ") for line in captured.err.splitlines() if name in line] == [True]
    assert ids(data, capsys) == {"桃", "R1", "卷/2"}


def test_the_id_of_a_row_is_the_letter_of_hits_and_citations(
    source: Path, data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert fuwen("corpus", "add", source, "--data", data) == 0
    assert {c["letter"] for c in asked("茶园面积为多少亩？", data, capsys)["citations"]} == {"R1"}
    assert asked("豆田里装有多少台水泵？", data, capsys, "search")["hits"][0]["letter"] == "卷/2"
    assert fuwen("corpus", "show", "卷/2", "--json", "--data", data) == 0
    shown = json.loads(capsys.readouterr().out)
    assert (shown["id"], shown["text"]) == (ROWS[1]["id"], ROWS[1]["text"])


@pytest.mark.parametrize("gone", ["R1", "桃"])
def test_a_letter_removed_is_never_returned_again(
    gone: str, source: Path, data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert fuwen("corpus", "add", source, "--data", data) == 0
    assert fuwen("corpus", "remove", gone, "--data", data) == 0
    assert gone not in ids(data, capsys)
    for question in ("茶园面积为多少亩？", "采茶工人有多少名？", "桃源县共种桃树多少亩？", "年产桃子多少吨？"):
        assert gone not in {h["letter"] for h in asked(question, data, capsys, "search")["hits"]}
        answer = asked(question, data, capsys)
        assert gone not in {c["letter"] for c in answer["citations"]} | set(answer["nearest"])
    assert fuwen("corpus", "show", gone, "--data", data) == 2
    assert "没有这篇复文" in complaint(capsys)


def test_a_built_in_letter_can_be_removed_and_put_back(capsys: pytest.CaptureFixture[str]) -> None:
    letter = "000_032a5aed1bd1ca86"
    question = "昆明市截至2022年12月末银税互动合作贷款余额是多少？"
    assert fuwen("corpus", "remove", letter) == 0
    capsys.readouterr()
    assert fuwen("ask", question, "--json") == 0
    answer = capsys.readouterr().out
    assert "90.31" not in answer
    assert letter not in answer
    assert fuwen("corpus", "add", BUILTIN / f"{letter}.txt") == 0
    capsys.readouterr()
    assert fuwen("ask", question, "--json") == 0
    assert "90.31" in capsys.readouterr().out


def test_the_same_file_twice_is_there_once(source: Path, data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert fuwen("corpus", "add", source / "桃.txt", "--data", data) == 0
    assert fuwen("corpus", "add", source / "桃.txt", "--data", data) == 0
    assert "已有" in capsys.readouterr().out
    assert ids(data, capsys) == {"桃"}


def test_another_text_of_the_same_name_overwrites_nothing(
    source: Path, data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert fuwen("corpus", "add", source / "桃.txt", "--data", data) == 0
    (source / "桃.txt").write_text(BEES, encoding="utf-8")
    assert fuwen("corpus", "add", source / "桃.txt", "--data", data) == 0
    assert len(ids(data, capsys)) == 2
    assert "1350亩" in asked("桃源县共种桃树多少亩？", data, capsys)["answer"]
    assert "4321箱" in asked("全县蜂群共有多少箱？", data, capsys)["answer"]


def test_a_file_placed_by_hand_is_found_and_one_taken_away_is_not(
    source: Path, data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert fuwen("corpus", "add", source, "--data", data) == 0
    (data / "蜂.txt").write_text(BEES, encoding="utf-8")
    assert "4321箱" in asked("全县蜂群共有多少箱？", data, capsys)["answer"]
    (data / "蜂.txt").write_text(BEES.replace("4321", "5432"), encoding="utf-8")
    assert "5432箱" in asked("全县蜂群共有多少箱？", data, capsys)["answer"]
    (data / "蜂.txt").unlink()
    assert "5432箱" not in asked("全县蜂群共有多少箱？", data, capsys)["answer"]


def test_index_build_and_info_tell_the_same(source: Path, data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert fuwen("corpus", "add", source, "--data", data) == 0
    assert fuwen("index", "build", "--data", data) == 0
    assert "已是最新" in capsys.readouterr().out
    assert fuwen("index", "build", "--force", "--data", data) == 0
    assert "3 件" in capsys.readouterr().out
    assert fuwen("index", "info", "--json", "--data", data) == 0
    info = json.loads(capsys.readouterr().out)
    assert (info["letters"], info["up_to_date"], info["generation"]) == (3, True, "000002")
    (data / "蜂.txt").write_text(BEES, encoding="utf-8")
    assert fuwen("index", "info", "--json", "--data", data) == 0
    assert json.loads(capsys.readouterr().out)["up_to_date"] is False


def test_removing_one_of_two_unknown_letters_removes_neither(
    source: Path, data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert fuwen("corpus", "add", source, "--data", data) == 0
    capsys.readouterr()
    assert fuwen("corpus", "remove", "R1", "nope", "--data", data) == 2
    assert "nope" in complaint(capsys)
    assert ids(data, capsys) == {"桃", "R1", "卷/2"}


def test_a_path_that_is_not_there_is_said_on_stderr(
    tmp_path: Path, data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert fuwen("corpus", "add", tmp_path / "missing.txt", "--data", data) == 2
    assert "missing.txt" in complaint(capsys)


def test_a_missing_folder_is_not_called_a_format(
    tmp_path: Path, data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert fuwen("corpus", "add", tmp_path / "missing", "--data", data) == 2
    captured = capsys.readouterr()
    assert "不支持这种格式" not in captured.out + captured.err


@pytest.mark.parametrize("name", ["binary.txt", "picture.png", "empty.txt"])
def test_a_file_that_is_no_text_is_named_and_adds_nothing(
    name: str, source: Path, data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert fuwen("corpus", "add", source / name, "--data", data) == 2
    captured = capsys.readouterr()
    assert name in captured.out + captured.err
    assert [p for p in data.rglob("*") if p.is_file()] == []


def test_the_last_letter_can_be_removed(source: Path, data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert fuwen("corpus", "add", source / "桃.txt", "--data", data) == 0
    assert fuwen("corpus", "remove", "桃", "--data", data) == 0
    capsys.readouterr()
    assert fuwen("search", "桃树", "--data", data) == 2
    assert "没有复文" in complaint(capsys)


def test_a_letter_named_twice_is_removed_once(source: Path, data: Path) -> None:
    assert fuwen("corpus", "add", source, "--data", data) == 0
    assert fuwen("corpus", "remove", "R1", "R1", "--data", data) == 0


def test_adding_the_data_folder_itself_brings_no_removed_letter_back(
    source: Path, data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert fuwen("corpus", "add", source, "--data", data) == 0
    assert fuwen("corpus", "remove", "桃", "--data", data) == 0
    fuwen("corpus", "add", data, "--data", data)
    assert ids(data, capsys) == {"R1", "卷/2"}


def test_a_letter_removed_leaves_no_text_on_disk(source: Path, data: Path) -> None:
    assert fuwen("corpus", "add", source, "--data", data) == 0
    assert fuwen("corpus", "remove", "桃", "--data", data) == 0
    holding = [p.name for p in data.rglob("*") if p.is_file() and "桃树1350亩".encode() in p.read_bytes()]
    assert holding == []


def test_a_row_with_half_a_character_does_not_break_the_corpus(
    tmp_path: Path, data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "s.jsonl").write_text('{"id":"S1","title":"茶","text":"茶园\\ud800面积为77亩。"}\n', encoding="utf-8")
    assert fuwen("corpus", "add", tmp_path / "s.jsonl", "--data", data) in (0, 2)
    assert fuwen("ask", "茶园面积为多少亩？", "--json", "--data", data) in (0, 2)


def holding(folder: Path, text: str) -> list[str]:
    """The files anywhere below a folder that hold these words."""
    return [str(p) for p in folder.rglob("*") if p.is_file() and text.encode() in p.read_bytes()]


def test_good_paths_are_added_beside_one_that_is_missing(
    source: Path, data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert fuwen("corpus", "add", source / "桃.txt", tmp_path / "missing", "--data", data) == 2
    captured = capsys.readouterr()
    assert captured.out == "桃.txt\t桃\t新增\n"
    assert [line for line in captured.err.splitlines() if line.startswith("fuwen: ")] == [
        f"fuwen: {tmp_path / 'missing'}：找不到。请检查路径"
    ]
    assert ids(data, capsys) == {"桃"}


def test_a_failed_add_leaves_no_new_folder(tmp_path: Path, data: Path) -> None:
    assert fuwen("corpus", "add", tmp_path / "missing", "--data", data) == 2
    assert not data.exists()


@pytest.mark.parametrize("where", [".", "index", "letters", "index/segments/000001/letters.jsonl", ".."])
def test_nothing_of_the_data_folder_is_a_new_source(
    where: str, source: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data = tmp_path / "apart" / "data"
    assert fuwen("corpus", "add", source, "--data", data) == 0
    (data / ".hidden").mkdir()
    (data / ".hidden" / "x.txt").write_text(BEES, encoding="utf-8")
    before = ids(data, capsys)
    fuwen("corpus", "add", data / where, "--data", data)
    assert ids(data, capsys) == before


def test_the_index_of_another_data_folder_is_no_source(
    source: Path, data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert fuwen("corpus", "add", source, "--data", tmp_path / "other") == 0
    assert fuwen("corpus", "add", tmp_path / "other", "--data", data) == 0
    assert ids(data, capsys) == {"桃", "R1", "卷/2"}


def test_the_record_of_removals_is_no_letter(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert fuwen("corpus", "remove", "000_032a5aed1bd1ca86") == 0
    assert fuwen("corpus", "add", tmp_path / "home" / "fuwen") == 2
    assert len((tmp_path / "home" / "fuwen" / "removed.txt").read_text(encoding="utf-8").split()) == 1


@pytest.mark.parametrize(("gone", "words"), [("桃", "桃树1350亩"), ("R1", "茶园面积为77亩")])
def test_removed_words_are_nowhere_in_the_data_folder(gone: str, words: str, source: Path, data: Path) -> None:
    assert fuwen("corpus", "add", source / "桃.txt", "--data", data) == 0
    assert fuwen("corpus", "add", source, "--data", data) == 0
    assert fuwen("index", "build", "--force", "--data", data) == 0
    assert len(holding(data, words)) >= 3
    assert fuwen("corpus", "remove", gone, "--data", data) == 0
    assert holding(data, words) == []
    assert len(list((data / "index" / "generations").iterdir())) == 1


@pytest.mark.parametrize("command", [["ask", "茶园面积为多少亩？"], ["index", "build"], ["corpus", "add", "."]])
def test_a_letter_taken_away_by_hand_leaves_the_disk_with_the_next_build(
    command: list[str], source: Path, data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert fuwen("corpus", "add", source, "--data", data) == 0
    (data / "letters" / "桃.txt").unlink()
    (tmp_path / "more").mkdir()
    (tmp_path / "more" / "蜂.txt").write_text(BEES, encoding="utf-8")
    monkeypatch.chdir(tmp_path / "more")
    assert fuwen(*command, "--data", data) == 0
    assert holding(data, "桃树1350亩") == []


def test_removing_the_last_letter_leaves_nothing_to_be_found(
    source: Path, data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert fuwen("corpus", "add", source, "--data", data) == 0
    assert fuwen("corpus", "remove", "卷/2", "桃", "R1", "R1", "--data", data) == 0
    assert holding(data, "亩") == []
    for command in (["ask", "桃树多少亩？"], ["index", "info"], ["index", "build"], ["corpus", "list"]):
        capsys.readouterr()
        assert fuwen(*command, "--data", data) == 2
        assert complaint(capsys)
    assert fuwen("corpus", "add", source, "--data", data) == 0
    assert ids(data, capsys) == {"桃", "R1", "卷/2"}


def test_letters_of_one_id_are_removed_as_they_were_named(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for n in "123":
        row = json.dumps({"id": "R", "text": f"第{n}块茶园。"}, ensure_ascii=False)
        (tmp_path / f"{n}.jsonl").write_text(row, encoding="utf-8")
        assert fuwen("corpus", "add", tmp_path / f"{n}.jsonl", "--data", data) == 0
    assert ids(data, capsys) == {"R", "R-2", "R-3"}
    assert fuwen("corpus", "remove", "R", "R-2", "--data", data) == 0
    assert ids(data, capsys) == {"R-3"}
    assert holding(data / "letters", "第3块") != []


def test_without_a_model_nothing_is_added_or_removed(
    source: Path, data: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert fuwen("corpus", "add", source, "--data", data) == 0
    monkeypatch.setenv("FUWEN_EMBEDDING_MODEL", "/nope")
    capsys.readouterr()
    assert fuwen("corpus", "remove", "桃", "--data", data) == 2
    assert "/nope" in complaint(capsys)
    assert ids(data, capsys) == {"桃", "R1", "卷/2"}


def test_a_file_whose_name_is_no_text_can_be_asked_about(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    data.mkdir()
    (data / "桃\udcff.txt").write_text(PEACHES, encoding="utf-8")
    assert fuwen("ask", "桃源县共种桃树多少亩？", "--data", data) == 0
    assert "1350亩" in capsys.readouterr().out
