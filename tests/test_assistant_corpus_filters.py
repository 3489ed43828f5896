"""`fuwen corpus list` with filters that name nothing, `add` of archives, `add` that is broken off."""

import os
import signal
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pytest

from corpus.library import Library
from tests.assistant_fakes import fuwen

ROOT = Path(__file__).parent.parent
RUN = "import sys; from eval.cli import run; sys.exit(run())"


@pytest.mark.parametrize(
    ("line", "told"),
    [
        (["--year", "abc"], "--year abc：不是年份。请写四位数字"),
        (["--year", "23"], "--year 23：不是年份"),
        (["--year", "²⁰²³"], "--year ²⁰²³：不是年份"),
        (["--region", "火星"], "--region 火星：语料中没有这个地区的材料。现有："),
        (["--region", "火星", "--json"], "昆明市"),
        (["--kind", "xyz"], "人大建议"),
    ],
)
def test_a_filter_that_names_nothing_is_one_line_and_status_2(
    line: list[str], told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert fuwen("corpus", "list", *line) == 2
    out, err = capsys.readouterr()
    assert told in err
    assert (out, err.count("\n")) == ("", 1)


def test_a_region_that_is_there_is_listed_and_a_year_without_letters_is_no_error(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert fuwen("corpus", "list", "--region", "云南省") == 0
    assert "昆明" in capsys.readouterr().out
    assert fuwen("corpus", "list", "--year", "1987") == 0
    assert capsys.readouterr() == ("", "")


def test_a_file_in_an_archive_is_named_with_the_archive(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with zipfile.ZipFile(tmp_path / "包.zip", "w") as packed:
        packed.writestr("桃/甲.txt", "关于种桃的报告\n共种桃树1350亩。\n")
        packed.writestr("行.jsonl", '{"id": "R1", "text": "茶园面积为77亩。"}\n')
    data = tmp_path / "data"
    assert fuwen("corpus", "add", tmp_path / "包.zip", "--data", data) == 0
    shown = [line.split("\t")[0] for line in capsys.readouterr().out.splitlines()]
    assert sorted(shown) == ["包.zip 中的 甲.txt", "包.zip 中的 行.jsonl"]
    files = {letter.id: letter.file for letter in Library(data, builtin=False).letters()}
    assert files["甲"] == "甲.txt"
    assert all("包" not in file for file in files.values())


def test_an_adding_that_is_broken_off_says_what_is_in_and_goes_on_when_run_again(tmp_path: Path) -> None:
    source, data = tmp_path / "source", tmp_path / "data"
    source.mkdir()
    for n in range(900):
        (source / f"桃{n:03}.txt").write_text(f"关于第{n}片桃园的报告\n种桃树{n + 100}亩。\n", encoding="utf-8")
    line = [sys.executable, "-c", RUN, "corpus", "add", str(source), "--data", str(data)]
    environment = {**os.environ, "PYTHONIOENCODING": "utf-8"}
    begun = subprocess.Popen(
        line, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8"
    )
    until = time.monotonic() + 30
    while not (data / "letters" / "桃005.txt").exists() and time.monotonic() < until:
        time.sleep(0.002)
    begun.send_signal(signal.SIGINT)
    out, err = begun.communicate(timeout=60)
    kept = len(list((data / "letters").glob("桃*.txt")))
    assert (begun.returncode, out) == (130, "")
    done = int(err.split("已处理 ")[1].split(" ")[0])
    assert err == f"fuwen: 已中断：900 个文件中已处理 {done} 个，都已保存；再运行同一条命令会接着加入，已有的不会重复\n"
    assert 5 <= done <= kept <= done + 1
    again = subprocess.run(line, cwd=ROOT, env=environment, capture_output=True, encoding="utf-8", check=True)
    assert f"新增 {900 - kept} 件" in again.stdout
    assert f"已有 {kept} 件" in again.stdout
