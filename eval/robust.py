"""Ask the same questions written otherwise, or among thousands of letters about other things, and count what still goes well."""

import tomllib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any

from corpus.errors import InputError
from eval.cases import Case
from eval.fingerprint import SEED
from eval.run import Asker, Record, Results, run
from eval.summary import Row, row

if TYPE_CHECKING:
    from assistant.assistant import Assistant

VARIANTS = Path(__file__).with_name("variants.toml")
# Enough letters about other things to drown the built-in ones.
DISTRACTORS = 2000
AMONG_OTHERS = "混入无关文件"
MEASURES = ("Success@5", "nDCG@10", "right", "citation recall", "refusal recall", "false refusal")
_WIDE = str.maketrans({chr(code): chr(code + 0xFEE0) for code in range(0x21, 0x7F)})


@dataclass(frozen=True)
class Robustness:
    """How a set of questions went under one change: of those that passed as written, how many still do.

    `right`, `refusal recall` and the ranking are over all the questions; `lost` are the ids of those that passed before.
    """

    name: str
    passed: int
    still: int
    rows: dict[str, Row]
    lost: tuple[str, ...]

    @property
    def share(self) -> float | None:
        """The share that still passes; None when none passed before."""
        return self.still / self.passed if self.passed else None


def wide(text: str) -> str:
    """The text with digits, Latin letters and marks at full width.

    >>> wide("R&D投入3.05%")
    'Ｒ＆Ｄ投入３．０５％'
    """
    return text.translate(_WIDE)


def traditional(text: str) -> str:
    """The text in traditional characters, as far as the small table of variants.toml goes.

    >>> traditional("小微企业贷款")
    '小微企業貸款'
    """
    return text.translate(_traditional())


def typo(text: str) -> str:
    """The text with one slip in its second half: a character for one that sounds like it, else two neighbours swapped.

    Numbers and Latin words stay whole. The same text always slips at the same place.

    >>> typo("昆明的高企有多少家"), typo("瞪羚怎样认定")
    ('昆明的高启有多少家', '瞪羚咋样认定')
    """
    table = _typos()
    middle = len(text) // 2
    order = (*range(middle, len(text)), *range(middle - 1, -1, -1))
    for at in order:
        if text[at] in table:
            return text[:at] + table[text[at]] + text[at + 1 :]
    for at in order:
        pair = text[at : at + 2]
        if len(set(pair)) == 2 and all(map(_is_chinese, pair)):
            return text[:at] + pair[::-1] + text[at + 2 :]
    return text


CHANGES: dict[str, Callable[[str], str]] = {"全角": wide, "错字": typo, "繁体": traditional}


def rewritten(cases: Sequence[Case], change: Callable[[str], str]) -> list[Case]:
    """The cases with every turn changed; what is expected stays."""
    return [replace(case, turns=tuple(change(turn) for turn in case.turns)) for case in cases]


def robustness(cases: Sequence[Case], asker: Asker, usual: Results) -> list[Robustness]:
    """The questions under every change of CHANGES against `usual`, their results as written."""
    return [
        _held(name, usual.records, run(rewritten(cases, change), asker).records) for name, change in CHANGES.items()
    ]


def among_others(cases: Sequence[Case], assistant: "Assistant", usual: Results, count: int = DISTRACTORS) -> Robustness:
    """The questions when the letters of the assistant stand among `count` made-up ones about other things."""
    import tempfile

    with tempfile.TemporaryDirectory(prefix="fuwen-eval-") as folder:
        crowded = _crowded(assistant, Path(folder), count)
        return _held(AMONG_OTHERS, usual.records, run(cases, crowded).records)


def _crowded(assistant: "Assistant", folder: Path, count: int) -> "Assistant":
    """An assistant of the same settings over the same letters and the distractors, indexed anew in `folder`."""
    from assistant.assistant import Assistant
    from corpus.parse import parse_letter
    from corpus.read import RawDocument
    from index.build import build_index
    from index.search import open_index

    others = (parse_letter(RawDocument(name, f"{name}.txt", None, text)) for name, text in distractors(count))
    letters = [*assistant.letters(), *others]
    build_index(sorted(letters, key=lambda letter: letter.id), folder, assistant.embedder, corpus="crowded")
    return Assistant(open_index(folder, assistant.embedder), assistant.embedder, assistant.settings)


def distractors(count: int, seed: int = SEED) -> Iterator[tuple[str, str]]:
    """Made-up replies of places that do not exist about things that the built-in letters never speak of: (id, text)."""
    table = _table()["distractor"]
    draw = Random(seed)
    for number in range(1, count + 1):
        fill = {name: draw.choice(values) for name, values in table.items() if isinstance(values, list)}
        matter = draw.choice(table["matter"])
        figures = {f"n{at}": str(draw.randint(3, 980)) for at in range(1, 7)}
        facts = draw.sample(table["fact"], 4)
        names = {**fill, **matter, **figures, "number": f"{number:04d}", "day": str(draw.randint(1, 28))}
        body = "\n".join(table["frame"]).replace("{facts}", "\n".join(facts))
        yield f"zz_{number:05d}", body.format_map(names)


def robust_table(found: Sequence[Robustness]) -> str:
    """A line a change: how many of the questions that passed still do, and the measures over all of them."""
    from eval.report import shown, table

    body = [
        [
            each.name,
            str(each.passed),
            str(each.still),
            "—" if each.share is None else f"{each.share:.3f}",
            *(shown(each.rows[name]) for name in MEASURES),
        ]
        for each in found
    ]
    return table(["改写", "原来通过", "仍然通过", "保持率", *MEASURES], body)


def _held(name: str, before: Sequence[Record], after: Sequence[Record]) -> Robustness:
    passed = [(was, now) for was, now in zip(before, after, strict=True) if was.cause is None]
    lost = tuple(now.id for _, now in passed if now.cause is not None)
    return Robustness(name, len(passed), len(passed) - len(lost), {m: row(m, after) for m in MEASURES}, lost)


def _is_chinese(mark: str) -> bool:
    return "\u4e00" <= mark <= "\u9fff"


@cache
def _table() -> dict[str, Any]:
    """The tables of variants.toml; InputError when they cannot be used."""
    try:
        table = tomllib.loads(VARIANTS.read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise InputError(str(VARIANTS), "读不出改写表", "请检查它的 TOML 写法") from error
    return table


@cache
def _traditional() -> dict[int, int]:
    pairs = _table()["traditional"]
    return {ord(one): ord(other) for one, other in zip(pairs["from"], pairs["to"], strict=True)}


@cache
def _typos() -> dict[str, str]:
    pairs = _table()["typo"]["pairs"]
    return dict(zip(pairs[::2], pairs[1::2], strict=True))
