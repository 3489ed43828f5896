"""Keeps complete, checksummed generations of an index in a folder and switches between them in one step.

    folder/CURRENT            name of the generation that is served and the SHA-256 of its manifest
    folder/lock               held by the one builder
    folder/generations/000007 the files of a generation and manifest.json with the SHA-256 and size of each

A builder that is killed at any moment leaves CURRENT and all that it names untouched.
"""

import fcntl
import json
import os
import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import file_digest, sha256
from pathlib import Path
from typing import Any

from corpus.errors import BrokenIndex

FORMAT = 1

_POINTER, _MANIFEST = "CURRENT", "manifest.json"
_MEND = "请运行 fuwen index build 重建索引"
_NAME = re.compile(r"\d{6,}")


@dataclass(frozen=True)
class Generation:
    """One complete index on disk: where its files lie and what its manifest says about them."""

    name: str
    folder: Path
    manifest: dict[str, Any]


def publish(folder: Path, write: Callable[[Path], dict[str, Any]], *, keep_previous: bool = True) -> Generation:
    """Let `write` fill a new generation, make it durable and serve it; keep the one before, delete older ones.

    `write` gets the empty folder of the generation and returns what the manifest shall say besides the files. The one
    before serves those who are opening it just now; `keep_previous=False` deletes it too, for it may hold what was removed.
    """
    home = folder / "generations"
    home.mkdir(parents=True, exist_ok=True)
    with _lock(folder):
        before = _served(folder)
        name = f"{max((int(n) for n in _names(home)), default=0) + 1:06d}"
        work = home / name
        work.mkdir()
        manifest = {"format": FORMAT, "built": datetime.now(UTC).isoformat(timespec="seconds"), **write(work)}
        manifest["files"] = {path.name: _stamp(path) for path in sorted(work.iterdir())}
        _point(folder, name, _write_manifest(work, manifest))
        for old in set(_names(home)) - {name, before if keep_previous else name}:
            shutil.rmtree(home / old)
    return Generation(name, work, manifest)


def discard(folder: Path) -> None:
    """Delete every generation: nothing is served any more. Nothing happens where there is no index."""
    if not (folder / "generations").is_dir():
        return
    with _lock(folder):
        (folder / _POINTER).unlink(missing_ok=True)
        _sync(folder)
        for name in _names(folder / "generations"):
            shutil.rmtree(folder / "generations" / name)


def current(folder: Path) -> Generation:
    """The generation that is served, every file checked against its manifest; BrokenIndex when there is none whole."""
    for last in (False, True):
        pointer = _pointer(folder)
        if pointer is None:
            raise broken(folder, "尚未建立")
        try:
            return _verified(folder, *pointer)
        except BrokenIndex:
            # A builder may have replaced and removed it between the two steps: look once more.
            if last or _pointer(folder) == pointer:
                raise
    raise broken(folder, "正在被反复改写")


def broken(folder: Path, problem: str) -> BrokenIndex:
    """The error that names the index in `folder`, its problem and the mend."""
    return BrokenIndex(f"索引 {folder}", problem, _MEND)


def _verified(folder: Path, name: str, digest: str) -> Generation:
    home = folder / "generations" / name
    try:
        raw = (home / _MANIFEST).read_bytes()
        if sha256(raw).hexdigest() != digest:
            raise broken(folder, f"{_MANIFEST} 已损坏")
        manifest = json.loads(raw)
        if manifest["format"] != FORMAT:
            raise broken(folder, f"格式为第 {manifest['format']} 版，本程序只读第 {FORMAT} 版")
        for file, stamp in manifest["files"].items():
            if _stamp(home / file) != stamp:
                raise broken(folder, f"文件 {file} 已损坏")
    except OSError as error:
        raise broken(folder, f"文件 {Path(error.filename or home).name} 缺失或无法读取") from error
    return Generation(name, home, manifest)


def _pointer(folder: Path) -> tuple[str, str] | None:
    """The served generation's name and manifest digest, None when nothing was ever published."""
    try:
        parts = (folder / _POINTER).read_text(encoding="utf-8").split()
    except FileNotFoundError:
        return None
    except IsADirectoryError as error:
        raise BrokenIndex(
            f"索引 {folder}", f"{_POINTER} 是一个文件夹", f"请移走它，再{_MEND.removeprefix('请')}"
        ) from error
    except (OSError, UnicodeDecodeError) as error:
        raise broken(folder, f"{_POINTER} 无法读取") from error
    if len(parts) != 2 or not _NAME.fullmatch(parts[0]):
        raise broken(folder, f"{_POINTER} 已损坏")
    return parts[0], parts[1]


def _served(folder: Path) -> str | None:
    """The name of the served generation; None also when the pointer is damaged, which building anew mends."""
    try:
        pointer = _pointer(folder)
    except BrokenIndex:
        return None
    return pointer[0] if pointer else None


def _point(folder: Path, name: str, digest: str) -> None:
    fresh = folder / f"{_POINTER}.new"
    fresh.write_text(f"{name} {digest}\n", encoding="utf-8")
    _sync(fresh)
    os.replace(fresh, folder / _POINTER)
    _sync(folder)


def _write_manifest(work: Path, manifest: dict[str, Any]) -> str:
    """Write the manifest, make all files and folders durable; its digest."""
    raw = json.dumps(manifest, ensure_ascii=False, indent=1).encode()
    (work / _MANIFEST).write_bytes(raw)
    for path in (*work.iterdir(), work, work.parent, work.parent.parent):
        _sync(path)
    return sha256(raw).hexdigest()


def _stamp(path: Path) -> dict[str, Any]:
    with path.open("rb") as file:
        return {"sha256": file_digest(file, "sha256").hexdigest(), "size": path.stat().st_size}


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _names(home: Path) -> list[str]:
    return [path.name for path in home.iterdir() if _NAME.fullmatch(path.name)]


@contextmanager
def _lock(folder: Path) -> Iterator[None]:
    """Hold the builders' lock; the system frees it when the process dies."""
    with (folder / "lock").open("a") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
