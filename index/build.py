"""Brings an index in step with letters: a new generation with all of them, or with what was added, replaced and removed."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from corpus.errors import InputError
from corpus.letter import Letter
from index.generations import Generation, current, new_segment, publish
from index.merging import groups
from index.opened import segments_of
from index.recipe import check_recipe, recipe
from index.segment_join import Part, write_joined_segment
from index.segment_new import Cut, cut, write_segment
from index.segments import FULL

if TYPE_CHECKING:
    from index.embedding import Embedder

Told = dict[str, Any]


def build_index(
    letters: Iterable[Letter],
    folder: Path,
    embedder: "Embedder",
    *,
    corpus: str = "",
    keep_previous: bool = True,
    sources: Mapping[str, str] | None = None,
) -> Generation:
    """Publish a new generation with these letters and no others; `corpus` is their fingerprint.

    The letters may come one by one in any order: no more than those of one segment are held at a time. `sources` says by id what
    each was made from; it is looked at when the letter has come. The generation before stays served until the new one is whole,
    and stays on disk until the next publication, unless `keep_previous` is False.
    """

    def write(home: Path) -> dict[str, Any]:
        return _manifest(_new_segments(home, letters, embedder, sources or {}), corpus, embedder)

    return publish(folder, write, keep_previous=keep_previous)


def update_index(
    put: Iterable[Letter],
    gone: Collection[str],
    folder: Path,
    embedder: "Embedder",
    *,
    corpus: str = "",
    sources: Mapping[str, str] | None = None,
) -> Generation:
    """Publish a new generation: that which is served with the letters `put` in place of their like, and without those `gone`.

    Only the segments that hold a replaced or removed letter are written anew, by copying what stays. When any is, the generation
    before is deleted: it holds what was removed. Raises BrokenIndex when the served generation, or a segment that must be copied,
    is not whole.
    """

    def write(home: Path) -> dict[str, Any]:
        base = current(folder)
        check_recipe(base)
        new = _new_segments(home, put, embedder, sources or {})
        fresh = Generation("", folder, {**base.manifest, "segments": new})
        arrived = [Part(segment, np.arange(len(segment.ids))) for segment in segments_of(fresh)]
        leaving = set(gone).union(*(part.segment.ids for part in arrived))
        stayed = [_without(segment, leaving) for segment in segments_of(base)]
        told = _arranged(home, [*stayed, *arrived])
        lost = any(len(part.kept) < len(part.segment.ids) for part in stayed)
        return {**_manifest(told, corpus, embedder), "keep_previous": not lost and not base.damage}

    return publish(folder, write)


def _manifest(segments: Mapping[str, Told], corpus: str, embedder: "Embedder") -> dict[str, Any]:
    return {
        "corpus": corpus,
        "recipe": recipe(),
        "embedder": {"name": embedder.name, "fingerprint": embedder.fingerprint(), "dimension": embedder.dimension},
        "letters": sum(told["letters"] for told in segments.values()),
        "chunks": sum(told["chunks"] for told in segments.values()),
        "segments": segments,
    }


def _new_segments(
    home: Path, letters: Iterable[Letter], embedder: "Embedder", sources: Mapping[str, str]
) -> dict[str, Told]:
    """Write the letters into new segments, each full but the last one; what the manifest says of them."""
    told: dict[str, Told] = {}
    for batch in _batches(_distinct(letters), sources):
        segment = new_segment(home)
        told[segment.name] = write_segment(segment, batch, embedder)
    return told


def _batches(letters: Iterable[Letter], sources: Mapping[str, str]) -> Iterator[list[Cut]]:
    """The letters, cut, as many at a time as a segment holds."""
    batch: list[Cut] = []
    size = 0
    for letter in letters:
        made = cut(letter, sources.get(letter.id, ""))
        if batch and size + len(made.chunks) > FULL:
            yield batch
            batch, size = [], 0
        batch.append(made)
        size += len(made.chunks)
    if batch:
        yield batch


def _distinct(letters: Iterable[Letter]) -> Iterator[Letter]:
    ids: set[str] = set()
    for letter in letters:
        if letter.id in ids:
            raise InputError(f"复文 {letter.id}", "编号重复", "请删去其中一件")
        ids.add(letter.id)
        yield letter


def _without(segment: Any, leaving: Collection[str]) -> Part:
    kept = [row for row, letter_id in enumerate(segment.ids) if letter_id not in leaving]
    return Part(segment, np.array(kept, dtype=np.int64))


def _arranged(home: Path, parts: list[Part]) -> dict[str, Told]:
    """The segments of the new generation: whole ones as they are, others joined and copied."""
    parts = [part for part in parts if len(part.kept)]
    told: dict[str, Told] = {}
    for group in groups([part.chunks for part in parts]):
        chosen = [parts[at] for at in group]
        if len(chosen) == 1 and len(chosen[0].kept) == len(chosen[0].segment.ids):
            told[chosen[0].segment.name] = dict(chosen[0].segment.told)
        else:
            segment = new_segment(home)
            told[segment.name] = write_joined_segment(segment, chosen)
    return told
