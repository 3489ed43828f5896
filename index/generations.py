"""Keeps complete, checksummed generations of an index in a folder and switches between them in one step.

    folder/CURRENT                          the generation that is served and the one before it: name, SHA-256 of the manifest, sum of the line
    folder/lock                             held by the one builder
    folder/generations/000007/manifest.json settings, and each segment with the SHA-256, CRC-32 and size of each of its files
    folder/segments/000012                  the files of a segment; they never change, and generations share segments

A builder that is killed at any moment leaves CURRENT and all that it names untouched. Opening compares the manifest, the
sizes of all files, and the CRC-32 of small files and of those that must not be wrong by a byte (marked `eager`);
`index.check` compares every byte.
"""

import fcntl
import json
import os
import re
import shutil
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any, TypeVar

from corpus.errors import BrokenIndex

FORMAT = 2
# Files up to this size are read through when an index is opened, whatever they hold.
SMALL = 1 << 18

_POINTER, _MANIFEST = "CURRENT", "manifest.json"
MEND = "请运行 fuwen index build 重建索引"
_NAME = re.compile(r"\d{6,}")
_LINE = re.compile(rb"^(\d{6,}) ([0-9a-f]{64})\b", re.M)
_SUMMED = re.compile(rb"((\d{6,}) ([0-9a-f]{64})) ([0-9a-f]{8})")
_BLOCK = 1 << 20

T = TypeVar("T")
Named = tuple[str, str]


@dataclass(frozen=True)
class Generation:
    """One complete index on disk: the folder of the index and what the manifest says; `damage` is why a newer one is not served."""

    name: str
    folder: Path
    manifest: dict[str, Any]
    damage: str = ""

    def segments(self) -> dict[str, Path]:
        """The folders of the segments by name, in the order of the manifest."""
        return {name: segment_folder(self.folder, name) for name in self.manifest["segments"]}


class OldIndex(BrokenIndex):
    """An index of another format: nothing is wrong with it, but this program does not read it."""


def publish(folder: Path, write: Callable[[Path], dict[str, Any]], *, keep_previous: bool = True) -> Generation:
    """Let `write` add segments, make them durable and serve the generation that it describes; keep the one before, delete the rest.

    `write` gets the folder of the index, makes new segments with `new_segment` and returns the manifest, `segments` included
    (name: what `sealed` gives). A manifest with `keep_previous` false, or the argument, deletes the generation before as well:
    it may hold what was removed. What a failed or killed builder left goes with the next publication.
    """
    (folder / "generations").mkdir(parents=True, exist_ok=True)
    (folder / "segments").mkdir(exist_ok=True)
    with _lock(folder):
        before = _served(folder)
        with _undone(folder):
            manifest = {"format": FORMAT, "built": datetime.now(UTC).isoformat(timespec="seconds"), **write(folder)}
            keep_previous = bool(manifest.pop("keep_previous", True)) and keep_previous
            name = f"{max((int(n) for n in _names(folder / 'generations')), default=0) + 1:06d}"
            served = [(name, _write_manifest(folder, name, manifest))]
            _point(folder, served + ([before] if before and keep_previous else []))
        _sweep(folder)
    return Generation(name, folder, manifest)


def discard(folder: Path) -> None:
    """Delete every generation: nothing is served any more. Nothing happens where there is no index."""
    if not (folder / "generations").is_dir():
        return
    with _lock(folder):
        (folder / _POINTER).unlink(missing_ok=True)
        _sync(folder)
        _sweep(folder)


def current(folder: Path) -> Generation:
    """The generation that is served; BrokenIndex when there is none whole."""
    return reading(folder, lambda generation: generation)


def reading(folder: Path, open_: Callable[[Generation], T]) -> T:
    """What `open_` makes of the generation that is served, or of the one before when that one is damaged (see `damage`).

    `open_` must take hold of all files that it will need: a builder may delete them as soon as it returns. Raises BrokenIndex
    when no generation is whole.
    """
    for last in (*[False] * 9, True):
        named, problem = _intact(folder)
        for each in named:
            try:
                return open_(replace(verified(folder, each), damage=problem))
            except (BrokenIndex, OSError, ValueError) as error:
                # A builder may have replaced and removed it meanwhile: then look once more.
                if not last and _intact(folder)[0] != named:
                    break
                if isinstance(error, OldIndex) and not problem:
                    raise
                problem = problem or (error.problem if isinstance(error, BrokenIndex) else "有文件缺失或无法读取")
        else:
            raise broken(folder, problem or "尚未建立")
    raise broken(folder, "正在被反复改写")


