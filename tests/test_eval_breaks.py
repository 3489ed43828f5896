"""Whoever breaks one line of the chunker, the fusion, the verifier or the refusal sees the gate fail and name the stage.

The line is broken in a copy of the program. Where such a line was rewritten, choose another one of the same stage.
"""

import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
ROOMS = ("corpus", "index", "assistant", "eval", "prompts")
PROGRAM = "import sys; from eval.cli import run; sys.exit(run())"


@dataclass(frozen=True)
class Break:
    """One line of a file: what is written there, what is written instead, and how the gate must name the stage."""

    file: str
    written: str
    instead: str
    named: str


BREAKS = {
    "the chunker loses the end of a section": Break(
        "index/chunks.py", r"(?m)^    yield low, end$", "    yield low, high - 9", "切分环节：characters lost 0 → "
    ),
    "the chunker cuts too fine": Break("index/chunks.py", "limit: int = 400", "limit: int = 12", "依据被切断"),
    "the fusion turns its order round": Break("index/fusion.py", r"np\.sum\(", "1 / np.sum(", "合并排序时丢失"),
    "the verifier lets everything pass": Break(
        "assistant/verify.py", "        if problem:", "        if 0:", "核对环节"
    ),
    "the refusal never comes": Break(
        "assistant/decide.py", r"if not named and \(unlike or ", "if 0 and (unlike or ", "该拒答却作答"
    ),
    "the refusal always comes": Break(
        "assistant/decide.py",
        r"best\.support < least\(\"compare",
        r'best.support < 9 + least("compare',
        "检索到了却拒答",
    ),
}


class Copy:
    """A copy of the program with some of the core questions, and the baseline of its state as it is."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.baseline = folder, folder / "baseline.jsonl"
        for room in ROOMS:
            ignored = shutil.ignore_patterns("__pycache__", "model", "gold", "pages")
            shutil.copytree(ROOT / room, folder / room, ignore=ignored)
        (folder / "index" / "model").symlink_to(ROOT / "index" / "model")
        (folder / "eval" / "gold").symlink_to(ROOT / "eval" / "gold")
        self.gold = folder / "gold.jsonl"
        rows = (ROOT / "eval" / "gold" / "core.jsonl").read_text(encoding="utf-8").splitlines()
        refused = [row for row in rows if '"answerable": false' in row]
        answered = [row for row in rows if row not in refused]
        self.gold.write_text("\n".join([*refused, *answered[::3]]), encoding="utf-8")

    def fuwen(self, *line: str) -> subprocess.CompletedProcess[str]:
        given = ["--gold", str(self.gold), "--baseline", str(self.baseline)]
        environment = os.environ | {"PYTHONPATH": str(self.folder), "PYTHONDONTWRITEBYTECODE": "1"}
        command = [sys.executable, "-c", PROGRAM, "eval", *line, *given]
        return subprocess.run(command, cwd=self.folder, env=environment, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Copy:
    made = Copy(tmp_path_factory.mktemp("copy") / "program")
    accepted = made.fuwen("baseline", "accept")
    assert accepted.returncode == 0, accepted.stderr
    return made


def test_unbroken_it_passes(copy: Copy) -> None:
    done = copy.fuwen("gate", "--once")
    assert (done.returncode, done.stdout.splitlines()[0][:3]) == (0, "通过："), done.stdout + done.stderr


@pytest.mark.parametrize("what", BREAKS)
def test_one_broken_line_fails_the_gate_and_its_stage_is_named(copy: Copy, what: str) -> None:
    one = BREAKS[what]
    file = copy.folder / one.file
    whole = file.read_text(encoding="utf-8")
    broken, times = re.subn(one.written, one.instead, whole)
    assert times == 1, f"the line to break is no longer in {one.file}: choose another"
    file.write_text(broken, encoding="utf-8")
    try:
        done = copy.fuwen("gate", "--once")
    finally:
        file.write_text(whole, encoding="utf-8")
    assert done.returncode == 1, done.stdout + done.stderr
    assert done.stdout.startswith("未通过：")
    assert one.named in done.stdout
