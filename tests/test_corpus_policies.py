"""Policy references are found in every shape that people type; what is misprinted is said, never mended in silence."""

import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.doc_numbers import doc_numbers
from corpus.policies import policies, titles

SEEDS = Path(__file__).parent.parent / "corpus" / "documents"


def cited(text: str) -> list[tuple[str | None, str | None]]:
    return [(policy.title, policy.doc_no) for policy in policies(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("落实《甲办法》（昆政办〔2022〕16号）。", [("甲办法", "昆政办〔2022〕16号")]),
        ("落实《甲办法》(昆政办【2022】16号)", [("甲办法", "昆政办〔2022〕16号")]),
        ("落实《甲办法》（昆政办[2022]16 号）", [("甲办法", "昆政办〔2022〕16号")]),
        ("落实《甲办法》（昆政办﹝２０２２﹞１６号）", [("甲办法", "昆政办〔2022〕16号")]),
        ("落实《甲办法》（昆政办(2022)16号）", [("甲办法", "昆政办〔2022〕16号")]),
        ("落实《甲办法》 （ 昆政办 〔2022〕 第16号 ）", [("甲办法", "昆政办〔2022〕16号")]),
        ("《甲办法》《乙方案》（国办发〔2014〕46号）", [("甲办法", None), ("乙方案", "国办发〔2014〕46号")]),
        ("《甲办法》（国发〔2020〕1号）、《乙方案》", [("甲办法", "国发〔2020〕1号"), ("乙方案", None)]),
        ("《关于印发《甲办法》的通知》（国发〔2020〕1号）", [("关于印发《甲办法》的通知", "国发〔2020〕1号")]),
        ("《关于印发〈甲办法〉的通知》", [("关于印发〈甲办法〉的通知", None)]),
        ("《甲规划》（2011—2020）（昆政发〔2019〕45号）", [("甲规划", "昆政发〔2019〕45号")]),
        ("《甲办法》（试行）（昆政发〔2019〕45号）", [("甲办法", "昆政发〔2019〕45号")]),
        ("《甲方案(2022-2025)》", [("甲方案(2022-2025)", None)]),
        ("《甲办法》（以下简称“办法”，昆政发〔2019〕45号）", [("甲办法", "昆政发〔2019〕45号")]),
        ("《甲办法》（以下简称《办法》）", [("甲办法", None)]),
        ("按照昆办发〔2022〕24号文件精神", [(None, "昆办发〔2022〕24号")]),
        (
            "根据国科发资〔2021〕301号和国科发区〔2020〕1号",
            [(None, "国科发资〔2021〕301号"), (None, "国科发区〔2020〕1号")],
        ),
        ("泉州市的贯彻通知（泉政办明传〔2020〕53 号）", [(None, "泉政办明传〔2020〕53号")]),
        ("见云政办发电〔2020〕5号", [(None, "云政办发电〔2020〕5号")]),
        ("《促进条例》（国务院令第752号）", [("促进条例", "国务院令第752号")]),
        ("依据国务院令2020年第732号", [(None, "国务院令2020年第732号")]),
        ("国办发〔2014〕46号文件《甲意见》", [("甲意见", "国办发〔2014〕46号")]),
        ("您提出的《关于加强养老服务的建议》（第9号）收悉，按《甲办法》办理。", [("甲办法", None)]),
        ("《关于保护古镇的建议》（第1009）号由我单位办理", []),
        ("他读《红楼梦》和《昆明日报》", []),
        ("第153005号建议、GB/T 9704-2012、引用[2024]15号、第3批（2024）15家", []),
        ("某科函〔2025〕12号\n关于某号建议的答复", []),
        ("", []),
    ],
)
def test_the_policies_of(text: str, expected: list[tuple[str | None, str | None]]) -> None:
    assert cited(text) == expected


