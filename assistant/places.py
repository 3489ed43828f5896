"""Where letters and index lie, and how the index is kept in step with the letters."""

import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from assistant.progress import Progress
from assistant.settings import Settings, user_folder
from corpus.errors import BrokenIndex, InputError
from corpus.letter import Letter
from corpus.library import Library
from corpus.read import why
from corpus.shelf import Entry
from index.embedding import Embedder
from index.generations import MEND, Generation, OldIndex, broken, reading
from index.opened import open_with, segments_of
from index.recipe import recipe
from index.search import Index
from index.segments import Segment
from index.store import LocalStore


def open_library(settings: Settings, *, create: bool = False) -> Library:
    """The letters of the data folder in force; with the built-in ones when none was named.

    Raises InputError when the folder does not exist or is a file. With `create` it need not exist: the first thing written
    makes it, so that nothing is left behind where nothing could be added.
    """
    if not settings.data:
        return Library(user_folder(), builtin=True)
    folder = Path(settings.data)
    if folder.exists() and not folder.is_dir():
        raise InputError(f"--data {folder}", "不是文件夹", "请给一个文件夹；单个文件请用 fuwen corpus add 加入")
    if not folder.exists() and not create:
        raise InputError(f"--data {folder}", "文件夹不存在", f"请先运行 fuwen corpus add 文件 --data {folder}")
    return Library(folder, builtin=False)


def index_folder(library: Library) -> Path:
    """The folder of the index that belongs to these letters."""
    return library.folder / "index"


def store_of(library: Library, embedder: Embedder) -> LocalStore:
    """What holds the index of these letters."""
    return LocalStore(index_folder(library), embedder)


def open_current(library: Library, embedder: Embedder) -> Index:
    """The index of these letters as they are now; made or brought in step first when it is missing, old or behind.

    When the served generation is damaged the one before is served as it is, and said so on stderr, unless it holds a letter that
    was removed or changed since. BrokenIndex when no generation is whole, or for another embedding model: nothing is thrown away
    unasked.
    """
    folder, store = index_folder(library), store_of(library, embedder)
    if not (folder / "CURRENT").exists():
        if library.is_empty():
            raise library.empty()
        print("第一次使用，正在建立索引……", file=sys.stderr)
        build(library, embedder)
        return store.snapshot()
    try:
        index = store.snapshot()
    except OldIndex:
        print("索引由另一版程序建立，正在重建……", file=sys.stderr)
        build(library, embedder)
        return store.snapshot()
    if index.damage:
        _refuse_removed(library, index)
        print(f"fuwen: {said_of_damage(folder, index)}", file=sys.stderr)
    elif index.info()["corpus"] != library.fingerprint():
        print("语料有变动，正在更新索引……", file=sys.stderr)
        build(library, embedder)
        return store.snapshot()
    return index


def said_of_damage(folder: Path, index: Index) -> str:
    """The line that says that not the newest generation is served."""
    info = index.info()
    served = f"现用上一个完好的版本 {info['generation']}（{info['letters']} 件）"
    return f"索引 {folder}：{index.damage}；{served}，最近加入的复文查不到。{MEND}"


def _refuse_removed(library: Library, index: Index) -> None:
    """Raise BrokenIndex when the generation before holds what is no longer in the corpus: removed is gone."""
    there = {entry.key for entry in library.entries()}
    if not set(served(library).sources.values()) <= there:
        raise broken(index_folder(library), index.damage)


def build(library: Library, embedder: Embedder, *, keep_previous: bool = True, anew: bool = False) -> Generation:
    """A new generation of the index that holds these letters as they are now. Raises EmptyCorpus when there are none.

    Only letters that came or changed since the served generation are parsed and encoded; with `anew`, or where that generation
    is not whole or was made by another model or other rules, all are encoded, and those parsed that it does not know. The
    generation before goes too when it is not to be kept, or holds a letter that went or was changed: removed is removed, on disk
    as well.
    """
    folder, progress = index_folder(library), Progress("建立索引")
    with library.changing():
        if library.is_empty():
            raise library.empty()
        made = _Making(library, embedder, served(library), keep_previous)
        try:
            if not anew and made.known.can_grow(embedder):
                try:
                    return made.grown(progress)
                except BrokenIndex:
                    # What must be copied is damaged: nothing of it is used but letters that are whole.
                    made = replace(made, keep_previous=False)
            return made.anew(folder, progress)
        except OSError as error:
            mend = "请检查磁盘空间，移走同名的文件，或换一个可写的 --data 文件夹"
            raise InputError(f"索引文件夹 {folder}", f"写不进去（{why(error)}）", mend) from error
        finally:
            progress.close()


