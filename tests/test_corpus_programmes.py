"""Named programmes are told from quoted speech, irony, slogans, codes and the titles of proposals."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.programmes import programmes

CASES = r"""
大力实施“春城计划”，引进人才。 ⇒ 春城计划
推行“揭榜挂帅”“赛马”机制。 ⇒ 揭榜挂帅;赛马
培育“专精特新”企业，扩大“银税互动”范围。 ⇒ 专精特新;银税互动
您提出的“关于加强养老服务的提案”收悉。 ⇒
坚持“不求所在，但求所用”的原则。 ⇒
他指出：“要强化企业创新主体地位”。 ⇒
破解“卡脖子”难题，所谓“免费”体检。 ⇒
开展“四好农村路”建设，实施“雨露计划”。 ⇒ 四好农村路;雨露计划
落实“十四五”规划。 ⇒
一、关于“加强顶层设计”的建议 ⇒
推进“放管服”改革和“一网通办”。 ⇒ 放管服;一网通办
打造“十五分钟医疗圈”，开展“光盘行动”。 ⇒ 十五分钟医疗圈;光盘行动
实施“头雁”工程和“千村示范、万村整治”工程。 ⇒ 头雁;千村示范、万村整治
有的群众反映“看病难、看病贵”。 ⇒
会议强调“房子是用来住的，不是用来炒的”。 ⇒
优化“浙里办”平台，推广“一码通”。 ⇒ 浙里办;一码通
"""


def cases() -> list[tuple[str, list[str]]]:
    rows = [line.partition("⇒") for line in CASES.strip().splitlines()]
    return [(text.strip(), [name for name in names.strip().split(";") if name]) for text, _, names in rows]


@pytest.mark.parametrize(("text", "expected"), cases())
def test_the_programmes_of(text: str, expected: list[str]) -> None:
    assert [text[one.start : one.end] for one in programmes(text)] == expected


@given(
    st.one_of(
        st.text(max_size=60),
        st.lists(
            st.sampled_from(["“", "”", "计划", "春城", "实施", "：", "、", "要", "难", "工程", "\n", '"']), max_size=40
        ).map("".join),
    )
)
def test_programmes_are_slices_in_order(text: str) -> None:
    at = 0
    for one in programmes(text):
        assert at <= one.start < one.end <= len(text)
        at = one.end


@pytest.mark.parametrize("unit", ["“", "”", "计划", "春城", "实施", "：", "、", "要", "难", "工程", "\n", '"'])
def test_hostile_repetition_takes_no_long_time(unit: str) -> None:
    text = unit * (60_000 // len(unit))
    begun = time.perf_counter()
    programmes(text)
    assert time.perf_counter() - begun < 6
