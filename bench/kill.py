"""Kills `fuwen` at random moments and damages what it wrote: nothing acknowledged may be lost, nothing half published.

    python bench/kill.py [--kills 200] [--letters 40] [--seed 7] [--flips 1]

After each kill the next command must work, hold all that was acknowledged and nothing that was removed. Then one byte of each
file of the index is flipped, and the disk made full (a limit on the size of files): detected, named, the old index still served.
"""

import argparse
import json
import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench.library import letter

FUWEN = str(Path(sys.executable).with_name("fuwen"))
QUESTION = "新增项目多少项，投入资金多少"


@dataclass
class State:
    """A data folder and what it must hold: ids that were acknowledged, ids that were removed, ids that may be either."""

    home: Path
    chance: random.Random
    held: set[str] = field(default_factory=set)
    gone: set[str] = field(default_factory=set)
    open: set[str] = field(default_factory=set)
    count: int = 0
    faults: list[str] = field(default_factory=list)
    seen: Counter[str] = field(default_factory=Counter)

    @property
    def data(self) -> Path:
        return self.home / "data"

    def fresh(self) -> Path:
        """A letter that was never added."""
        self.count += 1
        path = self.home / "in" / f"复文{self.count:05d}.txt"
        path.write_text(letter(self.count, self.chance), encoding="utf-8")
        return path

    def fault(self, line: str) -> None:
        self.faults.append(line)
        print(f"FAULT {line}", flush=True)


