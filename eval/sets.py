"""Which gold questions a command is about: the shipped folder with its splits, another folder, or one file."""

import hashlib
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from assistant.places import open_library
from assistant.settings import load_settings
from corpus.errors import InputError
from corpus.library import BUILTIN
from corpus.read import read_documents
from eval.cases import Case, load_cases

GOLD = Path(__file__).with_name("gold")
SPLITS = {
    "core": ("core.jsonl",),
    "dev": ("dev.jsonl",),
    "test": ("test.jsonl",),
    "all": ("core.jsonl", "dev.jsonl", "test.jsonl"),
}


def cases_of(gold: Path | None, split: str | None, usual: str = "all") -> list[Case]:
    """The cases of a gold file, or of a split of a folder (None: the shipped one); `usual` is the split where none is named."""
    return load_cases(*files_of(gold, split, usual))


def files_of(gold: Path | None, split: str | None, usual: str = "all") -> list[Path]:
    """The files of these cases; InputError for a split of a single file."""
    gold = gold or GOLD
    if split and gold.is_file():
        raise InputError("--split", f"{gold} 是一个文件，没有分部", "请去掉 --split，或给出文件夹")
    if not gold.is_dir():
        return [gold]
    split = split or usual
    paths = [gold / name for name in SPLITS[split]]
    there = [file for file in paths if file.exists()]
    return there if split == "all" and there else paths


def core_of(gold: Path | None) -> set[str] | None:
    """The ids of the core questions of a folder that has a core; None where there is none."""
    file = (gold or GOLD) / SPLITS["core"][0]
    return {case.id for case in load_cases(file)} if file.is_file() else None


def originals(data: Path | None) -> list[str]:
    """The built-in files as they came, where they are part of the corpus."""
    library = open_library(load_settings(data))
    return [raw.text for raw in read_documents(BUILTIN)] if library.builtin else []


def gold_hash(cases: Sequence[Case]) -> str:
    """A hash of the questions with all that is expected of them, whatever file and line they stand in."""
    rows = sorted(repr({**asdict(case), "place": ""}) for case in cases)
    return hashlib.sha256("\n".join(rows).encode()).hexdigest()[:16]
