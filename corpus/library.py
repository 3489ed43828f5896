"""The letters of a data folder: add, remove, list, get; nothing is overwritten and nothing half written."""

import difflib
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from corpus.errors import EmptyCorpus, UnknownLetter, UnreadableFile
from corpus.letter import Letter
from corpus.line_files import Lines
from corpus.read import files_in, stem
from corpus.shelf import Entry, Known, Shelf
from corpus.store import changing, erase

if TYPE_CHECKING:
    from corpus.adding import AddResult

BUILTIN = Path(__file__).with_name("documents")


def _nobody(entry: Entry) -> Letter | None:
    """Nothing is known beforehand: every letter is parsed."""
    return None


def letter_of(entry: Entry, known: Known = _nobody) -> Letter:
    """The letter of an entry: the one that somebody has parsed already, else parsed now."""
    from corpus.parse import parse_letter

    return known(entry) or parse_letter(entry.raw)


def _silent(done: int, total: int) -> None:
    """Progress that nobody looks at."""


class Library:
    """The corpus of one data folder: its own files and, with `builtin`, the letters that ship with the program.

    `known` in its functions gives the letters that somebody has parsed already; the others are parsed.
    """

    def __init__(self, folder: Path | str, builtin: bool = True, builtin_folder: Path = BUILTIN) -> None:
        self.folder, self.builtin = Path(folder), builtin
        self.problems: tuple[UnreadableFile, ...] = ()
        self._shelf = Shelf(self.folder, builtin_folder if builtin else None)
        self._parsed: tuple[str, list[Letter]] = ("", [])
        self._held = 0

    def add(
        self, paths: Iterable[Path | str], known: Known = _nobody, progress: Callable[[int, int], None] = _silent
    ) -> "list[AddResult]":
        """Put files, and the supported files of folders, into the corpus; results in their order, bad ones included.

        `progress` is told how many of how many files are done.
        """
        from corpus.adding import REFUSED, Adder, AddResult, refused_folders
        from corpus.census import Census

        paths = list(paths)
        found = [(path, file) for path in map(Path, paths) for file in self._files_of(path)]
        folders = [path for path in map(Path, paths) if path.is_dir()]
        results = [replace(bad, given=str(path)) for path in folders for bad in refused_folders(path)]
        with self.changing():
            adder = Adder(self._shelf, Census(self._shelf, known)) if any(file for _, file in found) else None
            for done, (path, file) in enumerate(found, 1):
                if file is None or adder is None:
                    problem = UnreadableFile(str(path), "文件夹里没有可读的文件", "请检查路径")
                    results.append(AddResult(str(path), None, REFUSED, 0, str(problem), str(path)))
                else:
                    results += [replace(result, given=str(path)) for result in adder.add(file)]
                progress(done, len(found))
        return results

    def remove(self, *ids: str) -> None:
        """Take letters out of the corpus for good, all of them or, when one is unknown, none; raises UnknownLetter."""
        with self.changing():
            removed, lines = set(self._shelf.removed()), dict[Path, list[int]]()
            for entry in self._find(dict.fromkeys(ids)):
                if not entry.path.is_relative_to(self.folder):
                    removed.add(stem(entry.path))
                else:
                    lines.setdefault(entry.path, []).append(entry.line)
            for path, numbers in lines.items():
                if numbers == [0]:
                    erase(path, self.folder)
                else:
                    Lines(path).take_out(numbers, self.folder)
            if removed != set(self._shelf.removed()):
                self._shelf.set_removed(removed)
        self._parsed = ("", [])

    @contextmanager
    def changing(self) -> Iterator[None]:
        """Hold the data folder, so that no other program changes it meanwhile; it may be held again inside.

        What was read from the files is written down at the end, without what is no longer there.
        """
        with changing(self.folder):
            self._held += 1
            try:
                yield
            finally:
                self._held -= 1
                if not self._held:
                    self._shelf.save()

    def letter(self, entry: Entry, known: Known = _nobody) -> Letter:
        """The letter of an entry; what tells its text from others is noted, so that the next adding need not read it."""
        from corpus.census import print_of

        letter = letter_of(entry, known)
        if self._shelf.print_of(entry.path, entry.line) is None:
            self._shelf.mark(entry.path, entry.line, print_of(letter.text))
        return letter

    def entries(self) -> Iterator[Entry]:
        """Every document under its id, before it is parsed; what cannot be read is named in `problems` at the end."""
        problems: list[UnreadableFile] = []
        yield from self._shelf.entries(problems.append)
        self.problems = tuple(problems)

    def stream(self, known: Known = _nobody) -> Iterator[Letter]:
        """Every letter, in corpus order, one at a time; those that `known` has are not parsed again."""
        return (letter_of(entry, known) for entry in self.entries())

    def letters(self, known: Known = _nobody) -> list[Letter]:
        """Every letter; what cannot be read is left out and named in `problems`. Raises EmptyCorpus."""
        now = self.fingerprint()
        if self._parsed[0] != now:
            self._parsed = (now, list(self.stream(known)))
        if not self._parsed[1]:
            raise self.empty()
        return list(self._parsed[1])

    def get(self, letter_id: str) -> Letter:
        """The letter of that id; raises UnknownLetter, which names the nearest ids."""
        known = [x for x in self._parsed[1] if x.id == letter_id] if self._parsed[0] == self.fingerprint() else []
        return known[0] if known else letter_of(self.entry(letter_id))

    def entry(self, letter_id: str) -> Entry:
        """The document of that id before it is parsed; raises UnknownLetter."""
        return self._find([letter_id])[0]

    def ids(self) -> list[str]:
        """The ids of all letters, in corpus order, without parsing them."""
        return [entry.id for entry in self.entries()]

    def is_empty(self) -> bool:
        """Whether there is no letter at all; reads no further than the first."""
        return next(self.entries(), None) is None

    def empty(self) -> EmptyCorpus:
        """The error that says how to fill it."""
        return EmptyCorpus(str(self.folder), "里面没有复文", "请先用 fuwen corpus add 加入文件")

    def fingerprint(self) -> str:
        """A short text that changes when any file of the corpus does; costs a look at names, sizes and times only."""
        return self._shelf.fingerprint()

    def _files_of(self, path: Path) -> list[Path | None]:
        """The files that a path stands for, None in the place of what a folder does not hold."""
        if not path.is_dir():
            return [path]
        return [file for file in files_in(path) if not self._shelf.is_ours(file)] or [None]

    def _find(self, wanted: Iterable[str]) -> list[Entry]:
        """The documents of these ids in their order; UnknownLetter for the first that is not there."""
        wanted, ids = list(wanted), []
        found: dict[str, Entry] = {}
        for entry in self.entries():
            if entry.id in wanted:
                found[entry.id] = entry
                if len(found) == len(wanted):
                    return [found[letter_id] for letter_id in wanted]
            ids.append(entry.id)
        missing = next(letter_id for letter_id in wanted if letter_id not in found)
        near = difflib.get_close_matches(missing, ids, n=3, cutoff=0.3) or ids[:3]
        mend = f"相近的有：{'、'.join(near)}" if near else "语料库是空的，请先用 fuwen corpus add 加入文件"
        raise UnknownLetter(missing, "没有这篇复文", mend)
