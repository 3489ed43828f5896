"""The harness sees spoilt answers, and would tell if it did not."""

from dataclasses import replace

import pytest

from assistant.answer import Answer, Citation, Sentence
from corpus.letter import Letter
from eval.cases import Case, Quote
from eval.mutants import SelfTest, self_test
from eval.mutations import HARMLESS, MUTATIONS
from eval.run import Results, run
from index.hit import Hit

LINES = (
    "依据《行动方案》(昆政办〔2022〕16号),2023年认定高企1350家,增长27.4%。",
    "投入经费3.5亿元,没有挪用一笔资金。",
    "对重点企业实行名单管理并定期走访服务。",
    "对新建实验室给予一次性建设经费补助。",
    "2022年认定高企1200家。",
)
TEXT = "\n".join(LINES)
LETTER = Letter("L", "L.txt", TEXT)
FIGURE = Case("a", ("高企多少家？",), "figure", True, None, (("1350家",),), ("1200家",), ((Quote("L", LINES[0]),),))
LIST = Case(
    "b",
    ("有哪些举措？",),
    "measures",
    True,
    None,
    (("没有挪用",), ("名单管理",), ("经费补助",)),
    (),
    tuple((Quote("L", line),) for line in LINES[1:4]),
)
WEATHER = Case("c", ("明天天气？",), "unanswerable", False, "off_topic")
CASES = [FIGURE, LIST, WEATHER]
SAID = {"高企多少家？": (0,), "有哪些举措？": (1, 2, 3)}


class Scripted:
    """Answers with the lines of SAID, refuses everything else, hits every line."""

    def ask(self, question: str, history: object = ()) -> Answer:
        lines = SAID.get(question)
        if lines is None:
            return Answer(question, question, "fact", refused=True, refusal_reason="off_topic")
        citations = tuple(self._cite(number, line) for number, line in enumerate(lines, 1))
        return Answer(question, question, "fact", tuple(Sentence(c.quote, (c.id,)) for c in citations), citations)

    def search(self, question: str, k: int = 10) -> list[Hit]:
        return []

    def letter(self, letter_id: str) -> Letter:
        return {"L": LETTER}[letter_id]

    def _cite(self, number: int, line: int) -> Citation:
        start = TEXT.index(LINES[line])
        return Citation(number, "L", "L.txt", "L", None, None, None, (), start, start + len(LINES[line]), LINES[line])


@pytest.fixture
def results() -> Results:
    return run(CASES, Scripted())


def tried(results: Results) -> SelfTest:
    return self_test(results, CASES, Scripted().letter)


def test_every_kind_of_mutant_can_be_made_and_is_caught(results: Results) -> None:
    found = tried(results)
    assert [kind.name for kind in found.kinds] == [mutation.name for mutation in MUTATIONS]
    assert {kind.name for kind in found.kinds if not kind.made} == set()
    assert {kind.name: kind.slipped for kind in found.kinds if kind.slipped} == {}
    assert (found.share, found.moved, found.faults) == (1.0, (), ())


def test_the_same_run_gives_the_same_mutants(results: Results) -> None:
    assert tried(results) == tried(results)


def test_a_score_that_moves_by_itself_is_named(results: Results) -> None:
    first, *others = results.records
    moved = replace(first, scores={**first.scores, "citation recall": 0.5})
    found = tried(replace(results, records=(moved, *others)))
    assert found.moved == ("a 未改动，citation recall 却变了",)
    assert found.faults == ("评测自检：a 未改动，citation recall 却变了",)


def test_a_blind_measure_is_named(results: Results) -> None:
    """An answer that is spoilt already cannot be seen to get worse: the harness must say so, not pass."""
    mute = replace(results.given[1], sentences=tuple(replace(s, citations=()) for s in results.given[1].sentences))
    found = tried(replace(results, given=(results.given[0], mute, results.given[2])))
    slipped = {kind.name for kind in found.kinds if kind.slipped}
    assert "add cited" in slipped
    assert found.faults[0] == "评测自检：改坏的答案只发现 70.8%"


def test_without_good_answers_there_is_nothing_to_tell() -> None:
    nothing = self_test(Results(()), [], Scripted().letter)
    assert (nothing.share, nothing.faults) == (None, ())


def test_answers_are_needed(results: Results) -> None:
    with pytest.raises(ValueError, match="answers of the run"):
        tried(replace(results, given=()))


def test_what_is_harmless_does_change_the_answer(results: Results) -> None:
    for change in HARMLESS.values():
        assert change(results.given[0]) != results.given[0]
