"""The assistant in another program: the lines of the README run as they stand there."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


def lines(readme: str) -> str:
    """The Python of a README."""
    (block,) = re.findall(r"```python\n(.*?)```", (ROOT / readme).read_text(encoding="utf-8"), re.S)
    return str(block)


@pytest.mark.parametrize("readme", ["README.md", "README.zh-CN.md"])
def test_the_lines_of_the_readme_run_in_another_program(readme: str, tmp_path: Path) -> None:
    program = tmp_path / "program.py"
    program.write_text(lines(readme), encoding="utf-8")
    command = [sys.executable, "-W", "error::DeprecationWarning:__main__", str(program)]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("False ")
    assert "90.31亿元" in done.stdout


def test_the_chain_is_a_runnable_from_question_to_answer() -> None:
    from langchain_core.runnables import Runnable

    from assistant import open_assistant

    assistant = open_assistant()
    question = "昆明市银税互动贷款余额是多少"
    assert isinstance(assistant.chain, Runnable)
    assert (
        assistant.chain.invoke(question).text
        == assistant.ask(question).text
        == list(assistant.stream(question))[-1].text
    )
