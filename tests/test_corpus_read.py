"""Reading files: encodings, JSON lines, folders, and one clear line for what cannot be read."""

import gzip
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.errors import UnreadableFile
from corpus.read import MAX_BYTES, plain, read_documents, read_text, stem, whole

LETTER = "陈力代表：\n您提出的《关于科技创新的建议》收悉。\n"
CHINESE = st.text(st.characters(categories=["Lo", "Nd", "Po"], max_codepoint=0x9FA5), min_size=1, max_size=60)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16"])
def test_a_text_file_reads_the_same_in_every_usual_encoding(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "复文.txt"
    path.write_bytes(LETTER.encode(encoding))
    assert read_text(path) == LETTER


@given(CHINESE)
def test_chinese_text_survives_utf8_whole(text: str) -> None:
    from corpus.read import decode

    assert decode(("昆明" + text).encode(), "甲.txt") == "昆明" + text


def test_line_ends_become_newlines_and_control_characters_go(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes("一\r\n二\r三\x0b\ufeff四\u200b五\t六".encode())
    assert read_text(path) == "一\n二\n三四五\t六"


@given(st.text())
def test_plain_text_stays_plain_when_cleaned_again(text: str) -> None:
    assert plain(plain(text)) == plain(text)
    assert "\r" not in plain(text)


@pytest.mark.parametrize(
    "content", [b"", b" \n\t\n", b"\x00\x00\x00", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x01" * 9]
)
def test_an_empty_or_binary_file_is_refused_with_its_name(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "坏.txt"
    path.write_bytes(content)
    with pytest.raises(UnreadableFile, match="坏") as caught:
        read_text(path)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("name", ["a.xlsx", "a.png", "a"])
def test_an_unsupported_kind_is_refused_with_the_supported_ones(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("字", encoding="utf-8")
    with pytest.raises(UnreadableFile, match=r"\.txt、\.md、\.jsonl"):
        list(read_documents(tmp_path / name))


def test_a_missing_file_and_a_folder_in_place_of_one_are_refused(tmp_path: Path) -> None:
    (tmp_path / "夹.txt").mkdir()
    for path in (tmp_path / "无.txt", tmp_path / "夹.txt"):
        with pytest.raises(UnreadableFile):
            read_text(path)


def test_a_file_beyond_the_limit_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "大.txt"
    with path.open("wb") as file:
        file.truncate(MAX_BYTES + 1)
    with pytest.raises(UnreadableFile, match="50 MB"):
        read_text(path)


def test_json_lines_are_a_document_each_packed_or_not(tmp_path: Path) -> None:
    rows = [{"id": "p1", "title": "泡菜", "text": "泡菜是一种食品。"}, {"id": 7, "text": "第二\r\n段"}]
    data = "\n".join(json.dumps(row, ensure_ascii=False) for row in rows) + "\n\n"
    (tmp_path / "a.jsonl").write_text(data, encoding="utf-8")
    (tmp_path / "b.jsonl.gz").write_bytes(gzip.compress(data.encode()))
    for name in ("a.jsonl", "b.jsonl.gz"):
        found = list(read_documents(tmp_path / name))
        assert [(d.id, d.file, d.title, d.text, d.line) for d in found] == [
            ("p1", name, "泡菜", "泡菜是一种食品。", 1),
            ("7", name, None, "第二\n段", 2),
        ]


@pytest.mark.parametrize(
    "line",
    ["{", "[]", "1", '{"id": "x"}', '{"id": "x", "text": ""}', '{"text": "无号"}', '{"id":"x","text":"有","title":3}'],
)
def test_a_bad_line_is_named_by_its_number(tmp_path: Path, line: str) -> None:
    path = tmp_path / "行.jsonl"
    path.write_text('{"id": "1", "text": "好"}\n' + line + "\n", encoding="utf-8")
    with pytest.raises(UnreadableFile, match="第 2 行"):
        list(read_documents(path))


def test_with_a_reporter_the_good_lines_and_files_are_read_all_the_same(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text('{"id": "1", "text": "好"}\n坏\n{"id": "2", "text": "也好"}', encoding="utf-8")
    (tmp_path / "b.txt").write_bytes(b"")
    (tmp_path / "c.txt").write_text("第三", encoding="utf-8")
    problems: list[UnreadableFile] = []
    assert [d.id for d in read_documents(tmp_path, problems.append)] == ["1", "2", "c"]
    assert [p.thing for p in problems] == ["a.jsonl 第 2 行", "b.txt"]


def test_a_damaged_archive_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl.gz").write_bytes(gzip.compress(b'{"id": "1", "text": "a"}')[:-9])
    with pytest.raises(UnreadableFile, match="压缩"):
        list(read_documents(tmp_path / "a.jsonl.gz"))


def test_a_folder_is_read_in_order_without_hidden_files(tmp_path: Path) -> None:
    for name in ("乙/2.md", "甲.txt", ".藏/x.txt", ".y.txt", "注.xlsx", "~$文.docx"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(name, encoding="utf-8")
    assert [d.text for d in read_documents(tmp_path)] == ["乙/2.md", "甲.txt"]


def test_the_id_is_the_name_without_its_ending() -> None:
    assert [stem(Path(n)) for n in ("a.b.txt", "行.jsonl.gz", "x.md")] == ["a.b", "行", "x"]


@given(st.text(st.characters(categories=["Cs", "Lo"]), min_size=1))
def test_no_half_of_a_pair_survives(text: str) -> None:
    assert len(whole(text)) == len(text)
    plain(text).encode()


@pytest.mark.parametrize("value", ["9" * 5000, "[" * 20_000], ids=["digits", "nesting"])
def test_a_line_that_is_too_much_for_the_reader_is_named(value: str, tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text(f'{{"id": "1", "text": "字", "x": {value}\n', encoding="utf-8")
    with pytest.raises(UnreadableFile, match="第 1 行"):
        list(read_documents(tmp_path / "a.jsonl"))


def test_marks_inside_the_lines_of_markdown_are_no_part_of_the_letter(tmp_path: Path) -> None:
    file = tmp_path / "答复.md"
    file.write_text(
        "## **一、情况**\n\n**二、打算**\n您提出的**《建议》**收悉，[《办法》](http://a.cn/1)（昆政办〔2022〕5号）。\n",
        encoding="utf-8",
    )
    [document] = read_documents(file)
    assert document.text == "## 一、情况\n\n**二、打算**\n您提出的《建议》收悉，《办法》（昆政办〔2022〕5号）。\n"


def test_stars_of_a_text_file_stay(tmp_path: Path) -> None:
    file = tmp_path / "答复.txt"
    file.write_text("电话138****0000，**重点**。", encoding="utf-8")
    assert [d.text for d in read_documents(file)] == ["电话138****0000，**重点**。"]
