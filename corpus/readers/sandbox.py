"""The parent's side of the worker: one process that opens foreign files, killed when it takes too long or too much."""

import atexit
import os
import subprocess
import sys
import threading
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, BinaryIO, cast

from corpus.errors import UnreadableFile
from corpus.readers.frames import BrokenFrame, Head, read_frame, write_frame
from corpus.readers.limits import READ_SECONDS

_SLOW = ("读了很久仍没有读完，已停止", "请拆分文件，或另存为 .txt 后再试")
_CRASHED = ("文件已损坏或不合格式规范，读取时出错", "请用原来的软件打开，另存后再试")
_CORPUS = str(Path(__file__).resolve().parent.parent)
# -I: neither the working folder nor the environment may slip a module in between. The package `corpus` is put there
# without running its __init__: the worker needs nothing of the rest and starts in a third of the time.
_START = (
    "import sys, types; package = types.ModuleType('corpus'); "
    f"package.__path__ = [{_CORPUS!r}]; sys.modules['corpus'] = package; "
    "from corpus.readers.worker import main; main()"
)


@dataclass
class _Worker:
    """The running process, if there is one, and which process of ours started it."""

    process: subprocess.Popen[bytes] | None = None
    owner: int = 0
    lock: threading.RLock = field(default_factory=threading.RLock)


_worker = _Worker()


def ask(head: Head, body: bytes = b"", seconds: float = READ_SECONDS) -> tuple[Head, bytes]:
    """The worker's answer; raises UnreadableFile for `head["name"]` when it refuses, crashes or takes too long."""
    with _worker.lock:
        answer, content = _exchange(_running(), head, body, seconds)
        if answer.get("over"):
            close()
    if "problem" in answer:
        raise UnreadableFile(head["name"], *answer["problem"])
    return answer, content


def close() -> None:
    """End the worker, if there is one; the next question starts another."""
    with _worker.lock:
        process, _worker.process = _worker.process, None
        if process is None or _worker.owner != os.getpid():
            return
        process.kill()
        for stream in (process.stdin, process.stdout):
            _shut(cast("IO[bytes]", stream))
        process.wait()


def _exchange(process: subprocess.Popen[bytes], head: Head, body: bytes, seconds: float) -> tuple[Head, bytes]:
    late = threading.Event()

    def stop() -> None:
        late.set()
        process.kill()

    alarm = threading.Timer(seconds, stop)
    alarm.daemon = True
    alarm.start()
    answered = False
    try:
        write_frame(cast("BinaryIO", process.stdin), head, body)
        answer = read_frame(cast("BinaryIO", process.stdout))
        answered = not late.is_set()
    except (OSError, BrokenFrame, ValueError) as error:
        code = process.wait() if late.is_set() else process.poll()
        problem = _SLOW if late.is_set() or _out_of_seconds(code) else _CRASHED
        raise UnreadableFile(head["name"], *problem) from error
    finally:
        alarm.cancel()
        if not answered:  # also when the user interrupts: a late answer must never meet the next question
            close()
    return answer


def _out_of_seconds(code: int | None) -> bool:
    import signal

    return code is not None and code == -getattr(signal, "SIGXCPU", 0)


def _running() -> subprocess.Popen[bytes]:
    if _worker.process is None or _worker.owner != os.getpid() or _worker.process.poll() is not None:
        close()
        _worker.process = subprocess.Popen(
            [sys.executable, "-I", "-W", "ignore", "-c", _START],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=os.path.abspath(os.sep),
        )
        _worker.owner = os.getpid()
    return _worker.process


def _shut(stream: IO[bytes]) -> None:
    try:
        stream.close()
    except OSError:  # what was still to be written has nobody left to read it
        return


atexit.register(close)