def verified(folder: Path, named: Named, *, whole: bool = False) -> Generation:
    """The generation of this name and manifest digest, its files compared with the manifest: every byte if `whole`."""
    name, digest = named
    manifest = _manifest(folder, name, digest)
    for segment, told in manifest["segments"].items():
        for file, stamp in told["files"].items():
            if not is_intact(segment_folder(folder, segment) / file, stamp, whole=whole):
                raise broken(folder, f"文件 {file}（段 {segment}）已损坏")
    return Generation(name, folder, manifest)


def is_intact(path: Path, stamp: dict[str, Any], *, whole: bool = False) -> bool:
    """Whether a file is there as its stamp says; without `whole` only sizes, and the sums of small and of eager files."""
    if not path.is_file() or path.stat().st_size != stamp["size"]:
        return False
    if whole:
        return bool(_stamp(path) == {key: stamp[key] for key in ("sha256", "crc32", "size")})
    return not (stamp["eager"] or stamp["size"] <= SMALL) or _crc(path) == stamp["crc32"]


def generations(folder: Path) -> list[Named]:
    """Name and manifest digest of the generation that is served and of the one before, newest first."""
    return _pointer(folder)


def broken(folder: Path, problem: str) -> BrokenIndex:
    """The error that names the index in `folder`, its problem and the mend."""
    return BrokenIndex(f"索引 {folder}", problem, MEND)


def segment_folder(folder: Path, name: str) -> Path:
    """Where the files of a segment lie."""
    return folder / "segments" / name


def new_segment(folder: Path) -> Path:
    """A new empty folder for a segment."""
    name = f"{max((int(n) for n in _names(folder / 'segments')), default=0) + 1:06d}"
    made = segment_folder(folder, name)
    made.mkdir()
    return made


def sealed(segment: Path, eager: frozenset[str]) -> dict[str, dict[str, Any]]:
    """Make the files of a segment durable; size and sums of each, and whether opening must read it through."""
    stamps = {}
    for path in sorted(segment.iterdir()):
        _sync(path)
        stamps[path.name] = {**_stamp(path), "eager": path.name in eager}
    _sync(segment)
    return stamps


def tidy(folder: Path) -> None:
    """Delete what a killed builder left; nothing happens where another one is at work, and where there is no index that can be read."""
    if not (folder / "generations").is_dir():
        return
    with suppress(BrokenIndex, BlockingIOError), _lock(folder, fcntl.LOCK_EX | fcntl.LOCK_NB):
        _sweep(folder)


def leftovers(folder: Path) -> list[str]:
    """The generations and segments that lie there and belong to nothing that is served."""
    named = dict(_pointer(folder))
    used = {segment for name, digest in named.items() for segment in _manifest(folder, name, digest)["segments"]}
    old = [f"generations/{name}" for name in sorted(set(_names(folder / "generations")) - set(named))]
    return old + [f"segments/{name}" for name in sorted(set(_names(folder / "segments")) - used)]


@contextmanager
def _undone(folder: Path) -> Iterator[None]:
    """Delete the segments and generations that were made within, if it fails: a full disk gets back what was written for nothing."""
    homes = (folder / "segments", folder / "generations")
    there, done = [set(_names(home)) for home in homes], False
    try:
        yield
        done = True
    finally:
        for home, before in zip(homes, there, strict=True):
            for name in () if done else set(_names(home)) - before:
                shutil.rmtree(home / name, ignore_errors=True)


