"""What is removed is gone from every file; what goes wrong on the way leaves a whole corpus."""

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from corpus.errors import InputError, UnknownLetter
from corpus.library import BUILTIN, Library
from tests.assistant_fakes import complaint, fuwen
from tests.library_fakes import bees, holding, letter, rows, word

FUWEN = str(Path(sys.executable).with_name("fuwen"))
TELLING = ("茶园77亩", "加强茶园管理", "采茶工人29名")


def text(path: Path, words: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(words, encoding="utf-8")
    return path


def stored(kind: str, folder: Path) -> tuple[Path, str]:
    """A letter in a file of this kind, and its id."""
    if kind == "docx":
        return word(folder / "甲茶园.docx", letter()), "甲茶园"
    if kind == "txt":
        return text(folder / "甲茶园.txt", letter()), "甲茶园"
    path = rows(folder / "册.jsonl", ("甲茶园", letter()), ("乙", bees()))
    if kind == "jsonl.gz":
        import gzip

        packed = folder / "册.jsonl.gz"
        packed.write_bytes(gzip.compress(path.read_bytes()))
        path = packed
    return path, "甲茶园"


@pytest.mark.parametrize("kind", ["txt", "docx", "jsonl", "jsonl.gz"])
def test_nothing_of_a_removed_letter_is_left_in_any_file(kind: str, tmp_path: Path) -> None:
    data, (path, key) = tmp_path / "data", stored(kind, tmp_path)
    assert fuwen("corpus", "add", text(tmp_path / "丙.txt", bees() + "附注。"), "--data", data) == 0
    assert fuwen("corpus", "add", path, "--data", data) == 0
    assert fuwen("ask", "全市共有茶园多少亩？", "--data", data) == 0
    assert holding(data, *TELLING, key)
    assert fuwen("corpus", "remove", key, "--data", data) == 0
    assert holding(data, *TELLING, key) == []
    assert holding(tmp_path / "home", *TELLING, key) == []


def test_the_former_self_of_a_changed_letter_is_gone_from_every_file(tmp_path: Path) -> None:
    data = tmp_path / "data"
    assert fuwen("corpus", "add", text(tmp_path / "1" / "甲.txt", letter()), "--data", data) == 0
    assert fuwen("corpus", "add", text(tmp_path / "2" / "甲.txt", letter(acres=88)), "--data", data) == 0
    assert holding(data, "茶园77亩") == []
    assert holding(data, "茶园88亩")


def test_a_changed_line_is_gone_from_every_file(tmp_path: Path) -> None:
    data = tmp_path / "data"
    for acres in (77, 88):
        assert fuwen("corpus", "add", rows(tmp_path / "册.jsonl", ("甲", letter(acres=acres))), "--data", data) == 0
    assert holding(data, "茶园77亩") == []


def test_of_a_removed_letter_that_ships_only_the_id_is_kept(tmp_path: Path) -> None:
    first = sorted(BUILTIN.iterdir())[0]
    assert fuwen("corpus", "remove", first.stem) == 0
    assert holding(tmp_path / "home", first.read_text(encoding="utf-8")[200:240]) == []
    assert holding(tmp_path / "home", first.stem) == ["fuwen/removed.txt"]


def test_one_unknown_id_removes_nothing(tmp_path: Path) -> None:
    library = Library(tmp_path / "data", builtin=False)
    library.add([text(tmp_path / "甲.txt", letter()), text(tmp_path / "乙.txt", bees())])
    with pytest.raises(UnknownLetter, match="丙"):
        library.remove("甲", "丙")
    assert library.ids() == ["乙", "甲"]
    library.remove("乙", "甲")
    assert not (tmp_path / "data").exists()


def test_what_a_killed_program_left_half_written_goes_with_the_next_change(tmp_path: Path) -> None:
    library = Library(tmp_path / "data", builtin=False)
    library.add([text(tmp_path / "甲.txt", letter())])
    (tmp_path / "data" / "letters" / ".writing-x").write_text(letter(), encoding="utf-8")
    library.add([text(tmp_path / "乙.txt", bees())])
    assert holding(tmp_path / "data", ".writing-") == []


def test_a_full_disk_leaves_the_letters_that_were_there(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    data = tmp_path / "data"
    assert fuwen("corpus", "add", text(tmp_path / "甲.txt", letter()), "--data", data) == 0
    big = text(tmp_path / "大.txt", bees() * 400)
    code = (
        "import resource, sys\nresource.setrlimit(resource.RLIMIT_FSIZE, (60_000, 60_000))\n"
        "from eval.cli import run\nsys.argv = ['fuwen', 'corpus', 'add', sys.argv[1], '--data', sys.argv[2]]\nsys.exit(run())"
    )
    done = subprocess.run([sys.executable, "-c", code, str(big), str(data)], capture_output=True, text=True)
    assert done.returncode == 2
    assert [line.startswith("fuwen: ") for line in done.stderr.splitlines()] == [True]
    assert Library(data, builtin=False).ids() == ["甲"]
    assert holding(data, ".writing-") == []
    capsys.readouterr()
    assert fuwen("corpus", "list", "--data", data) == 0


def test_two_programs_that_add_at_once_lose_nothing(tmp_path: Path) -> None:
    data = tmp_path / "data"
    for half in "甲乙":
        for n in range(20):
            text(tmp_path / half / f"{n}" / f"{half}.txt", f"{half}的第{n}件材料，各有各的内容{n * 977}。")
    both = [
        subprocess.Popen(
            [FUWEN, "corpus", "add", str(tmp_path / half), "--data", str(data)], stdout=subprocess.DEVNULL, stderr=-1
        )
        for half in "甲乙"
    ]
    assert [process.communicate() and process.returncode for process in both] == [0, 0]
    library = Library(data, builtin=False)
    assert len({x.text for x in library.letters()}) == 40
    assert len(set(library.ids())) == 40


def test_a_program_waits_for_another_that_holds_the_folder(tmp_path: Path) -> None:
    data = tmp_path / "data"
    held = subprocess.Popen(
        [
            sys.executable,
            "-c",
            "import sys, time\nfrom corpus.library import Library\n"
            "with Library(sys.argv[1], builtin=False).changing():\n    print('held', flush=True)\n    time.sleep(1.5)",
            str(data),
        ],
        stdout=subprocess.PIPE,
        text=True,
    )
    assert held.stdout is not None
    assert held.stdout.readline() == "held\n"
    begun = time.monotonic()
    Library(data, builtin=False).add([text(tmp_path / "甲.txt", letter())])
    assert time.monotonic() - begun > 0.5
    assert held.wait() == 0
    held.stdout.close()
    assert Library(data, builtin=False).ids() == ["甲"]


def test_an_interrupted_add_leaves_whole_letters(tmp_path: Path) -> None:
    data = tmp_path / "data"
    for n in range(1500):
        text(tmp_path / "in" / f"{n:04}.txt", letter(f"{n:05}", n, f"第{n}种作物", f"另有{n * 7}家。" * 30))
    process = subprocess.Popen(
        [FUWEN, "corpus", "add", str(tmp_path / "in"), "--data", str(data)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    while process.poll() is None and len(list(data.glob("letters/*.txt"))) < 40:
        time.sleep(0.02)
    process.send_signal(signal.SIGINT)
    _, said = process.communicate()
    assert process.returncode == 130
    assert len(said.splitlines()) == 1
    library = Library(data, builtin=False)
    assert 40 <= len(library.ids()) < 1500
    assert all(
        (tmp_path / "in" / x.file).read_bytes() == (data / "letters" / x.file).read_bytes() for x in library.letters()
    )


def test_a_folder_that_is_no_folder_of_ours_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = text(tmp_path / "甲.txt", letter())
    assert fuwen("corpus", "add", source, "--data", source / "data") == 2
    assert complaint(capsys)
    with pytest.raises(InputError):
        Library("/proc/nope/data", builtin=False).add([source])


def test_a_folder_held_twice_by_one_program_does_not_wait_for_itself(tmp_path: Path) -> None:
    library = Library(tmp_path / "data", builtin=False)
    done: list[int] = []

    def change() -> None:
        with library.changing():
            done.append(len(library.add([text(tmp_path / "甲.txt", letter())])))

    thread = threading.Thread(target=change, daemon=True)
    thread.start()
    thread.join(20)
    assert done == [1]
    assert os.listdir(tmp_path / "data") == ["letters"]
