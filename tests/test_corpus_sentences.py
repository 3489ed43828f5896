"""Sentences end where a reader would end them; list items are whole; both are spans that lose nothing."""

import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.sentences import list_items, sentences

SEEDS = sorted((Path(__file__).parent.parent / "corpus" / "documents").glob("*.txt"))
PIECES = st.lists(
    st.sampled_from(
        [
            *"。！？!?；;.,，、：“”‘’《》（）()\"'\n\r 　",
            "一是",
            "二是",
            "1.",
            "3.14",
            "科技",
            "甲乙丙",
            "（一）",
            "①",
            "首先",
            "其次",
            "a",
        ]
    ),
    max_size=60,
).map("".join)


def parts(text: str) -> list[str]:
    return [text[start:end] for start, end in sentences(text)]


def items(text: str) -> list[str]:
    return [text[start:end] for start, end in list_items(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("甲办法出台。乙项目启动！真的？是。", ["甲办法出台。", "乙项目启动！", "真的？", "是。"]),
        ("增长3.5%。达到1.2亿元。", ["增长3.5%。", "达到1.2亿元。"]),
        ("1. 建设平台。2022.9.14发布。", ["1. 建设平台。", "2022.9.14发布。"]),
        ("一. 总体情况\n二. 下一步", ["一. 总体情况", "二. 下一步"]),
        ("印发《甲。乙》办法。好", ["印发《甲。乙》办法。", "好"]),
        ("支持企业（含个体户。下同）发展。好", ["支持企业（含个体户。下同）发展。", "好"]),
        ("他说：“我走了。”她没有回答。", ["他说：“我走了。”", "她没有回答。"]),
        ("按“政府引导。市场主导。”的原则推进。", ["按“政府引导。市场主导。”的原则推进。"]),
        ("见http://a.cn/x?b=1&c=2 的说明。好", ["见http://a.cn/x?b=1&c=2 的说明。", "好"]),
        ("Mr. Smith met Dr. Li. They spoke, e.g. of tea.", ["Mr. Smith met Dr. Li.", "They spoke, e.g. of tea."]),
        ("什么?!真的。。。是", ["什么?!", "真的。。。", "是"]),
        ("（见附件。）他来了。", ["（见附件。）", "他来了。"]),
        ("  缩进的一行  \n\n　第二行。\r\n第三行", ["缩进的一行", "第二行。", "第三行"]),
        ("采取前引导”“后支持”“后补助等形式。二是改进。", ["采取前引导”“后支持”“后补助等形式。", "二是改进。"]),
        ("", []),
        (" \n ", []),
    ],
)
def test_sentences_end_where_a_reader_ends_them(text: str, expected: list[str]) -> None:
    assert parts(text) == expected


def test_semicolons_part_a_long_sentence_only() -> None:
    assert len(parts("加强管理；加强投入。")) == 1
    long = "；".join(["围绕重点产业链上下游组织实施一批科技项目并着力突破一批关键核心技术" * 2] * 3) + "。"
    assert [part[-1] for part in parts(long)] == ["；", "；", "。"]


def test_a_quotation_that_is_never_closed_does_not_swallow_the_paragraph() -> None:
    assert len(parts("他说“" + "这是一句很普通的话。" * 30)) == 30


@given(st.one_of(PIECES, st.text(max_size=80)), st.integers(0, 20))
def test_sentences_are_trimmed_in_order_and_lose_no_visible_character(text: str, start: int) -> None:
    spans = sentences(text, min(start, len(text)))
    at = min(start, len(text))
    for begun, ended in spans:
        assert begun >= at
        assert not text[at:begun].strip()
        assert text[begun:ended] == text[begun:ended].strip() != ""
        at = ended
    assert not text[at:].strip()


@given(PIECES, st.integers(0, 30), st.integers(0, 40))
def test_a_window_never_yields_a_sentence_beyond_it(text: str, start: int, length: int) -> None:
    start = min(start, len(text))
    end = min(start + length, len(text))
    for begun, ended in sentences(text, start, end):
        assert start <= begun < ended <= end


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("抓好两点：一是建库；二是育人。此外很好。", ["一是建库；", "二是育人。"]),
        ("一是建库。很重要。二是育人。也重要。", ["一是建库。很重要。", "二是育人。也重要。"]),
        ("首先，建库。很好。其次，育人。最后，考核。", ["首先，建库。很好。", "其次，育人。", "最后，考核。"]),
        ("1.建库。2022年。2.育人。", ["1.建库。2022年。", "2.育人。"]),
        ("（1）建库；（2）育人；（3）考核。另外很好。", ["（1）建库；", "（2）育人；", "（3）考核。"]),
        ("①建库②育人", ["①建库", "②育人"]),
        ("第一，建库。第二，育人。", ["第一，建库。", "第二，育人。"]),
        ("形成机制一是完善体系培育发展。二是用好基金。", ["一是完善体系培育发展。", "二是用好基金。"]),
        (
            "提出了加大扶持力度;建立创新体系;加强人才队伍建设3点建议。",
            ["加大扶持力度;", "建立创新体系;", "加强人才队伍建设"],
        ),
        ("统一是大事，唯一是你，万一是他。", []),
        ("今年投入3家。", []),
        ("", []),
    ],
)
def test_list_items_run_up_to_the_next_marker(text: str, expected: list[str]) -> None:
    assert items(text) == expected


def test_items_that_begin_paragraphs_stay_with_their_paragraphs() -> None:
    assert items("分析如下：\n一是强化体系。落实机制。\n二是强化主体。培育企业。\n下一步继续。") == [
        "一是强化体系。落实机制。",
        "二是强化主体。培育企业。",
    ]


@given(PIECES)
def test_list_items_are_trimmed_slices_in_order(text: str) -> None:
    at = 0
    for begun, ended in list_items(text):
        assert at <= begun < ended <= len(text)
        assert text[begun:ended] == text[begun:ended].strip()
        at = ended


@pytest.mark.parametrize("seed", SEEDS, ids=lambda path: path.name)
def test_a_real_letter_has_sentences_of_readable_length(seed: Path) -> None:
    text = seed.read_text(encoding="utf-8")
    lengths = [end - start for start, end in sentences(text)]
    assert len(lengths) > 50
    assert max(lengths) < 400


@pytest.mark.parametrize("unit", ["“", "（", "《》", "。", "一是", "1.", "；", "(", '"', "a.", "一二三四五六七八九十"])
def test_hostile_repetition_takes_no_long_time(unit: str) -> None:
    text = unit * (100_000 // len(unit))
    begun = time.perf_counter()
    sentences(text)
    list_items(text)
    assert time.perf_counter() - begun < 5
