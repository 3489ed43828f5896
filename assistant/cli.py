"""The command `fuwen`: reads the command line, calls the assistant, prints results on stdout and talk on stderr."""

import argparse
import json
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NoReturn

from corpus.errors import FuwenError, InputError

KINDS = ("人大建议", "政协提案", "议案", "其他")


class _Parser(argparse.ArgumentParser):
    """An argument parser whose errors are one line with the mend."""

    def error(self, message: str) -> NoReturn:
        raise InputError(self.prog, message, f"用法见 {self.prog} --help")


def main(argv: Sequence[str], extend: Callable[["argparse._SubParsersAction[_Parser]"], None] | None = None) -> int:
    """Run one command; `extend` adds commands of the rooms above this one. Returns the exit status of the contract."""
    try:
        parser = build_parser(extend)
        arguments = parser.parse_args(argv)
        return int(arguments.handler(arguments))
    except FuwenError as error:
        print(f"fuwen: {error}", file=sys.stderr)
        return 2
    except BrokenPipeError:
        # The reader went away (`fuwen … | head`); keep Python from complaining once more at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        print("fuwen: 已中断，未写完的结果没有保存", file=sys.stderr)
        return 130


def build_parser(
    extend: Callable[["argparse._SubParsersAction[_Parser]"], None] | None = None,
) -> argparse.ArgumentParser:
    """The parser of every command."""
    parser = _Parser(prog="fuwen", description="复文问答：依据逐字可查")
    commands = parser.add_subparsers(title="命令", metavar="命令", required=True, parser_class=_Parser)
    _add_ask(commands)
    _add_search(commands)
    _add_corpus(commands)
    _add_index(commands)
    chat = commands.add_parser("chat", help="打开问答页面")
    chat.add_argument("--host", default="127.0.0.1", help="监听地址（默认只供本机）")
    chat.add_argument("--port", type=int, default=7860, help="端口（默认 7860）")
    chat.add_argument("--no-browser", action="store_true", help="不自动打开浏览器")
    _with_data(chat, _handler("chat"))
    if extend:
        extend(commands)
    return parser


def _add_ask(commands: "argparse._SubParsersAction[_Parser]") -> None:
    ask = commands.add_parser("ask", help="提问，得到带引文的回答")
    ask.add_argument("question", nargs="?", help="问题")
    _batch(ask)
    ask.add_argument("--region", help="只看这个地区的复文，如 昆明市")
    ask.add_argument("--year", help="只看这一年的复文，如 2023")
    ask.add_argument("--kind", choices=KINDS, metavar="类型", help="、".join(KINDS))
    _with_data(ask, _handler("ask"))


def _add_search(commands: "argparse._SubParsersAction[_Parser]") -> None:
    search = commands.add_parser("search", help="只检索，列出命中的片段")
    search.add_argument("question", nargs="?", help="要找的内容")
    search.add_argument("-k", type=int, default=10, help="最多几条（默认 10）")
    _batch(search)
    _with_data(search, _handler("search"))


def _batch(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="输出 JSON")
    parser.add_argument("--batch", type=Path, metavar="IN.jsonl", help="批量：一行一题")
    parser.add_argument("--out", type=Path, metavar="OUT.jsonl", help="批量结果写到哪里")


def _add_corpus(commands: "argparse._SubParsersAction[_Parser]") -> None:
    actions = commands.add_parser("corpus", help="管理语料").add_subparsers(
        metavar="动作", required=True, parser_class=_Parser
    )
    add = actions.add_parser("add", help="加入文件或文件夹")
    add.add_argument("paths", nargs="+", type=Path, metavar="PATH")
    _with_data(add, _handler("corpus_add"))
    remove = actions.add_parser("remove", help="移除复文")
    remove.add_argument("ids", nargs="+", metavar="ID")
    _with_data(remove, _handler("corpus_remove"))
    listing = actions.add_parser("list", help="列出复文")
    listing.add_argument("--json", action="store_true", help="输出 JSON，一行一件")
    _with_data(listing, _handler("corpus_list"))
    show = actions.add_parser("show", help="显示一件复文的信息和章节")
    show.add_argument("id", metavar="ID")
    show.add_argument("--json", action="store_true", help="输出 JSON")
    _with_data(show, _handler("corpus_show"))


def _add_index(commands: "argparse._SubParsersAction[_Parser]") -> None:
    actions = commands.add_parser("index", help="管理索引").add_subparsers(
        metavar="动作", required=True, parser_class=_Parser
    )
    build = actions.add_parser("build", help="建立索引（语料没有变时直接返回）")
    build.add_argument("--force", action="store_true", help="语料没有变也重建")
    _with_data(build, _handler("index_build"))
    info = actions.add_parser("info", help="索引的版本、件数和模型")
    info.add_argument("--json", action="store_true", help="输出 JSON")
    _with_data(info, _handler("index_info"))


def _with_data(parser: argparse.ArgumentParser, handler: Callable[[argparse.Namespace], int]) -> None:
    parser.add_argument("--data", type=Path, metavar="DIR", help="存放语料和索引的文件夹（也可用 FUWEN_DATA）")
    parser.set_defaults(handler=handler)


def _handler(name: str) -> Callable[[argparse.Namespace], int]:
    """The function of assistant/commands.py, imported only when its command runs."""

    def handle(arguments: argparse.Namespace) -> int:
        from assistant import commands

        return int(getattr(commands, name)(arguments))

    return handle


def print_json(value: object) -> None:
    """One line of JSON on stdout, Chinese as it is."""
    print(json.dumps(value, ensure_ascii=False))
