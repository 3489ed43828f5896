"""Times the library of letters: adding many in one call, one to many, parsing, and the memory that each takes."""

import argparse
import json
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

FUWEN = str(Path(sys.executable).with_name("fuwen"))
CITIES = ("昆明市", "银川市", "郑州市", "合肥市", "长沙市", "南宁市", "济南市", "贵阳市", "兰州市", "福州市")
SURNAMES, GIVEN = "王李张刘陈杨赵黄周吴徐孙", "建国志强文静海燕晓东明丽玉兰"
THINGS = (
    "科技成果转化",
    "高新技术企业",
    "创新平台",
    "科技金融",
    "人才引进",
    "知识产权",
    "技术合同",
    "研发投入",
    "产学研合作",
)
FIELDS = ("生物医药", "稀贵金属", "光电子", "新能源电池", "高原农业", "装备制造", "数字经济", "绿色食品", "应急安全")
VERBS = ("培育", "支持", "引导", "推动", "组织", "协调", "鼓励", "建设", "完善", "落实")


def letter(n: int, chance: random.Random) -> str:
    """A reply of some 2,000 characters, unlike any other of the run."""
    city, thing = chance.choice(CITIES), chance.choice(THINGS)
    who = chance.choice(SURNAMES) + chance.choice(GIVEN) + chance.choice(GIVEN)
    year, body = chance.randint(2016, 2024), chance.choice(("市十五届人大三次会议", "市十四届人大二次会议"))
    lines = [
        f"{city}科学技术局关于{body}第{n:05d}号建议的答复",
        f"{who}代表：",
        f"　　您提出的《关于加强{chance.choice(FIELDS)}领域{thing}的建议》收悉，现答复如下：",
    ]
    for number in "一二三四":
        lines.append(f"　　{number}、{chance.choice(VERBS)}{chance.choice(FIELDS)}{chance.choice(THINGS)}")
        lines += [f"　　（{part}）{_paragraph(city, year, chance)}" for part in "一二三"]
    lines += [
        "　　感谢您对科技工作的关心和支持。",
        f"{city}科学技术局",
        f"{year}年{chance.randint(1, 12)}月{chance.randint(1, 28)}日",
    ]
    return "\n".join(lines) + "\n"


def _paragraph(city: str, year: int, chance: random.Random) -> str:
    words = [
        f"{chance.choice(VERBS)}{chance.choice(FIELDS)}{chance.choice(THINGS)}，{year - 1}年{city}新增{chance.choice(THINGS)}项目{chance.randint(3, 999)}项，"
        f"同比增长{chance.randint(1, 60)}.{chance.randint(0, 9)}%，投入资金{chance.randint(1, 90)}.{chance.randint(10, 99)}亿元"
        for _ in range(2)
    ]
    return "。".join(words) + "。"


def generate(folder: Path, count: int) -> None:
    """Write `count` letters into a folder, a file each."""
    chance = random.Random(7)
    folder.mkdir()
    for n in range(count):
        (folder / f"复文{n:05d}.txt").write_text(letter(n, chance), encoding="utf-8")


def timed(*command: str | Path) -> tuple[float, float]:
    """Seconds and peak memory (MB) of one whole process."""
    begun = time.perf_counter()
    with subprocess.Popen(
        [str(word) for word in command], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    ) as process:
        said = process.stderr.read() if process.stderr else b""
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"{command}: {said.decode()[-500:]}")
    return time.perf_counter() - begun, usage.ru_maxrss / 1024


def main() -> None:
    """Print a row a figure: seconds, letters a second, peak memory."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("count", nargs="?", type=int, default=10_000)
    count = parser.parse_args().count
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with tempfile.TemporaryDirectory(prefix="fuwen-bench-") as home:
        source, data, out = Path(home) / "source", Path(home) / "data", Path(home) / "out.jsonl"
        generate(source, count)
        one = Path(home) / "另一件.txt"
        one.write_text(letter(count, random.Random(8)), encoding="utf-8")
        rows = {
            "corpus parse": (count, (FUWEN, "corpus", "parse", source, "--out", out)),
            "corpus add, all in one call": (count, (FUWEN, "corpus", "add", source, "--data", data)),
            "corpus add, the same again": (count, (FUWEN, "corpus", "add", source, "--data", data)),
            "corpus add, one more": (1, (FUWEN, "corpus", "add", one, "--data", data)),
            "corpus list": (count, (FUWEN, "corpus", "list", "--data", data)),
            "corpus check": (count, (FUWEN, "corpus", "check", "--data", data, "--json")),
            "corpus remove, one": (1, (FUWEN, "corpus", "remove", "另一件", "--data", data)),
        }
        for name, (letters, command) in rows.items():
            try:
                seconds, memory = timed(*command)
            except RuntimeError as error:
                print(f"{name:30} {error}")
                continue
            print(
                f"{name:30} {seconds:7.1f} s  {letters / seconds:7.0f} letters/s  {memory:6.0f} MB",
                json.dumps({"seconds": round(seconds, 2), "mb": round(memory)}),
                flush=True,
            )


if __name__ == "__main__":
    main()
