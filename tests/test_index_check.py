"""Damage is named, never a crash; a full disk, a kill or a second writer leaves a whole index."""

import random
import resource
import shutil
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from corpus.errors import BrokenIndex
from index.build import build_index, update_index
from index.check import check_index
from index.engine import FIELDS
from index.generations import current, reading, tidy
from index.hit import Filters
from index.opened import Opened
from index.words import bigrams, words
from tests.index_fakes import Hashing, letter

ROOT = Path(__file__).resolve().parent.parent
WRITER = """
import itertools, sys
from pathlib import Path
from index.build import build_index, update_index
from tests.index_fakes import Hashing, letter

folder, name = Path(sys.argv[1]), sys.argv[2]
for n in itertools.count():
    update_index([letter(f"{name}{n}")], [f"{name}{n - 2}"], folder, Hashing())
    print(n, flush=True)
"""


def use(folder: Path) -> None:
    """Everything that a question touches."""
    index = reading(folder, Opened)
    index.engine.filter(Filters(region="昆明"))
    rows = index.engine.dense(Hashing().encode(["人才引进"])[0], 5)
    for field, cut in zip(FIELDS, (words, bigrams), strict=True):
        rows = np.union1d(rows, index.engine.sparse(field, cut("昆明市瞪羚企业投入"), 5))
        index.engine.sparse_scores(field, cut("昆明市瞪羚企业投入"), rows)
    index.engine.dense_scores(Hashing().encode(["人才引进"])[0], rows)
    assert all(index.chunk(int(row)).text for row in rows)
    index.knows("瞪羚企业")
    list(index.letters())
    list(index.records())


def complaint(folder: Path) -> str:
    """What is said when the index is used; the names of files that only a check reads where nothing is."""
    try:
        use(folder)
    except BrokenIndex as error:
        return str(error)
    return " ".join(path.name for path in folder.rglob("*"))


def flipped(path: Path, at: int, bit: int) -> bytes:
    """Flip a bit of the file; what it held."""
    whole = path.read_bytes()
    damaged = bytearray(whole)
    damaged[at] ^= 1 << bit
    path.write_bytes(damaged)
    return whole


@pytest.mark.parametrize("small", [0, 1 << 18])
def test_a_flipped_bit_anywhere_is_named_and_never_a_crash(
    tmp_path: Path, small: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With `small` 0 as in a great index, where opening does not read everything through."""
    monkeypatch.setattr("index.generations.SMALL", small)
    build_index([letter(f"复文{n}") for n in range(5)], tmp_path, Hashing())
    assert check_index(tmp_path) == []
    chance = random.Random(3)
    for path in sorted(p for p in tmp_path.rglob("*") if p.is_file() and p.stat().st_size):
        for _ in range(6):
            whole = flipped(path, chance.randrange(path.stat().st_size), chance.randrange(8))
            problems = check_index(tmp_path)
            assert len(problems) == 1, path
            assert path.name in problems[0]
            assert "fuwen index build" in problems[0]
            assert path.name in complaint(tmp_path)
            path.write_bytes(whole)
    assert check_index(tmp_path) == []


def test_files_that_are_whole_and_contradict_each_other_are_named(tmp_path: Path) -> None:
    build_index([letter("甲"), letter("乙")], tmp_path / "1", Hashing())
    build_index([letter("甲"), letter("乙", 1)], tmp_path / "2", Hashing())
    home, other = (tmp_path / n / "segments" / "000001" for n in ("1", "2"))
    from index import generations

    shutil.copy(other / "known.txt", home / "known.txt")
    manifest = dict(current(tmp_path / "2").manifest)
    manifest["segments"] = {
        "000001": {**manifest["segments"]["000001"], "files": generations.sealed(home, frozenset())}
    }
    generations.publish(tmp_path / "1", lambda _: manifest)
    assert "复文 乙 的查找文本与正文不符" in check_index(tmp_path / "1")[0]


def test_a_missing_index_is_said_and_what_a_killed_writer_left_goes(tmp_path: Path) -> None:
    assert "尚未建立" in check_index(tmp_path)[0]
    build_index([letter("甲")], tmp_path, Hashing())
    (tmp_path / "segments" / "000009").mkdir()
    assert check_index(tmp_path) == []
    tidy(tmp_path)
    assert not (tmp_path / "segments" / "000009").exists()


def test_a_full_disk_leaves_the_old_generation_and_nothing_else(tmp_path: Path) -> None:
    """A limit on the size of a file stands in for the disk; Python ignores the signal that comes with it."""
    build_index([letter("甲")], tmp_path, Hashing())
    before = sorted(path.relative_to(tmp_path) for path in tmp_path.rglob("*"))
    program = WRITER.replace("itertools.count()", "range(1)").replace(
        "[letter(f", "[letter(str(x)) for x in range(40)] or [(f"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, str(tmp_path), "丙"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000)),
    )
    assert "File too large" in done.stderr
    assert sorted(path.relative_to(tmp_path) for path in tmp_path.rglob("*")) == before
    assert check_index(tmp_path) == []


def test_a_writer_killed_at_any_moment_loses_nothing_that_was_acknowledged(tmp_path: Path) -> None:
    chance = random.Random(11)
    build_index([letter("底")], tmp_path, Hashing())
    for _ in range(20):
        with subprocess.Popen(
            [sys.executable, "-c", WRITER, str(tmp_path), "子"], stdout=subprocess.PIPE, cwd=ROOT, text=True
        ) as writer:
            assert writer.stdout is not None
            done = [int(writer.stdout.readline())]
            time.sleep(chance.uniform(0, 0.15))
            writer.send_signal(signal.SIGKILL)
            done += [int(line) for line in writer.stdout.read().split()]
        held, last = set(Opened(current(tmp_path)).ids()), done[-1]
        assert current(tmp_path).damage == ""
        assert "底" in held
        # What comes after the last acknowledged letter may be in or out, as a whole.
        assert {f"子{last}"} | ({f"子{last - 1}"} if last else set()) <= held or {f"子{last}", f"子{last + 1}"} <= held
        use(tmp_path)
    update_index([], [name for name in held if name != "底"], tmp_path, Hashing())
    assert check_index(tmp_path) == []
    assert Opened(current(tmp_path)).ids() == ("底",)


def test_two_writers_wait_for_each_other_and_readers_for_nobody(tmp_path: Path) -> None:
    build_index([letter("底")], tmp_path, Hashing())

    def write(name: str) -> None:
        for n in range(12):
            update_index([letter(f"{name}{n}")], [f"{name}{n - 3}"], tmp_path, Hashing())

    with ThreadPoolExecutor(max_workers=3) as pool:
        writers = [pool.submit(write, name) for name in ("左", "右")]
        while not all(writer.done() for writer in writers):
            use(tmp_path)
        for writer in writers:
            writer.result()
    assert Opened(current(tmp_path)).ids() == tuple(sorted(["底", *(f"{s}{n}" for s in "左右" for n in (9, 10, 11))]))
    assert check_index(tmp_path) == []
