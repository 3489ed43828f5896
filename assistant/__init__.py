"""Questions in, cited answers or explained refusals out."""

from typing import TYPE_CHECKING

from corpus.lazy import lazily

if TYPE_CHECKING:
    from assistant.answer import Answer, Citation, Sentence
    from assistant.assistant import Assistant, open_assistant
    from assistant.refusal import REASONS, REFUSAL
    from assistant.settings import Settings, load_settings
else:
    lazily(
        __name__,
        {
            "answer": "Answer Citation Sentence",
            "assistant": "Assistant open_assistant",
            "refusal": "REASONS REFUSAL",
            "settings": "Settings load_settings",
        },
    )

__all__ = [
    "REASONS",
    "REFUSAL",
    "Answer",
    "Assistant",
    "Citation",
    "Sentence",
    "Settings",
    "load_settings",
    "open_assistant",
]
