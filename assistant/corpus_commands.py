"""What the commands on letters do: put in, take out, list, show, check, and read without keeping."""

import errno
import json
import os
import shutil
import sys
from argparse import Namespace
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant.cli import print_json
from assistant.directory import same_place
from assistant.filters import check_region, check_year
from assistant.places import build, index_folder, is_current, open_library, served, served_index
from assistant.progress import Progress
from assistant.settings import load_settings
from assistant.show import letter_text
from assistant.table import table
from corpus.errors import InputError, UnreadableFile
from corpus.letter import Letter
from corpus.library import Library, letter_of
from corpus.privacy import mask
from corpus.problems import gathered
from corpus.read import files_in, read_documents, why
from corpus.shelf import lined
from index.embedding import open_embedder
from index.generations import discard
from index.opened import Record, record_of
from index.search import Index

if TYPE_CHECKING:
    from corpus.adding import AddResult

_MANY = 50
_INTERRUPTED = 130
_NOT_READ = Letter("", "", "")
_HEADS = ("编号", "类型", "案号", "地区", "日期", "题目")


def corpus_add(arguments: Namespace) -> int:
    """fuwen corpus add: copy files in, then bring the index up to date; status 2 when a path gave nothing at all."""
    settings = load_settings(arguments.data)
    library, embedder = open_library(settings, create=True), open_embedder(settings.embedding_model)
    progress = Progress("加入")
    with library.changing():
        try:
            results = library.add(arguments.paths, served(library), progress)
        except KeyboardInterrupt:
            return _interrupted(progress)
        finally:
            progress.close()
        _report(results)
        useful = {r.given for r in results if not r.problem}
        if useful and not is_current(library, embedder):
            try:
                manifest = build(library, embedder).manifest
            except KeyboardInterrupt:
                print("fuwen: 已中断：文件都已加入，索引还没有更新；下次提问时会更新", file=sys.stderr)
                return _INTERRUPTED
            print(f"索引已更新：{manifest['letters']} 件，{manifest['chunks']} 个片段", file=sys.stderr)
    return 2 if {r.given for r in results} - useful else 0


def _interrupted(progress: Progress) -> int:
    """Say how much of an adding that was broken off is in: what was added stays, so that the same command goes on."""
    progress.close()
    known = (
        f"{progress.total} 个文件中已处理 {progress.done} 个，都已保存" if progress.total else "还没有处理完一个文件"
    )
    print(f"fuwen: 已中断：{known}；再运行同一条命令会接着加入，已有的不会重复", file=sys.stderr)
    return _INTERRUPTED


def _report(results: "list[AddResult]") -> None:
    """What was added on stdout, a line each unless they are many; what cannot be used on stderr."""
    bad = [r for r in results if r.problem]
    good = [r for r in results if not r.problem and r.letters]
    if len(results) <= _MANY:
        for result in good:
            count = f"（{result.letters} 件）" if result.letters > 1 else ""
            print(mask(f"{result.file}\t{result.id}\t{result.outcome}{count}"))
    else:
        counts = Counter[str]()
        for result in good:
            counts[result.outcome] += result.letters
        print("，".join(f"{outcome} {count} 件" for outcome, count in counts.items()) or "没有加入", end="")
        print(f"，{len(bad)} 个文件或行不能用" if bad else "")
    near = [r for r in results if r.near]
    for result in near[:_MANY]:
        key, share = result.near or ("", 0.0)
        print(mask(f"{result.file}\t{result.id}\t相近\t与 {key} 有 {share:.0%} 相同"))
    if len(near) > _MANY:
        print(f"相近的还有 {len(near) - _MANY} 件，请用 fuwen corpus check 查看")
    _say([str(result.problem) for result in bad])