@pytest.mark.parametrize(
    ("text", "value", "finding"),
    [
        (
            "《甲方案(2022-2025)》(昆政办〔2022〕76号)》，细化",
            ("甲方案(2022-2025)", "昆政办〔2022〕76号"),
            "文号后多一个“》”",
        ),
        ("《甲政策意见)》(金政发〔2021〕7号)", ("甲政策意见", "金政发〔2021〕7号"), "题名末尾多一个“)”"),
        (
            "《关于印发《甲办法的通知》（国发〔2020〕3号）",
            ("关于印发《甲办法的通知》", "国发〔2020〕3号"),
            "少一个“》”",
        ),
        ("按昆政发201846号办理", (None, "昆政发〔2018〕46号"), "文号缺括号"),
        ("（昆政办〔202031", (None, "昆政办〔2020〕31号"), "文号缺括号"),
        ("按昆政办〔2022〕16执行", (None, "昆政办〔2022〕16号"), "文号缺“号”字"),
        ("按昆政会纪〔2022〕16号", (None, "昆政会纪〔2022〕16号"), "会议纪要"),
    ],
)
def test_a_misprint_is_named(text: str, value: tuple[str | None, str | None], finding: str) -> None:
    [policy] = policies(text)
    assert (policy.title, policy.doc_no) == value
    assert any(finding in said for said in policy.findings)


def test_a_notice_names_what_it_issues_and_years_outside_are_kept() -> None:
    [policy] = policies("《某市人民政府关于印发某市科技创新规划的通知》（某政办〔2022〕16号）")
    assert policy.issued == "某市科技创新规划"
    [plan] = policies("《通信专项规划》（2022—2025）")
    assert plan.years == "2022-2025"


def test_the_seeds_give_their_numbered_policies_with_the_misprints() -> None:
    [path] = SEEDS.glob("000_*.txt")
    found = policies(path.read_text(encoding="utf-8"))
    assert [policy.doc_no for policy in found if policy.doc_no] == [
        "昆政办〔2022〕16号",
        "昆办发〔2022〕24号",
        "昆政办〔2022〕76号",
    ]
    assert [policy.findings for policy in found if policy.findings] == [("文号后多一个“》”，应删去",)]
    assert len(found) == 11


MARKS = st.lists(
    st.sampled_from(
        [
            *"《》〈〉（）()〔〕【】[]\n，。号第 令",
            "2022",
            "昆政办",
            "办法",
            "关于印发",
            "的通知",
            "16",
            "年",
            "试行",
            "建议",
            "收悉",
        ]
    ),
    max_size=50,
).map("".join)


@given(st.one_of(MARKS, st.text(max_size=60)))
def test_references_are_slices_in_order(text: str) -> None:
    for found in (policies(text), titles(text), doc_numbers(text)):
        starts = [one.start for one in found]
        assert starts == sorted(starts)
        assert all(0 <= one.start < one.end <= len(text) for one in found)


@given(
    st.sampled_from(["昆政办", "国科发资", "财教", "教技厅函", "金委科领"]),
    st.integers(1990, 2030),
    st.integers(1, 2000),
    st.sampled_from(["〔〕", "【】", "[]", "﹝﹞", "［］", "()", "（）"]),
    st.sampled_from(["", " ", "　"]),
    st.sampled_from(["按照", "（", "根据《甲办法》（", "落实"]),
)
def test_every_bracket_shape_reads_as_the_same_number(
    code: str, year: int, number: int, brackets: str, blank: str, before: str
) -> None:
    written = f"{code}{brackets[0]}{year}{brackets[1]}{blank}{number}{blank}号"
    [found] = doc_numbers(f"{before}{written}办理")
    assert found.value == f"{code}〔{year}〕{number}号"
    assert f"{before}{written}办理"[found.start : found.end] == written


@pytest.mark.parametrize(
    "unit",
    [
        "《",
        "》",
        "《》",
        "〔2022〕",
        "政〔2022〕1号",
        "《a",
        "(",
        "令第",
        "《关于印发",
        "甲" * 50,
        "《甲办法》(",
        "发2022",
        "号",
        " ",
        "〔",
        "《甲》《乙》（国发〔2020〕1号）",
    ],
)
def test_hostile_repetition_takes_no_long_time(unit: str) -> None:
    text = unit * (100_000 // len(unit))
    begun = time.perf_counter()
    policies(text)
    assert time.perf_counter() - begun < 5
