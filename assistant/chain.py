"""The steps of an answer as a LangChain runnable over a retriever of our own; the page and the chat model run on it."""

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from typing import Any

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever
from langchain_core.runnables import Runnable, RunnableLambda
from pydantic import ConfigDict

from assistant.answer import Answer
from assistant.desk import Desk
from assistant.pipeline import State, finish, timed, write
from index.hit import Chunk, Filters, Hit
from index.search import Index


class LetterRetriever(BaseRetriever):
    """Chunks of letters as LangChain documents, best first; `metadata` holds letter, offsets, headings and scores."""

    model_config = ConfigDict(arbitrary_types_allowed=True)

    index: Index
    k: int = 10
    filters: Filters = Filters()

    def _get_relevant_documents(
        self, query: str, *, run_manager: CallbackManagerForRetrieverRun, **kwargs: Any
    ) -> list[Document]:
        hits = self.index.search(query, kwargs.get("k", self.k), kwargs.get("filters", self.filters))
        return [_document(hit) for hit in hits]


def build_chain(desk: Desk) -> Runnable[State | str, Answer]:
    """understand | retrieve | decide | write, as one runnable from a State (or a question) to an Answer.

    Its `stream` gives the verified answer each time that a chat model has closed a sentence.
    """
    retriever = LetterRetriever(index=desk.index)

    def search(query: str, k: int, filters: Filters) -> list[Hit]:
        return [_hit(document) for document in retriever.invoke(query, k=k, filters=filters)]

    desk = replace(desk, search=search)
    chain: Runnable[Any, Any] = RunnableLambda(_state).with_config(run_name="question")
    for name in ("understand", "retrieve", "decide"):
        chain = chain | RunnableLambda(partial(_step, name, desk)).with_config(run_name=name)

    def write_out(state: State) -> Iterator[Answer]:
        for written in write(state, desk):
            yield finish(written, desk)

    return chain | RunnableLambda(write_out).with_config(run_name="write")


def _state(asked: State | str) -> State:
    return State(asked) if isinstance(asked, str) else asked


def _document(hit: Hit) -> Document:
    chunk = hit.chunk
    return Document(
        page_content=chunk.text,
        metadata={
            "letter": chunk.letter,
            "start": chunk.start,
            "end": chunk.end,
            "heading_path": list(chunk.heading_path),
            "score": hit.score,
            "scores": hit.scores,
        },
    )


def _hit(document: Document) -> Hit:
    data = document.metadata
    chunk = Chunk(data["letter"], data["start"], data["end"], document.page_content, tuple(data["heading_path"]))
    return Hit(chunk, data["score"], data["scores"])


def _step(name: str, desk: Desk, state: State) -> State:
    return timed(name, state, desk)
