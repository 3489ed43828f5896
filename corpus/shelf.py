"""What stands in a data folder: its files, the letters that ship, and the documents in them under ids of their own."""

import hashlib
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from corpus.errors import UnreadableFile
from corpus.names import folded, has_lines, is_plain, one_line, place_of
from corpus.privacy import mask, masked
from corpus.read import RawDocument, files_in, read_documents, stem
from corpus.store import write

# Raise it when reading changes so that indexes over the same files are built anew.
FORMAT = "4"
_REMOVED = "removed.txt"


@dataclass(frozen=True)
class Entry:
    """A document of the corpus: the file that holds it and what it says, under its id in this corpus."""

    path: Path
    raw: RawDocument

    @property
    def key(self) -> str:
        """A short text that changes with anything that the letter is made from, and with nothing else."""
        raw = self.raw
        told = "\0".join((FORMAT, raw.id, raw.file, raw.title or "", raw.text))
        return hashlib.blake2b(told.encode(errors="surrogatepass"), digest_size=16).hexdigest()


class Shelf:
    """The files of one data folder, `builtin_folder` being that of the letters that ship, None without them."""

    def __init__(self, folder: Path, builtin_folder: Path | None) -> None:
        self.folder, self.builtin_folder = folder, builtin_folder

    def entries(self, report: Callable[[UnreadableFile], None]) -> Iterator[Entry]:
        """Every document, in the order of the files, with an id that no other one has.

        Files keep the id that their name gives; a line whose id a file or an earlier line has is numbered.
        """
        files = self.files()
        single = [path for path in files if is_plain(path) and not self._has_lines(path)]
        taken: dict[str, int] = {}
        ids = {path: free(mask(one_line(place_of(path, self.folder).id)), taken) for path in single}
        for path in files:
            if not is_plain(path):
                report(UnreadableFile(path.name, "这种格式不能直接放在语料文件夹里", "请用 fuwen corpus add 加入"))
                continue
            for raw in self.documents(path, report):
                yield Entry(path, replace(raw, id=ids[path] if path in ids else free(raw.id, taken)))

    def documents(self, path: Path, report: Callable[[UnreadableFile], None] | None = None) -> Iterator[RawDocument]:
        """The documents of one stored file as the corpus knows them: a converted one under the name that it came by."""
        place = place_of(path, self.folder)
        for raw in read_documents(path, report):
            if place.converted:
                raw = replace(raw, id=place.id, file=place.file, line=0)
            elif raw.line == 0:
                raw = replace(raw, id=place.id)
            yield shown(raw)

    def files(self) -> list[Path]:
        """The files that hold letters: those that ship and were not taken out, then the user's own."""
        removed = set(self.removed())
        return [path for path in self.shipped() if stem(path) not in removed] + self._own_files()

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
        for path in self._own_files():
            stat = path.stat()
            digest.update(os.fsencode(path.relative_to(self.folder)))
            digest.update(f"\0{stat.st_size}\0{stat.st_mtime_ns}\n".encode())
        return digest.hexdigest()[:32]

    @cached_property
    def _shipped_digest(self) -> str:
        """By content, not by time: a fresh checkout holds the same letters."""
        content = hashlib.sha256()
        for path in self.shipped():
            content.update(path.name.encode() + path.read_bytes())
        return content.hexdigest() if self.builtin_folder else ""

    def _own_files(self) -> list[Path]:
        """The user's files: everything below the folder that can be read but the index and the record of removals."""
        if not self.folder.is_dir():
            return []
        files = (p for p in files_in(self.folder) if p.relative_to(self.folder).parts[0] != "index")
        return [p for p in files if p != self.folder / _REMOVED]

    def _has_lines(self, path: Path) -> bool:
        return has_lines(path) and not place_of(path, self.folder).converted


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
    unique, n = name, taken.get(folded(name), 1)
    while folded(unique) in taken:
        n += 1
        unique = f"{name}-{n}"
    taken[folded(name)] = max(n, 1)
    taken.setdefault(folded(unique), 1)
    return unique
