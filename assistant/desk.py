"""What the steps of an answer work with: the open index, its directory, the embedder, the chat composer if any."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from assistant.directory import Directory
from index.embedding import Embedder
from index.hit import Filters, Hit
from index.search import Index

if TYPE_CHECKING:
    from assistant.chat_compose import Writing
    from assistant.chat_prompt import Place


class Composer(Protocol):
    """Writes an answer from places of letters in its own words; its sentences are verified afterwards."""

    def __call__(self, question: str, places: "Sequence[Place]") -> "Iterator[Writing]":
        """The writing after each sentence, the last one whole, with what is wrong where nothing can be used."""
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
