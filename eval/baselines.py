"""Trivial askers that stand beside the real one in every table: where one of them wins, the measure is broken."""

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from assistant.answer import Answer, Citation, Sentence
from corpus.letter import Letter
from corpus.sentences import sentences
from eval.ranking import DEPTH
from eval.run import Asker
from index.engine import FIELDS
from index.hit import Hit

# How deep the fused ranking is read before it is put into the order of one searcher.
POOL = 50


@dataclass(frozen=True)
class RefuseAll:
    """Refuses every question; searches as the real one does."""

    asker: Asker

    def ask(self, question: str, history: Sequence[tuple[str, Answer]] = ()) -> Answer:
        """A refusal."""
        return Answer(question, question, "fact", refused=True, refusal_reason="off_topic")

    def search(self, question: str, k: int = DEPTH) -> Sequence[Hit]:
        """The hits of the real asker."""
        return self.asker.search(question, k)

    def letter(self, letter_id: str) -> Letter:
        """The letter of the real asker."""
        return self.asker.letter(letter_id)


@dataclass(frozen=True)
class TopChunk(RefuseAll):
    """Answers every question with the whole first hit, sentence by sentence, each exactly cited."""

    def ask(self, question: str, history: Sequence[tuple[str, Answer]] = ()) -> Answer:
        """Every sentence of the first hit; a refusal where nothing was hit."""
        hits = self.search(question, 1)
        if not hits:
            return super().ask(question)
        chunk = hits[0].chunk
        letter = self.letter(chunk.letter)
        spans = sentences(letter.text, chunk.start, chunk.end)
        citations = tuple(_citation(n, letter, start, end) for n, (start, end) in enumerate(spans, 1))
        quoted = tuple(Sentence(citation.quote, (citation.id,)) for citation in citations)
        return Answer(question, question, "fact", sentences=quoted, citations=citations)


@dataclass(frozen=True)
class OneLeg(TopChunk):
    """Ranks by the scores of some searchers alone and answers with the whole first hit of that order."""

    legs: tuple[str, ...] = FIELDS

    def search(self, question: str, k: int = DEPTH) -> Sequence[Hit]:
        """The first k of the real asker's pool by the sum of these scores; what scores nothing is left out."""
        scored = [
            (sum(hit.scores.get(leg, 0.0) for leg in self.legs), hit) for hit in self.asker.search(question, POOL)
        ]
        return [hit for score, hit in sorted(scored, key=lambda pair: -pair[0]) if score > 0][:k]


@dataclass(frozen=True)
class CiteEverything(TopChunk):
    """Answers with the whole first hit, and lets every sentence cite every one of the first ten hits."""

    def ask(self, question: str, history: Sequence[tuple[str, Answer]] = ()) -> Answer:
        """The sentences of the first hit under all citations; a refusal where nothing was hit."""
        hits = self.search(question, DEPTH)
        if not hits:
            return RefuseAll.ask(self, question)
        first = hits[0].chunk
        letter = self.letter(first.letter)
        spots = [(self.letter(hit.chunk.letter), hit.chunk) for hit in hits]
        citations = tuple(_citation(n, home, chunk.start, chunk.end) for n, (home, chunk) in enumerate(spots, 1))
        everything = tuple(citation.id for citation in citations)
        spans = sentences(letter.text, first.start, first.end)
        said = tuple(Sentence(letter.text[start:end], everything) for start, end in spans)
        return Answer(question, question, "fact", sentences=said, citations=citations)


@dataclass(frozen=True)
class AtRandom(TopChunk):
    """Ranks what the real asker proposes at random, the same for the same question, and answers with the first."""

    def search(self, question: str, k: int = DEPTH) -> Sequence[Hit]:
        """The first k of the real asker's pool in an order drawn for the question."""
        pool = list(self.asker.search(question, POOL))
        Random(question).shuffle(pool)
        return pool[:k]


def baselines(asker: Asker) -> dict[str, Asker]:
    """The baselines by the name that the table gives them."""
    return {
        "全拒": RefuseAll(asker),
        "整段": TopChunk(asker),
        "全引": CiteEverything(asker),
        "仅词面": OneLeg(asker, FIELDS),
        "仅向量": OneLeg(asker, ("dense",)),
        "随机": AtRandom(asker),
    }


def _citation(number: int, letter: Letter, start: int, end: int) -> Citation:
    return Citation(
        id=number,
        letter=letter.id,
        file=letter.file,
        title=letter.name,
        number=None,
        region=None,
        date=None,
        heading_path=(),
        start=start,
        end=end,
        quote=letter.text[start:end],
    )
