"""Writes a data folder to search in: the letters that ship, passages with questions, and news and paragraphs as ballast."""

import gzip
import itertools
import json
import lzma
import shutil
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from corpus.library import BUILTIN

# About how long our chunks of such texts are, and how long the passages that paragraphs are joined to.
CHUNK, PASSAGE = 210, 220
# So many rows go into one file, which stays far below what a file in a data folder may hold.
_ROWS = 8_000


def write(data: Path, chunks: int, news: Path, ballast: Path | None, passages: Path | None) -> int:
    """Fill `data/letters` with about so many chunks, half of them news where there is enough; the number of documents."""
    home = data / "letters"
    home.mkdir(parents=True)
    for letter in BUILTIN.iterdir():
        shutil.copy(letter, home)
    found = list(rows(passages, "passages")) if passages else []
    written = _write(home, "passages", ({"id": r["id"], "title": r["title"], "text": r["text"]} for r in found))
    room = chunks - written
    of_news = list(_within(_lines(news, "news"), room // 2 if ballast else room))
    written += _write(home, "news", of_news)
    if ballast:
        room -= sum(_chunks(row) for row in of_news)
        written += _write(home, "ballast", islice(_joined(ballast), room))
    return written + len(list(BUILTIN.iterdir()))


def rows(folder: Path, name: str) -> Iterator[dict[str, Any]]:
    """The rows of `name`.jsonl or `name`.jsonl.gz in a folder."""
    packed, plain = folder / f"{name}.jsonl.gz", folder / f"{name}.jsonl"
    with gzip.open(packed, "rt", encoding="utf-8") if packed.exists() else plain.open(encoding="utf-8") as file:
        yield from (json.loads(line) for line in file)


def documents(data: Path) -> Iterator[tuple[str, str]]:
    """(id, text) of every document of such a folder, as the letters' own reader gives them: offsets are the same."""
    from corpus.parse import parse_letter
    from corpus.read import read_documents

    for path in sorted((data / "letters").iterdir()):
        if path.suffix == ".jsonl":
            with path.open(encoding="utf-8") as file:
                yield from ((row["id"], row["text"]) for row in map(json.loads, file))
        else:
            yield from ((raw.id, parse_letter(raw).text) for raw in read_documents(path))


def _within(found: Iterator[dict[str, str]], chunks: int) -> Iterator[dict[str, str]]:
    for row in found:
        chunks -= _chunks(row)
        if chunks < 0:
            return
        yield row


def _chunks(row: dict[str, str]) -> int:
    return -(-len(row["text"]) // CHUNK)


def _lines(path: Path, name: str) -> Iterator[dict[str, str]]:
    with lzma.open(path, "rt", encoding="utf-8") as file:
        yield from ({"id": f"{name}-{n}", "text": line.strip()} for n, line in enumerate(file) if line.strip())


def _joined(path: Path) -> Iterator[dict[str, str]]:
    held, count = "", 0
    for row in _lines(path, "ballast"):
        held += row["text"] + "\n"
        if len(held) >= PASSAGE:
            yield {"id": f"ballast-{count}", "text": held}
            held, count = "", count + 1


def _write(home: Path, name: str, found: Iterable[dict[str, Any]]) -> int:
    count, rest = 0, iter(found)
    for part in itertools.count():
        lines = [json.dumps(row, ensure_ascii=False) + "\n" for row in islice(rest, _ROWS)]
        if not lines:
            return count
        (home / f"{name}-{part:03d}.jsonl").write_text("".join(lines), encoding="utf-8")
        count += len(lines)
    return count
