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
