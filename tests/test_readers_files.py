"""Files of every kind through the front door: archives, wrong names, limits, the worker's crashes, LibreOffice."""

import io
import os
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.errors import UnreadableFile
from corpus.read import RawDocument, files_in, is_converted, is_supported, read_documents
from corpus.readers import convert, limits, office, sandbox
from corpus.readers.encoding import decode
from corpus.readers.kinds import kind_of
from tests.reader_files import NAMESPACES, docx, p, packed, pdf

PAGE = "<html><body><p>陈力代表：</p><p>现答复如下。</p></body></html>".encode()
WORD = docx(p("陈力代表：") + p("现答复如下。"))
PDF = pdf([[(80, 700, "陈力代表：现答复如下。")]])
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600
TEXT = "陈力代表：\n现答复如下。"


@pytest.fixture(scope="module", autouse=True)
def _no_worker_left() -> Iterator[None]:
    yield
    sandbox.close()


def read(path: Path) -> tuple[list[RawDocument], list[str]]:
    problems: list[UnreadableFile] = []
    found = list(read_documents(path, problems.append))
    return found, [str(problem) for problem in problems]


def wide(runs: int) -> bytes:
    """A Word file of one endless paragraph, stored unpacked: no ratio gives it away."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        inside = f"<w:p>{'<w:r><w:t>a</w:t></w:r>' * runs}</w:p>"
        archive.writestr("word/document.xml", f"<w:document {NAMESPACES}><w:body>{inside}</w:body></w:document>")
    return out.getvalue()


def problem_of(work: Callable[[], str]) -> str:
    """What the refusal is about, "" where there was text."""
    try:
        text = work()
    except UnreadableFile as problem:
        return problem.thing
    return "" if text else "neither text nor refusal"


def put(folder: Path, name: str, data: bytes) -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("甲.docx", WORD),
        ("甲.html", PAGE),
        ("甲.htm", PAGE),
        ("甲.doc", PAGE),  # what old office systems export
        ("甲.docx", PAGE),
        ("甲.doc", WORD),
        ("甲.wps", WORD),
        ("甲.zip", WORD),
        ("甲.html", WORD),
        ("甲.doc", TEXT.encode("gbk")),
    ],
)
def test_a_file_is_read_as_what_it_is_whatever_it_is_called(tmp_path: Path, name: str, data: bytes) -> None:
    found, problems = read(put(tmp_path, name, data))
    assert [(d.id, d.file, d.title, d.text, d.line) for d in found] == [("甲", name, None, TEXT, 0)]
    assert problems == []


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("坏.docx", OLE + "EncryptedPackage".encode("utf-16-le"), "有密码。请用 Word 或 WPS 打开，去掉密码后另存"),
        ("坏.pdf", PAGE, "像是网页"),
        ("坏.pdf", WORD, "是 Word 文件"),
        ("坏.pdf", b"\x01\x02\x03" * 99, "不是 PDF"),
        ("坏.html", packed({"a.txt": b"x"}), "内容是压缩包"),
        ("坏.docx", b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "不是完整的 .docx 文件"),
        ("坏.docx", b"", "文件是空的"),
        ("坏.docx", "这不是 Word 文件".encode(), "内容不是 Word 文件"),
        ("坏.zip", b"PK\x03\x04" + b"x" * 99, "不是完整的 zip 文件"),
        ("坏.zip", packed({"a.png": b"x"}), "压缩包里没有可读的文件"),
        ("坏.docx", docx("<w:p/>" * 1_500_000), "压缩比"),
    ],
)
def test_what_cannot_be_read_is_one_line_with_its_name_and_the_mend(
    tmp_path: Path, name: str, data: bytes, said: str
) -> None:
    found, problems = read(put(tmp_path, name, data))
    assert found == []
    assert len(problems) == 1
    assert problems[0].startswith("坏.")
    assert said in problems[0]
    with pytest.raises(UnreadableFile, match="坏"):
        list(read_documents(tmp_path / name))


def test_an_archive_is_read_member_by_member_and_bad_ones_are_named(tmp_path: Path) -> None:
    data = packed(
        {
            "复文/甲.txt": TEXT.encode("gb18030"),
            "复文/二/甲.docx": WORD,
            "页.html": PAGE,
            "坏.docx": b"PK\x03\x04",
            "行.jsonl": '{"id": "7", "title": "题", "text": "文"}\n坏'.encode(),
            "__MACOSX/._甲.txt": b"x",
            ".藏.txt": b"x",
            "~$甲.docx": b"x",
            "图.png": b"x",
            "里.zip": packed({"乙.txt": TEXT.encode(), "再.zip": packed({"丙.txt": b"x"})}),
        }
    )
    found, problems = read(put(tmp_path, "包.zip", data))
    assert [(d.id, d.file, d.title, d.text, d.line) for d in found] == [
        ("甲", "甲.txt", None, TEXT, 0),
        ("甲-2", "甲.docx", None, TEXT, 0),
        ("页", "页.html", None, TEXT, 0),
        ("7", "行.jsonl", "题", "文", 1),
        ("乙", "乙.txt", None, TEXT, 0),
    ]
    assert [problem.split("：")[0] for problem in problems] == [
        "包.zip 中的 坏.docx",
        "包.zip 中的 行.jsonl 第 2 行",
        "包.zip 中的 里.zip 中的 再.zip",
    ]
    assert problems[-1].endswith("压缩包套了两层以上。请解压后再试")


def test_chinese_names_are_read_though_the_archive_does_not_say_their_encoding(tmp_path: Path) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("XXXX/YYYY.txt", TEXT)
    data = out.getvalue().replace(b"XXXX/YYYY", "复文/甲乙".encode("gbk"))
    assert [d.file for d in read(put(tmp_path, "包.zip", data))[0]] == ["甲乙.txt"]


@pytest.mark.parametrize("name", ["../../甲.txt", "/甲.txt", "C:\\夹\\甲.txt", "a/../甲.txt"])
def test_a_path_in_an_archive_leads_nowhere(tmp_path: Path, name: str) -> None:
    inner = tmp_path / "in"
    inner.mkdir()
    assert [d.file for d in read(put(inner, "包.zip", packed({name: TEXT.encode()})))[0]] == ["甲.txt"]
    assert sorted(f.name for f in tmp_path.rglob("*")) == ["in", "包.zip"]


def test_a_locked_member_a_bomb_and_too_many_members_are_refused(tmp_path: Path) -> None:
    good = {"好.txt": TEXT.encode()}
    locked = bytearray(packed({"锁.txt": b"x" * 99}))
    locked[6] |= 1
    locked[locked.index(b"PK\x01\x02") + 8] |= 1
    assert "有密码" in read(put(tmp_path, "a.zip", bytes(locked)))[1][0]
    found, problems = read(put(tmp_path, "b.zip", packed({"弹.txt": b"0" * 30_000_000, **good})))
    assert [d.id for d in found] == ["好"]
    assert "压缩比异常" in problems[0]
    many = packed({f"{i}.txt": b"1" for i in range(limits.ARCHIVE_ENTRIES + 1)})
    assert "项的上限" in read(put(tmp_path, "c.zip", many))[1][0]


def test_a_folder_leaves_out_lock_files_and_the_parts_of_saved_pages(tmp_path: Path) -> None:
    (tmp_path / "页_files").mkdir()
    (tmp_path / "别的_files").mkdir()
    for name in ("页.html", "页_files/a.html", "别的_files/b.txt", "~$甲.docx", "甲.docx"):
        (tmp_path / name).write_bytes(PAGE)
    assert [f.name for f in files_in(tmp_path)] == ["b.txt", "甲.docx", "页.html"]


def test_which_files_are_supported_and_which_are_converted() -> None:
    names = {
        "a.TXT": False,
        "a.md": False,
        "a.jsonl.gz": False,
        "a.DOCX": True,
        "a.wps": True,
        "a.zip": True,
        "a.htm": True,
    }
    assert all(is_supported(Path(name)) for name in names)
    assert {name: is_converted(Path(name)) for name in names} == names


def test_a_pipe_is_refused_and_not_waited_for(tmp_path: Path) -> None:
    if not hasattr(os, "mkfifo"):
        pytest.skip("this system has no named pipes")
    os.mkfifo(tmp_path / "管.txt")
    assert "不是普通文件" in read(tmp_path / "管.txt")[1][0]


def test_the_worker_survives_a_bad_file_and_is_replaced_after_a_crash() -> None:
    assert convert.convert(WORD, "甲.docx")[1] == TEXT
    process = sandbox._worker.process
    assert process is not None
    with pytest.raises(UnreadableFile):
        convert.convert(WORD[:-200], "坏.docx")
    with pytest.raises(UnreadableFile, match=r"坏：.*读取时出错"):
        sandbox.ask({"op": 7, "name": "坏"})
    assert sandbox._worker.process is process
    process.kill()
    process.wait()
    assert convert.convert(WORD, "甲.docx")[1] == TEXT
    assert sandbox._worker.process is not process


def test_a_file_that_takes_too_long_is_given_up_and_the_next_is_read() -> None:
    started = time.monotonic()
    with pytest.raises(UnreadableFile, match=r"慢\.docx：读了很久"):
        sandbox.ask({"op": "word", "name": "慢.docx"}, wide(600_000), seconds=0.2)
    assert time.monotonic() - started < 5
    assert convert.convert(PAGE, "甲.html")[1] == TEXT


def test_the_rest_of_an_archive_is_read_after_a_member_killed_the_worker(tmp_path: Path) -> None:
    seen = []
    for member, content in convert.members(packed({f"{i}.txt": b"%d" % i for i in range(3)}), "包.zip"):
        seen.append((member.name, content))
        sandbox.close()
    assert seen == [("0.txt", b"0"), ("1.txt", b"1"), ("2.txt", b"2")]


def test_archives_read_in_turns_are_not_mixed_up() -> None:
    turns = [convert.members(packed({f"{n}.txt": n.encode(), "z.txt": n.encode() * 2}), n) for n in "abcde"]
    assert [[found[1] for found in turn] for turn in zip(*turns, strict=True)] == [
        [b"a", b"b", b"c", b"d", b"e"],
        [b"aa", b"bb", b"cc", b"dd", b"ee"],
    ]


def test_memory_beyond_the_limit_is_a_refusal() -> None:
    pytest.importorskip("resource", reason="this system has no limits on memory to set")
    data, started = wide(2_400_000), time.monotonic()
    with pytest.raises(UnreadableFile, match=r"大\.docx"):
        convert.convert(data, "大.docx")
    assert time.monotonic() - started < 20
    assert convert.convert(WORD, "甲.docx")[1] == TEXT


def test_reading_text_loads_no_heavy_reader_and_starts_no_process(tmp_path: Path) -> None:
    put(tmp_path, "甲.txt", TEXT.encode())
    code = (
        "import sys\nfrom corpus.read import read_documents\n"
        f"assert [d.id for d in read_documents({str(tmp_path)!r})] == ['甲']\n"
        "print(sorted({'lxml', 'docx', 'pypdf', 'charset_normalizer', 'corpus.readers.sandbox'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-W", "error", "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_a_program_that_read_word_files_ends_without_a_word(tmp_path: Path) -> None:
    path = put(tmp_path, "甲.docx", WORD)
    code = f"from corpus.read import read_documents\nprint(next(iter(read_documents({str(path)!r}))).id)"
    done = subprocess.run(
        [sys.executable, "-X", "dev", "-W", "error", "-c", code],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "甲\n", "")


@given(st.binary(max_size=300), st.sampled_from(["", "PK\x03\x04", "%PDF-1.4", "<html>", "{\\rtf"]))
def test_any_bytes_are_of_some_kind_and_are_text_or_refused(data: bytes, start: str) -> None:
    assert kind_of(start.encode() + data) in {
        "word",
        "odt",
        "zip",
        "pdf",
        "locked",
        "ole",
        "rtf",
        "mht",
        "html",
        "text",
    }
    assert problem_of(lambda: decode(data, "甲")) in ("", "甲")


@settings(deadline=None, max_examples=40)
@given(st.binary(max_size=200), st.sampled_from(["甲.docx", "甲.pdf", "甲.html", "甲.mht"]))
def test_any_bytes_under_any_name_are_text_or_refused(data: bytes, name: str) -> None:
    assert problem_of(lambda: convert.convert(data, name)[1].strip()) in ("", name)


def test_a_cut_utf8_file_is_no_gb18030_and_chinese_in_other_encodings_is_guessed() -> None:
    text = "陈力代表：您提出的建议收悉，现答复如下，感谢您的支持。" * 9
    assert decode(text.encode()[:-1], "甲")[:-1] == text[:-1]
    assert decode(text.encode("gbk")[:-1], "甲")[:20] == text[:20]
    assert decode(text.encode("utf-16"), "甲") == text


# LibreOffice: a stand-in for its failures, itself where it is installed.


def fake(folder: Path, monkeypatch: pytest.MonkeyPatch, script: str) -> None:
    if os.name != "posix":
        pytest.skip("the stand-in is a shell script")
    program = folder / "soffice"
    program.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setattr(office, "office_program", lambda: str(program))


def test_without_libreoffice_an_old_file_is_refused_with_both_mends(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(office, "office_program", lambda: None)
    with pytest.raises(UnreadableFile) as caught:
        convert.convert(OLE, "旧.wps")
    assert str(caught.value) == (
        "旧.wps：是旧格式（.doc），要先用 LibreOffice 转换，本机没有安装。请用 Word 或 WPS 打开，另存为 .docx；或安装 LibreOffice 后再试"
    )


def test_what_libreoffice_makes_of_an_old_file_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(tmp_path, "made.docx", WORD)
    fake(tmp_path, monkeypatch, f'for last; do :; done; cp "{tmp_path}/made.docx" "${{last%.*}}.docx"')
    assert convert.convert(OLE, "旧.doc")[1] == TEXT
    assert convert.convert(b"{\\rtf1 x}", "旧.rtf")[1] == TEXT


@pytest.mark.parametrize("script", ["exit 1", 'for last; do :; done; echo x > "${last%.*}.docx"', ":"])
def test_a_failure_of_libreoffice_is_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str) -> None:
    fake(tmp_path, monkeypatch, script)
    with pytest.raises(UnreadableFile, match=r"旧\.doc：LibreOffice 没能转换"):
        convert.convert(OLE, "旧.doc")


def test_libreoffice_that_hangs_is_ended_with_its_children(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fake(tmp_path, monkeypatch, f"sleep 60 & echo $! > {tmp_path}/child; wait")
    started = time.monotonic()
    with pytest.raises(UnreadableFile, match="还没有完成"):
        office.to_docx(OLE, ".doc", "旧.doc", seconds=1.0)
    assert time.monotonic() - started < 10
    child = int((tmp_path / "child").read_text())
    status = Path(f"/proc/{child}/stat")
    assert not status.exists() or status.read_text().split()[2] in "ZX"


@pytest.mark.skipif(office.office_program() is None, reason="LibreOffice is not installed")
@pytest.mark.parametrize("ending", [".rtf", ".doc"])
def test_libreoffice_itself_converts_an_old_file(tmp_path: Path, ending: str) -> None:
    source = put(tmp_path, "旧.rtf", b"{\\rtf1\\ansi\\uc1 \\u-26396?\\u21147?\\par \\u31572?\\u22797?}")
    if ending == ".doc":
        program = office.office_program()
        assert program is not None
        profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
        made = [program, profile, "--headless", "--convert-to", "doc", "--outdir", str(tmp_path), str(source)]
        subprocess.run(made, check=True, capture_output=True, timeout=60)
        source = tmp_path / "旧.doc"
    assert [d.text for d in read(source)[0]] == ["\u98e4力\n答复".replace("\u98e4", chr(65536 - 26396))]


def test_a_sample_of_damaged_files_neither_crashes_nor_hangs(tmp_path: Path) -> None:
    from bench.mutate import mutants, read_all

    outcomes, times, _ = read_all(mutants(120, seed=7), tmp_path)
    assert sum(outcomes.values()) == len(times) > 120
    assert times[0][0] < 20
