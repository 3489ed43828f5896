"""Where letters and index lie, and how the index is kept in step with the letters."""

import sys
from pathlib import Path

from corpus.library import Library

from assistant.settings import Settings, user_folder
from corpus.errors import BrokenIndex, InputError
from index.build import build_index
from index.embedding import Embedder
from index.generations import Generation
from index.search import Index, open_index


def open_library(settings: Settings, *, create: bool = False) -> Library:
    """The letters of the data folder in force; with the built-in ones when none was named.

    Raises InputError when the folder does not exist (unless `create`) or is a file.
    """
    if not settings.data:
        folder = user_folder()
        folder.mkdir(parents=True, exist_ok=True)
        return Library(folder, builtin=True)
    folder = Path(settings.data)
    if folder.exists() and not folder.is_dir():
        raise InputError(f"--data {folder}", "不是文件夹", "请给一个文件夹；单个文件请用 fuwen corpus add 加入")
    if not folder.exists():
        if not create:
            raise InputError(f"--data {folder}", "文件夹不存在", f"请先运行 fuwen corpus add 文件 --data {folder}")
        folder.mkdir(parents=True)
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
        print("第一次使用，正在建立索引……", file=sys.stderr)
    build(library, embedder)
    return open_index(folder, embedder)


def build(library: Library, embedder: Embedder) -> Generation:
    """A new generation of the index from all letters. Raises EmptyCorpus when there are none."""
    fingerprint = library.fingerprint()
    try:
        return build_index(library.letters(), index_folder(library), embedder, corpus=fingerprint)
    except PermissionError as error:
        raise InputError(f"文件夹 {library.folder}", "不能写入", "请换一个可写的 --data 文件夹") from error


def is_current(library: Library, embedder: Embedder) -> bool:
    """Whether a whole index of these letters, made by this embedder, is served."""
    try:
        return bool(open_index(index_folder(library), embedder).info()["corpus"] == library.fingerprint())
    except BrokenIndex:
        return False
