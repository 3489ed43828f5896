"""Letters in, ranked hits out: chunks, words, lexical and dense search, generations, the embedded model."""

from typing import TYPE_CHECKING

from corpus.lazy import lazily

if TYPE_CHECKING:
    from index.build import build_index
    from index.chunks import chunks
    from index.embedding import Embedder, open_embedder
    from index.hit import Chunk, Filters, Hit
    from index.search import Index, open_index
else:
    lazily(
        __name__,
        {
            "build": "build_index",
            "chunks": "chunks",
            "embedding": "Embedder open_embedder",
            "hit": "Chunk Filters Hit",
            "search": "Index open_index",
        },
    )

__all__ = ["Chunk", "Embedder", "Filters", "Hit", "Index", "build_index", "chunks", "open_embedder", "open_index"]
