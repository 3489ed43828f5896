"""The process that opens foreign files: it serves one request after another, and may be killed at any moment."""

import os
import struct
import sys
import zlib
from collections.abc import Callable
from zipfile import BadZipFile

from corpus.errors import UnreadableFile
from corpus.readers.archive import Shelf
from corpus.readers.frames import BrokenFrame, Head, read_frame, write_frame
from corpus.readers.limits import CPU_SECONDS, WORKER_BYTES

Answer = tuple[Head, bytes]
# What the libraries raise for a damaged file. Anything else ends the process, and the parent says the same of the file.
_DAMAGE = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    BadZipFile,
    EOFError,
    LookupError,
    NotImplementedError,
    OSError,
    RecursionError,
    RuntimeError,
    SyntaxError,  # lxml's errors are syntax errors
    TypeError,
    ValueError,
    struct.error,
    zlib.error,
)
DAMAGED = ("文件已损坏或不合格式规范，读取时出错", "请用原来的软件打开，另存后再试")
TOO_LARGE = ("读取时内存超过上限", "请拆分文件，或另存为 .txt 后再试")


def main() -> None:
    """Serve until the parent closes the pipe."""
    requests, answers = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints must not get among the frames
    shelf = Shelf()
    _limit_memory()
    while True:
        try:
            head, body = read_frame(requests)
        except BrokenFrame:
            return
        _allow_seconds()
        try:
            answer = _answer(head, body, shelf)
        except MemoryError:
            write_frame(answers, {"problem": TOO_LARGE, "over": True})
            return
        write_frame(answers, *answer)


def _answer(head: Head, body: bytes, shelf: Shelf) -> Answer:
    try:
        return _operations(shelf)[head["op"]](head, body)
    except UnreadableFile as problem:
        return {"problem": (problem.problem, problem.mend)}, b""
    except _DAMAGE:
        return {"problem": DAMAGED}, b""


def _operations(shelf: Shelf) -> dict[str, Callable[[Head, bytes], Answer]]:
    return {"word": _word, "pdf": _pdf, "html": _html, "mht": _mht, "open": shelf.open, "member": shelf.member}


def _word(head: Head, body: bytes) -> Answer:
    from corpus.readers.word import read_word

    return {"title": None}, read_word(body, head["name"]).encode("utf-8", "replace")


def _pdf(head: Head, body: bytes) -> Answer:
    from corpus.readers.pdf import read_pdf

    return {"title": None}, read_pdf(body, head["name"]).encode("utf-8", "replace")


def _html(head: Head, body: bytes) -> Answer:
    from corpus.readers.html import read_html

    title, text = read_html(body, head["name"])
    return {"title": title}, text.encode("utf-8", "replace")


def _mht(head: Head, body: bytes) -> Answer:
    from corpus.readers.html import read_mht

    title, text = read_mht(body, head["name"])
    return {"title": title}, text.encode("utf-8", "replace")


def _limit_memory() -> None:
    """No more address space than now and the allowance; systems without such limits do without."""
    try:
        import resource

        with open("/proc/self/statm", encoding="ascii") as file:
            held = int(file.read().split()[0]) * resource.getpagesize()
        resource.setrlimit(resource.RLIMIT_AS, (held + WORKER_BYTES, held + WORKER_BYTES))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    except (ImportError, OSError, ValueError):
        return


def _allow_seconds() -> None:
    """Processor seconds for the next request, on top of what was used: beyond them the system ends the process."""
    try:
        import resource

        used = resource.getrusage(resource.RUSAGE_SELF)
        limit = int(used.ru_utime + used.ru_stime) + CPU_SECONDS + 1
        resource.setrlimit(resource.RLIMIT_CPU, (limit, resource.getrlimit(resource.RLIMIT_CPU)[1]))
    except (ImportError, OSError, ValueError):
        return


if __name__ == "__main__":
    main()
