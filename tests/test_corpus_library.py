"""The data folder: adding, removing, listing; nothing overwritten, nothing lost, nothing left behind."""

import gzip
import json
from pathlib import Path

import pytest

from corpus.errors import EmptyCorpus, InputError, UnknownLetter
from corpus.library import BUILTIN, Library

ROWS = '{"id": "p1", "title": "一", "text": "第一段。"}\n{"id": "p2", "title": "二", "text": "第二段。"}\n'


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    folder = tmp_path / "inbox"
    folder.mkdir()
    (folder / "甲.txt").write_text("王某代表：\n您提出的《关于甲的建议》收悉。", encoding="utf-8")
    (folder / "乙.md").write_text("# 乙\n内容。", encoding="utf-8")
    return folder


def own(tmp_path: Path) -> Library:
    return Library(tmp_path / "data", builtin=False)


def test_files_added_are_copied_byte_for_byte(tmp_path: Path, inbox: Path) -> None:
    library = own(tmp_path)
    (inbox / "旧.txt").write_bytes("国标编码".encode("gb18030"))
    assert [(r.id, r.outcome) for r in library.add([inbox])] == [("乙", "新增"), ("旧", "新增"), ("甲", "新增")]
    assert (tmp_path / "data/letters/旧.txt").read_bytes() == "国标编码".encode("gb18030")
    assert sorted(letter.id for letter in library.letters()) == ["乙", "旧", "甲"]


def test_the_same_content_is_there_already_and_another_of_that_name_gets_its_own(tmp_path: Path, inbox: Path) -> None:
    library = own(tmp_path)
    library.add([inbox / "甲.txt"])
    assert library.add([inbox / "甲.txt"])[0].outcome == "已有"
    (inbox / "甲.txt").write_text("别的内容。", encoding="utf-8")
    assert library.add([inbox / "甲.txt"])[0].id == "甲-2"
    assert library.get("甲").text.startswith("王某代表")
    assert library.get("甲-2").text == "别的内容。"


def test_a_bad_file_is_reported_and_the_good_ones_are_added(tmp_path: Path, inbox: Path) -> None:
    (inbox / "坏.txt").write_bytes(b"")
    results = {Path(r.file).name: r for r in own(tmp_path).add([inbox, tmp_path / "无.txt", inbox / "图.png"])}
    assert results["甲.txt"].outcome == "新增"
    for name in ("坏.txt", "无.txt", "图.png"):
        assert results[name].outcome == "未加入"
        assert results[name].problem


def test_a_plain_folder_of_letters_is_a_corpus_as_it_stands(tmp_path: Path, inbox: Path) -> None:
    (inbox / "index").mkdir()
    (inbox / "index" / "说明.txt").write_text("索引", encoding="utf-8")
    (inbox / ".隐藏.txt").write_text("隐藏", encoding="utf-8")
    assert Library(inbox, builtin=False).ids() == ["乙", "甲"]


def test_a_removed_letter_is_gone_from_list_and_disk(tmp_path: Path, inbox: Path) -> None:
    library = own(tmp_path)
    library.add([inbox])
    library.remove("甲")
    assert [letter.id for letter in library.letters()] == ["乙"]
    assert not (tmp_path / "data/letters/甲.txt").exists()
    with pytest.raises(UnknownLetter):
        library.get("甲")


@pytest.mark.parametrize("name", ["段.jsonl", "段.jsonl.gz"])
def test_a_letter_removed_from_a_file_of_many_takes_only_its_line(tmp_path: Path, name: str) -> None:
    data = ROWS.encode()
    (tmp_path / name).write_bytes(gzip.compress(data) if name.endswith("gz") else data)
    library = own(tmp_path)
    assert library.add([tmp_path / name])[0].letters == 2
    library.remove("p1")
    assert [letter.id for letter in library.letters()] == ["p2"]
    left = (tmp_path / "data/letters" / name).read_bytes()
    assert "第一段" not in (gzip.decompress(left) if name.endswith("gz") else left).decode()
    library.remove("p2")
    assert library.ids() == []
    assert not (tmp_path / "data/letters" / name).exists()


