"""The command `fuwen`: reads the command line, calls the assistant, prints results on stdout and talk on stderr."""

import argparse
import io
import json
import os
import re
import sys
from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path
from typing import NoReturn

from corpus.errors import FuwenError, InputError

_CORPUS = "assistant.corpus_commands"
KINDS = ("人大建议", "政协提案", "议案", "其他")


# What argparse says in English, and how we say it: thing, problem, mend ({help} is the command that explains).
_SAID = (
    (r"the following arguments are required: (.+)", r"\1", "没有给出", "{help}"),
    (r"one of the arguments (.+) is required", r"\1", "须给出其中一样", "{help}"),
    (r"unrecognized arguments: (.+)", r"\1", "没有这个选项，或多给了内容", "问题里有空格时请加引号；{help}"),
    (r"ambiguous option: (\S+) could match (.+)", r"\1", r"不止一个选项这样开头：\2", "请写全"),
    (r"argument (.+?): not allowed with argument (.+)", r"\1", r"不能与 \2 同用", "请去掉其中一样"),
    (r"argument (.+?): invalid choice: (.+) \(choose from (.+)\)", r"\1 \2", "没有这一项", r"可选：\3"),
    (r"argument (.+?): invalid int value: (.+)", r"\1 \2", "不是整数", "请写数字，如 10"),
    (r"argument (.+?): invalid \S+ value: (.+)", r"\1 \2", "不能用", "{help}"),
    (r"argument (.+?): expected one argument", r"\1", "后面没有写值", "{help}"),
    (r"argument (.+?): expected at .+", r"\1", "后面的值给少了或给多了", "{help}"),
    (r"argument (.+?): expected \d+ arguments", r"\1", "后面的值给少了或给多了", "{help}"),
    (r"argument (.+?): ignored explicit argument (.+)", r"\1", r"后面不用写值，现写了 \2", "请去掉"),
    (r"argument (.+?): (.+)", r"\1", r"\2", "{help}"),
)


class _Parser(argparse.ArgumentParser):
    """An argument parser whose errors are one line with the mend."""

    def error(self, message: str) -> NoReturn:
        usage = f"用法见 {self.prog} --help"
        for english, *chinese in _SAID:
            if said := re.fullmatch(english, message, re.DOTALL):
                thing, problem, mend = (said.expand(part).replace("{help}", usage) for part in chinese)
                raise InputError(thing, problem, mend)
        raise InputError(self.prog, message, usage)


