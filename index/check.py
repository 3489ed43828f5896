"""Compares every byte of an index with its manifest, and what its files say with each other."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from corpus.errors import BrokenIndex
from index.arrays import Array
from index.chunks import chunks
from index.generations import MEND, Generation, generations, is_intact, verified
from index.opened import segments_of
from index.postings import Postings
from index.recipe import check_recipe
from index.records import record_of
from index.segment_new import known_of
from index.segments import FIELDS, Segment


def check_index(folder: Path) -> list[str]:
    """What is wrong with the index, a Chinese line each with the file and the mend; empty when all is well."""
    try:
        named = generations(folder)
        if not named:
            return [f"索引 {folder}：尚未建立。{MEND}"]
        problems = [line for each in named for line in _of_generation(folder, each)]
    except BrokenIndex as error:
        return [str(error)]
    return [f"索引 {folder}：{problem}。{MEND}" for problem in dict.fromkeys(problems)]


def _of_generation(folder: Path, named: tuple[str, str]) -> Iterator[str]:
    """What is wrong with one generation: first byte by byte, then what the files say."""
    try:
        generation = verified(folder, named)
    except BrokenIndex as error:
        yield error.problem
        return
    damaged = list(_damaged(generation))
    yield from damaged
    if not damaged:
        yield from _contradictions(generation)


def _damaged(generation: Generation) -> Iterator[str]:
    for name, home in generation.segments().items():
        stamps = generation.manifest["segments"][name]["files"]
        for file, stamp in stamps.items():
            if not is_intact(home / file, stamp, whole=True):
                yield f"文件 {file}（段 {name}）已损坏"
        for path in sorted(home.iterdir()):
            if path.name not in stamps:
                yield f"文件 {path.name}（段 {name}）不属于索引"


def _contradictions(generation: Generation) -> Iterator[str]:
    try:
        check_recipe(generation)
        segments = segments_of(generation)
    except BrokenIndex as error:
        yield error.problem
        return
    manifest = generation.manifest
    if manifest["letters"] != sum(len(s.ids) for s in segments) or manifest["chunks"] != sum(map(len, segments)):
        yield "件数或片段数与清单不符"
    twice = [letter_id for letter_id, n in Counter(i for s in segments for i in s.ids).items() if n > 1]
    if twice:
        yield f"复文 {twice[0]} 收了两次"
    for segment in segments:
        yield from (f"段 {segment.name} 的{problem}" for problem in _of_segment(segment))


def _of_segment(segment: Segment) -> Iterator[str]:
    count, letters = len(segment), len(segment.ids)
    if not len(segment.letters) == letters == len(segment.records) == len(segment.sources) == len(segment.terms):
        yield "复文件数前后不一"
        return
    if list(segment.ids) != sorted(set(segment.ids)) or (np.diff(segment.table[:, 0]) < 0).any():
        yield "复文次序不对"
    if len(segment.vectors.codes) != count:
        yield "向量数与片段数不符"
    for field in FIELDS:
        if not _columns_agree(segment.fields[field], count):
            yield f"词表 {field} 自相矛盾"
    yield from _letters_disagree(segment)


def _columns_agree(postings: Postings, count: int) -> bool:
    """Whether columns follow each other, and the rows of each ascend within the segment."""
    starts, rows = postings.starts.astype(np.int64), postings.rows.astype(np.int64)
    if len(starts) != len(postings.keys) + 1 or starts[-1] != len(rows) or len(postings.impacts) != len(rows):
        return False
    if (np.diff(starts) < 1).any() or (postings.keys[1:] <= postings.keys[:-1]).any() or (rows >= count).any():
        return False
    falls = np.flatnonzero(np.diff(rows) <= 0) + 1
    return bool(np.isin(falls, starts).all())


def _letters_disagree(segment: Segment) -> Iterator[str]:
    """The letters whose chunks, record or searched strings are not those of their text."""
    starts = np.searchsorted(segment.table[:, 0], np.arange(len(segment.ids) + 1))
    for row, letter_id in enumerate(segment.ids):
        letter = segment.letters.read(row)
        rows: Array = segment.table[starts[row] : starts[row + 1]]
        stored = [(start, end, segment.paths[path]) for _, start, end, path in rows.tolist()]
        low, high = segment.known_of(row)
        if letter.id != letter_id or segment.records[row].id != letter_id:
            yield f"第 {row + 1} 件编号不符"
        elif stored != [(chunk.start, chunk.end, chunk.heading_path) for chunk in chunks(letter)]:
            yield f"复文 {letter_id} 的片段与正文不符"
        elif segment.known[low:high] != known_of(letter):
            yield f"复文 {letter_id} 的查找文本与正文不符"
        elif segment.records[row] != record_of(letter):
            yield f"复文 {letter_id} 的信息与正文不符"
