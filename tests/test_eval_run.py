"""A whole run over a scripted assistant: records, table, baselines, gate."""

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from assistant.answer import Answer, Citation, Sentence
from corpus.errors import SettingsError
from corpus.letter import Letter
from eval.baselines import AtRandom, CiteEverything, OneLeg, RefuseAll, TopChunk, baselines
from eval.cases import Case, Quote
from eval.gate import Floor, judge, read_floors
from eval.report import render
from eval.run import Results, run
from eval.summary import beaten, row
from index.hit import Chunk, Hit

TEXT = "昆明认定高企1350家。\n银川认定高企403家。"
LETTER = Letter("L", "L.txt", TEXT)
LINES = ((0, 12), (13, 24))


class ScriptedAssistant:
    """Answers from a script by the last words of the question; remembers what it was asked. Unknown: refuses."""

    def __init__(self, script: dict[str, tuple[int, int]]) -> None:
        self.script = script
        self.asked: list[tuple[str, int]] = []
        self.searched: list[str] = []

    def ask(self, question: str, history: Sequence[tuple[str, Answer]] = ()) -> Answer:
        self.asked.append((question, len(history)))
        whole = "".join(turn for turn, _ in history) + question
        for words, (start, end) in self.script.items():
            if question.endswith(words):
                quote = TEXT[start:end]
                citation = Citation(1, "L", "L.txt", "L", None, None, None, (), start, end, quote)
                return Answer(question, whole, "fact", (Sentence(quote, (1,)),), (citation,))
        return Answer(question, whole, "fact", (Sentence("查不到。"),), refused=True, refusal_reason="off_topic")

    def search(self, question: str, k: int = 10) -> list[Hit]:
        self.searched.append(question)
        first, second = (Chunk("L", start, end, TEXT[start:end]) for start, end in LINES)
        return [Hit(first, 2.0, {"words": 1.0, "bigrams": 0.0}), Hit(second, 1.0, {"words": 3.0, "dense": 9.0})][:k]

    def letter(self, letter_id: str) -> Letter:
        return {"L": LETTER}[letter_id]


def figure(name: str, *turns: str, said: str, quote: str, critical: bool = False) -> Case:
    return Case(name, turns, "figure", True, None, ((said,),), (), ((Quote("L", quote),),), critical)


KUNMING = figure("a", "昆明多少家高企？", said="1350家", quote="昆明认定高企1350家")
FOLLOW_UP = figure("b", "昆明多少家高企？", "那银川呢？", said="403家", quote="银川认定高企403家", critical=True)
WEATHER = Case("c", ("明天天气？",), "unanswerable", False, "off_topic")
CASES = [KUNMING, FOLLOW_UP, WEATHER]
ALL_RIGHT = {"昆明多少家高企？": LINES[0], "银川呢？": LINES[1]}


def ran(script: dict[str, tuple[int, int]]) -> Results:
    return run(CASES, ScriptedAssistant(script))


def test_the_last_turn_is_measured_with_its_history_and_searched_as_understood() -> None:
    asker = ScriptedAssistant(ALL_RIGHT)
    records = run(CASES, asker).records
    assert asker.asked == [("昆明多少家高企？", 0), ("昆明多少家高企？", 0), ("那银川呢？", 1), ("明天天气？", 0)]
    assert asker.searched == ["昆明多少家高企？", "昆明多少家高企？那银川呢？", "明天天气？"]
    assert [record.cause for record in records] == [None, None, None]
    assert records[1].citations == (("L", 13, 24),)
    assert records[1].scores["RR@10"] == 0.5


def test_two_runs_are_the_same_bytes_and_hold_no_clock() -> None:
    first, second = ran(ALL_RIGHT), ran(ALL_RIGHT)
    assert first.json() == second.json()
    assert first.seconds != second.seconds
    assert list(json.loads(first.json())) == ["chunking", "fingerprint", "records"]
    assert "seconds" not in first.json()


def test_the_report_is_this_table() -> None:
    """Two answerable questions, one answered (right), one refused; the unanswerable one refused.

    right 1/2 with Wilson (0.095, 0.905); false refusal 1/2; refusal recall 1/1 with Wilson (0.207, 1).
    """
    results = replace(ran({"昆明多少家高企？": LINES[0]}), seconds=(0.010, 0.020, 0.030))
    text = render(results, {"全拒": run(CASES, RefuseAll(ScriptedAssistant({})))})
    lines = [" ".join(line.split()) for line in text.splitlines()]
    assert lines[0] == "层 指标 值 题数 95% 区间 全拒"
    assert "answer right 0.500 2 0.095–0.905 0.000" in lines
    assert "retrieval RR@10 0.750 2 0.750" in lines
    assert "citation citation exact 1.000 1 —" in lines
    assert "grounding figures 1 1 —" in lines
    assert "refusal refusal recall 1.000 1 0.207–1.000 1.000" in lines
    assert "figure 2 1 1.000 0.500 1.000 — 0.500" in lines
    assert "unanswerable/off_topic 1 1 — — — 1.000 —" in lines
    assert lines[-4:] == [
        "通过 2 / 3；检索到了却拒答 1",
        "! b 检索到了却拒答：昆明多少家高企？ ⏎ 那银川呢？ → 拒答（off_topic）",
        "",
        "每题用时：中位 20.0 毫秒，95% 在 30.0 毫秒以内",
    ]


