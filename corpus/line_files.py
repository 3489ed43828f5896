"""A stored file of many letters, a line each: lines are put in, replaced and taken out, the others stay as they are."""

import gzip
import json
from collections.abc import Iterable
from pathlib import Path

from corpus.read import LINE_SUFFIXES, RawDocument, read_lines
from corpus.store import erase, write

_SPACE = "\ufeff \t\r"


class Lines:
    """The lines of the stored file at `path`, which need not exist yet, and of the `source` that is added to it."""

    def __init__(self, path: Path, source: Path | None = None) -> None:
        self.path, self._source = path, source
        self._lines = read_lines(path) if path.exists() else []
        while self._lines and not self._lines[-1].strip(_SPACE):
            self._lines.pop()
        self._fresh = not self._lines
        self._given = [line.strip(_SPACE) for line in read_lines(source)] if source else []

    def append(self, raw: RawDocument, key: str) -> int:
        """Put a document of the source in under this id; the number of its line."""
        self._lines.append(self._line(raw, key))
        return len(self._lines)

    def replace(self, number: int, raw: RawDocument) -> int:
        """Put a document of the source in the place of the line of this number."""
        self._lines[number - 1] = self._line(raw, raw.id)
        return number

    def take_out(self, numbers: Iterable[int], home: Path) -> None:
        """Rewrite the file without these lines; a file left without any goes."""
        for number in sorted(set(numbers), reverse=True):
            del self._lines[number - 1]
        if any(line.strip(_SPACE) for line in self._lines):
            self.write()
        else:
            erase(self.path, home)

    def write(self) -> None:
        """Store the file: byte for byte as it came where nothing was left out, replaced or renamed."""
        if self._source and self._fresh and self._lines == [line for line in self._given if line]:
            write(self.path, self._source.read_bytes())
            return
        data = "".join(f"{line}\n" for line in self._lines).encode(errors="surrogatepass")
        write(self.path, gzip.compress(data, mtime=0) if self.path.name.lower().endswith(LINE_SUFFIXES[1]) else data)

    def _line(self, raw: RawDocument, key: str) -> str:
        given = self._given[raw.line - 1] if self._given else ""
        row = json.loads(given) if given else {"id": key, "title": raw.title, "text": raw.text}
        if given and str(row["id"]) == key:
            return given
        return json.dumps({**row, "id": key}, ensure_ascii=False)
