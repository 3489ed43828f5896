"""The steps of an answer as a LangChain runnable over a retriever of our own; the page and the chat model run on it."""

from collections.abc import Iterator, Mapping
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
from index.hit import Chunk, Filters, Hit, Why
from index.search import Index
from index.why import why_text


class LetterRetriever(BaseRetriever):
    """Chunks of letters as LangChain documents, best first; `metadata` holds letter, offsets, headings, scores and why."""

    model_config = ConfigDict(arbitrary_types_allowed=True)

    index: Index
    k: int = 10
    filters: Filters = Filters()

    def _get_relevant_documents(
        self, query: str, *, run_manager: CallbackManagerForRetrieverRun, **kwargs: Any
    ) -> list[Document]:
        hits = self.index.search(query, kwargs.get("k", self.k), kwargs.get("filters", self.filters))
        return [document_of(hit) for hit in hits]


def build_chain(desk: Desk) -> Runnable[State | str, Answer]:
    """understand | retrieve | decide | write, as one runnable from a State (or a question) to an Answer.

    Its `stream` gives the verified answer each time that a chat model has closed a sentence.
    """
    retriever = LetterRetriever(index=desk.index)

    def search(query: str, k: int, filters: Filters) -> list[Hit]:
        return [hit_of(document) for document in retriever.invoke(query, k=k, filters=filters)]

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


def document_of(hit: Hit) -> Document:
    """The hit as a LangChain document of plain values: JSON can hold it, and `hit_of` makes the same hit of it."""
    return Document(
        page_content=hit.chunk.text,
        metadata={
            **_placed(hit.chunk),
            "score": hit.score,
            "scores": dict(hit.scores),
            "found_by": list(hit.found_by),
            "why": why_text(hit.why),
            "explained": {name: _plain(value) for name, value in vars(hit.why).items()},
            "parts": [_placed(part) for part in hit.parts],
        },
    )


def hit_of(document: Document) -> Hit:
    """The hit that a document was made from."""
    data = document.metadata
    text, start = document.page_content, data["start"]
    explained: dict[str, Any] = {
        name: tuple(map(_fixed, v)) if isinstance(v, list) else v for name, v in data["explained"].items()
    }
    parts = tuple(_chunk(part, text[part["start"] - start : part["end"] - start]) for part in data["parts"])
    return Hit(_chunk(data, text), data["score"], dict(data["scores"]), Why(**explained), parts)


def _placed(chunk: Chunk) -> dict[str, Any]:
    return {
        "letter": chunk.letter,
        "start": chunk.start,
        "end": chunk.end,
        "heading_path": list(chunk.heading_path),
        "record": chunk.record,
    }


def _chunk(data: Mapping[str, Any], text: str) -> Chunk:
    return Chunk(data["letter"], data["start"], data["end"], text, tuple(data["heading_path"]), data["record"])


def _plain(value: Any) -> Any:
    return [_plain(item) for item in value] if isinstance(value, tuple) else value


def _fixed(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


def _step(name: str, desk: Desk, state: State) -> State:
    return timed(name, state, desk)
