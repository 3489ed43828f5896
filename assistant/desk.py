"""What the steps of an answer work with: the open index, its directory, the embedder, the chat composer if any."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from assistant.answer import Sentence
from assistant.cite import Notes
from assistant.directory import Directory
from assistant.evidence import Evidence
from assistant.understand import Query
from index.embedding import Embedder
from index.hit import Filters, Hit
from index.search import Index


class Composer(Protocol):
    """Writes an answer from evidence in its own words; its sentences are verified afterwards."""

    def __call__(self, query: Query, evidence: Sequence[Evidence], notes: Notes) -> tuple[list[Sentence], str | None]:
        """The sentences, [] when the evidence gives none; and one line for the user when the model cannot be used."""
        ...


class Searcher(Protocol):
    """Finds the `k` best chunks that pass the filters, best first."""

    def __call__(self, query: str, k: int, filters: Filters) -> list[Hit]:
        """The hits."""
        ...


@dataclass(frozen=True)
class Desk:
    """`hits` is the number of chunks that an answer may draw on; `search` the index's own, or a retriever over it."""

    index: Index
    directory: Directory
    embedder: Embedder
    search: Searcher
    hits: int = 12
    chat: Composer | None = None
