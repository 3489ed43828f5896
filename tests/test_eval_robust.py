"""Questions written otherwise keep what they ask, and letters about other things are about other things."""

import re
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.assistant import open_assistant
from assistant.settings import Settings
from eval.cases import Case, Quote
from eval.robust import CHANGES, among_others, distractors, rewritten, robust_table, robustness, traditional, typo, wide
from eval.run import run

QUESTION = "全市累计认定高新技术企业多少家？"
CASE = Case("a", (QUESTION,), "figure", True, answers=(("1350家",),), evidence=((Quote("L", "高新技术企业1350家"),),))
TEXT = st.text(alphabet="昆明企业贷款有多少家12R&D年？", max_size=20)


def test_each_change_by_example() -> None:
    assert wide("2023年R&D占3.05%") == "２０２３年Ｒ＆Ｄ占３．０５％"
    assert traditional("银川对创业贷款怎么补贴") == "銀川對創業貸款怎麼補貼"
    assert typo("R&D2023") == "R&D2023"
    assert typo("瞪羚") == "羚瞪"


@given(TEXT)
def test_a_slip_changes_at_most_two_characters_and_no_number(text: str) -> None:
    slipped = typo(text)
    assert len(slipped) == len(text)
    assert sum(a != b for a, b in zip(slipped, text, strict=True)) <= 2
    assert re.findall(r"[0-9A-Z&]+", slipped) == re.findall(r"[0-9A-Z&]+", text)
    assert typo(text) == slipped


def test_only_the_words_of_a_case_change() -> None:
    (changed,) = rewritten([CASE], wide)
    assert replace(changed, turns=CASE.turns) == CASE


def test_distractors_are_many_different_and_the_same_every_time() -> None:
    made = list(distractors(300))
    assert len({name for name, _ in made}) == 300
    assert len({text for _, text in made}) == 300
    assert made == list(distractors(300))
    assert not any("{" in text or "科技" in text or "昆明" in text for _, text in made)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    (tmp_path / "L.txt").write_text("全市累计认定高新技术企业1350家。\n", encoding="utf-8")
    return tmp_path


def test_what_still_passes_is_counted(data: Path) -> None:
    assistant = open_assistant(data, Settings(data=str(data)))
    usual = run([CASE], assistant)
    found = [*robustness([CASE], assistant, usual), among_others([CASE], assistant, usual, 30)]
    assert [each.name for each in found] == [*CHANGES, "混入无关文件"]
    assert (found[0].passed, found[0].share, found[0].lost) == (1, 1.0, ())
    assert (found[-1].passed, found[-1].share) == (1, 1.0)
    assert robust_table(found).splitlines()[0].split() == [
        "改写",
        "原来通过",
        "仍然通过",
        "保持率",
        "Success@5",
        "nDCG@10",
        "right",
        "citation",
        "recall",
        "refusal",
        "recall",
        "false",
        "refusal",
    ]
