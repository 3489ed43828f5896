"""Says the same trouble of many lines once: a table of labels is no thousand bad letters."""

import re
from collections.abc import Iterable

from corpus.errors import UnreadableFile

_LINE = re.compile(r"(.*) 第 (\d+) 行", re.DOTALL)


def gathered(problems: Iterable[UnreadableFile]) -> list[UnreadableFile]:
    """The problems, those of the lines of one file told together when they are the same.

    >>> bad = [UnreadableFile(f"表.jsonl 第 {n} 行", "缺少“text”", "请补上") for n in (1, 2, 5)]
    >>> [problem.thing for problem in gathered(bad)]
    ['表.jsonl 第 1 行等 3 行']
    """
    together: dict[tuple[str, str, str], list[UnreadableFile]] = {}
    for problem in problems:
        line = _LINE.fullmatch(problem.thing)
        together.setdefault((line[1] if line else problem.thing, problem.problem, problem.mend), []).append(problem)
    found = []
    for same in together.values():
        first = same[0]
        more = f"等 {len(same)} 行" if len(same) > 1 else ""
        found.append(UnreadableFile(first.thing + more, first.problem, first.mend) if more else first)
    return found
