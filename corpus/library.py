"""The letters of a data folder: add, remove, list, get; nothing is overwritten and nothing half written."""

import difflib
import gzip
import hashlib
import os
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from corpus.errors import EmptyCorpus, InputError, UnknownLetter, UnreadableFile
from corpus.letter import Letter
from corpus.parse import parse_letter
from corpus.read import LINE_SUFFIXES, RawDocument, files_in, is_supported, read_documents, read_lines, stem, why

BUILTIN = Path(__file__).with_name("documents")
# Raise it when reading changes so that indexes over the same files are built anew.
_FORMAT = "2"
_REMOVED = "removed.txt"


@dataclass(frozen=True)
class AddResult:
    """What became of one file: outcome is 新增, 已有 or 未加入; `letters` counts what it holds, `problem` says why not.

    `given` is the path that was asked for, which may be a folder above the file.
    """

    file: str
    id: str | None
    outcome: str
    letters: int = 0
    problem: str | None = None
    given: str = ""


@dataclass(frozen=True)
class _Entry:
    path: Path
    raw: RawDocument


class Library:
    """The corpus of one data folder: its own files and, with `builtin`, the letters that ship with the program."""

    def __init__(self, folder: Path | str, builtin: bool = True, builtin_folder: Path = BUILTIN) -> None:
        self.folder, self.builtin, self._builtin_folder = Path(folder), builtin, builtin_folder
        self.problems: tuple[UnreadableFile, ...] = ()
        self._parsed: tuple[str, list[Letter]] = ("", [])

    def add(self, paths: Iterable[Path | str]) -> list[AddResult]:
        """Copy files, and the supported files of folders, into the corpus; one result a file, bad ones included."""
        shelf = _Shelf(self._files())
        results: list[AddResult] = []
        for path in map(Path, paths):
            found = [file for file in files_in(path) if not self._is_ours(file)] if path.is_dir() else [path]
            results += [replace(self._add_file(file, shelf), given=str(path)) for file in found]
            if not found:
                problem = UnreadableFile(str(path), "文件夹里没有可读的文件", "请检查路径")
                results.append(AddResult(str(path), None, "未加入", 0, str(problem), str(path)))
        return results

    def remove(self, letter_id: str) -> None:
        """Take a letter out of the corpus for good; raises UnknownLetter."""
        entry = self._find(letter_id)
        if entry.path.parent == self._builtin_folder:
            _write(
                self.folder / _REMOVED, "".join(f"{i}\n" for i in sorted({*self._removed(), stem(entry.path)})).encode()
            )
        elif entry.raw.line:
            _remove_line(entry.path, entry.raw.line)
        else:
            entry.path.unlink()
        self._parsed = ("", [])

    def letters(self) -> list[Letter]:
        """Every letter, parsed; what cannot be read is left out and named in `problems`. Raises EmptyCorpus."""
        now = self.fingerprint()
        if self._parsed[0] != now:
            self._parsed = (now, [parse_letter(entry.raw) for entry in self._entries()])
        if not self._parsed[1]:
            raise EmptyCorpus(str(self.folder), "里面没有复文", "请先用 fuwen corpus add 加入文件")
        return list(self._parsed[1])

    def get(self, letter_id: str) -> Letter:
        """The letter of that id; raises UnknownLetter, which names the nearest ids."""
        known = [x for x in self._parsed[1] if x.id == letter_id] if self._parsed[0] == self.fingerprint() else []
        return known[0] if known else parse_letter(self._find(letter_id).raw)

    def ids(self) -> list[str]:
        """The ids of all letters, in corpus order, without parsing them."""
        return [entry.raw.id for entry in self._entries()]

    def is_empty(self) -> bool:
        """Whether there is no letter at all; reads no further than the first."""
        return next(self._entries(), None) is None

    def fingerprint(self) -> str:
        """A short text that changes when any file of the corpus does; costs a look at names, sizes and times only."""
        digest = hashlib.sha256(f"{_FORMAT}{self._builtin_digest if self.builtin else ''}{self._removed()}".encode())
        for path in self._own_files():
            stat = path.stat()
            digest.update(os.fsencode(path.relative_to(self.folder)))
            digest.update(f"\0{stat.st_size}\0{stat.st_mtime_ns}\n".encode())
        return digest.hexdigest()[:32]

    @cached_property
    def _builtin_digest(self) -> str:
        """By content, not by time: a fresh checkout holds the same letters."""
        content = hashlib.sha256()
        for path in files_in(self._builtin_folder):
            content.update(path.name.encode() + path.read_bytes())
        return content.hexdigest()

    def _removed(self) -> list[str]:
        """The ids of built-in letters that the user took out."""
        path = self.folder / _REMOVED
        return sorted(path.read_text(encoding="utf-8").split()) if path.is_file() else []

    def _own_files(self) -> list[Path]:
        """The user's files: everything supported below the folder but the index and the record of removals."""
        if not self.folder.is_dir():
            return []
        files = (p for p in files_in(self.folder) if p.relative_to(self.folder).parts[0] != "index")
        return [p for p in files if p != self.folder / _REMOVED]

    def _files(self) -> list[Path]:
        removed = set(self._removed())
        shipped = [p for p in files_in(self._builtin_folder) if stem(p) not in removed] if self.builtin else []
        return shipped + self._own_files()

    def _entries(self) -> Iterator[_Entry]:
        """Every document with an id that no earlier one has."""
        problems: list[UnreadableFile] = []
        taken: set[str] = set()
        for path in self._files():
            for raw in read_documents(path, problems.append):
                unique, n = raw.id, 2
                while unique in taken:
                    unique, n = f"{raw.id}-{n}", n + 1
                taken.add(unique)
                yield _Entry(path, raw if unique == raw.id else replace(raw, id=unique))
        self.problems = tuple(problems)

    def _find(self, letter_id: str) -> _Entry:
        ids = []
        for entry in self._entries():
            if entry.raw.id == letter_id:
                return entry
            ids.append(entry.raw.id)
        near = difflib.get_close_matches(letter_id, ids, n=3, cutoff=0.3) or ids[:3]
        mend = f"相近的有：{'、'.join(near)}" if near else "语料库是空的，请先用 fuwen corpus add 加入文件"
        raise UnknownLetter(letter_id, "没有这篇复文", mend)

    def _add_file(self, path: Path, shelf: "_Shelf") -> AddResult:
        try:
            if not path.exists():
                raise UnreadableFile(path.name, "找不到", "请检查路径")
            if self._is_ours(path):
                raise UnreadableFile(path.name, "是索引或程序自己的文件，不是复文", "请给原来的文件")
            if not is_supported(path):
                raise UnreadableFile(path.name, "不支持这种格式", "支持的格式：.txt、.md、.jsonl、.jsonl.gz")
            held = sum(1 for _ in read_documents(path))
            content = path.read_bytes()
        except UnreadableFile as problem:
            # The reader says the name only; among many folders the whole path is wanted.
            place = problem.thing.replace(path.name, str(path), 1)
            return AddResult(str(path), None, "未加入", 0, str(UnreadableFile(place, problem.problem, problem.mend)))
        there = shelf.holding(content)
        if there is not None:
            return AddResult(path.name, stem(there), "已有", held)
        target = self._restored(content) or self._copy(path, content, shelf)
        shelf.put(target, len(content))
        return AddResult(path.name, stem(target), "新增", held)

    def _is_ours(self, path: Path) -> bool:
        """Whether the program wrote it for itself or it is hidden among the letters: an index may hold what was removed."""
        real, home = Path(os.path.realpath(path)), Path(os.path.realpath(self.folder))
        if any(above.name == "index" and (above / "generations").is_dir() for above in real.parents):
            return True
        if real.name == _REMOVED and (real.parent == home or (real.parent / "index" / "generations").is_dir()):
            return True
        inside = real.relative_to(home).parts if real.is_relative_to(home) else ("letters",)
        return inside[0] == "index" or any(part.startswith(".") for part in inside)

    def _restored(self, content: bytes) -> Path | None:
        """A built-in letter that had been removed and is added again."""
        if not self.builtin:
            return None
        removed = self._removed()
        for path in files_in(self._builtin_folder):
            if stem(path) in removed and path.read_bytes() == content:
                left = [i for i in removed if i != stem(path)]
                _write(self.folder / _REMOVED, "".join(f"{i}\n" for i in left).encode())
                return path
        return None

    def _copy(self, path: Path, content: bytes, shelf: "_Shelf") -> Path:
        """A byte-for-byte copy under letters/, under a name that nothing in the corpus has."""
        name, ending, n = stem(path), path.name[len(stem(path)) :], 2
        chosen, folder = name, self.folder / "letters"
        while chosen in shelf.stems or (folder / (chosen + ending)).exists():
            chosen, n = f"{name}-{n}", n + 1
        _write(folder / (chosen + ending), content)
        return folder / (chosen + ending)


