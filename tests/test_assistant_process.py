"""`fuwen` as a process of its own: streams, exit status, what is loaded, a reader that goes away."""

import json
import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from assistant.ui.page import listen

RUN = "import sys; from eval.cli import run; sys.exit(run())"
ROOT = Path(__file__).parent.parent
PEACHES = "关于种桃的报告\n桃源县共种桃树1350亩，年产桃子920吨。\n"
QUESTION = "桃源县共种桃树多少亩？"


@pytest.fixture
def data(tmp_path: Path) -> Path:
    folder = tmp_path / "data"
    folder.mkdir()
    (folder / "桃.txt").write_text(PEACHES, encoding="utf-8")
    return folder


def fuwen(*line: str | Path, code: str = RUN, **environment: str) -> "subprocess.CompletedProcess[str]":
    """The command in a new interpreter."""
    return subprocess.run(
        [sys.executable, "-c", code, *map(str, line)],
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        timeout=60,
        cwd=ROOT,
        env={**os.environ, "PYTHONIOENCODING": "utf-8", **environment},
        check=False,
    )


def test_results_go_to_stdout_and_talk_to_stderr(data: Path) -> None:
    done = fuwen("ask", QUESTION, "--json", "--data", data)
    assert done.returncode == 0
    assert "1350亩" in json.loads(done.stdout)["answer"]
    assert "索引" in done.stderr
    assert fuwen("ask", QUESTION, "--json", "--data", data).stderr == ""


def test_a_question_loads_neither_torch_nor_langchain_nor_gradio(data: Path) -> None:
    spy = "import sys; from eval.cli import run; run(); print([m for m in ('torch', 'sentence_transformers', 'langchain_core', 'gradio') if m in sys.modules])"
    done = fuwen("ask", QUESTION, "--data", data, code=spy)
    assert done.stdout.splitlines()[-1] == "[]"


@pytest.mark.parametrize(
    ("line", "environment"),
    [
        (["ask", ""], {}),
        (["ask", "\x01\x02"], {}),
        (["ask", "问" * 10_000], {}),
        (["ask", QUESTION, "--kind", "x"], {}),
        (["ask", QUESTION], {"FUWEN_HITZ": "1"}),
        (["ask", QUESTION, "--data", "/nowhere/at/all"], {}),
    ],
)
def test_bad_input_is_one_line_and_status_2(line: list[str], environment: dict[str, str]) -> None:
    done = fuwen(*line, **environment)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("fuwen: ")
    assert done.stderr.count("\n") == 1


def test_a_port_in_use_is_one_line_and_status_2(data: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = fuwen("chat", "--no-browser", "--port", str(port), "--data", data)
    assert done.returncode == 2
    line = done.stderr.splitlines()[-1]
    assert line.startswith("fuwen: ")
    assert str(port) in line
    assert "Traceback" not in done.stderr


def test_a_reader_that_goes_away_is_no_error(data: Path) -> None:
    (data / "many.jsonl").write_text(
        "".join(json.dumps({"id": f"N{n}", "title": "桃", "text": PEACHES}) + "\n" for n in range(1500)),
        encoding="utf-8",
    )
    process = subprocess.Popen(
        [sys.executable, "-c", RUN, "corpus", "list", "--json", "--data", str(data)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=ROOT,
    )
    assert process.stdout is not None
    assert process.stderr is not None
    assert process.stdout.readline()
    process.stdout.close()
    said = process.stderr.read().decode()
    process.stderr.close()
    assert (process.wait(60), said) == (0, "")


def test_two_processes_print_the_same_bytes(data: Path) -> None:
    first, second = (fuwen("search", QUESTION, "--json", "--data", data, PYTHONHASHSEED=seed) for seed in ("1", "2"))
    assert first.returncode == 0
    assert first.stdout == second.stdout != ""


@pytest.mark.parametrize("encoding", ["ascii", "gb2312"])
def test_a_terminal_that_lacks_a_character_loses_no_answer(encoding: str, data: Path) -> None:
    (data / "桃.txt").write_text(PEACHES.replace("920吨", "920吨🍑"), encoding="utf-8")
    done = fuwen("ask", QUESTION, "--json", "--data", data, PYTHONIOENCODING=encoding)
    assert done.returncode == 0
    assert "Traceback" not in done.stderr


def test_json_stays_json_where_the_encoding_lacks_its_characters(data: Path) -> None:
    (data / "桃.txt").write_text(PEACHES.replace("920吨", "920·吨🍑"), encoding="utf-8")
    done = fuwen("corpus", "show", "桃", "--json", "--data", data, PYTHONIOENCODING="ascii")
    assert "920·吨🍑" in json.loads(done.stdout)["text"]


def test_an_address_of_another_machine_is_said(data: Path) -> None:
    done = fuwen("chat", "--no-browser", "--host", "203.0.113.7", "--port", "7861", "--data", data)
    assert done.returncode == 2
    line = done.stderr.splitlines()[-1]
    assert line.startswith("fuwen: 地址 203.0.113.7：")
    assert "端口" not in line


@pytest.mark.parametrize(("host", "warned"), [("127.0.0.1", False), ("localhost", False), ("0.0.0.0", True)])
def test_a_page_open_to_others_is_said(host: str, warned: bool, capsys: pytest.CaptureFixture[str]) -> None:
    listen(host, 0).close()
    assert ("同网的人都能打开" in capsys.readouterr().err) is warned
