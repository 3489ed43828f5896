"""What stands in a data folder: its files, the letters that ship, and the documents in them under ids of their own."""

import hashlib
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from pathlib import Path

from corpus.errors import UnreadableFile
from corpus.kept import DIGEST, Kept, Print, Row, Stamp
from corpus.letter import Letter
from corpus.names import folded, has_lines, is_plain, one_line, place_of
from corpus.privacy import mask, masked
from corpus.read import RawDocument, files_in, read_documents, stem, walk
from corpus.store import write

# Raise it when reading changes so that indexes over the same files are built anew.
FORMAT = "5"
_REMOVED = "removed.txt"
# A file of letters: its path, its name in the data folder ("" for one that ships), its size and time.
File = tuple[Path, str, Stamp]


@dataclass(frozen=True)
class Entry:
    """A document of the corpus: the file and the line that hold it, its id in this corpus, the hash of all that it says."""

    path: Path
    line: int
    id: str
    file: str
    content: bytes
    _read: Callable[[Path, int], RawDocument] = field(repr=False, compare=False)

    @property
    def key(self) -> str:
        """A short text that changes with anything that the letter is made from, and with nothing else."""
        told = f"{FORMAT}\0{self.id}\0".encode(errors="surrogatepass") + self.content
        return hashlib.blake2b(told, digest_size=16).hexdigest()

    @property
    def raw(self) -> RawDocument:
        """The document itself, read from its file; UnreadableFile when that is no longer what it was."""
        raw = self._read(self.path, self.line)
        if content_of(raw) != self.content:
            raise UnreadableFile(self.file, "读的时候被别的程序改了", "请再运行一次")
        return replace(raw, id=self.id)


# The letter of an entry where somebody has it already parsed, else None.
Known = Callable[[Entry], Letter | None]