class _Shelf:
    """What stands in the corpus while files are added: which names are taken, which contents are there."""

    def __init__(self, files: Iterable[Path]) -> None:
        self.stems: set[str] = set()
        self._by_size: dict[int, list[Path]] = {}
        for file in files:
            self.put(file, file.stat().st_size)

    def put(self, path: Path, size: int) -> None:
        """Note a file that is now in the corpus."""
        self.stems.add(stem(path))
        self._by_size.setdefault(size, []).append(path)

    def holding(self, content: bytes) -> Path | None:
        """The file that holds exactly these bytes, None when there is none."""
        return next((p for p in self._by_size.get(len(content), ()) if p.read_bytes() == content), None)


def _remove_line(path: Path, number: int) -> None:
    """Rewrite a file of many letters without one line; a file left without any goes."""
    lines = read_lines(path)
    del lines[number - 1]
    if not any(line.strip() for line in lines):
        path.unlink()
        return
    data = "\n".join(lines).encode()
    _write(path, gzip.compress(data, mtime=0) if path.name.lower().endswith(LINE_SUFFIXES[1]) else data)


def _write(target: Path, data: bytes) -> None:
    """All of the bytes or none; InputError when the folder cannot be written."""
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        _replace(target, data)
    except OSError as error:
        mend = "请换一个可写的 --data 文件夹，并检查磁盘空间"
        raise InputError(f"文件夹 {target.parent}", f"写不进去（{why(error)}）", mend) from error


def _replace(target: Path, data: bytes) -> None:
    """A temporary file beside the target, flushed to disk, then renamed."""
    handle, name = tempfile.mkstemp(prefix=".writing-", dir=target.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(target)
    finally:
        Path(name).unlink(missing_ok=True)
