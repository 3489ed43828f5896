"""Sections nest, are exact and lose nothing, whatever the text; and any text takes time linear in its length."""

import time
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.sections import sections
from corpus.sentences import sentences
from tests.section_cases import CLOSING, OPENING

SEEDS = Path(__file__).parent.parent / "corpus" / "documents"


def outline(text: str) -> list[str]:
    """The headings, two blanks a level."""
    return ["  " * (section.level - 1) + section.heading for section in sections(text, 0, len(text))]


PIECES = st.lists(
    st.sampled_from(
        [
            "\n",
            "\n",
            "一、",
            "二、",
            "三、",
            "（一）",
            "(二)",
            "1.",
            "2、",
            "3．",
            "(1)",
            "①",
            "②",
            "第一章",
            "第二条 ",
            "一是",
            "二是",
            "1.1 ",
            "加强领导",
            "2022年",
            "我局已完成。",
            "感谢您的关心和支持。",
            "关于投入的建议",
            "《",
            "》",
            "“",
            "”",
            "：",
            "，",
            "。",
            " ",
            "收悉",
            "附件：",
            "٣.",
            "## ",
            "**",
            "附件\n",
            "某某市民政局\n2024年5月6日\n",
            "李四代表：\n您",
            "1.5G",
            "（2）",
            "Ⅰ、",
            "近年来，",
        ]
    ),
    max_size=60,
).map("".join)


@given(st.one_of(PIECES, st.text(max_size=100)), st.integers(0, 10), st.integers(0, 10))
def test_any_text_gives_exact_properly_nested_slices_in_order(text: str, skip: int, cut: int) -> None:
    start = min(skip, len(text))
    end = max(start, len(text) - cut)
    open_: list[tuple[int, int, tuple[str, ...]]] = []
    last = start
    for section in sections(text, start, end):
        assert last <= section.start < section.end <= end
        assert section.level == len(section.heading_path)
        assert section.kind in ("heading", "item", "attachment")
        assert section.heading == section.heading_path[-1] != ""
        assert text.startswith(section.heading, section.start)
        assert section.start + len(section.heading) <= section.end
        while open_ and open_[-1][1] <= section.start:
            open_.pop()
        assert not open_ or section.end <= open_[-1][1]
        assert section.heading_path[:-1] == (open_[-1][2] if open_ else ())
        open_.append((section.start, section.end, section.heading_path))
        last = section.start


@dataclass(frozen=True)
class Branch:
    """A heading with its style and what stands below it."""

    heading: str
    body: str
    style: str
    below: tuple["Branch", ...] = ()


MARKS = {
    "一、": lambda n: "一二三四五六七八九十"[n] + "、",
    "（一）": lambda n: f"（{'一二三四五六七八九十'[n]}）",
    "(一)": lambda n: f"({'一二三四五六七八九十'[n]})",
    "1.": lambda n: f"{n + 1}.",
    "1、": lambda n: f"{n + 1}、",
    "(1)": lambda n: f"({n + 1})",
    "①": lambda n: "①②③④⑤⑥⑦⑧⑨⑩"[n],
}
SCHEMES = [
    ["一、", "（一）", "1."],
    ["一、", "(一)", "1.", "(1)"],
    ["一、", "1.", "(1)"],
    ["（一）", "1、", "①"],
    ["一、", "1、"],
    ["1.", "(1)"],
]
HEADINGS = st.builds(
    lambda verb, noun, tail: verb + noun + tail,
    st.sampled_from(["加强", "完善", "深化", "推进", "强化"]),
    st.sampled_from(["组织领导", "政策体系", "“放管服”改革", "平台建设", "人才培养", "农村公路养护管理"]),
    st.sampled_from(["", "，夯实工作基础", "，营造良好环境"]),
)
BODIES = st.sampled_from(
    [
        "组织开展培训12场，参加人员300人。群众普遍满意。",
        "2022年投入资金1.2亿元，建成项目5个。一是抓建设。二是抓管理。",
        "市政府印发《关于加强管理的意见》（昆政发〔2022〕1号），要求各区落实。",
        "我局高度重视，先后召开会议3次，解决问题20余项。",
    ]
)


def branches(depth: int) -> st.SearchStrategy[tuple[Branch, ...]]:
    below = st.just(()) if depth == 1 else st.one_of(st.just(()), branches(depth - 1))
    branch = st.builds(Branch, HEADINGS, BODIES, st.sampled_from(["line", "stop", "list"]), below)
    return st.lists(branch, min_size=1, max_size=4).map(tuple)


def written(tree: tuple[Branch, ...], scheme: list[str]) -> tuple[str, list[str]]:
    """The text of a tree and its outline."""
    text, lines = "", []
    for n, branch in enumerate(tree):
        heading = MARKS[scheme[0]](n) + branch.heading
        body = {"line": f"\n{branch.body}", "stop": f"。{branch.body}", "list": "一是抓好落实。二是抓好考核。"}[
            branch.style
        ]
        below, under = written(branch.below, scheme[1:])
        text += f"{heading}{body}\n{below}"
        lines += [heading, *("  " + line for line in under)]
    return text, lines


@settings(max_examples=200, deadline=None)
@given(
    st.sampled_from(SCHEMES).flatmap(lambda scheme: st.tuples(st.just(scheme), branches(len(scheme)))), st.booleans()
)
def test_a_letter_written_from_a_tree_reads_back_as_that_tree(
    drawn: tuple[list[str], tuple[Branch, ...]], indented: bool
) -> None:
    text, lines = written(drawn[1], drawn[0])
    text = OPENING + (text.replace("\n", "\n　　") if indented else text) + "\n" + CLOSING
    assert outline(text) == lines
    last = sections(text, 0, len(text))[-1]
    assert text[last.end :].strip() == CLOSING


def test_a_long_letter_is_parsed_in_a_blink() -> None:
    [path] = SEEDS.glob("000_*.txt")
    text = path.read_text(encoding="utf-8")
    begun = time.perf_counter()
    for _ in range(10):
        sections(text, 0, len(text))
        sentences(text)
    assert (time.perf_counter() - begun) / 10 < 0.1


@pytest.mark.parametrize(
    "unit",
    [
        "一、",
        "一、甲\n",
        "(",
        "1.",
        "\n",
        "感谢",
        "某某局\n",
        "关于a的",
        "2022年",
        "①",
        "（一）x\n一、y\n",
        "第一条 ",
        " ",
        "（",
        "局",
        "对您",
        "“甲。乙”",
        "附件\n",
        "甲代表：\n您\n",
        "某某局\n2024年5月6日\n",
        "# 甲\n",
        "**甲**\n",
        "一、加强建设在",
        "（一）加强管理。",
    ],
)
def test_hostile_repetition_takes_no_long_time(unit: str) -> None:
    text = unit * (200_000 // len(unit))
    begun = time.perf_counter()
    sections(text, 0, len(text))
    assert time.perf_counter() - begun < 10


def test_three_hundred_sections_are_all_there() -> None:
    text = "".join(f"第{n}条 为了规范管理，制定本条。\n" for n in range(1, 301))
    found = sections(text, 0, len(text))
    assert len(found) == 300
    assert {section.level for section in found} == {1}


def test_a_megabyte_takes_about_twice_as_long_as_half_of_it() -> None:
    def seconds(length: int) -> float:
        text = "一、加强领导。近年来，我局高度重视。\n二、加强投入\n投入100万元。\n" * (length // 40)
        begun = time.perf_counter()
        sections(text, 0, len(text))
        return time.perf_counter() - begun

    assert seconds(1_000_000) < 6 * max(seconds(500_000), 0.1)
