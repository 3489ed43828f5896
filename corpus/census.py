"""What a corpus holds while files are added to it: which texts, under which ids, in which files."""

import hashlib
from collections.abc import Iterable
from pathlib import Path

from corpus.clean import clean
from corpus.kept import DIGEST, Print
from corpus.letter import Letter
from corpus.names import folded
from corpus.parse import parse_letter
from corpus.privacy import masked
from corpus.read import RawDocument, stem
from corpus.shelf import Entry, Known, Shelf, free
from corpus.similar import SAME_LETTER, SAME_UNNAMED, Similar, longest, similarity

Where = tuple[Path, int]

__all__ = ["Census", "Known", "canonical", "print_of"]


class Census:
    """Every letter of the corpus by its text, its id and the file that it came from; kept in step by who adds."""

    def __init__(self, shelf: Shelf, known: Known) -> None:
        self._shelf = shelf
        self._ids: dict[bytes, str] = {}
        self._texts: dict[str, bytes] = {}
        self._where: dict[str, Where] = {}
        self._sizes: dict[int, list[Path]] = {}
        self._contents: dict[bytes, Path] = {}
        self._at: dict[Path, str] = {}
        self._former: dict[str, set[str]] = {}
        self._last: tuple[Path | None, dict[int, RawDocument]] = (None, {})
        self.taken: dict[str, int] = {}
        for path, size in shelf.sizes():
            self._sizes.setdefault(size, []).append(path)
        clauses: dict[str, bytes] = {}
        for entry in shelf.entries(lambda problem: None):
            seen = shelf.print_of(entry.path, entry.line) or self._seen(entry, known)
            free(entry.id, self.taken)
            self._place(entry.id, (entry.path, entry.line), seen.digest)
            clauses[entry.id] = seen.clauses
            self._former.setdefault(folded(entry.file), set()).add(entry.id)
        self._similar = Similar(self._text_of, clauses)

    def _seen(self, entry: Entry, known: Known) -> Print:
        """The print of a letter whose print nobody took."""
        letter = known(entry)
        seen = print_of(letter.text if letter else clean(entry.raw.text).text)
        self._shelf.mark(entry.path, entry.line, seen)
        return seen

    def note(self, key: str, where: Where, text: str) -> None:
        """A letter that is now in the corpus; what was known of that id before is forgotten."""
        self.forget(key)
        seen = print_of(text)
        self._place(key, where, seen.digest)
        self._similar.put(key, text)
        self._shelf.mark(*where, seen)
        if not where[1]:
            self._sizes.setdefault(where[0].stat().st_size, []).append(where[0])

    def forget(self, key: str) -> None:
        """A letter that is replaced: it was one from before, and is none that could be replaced again."""
        digest = self._texts.pop(key, b"")
        if self._ids.get(digest) == key:
            del self._ids[digest]
        self._similar.drop(key)
        for ids in self._former.values() if key in self._where else ():
            ids.discard(key)
        self._where.pop(key, None)
        self._last = (None, {})

    def where(self, key: str) -> Where:
        """The file and the line that hold a letter."""
        return self._where[key]

    def with_text(self, text: str) -> str | None:
        """The id of the letter with this canonical text, white space aside."""
        digest = _digest(text)
        key = self._ids.get(digest)
        # What is not added again must be there: what was noted of it is not believed unseen.
        return key if key is not None and _digest(self._text_of(key)) == digest else None

    def with_bytes(self, content: bytes) -> tuple[Path, str] | None:
        """The stored file that holds exactly these bytes and the id of its letter (of many: its name)."""
        waiting = self._sizes.pop(len(content), [])
        for path in waiting:
            if path.is_file():
                self._contents[_hash(path.read_bytes())] = path
        there = self._contents.get(_hash(content)) if content else None
        # A file may have been written over since: what it holds now decides.
        if there is None or not there.is_file() or there.read_bytes() != content:
            return None
        return there, self._at.get(there, stem(there))

    def former(self, file: str, raw: RawDocument, *, line: bool = False) -> str | None:
        """The letter from before that a file of this name is a later form of (`line`: only the one of the same id).

        It is the one that is most like it, and unlike no letter that states another number.
        """
        ids = self._former.get(folded(file), set())
        ids = ids & {raw.id} if line else ids
        if not ids:
            return None
        letter = parse_letter(raw)
        formers = [(parse_letter(self._document(key)), key) for key in ids]
        likes = [(_likeness(former, letter), _enough(former, letter), key) for former, key in formers]
        return max(((like, key) for like, enough, key in likes if like >= enough), default=(0.0, None))[1]

    def nearest(self, text: str) -> tuple[str, float] | None:
        """The letter that is nearly identical to this text and how much of the two is the same."""
        return self._similar.nearest(text)

    def _place(self, key: str, where: Where, digest: bytes) -> None:
        self._ids.setdefault(digest, key)
        self._texts[key], self._where[key] = digest, where
        if not where[1]:
            self._at[where[0]] = key

    def _text_of(self, key: str) -> str:
        return clean(self._document(key).text).text

    def _document(self, key: str) -> RawDocument:
        """The document of an id, read again; the lines of the file that was looked at last are kept."""
        path, line = self._where[key]
        if self._last[0] != path:
            self._last = (path, {raw.line: raw for raw in self._shelf.documents(path, lambda problem: None)})
        return self._last[1][line]


def canonical(raw: RawDocument) -> str:
    """The text of the letter that a document holds, without its record."""
    return clean(masked(raw).text).text


def print_of(text: str) -> Print:
    """What tells a letter of this text from others."""
    return Print(_digest(text), longest(text))


def _digest(text: str) -> bytes:
    return _hash("".join(text.split()).encode(errors="surrogatepass"))


def _hash(content: bytes) -> bytes:
    return hashlib.blake2b(content, digest_size=DIGEST).digest()


def _likeness(one: Letter, other: Letter) -> float:
    """1 for the same case of the same sender, 0 for different case numbers, else how much of the texts is the same."""
    ours, theirs = _numbers(one), _numbers(other)
    if ours and theirs and not ours & theirs:
        return 0.0
    share = similarity(one.text, other.text)
    same = all(_agree(getattr(one.metadata, name), getattr(other.metadata, name)) for name in ("kind", "issuer"))
    # Above any share, so that the same case wins over a text that is alike; among several the most alike.
    return 1 + share if ours & theirs and same else share


def _enough(one: Letter, other: Letter) -> float:
    """How alike two letters of one file name must be: less where they state the same case number or title."""
    title, same_title = one.metadata.title, other.metadata.title
    named = title is not None and same_title is not None and title.value == same_title.value
    return SAME_LETTER if named or _numbers(one) & _numbers(other) else SAME_UNNAMED


def _numbers(letter: Letter) -> set[str]:
    return {number.value.lstrip("0") for number in letter.metadata.numbers}


def _agree(one: object, other: object) -> bool:
    values: Iterable[object] = (getattr(one, "value", None), getattr(other, "value", None))
    return len({value for value in values if value}) < 2
