"""The same steps as a LangChain runnable over a retriever of our own; the page and the chat model run on it."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever
from langchain_core.runnables import Runnable, RunnableLambda
from pydantic import ConfigDict

from assistant.answer import Answer
from assistant.desk import Desk
from assistant.pipeline import STEPS, State, finish, timed
from index.hit import Filters
from index.search import Index


class LetterRetriever(BaseRetriever):
    """Chunks of letters as LangChain documents, best first; `metadata` holds letter, offsets, headings and scores."""

    model_config = ConfigDict(arbitrary_types_allowed=True)

    index: Index
    k: int = 10
    filters: Filters = Filters()

    def _get_relevant_documents(self, query: str, *, run_manager: CallbackManagerForRetrieverRun) -> list[Document]:
        return [
            Document(
                page_content=hit.chunk.text,
                metadata={
                    "letter": hit.chunk.letter,
                    "start": hit.chunk.start,
                    "end": hit.chunk.end,
                    "heading_path": list(hit.chunk.heading_path),
                    "score": hit.score,
                    "scores": hit.scores,
                },
            )
            for hit in self.index.search(query, self.k, self.filters)
        ]


def build_chain(desk: Desk) -> Runnable[State, Answer]:
    """understand | retrieve | decide | compose | verify | finish, as one runnable from State to Answer."""
    steps: Sequence[Runnable[Any, Any]] = [
        RunnableLambda(partial(_step, name, desk)).with_config(run_name=name) for name in STEPS
    ]
    chain: Runnable[Any, Any] = steps[0]
    for step in steps[1:]:
        chain = chain | step
    return chain | RunnableLambda(lambda state: finish(state, desk)).with_config(run_name="finish")


def _step(name: str, desk: Desk, state: State) -> State:
    return timed(name, state, desk)