@dataclass(frozen=True)
class Served:
    """The letters of the served index by id, with what each was made from; an index that is not whole has none."""

    sources: Mapping[str, str]
    generation: Generation | None = None
    segments: Sequence[Segment] = ()
    whole: bool = True

    @cached_property
    def _places(self) -> dict[str, tuple[Segment, int]]:
        return {key: (segment, row) for segment in self.segments for row, key in enumerate(segment.sources)}

    def __call__(self, entry: Entry) -> Letter | None:
        """The letter that was made from exactly this document, if it is there and whole."""
        if entry.key not in self._places:
            return None
        segment, row = self._places[entry.key]
        try:
            return segment.letters.read(row)
        except BrokenIndex:
            return None

    def can_grow(self, embedder: Embedder) -> bool:
        """Whether letters can be added to the served generation as it is."""
        if self.generation is None or self.generation.damage:
            return False
        manifest = self.generation.manifest
        return bool(manifest["recipe"] == recipe() and manifest["embedder"]["fingerprint"] == embedder.fingerprint())


def served(library: Library) -> Served:
    """What the served index knows of these letters: what need not be parsed again."""
    folder = index_folder(library)
    if not (folder / "CURRENT").exists():
        return Served({})
    try:
        generation, segments = reading(folder, lambda generation: (generation, segments_of(generation)))
        sources = {i: key for segment in segments for i, key in zip(segment.ids, segment.sources, strict=True)}
        return Served(sources, generation, segments)
    except BrokenIndex:
        # Whatever it holds is unknown, and so may be what was removed.
        return Served({}, whole=False)


@dataclass(frozen=True)
class _Making:
    """A new generation in the making."""

    library: Library
    embedder: Embedder
    known: Served
    keep_previous: bool

    def grown(self, progress: Progress) -> Generation:
        """The served generation without what went and with what came, which alone makes it the index of these letters."""
        fingerprint, before, fresh = self.library.fingerprint(), self.known.sources, list[Entry]()
        now = {entry.id: self._looked_at(entry, fresh) for entry in self.library.entries()}
        gone = [letter_id for letter_id in before if letter_id not in now]
        store = store_of(self.library, self.embedder)
        if gone and not fresh:
            return store.delete(gone, corpus=fingerprint)
        if gone:
            store.delete(gone)
        return store.upsert(self._letters(fresh, progress), corpus=fingerprint, sources=now)

    def _looked_at(self, entry: Entry, fresh: list[Entry]) -> str:
        """The key of the entry, which joins `fresh` where the served index does not have it."""
        key = entry.key
        if self.known.sources.get(entry.id) != key:
            fresh.append(entry)
        return key

    def anew(self, folder: Path, progress: Progress) -> Generation:
        """All letters; the one before goes when it holds anything that is not among them."""
        from index.build import build_index

        fingerprint, now = self.library.fingerprint(), {entry.id: entry.key for entry in self.library.entries()}
        damaged = self.known.generation is not None and self.known.generation.damage
        keep = (
            self.keep_previous
            and self.known.whole
            and not damaged
            and set(self.known.sources.values()) <= set(now.values())
        )
        letters = self._letters(self.library.entries(), progress)
        return build_index(letters, folder, self.embedder, corpus=fingerprint, keep_previous=keep, sources=now)

    def _letters(self, entries: Iterable[Entry], progress: Progress) -> Iterator[Letter]:
        """The letters of these entries, parsed where the served index does not know them."""
        for done, entry in enumerate(entries, 1):
            yield self.library.letter(entry, self.known)
            progress(done)


def served_index(library: Library, embedder: Embedder) -> Index | None:
    """The served index if it is whole, made by this embedder, and of these letters as they are now."""
    try:
        index = store_of(library, embedder).snapshot()
    except BrokenIndex:
        return None
    return index if not index.damage and index.info()["corpus"] == library.fingerprint() else None


def is_current(library: Library, embedder: Embedder) -> bool:
    """Whether a whole index of these letters, made by this embedder and these rules, is served."""
    try:
        generation = open_with(index_folder(library), embedder, lambda generation: generation)
    except BrokenIndex:
        return False
    return bool(not generation.damage and generation.manifest["corpus"] == library.fingerprint())


def strangers(library: Library) -> list[str]:
    """What differs between a whole index and the letters, a line each; nothing is wrong where the letters changed since."""
    known = served(library)
    if known.generation is None or known.generation.manifest["corpus"] != library.fingerprint():
        return []
    now = {entry.id: entry.key for entry in library.entries()}
    missing, extra = sorted(now.keys() - known.sources.keys()), sorted(known.sources.keys() - now.keys())
    changed = sorted(i for i in now.keys() & known.sources.keys() if now[i] != known.sources[i])
    told = (("索引里没有", missing), ("语料里没有", extra), ("索引里的与语料不同", changed))
    return [f"复文 {ids[0]} 等 {len(ids)} 件：{problem}。{MEND}" for problem, ids in told if ids]
