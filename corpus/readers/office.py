"""Old office formats (.doc, .wps, .rtf, .odt), turned into .docx by LibreOffice where it is installed."""

import atexit
import contextlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
from pathlib import Path

from corpus.errors import UnreadableFile
from corpus.readers.limits import CPU_SECONDS, FILE_BYTES, OFFICE_BYTES, OFFICE_SECONDS

_PROGRAMS = ("soffice", "libreoffice")
_PLACES = (
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    r"C:\Program Files\LibreOffice\program\soffice.exe",
)
_SAVE_AS = "请用 Word 或 WPS 打开，另存为 .docx"
# The limits are set in a process of our own that then becomes LibreOffice: nothing runs between fork and exec.
_LIMITED = (
    "import os, sys\n"
    "try:\n"
    "    import resource\n"
    f"    resource.setrlimit(resource.RLIMIT_AS, ({OFFICE_BYTES}, {OFFICE_BYTES}))\n"
    f"    resource.setrlimit(resource.RLIMIT_CPU, ({CPU_SECONDS * 2}, {CPU_SECONDS * 2}))\n"
    "except (ImportError, OSError, ValueError):\n"
    "    pass\n"
    "os.execv(sys.argv[1], sys.argv[1:])"
)
_one_at_a_time = threading.Lock()  # two runs on one profile refuse each other
_profiles: list[Path] = []


def office_program() -> str | None:
    """The path of LibreOffice, None where it is not installed."""
    named = (shutil.which(program) for program in _PROGRAMS)
    return next((path for path in (*named, *filter(os.path.exists, _PLACES)) if path), None)


def to_docx(data: bytes, ending: str, name: str, seconds: float = OFFICE_SECONDS) -> bytes:
    """The same document as .docx; raises UnreadableFile where LibreOffice is missing, fails or takes too long."""
    program = office_program()
    if program is None:
        problem = f"是旧格式（{ending}），要先用 LibreOffice 转换，本机没有安装"
        raise UnreadableFile(name, problem, f"{_SAVE_AS}；或安装 LibreOffice 后再试")
    with _one_at_a_time, tempfile.TemporaryDirectory(prefix="fuwen-") as folder:
        source = Path(folder, f"letter{ending}")
        source.write_bytes(data)
        _run(program, source, name, seconds)
        converted = source.with_suffix(".docx")
        if not converted.is_file() or not 0 < converted.stat().st_size <= FILE_BYTES:
            raise UnreadableFile(name, "LibreOffice 没能转换，文件可能已损坏或有密码", _SAVE_AS)
        return converted.read_bytes()


def _run(program: str, source: Path, name: str, seconds: float) -> None:
    command = [program, f"-env:UserInstallation={_profile().as_uri()}", "--headless", "--norestore", "--nolockcheck"]
    command += ["--convert-to", "docx", "--outdir", str(source.parent), str(source)]
    if os.name == "posix":
        command = [sys.executable, "-I", "-c", _LIMITED, *command]
    process = subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        cwd=source.parent,
        start_new_session=True,
    )
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired as error:
        raise UnreadableFile(name, f"LibreOffice 转换了 {seconds:.0f} 秒还没有完成，已停止", _SAVE_AS) from error
    finally:
        _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    """End the program and what it started."""
    if os.name == "posix":
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
    else:
        process.kill()
    process.wait()


def _profile() -> Path:
    """A profile of our own, made once for as long as this process lives: the user's own stays untouched."""
    if not _profiles:
        _profiles.append(Path(tempfile.mkdtemp(prefix="fuwen-office-")))
        atexit.register(shutil.rmtree, _profiles[0], ignore_errors=True)
    return _profiles[0]