def corpus_remove(arguments: Namespace) -> int:
    """fuwen corpus remove: take letters out of corpus and index."""
    settings = load_settings(arguments.data)
    library, embedder = open_library(settings), open_embedder(settings.embedding_model)
    with library.changing():
        library.remove(*arguments.ids)
        if library.is_empty():
            discard(index_folder(library))
        else:
            build(library, embedder, keep_previous=False)
    for letter_id in dict.fromkeys(arguments.ids):
        print(f"{letter_id}\t已移除")
    return 0


def corpus_list(arguments: Namespace) -> int:
    """fuwen corpus list: a line a letter; aligned on a terminal, with tabs elsewhere."""
    check_year(arguments.year)
    settings = load_settings(arguments.data)
    library = open_library(settings)
    if library.is_empty():
        raise library.empty()
    index = None if arguments.json else served_index(library, open_embedder(settings.embedding_model))
    rows, regions = [], Counter[str]()
    for known, letter in _recorded(library, index):
        regions.update(_places(known))
        if not _passes(known, arguments):
            continue
        if arguments.json:
            print_json({"id": letter.id, "file": letter.file, **_metadata(letter)})
        elif sys.stdout.isatty():
            rows.append(_cells(known))
        else:
            print("\t".join(_cells(known)))
    if rows:
        print("\n".join(table([_HEADS, *rows], shutil.get_terminal_size().columns)))
    _say([str(problem) for problem in library.problems])
    check_region(arguments.region, regions)
    return 0


def _recorded(library: Library, index: Index | None) -> Iterator[tuple[Record, Letter]]:
    """What is on record about every letter, in the order of the corpus, and the letter itself where no index spares reading it."""
    held = {known.id: known for known in index.records()} if index else {}
    parsed = served(library)
    for entry in library.entries():
        if entry.id in held:
            yield held[entry.id], _NOT_READ
        else:
            letter = letter_of(entry, parsed)
            yield record_of(letter), letter


def _metadata(letter: Letter) -> dict[str, Any]:
    from corpus.record import metadata_json

    return metadata_json(letter.metadata)


def _cells(known: Record) -> tuple[str, ...]:
    number = next(iter(known.many("numbers")), None)
    dated = known.one("date") or known.one("publish_date")
    cells = (known.id, known.one("kind"), number, known.one("region"), dated, known.one("title") or known.file)
    return tuple(" ".join((cell or "").split()) for cell in cells)


def _passes(known: Record, arguments: Namespace) -> bool:
    """Whether the letter is one of those that the filters of the command line ask for."""
    dated = known.one("date") or known.one("publish_date") or ""
    if arguments.kind and known.one("kind") != arguments.kind:
        return False
    if arguments.year and dated[:4] != arguments.year:
        return False
    if arguments.number and arguments.number.lstrip("0") not in {n.lstrip("0") for n in known.many("numbers")}:
        return False
    return not arguments.region or any(same_place(arguments.region, place) for place in _places(known))


def _places(known: Record) -> list[str]:
    """The places that the letter is of, the narrowest first."""
    return [place for name in ("region", "province", "city", "county") if (place := known.one(name))]


def corpus_show(arguments: Namespace) -> int:
    """fuwen corpus show: one letter's record and section tree."""
    from corpus.record import record

    letter = open_library(load_settings(arguments.data)).get(arguments.id)
    told = record(letter)
    print_json(told) if arguments.json else print(letter_text(letter, told))
    return 0


def corpus_check(arguments: Namespace) -> int:
    """fuwen corpus check: a line a finding; status 1 when one is an error, 2 when something asked for cannot be read."""
    from corpus.findings import ERROR
    from corpus.linter import lint

    library = open_library(load_settings(arguments.data), create=bool(arguments.what))
    problems: list[UnreadableFile] = []
    letters = _Counted(_asked(arguments.what, library, problems) if arguments.what else _every(library), "核对")
    counts = Counter[str]()
    for line in lint(letters):
        letters.progress.close()
        counts[line.finding.severity] += 1
        print_json(line.json()) if arguments.json else print(mask(str(line)))
    _say([str(problem) for problem in problems or library.problems])
    found = "，".join(f"{severity} {count} 处" for severity, count in sorted(counts.items(), reverse=True))
    print(f"共核对 {letters.count} 件：{found or '没有发现问题'}", file=sys.stderr)
    return 1 if counts[ERROR] else 2 if problems and not letters.count else 0


