"""What is remembered of the files of a data folder: nothing is read twice, nothing wrong is believed, nothing removed stays."""

import os
from pathlib import Path

import pytest

from corpus.census import Census, print_of
from corpus.kept import Kept, Print, Row
from corpus.library import Library
from corpus.shelf import Shelf
from tests.library_fakes import bees, letter, rows

STAMP = (7, 8)
ROW = Row(0, "答复", "答复.txt", b"c" * 16)
PRINT = Print(b"d" * 16, b"e" * 96)


def opened(folder: Path, *letters: tuple[str, str]) -> Library:
    """A library with an index folder, in which what was read is kept."""
    (folder / "letters").mkdir(parents=True, exist_ok=True)
    (folder / "index").mkdir(exist_ok=True)
    for name, text in letters:
        (folder / "letters" / name).write_text(text, encoding="utf-8")
    return Library(folder, builtin=False)


def held(library: Library) -> bytes:
    with library.changing():
        list(library.entries())
    return (library.folder / "index" / "kept").read_bytes()


def test_what_was_kept_is_known_to_the_next_program(tmp_path: Path) -> None:
    first = Kept(tmp_path / "kept", "1")
    first.keep("答复.txt", STAMP, [ROW], [("答复.txt 第 2 行", "坏了", "请修")])
    first.mark("答复.txt", STAMP, 0, PRINT)
    first.save({"答复.txt": STAMP})
    second = Kept(tmp_path / "kept", "1")
    read = second.of("答复.txt", STAMP)
    assert read is not None
    assert (read.rows, read.problems) == ((ROW,), (("答复.txt 第 2 行", "坏了", "请修"),))
    assert second.print_of("答复.txt", 0) == PRINT
    assert second.of("答复.txt", (7, 9)) is None
    assert Kept(tmp_path / "kept", "2").of("答复.txt", STAMP) is None


def test_the_print_of_a_document_goes_with_it_to_another_line(tmp_path: Path) -> None:
    kept = Kept(tmp_path / "kept", "1")
    one, two = Row(1, "甲", "表.jsonl", b"1" * 16), Row(2, "乙", "表.jsonl", b"2" * 16)
    kept.keep("表.jsonl", STAMP, [one, two], [])
    kept.mark("表.jsonl", STAMP, 2, PRINT)
    kept.keep("表.jsonl", (9, 9), [Row(1, "乙", "表.jsonl", b"2" * 16)], [])
    assert kept.print_of("表.jsonl", 1) == PRINT
    assert kept.print_of("表.jsonl", 2) is None


@pytest.mark.parametrize("at", [0, 40, -2])
def test_a_flipped_byte_in_what_was_kept_makes_it_count_for_nothing(tmp_path: Path, at: int) -> None:
    library = opened(tmp_path, ("甲.txt", letter()), ("乙.txt", bees()))
    content = bytearray(held(library))
    content[at] ^= 1
    (tmp_path / "index" / "kept").write_bytes(content)
    again = Library(tmp_path, builtin=False)
    assert again.ids() == ["乙", "甲"]
    assert [x.text for x in again.letters()] == [x.text for x in library.letters()]


def test_a_file_that_did_not_change_is_not_read_again_and_one_that_did_is(tmp_path: Path) -> None:
    library = opened(tmp_path, ("甲.txt", letter()), ("乙.txt", bees()))
    held(library)
    path = tmp_path / "letters" / "甲.txt"
    stamp = path.stat()
    path.write_bytes(b"\xff" * stamp.st_size)
    os.utime(path, ns=(stamp.st_atime_ns, stamp.st_mtime_ns))
    before = {entry.id: entry.key for entry in library.entries()}
    assert {entry.id: entry.key for entry in Library(tmp_path, builtin=False).entries()} == before
    path.write_text(letter(acres=78), encoding="utf-8")
    after = {entry.id: entry.key for entry in Library(tmp_path, builtin=False).entries()}
    assert after["乙"] == before["乙"]
    assert after["甲"] != before["甲"]


def test_keys_are_the_same_from_memory_and_from_the_files(tmp_path: Path) -> None:
    library = opened(tmp_path, ("甲.txt", letter()))
    rows(tmp_path / "letters" / "表.jsonl", ("1", bees()), ("甲", letter(acres=5)), broken=1)
    fresh = [(e.id, e.file, e.line, e.key, e.raw) for e in library.entries()]
    problems = [str(problem) for problem in library.problems]
    held(library)
    again = Library(tmp_path, builtin=False)
    assert [(e.id, e.file, e.line, e.key, e.raw) for e in again.entries()] == fresh
    assert [str(problem) for problem in again.problems] == problems != []


def test_nothing_of_a_removed_letter_stays(tmp_path: Path) -> None:
    library = opened(tmp_path / "data", ("甲.txt", letter()), ("蜂.txt", bees()))
    assert b"\\u8702" in held(library)
    library.remove("蜂")
    assert b"\\u8702" not in (tmp_path / "data" / "index" / "kept").read_bytes()
    library.remove("甲")
    assert not (tmp_path / "data" / "index" / "kept").exists()


def test_a_wrong_print_loses_no_letter(tmp_path: Path) -> None:
    library = opened(tmp_path / "data", ("甲.txt", letter()))
    held(library)
    shelf = Shelf(tmp_path / "data", None)
    text = bees()
    source = tmp_path / "蜂.txt"
    source.write_text(text, encoding="utf-8")
    other = Library(tmp_path / "other", builtin=False)
    (tmp_path / "other" / "index").mkdir(parents=True)
    other.add([source])
    list(other.entries())
    wrong = Shelf(tmp_path / "other", None)
    with other.changing():
        list(other.entries())
    taken = wrong.print_of(tmp_path / "other" / "letters" / "蜂.txt", 0)
    assert taken is not None
    list(shelf.entries(lambda problem: None))
    shelf.mark(tmp_path / "data" / "letters" / "甲.txt", 0, taken)
    shelf.save()
    assert [result.outcome for result in Library(tmp_path / "data", builtin=False).add([source])] == ["新增"]


def test_whoever_reads_a_letter_notes_what_tells_it_from_others(tmp_path: Path) -> None:
    library = opened(tmp_path, ("甲.txt", letter()))
    with library.changing():
        read = [library.letter(entry) for entry in library.entries()]
    shelf = Shelf(tmp_path, None)
    taken = shelf.print_of(tmp_path / "letters" / "甲.txt", 0)
    assert taken == print_of(read[0].text)
    assert Census(shelf, lambda entry: None).with_text(letter()) == "甲"
