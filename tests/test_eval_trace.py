"""Where evidence was lost on its way, stage by stage, and that looking on changes nothing."""

from dataclasses import replace
from pathlib import Path

import pytest

from assistant.assistant import Assistant, open_assistant
from assistant.settings import Settings
from corpus.letter import Letter
from eval.cases import Case, Quote
from eval.causes import CAUSES, cause
from eval.measures import Scores
from eval.run import run
from eval.spans import Span
from eval.summary import curve, curve_area, funnel, legs, lift
from eval.trace import STAGES, Trace, ask_watched, stages
from index.hit import Chunk, Hit

TEXT = "页眉甲乙。\n昆明认定高企1350家。\n银川认定高企403家。"
LETTER = Letter("L", "L.txt", TEXT, body=(TEXT.index("昆明"), len(TEXT)))
LETTERS = {"L": LETTER}
PLACE = Span("L", TEXT.index("昆明"), TEXT.index("昆明") + 12)
CASE = Case(
    "q",
    ("昆明多少家高企？",),
    "figure",
    True,
    answers=(("1350家",),),
    evidence=((Quote("L", "昆明认定高企1350家。"),),),
)
SEEN = Trace(legs={"words": (), "dense": ()}, context=(PLACE,), chunks=(PLACE,))


def hit(span: Span) -> Hit:
    return Hit(Chunk(span.letter, span.start, span.end, TEXT[span.start : span.end]), 1.0)


def test_the_first_stage_that_lost_the_evidence_is_named() -> None:
    """From the front: cut in two, in no searcher's ten, in one but not in the joint ten, in those but not in the context."""
    halves = (Span("L", PLACE.start, PLACE.start + 6), Span("L", PLACE.start + 6, PLACE.end))
    unseen = replace(SEEN, context=())
    assert stages(CASE, replace(SEEN, chunks=halves), [hit(PLACE)], LETTERS) == ("broken_quote",)
    assert stages(CASE, unseen, [], LETTERS) == ("not_in_leg",)
    assert stages(CASE, replace(unseen, legs={"dense": (hit(PLACE),)}), [], LETTERS) == ("lost_in_fusion",)
    assert stages(CASE, unseen, [hit(PLACE)], LETTERS) == ("cut_by_budget",)
    assert stages(CASE, SEEN, [], LETTERS) == ("reached",)


def test_what_the_record_answers_needs_no_chunk() -> None:
    header = replace(CASE, evidence=((Quote("L", "页眉甲乙"),),))
    assert stages(header, SEEN, [], LETTERS) == ("not_in_leg",)
    assert stages(header, replace(SEEN, whole_letters=frozenset({"L"})), [], LETTERS) == ("reached",)


@pytest.mark.parametrize(
    ("lost", "scores", "expected"),
    [
        (("reached", "broken_quote"), {"right": 0.0}, "broken_quote"),
        (("not_in_leg", "cut_by_budget"), {"right": 0.0}, "not_in_leg"),
        (("lost_in_fusion",), {"right": 0.0, "false refusal": 1.0}, "lost_in_fusion"),
        (("cut_by_budget",), {"right": 0.0}, "cut_by_budget"),
        (("reached",), {"right": 0.0, "false refusal": 1.0}, "refused"),
        (("reached",), {"right": 0.0}, "answered_wrong"),
        (("not_in_leg",), {"right": 1.0, "citation recall": 0.5}, "cited_wrong"),
        (("not_in_leg",), {"right": 1.0}, None),
        (("reached",), {"right": 1.0, "ungrounded figures": 1.0}, "unsupported_figure"),
        (("reached",), {"right": 1.0, "negation flips": 1.0}, "flipped"),
        ((), {"right": 0.0, "Recall@10": 0.5}, "not_retrieved"),
    ],
)
def test_a_failed_question_has_one_cause(lost: tuple[str, ...], scores: Scores, expected: str | None) -> None:
    usual: Scores = {"citation recall": 1.0, "citation exact": 1.0, "ungrounded figures": 0.0, "negation flips": 0.0}
    assert cause(CASE, {**usual, "false refusal": 0.0, "Recall@10": 1.0, **scores}, lost) == expected


def test_every_stage_but_the_last_is_a_cause() -> None:
    assert set(STAGES[:-1]) <= set(CAUSES)
    assert list(CAUSES)[: len(STAGES) - 1] == list(STAGES[:-1])


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    folder: Path = tmp_path_factory.mktemp("letters")
    (folder / "L.txt").write_text("全市累计认定高新技术企业1350家。\n市科技局设立专项资金2亿元。\n", encoding="utf-8")
    (folder / "M.txt").write_text("葡萄酒检验检测中心建成,服务企业30家。\n", encoding="utf-8")
    return open_assistant(folder, Settings(data=str(folder)))


QUESTIONS = [
    Case(
        "a",
        ("全市累计认定高新技术企业多少家？",),
        "figure",
        True,
        answers=(("1350家",),),
        evidence=((Quote("L", "高新技术企业1350家"),),),
    ),
    Case("b", ("红烧排骨怎么做才不腻？",), "unanswerable", False, "off_topic"),
    Case(
        "c",
        ("全市累计认定高新技术企业多少家？", "专项资金呢？"),
        "follow_up",
        True,
        answers=(("2亿元",),),
        evidence=((Quote("L", "专项资金2亿元"),),),
    ),
]


def test_looking_on_changes_no_answer(assistant: Assistant) -> None:
    for case in QUESTIONS:
        seen, state = ask_watched(assistant, case.turns[0])
        asked = assistant.ask(case.turns[0])
        assert replace(seen, timings_ms={}) == replace(asked, timings_ms={})
        assert state.query is not None


def test_a_run_over_the_assistant_knows_searchers_stages_and_state(assistant: Assistant) -> None:
    results = run(QUESTIONS, assistant)
    assert results.json() == run(QUESTIONS, assistant).json()
    first, second, _ = results.records
    assert (first.cause, first.stages) == (None, ("reached",))
    assert 0.0 < (first.confidence or 0.0) <= 1.0
    assert (second.stages, second.confidence) == ((), None)
    assert first.gold == (("L", "高新技术企业1350家"),)
    assert first.quotes[0] in assistant.letter("L").text
    assert set(legs(results.records)) == {"words", "bigrams", "dense", "fused"}
    assert all(gain <= 0.0 for gain in lift(results.records).values())
    assert funnel(results.records)["passed"] == sum(record.cause is None for record in results.records)
    assert curve(results.records)[0].risk == 0.0
    assert curve_area(results.records) is not None
    state = results.fingerprint
    assert sorted(state) == ["commit", "corpus", "model", "questions", "seed", "settings", "versions"]
    assert state["settings"]["hits"] == 12
    assert not {"data", "chat_api_key"} & set(state["settings"])
    assert results.chunking["characters lost"] == 0.0
