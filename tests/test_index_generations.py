"""A generation is served whole or not at all."""

import json
import random
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from corpus.errors import BrokenIndex
from index.generations import current, discard, new_segment, publish, sealed, tidy

BUILDER = """
import sys, itertools
from pathlib import Path
from index.generations import new_segment, publish, sealed

def write(n):
    def fill(folder):
        segment = new_segment(folder)
        for part in range(20):
            (segment / f"part{part}").write_text(str(n) * 20_000)
        return {"n": n, "segments": {segment.name: {"files": sealed(segment, frozenset())}}}
    return fill

for n in itertools.count():
    publish(Path(sys.argv[1]), write(n))
    print(n, flush=True)
"""


def fill(text: str) -> Any:
    def write(folder: Path) -> dict[str, Any]:
        segment = new_segment(folder)
        (segment / "a").write_text(text, encoding="utf-8")
        return {"text": text, "segments": {segment.name: {"files": sealed(segment, frozenset())}}}

    return write


def names(folder: Path, kind: str) -> list[str]:
    return sorted(path.name for path in (folder / kind).iterdir())


def test_the_newest_generation_is_served_and_one_older_kept(tmp_path: Path) -> None:
    for text in ("甲", "乙", "丙"):
        publish(tmp_path, fill(text))
    assert current(tmp_path).manifest["text"] == "丙"
    assert names(tmp_path, "generations") == names(tmp_path, "segments") == ["000002", "000003"]


def test_a_folder_without_an_index_is_named_with_the_mend(tmp_path: Path) -> None:
    with pytest.raises(BrokenIndex, match=r"尚未建立.*fuwen index build"):
        current(tmp_path)


def test_any_file_that_was_changed_cut_or_lost_is_noticed(tmp_path: Path) -> None:
    (folder,) = publish(tmp_path, fill("甲乙丙")).segments().values()
    for damage in (b"", "甲乙丁".encode(), None):
        (folder / "a").unlink()
        if damage is not None:
            (folder / "a").write_bytes(damage)
        else:
            assert not (folder / "a").exists()
        with pytest.raises(BrokenIndex, match="文件 a"):
            current(tmp_path)
        (folder / "a").write_text("甲乙丙", encoding="utf-8")
    (tmp_path / "generations" / "000001" / "manifest.json").write_text("{}", encoding="utf-8")
    with pytest.raises(BrokenIndex, match=r"manifest\.json"):
        current(tmp_path)


@pytest.mark.parametrize("pointer", [b"", b"\xff\xff", b"../../etc x", b"000001"])
def test_a_damaged_pointer_is_an_error_that_a_new_build_mends(tmp_path: Path, pointer: bytes) -> None:
    publish(tmp_path, fill("甲"))
    (tmp_path / "CURRENT").write_bytes(pointer)
    with pytest.raises(BrokenIndex, match="CURRENT"):
        current(tmp_path)
    publish(tmp_path, fill("乙"))
    assert current(tmp_path).manifest["text"] == "乙"


def test_the_generation_before_is_served_where_the_line_of_the_newest_is_damaged(tmp_path: Path) -> None:
    publish(tmp_path, fill("甲"))
    publish(tmp_path, fill("乙"))
    whole = (tmp_path / "CURRENT").read_bytes()
    first = whole.index(b"\n")
    for at in range(len(whole)):
        damaged = bytearray(whole)
        damaged[at] ^= 4
        (tmp_path / "CURRENT").write_bytes(damaged)
        served = current(tmp_path)
        assert served.manifest["text"] == ("甲" if at < first else "乙")
        assert served.damage == ("CURRENT 已损坏" if at < first else "")
    publish(tmp_path, fill("丙"))
    assert current(tmp_path).manifest["text"] == "丙"


def test_an_index_of_another_format_is_refused(tmp_path: Path) -> None:
    from hashlib import sha256

    publish(tmp_path, fill("甲"))
    folder = tmp_path / "generations" / "000001"
    manifest = json.loads((folder / "manifest.json").read_bytes()) | {"format": 99}
    raw = json.dumps(manifest).encode()
    (folder / "manifest.json").write_bytes(raw)
    (tmp_path / "CURRENT").write_text(f"{folder.name} {sha256(raw).hexdigest()}\n")
    with pytest.raises(BrokenIndex, match="第 99 版"):
        current(tmp_path)


