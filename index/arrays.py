"""Keeps arrays, JSON and bytes as bare files, mapped into memory: with no header to parse, a damaged byte is a wrong number at worst."""

import json
import mmap
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[Any]


def save(path: Path, values: npt.ArrayLike, kind: npt.DTypeLike) -> None:
    """Write the numbers in order, as `kind`."""
    # Not tofile, which hides why a disk refuses.
    path.write_bytes(np.ascontiguousarray(values, dtype=kind).reshape(-1).view(np.uint8).data)


def load(path: Path, kind: npt.DTypeLike, *, width: int = 0) -> Array:
    """The numbers of a file, mapped and read-only; in rows of `width` where it is given. What is cut short at its end is left out."""
    size = np.dtype(kind).itemsize
    raw = open_bytes(path)
    values: Array = np.frombuffer(raw, dtype=kind, count=len(raw) // size)
    return values[: len(values) // width * width].reshape(-1, width) if width else values


def save_json(path: Path, value: object) -> None:
    """Write a value as JSON, Chinese as it is."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    path.write_text(text, encoding="utf-8", errors="surrogatepass")


def load_json(path: Path) -> Any:
    """The value of a JSON file; ValueError when it is none."""
    return json.loads(path.read_bytes())


def open_bytes(path: Path) -> mmap.mmap | bytes:
    """The bytes of a file, mapped; an empty file cannot be mapped and has none."""
    with path.open("rb") as file:
        return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) if path.stat().st_size else b""


def ends_of(sizes: npt.ArrayLike) -> npt.NDArray[np.int64]:
    """Where each of many pieces of these sizes starts, and where the last one ends.

    >>> ends_of([2, 3]).tolist()
    [0, 2, 5]
    """
    return np.concatenate([[0], np.cumsum(np.asarray(sizes, dtype=np.int64))]).astype(np.int64)
