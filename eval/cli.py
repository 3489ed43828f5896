"""The command `fuwen` with `fuwen eval` added; light, because every command of the assistant starts here too."""

import argparse
import sys
from collections.abc import Callable
from importlib import import_module
from typing import Any

from assistant.cli import main, path

_GATE, _OUTSIDE = "eval.commands_gate", "eval.commands_outside"


def run() -> int:
    """Run the command line of this process; returns its exit status."""
    return main(sys.argv[1:], extend=add_eval_parser)


def add_eval_parser(commands: Any) -> None:
    """Add `eval` with its actions to the subparsers of `fuwen`."""
    evaluate = commands.add_parser("eval", help="用题库评测检索、回答、引文和拒答")
    actions = evaluate.add_subparsers(metavar="动作", required=True)
    runs = actions.add_parser("run", help="跑题库，列出指标和未通过的题")
    _with_gold(runs, "eval_run", "哪一部分（默认 dev；有 --gate 时全部）")
    runs.add_argument("--out", type=path, metavar="FILE", help="逐题结果写到哪里（JSON）")
    runs.add_argument("--json", action="store_true", help="在标准输出给 JSON，不给表")
    runs.add_argument("--gate", action="store_true", help="按 eval/floors.toml 判定，达不到则退出码为 1")
    runs.add_argument("--condition", metavar="NAME", help="在哪种条件下跑（见 eval/conditions.toml，默认 default）")
    check = actions.add_parser("check", help="检查题库：引文逐字、题号不重、取值在库")
    _with_gold(check, "eval_check", "哪一部分（默认全部）")
    robust = actions.add_parser("robust", help="同样的题换成错字、全角、繁体，或混入无关文件，还能答对多少")
    _with_gold(robust, "eval_robust", "哪一部分（默认 dev）")
    robust.add_argument("--others", type=int, metavar="N", help="混入多少件无关文件（默认 2000，0 为不混）")
    _add_judging(actions)
    _add_outside(actions)


def _add_judging(actions: Any) -> None:
    """The commands that hold results against others, against the baseline and against the floors."""
    gate = actions.add_parser("gate", help="判定能否通过：0 通过，1 质量不够，2 测不出来")
    _judged(gate, "eval_gate")
    gate.add_argument("--report", type=path, metavar="DIR", help="连同判定写成报告（results.json、md、html、junit）")
    gate.add_argument("--once", action="store_true", help="只跑一遍，不核对两遍是否相同")
    compare = actions.add_parser("compare", help="比较两份结果：指标的差和区间，变错、变对的题")
    compare.add_argument("before", type=path, metavar="A.json", help="旧的结果")
    compare.add_argument("after", type=path, metavar="B.json", help="新的结果")
    compare.add_argument("--floors", type=path, metavar="FILE", help="门槛文件（默认 eval/floors.toml）")
    compare.add_argument("--json", action="store_true", help="在标准输出给 JSON，不给表")
    compare.set_defaults(handler=_handler("eval_compare", _GATE))
    steps = actions.add_parser("baseline", help="管理基线").add_subparsers(metavar="动作", required=True)
    accept = steps.add_parser("accept", help="列出与现有基线的差别，再写成新的基线")
    _judged(accept, "eval_baseline_accept")
    accept.add_argument(
        "--reason", action="append", metavar="理由", help="为什么可以变错：对全部，或写成 题号=理由（可多次）"
    )
    report = actions.add_parser("report", help="把结果写成报告：Markdown、网页、JUnit")
    report.add_argument("results", type=path, metavar="RESULTS", help="eval run --out 写的结果")
    report.add_argument("--out", type=path, required=True, metavar="DIR", help="写到哪个文件夹")
    report.add_argument("--baseline", type=path, metavar="FILE", help="基线（默认 eval/baseline.jsonl）或另一份结果")
    report.add_argument("--beside", type=path, nargs="+", metavar="FILE", help="并列展示的其他条件的结果")
    report.set_defaults(handler=_handler("eval_report", "eval.reporting"))


def _judged(parser: argparse.ArgumentParser, handler: str) -> None:
    parser.add_argument("results", type=path, nargs="?", metavar="RESULTS", help="结果文件（不给就现在跑）")
    parser.add_argument("--gold", type=path, metavar="PATH", help="题库文件或文件夹（默认自带的）")
    parser.add_argument("--data", type=path, metavar="DIR", help="语料所在的文件夹（默认自带的复文）")
    parser.add_argument("--baseline", type=path, metavar="FILE", help="基线文件（默认 eval/baseline.jsonl）")
    parser.add_argument("--floors", type=path, metavar="FILE", help="门槛文件（默认 eval/floors.toml）")
    parser.add_argument("--out", type=path, metavar="FILE", help="现在跑的结果写到哪里（JSON）")
    parser.set_defaults(handler=_handler(handler, _GATE), once=False)


def _add_outside(actions: Any) -> None:
    """The commands that measure on material from elsewhere."""
    outside = actions.add_parser("outside", help="用外部阅读理解题集评测")
    outside.add_argument(
        "folder", type=path, metavar="DIR", help="含 passages.jsonl[.gz] 与 questions.jsonl[.gz] 的文件夹"
    )
    outside.add_argument("--limit", type=int, metavar="N", help="只问前 N 题")
    outside.add_argument("--json", action="store_true", help="在标准输出给 JSON，不给表")
    outside.set_defaults(handler=_handler("eval_outside", _OUTSIDE))
    records = actions.add_parser("records", help="用标注的页面逐字段核对读出的记录")
    records.add_argument("folders", type=path, nargs="+", metavar="DIR", help="含页面文件与 labels.jsonl 的文件夹")
    records.add_argument("--wrong", action="store_true", help="逐条列出与标注不符的值")
    records.add_argument("--json", action="store_true", help="在标准输出给 JSON，不给表")
    records.add_argument("--gate", type=float, metavar="RATE", help="总正确率低于它（0 到 1）则退出码为 1")
    records.set_defaults(handler=_handler("eval_records", _OUTSIDE))


def _with_gold(parser: argparse.ArgumentParser, handler: str, which: str) -> None:
    parser.add_argument(
        "--gold", type=path, metavar="PATH", help="题库文件（JSONL）或装有 core、dev、test.jsonl 的文件夹"
    )
    parser.add_argument("--split", choices=("core", "dev", "test", "all"), help=which)
    parser.add_argument("--data", type=path, metavar="DIR", help="存放语料和索引的文件夹（也可用 FUWEN_DATA）")
    parser.set_defaults(handler=_handler(handler))


def _handler(name: str, module: str = "eval.command") -> Callable[[argparse.Namespace], int]:
    """The function of a module, imported only when its command runs."""

    def handle(arguments: argparse.Namespace) -> int:
        return int(getattr(import_module(module), name)(arguments))

    return handle
