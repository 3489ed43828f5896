"""What the assistant gives back: sentences with citations, or a refusal with a reason."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Citation:
    """The exact characters that a sentence rests on: `letter.text[start:end] == quote`, always.

    `number`, `region` and `date` are None where the letter does not say; `id` counts from 1 within an answer.
    """

    id: int
    letter: str
    file: str
    title: str
    number: str | None
    region: str | None
    date: str | None
    heading_path: tuple[str, ...]
    start: int
    end: int
    quote: str


@dataclass(frozen=True)
class Sentence:
    """One sentence of an answer and the ids of the citations that carry it."""

    text: str
    citations: tuple[int, ...] = ()


@dataclass(frozen=True)
class Answer:
    """A cited answer, or a refusal.

    `refusal_reason` is None or a code of `assistant.refusal.REASONS`; `nearest` holds citations of the nearest letters'
    titles for the page (never part of the contract's `citations` on a refusal); `problems` lists what verification
    struck out, `notices` what else the reader should know (a part without an answer, a chat model out of reach). `value` is the
    figure, date or 文号 asked for, as the one sentence of the answer writes it; None where that is not plain.
    """

    question: str
    standalone_question: str
    intent: str
    sentences: tuple[Sentence, ...] = ()
    citations: tuple[Citation, ...] = ()
    refused: bool = False
    refusal_reason: str | None = None
    composer: str = "extractive"
    timings_ms: dict[str, float] = field(default_factory=dict)
    nearest: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()
    notices: tuple[str, ...] = ()
    value: str | None = None

    @property
    def text(self) -> str:
        """The answer in Markdown, each sentence followed by its marks `[^1]`."""
        return "\n".join(s.text + "".join(f"[^{n}]" for n in s.citations) for s in self.sentences)
