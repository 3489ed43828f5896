"""Writes to a data folder: all of a file or nothing of it, one program at a time."""

import fcntl
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from corpus.errors import InputError
from corpus.read import why

_WRITING = ".writing-"
# The folders that this process holds: a second lock of our own would wait for the first one for ever.
_mine: set[str] = set()
_MEND = "请换一个可写的 --data 文件夹，并检查磁盘空间"


def write(target: Path, data: bytes) -> None:
    """All of the bytes or none; InputError when the folder cannot be written."""
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        _replace(target, data)
    except OSError as error:
        raise InputError(f"文件夹 {target.parent}", f"写不进去（{why(error)}）", _MEND) from error


def erase(target: Path, home: Path) -> None:
    """Delete a file, and the folders below `home` that it leaves empty; InputError when that is refused."""
    try:
        target.unlink()
        for folder in target.parents:
            if folder == home or not folder.is_relative_to(home) or any(folder.iterdir()):
                return
            folder.rmdir()
    except OSError as error:
        raise InputError(str(target), f"删不掉（{why(error)}）", "请检查文件夹的权限") from error


@contextmanager
def changing(folder: Path) -> Iterator[None]:
    """Hold the folder for one program; another one waits. Nothing of the lock stays behind, nor a folder without content.

    What a program that was killed left half written goes. Raises InputError when the folder cannot be made.
    """
    name = os.path.abspath(folder)
    if name in _mine:
        yield
        return
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handle = _held(folder)
        for left in folder.rglob(f"{_WRITING}*"):
            left.unlink()
    except OSError as error:
        raise InputError(f"文件夹 {folder}", f"写不进去（{why(error)}）", _MEND) from error
    _mine.add(name)
    try:
        yield
    finally:
        _mine.discard(name)
        if not any(folder.iterdir()):
            folder.rmdir()
        os.close(handle)


def _held(folder: Path) -> int:
    """The folder, open and locked: locking itself needs no file. A folder that went while we waited is made again."""
    while True:
        handle = os.open(folder, os.O_RDONLY)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX)
        except OSError:
            return handle  # a network file system without locks: as safe as a single user is
        try:
            if os.path.samestat(os.fstat(handle), folder.stat()):
                return handle
        except FileNotFoundError:
            folder.mkdir(parents=True, exist_ok=True)
        os.close(handle)


def _replace(target: Path, data: bytes) -> None:
    """A temporary file beside the target, flushed to disk, then renamed."""
    handle, name = tempfile.mkstemp(prefix=_WRITING, dir=target.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(target)
    finally:
        Path(name).unlink(missing_ok=True)