def _manifest(folder: Path, name: str, digest: str) -> dict[str, Any]:
    try:
        raw = (folder / "generations" / name / _MANIFEST).read_bytes()
    except OSError as error:
        raise broken(folder, f"文件 {_MANIFEST} 缺失或无法读取") from error
    if sha256(raw).hexdigest() != digest:
        raise broken(folder, f"{_MANIFEST} 已损坏")
    manifest: dict[str, Any] = json.loads(raw)
    if manifest["format"] != FORMAT:
        problem = f"格式为第 {manifest['format']} 版，本程序只读第 {FORMAT} 版"
        raise OldIndex(f"索引 {folder}", problem, MEND)
    return manifest


def _pointer(folder: Path) -> list[Named]:
    """Name and manifest digest of the served generation and of the one before; nothing when nothing was ever published."""
    try:
        raw = (folder / _POINTER).read_bytes()
    except FileNotFoundError:
        return []
    except IsADirectoryError as error:
        raise BrokenIndex(
            f"索引 {folder}", f"{_POINTER} 是一个文件夹", f"请移走它，再{MEND.removeprefix('请')}"
        ) from error
    except OSError as error:
        raise broken(folder, f"{_POINTER} 无法读取") from error
    named = [(m[1].decode(), m[2].decode()) for m in _LINE.finditer(raw)]
    # An index of the first format has one line without a sum.
    if not named or (raw != _pointing(named) and raw != " ".join(named[0]).encode() + b"\n"):
        raise broken(folder, f"{_POINTER} 已损坏")
    return named


def _intact(folder: Path) -> tuple[list[Named], str]:
    """The generations whose lines in CURRENT are as they were written, and what is wrong where that of the newest is not.

    BrokenIndex when no line is.
    """
    try:
        return _pointer(folder), ""
    except BrokenIndex as error:
        with suppress(OSError):
            raw = (folder / _POINTER).read_bytes()
            lines = [m for m in _SUMMED.finditer(raw) if b"%08x" % zlib.crc32(m[1]) == m[4]]
            if lines:
                return [(m[2].decode(), m[3].decode()) for m in lines], error.problem if lines[0].start() else ""
        raise


def _pointing(named: list[Named]) -> bytes:
    """What CURRENT says: a line for each generation with a sum of its own."""
    lines = [f"{name} {digest}" for name, digest in named]
    return "".join(f"{line} {zlib.crc32(line.encode()):08x}\n" for line in lines).encode()


def _served(folder: Path) -> Named | None:
    """The served generation; None also when the pointer or the manifest is damaged, which building anew mends."""
    try:
        named = _pointer(folder)
        if named:
            _manifest(folder, *named[0])
    except (BrokenIndex, ValueError):
        return None
    return named[0] if named else None


def _point(folder: Path, named: list[Named]) -> None:
    fresh = folder / f"{_POINTER}.new"
    fresh.write_bytes(_pointing(named))
    _sync(fresh)
    os.replace(fresh, folder / _POINTER)
    _sync(folder)


def _sweep(folder: Path) -> None:
    """Delete the generations that CURRENT does not name, and the segments that none of the named ones holds."""
    for left in leftovers(folder):
        shutil.rmtree(folder / left)


def _write_manifest(folder: Path, name: str, manifest: dict[str, Any]) -> str:
    """Write the manifest, make it and the folders durable; its digest."""
    home = folder / "generations" / name
    home.mkdir()
    raw = json.dumps(manifest, ensure_ascii=False, indent=1).encode()
    (home / _MANIFEST).write_bytes(raw)
    for path in (home / _MANIFEST, home, home.parent, folder / "segments", folder):
        _sync(path)
    return sha256(raw).hexdigest()


def _stamp(path: Path) -> dict[str, Any]:
    digest, crc = sha256(), 0
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            digest.update(block)
            crc = zlib.crc32(block, crc)
    return {"sha256": digest.hexdigest(), "crc32": crc, "size": path.stat().st_size}


def _crc(path: Path) -> int:
    crc = 0
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            crc = zlib.crc32(block, crc)
    return crc


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _names(home: Path) -> list[str]:
    return [path.name for path in home.iterdir() if _NAME.fullmatch(path.name)] if home.is_dir() else []


@contextmanager
def _lock(folder: Path, how: int = fcntl.LOCK_EX) -> Iterator[None]:
    """Hold the builders' lock; the system frees it when the process dies."""
    with (folder / "lock").open("a") as file:
        fcntl.flock(file, how)
        yield
