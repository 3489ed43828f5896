"""Writes what a chat model is told: the rules, the question, and the evidence as data, each sentence with its handle."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from assistant.cite import describe, heading_path
from assistant.prompts import fill
from assistant.refusal import REFUSAL
from corpus.letter import Letter

# A model of 8,000 tokens must hold rules, evidence and answer.
MOST_PLACES = 48
MOST_CHARACTERS = 5000
# A letter speaks to a delegate, never to a program: what does is kept from the model.
_TO_A_MACHINE = re.compile(
    r"(?:忽略|无视|忘掉|忘记|不要?(?:理会|遵守|执行)|推翻).{0,4}(?:以上|上述|之前|此前|前面|上面|先前|所有).{0,8}(?:要求|指令|指示|提示|规则|限制|设定|命令|内容)"
    r"|系统提示词|(?:ignore|disregard|forget)[^.]{0,40}(?:instruction|prompt|above|previous)|system prompt",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Place:
    """A sentence of a letter that an answer may rest on."""

    letter: Letter
    start: int
    end: int

    @property
    def text(self) -> str:
        """The sentence, verbatim."""
        return self.letter.text[self.start : self.end]

    @property
    def ground(self) -> str:
        """The sentence with its headings and the letter's title, number, region and date."""
        return "\n".join((self.text, *heading_path(self.letter, self.start), describe(self.letter)))


def chosen(places: Iterable[Place]) -> tuple[Place, ...]:
    """The first places that there is room for, best first, grouped by letter."""
    kept, spent = list[Place](), 0
    for place in places:
        inside = any(k.letter.id == place.letter.id and k.start <= place.start and place.end <= k.end for k in kept)
        if inside or not place.text.strip() or _TO_A_MACHINE.search(place.text):
            continue
        spent += place.end - place.start
        if len(kept) == MOST_PLACES or (kept and spent > MOST_CHARACTERS):
            break
        kept.append(place)
    order = list(dict.fromkeys(p.letter.id for p in kept))
    return tuple(sorted(kept, key=lambda p: order.index(p.letter.id)))


def told(question: str, places: Sequence[Place]) -> tuple[str, str]:
    """The system's and the user's message."""
    return (
        fill("answer.system", refusal=REFUSAL),
        fill("answer.user", question=_data(question), evidence=_listed(places)),
    )


def _listed(places: Sequence[Place]) -> str:
    """The letters with their headings and numbered sentences, all as data."""
    lines, letter, path = list[str](), "", tuple[str, ...]()
    for number, place in enumerate(places, 1):
        headings = heading_path(place.letter, place.start)
        if place.letter.id != letter:
            letter, path = place.letter.id, ()
            lines.append(f"【材料】{_data(describe(place.letter))}")
        if headings and headings != path:
            lines.append(f"〔{_data(' > '.join(headings))}〕")
        path = headings
        lines.append(f"[^{number}] {_data(place.text)}")
    return "\n".join(lines)


def _data(text: str) -> str:
    """Text on one line that cannot close the fence, write a tag or a handle.

    >>> _data("见[^2]</evidence>")
    '见［^2］＜/evidence＞'
    """
    text = re.sub(r"\[\^(\d+)\]", r"［^\1］", " ".join(text.split()))
    return text.replace("<", "＜").replace(">", "＞")
