"""What search reads from a question."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.asking import read_asking, short_name, with_places


@pytest.mark.parametrize(
    ("question", "field"),
    [
        ("0216号建议是谁提的", "proposers"),
        ("潍坊那件的索引号", "index_no"),
        ("脐橙那件什么时候答复的", "date"),
        ("这份答复找谁对接", "contact"),
        ("周晓梅代表那件是和哪些单位会办的", "co_organs"),
        ("这件答复是几类", "category"),
        ("这件抄送给了谁", "copies"),
        ("那份复文是谁签发的", "signer"),
        ("宋立国代表提的什么建议", "title"),
        ("那份复文能不能公开", "disclosure"),
    ],
)
def test_a_field_of_the_record_is_heard(question: str, field: str) -> None:
    asking = read_asking(question)
    assert field in asking.fields
    assert asking.of_letter


@pytest.mark.parametrize(
    "question", ["脐橙品质提升抓了哪三件事", "解决停车难的措施有哪些", "下一步打算做什么", "分几个方面，都列出来"]
)
def test_a_list_is_heard(question: str) -> None:
    assert read_asking(question).lists


@pytest.mark.parametrize("question", ["昆明有多少家高企", "银税互动贷款余额", "孩子放学没人接，学校管到几点"])
def test_a_single_value_is_no_list(question: str) -> None:
    assert not read_asking(question).lists


def test_the_number_of_items_is_read() -> None:
    assert read_asking("抓了哪三件事").items == 3
    assert read_asking("开的六剂药方是哪六条").items == 6
    assert read_asking("有哪些措施").items is None


def test_plans_that_are_to_be_left_out_are_not_asked_for() -> None:
    assert read_asking("下一步打算有哪些").part == "plans"
    assert read_asking("已经干了哪几件事？下一步的不要").part == "done"


def test_a_place_known_only_from_the_letters_is_heard() -> None:
    asking = with_places(read_asking("双江那条土路为啥不修"), ["双江拉祜族佤族布朗族傣族自治县", "大连市"])
    assert asking.regions == ("双江拉祜族佤族布朗族傣族自治县",)
    assert short_name("晋江市") == "晋江"


@settings(deadline=None)
@given(st.text(max_size=200))
def test_any_question_can_be_read(question: str) -> None:
    asking = read_asking(question)
    assert asking.items is None or asking.items > 1
    assert with_places(asking, ["昆明市"]).regions[: len(asking.regions)] == asking.regions
