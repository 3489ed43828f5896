"""Composes an answer with a chat model: its statements become cited sentences, one after the other, or are named as faults."""

from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace

from assistant import chat_guard, chat_read
from assistant.answer import Citation, Sentence
from assistant.chat import check, say, shown
from assistant.chat_prompt import Place, chosen, told
from assistant.chat_read import Fault, Missing, Restart, Statement, Unit, read
from assistant.chat_trouble import ChatTrouble
from assistant.cite import Notes
from assistant.settings import Settings

_LABELS = {**chat_read.FAULTS, **chat_guard.FAULTS}
# What a model says to be missing must be asked for: the share of its words that the question has.
ASKED = 0.6


@dataclass(frozen=True)
class Writing:
    """What a chat model has written so far; not verified yet.

    `problems` are the parts that were struck, `missing` what the model says the evidence lacks. Once it has ended,
    `whole` is true, and `trouble` says why nothing of it can be used, if so.
    """

    sentences: tuple[Sentence, ...] = ()
    citations: tuple[Citation, ...] = ()
    problems: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    whole: bool = False
    trouble: ChatTrouble | None = None


class ChatComposer:
    """Composes with the chat model of the settings; SettingsError when these cannot be used."""

    def __init__(self, settings: Settings) -> None:
        check(settings)
        self.settings = settings

    def __call__(self, question: str, places: Sequence[Place]) -> Iterator[Writing]:
        """The writing after each statement, the last one whole; closing the iterator closes the request."""
        kept = chosen(places)
        system, user = told(question, kept)
        so_far, declined, heard = Writing(), False, False
        try:
            with closing(say(self.settings, system, user)) as pieces, closing(read(pieces)) as units:
                for unit in units:
                    heard = True
                    before = so_far
                    declined = declined or (isinstance(unit, Fault) and chat_guard.declines(unit.text))
                    so_far = _taken(so_far, unit, kept, question, system)
                    if len(so_far.sentences) > len(before.sentences):
                        yield so_far
        except ChatTrouble as trouble:
            yield replace(so_far, whole=True, trouble=trouble)
            return
        yield replace(so_far, whole=True, trouble=self._trouble(so_far, declined, heard))

    def _trouble(self, writing: Writing, declined: bool, heard: bool) -> ChatTrouble | None:
        """Why a reply that was heard to its end gives no answer; None when it does."""
        if writing.sentences:
            return None
        name = "off_form" if heard else "empty"
        if any(p.startswith(tuple(chat_guard.FAULTS.values())) for p in writing.problems):
            name = "unsupported"
        if declined or writing.missing:
            name = "declined"
        return ChatTrouble(name, shown(self.settings.chat_base_url))


def _taken(so_far: Writing, unit: Unit, places: Sequence[Place], question: str, instructions: str) -> Writing:
    """The writing with one more unit, or without all before it when that was a thought."""
    if isinstance(unit, Restart):
        return Writing()
    if isinstance(unit, Missing):
        asked = 0 < len(unit.text) <= 60 and chat_guard.shared(unit.text, question) >= ASKED
        return replace(so_far, missing=(*so_far.missing, unit.text)) if asked else _struck(so_far, "off_evidence", unit)
    if isinstance(unit, Fault):
        return _struck(so_far, unit.name, unit)
    if not all(0 < n <= len(places) for n in unit.handles):
        return _struck(so_far, "unknown_handle", unit)
    cited = [places[n - 1] for n in dict.fromkeys(unit.handles)]
    quotes, ground = "\n".join(p.text for p in cited), "\n".join(p.ground for p in cited)
    name = chat_guard.fault(unit.text, quotes, ground, instructions)
    if any(unit.text == sentence.text for sentence in so_far.sentences):
        name = "repeated"
    if name:
        return _struck(so_far, name, unit)
    notes = Notes(list(so_far.citations))
    sentence = notes.sentence(unit.text, [(p.letter, p.start, p.end) for p in cited])
    return replace(so_far, sentences=(*so_far.sentences, sentence), citations=tuple(notes.citations))


def _struck(so_far: Writing, name: str, unit: Statement | Fault | Missing) -> Writing:
    return replace(so_far, problems=(*so_far.problems, f"{_LABELS[name]}：{unit.text[:60]}"))
