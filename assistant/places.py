"""Where letters and index lie, and how the index is kept in step with the letters."""

import sys
from pathlib import Path

from assistant.settings import Settings, user_folder
from corpus.errors import BrokenIndex, InputError
from corpus.library import Library
from corpus.read import why
from index.build import build_index
from index.embedding import Embedder
from index.generations import Generation
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
            library.letters()  # raises EmptyCorpus, before anything is said of building
        print("第一次使用，正在建立索引……", file=sys.stderr)
    build(library, embedder)
    return open_index(folder, embedder)


def build(library: Library, embedder: Embedder, *, keep_previous: bool = True) -> Generation:
    """A new generation of the index from all letters. Raises EmptyCorpus when there are none.

    The generation before goes too when it is not to be kept, or holds a letter that went: removed is removed, on disk as well.
    """
    fingerprint, folder = library.fingerprint(), index_folder(library)
    letters = library.letters()
    keep_previous = keep_previous and not _holds_more(folder, embedder, library)
    try:
        return build_index(letters, folder, embedder, corpus=fingerprint, keep_previous=keep_previous)
    except OSError as error:
        mend = "请移走同名的文件，或换一个可写的 --data 文件夹"
        raise InputError(f"索引文件夹 {folder}", f"写不进去（{why(error)}）", mend) from error


def _holds_more(folder: Path, embedder: Embedder, library: Library) -> bool:
    """Whether the served index holds a letter that the corpus does not (or cannot be read, so that it might)."""
    try:
        return not set(open_index(folder, embedder).ids()) <= set(library.ids())
    except BrokenIndex:
        return True


def is_current(library: Library, embedder: Embedder) -> bool:
    """Whether a whole index of these letters, made by this embedder, is served."""
    try:
        return bool(open_index(index_folder(library), embedder).info()["corpus"] == library.fingerprint())
    except BrokenIndex:
        return False