def corpus_parse(arguments: Namespace) -> int:
    """fuwen corpus parse: a line a letter, read without being kept; status 2 when a path gave nothing at all."""
    from corpus.record import record

    problems: list[UnreadableFile] = []
    given: dict[Path, int] = dict.fromkeys(arguments.paths, 0)
    kept_out = {os.path.realpath(path) for path in (arguments.out, _partial(arguments.out)) if path}

    def letters() -> Iterator[Letter]:
        for path in given:
            for letter in _read(path, problems, kept_out):
                given[path] += 1
                yield letter

    counted = _Counted(letters(), "读取")
    if arguments.out is None:
        for letter in counted:
            print_json(record(letter))
    else:
        _write(arguments.out, counted)
    _say([str(problem) for problem in problems])
    if arguments.out is not None:
        print(f"{counted.count} 件已写入：{arguments.out}", file=sys.stderr)
    return 0 if all(given.values()) else 2


def _partial(out: Path | None) -> Path | None:
    return out.with_name(out.name + ".part") if out else None


def _write(out: Path, letters: Iterable[Letter]) -> None:
    """A line a letter; the file is put in place when the last line is written. InputError when it cannot be."""
    from corpus.record import record

    partial = out.with_name(out.name + ".part")
    try:
        if out.is_dir():
            raise IsADirectoryError(errno.EISDIR, "")
        with partial.open("w", encoding="utf-8", errors="replace") as file:
            for letter in letters:
                file.write(json.dumps(record(letter), ensure_ascii=False) + "\n")
        partial.replace(out)
    except OSError as error:
        raise InputError(str(out), f"写不进去（{why(error)}）", "请换一个可写的位置") from error
    finally:
        if partial.is_file():
            partial.unlink()


def _every(library: Library) -> Iterator[Letter]:
    if library.is_empty():
        raise library.empty()
    return library.stream(served(library))


def _asked(what: Sequence[str], library: Library, problems: list[UnreadableFile]) -> Iterator[Letter]:
    """The letters of paths and ids."""
    for name in what:
        if os.path.lexists(name):
            yield from _read(Path(name), problems, set())
        else:
            yield library.get(name)


def _read(path: Path, problems: list[UnreadableFile], kept_out: set[str]) -> Iterator[Letter]:
    """The letters of a file, or of the files of a folder, without those of `kept_out`; the same trouble is told once a file."""
    from corpus.parse import parse_letter

    files = files_in(path) if path.is_dir() else [path]
    files = [file for file in files if os.path.realpath(file) not in kept_out]
    if not path.exists():
        problems.append(UnreadableFile(str(path), "找不到", "请检查路径"))
        return
    if not files:
        problems.append(UnreadableFile(str(path), "文件夹里没有可读的文件", "请检查路径"))
    for file in files:
        bad: list[UnreadableFile] = []
        yield from (parse_letter(lined(raw)) for raw in read_documents(file, bad.append))
        # The reader says the name only; among many folders the whole path is wanted.
        problems += [UnreadableFile(p.thing.replace(file.name, str(file), 1), p.problem, p.mend) for p in gathered(bad)]


class _Counted:
    """Letters as they come, counted, with progress."""

    def __init__(self, letters: Iterable[Letter], what: str) -> None:
        self._letters, self.count, self.progress = letters, 0, Progress(what)

    def __iter__(self) -> Iterator[Letter]:
        """The letters; the line of progress goes after the last one."""
        try:
            for letter in self._letters:
                yield letter
                self.count += 1
                self.progress(self.count)
        finally:
            self.progress.close()


def _say(lines: Iterable[str]) -> None:
    for line in lines:
        print(f"fuwen: {mask(line)}", file=sys.stderr)
