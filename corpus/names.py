"""Names in the folder of letters: which file and id a stored path stands for, and where a new letter is put.

letters/答复.txt                      a plain file as it came
letters/2/答复.txt                    another letter of that file name; its id is 答复-2
letters/converted/答复.docx.jsonl     the text of a Word file, one line; its id is 答复
letters/converted/2/答复.docx.jsonl   another letter of that file name
"""

import re
import unicodedata
from dataclasses import dataclass
from pathlib import Path

from corpus.privacy import mask
from corpus.read import LINE_SUFFIXES, TEXT_SUFFIXES, stem, whole

LETTERS, CONVERTED = "letters", "converted"
# Bytes that a name may have on the file systems that we know.
_LONGEST = 255
_TEXT = ".jsonl"
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060\ufeff\ufffe]+")


@dataclass(frozen=True)
class Place:
    """What a stored path stands for: the name of the file that was added, the id of its letter."""

    file: str
    id: str
    converted: bool = False


def tidy(name: str) -> str:
    r"""The name as it may be shown, stored and typed: one line, no path, no personal numbers.

    >>> tidy("../答\n复13812345678.txt")
    '答 复138****5678.txt'
    """
    name = _CONTROL.sub(" ", whole(name)).replace("\\", "/").rstrip("/").rsplit("/", 1)[-1]
    head, dot, ending = name.rpartition(".")
    return (mask(head) + dot + mask(ending)).strip().lstrip(". ") or "未命名"


def one_line(text: str) -> str:
    r"""An id as it may be shown and typed: one line of whole characters.

    >>> one_line("卷/2\n的答复")
    '卷/2 的答复'
    """
    return _CONTROL.sub(" ", whole(text)).strip()


def folded(name: str) -> str:
    """The name as file systems compare it that ignore case and the two ways of writing é."""
    return unicodedata.normalize("NFC", name).casefold()


def is_plain(path: Path | str) -> bool:
    """Whether a file of this name is stored and read as it is; all others are converted once, when they are added."""
    return str(path).lower().endswith(TEXT_SUFFIXES + LINE_SUFFIXES)


def has_lines(path: Path | str) -> bool:
    """Whether a file of this name holds a letter a line."""
    return str(path).lower().endswith(LINE_SUFFIXES)


def place_of(path: Path, home: Path) -> Place:
    """The file and the id that a path below the data folder stands for.

    >>> place_of(Path("data/letters/converted/2/答复.docx.jsonl"), Path("data"))
    Place(file='答复.docx', id='答复-2', converted=True)
    """
    parts = path.relative_to(home).parts[:-1] if path.is_relative_to(home) else ()
    converted = parts[:2] == (LETTERS, CONVERTED) and path.name.lower().endswith(_TEXT)
    file = one_line(path.name[: -len(_TEXT)] if converted else path.name)
    count = parts[2:] if converted else parts[1:] if parts[:1] == (LETTERS,) else ()
    number = f"-{count[0]}" if len(count) == 1 and re.fullmatch(r"[1-9]\d*", count[0]) else ""
    return Place(file, stem(Path(file)) + number, converted)


def path_for(home: Path, file: str, number: int = 1, *, converted: bool = False) -> Path:
    """Where the letter of a file of this (tidy) name is put, `number` telling letters of one name apart."""
    folder = home / LETTERS / CONVERTED if converted else home / LETTERS
    folder = folder / str(number) if number > 1 else folder
    return folder / (file + _TEXT if converted else file)


def shortened(file: str) -> str:
    """The name cut so that it can be stored; its ending stays.

    >>> len(shortened("关于" * 100 + ".txt").encode())
    247
    """
    name = stem(Path(file))
    ending = file[len(name) :]
    room = _LONGEST - len((ending + _TEXT).encode())
    if len(name.encode()) <= room:
        return file
    return name.encode()[:room].decode(errors="ignore") + ending
