"""Makes a question ready to be searched with: what it asks, its words with their rarity and other forms, what it names exactly."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from index.asking import Asking, asking_cues, read_asking
from index.lookup import Sought, sought
from index.rerank import Unit
from index.terms import named_in
from index.thesaurus import Expansion, expansions
from index.words import bigrams, compact, content_words, words

# Of what the question's words may be called, no more than the surest are searched for.
_SUREST = 12


@dataclass(frozen=True)
class Question:
    """A question as it was typed, what it asks, its words (`tokens` by field), their rarity and other forms, what it names exactly."""

    text: str
    asking: Asking
    tokens: dict[str, list[str]]
    units: tuple[Unit, ...]
    expansions: tuple[Expansion, ...]
    sought: tuple[Sought, ...]

    @property
    def telling(self) -> tuple[Unit, ...]:
        """The words that name a matter; those that name a letter exactly, and 工作, 措施 and the like, do not."""
        vague = asking_cues()["words"]["vague"]
        named = "".join(thing.written for thing in self.sought if thing.kind != "姓名")
        return tuple(unit for unit in self.units if not vague.fullmatch(unit.text) and unit.text not in named)

    @property
    def meant(self) -> list[str]:
        """The words of what the question's words may be called."""
        return list(dict.fromkeys(word for expansion in self.expansions for word in words(expansion.means)))


def prepare(
    text: str, rarity: Callable[[str], float], terms: frozenset[str] = frozenset(), folder: Path | None = None
) -> Question:
    """The question made ready.

    `rarity` says how rare a word is, `terms` are the names that the letters teach, `folder` may hold a thesaurus of the user's own.
    """
    asking, found = read_asking(text), expansions(text, folder)[:_SUREST]
    telling = content_words(text)
    return Question(
        text=text,
        asking=asking,
        tokens={"words": telling or words(text), "bigrams": bigrams(text)},
        units=(*units_of(telling, asking, found, rarity), *_names(text, terms, rarity)),
        expansions=found,
        sought=sought(text),
    )


def units_of(
    telling: Sequence[str], asking: Asking, found: Sequence[Expansion], rarity: Callable[[str], float]
) -> tuple[Unit, ...]:
    """The words that identify what is asked, without places and what only names a letter, each with its other forms."""
    places = {compact(region) for region in asking.regions}
    letter = asking_cues()["words"]["letter"]
    kept = [
        word
        for word in dict.fromkeys(telling)
        if not any(word in place or place in word for place in places) and not letter.fullmatch(word)
    ]
    made = []
    linked: set[str] = set()
    for word in kept:
        others = [e for e in found if any(word in part or part in word for part in e.asked.split("…"))]
        linked |= {e.means for e in others}
        made.append(Unit(word, rarity(word), tuple((compact(e.means), e.weight) for e in others)))
    loose = [e for e in found if e.means not in linked]
    made += [Unit(e.asked, rarity(e.asked), ((compact(e.means), e.weight),)) for e in loose[:4]]
    return tuple(made)


def _names(text: str, terms: frozenset[str], rarity: Callable[[str], float]) -> tuple[Unit, ...]:
    """The names in the question as units of their own, each as rare as its rarest word: found only where the name stands whole."""
    return tuple(Unit(name, max(map(rarity, words(name)), default=0.0)) for name in named_in(text, terms))
