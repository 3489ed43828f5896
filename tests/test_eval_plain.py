"""Values are found in texts whatever their form, and never by half."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.plain import plain, states

CHINESE = st.text(alphabet="昆明市科技局认定企业0123456789万亿%年月日〔〕《》()（）,，。.-— ", max_size=40)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("全市累计认定国家高新技术企业２５７２　家。", "2572家"),
        ("贷款余额 1,234.5 亿元", "1234.5亿元"),
        ("成文于2023-06-19", "2023年6月19日"),
        ("2023年06月19日", "2023/6/19"),
        ("昆政办【2022】16 号", "昆政办〔2022〕16号"),
        ("《方案(2022-2025)》", "方案（2022—2025）"),
        ("增长27.76%,", "27.76％"),
        ("R&D 经费", "r&d经费"),
    ],
)
def test_a_value_is_stated_in_whatever_form(text: str, value: str) -> None:
    assert states(text, value)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("共12572家", "2572家"),
        ("2572家", "257"),
        ("1.79%", "79%"),
        ("16.9件", "16"),
        ("3万户", "3"),
        ("5%", "5"),
        ("2022-2025年", "20222025"),
        ("2023年6月19日", "2023年6月1日"),
        ("昆明", "。"),
    ],
)
def test_a_number_is_never_stated_by_part_of_another(text: str, value: str) -> None:
    assert not states(text, value)


@given(CHINESE)
def test_making_plain_twice_changes_nothing_more(text: str) -> None:
    assert plain(plain(text)) == plain(text)


@given(CHINESE)
def test_a_text_states_itself(text: str) -> None:
    assert states(text, text) == bool(plain(text))


@given(st.integers(0, 10**7), st.integers(0, 10**7))
def test_two_numbers_side_by_side_are_two_numbers(one: int, two: int) -> None:
    text = f"{one}、{two}"
    assert states(text, str(one))
    assert states(text, str(two))
