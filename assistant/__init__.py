"""Questions in, cited answers or explained refusals out."""

from assistant.answer import Answer, Citation, Sentence
from assistant.assistant import Assistant, open_assistant
from assistant.refusal import REASONS, REFUSAL
from assistant.settings import Settings, load_settings

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
