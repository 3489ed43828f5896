"""The verifier tried on wrong sentences: it strikes them all, and a verifier that does not is named."""

import pytest

import eval.probe
from corpus.letter import Letter
from eval.cases import Case, Quote
from eval.probe import probe

TEXT = "2022年昆明市认定高新技术企业1350家。\n《昆明市创新十条》（昆政办〔2022〕16号）2022年印发。\n银川认定403家。"
LETTERS = {name: Letter(name, f"{name}.txt", TEXT) for name in ("L", "M")}
QUOTES = [Quote("L", TEXT.split("\n")[0]), Quote("L", TEXT.split("\n")[1]), Quote("M", TEXT.split("\n")[2])]
CASES = [Case(f"q{n}", ("？",), "figure", True, evidence=((quote,),)) for n, quote in enumerate(QUOTES)]


def test_every_sort_of_wrong_sentence_is_made_and_struck() -> None:
    """Each of the three quotes: no, unknown, inexact citation; two figures (1350, 403), two years, three places …"""
    found = probe(CASES, LETTERS.__getitem__)
    assert (found.true, found.kept, found.faults) == (3, 3, [])
    assert found.struck == {
        "张冠李戴": (2, 2),
        "引文不逐字": (3, 3),
        "引文编号不存在": (3, 3),
        "改了地名": (3, 3),
        "改了年份": (2, 2),
        "改了数": (2, 2),
        "改了文件名": (1, 1),
        "改了文号": (1, 1),
        "没有引文": (3, 3),
    }
    assert found.summary == "改错的 20 句删去 20 句，原文 3 句留下 3 句"


def test_a_verifier_that_lets_all_pass_or_strikes_all_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(eval.probe, "verify", lambda sentences, citations, letter: (list(sentences), []))
    found = probe(CASES, LETTERS.__getitem__)
    assert len(found.faults) == 9
    assert "核对环节：改了数的句子应删去，2 句里只删了 0 句" in found.faults
    monkeypatch.setattr(eval.probe, "verify", lambda sentences, citations, letter: ([], ["无"]))
    assert probe(CASES, LETTERS.__getitem__).faults == ["核对环节：3 句原文被误删（共 3 句）"]


def test_without_gold_quotes_there_is_nothing_to_try() -> None:
    found = probe([Case("q", ("天气？",), "unanswerable", False, "off_topic")], LETTERS.__getitem__)
    assert (found.faults, found.summary) == ([], "改错的 0 句删去 0 句，原文 0 句留下 0 句")