def main(argv: Sequence[str], extend: Callable[["argparse._SubParsersAction[_Parser]"], None] | None = None) -> int:
    """Run one command; `extend` adds commands of the rooms above this one. Returns the exit status of the contract."""
    _never_fail_to_print()
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
    except OSError as error:
        # A disk that is full or a folder that cannot be read, where nobody expected it.
        print(f"fuwen: {_disk_trouble(error)}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("fuwen: 已中断，未写完的结果没有保存", file=sys.stderr)
        return 130


def _never_fail_to_print() -> None:
    """Show a character that the terminal's encoding lacks as its number, instead of losing the whole answer."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def _disk_trouble(error: OSError) -> InputError:
    from corpus.read import why

    return InputError(str(error.filename or "文件"), why(error), "请检查路径、权限和磁盘空间")


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
    _add_filters(ask)
    _with_data(ask, _handler("ask"))


def _add_search(commands: "argparse._SubParsersAction[_Parser]") -> None:
    search = commands.add_parser("search", help="只检索，列出命中的片段")
    search.add_argument("question", nargs="?", help="要找的内容")
    search.add_argument("-k", type=int, default=10, help="最多几条（默认 10）")
    _batch(search)
    _add_filters(search)
    search.add_argument("--issuer", help="只看这个单位答复的，如 教育局")
    search.add_argument("--letter", help="只看这一件，写案号或编号，如 142194")
    _with_data(search, _handler("search"))


def _add_filters(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--region", help="只看这个地区的复文，如 昆明市")
    parser.add_argument("--year", help="只看这一年的复文，如 2023")
    parser.add_argument("--kind", choices=KINDS, metavar="类型", help="、".join(KINDS))


def _batch(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="输出 JSON")
    parser.add_argument("--batch", type=path, metavar="IN.jsonl", help="批量：一行一题")
    parser.add_argument("--out", type=path, metavar="OUT.jsonl", help="批量结果写到哪里")


def _add_corpus(commands: "argparse._SubParsersAction[_Parser]") -> None:
    actions = commands.add_parser("corpus", help="管理语料").add_subparsers(
        metavar="动作", required=True, parser_class=_Parser
    )
    add = actions.add_parser("add", help="加入文件、文件夹或 zip 压缩包")
    add.add_argument("paths", nargs="+", type=path, metavar="PATH")
    _with_data(add, _handler("corpus_add", _CORPUS))
    remove = actions.add_parser("remove", help="移除复文")
    remove.add_argument("ids", nargs="+", metavar="ID")
    _with_data(remove, _handler("corpus_remove", _CORPUS))
    _add_corpus_list(actions)
    show = actions.add_parser("show", help="显示一件复文的信息、章节和承诺")
    show.add_argument("id", metavar="ID")
    show.add_argument("--json", action="store_true", help="输出 JSON")
    _with_data(show, _handler("corpus_show", _CORPUS))
    check = actions.add_parser("check", help="核对复文，一行一处问题；有错误时退出状态为 1")
    check.add_argument("what", nargs="*", metavar="ID|PATH", help="只核对这些（不给就核对全部）")
    check.add_argument("--json", action="store_true", help="输出 JSON，一行一处")
    _with_data(check, _handler("corpus_check", _CORPUS))
    parse = actions.add_parser("parse", help="读出文件的信息、章节和数据，不加入语料")
    parse.add_argument("paths", nargs="+", type=path, metavar="PATH")
    parse.add_argument("--out", type=path, metavar="OUT.jsonl", help="写到文件，一行一件（不给就写到标准输出）")
    _with_data(parse, _handler("corpus_parse", _CORPUS))


def _add_corpus_list(actions: "argparse._SubParsersAction[_Parser]") -> None:
    listing = actions.add_parser("list", help="列出复文")
    listing.add_argument("--json", action="store_true", help="输出 JSON，一行一件")
    listing.add_argument("--kind", choices=KINDS, metavar="类型", help="、".join(KINDS))
    listing.add_argument("--region", help="只列这个地区的，如 昆明市")
    listing.add_argument("--year", help="只列这一年的，如 2023")
    listing.add_argument("--number", help="只列这个案号的，如 142194")
    _with_data(listing, _handler("corpus_list", _CORPUS))


def _add_index(commands: "argparse._SubParsersAction[_Parser]") -> None:
    actions = commands.add_parser("index", help="管理索引").add_subparsers(
        metavar="动作", required=True, parser_class=_Parser
    )
    build = actions.add_parser("build", help="建立索引（语料没有变时直接返回）")
    build.add_argument("--force", action="store_true", help="语料没有变也重建")
    _with_data(build, _handler("index_build"))
    check = actions.add_parser("check", help="逐字节核对索引；有损坏时退出状态为 1")
    check.add_argument("--json", action="store_true", help="输出 JSON")
    _with_data(check, _handler("index_check"))
    info = actions.add_parser("info", help="索引的版本、件数和模型")
    info.add_argument("--json", action="store_true", help="输出 JSON")
    _with_data(info, _handler("index_info"))


def _with_data(parser: argparse.ArgumentParser, handler: Callable[[argparse.Namespace], int]) -> None:
    parser.add_argument("--data", type=path, metavar="DIR", help="存放语料和索引的文件夹（也可用 FUWEN_DATA）")
    parser.set_defaults(handler=handler)


def _handler(name: str, module: str = "assistant.commands") -> Callable[[argparse.Namespace], int]:
    """The function of a module, which is imported only when its command runs."""

    def handle(arguments: argparse.Namespace) -> int:
        return int(getattr(import_module(module), name)(arguments))

    return handle


def path(text: str) -> Path:
    """A path of the command line. An empty one is refused: to Path it would be the working folder."""
    if not text.strip():
        raise argparse.ArgumentTypeError("空的路径不能用")
    return Path(text)


def print_json(value: object) -> None:
    """One line of JSON on stdout, Chinese as it is where the terminal's encoding has it."""
    line = json.dumps(value, ensure_ascii=False)
    try:
        line.encode(sys.stdout.encoding or "utf-8")
    except UnicodeEncodeError:
        line = json.dumps(value)
    print(line)