def test_the_baselines_refuse_pour_out_and_reorder() -> None:
    asker = ScriptedAssistant({})
    assert RefuseAll(asker).ask("昆明").refused
    assert TopChunk(asker).ask("昆明").citations[0].quote == "昆明认定高企1350家。"
    lexical = OneLeg(asker, ("words", "bigrams"))
    assert [hit.chunk.start for hit in lexical.search("昆明")] == [13, 0]
    assert lexical.ask("昆明").citations[0].quote == "银川认定高企403家。"
    assert [hit.chunk.start for hit in OneLeg(asker, ("dense",)).search("昆明")] == [13]
    assert list(baselines(asker)) == ["全拒", "整段", "全引", "仅词面", "仅向量", "随机"]
    refusing = run(CASES, RefuseAll(asker)).records
    assert row("false refusal", refusing).value == row("refusal recall", refusing).value == 1.0
    everything = CiteEverything(asker).ask("昆明")
    assert [citation.quote for citation in everything.citations] == ["昆明认定高企1350家。", "银川认定高企403家。"]
    assert everything.sentences[0].citations == (1, 2)
    drawn = AtRandom(asker)
    assert drawn.search("昆明") == drawn.search("昆明")
    assert {drawn.search(str(n))[0].chunk.start for n in range(20)} == {0, 13}
    pouring = run(CASES, TopChunk(asker)).records
    assert row("citation exact", pouring).value == 1.0
    assert row("refusal recall", pouring).value == 0.0


def test_a_baseline_that_wins_is_named() -> None:
    """Against the assistant that refuses all, pouring out the first chunk is right more often, and its joint score better."""
    asker = ScriptedAssistant({})
    refusing, pouring = run(CASES, asker).records, run(CASES, TopChunk(asker)).records
    assert ("AnswerHit", "整段") in beaten(refusing, {"整段": pouring})
    right = ran(ALL_RIGHT).records
    assert beaten(right, {"全拒": refusing}) == []


def test_the_gate_passes_what_is_right_and_names_what_is_not() -> None:
    floors = {"AnswerHit": Floor(least=0.85), "false refusal": Floor(most=0.1)}
    assert judge(ran(ALL_RIGHT), ran(ALL_RIGHT), floors).status == 0
    half = ran({"昆明多少家高企？": LINES[0]})
    verdict = judge(half, half, floors)
    assert verdict.status == 1
    assert verdict.failed == ("b：关键题未通过", "AnswerHit 0.500，低于 0.85", "false refusal 0.500，高于 0.1")
    assert judge(ran(ALL_RIGHT), half, {}).failed == ("两次运行结果不同",)


def test_the_gate_never_passes_what_could_not_be_measured() -> None:
    only = run([WEATHER], ScriptedAssistant({}))
    assert judge(only, only, {"AnswerHit": Floor(least=0.0)}).status == 2
    nothing = Results(())
    assert judge(nothing, nothing, {}).status == 2


def test_an_inexact_quote_and_a_refusal_with_citations_break_the_gate_without_any_floor() -> None:
    class Careless(ScriptedAssistant):
        def ask(self, question: str, history: Sequence[tuple[str, Answer]] = ()) -> Answer:
            answer = super().ask(question, history)
            if answer.refused:
                return replace(answer, citations=super().ask("昆明多少家高企？").citations)
            return replace(answer, citations=tuple(replace(c, quote=c.quote + "的") for c in answer.citations))

    results = run([KUNMING, WEATHER], Careless(ALL_RIGHT))
    assert judge(results, results, {}).failed == ("a：引文与原文不符", "c：拒答却带引文")


def test_the_shipped_floors_are_no_lower_than_the_first_ones() -> None:
    floors = read_floors()
    assert floors["citation exact"] == Floor(least=1.0)
    assert floors["ungrounded figures"] == Floor(most=0.0)
    assert (floors["AnswerHit"].least or 0) >= 0.85
    assert (floors["refusal recall"].least or 0) >= 0.85
    assert (floors["false refusal"].most or 1) <= 0.1


@pytest.mark.parametrize(
    ("toml", "fault"),
    [
        ('[floors]\n"AnswerHitt" = { least = 1 }', "没有指标 AnswerHitt"),
        ('[floors]\n"AnswerHit" = { min = 1 }', "门槛写法不对"),
        ('[floors]\n"AnswerHit" = 1', "门槛写法不对"),
        ("x = 1", "门槛写法不对"),
        ("[floors", "读不出门槛文件"),
    ],
)
def test_floors_that_cannot_be_used_are_named(tmp_path: Path, toml: str, fault: str) -> None:
    path = tmp_path / "floors.toml"
    path.write_text(toml, encoding="utf-8")
    with pytest.raises(SettingsError, match=fault):
        read_floors(path)