class Shelf:
    """The files of one data folder, `builtin_folder` being that of the letters that ship, None without them."""

    def __init__(self, folder: Path, builtin_folder: Path | None) -> None:
        self.folder, self.builtin_folder = folder, builtin_folder
        self._last: tuple[Path | None, int, Iterator[RawDocument]] = (None, 0, iter(()))

    @cached_property
    def kept(self) -> Kept:
        """What was read before from the files of the folder; read at first use."""
        return Kept(self.folder / "index" / "kept", FORMAT)

    def save(self) -> None:
        """Write down what was read, for the next program."""
        if "kept" in vars(self):
            self.kept.save({name: stamp for _, name, stamp in self._own()})

    def entries(self, report: Callable[[UnreadableFile], None]) -> Iterator[Entry]:
        """Every document, in the order of the files, with an id that no other one has.

        Files keep the id that their name gives; a line whose id a file or an earlier line has is numbered. A file that did not
        change since it was read is not read again.
        """
        files: list[File] = [*((path, "", (0, 0)) for path in self._shipped()), *self._own()]
        taken: dict[str, int] = {}
        ids = {file[0]: free(key, taken) for file in files if (key := self._single(file)) is not None}
        for file in files:
            path = file[0]
            if not is_plain(path):
                report(UnreadableFile(path.name, "这种格式不能直接放在语料文件夹里", "请用 fuwen corpus add 加入"))
                continue
            for row, raw in self._rows(file, report):
                key = ids[path] if path in ids else free(row.id, taken)
                yield Entry(path, row.line, key, row.file, row.content, partial(_same, raw) if raw else self.document)

    def _single(self, file: File) -> str | None:
        """The id that the name of a file of one letter gives; None for a file of lines or one that is not read."""
        path, name, stamp = file
        known = self.kept.of(name, stamp) if name else None
        if known:
            return known.rows[0].id if known.rows[0].line == 0 else None
        if not is_plain(path) or self._has_lines(path):
            return None
        return mask(one_line(place_of(path, self.folder).id))

    def _rows(self, file: File, report: Callable[[UnreadableFile], None]) -> Iterator[tuple[Row, RawDocument | None]]:
        """The documents of a file as they were read before, or as they are read now."""
        path, name, stamp = file
        known = self.kept.of(name, stamp) if name else None
        if known:
            for thing, trouble, mend in known.problems:
                report(UnreadableFile(thing, trouble, mend))
            yield from ((row, None) for row in known.rows)
            return
        rows: list[Row] = []
        problems: list[UnreadableFile] = []
        for raw in self.documents(path, problems.append):
            rows.append(Row(raw.line, raw.id, raw.file, content_of(raw)))
            yield rows[-1], raw
        for problem in problems:
            report(problem)
        if name:
            self.kept.keep(name, stamp, rows, [(p.thing, p.problem, p.mend) for p in problems])

    def document(self, path: Path, line: int) -> RawDocument:
        """The document on a line of a stored file (0: of one letter); quickest for lines one after the other."""
        at, before, waiting = self._last
        if at != path or line <= before:
            waiting = self.documents(path, lambda problem: None)
        for raw in waiting:
            if raw.line == line:
                self._last = (path, line, waiting) if line else (None, 0, iter(()))
                return raw
        raise UnreadableFile(path.name, "读的时候被别的程序改了", "请再运行一次")

    def documents(self, path: Path, report: Callable[[UnreadableFile], None] | None = None) -> Iterator[RawDocument]:
        """The documents of one stored file as the corpus knows them: a converted one under the name that it came by."""
        place = place_of(path, self.folder)
        for raw in read_documents(path, report):
            if place.converted:
                raw = replace(raw, id=place.id, file=place.file, line=0)
            elif raw.line == 0:
                raw = replace(raw, id=place.id)
            yield shown(raw)

    def sizes(self) -> Iterator[tuple[Path, int]]:
        """The files that hold letters, with their sizes: those that ship and were not taken out, then the user's own."""
        yield from ((path, path.stat().st_size) for path in self._shipped())
        yield from ((path, stamp[0]) for path, _, stamp in self._own())

    def print_of(self, path: Path, line: int) -> Print | None:
        """What tells the text of a document from others, if somebody noted it."""
        name = self._name(path)
        return self.kept.print_of(name, line) if name else None

    def mark(self, path: Path, line: int, taken: Print) -> None:
        """Note what tells the text of a document that now stands in a file."""
        if name := self._name(path):
            known = path.stat()
            self.kept.mark(name, (known.st_size, known.st_mtime_ns), line, taken)

    def _name(self, path: Path) -> str:
        """The name of a file in the data folder, "" for one that ships."""
        return str(path)[len(self._start) :] if str(path).startswith(self._start) else ""

    @cached_property
    def _start(self) -> str:
        """What the paths of all files in the data folder begin with."""
        return str(self.folder / "_")[:-1]

    def _shipped(self) -> list[Path]:
        removed = set(self.removed())
        return [path for path in self.shipped() if stem(path) not in removed]

    def shipped(self) -> list[Path]:
        """The files of all letters that ship."""
        return files_in(self.builtin_folder) if self.builtin_folder else []

    def removed(self) -> list[str]:
        """The ids of built-in letters that the user took out."""
        path = self.folder / _REMOVED
        return sorted(path.read_text(encoding="utf-8").split()) if path.is_file() else []

    def set_removed(self, ids: set[str]) -> None:
        """Note which built-in letters are taken out."""
        write(self.folder / _REMOVED, "".join(f"{i}\n" for i in sorted(ids)).encode())

    def is_ours(self, path: Path) -> bool:
        """Whether the program wrote it for itself or it is hidden among the letters: an index may hold what was removed."""
        real, home = Path(os.path.realpath(path)), Path(os.path.realpath(self.folder))
        if any(above.name == "index" and (above / "generations").is_dir() for above in real.parents):
            return True
        if real.name == _REMOVED and (real.parent == home or (real.parent / "index" / "generations").is_dir()):
            return True
        inside = real.relative_to(home).parts if real.is_relative_to(home) else ("letters",)
        return inside[0] == "index" or any(part.startswith(".") for part in inside)

    def fingerprint(self) -> str:
        """A short text that changes when any file of the corpus does; costs a look at names, sizes and times only."""
        digest = hashlib.sha256(f"{FORMAT}{self._shipped_digest}{self.removed()}".encode())
        for _, name, stamp in self._own():
            digest.update(os.fsencode(name) + f"\0{stamp[0]}\0{stamp[1]}\n".encode())
        return digest.hexdigest()[:32]

    @cached_property
    def _shipped_digest(self) -> str:
        """By content, not by time: a fresh checkout holds the same letters."""
        content = hashlib.sha256()
        for path in self.shipped():
            content.update(path.name.encode() + path.read_bytes())
        return content.hexdigest() if self.builtin_folder else ""

    def _own(self) -> Iterator[File]:
        """The user's files: everything below the folder that can be read but the index and the record of removals."""
        start = len(os.path.join(self.folder, ""))
        for entry in walk(self.folder, left_out="index"):
            if entry.path[start:] != _REMOVED:
                known = entry.stat()
                yield Path(entry.path), entry.path[start:], (known.st_size, known.st_mtime_ns)

    def _has_lines(self, path: Path) -> bool:
        return has_lines(path) and not place_of(path, self.folder).converted


def content_of(raw: RawDocument) -> bytes:
    """The hash of all that a document says besides its id."""
    told = "\0".join((raw.file, raw.title or "", raw.text))
    return hashlib.blake2b(told.encode(errors="surrogatepass"), digest_size=DIGEST).digest()


def _same(raw: RawDocument, path: Path, line: int) -> RawDocument:
    return raw


def shown(raw: RawDocument) -> RawDocument:
    """The document with an id and a file name of one line, and no personal number in anything."""
    return masked(lined(raw))


def lined(raw: RawDocument) -> RawDocument:
    """The document with an id and a file name of one line."""
    return replace(raw, id=one_line(raw.id) or "未命名", file=one_line(raw.file))


def free(name: str, taken: dict[str, int]) -> str:
    """The name, numbered when it is taken (in any case and composition), and taken from now on.

    `taken` holds the next number to try for every name.

    >>> taken = {}
    >>> free("甲", taken), free("甲", taken), free("甲", taken), free("乙", taken)
    ('甲', '甲-2', '甲-3', '乙')
    """
    first = folded(name)
    if first not in taken:
        taken[first] = 1
        return name
    n = taken[first] + 1
    while folded(f"{name}-{n}") in taken:
        n += 1
    taken[first] = n
    taken[folded(f"{name}-{n}")] = 1
    return f"{name}-{n}"
