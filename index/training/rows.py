"""Read the training text: pairs, paragraphs, articles and the everyday ↔ official rows, with what is held out."""

import hashlib
import json
import lzma
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

# The first file's matters are held out by themselves, so that figures of different days compare.
EVERYDAY = Path(__file__).parent / "everyday_official.jsonl"
# One pair in fifty, chosen by its text, is never trained on.
HELD_OUT_SHARE = 50
# One matter in ten of the everyday rows.
EVERYDAY_SHARE = 10
# Lay questions of law, never trained on: what the model does with a field that it did not learn is measured on them.
HELD_OUT_SOURCES = frozenset({"legalqa", "lawbench-consult", "lawbench-scenario"})
_STAMP = re.compile(r"^[\d\s:：\-]{4,20}，正文：")


@dataclass(frozen=True)
class Row:
    """Two texts that belong together; `wrong` looks right and is not. `group` is the source or the matter."""

    a: str
    b: str
    kind: str
    group: str
    wrong: str | None = None

    def texts(self) -> list[str]:
        """The row's texts, the wrong one with them."""
        return [text for text in (self.a, self.b, self.wrong) if text]


def read_lines(path: Path) -> Iterator[str]:
    """The lines of an .xz file without their line ends."""
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield line.rstrip("\n")


def read_pairs(folder: Path) -> list[Row]:
    """The pairs of `pairs.jsonl.xz`; `group` is the source."""
    records = (json.loads(line) for line in read_lines(folder / "pairs.jsonl.xz"))
    return [Row(r["a"], r["b"], r["kind"], r["source"]) for r in records]


def read_paragraphs(folder: Path) -> list[str]:
    """The paragraphs of `text.txt.xz`, in the order of their documents."""
    return list(read_lines(folder / "text.txt.xz"))


def read_articles(folder: Path) -> list[str]:
    """The articles of `news.txt.xz` without their time stamps."""
    return [_STAMP.sub("", line) for line in read_lines(folder / "news.txt.xz")]


def everyday_files() -> tuple[Path, ...]:
    """The files of everyday ↔ official rows: the first one, then the later ones by name."""
    return (EVERYDAY, *sorted(set(EVERYDAY.parent.glob("everyday_*.jsonl")) - {EVERYDAY}))


def read_everyday(files: Sequence[Path] = ()) -> list[Row]:
    """The everyday ↔ official rows of these files, or of all; `group` is the matter, shared by rows that nearly repeat each other.

    Rows of later files leave the matters of the first one as they are: they join them, or are matters of their own.
    """
    first, *later = [_read_rows(path) for path in files or everyday_files()]
    matters = group_by_matter([row.texts() for row in first])
    first = [replace(row, group=matter) for row, matter in zip(first, matters, strict=True)]
    return first + joined_matters(first, [row for rows in later for row in rows])


def _read_rows(path: Path) -> list[Row]:
    with path.open(encoding="utf-8") as lines:
        records = [json.loads(line) for line in lines]
    return [Row(r["a"], r["b"], r["kind"], "", r.get("n")) for r in records]


def joined_matters(first: Sequence[Row], later: Sequence[Row]) -> list[Row]:
    """The later rows with their matters: that of the first rows which they nearly repeat, a held-out one before others."""
    names = group_by_matter([row.texts() for row in (*first, *later)])
    met: defaultdict[str, set[str]] = defaultdict(set)
    for name, row in zip(names, first, strict=False):
        met[name].add(row.group)
    chosen = {
        name: min(groups, key=lambda group: (not held_out(group, EVERYDAY_SHARE), group))
        for name, groups in met.items()
    }
    return [replace(row, group=chosen.get(name, name)) for name, row in zip(names[len(first) :], later, strict=True)]


def held_out(text: str, share: int = HELD_OUT_SHARE) -> bool:
    """Whether the row or matter that this text stands for is kept for measuring: one in `share`."""
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:4], "big") % share == 0


def split_pairs(rows: list[Row]) -> tuple[list[Row], list[Row]]:
    """Training and held-out pairs; rows that share their answer stay on one side. Held-out sources are in neither."""
    kept = [row for row in rows if row.group not in HELD_OUT_SOURCES]
    return _split(kept, [held_out(row.b) for row in kept])


def split_everyday(rows: list[Row]) -> tuple[list[Row], list[Row]]:
    """Training and held-out everyday rows, one matter in ten held out."""
    return _split(rows, [held_out(row.group, EVERYDAY_SHARE) for row in rows])


def _split(rows: list[Row], out: list[bool]) -> tuple[list[Row], list[Row]]:
    marked = list(zip(rows, out, strict=True))
    return [row for row, o in marked if not o], [row for row, o in marked if o]


def group_by_matter(rows: list[list[str]], likeness: float = 0.4) -> list[str]:
    """A name of the matter for each row: rows are joined when any of their texts share `likeness` of their bigrams."""
    owners = [number for number, row in enumerate(rows) for _ in row]
    grams = [_bigrams(text) for row in rows for text in row]
    parent = list(range(len(rows)))
    for one, other in _alike(grams, likeness):
        parent[_root(parent, owners[one])] = _root(parent, owners[other])
    roots = [_root(parent, number) for number in range(len(rows))]
    names: dict[int, str] = {}
    for root, row in zip(roots, rows, strict=True):
        names[root] = min(names.get(root, row[0]), *row)
    return [names[root] for root in roots]


def _alike(grams: list[frozenset[str]], likeness: float) -> Iterator[tuple[int, int]]:
    """Pairs of sets whose Jaccard likeness is at least `likeness`."""
    frequency = Counter(gram for each in grams for gram in each)
    holders: defaultdict[str, list[int]] = defaultdict(list)
    for index, each in enumerate(grams):
        # Two sets that alike share one of their rarest members: the frequent rest need not be looked up.
        rarest = sorted(each, key=lambda gram: (frequency[gram], gram))[: int(len(each) * (1 - likeness)) + 1]
        for other in {other for gram in rarest for other in holders[gram]}:
            common = len(each & grams[other])
            if common >= likeness * (len(each) + len(grams[other]) - common):
                yield index, other
        for gram in rarest:
            holders[gram].append(index)


def _bigrams(text: str) -> frozenset[str]:
    letters = "".join(re.findall(r"\w", text.lower()))
    return frozenset(letters[i : i + 2] for i in range(len(letters) - 1)) or frozenset((letters,))


def _root(parent: list[int], node: int) -> int:
    while parent[node] != node:
        parent[node] = parent[parent[node]]
        node = parent[node]
    return node
