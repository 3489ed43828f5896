"""The command `fuwen` with `fuwen eval` added; light, because every command of the assistant starts here too."""

import argparse
import sys
from collections.abc import Callable
from typing import Any

from assistant.cli import main, path


def run() -> int:
    """Run the command line of this process; returns its exit status."""
    return main(sys.argv[1:], extend=add_eval_parser)


def add_eval_parser(commands: Any) -> None:
    """Add `eval run`, `eval check`, `eval outside` and `eval records` to the subparsers of `fuwen`."""
    evaluate = commands.add_parser("eval", help="用题库评测检索、回答、引文和拒答")
    actions = evaluate.add_subparsers(metavar="动作", required=True)
    runs = actions.add_parser("run", help="跑题库，列出指标和未通过的题")
    _with_gold(runs, "eval_run", "哪一部分（默认 dev；有 --gate 时全部）")
    runs.add_argument("--out", type=path, metavar="FILE", help="逐题结果写到哪里（JSON）")
    runs.add_argument("--json", action="store_true", help="在标准输出给 JSON，不给表")
    runs.add_argument("--gate", action="store_true", help="按 eval/floors.toml 判定，达不到则退出码为 1")
    check = actions.add_parser("check", help="检查题库：引文逐字、题号不重、取值在库")
    _with_gold(check, "eval_check", "哪一部分（默认全部）")
    outside = actions.add_parser("outside", help="用外部阅读理解题集评测")
    outside.add_argument(
        "folder", type=path, metavar="DIR", help="含 passages.jsonl[.gz] 与 questions.jsonl[.gz] 的文件夹"
    )
    outside.add_argument("--limit", type=int, metavar="N", help="只问前 N 题")
    outside.add_argument("--json", action="store_true", help="在标准输出给 JSON，不给表")
    outside.set_defaults(handler=_handler("eval_outside"))
    records = actions.add_parser("records", help="用标注的页面逐字段核对读出的记录")
    records.add_argument("folders", type=path, nargs="+", metavar="DIR", help="含页面文件与 labels.jsonl 的文件夹")
    records.add_argument("--wrong", action="store_true", help="逐条列出与标注不符的值")
    records.add_argument("--json", action="store_true", help="在标准输出给 JSON，不给表")
    records.add_argument("--gate", type=float, metavar="RATE", help="总正确率低于它（0 到 1）则退出码为 1")
    records.set_defaults(handler=_handler("eval_records"))


def _with_gold(parser: argparse.ArgumentParser, handler: str, which: str) -> None:
    parser.add_argument(
        "--gold", type=path, metavar="PATH", help="题库文件（JSONL）或装有 core、dev、test.jsonl 的文件夹"
    )
    parser.add_argument("--split", choices=("core", "dev", "test", "all"), help=which)
    parser.add_argument("--data", type=path, metavar="DIR", help="存放语料和索引的文件夹（也可用 FUWEN_DATA）")
    parser.set_defaults(handler=_handler(handler))


def _handler(name: str) -> Callable[[argparse.Namespace], int]:
    """The function of eval/command.py, imported only when its command runs."""

    def handle(arguments: argparse.Namespace) -> int:
        from eval import command

        return int(getattr(command, name)(arguments))

    return handle