def test_a_bad_line_in_the_folder_hides_no_other_line_and_is_named(tmp_path: Path) -> None:
    (tmp_path / "段.jsonl").write_text(ROWS + "坏\n" + json.dumps({"id": "p3", "text": "三"}), encoding="utf-8")
    library = Library(tmp_path, builtin=False)
    assert [letter.id for letter in library.letters()] == ["p1", "p2", "p3"]
    assert [p.thing for p in library.problems] == ["段.jsonl 第 3 行"]


def test_equal_ids_are_told_apart(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text(ROWS, encoding="utf-8")
    (tmp_path / "b.jsonl").write_text(ROWS.replace("段", "节"), encoding="utf-8")
    library = Library(tmp_path, builtin=False)
    assert library.ids() == ["p1", "p2", "p1-2", "p2-2"]
    library.remove("p1-2")
    assert library.get("p1").text == "第一段。"
    assert library.ids() == ["p1", "p2", "p2-2"]


def test_the_letters_that_ship_can_be_removed_and_added_again(tmp_path: Path) -> None:
    library = Library(tmp_path / "data")
    first = library.ids()[0]
    library.remove(first)
    assert first not in Library(tmp_path / "data").ids()
    assert len(library.ids()) == 4
    assert library.add([BUILTIN])[0].outcome == "新增"
    assert len(library.ids()) == 5
    assert not (tmp_path / "data" / "letters").exists()


def test_an_unknown_id_is_answered_with_the_nearest(tmp_path: Path) -> None:
    with pytest.raises(UnknownLetter, match="000_032a5aed1bd1ca86"):
        Library(tmp_path).get("000_032a5aed1bd1ca8")


def test_an_empty_folder_says_how_to_fill_it(tmp_path: Path) -> None:
    with pytest.raises(EmptyCorpus, match="fuwen corpus add"):
        Library(tmp_path / "none", builtin=False).letters()


def test_the_fingerprint_changes_with_every_change_and_with_nothing_else(tmp_path: Path, inbox: Path) -> None:
    library = Library(tmp_path / "data")
    seen = [library.fingerprint()]
    assert Library(tmp_path / "data").fingerprint() == seen[0]
    library.add([inbox])
    seen.append(library.fingerprint())
    library.letters()
    assert library.fingerprint() == seen[-1]
    library.remove("甲")
    seen.append(library.fingerprint())
    library.remove(library.ids()[0])
    seen.append(library.fingerprint())
    assert len(set(seen)) == 4


def test_no_temporary_file_stays_behind(tmp_path: Path, inbox: Path) -> None:
    library = own(tmp_path)
    library.add([inbox])
    library.remove("甲")
    assert [p.name for p in (tmp_path / "data").rglob("*") if p.is_file()] == ["乙.md"]


def test_a_library_is_empty_until_something_can_be_read(tmp_path: Path, inbox: Path) -> None:
    library = own(tmp_path)
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "空.txt").write_bytes(b"")
    assert library.is_empty()
    library.add([inbox])
    assert not library.is_empty()


def test_every_result_names_the_path_that_was_asked_for(tmp_path: Path, inbox: Path) -> None:
    results = own(tmp_path).add([inbox, inbox / "甲.txt", tmp_path / "无"])
    assert [r.given for r in results] == [str(inbox), str(inbox), str(inbox / "甲.txt"), str(tmp_path / "无")]


def test_a_folder_that_cannot_be_written_is_one_line(tmp_path: Path, inbox: Path) -> None:
    (tmp_path / "file").write_text("字", encoding="utf-8")
    with pytest.raises(InputError, match="写不进去（路径中有一段是文件"):
        Library(tmp_path / "file" / "data", builtin=False).add([inbox])
