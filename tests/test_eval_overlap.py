"""Character F1 equals the published definitions on worked examples."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.overlap import character_f1, run_f1, tokens

TEXT = st.text(alphabet="昆明科技局企业abc 12，。《》", max_size=25)


def test_shared_tokens_as_expmrc_counts_them() -> None:
    """「昆明市有2572家」 against 「2572家企业」: tokens 昆明市有 2572 家 (6) and 2572 家 企 业 (4), shared 2572 家 (2).

    Precision 2/6, recall 2/4, F1 = 2·2/(6+4) = 0.4.
    """
    assert character_f1("昆明市有2572家。", ["2572家企业"]) == pytest.approx(0.4)


def test_one_shared_run_as_cmrc_2018_counts_it() -> None:
    """「甲乙丙丁」 against 「丙丁甲乙」: all four tokens are shared, but the longest run has two: F1 = 2·2/(4+4) = 0.5."""
    assert character_f1("甲乙丙丁", ["丙丁甲乙"]) == 1.0
    assert run_f1("甲乙丙丁", ["丙丁甲乙"]) == 0.5


def test_the_best_reference_counts_and_nothing_equals_nothing() -> None:
    assert character_f1("4个", ["四个团队", "4个"]) == 1.0
    assert character_f1("。", ["，"]) == 1.0
    assert character_f1("甲", ["，"]) == 0.0


@given(TEXT, TEXT)
def test_both_are_symmetric_bounded_and_the_run_never_beats_the_bag(one: str, two: str) -> None:
    bag, run = character_f1(one, [two]), run_f1(one, [two])
    assert bag == character_f1(two, [one])
    assert run == run_f1(two, [one])
    assert 0.0 <= run <= bag <= 1.0


@given(TEXT)
def test_a_text_equals_itself_punctuation_aside(text: str) -> None:
    assert character_f1("《" + text + "》。", [text]) == 1.0
    assert all(token[0].isalnum() and token[-1].isalnum() for token in tokens(text))


def published_cmrc(prediction: str, reference: str) -> float:
    """The F1 of CMRC 2018's evaluation as published: mixed segments, longest common run, 2·p·r/(p+r)."""

    def segments(text: str) -> list[str]:
        kept = [c for c in text.lower().strip() if c not in "，。《》"]
        joined, word = [], ""
        for mark in kept:
            if "\u4e00" <= mark <= "\u9fff" or mark == " ":
                joined += [word] if word else []
                joined += [mark] if mark != " " else []
                word = ""
            else:
                word += mark
        return joined + ([word] if word else [])

    ours, gold = segments(prediction), segments(reference)
    runs = [
        size
        for i in range(len(ours))
        for j in range(len(gold))
        for size in range(1, min(len(ours) - i, len(gold) - j) + 1)
        if ours[i : i + size] == gold[j : j + size]
    ]
    longest = max(runs, default=0)
    if longest == 0:
        return 0.0
    precision, recall = longest / len(ours), longest / len(gold)
    return 2 * precision * recall / (precision + recall)


@given(st.text(alphabet="昆明科技企业12，。", max_size=14), st.text(alphabet="昆明科技企业12，。", max_size=14))
def test_the_run_equals_the_published_program(one: str, other: str) -> None:
    # Numbers that only punctuation holds apart are two for us and one for the published program.
    apart = str.maketrans("，。", "的的")
    one, other = one.translate(apart), other.translate(apart)
    if one or other:
        assert run_f1(one, [other]) == pytest.approx(published_cmrc(one, other))
