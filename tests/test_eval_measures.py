"""One question scored by hand, and the laws of the scores."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answer import Answer, Citation, Sentence
from corpus.letter import Letter
from eval.cases import Case, Quote
from eval.causes import cause
from eval.measures import answer_scores, citation_scores, grounding_scores, refusal_scores, retrieval_scores
from index.hit import Chunk, Hit

TEXT = "昆明市2023年认定高企1350家。2022年为1200家。\n拨付经费500万元。\n银川不同。"
OTHER = TEXT.index("银川")
LETTERS = {"L": Letter("L", "L.txt", TEXT)}
CASE = Case(
    id="q",
    turns=("高企多少家，经费多少？",),
    kind="figure",
    answerable=True,
    answers=(("1350家",), ("500万元", "五百万元")),
    must_not=("1200家",),
    evidence=((Quote("L", "认定高企1350家"),), (Quote("L", "拨付经费500万元"),)),
)
REFUSED = Answer("问", "问", "fact", (Sentence("查不到。"),), refused=True, refusal_reason="off_topic")
UNANSWERABLE = Case("u", ("天气？",), "unanswerable", False, "off_topic")
SPANS = st.tuples(st.integers(0, len(TEXT)), st.integers(0, len(TEXT))).map(lambda pair: (min(pair), max(pair)))


def hit(start: int, end: int) -> Hit:
    return Hit(Chunk("L", start, end, TEXT[start:end]), 1.0)


def cited(*quotes: str) -> Answer:
    """One sentence for each quote, verbatim, cited at its place."""
    citations = tuple(
        Citation(n, "L", "L.txt", "L", None, None, None, (), TEXT.find(quote), TEXT.find(quote) + len(quote), quote)
        for n, quote in enumerate(quotes, 1)
    )
    return Answer("问", "问", "fact", tuple(Sentence(c.quote, (c.id,)) for c in citations), citations)


GOOD = cited("昆明市2023年认定高企1350家。", "拨付经费500万元。")


def test_retrieval_worked_by_hand() -> None:
    """Two evidence groups; hits: the 银川 line, the 高企 sentence, its first half again, the 经费 line.

    Gains 0 1 0 1. Recall@5 = 2/2; RR = 1/2; DCG = 1/log2(3) + 1/log2(5) = 0.63093 + 0.43068 = 1.06161;
    ideal = 1 + 0.63093 = 1.63093; nDCG = 0.65092.
    """
    hits = [hit(OTHER, OTHER + 5), hit(0, 18), hit(8, 18), hit(TEXT.index("拨付"), OTHER)]
    scores = retrieval_scores(CASE, hits, LETTERS)
    assert scores["nDCG@10"] == pytest.approx(0.65092, abs=1e-5)
    assert (scores["Success@1"], scores["Success@5"], scores["RR@10"]) == (0.0, 1.0, 0.5)
    assert (scores["Recall@5"], scores["Recall@10"]) == (1.0, 1.0)


def test_one_hit_with_all_the_evidence_is_a_perfect_ranking() -> None:
    assert set(retrieval_scores(CASE, [hit(0, len(TEXT))], LETTERS).values()) == {1.0}
    assert set(retrieval_scores(CASE, [], LETTERS).values()) == {0.0}


def test_a_good_answer_scores_full_and_has_no_cause() -> None:
    """Gold 1350家 + 500万元 has tokens 1350 家 500 万 元 (5), all shared; the answer has 18: F1 = 2·5/(18+5)."""
    scores = answer_scores(CASE, GOOD)
    assert (scores["AnswerHit"], scores["must-not"], scores["right"]) == (1.0, 0.0, 1.0)
    assert scores["character F1"] == pytest.approx(10 / 23)
    assert set(citation_scores(CASE, GOOD, LETTERS).values()) == {1.0}
    assert grounding_scores(GOOD, LETTERS) == {
        "figures": 3.0,
        "ungrounded figures": 0.0,
        "negation flips": 0.0,
        "sentence support": 1.0,
    }
    assert verdict(CASE, GOOD) is None


@pytest.mark.parametrize(
    ("answer", "measure", "value"),
    [
        (cited("昆明市2023年认定高企1350家。"), "AnswerHit", 0.0),
        (cited("昆明市2023年认定高企1350家。", "2022年为1200家。", "拨付经费500万元。"), "must-not", 1.0),
        (REFUSED, "AnswerHit", 0.0),
        (REFUSED, "length ratio", None),
    ],
)
def test_what_an_answer_lacks_or_must_not_say_shows(answer: Answer, measure: str, value: float | None) -> None:
    scores = answer_scores(CASE, answer)
    assert scores[measure] == value
    assert scores["right"] == 0.0


def test_every_mutation_of_a_good_answer_moves_the_intended_measure() -> None:
    first, second = GOOD.citations
    shifted = replace(GOOD, citations=(replace(first, start=first.start + 1), second))
    neighbour = replace(GOOD, citations=(first, replace(second, start=OTHER, end=OTHER + 5, quote="银川不同。")))
    uncited = replace(GOOD, sentences=(*GOOD.sentences, Sentence("另有9家。")))
    digit = replace(GOOD, sentences=(Sentence("认定高企1351家。", (1,)), GOOD.sentences[1]))
    assert citation_scores(CASE, shifted, LETTERS)["citation exact"] == 0.5
    assert citation_scores(CASE, neighbour, LETTERS)["citation recall"] == 0.5
    assert citation_scores(CASE, neighbour, LETTERS)["citation precision"] == 0.5
    assert citation_scores(CASE, uncited, LETTERS)["sentence coverage"] == pytest.approx(2 / 3)
    assert grounding_scores(uncited, LETTERS)["ungrounded figures"] == 1.0
    assert grounding_scores(digit, LETTERS)["ungrounded figures"] == 1.0
    assert answer_scores(CASE, digit)["AnswerHit"] == 0.0
    assert verdict(CASE, shifted) == "cited_wrong"
    assert verdict(CASE, neighbour) == "cited_wrong"
    assert verdict(CASE, uncited) == "unsupported_figure"


def test_an_answer_from_a_letter_that_is_not_there_is_not_exact() -> None:
    ghost = replace(GOOD, citations=tuple(replace(c, letter="X") for c in GOOD.citations))
    assert citation_scores(CASE, ghost, LETTERS)["citation exact"] == 0.0
    assert citation_scores(CASE, ghost, LETTERS)["citation recall"] == 0.0


def test_refusals_count_where_they_are_right_and_where_they_are_wrong() -> None:
    assert refusal_scores(CASE, REFUSED) == {
        "right reason": None,
        "refusal recall": None,
        "false refusal": 1.0,
        "citation on refusal": 0.0,
    }
    assert refusal_scores(UNANSWERABLE, REFUSED)["refusal recall"] == 1.0
    assert refusal_scores(UNANSWERABLE, REFUSED)["right reason"] == 1.0
    assert refusal_scores(replace(UNANSWERABLE, why="wrong_year"), REFUSED)["right reason"] == 0.0
    assert refusal_scores(UNANSWERABLE, GOOD) == {
        "right reason": None,
        "refusal recall": 0.0,
        "false refusal": None,
        "citation on refusal": None,
    }
    cites = replace(REFUSED, citations=GOOD.citations)
    assert refusal_scores(UNANSWERABLE, cites)["citation on refusal"] == 1.0


def test_the_cause_is_the_first_stage_that_failed() -> None:
    assert verdict(CASE, REFUSED, hits=[]) == "not_retrieved"
    assert verdict(CASE, REFUSED) == "refused"
    assert verdict(CASE, cited("2022年为1200家。")) == "answered_wrong"
    assert verdict(CASE, GOOD, hits=[]) is None
    assert verdict(UNANSWERABLE, GOOD) == "answered_anyway"
    assert verdict(UNANSWERABLE, REFUSED) is None


def verdict(case: Case, answer: Answer, hits: list[Hit] | None = None) -> str | None:
    return cause(
        case,
        {
            **retrieval_scores(case, [hit(0, len(TEXT))] if hits is None else hits, LETTERS),
            **answer_scores(case, answer),
            **citation_scores(case, answer, LETTERS),
            **refusal_scores(case, answer),
            **grounding_scores(answer, LETTERS),
        },
    )


@given(st.lists(SPANS, max_size=12))
def test_retrieval_scores_stay_between_0_and_1(spans: list[tuple[int, int]]) -> None:
    scores = retrieval_scores(CASE, [hit(*span) for span in spans], LETTERS)
    assert all(value is not None and 0.0 <= value <= 1.0 for value in scores.values())
    assert (scores["Recall@5"] or 0.0) <= (scores["Recall@10"] or 0.0)


@given(st.lists(SPANS, max_size=8), SPANS)
def test_a_further_hit_at_the_end_never_lowers_recall(spans: list[tuple[int, int]], extra: tuple[int, int]) -> None:
    before = retrieval_scores(CASE, [hit(*span) for span in spans], LETTERS)
    after = retrieval_scores(CASE, [hit(*span) for span in [*spans, extra]], LETTERS)
    assert (after["Recall@10"] or 0.0) >= (before["Recall@10"] or 0.0)


@given(st.lists(SPANS.filter(lambda span: span[0] < span[1]), min_size=1, max_size=6))
def test_verbatim_slices_are_always_exact_and_grounded(spans: list[tuple[int, int]]) -> None:
    citations = tuple(
        Citation(n, "L", "L.txt", "L", None, None, None, (), start, end, TEXT[start:end])
        for n, (start, end) in enumerate(spans, 1)
    )
    answer = Answer("问", "问", "fact", tuple(Sentence(c.quote, (c.id,)) for c in citations), citations)
    scores = citation_scores(CASE, answer, LETTERS)
    assert (scores["citation exact"], scores["sentence coverage"]) == (1.0, 1.0)
    assert grounding_scores(answer, LETTERS)["ungrounded figures"] == 0.0
