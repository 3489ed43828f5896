"""The assistant: opened on a data folder, it searches, answers and shows letters."""

from collections.abc import Generator, Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, cast

from assistant.places import open_current, open_library
from assistant.settings import Settings, load_settings
from corpus.letter import Letter
from index.embedding import Embedder, open_embedder
from index.hit import Filters, Hit
from index.search import Index

if TYPE_CHECKING:
    from langchain_core.runnables import Runnable

    from assistant.answer import Answer
    from assistant.desk import Desk
    from assistant.follow_up import Turn
    from assistant.pipeline import State

# The steps of an answer are loaded by the first question: search does without them.
EVERYTHING = Filters()


class Assistant:
    """Answers questions over one generation of an index. Safe to share between threads: nothing changes after opening."""

    def __init__(self, index: Index, embedder: Embedder, settings: Settings) -> None:
        self.index, self.embedder, self.settings = index, embedder, settings

    @cached_property
    def desk(self) -> "Desk":
        """What the steps work with; read at the first question."""
        from assistant.desk import Desk
        from assistant.directory import Directory

        chat = None
        if self.settings.chat_model:
            from assistant.chat_compose import ChatComposer

            chat = ChatComposer(self.settings)
        directory = Directory(self.index.records, self.index.letter)
        return Desk(self.index, directory, self.embedder, self.index.search, self.settings.hits, chat)

    @cached_property
    def chain(self) -> "Runnable[State | str, Answer]":
        """The steps as a LangChain runnable from a question (or a State) to an Answer; loading LangChain takes most of a second, so a single question does without."""
        from assistant.chain import build_chain

        return build_chain(self.desk)

    def ask(self, question: str, history: "Sequence[Turn]" = (), filters: Filters = EVERYTHING) -> "Answer":
        """The answer to a question, after the turns of `history` (oldest first).

        Raises InputError when the question is empty or too long.
        """
        from assistant.pipeline import STEPS, State, finish, timed

        state = State(question, tuple(history), filters)
        if self.settings.chat_model:
            return self.chain.invoke(state)
        for name in STEPS:
            state = timed(name, state, self.desk)
        return finish(state, self.desk)

    def stream(
        self, question: str, history: "Sequence[Turn]" = (), filters: Filters = EVERYTHING
    ) -> "Iterator[Answer]":
        """The verified answer, growing sentence by sentence; the last one is whole.

        A sentence of a chat model is shown as soon as it is closed and verified. Closing the iterator ends its request.
        """
        from assistant.pipeline import State

        whole = None
        stream = self.chain.stream(State(question, tuple(history), filters))
        with closing(cast("Generator[Answer, None, None]", stream)) as answers:
            for whole in answers:
                if whole.composer == "chat":
                    yield whole
        if whole is not None and whole.composer != "chat":
            for count in range(1, len(whole.sentences)):
                yield replace(whole, sentences=whole.sentences[:count])
            yield whole

    def search(self, question: str, k: int = 10, filters: Filters = EVERYTHING) -> list[Hit]:
        """The `k` best chunks, best first."""
        from assistant.understand import check_question

        return self.index.search(check_question(question), k, filters)

    def letter(self, letter_id: str) -> Letter:
        """The letter of this id; UnknownLetter when there is none."""
        return self.index.letter(letter_id)

    def letters(self) -> tuple[Letter, ...]:
        """All letters, in the order of their ids."""
        return tuple(self.index.letters())


def open_assistant(data: Path | None = None, settings: Settings | None = None) -> Assistant:
    """An assistant over a data folder (None: FUWEN_DATA, else the built-in letters and the per-user folder).

    An index that is missing or older than the letters is built first. Raises EmptyCorpus, BrokenIndex, SettingsError.
    """
    settings = settings or load_settings(data)
    embedder = open_embedder(settings.embedding_model)
    library = open_library(settings)
    index = open_current(library, embedder)
    index.home = library.folder
    if settings.reranker:
        from index.cross_encoder import open_reranker

        index = index.reading(open_reranker(settings.reranker))
    return Assistant(index, embedder, settings)
