"""Makes one segment of what is kept of several, without reading a letter anew: how letters leave an index, and small segments grow."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from index.arrays import ends_of, save, save_json
from index.letters import write_letters
from index.postings import write_joined
from index.segment_new import seal, write_lists
from index.segments import FIELDS, KNOWN, KNOWN_STARTS, PATHS, TABLE, Segment
from index.vectors import write_codes

Ints = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Part:
    """A segment and the rows of the letters that are kept of it, ascending."""

    segment: Segment
    kept: Ints

    @property
    def chunks(self) -> int:
        """The number of chunks that are kept."""
        return int(self.segment.chunk_counts[self.kept].sum())


def write_joined_segment(folder: Path, parts: Sequence[Part]) -> dict[str, Any]:
    """Fill the folder with the letters that are kept of the parts, in the order of their ids; what the manifest says of it.

    Every byte of the parts is compared with the manifest first (BrokenIndex): damage must not get new sums.
    """
    for part in parts:
        part.segment.verify()
    order = sorted((part.segment.ids[row], at, row) for at, part in enumerate(parts) for row in part.kept.tolist())
    new_letters = [np.full(len(part.segment.ids), -1, dtype=np.int64) for part in parts]
    for new, (_, at, row) in enumerate(order):
        new_letters[at][row] = new
    counts = np.array([0] * len(order), dtype=np.int64)
    for part, new_of in zip(parts, new_letters, strict=True):
        counts[new_of[part.kept]] = part.segment.chunk_counts[part.kept]
    starts = ends_of(counts)
    new_rows = [_new_rows(part.segment, new_of, starts) for part, new_of in zip(parts, new_letters, strict=True)]
    total = int(starts[-1])
    _write_chunks(folder, parts, new_letters, new_rows, total)
    for field in FIELDS:
        write_joined(folder, field, [(p.segment.fields[field], r) for p, r in zip(parts, new_rows, strict=True)], total)
    write_letters(folder, (parts[at].segment.letters.line(row) for _, at, row in order))
    _write_known(folder, ((parts[at].segment, row) for _, at, row in order))
    _write_lists(folder, parts, order)
    return seal(folder, len(order), total)


def _new_rows(segment: Segment, new_letters: Ints, starts: Ints) -> Ints:
    """The new row of each chunk, -1 for one that goes."""
    letters = segment.table[:, 0]
    first = ends_of(segment.chunk_counts)[:-1]
    rows = starts[new_letters[letters]] + np.arange(len(letters)) - first[letters]
    return np.where(new_letters[letters] >= 0, rows, -1)


def _write_chunks(folder: Path, parts: Sequence[Part], letters: list[Ints], rows: list[Ints], total: int) -> None:
    """Write the table of the chunks, their heading paths and their vectors."""
    table = np.zeros((total, 4), dtype=np.int32)
    width = parts[0].segment.vectors.codes.shape[1] if parts else 0
    codes = np.zeros((total, width), dtype=np.uint8)
    old_paths: list[tuple[str, ...]] = []
    for part, new_of, new in zip(parts, letters, rows, strict=True):
        kept = new >= 0
        old = part.segment.table[kept]
        columns = (new_of[old[:, 0]], old[:, 1], old[:, 2], old[:, 3] + len(old_paths))
        table[new[kept]] = np.stack(columns, axis=1)
        codes[new[kept]] = part.segment.vectors.codes[kept]
        old_paths += part.segment.paths
    paths: dict[tuple[str, ...], int] = {}
    table[:, 3] = [paths.setdefault(old_paths[path], len(paths)) for path in table[:, 3].tolist()]
    save(folder / TABLE, table, np.int32)
    save_json(folder / PATHS, list(paths))
    write_codes(folder, codes)


def _write_known(folder: Path, letters: Iterator[tuple[Segment, int]]) -> None:
    sizes = []
    with (folder / KNOWN).open("wb") as file:
        for segment, row in letters:
            low, high = segment.known_of(row)
            sizes.append(file.write(segment.known[low:high]))
    save(folder / KNOWN_STARTS, ends_of(sizes), np.int64)


def _write_lists(folder: Path, parts: Sequence[Part], order: list[tuple[str, int, int]]) -> None:
    sources, terms = [p.segment.sources for p in parts], [p.segment.terms for p in parts]
    records = [p.segment.records for p in parts]
    told = [records[at][row] for _, at, row in order]
    write_lists(
        folder,
        ids=[letter_id for letter_id, _, _ in order],
        sources=[sources[at][row] for _, at, row in order],
        records=[{"id": record.id, "file": record.file, **record.values} for record in told],
        terms=[terms[at][row] for _, at, row in order],
    )
