"""The store on the local disk: what is written becomes a new generation of the index, what is read is the one that is served."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from corpus.letter import Letter
from index.generations import Generation, generations
from index.search import Index, open_index

if TYPE_CHECKING:
    from index.embedding import Embedder


@dataclass(frozen=True)
class LocalStore:
    """An index in a folder, made by one embedder; fulfils `index.engine.Store`."""

    folder: Path
    embedder: "Embedder"

    def upsert(
        self, letters: Iterable[Letter], *, corpus: str = "", sources: Mapping[str, str] | None = None
    ) -> Generation:
        """The new generation, with the letters in place of those of the same ids; what they replace leaves the disk."""
        from index.build import build_index, update_index

        if not generations(self.folder):
            return build_index(letters, self.folder, self.embedder, corpus=corpus, sources=sources)
        return update_index(letters, (), self.folder, self.embedder, corpus=corpus, sources=sources)

    def delete(self, ids: Collection[str], *, corpus: str = "") -> Generation:
        """The new generation, without the letters of these ids; they leave the disk."""
        from index.build import update_index

        return update_index((), ids, self.folder, self.embedder, corpus=corpus)

    def snapshot(self) -> Index:
        """The generation that is served, opened for search, or the one before (see `damage`); BrokenIndex when none is whole."""
        return open_index(self.folder, self.embedder)

    def health(self) -> list[str]:
        """What is wrong in any byte of the folder, a Chinese line each with the file and the mend."""
        from index.check import check_index

        return check_index(self.folder)
