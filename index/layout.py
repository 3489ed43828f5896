"""Numbers the letters and chunks of all segments in one order, by letter id and place, so that results do not depend on segments."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from index.arrays import ends_of
from index.segments import Segment

Rows = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Layout:
    """Where each letter and each chunk of an index lies.

    `ids` ascend; letter n of the index is row `letter_rows[n]` of segment `letter_segments[n]` and has the chunks
    `starts[n]:starts[n + 1]`; chunk r is row `locals[r]` of segment `segments[r]`; `globals[s]` leads back.
    """

    ids: tuple[str, ...]
    letter_segments: Rows
    letter_rows: Rows
    starts: Rows
    segments: Rows
    locals: Rows
    globals: tuple[Rows, ...]

    def parted(self, rows: Rows) -> list[tuple[int, Rows, Rows]]:
        """The rows by segment: its number, which of the rows lie in it, their rows there (ascending when the rows are)."""
        homes = self.segments[rows]
        found = ((int(home), np.flatnonzero(homes == home)) for home in np.unique(homes))
        return [(home, at, self.locals[rows[at]]) for home, at in found]


def lay_out(segments: Sequence[Segment]) -> Layout:
    """The layout of these segments."""
    ids = [letter_id for segment in segments for letter_id in segment.ids]
    # Each segment is sorted: this merges.
    order = np.array(sorted(range(len(ids)), key=ids.__getitem__), dtype=np.int64)
    homes = _joined([np.full(len(segment.ids), at) for at, segment in enumerate(segments)])[order]
    letter_rows = _joined([np.arange(len(segment.ids)) for segment in segments])[order]
    counts = _joined([segment.chunk_counts for segment in segments])[order]
    firsts = _joined([ends_of(segment.chunk_counts)[:-1] for segment in segments])[order]
    starts = ends_of(counts)
    places = np.repeat(homes, counts)
    local = np.arange(len(places)) + np.repeat(firsts - starts[:-1], counts)
    back = tuple(np.flatnonzero(places == at) for at in range(len(segments)))
    return Layout(tuple(ids[at] for at in order.tolist()), homes, letter_rows, starts, places, local, back)


def _joined(parts: Sequence[Rows]) -> Rows:
    return np.concatenate([np.zeros(0, dtype=np.int64), *parts]).astype(np.int64)
