"""Where letters and index lie, and how the index is kept in step with the letters."""

import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from assistant.progress import Progress
from assistant.settings import Settings, user_folder
from corpus.errors import BrokenIndex, InputError
from corpus.letter import Letter
from corpus.library import Library, letter_of
from corpus.read import why
from corpus.shelf import Entry, Known
from index.build import SOURCES, build_index
from index.embedding import Embedder
from index.generations import Generation, current
from index.letters import Letters
from index.search import Index, open_index


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


def open_current(library: Library, embedder: Embedder) -> Index:
    """The index of these letters as they are now; built first when it is missing or older than they are.

    A damaged index, or one of another embedding model, raises BrokenIndex: nothing is thrown away unasked.
    """
    folder = index_folder(library)
    if (folder / "CURRENT").exists():
        index = open_index(folder, embedder)
        if index.info()["corpus"] == library.fingerprint():
            return index
        print("语料有变动，正在更新索引……", file=sys.stderr)
    else:
        if library.is_empty():
            raise library.empty()
        print("第一次使用，正在建立索引……", file=sys.stderr)
    build(library, embedder)
    return open_index(folder, embedder)


def build(library: Library, embedder: Embedder, *, keep_previous: bool = True) -> Generation:
    """A new generation of the index from all letters. Raises EmptyCorpus when there are none.

    Letters that the served index holds and whose files say the same are taken from there. The generation before goes too when
    it is not to be kept, or holds a letter that went or was changed: removed is removed, on disk as well.
    """
    folder, progress = index_folder(library), Progress("建立索引")
    with library.changing():
        if library.is_empty():
            raise library.empty()
        fingerprint, known = library.fingerprint(), served(library)
        keep_previous = keep_previous and known.sources <= {entry.key for entry in library.entries()}
        sources: dict[str, str] = {}
        letters = _stream(library, known, sources, progress)
        try:
            return build_index(
                letters, folder, embedder, corpus=fingerprint, keep_previous=keep_previous, sources=sources
            )
        except OSError as error:
            mend = "请移走同名的文件，或换一个可写的 --data 文件夹"
            raise InputError(f"索引文件夹 {folder}", f"写不进去（{why(error)}）", mend) from error
        finally:
            progress.close()


@dataclass(frozen=True)
class Served:
    """The letters of the served index, by what they were made from (`sources`); an index that is not whole has none."""

    sources: frozenset[str]
    rows: dict[str, int]
    letters: Letters | None

    def __call__(self, entry: Entry) -> Letter | None:
        """The letter that was made from exactly this document, if it is there."""
        row = self.rows.get(entry.key) if self.letters else None
        return self.letters.read(row) if self.letters and row is not None else None


def served(library: Library) -> Served:
    """What the served index knows of these letters: what need not be parsed again."""
    folder = index_folder(library)
    if not (folder / "CURRENT").exists():
        return Served(frozenset(), {}, None)
    try:
        home = current(folder).folder
        sources = json.loads((home / SOURCES).read_bytes())
        letters = Letters(home)
    except (BrokenIndex, FileNotFoundError):
        # Whatever it holds is unknown, and so may be what was removed.
        return Served(frozenset({""}), {}, None)
    rows = {key: row for row, (_, key) in enumerate(sorted(sources.items()))}
    return Served(frozenset(rows), rows, letters if len(rows) == len(letters) else None)


def _stream(library: Library, known: Known, sources: dict[str, str], progress: Progress) -> Iterator[Letter]:
    """Every letter, and in `sources` what it was made from."""
    for done, entry in enumerate(library.entries(), 1):
        sources[entry.id] = entry.key
        yield letter_of(entry, known)
        progress(done)


def served_index(library: Library, embedder: Embedder) -> Index | None:
    """The served index if it is whole, made by this embedder, and of these letters as they are now."""
    try:
        index = open_index(index_folder(library), embedder)
    except BrokenIndex:
        return None
    return index if index.info()["corpus"] == library.fingerprint() else None


def is_current(library: Library, embedder: Embedder) -> bool:
    """Whether a whole index of these letters, made by this embedder, is served."""
    return served_index(library, embedder) is not None
