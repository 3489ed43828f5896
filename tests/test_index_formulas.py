"""Formulas of courtesy are taken out, what a letter says is left."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.formulas import formula_share, without_formulas


@pytest.mark.parametrize(
    "formula",
    [
        "感谢您对昆明市科技工作的关心和支持。",
        "以上答复,如有不妥,请批评指正。",
        "专此答复。",
        "衷心感谢您们对赣南脐橙产业的关注。",
        "非常感谢您对我县水利工作的关心与支持,请一如既往地提出宝贵的意见和建议。",
    ],
)
def test_a_formula_is_nearly_all_formula(formula: str) -> None:
    assert formula_share(formula) > 0.7


@pytest.mark.parametrize(
    "sentence",
    [
        "全市共有茶园77亩,采茶工人29名。",
        "感谢信共收到12封。",
        "对主动砍除病树的果农,每株补助15元。",
        "建立满意度回访制度,请市民评价。",
    ],
)
def test_a_sentence_of_substance_is_left_whole(sentence: str) -> None:
    assert without_formulas(sentence) == sentence


def test_the_title_within_an_opening_formula_is_left() -> None:
    rest = without_formulas("您提出的《关于发展养蜂产业的提案》收悉,现答复如下:")
    assert "关于发展养蜂产业的提案" in rest
    assert "收悉" not in rest
    assert "如下" not in rest


@given(
    st.text(
        st.sampled_from("感谢您对我市科技工作的关心支持以上答复如有不妥请批评指正收悉现如下高度重视。,:《》\n一二3元"),
        max_size=200,
    )
)
def test_nothing_is_added_and_figures_and_titles_are_kept(text: str) -> None:
    rest = without_formulas(text)
    assert not set(rest) - set(text) - {" "}
    assert [c for c in rest if c in "3《》"] == [c for c in text if c in "3《》"]
    assert 0.0 <= formula_share(text) <= 1.0


def test_a_text_of_megabytes_is_read_in_one_go() -> None:
    assert without_formulas("感谢您对" * 200_000)
