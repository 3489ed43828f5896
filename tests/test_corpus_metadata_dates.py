"""Dates of a letter, in every way that officials write them."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.metadata_dates import read_date


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("2023年6月19日", "2023-06-19"),
        ("2023-06-19", "2023-06-19"),
        ("2022/12/21", "2022-12-21"),
        ("2023.6.9", "2023-06-09"),
        ("2023年6月", "2023-06"),
        ("二〇二三年六月十九日", "2023-06-19"),
        ("二○二三年十二月三十一日", "2023-12-31"),
        ("二零二三年十月二十日", "2023-10-20"),
        ("202439", "2024-03-09"),
        ("2023612", "2023-06-12"),
        ("2023112", None),
        ("2023年13月1日", None),
        ("2023年2月30日", None),
        ("2022-2025", None),
        ("12345678", None),
    ],
)
def test_a_date_is_read_when_it_can_be_read_in_one_way_only(written: str, expected: str | None) -> None:
    assert read_date(written) == expected


@given(st.dates(datetime.date(1990, 1, 1), datetime.date(2099, 12, 31)))
def test_every_day_reads_back_in_the_three_usual_forms(day: datetime.date) -> None:
    for written in (f"{day.year}年{day.month}月{day.day}日", day.isoformat(), f"{day:%Y/%m/%d}"):
        assert read_date(written) == day.isoformat()
