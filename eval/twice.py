"""Run the gold questions twice: in two processes, over two indexes built afresh from the letters.

An index on disk would hide a fault of the chunker until it is rebuilt, and one process would hide what its hash seed or
a cache decides.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from assistant.assistant import Assistant
from assistant.places import open_current
from assistant.settings import PREFIX, Settings, load_settings
from corpus.library import Library
from eval.cases import Case, check_cases
from eval.conditions import DEFAULT, condition_named, under
from eval.run import Results, run
from index.embedding import open_embedder

# The second run gets another order of sets and dictionaries of strings than any first run has by default.
_SEED = "4711"
_PROGRAM = "import sys; from eval.cli import run; sys.exit(run())"


@dataclass(frozen=True)
class Twice:
    """The first run with its assistant, and what the second one wrote; `trouble` is why there is no second one."""

    results: Results
    assistant: Assistant
    again: str | None = None
    trouble: str = ""

    @property
    def is_same(self) -> bool:
        """Whether both runs are the same bytes; a commit made between them is no difference."""
        first = self.results.json()
        return self.again is not None and (first == self.again or _without_commit(first) == _without_commit(self.again))


@contextmanager
def asked(
    cases: Sequence[Case], gold: Sequence[str], data: Path | None, originals: Sequence[str], *, once: bool = False
) -> Iterator[Twice]:
    """Both runs, side by side; `gold` are the arguments that name these cases. The folders go when the block ends."""
    with tempfile.TemporaryDirectory(prefix="fuwen-gate-") as folder:
        first, second = Path(folder) / "first", Path(folder) / "second"
        for place in (first, second):
            _fill(place, data)
        process = None if once else _start(second, gold, data)
        try:
            assistant = _open(first, data)
            check_cases(cases, {letter.id: letter for letter in assistant.letters()}, originals)
            results = run(cases, assistant)
            yield Twice(results, assistant, *_finish(process, second)) if process else Twice(results, assistant)
        finally:
            if process and process.poll() is None:
                process.kill()
                process.wait()


def _fill(place: Path, data: Path | None) -> None:
    """A data folder with the letters of another and without its index; empty for the built-in letters."""
    if data is None:
        (place / "fuwen").mkdir(parents=True)
    else:
        shutil.copytree(data, place / "fuwen", ignore=lambda folder, names: {"index"} & set(names))


def _open(place: Path, data: Path | None) -> Assistant:
    settings = load_settings(data)
    embedder = open_embedder(settings.embedding_model)
    library = Library(place / "fuwen", builtin=data is None)
    assistant = Assistant(open_current(library, embedder), embedder, settings)
    return under(condition_named(DEFAULT), assistant)


def _start(place: Path, gold: Sequence[str], data: Path | None) -> "subprocess.Popen[str]":
    line = [sys.executable, "-c", _PROGRAM, "eval", "run", "--json", *gold]
    line += [] if data is None else ["--data", str(place / "fuwen")]
    with (place / "results.json").open("w") as out, (place / "said.txt").open("w") as said:
        return subprocess.Popen(line, stdout=out, stderr=said, env=_environment(place, load_settings(data)), text=True)


def _environment(place: Path, settings: Settings) -> dict[str, str]:
    """The environment with the settings in force, but the letters and the index of `place`."""
    kept: Mapping[str, str] = {name: value for name, value in os.environ.items() if not name.startswith(PREFIX)}
    changed = {k: v for k, v in asdict(settings).items() if k != "data" and v != getattr(Settings(), k)}
    ours = {PREFIX + name.upper(): str(value) for name, value in changed.items()}
    root = str(Path(__file__).resolve().parent.parent)
    paths = [root, *filter(None, [os.environ.get("PYTHONPATH")])]
    return {
        **kept,
        **ours,
        "XDG_DATA_HOME": str(place),
        "PYTHONHASHSEED": _SEED,
        "PYTHONPATH": os.pathsep.join(paths),
        "PYTHONIOENCODING": "utf-8",
    }


def _finish(process: "subprocess.Popen[str]", place: Path) -> tuple[str | None, str]:
    status = process.wait()
    text = (place / "results.json").read_text(encoding="utf-8")
    # Status 1 is a broken invariant: the results are there, and the first run shows the same.
    if status in (0, 1) and text:
        return text, ""
    said = (place / "said.txt").read_text(encoding="utf-8", errors="replace").strip().splitlines()
    return None, said[-1] if said else f"退出码 {status}"


def _without_commit(text: str) -> object:
    found = json.loads(text)
    found.get("fingerprint", {}).pop("commit", None)
    return found
