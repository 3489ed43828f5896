"""Test the harness itself: make good answers worse in known ways and see that the intended measure falls every time."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from assistant.answer import Answer
from corpus.letter import Letter
from eval.cases import Case
from eval.measures import Scores, answer_side
from eval.mutations import HARMLESS, MUTATIONS, Mutation, World
from eval.run import Results
from eval.summary import LESS_IS_BETTER

# The least share of mutants that must lower the measure meant for them.
LEAST = 0.95
# At most so many mutants of a kind, evenly spread over the questions: enough to tell, few enough to be quick.
MOST = 60
# Of fewer mutants of a kind than these two that slip say nothing about the kind; they count in the whole.
ENOUGH = 40


@dataclass(frozen=True)
class Caught:
    """One kind of mutant: the measure that must fall, how many were made and caught, the questions where one slipped."""

    name: str
    label: str
    measure: str
    made: int
    caught: int
    slipped: tuple[str, ...]


@dataclass(frozen=True)
class SelfTest:
    """How the measures took the mutants; `moved` names untouched or harmlessly changed answers whose scores moved."""

    kinds: tuple[Caught, ...]
    moved: tuple[str, ...]

    @property
    def made(self) -> int:
        """How many mutants there were."""
        return sum(kind.made for kind in self.kinds)

    @property
    def share(self) -> float | None:
        """The share that was caught; None when no mutant could be made."""
        return sum(kind.caught for kind in self.kinds) / self.made if self.made else None

    @property
    def faults(self) -> tuple[str, ...]:
        """A line for each fault of the harness; () when it passed."""
        share = self.share
        weak = [kind for kind in self.kinds if kind.made >= ENOUGH and kind.caught < LEAST * kind.made]
        lines = [f"评测自检：改坏的答案只发现 {share:.1%}"] if share is not None and share < LEAST else []
        lines += [
            f"评测自检：{kind.label} {kind.made} 例只发现 {kind.caught} 例（{kind.measure}），如 {kind.slipped[0]}"
            for kind in weak
        ]
        return (*lines, *(f"评测自检：{line}" for line in self.moved))


def self_test(results: Results, cases: Sequence[Case], letter: Callable[[str], Letter]) -> SelfTest:
    """Mutate the good answers of a run in every way of eval.mutations; `results` must be fresh from eval.run.run.

    `letter` opens a letter by its id. Nothing is drawn: the same run gives the same mutants.
    """
    world = _world(results, cases, letter)
    good = [pair for pair, record in zip(world.answered, results.records, strict=True) if record.cause is None]
    kinds = tuple(_try(mutation, good, world) for mutation in MUTATIONS)
    return SelfTest(kinds, tuple(_moved(results, world) + _disturbed(good, world)))


def _world(results: Results, cases: Sequence[Case], letter: Callable[[str], Letter]) -> World:
    if not len(cases) == len(results.records) == len(results.given):
        raise ValueError("the self-test needs the cases and the answers of the run")
    names = {quote.letter for case in cases for group in case.evidence for quote in group}
    names |= {citation.letter for answer in results.given for citation in answer.citations}
    return World({name: letter(name) for name in sorted(names)}, tuple(zip(cases, results.given, strict=True)))


def _try(mutation: Mutation, good: Sequence[tuple[Case, Answer]], world: World) -> Caught:
    """Every mutant of a kind against its answer as it was."""
    mutants = [(case, answer, made) for case, answer in good if (made := mutation.make(case, answer, world))]
    chosen = mutants[:: -(-len(mutants) // MOST)] if mutants else []
    slipped = [case.id for case, answer, made in chosen if not _is_caught(mutation.measure, case, answer, made, world)]
    caught = len(chosen) - len(slipped)
    return Caught(mutation.name, mutation.label, mutation.measure, len(chosen), caught, tuple(slipped))


def _is_caught(measure: str, case: Case, answer: Answer, mutant: Answer, world: World) -> bool:
    before, after = (answer_side(case, each, world.letters)[measure] for each in (answer, mutant))
    if after is None:
        return False
    if measure in LESS_IS_BETTER:
        return after > (before or 0.0) + 1e-9
    return before is not None and after < before - 1e-9


def _moved(results: Results, world: World) -> list[str]:
    """Answers that score otherwise when they are scored again."""
    lines = []
    for (case, answer), record in zip(world.answered, results.records, strict=True):
        if wrong := _differs(answer_side(case, answer, world.letters), record.scores):
            lines.append(f"{case.id} 未改动，{wrong} 却变了")
    return lines


def _disturbed(good: Sequence[tuple[Case, Answer]], world: World) -> list[str]:
    """Answers whose scores move when they are only written differently."""
    lines = []
    for label, change in HARMLESS.items():
        for case, answer in good[:: -(-len(good) // MOST)] if good else []:
            before = answer_side(case, answer, world.letters)
            if wrong := _differs(answer_side(case, change(answer), world.letters), before):
                lines.append(f"{case.id} 只是{label}，{wrong} 却变了")
    return lines


def _differs(now: Scores, before: Mapping[str, float | None]) -> str | None:
    """The first measure that is not as it was."""
    for name, value in now.items():
        was = before.get(name)
        if (value is None) != (was is None) or (value is not None and was is not None and abs(value - was) > 1e-6):
            return name
    return None
