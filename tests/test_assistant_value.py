"""The value that a fact question asks for: picked where it is plain, left out where two might be meant."""

import pytest

from assistant.understand import understand
from assistant.value import value_of

LOANS = "截至2022年12月末，全市银税互动合作贷款余额90.31亿元，同比增长27.41%，其中小微企业银税互动合作贷款余额89.89亿元，同比增长27.76%。"
GRANTS = "市级领军人才和创新团队经认定后，分别给予30万元和50万元的经费支持。"


@pytest.mark.parametrize(
    ("question", "text", "value"),
    [
        ("茶园有多少亩", "全市有茶园77亩，产茶12吨。", "77亩"),
        ("产茶多少吨", "全市有茶园77亩，产茶12吨。", "12吨"),
        ("技术创新项目补助多少钱", "对27个技术创新项目补助1565万元。", "1565万元"),
        ("缴费标准是多少钱", "每餐缴费标准不低于5元。", "不低于5元"),
        ("规划的文号是多少", "印发《规划》（昆政办〔2022〕16号）。", "昆政办〔2022〕16号"),
        ("小微企业银税互动贷款余额是多少", LOANS, None),
        ("领军人才给多少钱", GRANTS, None),
        ("贷款增长了多少", LOANS, None),
        ("哪些单位牵头", "市科技局牵头。", None),
        ("食堂改造资金多少钱", "2024年计划投入食堂改造资金5600万元。", None),
        ("2024年食堂改造资金多少钱", "2023年投入食堂改造资金4200万元。", None),
        ("比上一年高了多少", "覆盖率98.6%。", None),
        ("保额多少", "完成知识产权保险440单，保额2.15亿元。", None),
        ("居家养老覆盖率是多少", "城市居家养老覆盖率100%，农村72%。", None),
    ],
)
def test_the_value_is_the_one_asked_for_or_none(question: str, text: str, value: str | None) -> None:
    assert value_of(understand(question), text) == value


def test_a_value_is_always_written_in_its_sentence() -> None:
    for question in ("多少家", "多少钱", "比例是多少", "什么时候"):
        value = value_of(understand(question), LOANS)
        assert value is None or value in LOANS
