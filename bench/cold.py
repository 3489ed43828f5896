"""Times what a person waits for: a cold `fuwen ask`, a warm answer, building the index, opening the page."""

import json
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

FUWEN = str(Path(sys.executable).with_name("fuwen"))
QUESTION = "昆明市银税互动贷款余额是多少"
RUNS = 7


def timed(*command: str, environment: dict[str, str]) -> float:
    """Seconds of one whole process."""
    begun = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True, env=environment)
    return time.perf_counter() - begun


def page_up(environment: dict[str, str]) -> float:
    """Seconds from starting `fuwen chat` to the first page served."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    begun = time.perf_counter()
    server = subprocess.Popen(
        [FUWEN, "chat", "--no-browser", "--port", str(port)],
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        while time.perf_counter() - begun < 60:
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=5) as page:
                    page.read()
                return time.perf_counter() - begun
            except OSError:
                time.sleep(0.05)
        raise TimeoutError("the page did not come up within 60 s")
    finally:
        server.terminate()
        server.wait()


def main() -> None:
    """Print one row a figure: name, median, least, most (seconds; milliseconds for the warm answer)."""
    with tempfile.TemporaryDirectory() as home:
        environment = {**os.environ, "XDG_DATA_HOME": home}
        rows = {
            "index build, 5 letters (s)": [
                timed(FUWEN, "index", "build", "--force", environment=environment) for _ in range(RUNS)
            ]
        }
        rows["cold fuwen ask (s)"] = [timed(FUWEN, "ask", QUESTION, environment=environment) for _ in range(RUNS)]
        source, out = Path(home) / "in.jsonl", Path(home) / "out.jsonl"
        source.write_text(
            "".join(json.dumps({"id": n, "question": QUESTION}) + "\n" for n in range(50)), encoding="utf-8"
        )
        timed(FUWEN, "ask", "--batch", str(source), "--out", str(out), environment=environment)
        answers = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
        rows["warm answer (ms)"] = [sum(answer["timings_ms"].values()) for answer in answers[1:]]
        rows["page up (s)"] = [page_up(environment) for _ in range(3)]
    for name, values in rows.items():
        print(f"{name:28} median {statistics.median(values):7.2f}  least {min(values):7.2f}  most {max(values):7.2f}")


if __name__ == "__main__":
    main()
