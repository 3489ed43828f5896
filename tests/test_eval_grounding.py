"""Figures, dates, 文号 and titles of an answer are found and held against the cited text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answer import Answer, Citation, Sentence
from corpus.letter import Letter, Metadata, Stated
from eval.grounding import marks, ungrounded

QUOTE = "依据《行动方案》(昆政办〔2022〕16号),2022年补助27个项目1,565万元,增长5%。"
LETTER = Letter("L", "L.txt", QUOTE, Metadata(date=Stated("2023-06-19"), numbers=(Stated("142194"),)))
LETTERS = {"L": LETTER}


def answer(text: str, intent: str = "fact", quote: str = QUOTE) -> Answer:
    citation = Citation(1, "L", "L.txt", "L.txt", None, None, None, (), 0, len(quote), quote)
    return Answer("问", "问", intent, (Sentence(text, (1,)),), (citation,))


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        (QUOTE, []),
        ("补助 27 个项目，共 1565 万元。", []),
        ("昆政办【2022】16号", []),
        ("补助28个项目。", ["28"]),
        ("补助1565元。", ["1565"]),
        ("补助1565亿元。", ["1565亿"]),
        ("2023年补助27个项目。", ["2023年"]),
        ("增长5个百分点", ["5"]),
        ("《工作方案》有规定", ["《工作方案》"]),
        ("昆政办〔2022〕76号", ["昆政办〔2022〕76号"]),
        ("第十六条规定", ["第十六条"]),
        ("见脚注[^27]", []),
    ],
)
def test_a_mark_that_the_quote_does_not_hold_is_ungrounded(text: str, missing: list[str]) -> None:
    assert ungrounded(answer(text), LETTERS) == missing


def test_only_an_answer_about_the_letter_may_rest_on_its_metadata() -> None:
    said = "这件提案编号142194，2023年6月19日答复。"
    assert ungrounded(answer(said, "metadata", "陈德理委员:"), LETTERS) == []
    assert ungrounded(answer(said, "fact", "陈德理委员:"), LETTERS) == ["142194", "2023年6月19日"]


def test_a_sentence_rests_on_its_own_citations_not_on_its_neighbours() -> None:
    both = answer("补助27个项目。")
    uncited = Answer("问", "问", "fact", (*both.sentences, Sentence("共1565万元。")), both.citations)
    assert ungrounded(uncited, LETTERS) == ["1565万"]


@given(st.text(alphabet="昆明科技补助个项目0123456789万亿%年月《》〔〕号。，", max_size=40))
def test_a_verbatim_sentence_is_always_grounded(text: str) -> None:
    assert ungrounded(answer(text, quote=text), {"L": Letter("L", "L.txt", text)}) == []


@given(st.integers(10**6, 10**9))
def test_a_figure_that_stands_nowhere_is_always_caught(figure: int) -> None:
    assert marks(f"共{figure}家") == [str(figure)]
    assert ungrounded(answer(f"共{figure}家"), LETTERS) == [str(figure)]
