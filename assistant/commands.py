"""What each command does, once its line is read."""

import sys
from argparse import Namespace
from dataclasses import replace

from assistant.answer import Answer, Sentence
from assistant.batch import Row, run_batch
from assistant.cli import print_json
from assistant.filters import check_chosen, check_region, check_year
from assistant.places import build, index_folder, is_current, open_library, said_of_damage, store_of, strangers
from assistant.settings import load_settings
from assistant.show import answer_json, answer_text, hit_json, hit_text
from corpus.errors import InputError
from corpus.read import whole
from index.embedding import open_embedder
from index.generations import current, tidy
from index.hit import Filters
from index.search import Index, open_index


def ask(arguments: Namespace) -> int:
    """fuwen ask: one question, or a file of them."""
    from assistant.assistant import open_assistant
    from assistant.understand import check_question

    question = _question(arguments)
    if question is not None:
        check_question(question)
    assistant = open_assistant(arguments.data)
    filters = _filters(arguments, assistant.index)
    if question is not None:
        answer = assistant.ask(question, (), filters)
        _say(answer.notices)
        print_json(answer_json(answer)) if arguments.json else print(answer_text(answer))
        return 0

    def one(question: str, history: list[tuple[str, Answer]]) -> Answer:
        try:
            return assistant.ask(question, history, filters)
        except InputError as error:
            return _unusable(question, str(error))

    def row(given: Row) -> Row:
        if "turns" not in given:
            return answer_json(one(given["question"], []))
        history: list[tuple[str, Answer]] = []
        for question in given["turns"]:
            history.append((question, one(question, history)))
        return {"turns": [answer_json(answer) for _, answer in history]}

    print(f"{run_batch(arguments.batch, arguments.out, row)} 题已答完：{arguments.out}", file=sys.stderr)
    return 0


def search(arguments: Namespace) -> int:
    """fuwen search: hits for one question, or for a file of them."""
    from assistant.assistant import open_assistant
    from assistant.understand import check_question

    if arguments.k < 1:
        raise InputError("-k", f"应为正整数，现为 {arguments.k}", "例如 -k 10")
    asked = _question(arguments)
    if asked is not None:
        check_question(asked)
    assistant = open_assistant(arguments.data)
    filters = _filters(arguments, assistant.index)

    def row(question: str) -> Row:
        try:
            hits = assistant.search(question, arguments.k, filters)
        except InputError as error:
            return {"question": question, "hits": [], "error": str(error)}
        return {"question": question, "hits": [hit_json(hit, assistant.letter(hit.chunk.letter)) for hit in hits]}

    def last(given: Row) -> Row:
        return row(given["question"] if "question" in given else given["turns"][-1])

    if asked is None:
        done = run_batch(arguments.batch, arguments.out, last)
        print(f"{done} 题已检索完：{arguments.out}", file=sys.stderr)
        return 0
    found = row(asked)
    if arguments.json:
        print_json(found)
        return 0
    for rank, hit in enumerate(found["hits"], 1):
        print(hit_text(rank, hit))
    return 0


def index_build(arguments: Namespace) -> int:
    """fuwen index build: a new generation, unless the served one is up to date and every byte of it right."""
    settings = load_settings(arguments.data)
    library, embedder = open_library(settings), open_embedder(settings.embedding_model)
    folder = index_folder(library)
    tidy(folder)
    whole = not store_of(library, embedder).health()
    if whole and not arguments.force and is_current(library, embedder):
        print(f"索引已是最新：{folder}")
        return 0
    manifest = build(library, embedder, keep_previous=whole, anew=arguments.force or not whole).manifest
    _say(tuple(str(problem) for problem in library.problems))
    print(f"索引已建立：{manifest['letters']} 件，{manifest['chunks']} 个片段，{folder}")
    return 0


def index_info(arguments: Namespace) -> int:
    """fuwen index info: generation, counts, model, size."""
    settings = load_settings(arguments.data)
    library = open_library(settings)
    index = open_index(index_folder(library), open_embedder(settings.embedding_model))
    info = index.info()
    info["up_to_date"] = not index.damage and info["corpus"] == library.fingerprint()
    if index.damage:
        _say((said_of_damage(index_folder(library), index),))
        info["damage"] = index.damage
    if arguments.json:
        print_json(info)
    else:
        print("\n".join(f"{key}\t{value}" for key, value in info.items()))
    return 0


def index_check(arguments: Namespace) -> int:
    """fuwen index check: every byte compared with the manifest, what the files say with each other and with the corpus; 1 if any is wrong."""
    from index.check import check_index

    library = open_library(load_settings(arguments.data))
    folder = index_folder(library)
    tidy(folder)
    problems = check_index(folder) or strangers(library)
    if arguments.json:
        print_json({"ok": not problems, "problems": problems})
        return 1 if problems else 0
    if problems:
        print("\n".join(problems))
        return 1
    manifest = current(folder).manifest
    counts = f"{manifest['letters']} 件，{manifest['chunks']} 个片段，{len(manifest['segments'])} 段"
    print(f"索引完好：{counts}，逐字节核对无误，{folder}")
    return 0


def chat(arguments: Namespace) -> int:
    """fuwen chat: the page, until it is stopped."""
    from assistant.assistant import open_assistant
    from assistant.ui.page import launch

    assistant = open_assistant(arguments.data)
    launch(assistant, host=arguments.host, port=arguments.port, open_browser=not arguments.no_browser)
    return 0


def _question(arguments: Namespace) -> str | None:
    """The one question of the command line, None for a batch; InputError for neither, for both, and for half a batch."""
    if arguments.batch is not None:
        if arguments.question is not None:
            raise InputError("问题和 --batch", "只能给一样", "请去掉其中一样")
        if arguments.out is None:
            raise InputError("--batch", "没有说结果写到哪里", "请加 --out OUT.jsonl")
        return None
    if arguments.out is not None:
        raise InputError("--out", "只用于批量", "请同时给 --batch IN.jsonl，或去掉 --out")
    if arguments.question is None:
        raise InputError("问题", "没有给出", '例如：fuwen ask "昆明市银税互动贷款余额是多少"')
    return whole(str(arguments.question))


def _filters(arguments: Namespace, index: Index) -> Filters:
    """The filters of the command line; InputError for a year that is none, and for what no letter comes from or is called."""
    check_year(arguments.year)
    if arguments.region is not None:
        check_region(arguments.region, index.regions())
    filters = Filters(arguments.region, arguments.year, arguments.kind)
    if "issuer" not in arguments or (arguments.issuer is None and arguments.letter is None):
        return filters
    check_chosen(index.records(), arguments.issuer, arguments.letter)
    return replace(filters, issuer=arguments.issuer, letter=arguments.letter)


def _unusable(question: str, line: str) -> Answer:
    """The answer to a line of a batch that cannot be asked."""
    return Answer(question, question, "fact", (Sentence(line),), refused=True, refusal_reason="bad_question")


def _say(lines: tuple[str, ...]) -> None:
    for line in lines:
        print(f"fuwen: {line}", file=sys.stderr)
