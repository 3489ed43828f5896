"""Reads what a chat model writes, piece by piece: statements with their handles, and each malformed part by its name.

Two forms are read: `<statement>陈述。<cite>[^1][^3]</cite></statement>`, which the prompt demands, and a line that ends
with its handles, `陈述。[^1][^3]`. Nothing is mended: what has neither form is a Fault.
"""

import re
from collections.abc import Generator, Iterable, Iterator
from dataclasses import dataclass

# A statement that is not closed by then is no statement.
LONGEST = 800

FAULTS = {
    "no_handle": "没有标出依据",
    "bad_handle": "依据标号写错",
    "unclosed": "陈述没有写完",
    "stray": "格式之外的文字",
    "overlong": "一句过长",
}

_MARK = r"\[\^\d{1,4}\]"
_TAGGED = re.compile(r"<statement>(?P<text>[^<>]*)(?:<cite>(?P<cite>[^<>]*)</cite>)?</statement>")
_MISSING = re.compile(r"<missing>(?P<text>[^<>]*)</missing>")
_HANDLES = re.compile(rf"(?:{_MARK}|[\s,，、])*")
_NUMBER = re.compile(r"\[\^(\d{1,4})\]")
_RUN = re.compile(rf"(?P<text>[^\[]*(?:\[(?!\^\d)[^\[]*)*)(?P<marks>(?:{_MARK}\s*)+)(?P<stop>[。！？；;]?)")
_THOUGHT = r"</?(?:think|thinking|reasoning)>"
_END = re.compile(rf"\n|</statement>|</missing>|{_THOUGHT}", re.IGNORECASE)
_THOUGHT_ENDS = re.compile(r"</(?:think|thinking|reasoning)>", re.IGNORECASE)
_BULLET = re.compile(r"^(?:[-*•]\s+)+")
# The longest of the ends above: so much of what was searched may be the beginning of one.
_OVERLAP = len("</reasoning>")


@dataclass(frozen=True)
class Statement:
    """A sentence and the numbers of the evidence that it names."""

    text: str
    handles: tuple[int, ...]


@dataclass(frozen=True)
class Missing:
    """What the model says that the evidence does not state."""

    text: str


@dataclass(frozen=True)
class Fault:
    """A part that has no form of ours; `name` is a key of FAULTS."""

    name: str
    text: str


@dataclass(frozen=True)
class Restart:
    """All before it was a thought, not said to the reader."""


Unit = Statement | Missing | Fault | Restart


def read(pieces: Iterable[str]) -> Generator[Unit, None, None]:
    """The units of a reply, each as soon as it is closed; thoughts (<think>…</think>) are left out.

    >>> list(read(["<statement>余额为90.31亿元。<cite>[^", "1]</cite></statement>"]))
    [Statement(text='余额为90.31亿元。', handles=(1,))]
    """
    for line in _lines(pieces):
        if isinstance(line, str):
            yield from parse(line)
        else:
            yield line


def parse(line: str) -> Iterator[Unit]:
    """The units of one closed line.

    >>> list(parse("余额为90.31亿元[^1]。成绩很大。"))
    [Statement(text='余额为90.31亿元。', handles=(1,)), Fault(name='no_handle', text='成绩很大。')]
    """
    line = _BULLET.sub("", line.strip()).replace("**", "")
    tagged, missing = _TAGGED.fullmatch(line), _MISSING.fullmatch(line)
    if missing:
        yield Missing(missing["text"].strip())
    elif tagged:
        yield _tagged(tagged["text"].strip(), tagged["cite"] or "")
    elif "<statement>" in line:
        # What stands before or around a statement is a part of its own.
        before, _, rest = line.partition("<statement>")
        if before.strip():
            yield from parse(before)
            yield from parse(f"<statement>{rest}")
        else:
            yield Fault("unclosed" if "</statement>" not in rest else "stray", line)
    elif re.search(r"\w", line):
        yield from _bare(line)


def _tagged(text: str, cite: str) -> Unit:
    if not _HANDLES.fullmatch(cite) or _NUMBER.search(text):
        return Fault("bad_handle", f"{text}{cite}")
    handles = tuple(int(n) for n in _NUMBER.findall(cite))
    return Statement(text, handles) if handles and text else Fault("no_handle" if text else "stray", text)


def _bare(line: str) -> Iterator[Unit]:
    """A line without tags: each run of handles closes a statement; a mark within a sentence counts for the sentence."""
    if re.search(r"</?(?:statement|cite|missing)>", line):
        yield Fault("stray", line)
        return
    text, handles, end = "", list[int](), 0
    for run in _RUN.finditer(line):
        if re.search(r"\w", text) and run["text"].lstrip()[:1] not in tuple("，,、；;：:"):
            yield Statement(text, tuple(handles))
            text, handles = "", []
        text += run["text"].strip() + run["stop"]
        handles += [int(n) for n in _NUMBER.findall(run["marks"])]
        end = run.end()
    if re.search(r"\w", text):
        yield Statement(text, tuple(handles))
    elif handles:
        yield Fault("stray", line)
    if re.search(r"\w", line[end:]):
        yield Fault("no_handle", line[end:].strip())


def _lines(pieces: Iterable[str]) -> Iterator[str | Fault | Restart]:
    """Closed lines without thoughts; a line also ends after a closing tag."""
    held, searched, mode = "", 0, "say"
    for piece in pieces:
        held += piece
        while True:
            found = (_THOUGHT_ENDS if mode == "think" else _END).search(held, searched)
            if found is None:
                break
            end, line = found[0].lower(), held[: found.start()]
            held, searched = held[found.end() :], 0
            if mode == "think":
                mode = "say"
            elif re.fullmatch(_THOUGHT, end):
                yield Restart() if end.startswith("</") else _closed(line)
                mode = "say" if end.startswith("</") else "think"
            else:
                if mode == "say":
                    yield _closed(line + (found[0] if end != "\n" else ""))
                mode = "say"
        if mode == "say" and len(held) > LONGEST:
            yield Fault("overlong", held[:60])
            mode = "skip"
        if mode != "say":
            held = held[-_OVERLAP:]
        searched = max(0, len(held) - _OVERLAP)
    if mode == "say":
        yield _closed(held)


def _closed(line: str) -> str | Fault:
    return line if len(line) <= LONGEST else Fault("overlong", line[:60])