def test_a_build_that_fails_leaves_the_old_generation_served(tmp_path: Path) -> None:
    def fail(work: Path) -> dict[str, Any]:
        (new_segment(work) / "a").write_text("半")
        raise OSError("disk full")

    publish(tmp_path, fill("甲"))
    with pytest.raises(OSError, match="disk full"):
        publish(tmp_path, fail)
    assert current(tmp_path).manifest["text"] == "甲"
    assert names(tmp_path, "segments") == ["000001"]
    publish(tmp_path, fill("乙"))
    assert names(tmp_path, "generations") == ["000001", "000002"]


def test_a_builder_killed_at_any_moment_leaves_a_whole_generation(tmp_path: Path) -> None:
    chance = random.Random(7)
    publish(tmp_path, fill("甲"))
    served = -1
    for _ in range(10):
        with subprocess.Popen(
            [sys.executable, "-c", BUILDER, str(tmp_path)],
            stdout=subprocess.PIPE,
            cwd=Path(__file__).parent.parent,
            text=True,
        ) as builder:
            assert builder.stdout is not None
            builder.stdout.readline()
            time.sleep(chance.uniform(0, 0.05))
            builder.send_signal(signal.SIGKILL)
        manifest = current(tmp_path).manifest
        assert [len(told["files"]) for told in manifest["segments"].values()] == [20]
        served = max(served, manifest["n"])
    assert served >= 0
    publish(tmp_path, fill("乙"))
    assert len(list((tmp_path / "generations").iterdir())) == 2


def test_the_generation_before_goes_when_it_may_not_stay(tmp_path: Path) -> None:
    for text in ("甲", "乙"):
        publish(tmp_path, fill(text))
    publish(tmp_path, fill("丙"), keep_previous=False)
    assert names(tmp_path, "generations") == names(tmp_path, "segments") == ["000003"]
    assert current(tmp_path).manifest["text"] == "丙"


def test_a_discarded_index_serves_nothing_and_can_be_built_again(tmp_path: Path) -> None:
    discard(tmp_path / "none")
    assert not (tmp_path / "none").exists()
    publish(tmp_path, fill("甲"))
    discard(tmp_path)
    with pytest.raises(BrokenIndex, match="尚未建立"):
        current(tmp_path)
    assert list((tmp_path / "generations").iterdir()) == []
    publish(tmp_path, fill("乙"))
    assert current(tmp_path).manifest["text"] == "乙"


def test_a_folder_in_the_place_of_the_pointer_is_said(tmp_path: Path) -> None:
    (tmp_path / "CURRENT").mkdir()
    with pytest.raises(BrokenIndex, match=r"CURRENT 是一个文件夹.*移走"):
        current(tmp_path)


def test_the_generation_before_is_served_when_the_newest_is_damaged_and_it_is_said_why(tmp_path: Path) -> None:
    publish(tmp_path, fill("甲"))
    (segment,) = publish(tmp_path, fill("乙")).segments().values()
    (segment / "a").write_text("丙", encoding="utf-8")
    assert current(tmp_path).manifest["text"] == "甲"
    assert "文件 a" in current(tmp_path).damage
    publish(tmp_path, fill("丁"))
    assert (current(tmp_path).manifest["text"], current(tmp_path).damage) == ("丁", "")


def test_what_a_killed_builder_left_goes_with_the_next_tidying(tmp_path: Path) -> None:
    publish(tmp_path, fill("甲"))
    (new_segment(tmp_path) / "a").write_text("半", encoding="utf-8")
    (tmp_path / "generations" / "000009").mkdir()
    tidy(tmp_path)
    assert names(tmp_path, "segments") == names(tmp_path, "generations") == ["000001"]
    assert current(tmp_path).manifest["text"] == "甲"