def main() -> None:
    """Print the counts; status 1 when anything was lost, half published or not detected."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--letters", type=int, default=40)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--flips", type=int, default=1, help="flipped bytes a file")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="fuwen-kill-") as home:
        state = State(Path(home), random.Random(options.seed))
        (state.home / "in").mkdir()
        paths = [state.fresh() for _ in range(options.letters)]
        added = fuwen(state, "corpus", "add", *map(str, paths))
        state.held = {path.stem for path in paths}
        check(state, f"the first adding: {added.stderr[-200:]}")
        durations = {what: measure(state, what) for what in MOVES}
        print("uninterrupted (s): " + ", ".join(f"{what} {s:.2f}" for what, s in durations.items()), flush=True)
        for number in range(options.kills):
            what = list(MOVES)[number % len(MOVES)]
            kill(state, what, state.chance.uniform(0.02, durations[what] * 1.05), number)
            if (number + 1) % 20 == 0:
                print(f"{number + 1} kills, {len(state.faults)} faults", flush=True)
        print(f"kills {options.kills}: {dict(state.seen)}", flush=True)
        flip(state, options.flips)
        full(state)
    print(f"faults {len(state.faults)}")
    sys.exit(1 if state.faults else 0)


def fuwen(state: State, *words: str, limit: int | None = None) -> "subprocess.CompletedProcess[str]":
    """One whole command; `limit` is the greatest size of a file in bytes, as a full disk would have it."""
    begin = (lambda: _limit(limit)) if limit is not None else None
    return subprocess.run(
        [FUWEN, *words, "--data", str(state.data)], capture_output=True, text=True, preexec_fn=begin, check=False
    )


def add(state: State) -> list[str]:
    """The command that adds one to three letters; they may be in or out until it ends."""
    paths = [state.fresh() for _ in range(state.chance.choice((1, 1, 3)))]
    state.open |= {path.stem for path in paths}
    return ["corpus", "add", *map(str, paths)]


def remove(state: State) -> list[str]:
    """The command that takes a letter out."""
    key = state.chance.choice(sorted(state.held))
    state.held.discard(key)
    state.open.add(key)
    return ["corpus", "remove", key]


def build(state: State) -> list[str]:
    """The command that builds the index anew."""
    return ["index", "build", "--force"]


MOVES: dict[str, Callable[[State], list[str]]] = {"add": add, "remove": remove, "build": build}


def measure(state: State, what: str) -> float:
    """How long the whole command takes; what it changed is settled."""
    begun = time.perf_counter()
    done = fuwen(state, *MOVES[what](state))
    seconds = time.perf_counter() - begun
    if done.returncode:
        state.fault(f"{what} uninterrupted: status {done.returncode}: {done.stderr[-300:]}")
    settle(state, what, done.stdout)
    check(state, f"{what} uninterrupted")
    return seconds


def kill(state: State, what: str, after: float, number: int) -> None:
    """Run a command, kill it, hold the data folder against what was promised."""
    words = [FUWEN, *MOVES[what](state), "--data", str(state.data)]
    out = state.home / "said"
    with out.open("wb") as said:
        process = subprocess.Popen(words, stdout=said, stderr=subprocess.DEVNULL, start_new_session=True)
        time.sleep(after)
        ended = process.poll() is not None
        if not ended:
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
    state.seen[f"{what} {'ended first' if ended else 'killed'}"] += 1
    settle(state, what, out.read_text(encoding="utf-8", errors="replace"), whole=ended)
    check(state, f"kill {number} of {what} after {after:.2f} s")


def settle(state: State, what: str, said: str, *, whole: bool = True) -> None:
    """What the command acknowledged holds from now on; the rest of what it touched may be either."""
    named = {part for line in said.splitlines() for part in line.split("\t")} & state.open
    if what == "add":
        state.held |= named
        state.open -= named
    elif what == "remove":
        state.gone |= named
        state.open -= named
    if whole and what != "build" and state.open:
        state.fault(f"{what} ended and did not say what became of {sorted(state.open)}")


def check(state: State, after: str) -> None:
    """The next command works; what was promised is there; the index agrees with the letters."""
    asked = fuwen(state, "search", QUESTION, "--json", "-k", "5")
    if asked.returncode or not json.loads(asked.stdout or "{}").get("hits"):
        state.fault(f"{after}: search: status {asked.returncode}: {asked.stderr[-300:]}")
    listed = fuwen(state, "corpus", "list", "--json")
    there = {json.loads(line)["id"] for line in listed.stdout.splitlines()}
    if listed.returncode or state.held - there:
        state.fault(f"{after}: lost {sorted(state.held - there)}: {listed.stderr[-200:]}")
    if there & state.gone:
        state.fault(f"{after}: back again {sorted(there & state.gone)}")
    if there - state.held - state.open:
        state.fault(f"{after}: nobody added {sorted(there - state.held - state.open)}")
    # What was neither acknowledged nor refused is now what it is.
    state.held |= there & state.open
    state.gone |= state.open - there
    state.open = set()
    info = fuwen(state, "index", "info", "--json")
    told = json.loads(info.stdout or "{}")
    if not told.get("up_to_date") or told.get("letters") != len(there):
        state.fault(f"{after}: index {told.get('letters')} of {len(there)} letters, {info.stderr[-200:]}")
    health = fuwen(state, "index", "check")
    if health.returncode:
        state.fault(f"{after}: index check: {health.stdout[-200:]}{health.stderr[-200:]}")
    for path in state.data.rglob("*"):
        content = path.read_bytes() if path.is_file() else b""
        # A case number is in the text of one letter only.
        left = [key for key in state.gone if f"第{key[-5:]}号".encode() in content]
        if left:
            state.fault(f"{after}: {path.name} still holds the text of {left}")


def flip(state: State, flips: int) -> None:
    """One byte of each file of the index is changed: the check names the file, search says so or is none the worse."""
    whole = state.home / "whole"
    shutil.copytree(state.data, whole)
    sound = fuwen(state, "search", QUESTION, "--json").stdout
    found, missed = 0, 0
    files = sorted(p.relative_to(whole) for p in (whole / "index").rglob("*") if p.is_file() and p.stat().st_size)
    for file in files * flips:
        damaged = state.data / file
        content = bytearray(damaged.read_bytes())
        at = state.chance.randrange(len(content))
        content[at] ^= 1 << state.chance.randrange(8)
        damaged.write_bytes(content)
        health = fuwen(state, "index", "check")
        asked = fuwen(state, "search", QUESTION, "--json")
        if "Traceback" in health.stderr + asked.stderr:
            state.fault(f"a traceback for a byte of {file}")
        # What is kept beside the index for speed is checked by who reads it, and counts for nothing when it is damaged.
        named = health.returncode == 1 and file.name in health.stdout + health.stderr
        harmless = health.returncode == 0 and asked.stdout == sound
        found, missed = found + named, missed + (not named)
        if not named and not (harmless and file.name in ("kept", "lock")):
            state.fault(f"byte {at} of {file}: check {health.returncode} {health.stdout[-150:]}{health.stderr[-150:]}")
        shutil.rmtree(state.data)
        shutil.copytree(whole, state.data, copy_function=shutil.copy2)
    print(f"flipped bytes: {found} named, {missed} not named, of {len(files)} files", flush=True)


def full(state: State) -> None:
    """No file may grow over a limit while letters are added and the index is built: the old one is served on."""
    before = fuwen(state, "search", QUESTION, "--json").stdout
    largest = max(path.stat().st_size for path in (state.data / "index").rglob("*") if path.is_file())
    for limit in (0, 200, 5_000, largest // 4, largest // 2):
        path = state.fresh()
        for words in (["corpus", "add", str(path)], ["index", "build", "--force"]):
            done = fuwen(state, *words, limit=limit)
            if "Traceback" in done.stderr:
                state.fault(f"{' '.join(words[:2])} at {limit} bytes: a traceback: {done.stderr[-300:]}")
            after = fuwen(state, "search", QUESTION, "--json")
            if after.returncode or (done.returncode and words[0] == "index" and not after.stdout):
                state.fault(f"{' '.join(words[:2])} at {limit} bytes, then search: {after.stderr[-300:]}")
            state.seen[f"full disk: {words[1]} status {done.returncode}"] += 1
        fuwen(state, "corpus", "remove", path.stem)
    if fuwen(state, "search", QUESTION, "--json").stdout != before:
        state.fault("after the full disk the same search finds something else")
    print({key: n for key, n in state.seen.items() if key.startswith("full")}, flush=True)


def _limit(size: int) -> None:
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))


if __name__ == "__main__":
    main()
