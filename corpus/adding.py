"""Adds files to a data folder: what is there already, what replaces its former self, what is new, what cannot be used."""

import json
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from corpus.census import Census, canonical
from corpus.errors import UnreadableFile
from corpus.line_files import Lines
from corpus.names import has_lines, is_plain, path_for, place_of, shortened, tidy
from corpus.problems import gathered
from corpus.read import ARCHIVE_SUFFIXES, KINDS, MAX_BYTES, RawDocument, is_supported, read_documents, stem, why
from corpus.shelf import Shelf, free, shown
from corpus.store import erase, write

ADDED, UPDATED, THERE, REFUSED = "新增", "更新", "已有", "未加入"


@dataclass(frozen=True)
class AddResult:
    """What became of a file, or of those lines of a file of many that fared alike: 新增, 更新, 已有 or 未加入.

    A file in an archive is named with the archive. `letters` counts them, `problem` says why nothing was added, `near` names a letter that is nearly identical and how much of the
    two is the same. `given` is the path that was asked for, which may be a folder or an archive above the file.
    """

    file: str
    id: str | None
    outcome: str
    letters: int = 0
    problem: str | None = None
    given: str = ""
    near: tuple[str, float] | None = None


class Adder:
    """One call of `add`.

    A letter only replaces one that was there before the call: files of one name that are given side by side are several letters.
    """

    def __init__(self, shelf: Shelf, census: Census) -> None:
        self._shelf, self._census = shelf, census

    def add(self, file: Path) -> list[AddResult]:
        """Add what one file holds; what cannot be used is said in the results."""
        problems: list[UnreadableFile] = []
        found: list[AddResult] = []
        try:
            self._check(file)
            content = _bytes(file) if is_plain(file) else None
            if content and (there := self._census.with_bytes(content)):
                path, key = there
                return [AddResult(file.name, key, THERE, sum(1 for _ in self._shelf.documents(path, problems.append)))]
            added = self._add_all(file, content, read_documents(file, problems.append))
            found += (replace(result, file=_named(result.file, file)) for result in added)
        except UnreadableFile as problem:
            problems.append(problem)
        # The reader says the name only; among many folders the whole path is wanted.
        bad = [UnreadableFile(p.thing.replace(file.name, str(file), 1), p.problem, p.mend) for p in gathered(problems)]
        return found + [AddResult(str(file), None, REFUSED, 0, str(problem)) for problem in bad]

    def _check(self, file: Path) -> None:
        """UnreadableFile says why a file cannot be added."""
        if not file.exists():
            raise UnreadableFile(file.name, "找不到", "请检查路径")
        if not file.is_file():
            raise UnreadableFile(file.name, "不是普通文件", "请给出文件或文件夹")
        if self._shelf.is_ours(file):
            raise UnreadableFile(file.name, "是索引或程序自己的文件，不是复文", "请给原来的文件")
        if not is_supported(file):
            raise UnreadableFile(file.name, "不支持这种格式", KINDS)

    def _add_all(self, file: Path, content: bytes | None, documents: Iterable[RawDocument]) -> Iterator[AddResult]:
        """Single letters one by one, the lines of a file together."""
        lines: dict[str, list[RawDocument]] = {}
        for raw in documents:
            raw = replace(raw, file=shortened(tidy(raw.file)))
            if raw.line:
                lines.setdefault(raw.file, []).append(replace(raw, id=shown(raw).id))
            else:
                yield self._add_one(raw, content)
        for name, rows in lines.items():
            yield from self._add_lines(name, rows, file if has_lines(file) else None)

    def _add_one(self, raw: RawDocument, content: bytes | None) -> AddResult:
        """Store one letter: the bytes that it came in or, converted, its text."""
        raw = replace(raw, id=stem(Path(raw.file)))
        text = canonical(raw)
        if there := self._census.with_text(text):
            return AddResult(raw.file, there, THERE, 1)
        if content is not None and (back := self._put_back(content)):
            self._census.note(raw.id, (back, 0), text)
            return AddResult(raw.file, raw.id, ADDED, 1)
        former = self._census.former(raw.file, raw)
        near = None if former else self._census.nearest(text)
        key = former or free(raw.id, self._census.taken)
        path = self._room(raw, key, former, converted=content is None)
        write(path, _row(replace(raw, id=key)).encode() if content is None else content)
        if former:
            self._drop(former, path)
        self._census.note(key, (path, 0), text)
        return AddResult(raw.file, key, UPDATED if former else ADDED, 1, near=near)

    def _room(self, raw: RawDocument, key: str, former: str | None, *, converted: bool) -> Path:
        """Where a letter is put: over its former self where that is stored alike, else under letters/."""
        if former:
            path, _ = self._census.where(former)
            if path.is_relative_to(self._shelf.folder):
                place = place_of(path, self._shelf.folder)
                if place.converted == converted and stem(Path(place.file)) == raw.id:
                    return path
        number = key.removeprefix(f"{raw.id}-")
        return path_for(
            self._shelf.folder, raw.file, int(number) if key != raw.id and number.isdigit() else 1, converted=converted
        )

    def _drop(self, key: str, kept: Path) -> None:
        """Take out the letter that was replaced; its file goes unless the new one was written over it."""
        path, _ = self._census.where(key)
        if not path.is_relative_to(self._shelf.folder):
            self._shelf.set_removed({*self._shelf.removed(), stem(path)})
        elif path != kept:
            erase(path, self._shelf.folder)

    def _put_back(self, content: bytes) -> Path | None:
        """A built-in letter that had been removed and is added again."""
        removed = set(self._shelf.removed())
        for path in self._shelf.shipped() if removed else ():
            if stem(path) in removed and path.read_bytes() == content:
                self._shelf.set_removed(removed - {stem(path)})
                return path
        return None

    def _add_lines(self, name: str, rows: list[RawDocument], source: Path | None) -> Iterator[AddResult]:
        """Put the lines of a file into the stored file of that name: those that are new or replace their former selves."""
        file = Lines(path_for(self._shelf.folder, name), source)
        outcomes: dict[str, list[tuple[RawDocument, str]]] = {ADDED: [], UPDATED: [], THERE: []}
        for raw in rows:
            text = canonical(raw)
            if self._census.with_text(text):
                outcomes[THERE].append((raw, text))
                continue
            former = self._census.former(name, raw, line=True)
            if former and self._census.where(former)[0] == file.path:
                at = file.replace(self._census.where(former)[1], raw)
                outcomes[UPDATED].append((replace(raw, line=at), text))
                continue
            key = free(raw.id, self._census.taken)
            at = file.append(raw, key)
            outcomes[ADDED].append((replace(raw, id=key, line=at), text))
        if outcomes[ADDED] or outcomes[UPDATED]:
            file.write()
        for outcome, found in outcomes.items():
            near = [self._settle(raw, file.path, text) for raw, text in found] if outcome != THERE else []
            if found:
                nearly = [(raw.id, close) for (raw, _), close in zip(found, near, strict=False) if close]
                yield AddResult(name, stem(Path(name)), outcome, len(found))
                for key, close in nearly:
                    yield AddResult(name, key, outcome, 0, near=close)

    def _settle(self, raw: RawDocument, path: Path, text: str) -> tuple[str, float] | None:
        """Note a line that now stands in its file; the letter that it is nearly identical to."""
        self._census.forget(raw.id)
        near = self._census.nearest(text)
        self._census.note(raw.id, (path, raw.line), text)
        return near


def refused_folders(path: Path) -> list[AddResult]:
    """The folders below a folder that the system does not let us look into, a result each."""
    errors: list[OSError] = []
    for _ in os.walk(path, onerror=errors.append):
        pass
    problems = [UnreadableFile(f"文件夹 {e.filename}", f"读不出来（{why(e)}）", "请检查文件夹的权限") for e in errors]
    return [AddResult(str(e.filename), None, REFUSED, 0, str(p)) for e, p in zip(errors, problems, strict=True)]


def _named(name: str, file: Path) -> str:
    """What a result calls a file: by its name, in an archive with the name of the archive before it."""
    archive = file.name.lower().endswith(ARCHIVE_SUFFIXES) and name != file.name
    return f"{tidy(file.name)} 中的 {name}" if archive else name


def _bytes(file: Path) -> bytes | None:
    """The bytes of a file; None where the reader will say why not."""
    try:
        return file.read_bytes() if file.stat().st_size <= MAX_BYTES else None
    except OSError:
        return None


def _row(raw: RawDocument) -> str:
    row = {"id": raw.id, "title": raw.title, "text": raw.text}
    return json.dumps(row, ensure_ascii=False) + "\n"
