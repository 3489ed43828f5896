"""What a letter promises is found with its deadline and its office; what is done, wished or foreseen is not."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.commitments import commitments
from corpus.letter import Letter, Metadata, Section, Stated
from corpus.parse import parse_letter
from corpus.read import RawDocument

# [section] sentence ⇒ kind|deadline or ~its words|organ, - for no commitment; the letter is of 2023-06-19.
TUNED_ON = r"""
争取2024年10月底前提交市政府常务会议研究。 ⇒ 力争|2024-10|-
目前已递交市政府审查，计划2024年12月底前提交市人大审议。 ⇒ 计划|2024-12|-
[下一步] 我局将会同市财政局在年底前完成资金拨付。 ⇒ 承诺|2023-12|我局
[下一步] 市住建局将于2023年9月底前完成小区改造。 ⇒ 承诺|2023-09|市住建局
[下一步] 加快推进道路拓宽改造工程。 ⇒ 计划|-|-
[下一步] 一是完善养老服务设施，二是加强护理员培训。 ⇒ 计划|-|-
力争到2025年，全县公办园在园幼儿占比达到60%。 ⇒ 力争|2025|-
下一步，我们将继续加大执法力度。 ⇒ 承诺|-|我们
我们将进一步加强监管，感谢您对我们工作的支持。 ⇒ 承诺|-|我们
将农村危房纳入改造范围，已完成改造120户。 ⇒ -
通过争取上级资金，2022年完成了河道治理。 ⇒ -
我局将该项目列入2023年重点工作，现已开工。 ⇒ -
再次感谢您的关心，我们将一如既往做好工作。 ⇒ -
拟于2024年启动二期工程建设。 ⇒ 计划|2024|-
市交通局计划三年内新增公交线路10条。 ⇒ 计划|~三年内|市交通局
该路段预计6月底前建成通车。 ⇒ 计划|2023-06|-
确保“十四五”末实现村村通。 ⇒ 承诺|2025|-
明年，县教育局拟新建幼儿园3所。 ⇒ 计划|2024|县教育局
[下一步] 水是生命之源。 ⇒ -
[下一步] 您所提出的建议我们全部采纳，研究提出下一步工作计划如下： ⇒ -
[下一步] 2022年，我们已完成排查整治。 ⇒ -
专家指出，预制菜将成为风口。 ⇒ -
据预测，到2035年我国老年人口将突破4亿。 ⇒ -
您建议尽快修建停车场，力争年底完成。 ⇒ -
省政府提出力争2025年建成示范区。 ⇒ 力争|2025|省政府
我委正在修订管理办法，预计今年11月底前出台。 ⇒ 计划|2023-11|我委
尽快启动前期工作，争取列入省级项目库。 ⇒ 力争|-|-
待资金到位后，将立即组织实施。 ⇒ 承诺|-|-
三季度前完成招标，2024年6月30日前竣工。 ⇒ 承诺|2024-06-30|-
"""
# Written before the rules and looked at after them.
HELD_OUT = r"""
[下一步] 县卫健局将在2024年上半年完成村卫生室标准化建设。 ⇒ 承诺|2024-06|县卫健局
[下一步] 持续开展“护学岗”行动。 ⇒ 计划|-|-
市水务局拟投资1.2亿元，于2023年底前完成管网改造。 ⇒ 计划|2023-12|市水务局
通过努力，力争用两年时间基本消除黑臭水体。 ⇒ 力争|~两年时间|-
我县将高标准农田建设任务分解到乡镇，建成2.3万亩。 ⇒ -
去年，全市计划新建充电桩2000个，实际完成2300个。 ⇒ -
希望您继续关注，我们将不胜感激。 ⇒ -
[下一步] 针对您提出的问题，我局将积极与自然资源部门对接，争取尽早落实用地指标。 ⇒ 力争|-|我局
预计2023年10月建成投用，届时可新增床位300张。 ⇒ 计划|2023-10|-
下一步，区民政局将制定助餐服务补贴办法，8月底前报区政府审定。 ⇒ 承诺|2023-08|区民政局
到2024年6月，实现所有行政村5G信号全覆盖。 ⇒ 承诺|2024-06|-
按照省委部署，将乡村振兴摆在优先位置。 ⇒ -
[下一步] 一要健全机制，二要强化督查，三要加大宣传。 ⇒ 计划|-|-
明年将新增公交车50辆。 ⇒ 承诺|2024|-
您希望我们将站点前移，我们已于5月完成。 ⇒ -
"""


def cases(block: str) -> list[tuple[str, str]]:
    return [(a.strip(), b.strip()) for a, _, b in (line.partition("⇒") for line in block.strip().splitlines())]


def letter(heading: str, sentence: str, written: str | None = "2023-06-19") -> Letter:
    text = f"{heading}\n{sentence}"
    date = Stated(written) if written else None
    return Letter(
        "1", "a.txt", text, Metadata(date=date), (Section(1, heading, (heading,), 0, len(text)),), (0, len(text))
    )


@pytest.mark.parametrize(("sentence", "expected"), cases(TUNED_ON) + cases(HELD_OUT))
def test_the_commitment_of(sentence: str, expected: str) -> None:
    coming = sentence.startswith("[下一步]")
    one = letter("三、下一步工作" if coming else "二、工作情况", sentence.removeprefix("[下一步]").strip())
    found = [
        "|".join((c.kind, c.deadline or ("~" + c.deadline_words if c.deadline_words else "-"), c.organ or "-"))
        for c in commitments(one)
    ]
    assert found == ([] if expected == "-" else [expected])


def test_a_deadline_without_the_day_of_the_letter_keeps_its_words() -> None:
    [found] = commitments(letter("三、下一步", "年底前完成改造。", None))
    assert (found.deadline, found.deadline_words) == (None, "年底前")


@given(
    st.lists(
        st.sampled_from(
            [
                "我局将",
                "力争",
                "2024年10月底前",
                "完成",
                "已",
                "。",
                "；",
                "\n",
                "感谢",
                "年底前",
                "拟于",
                "明年",
                "推进",
                "《",
                "》",
                "一是",
            ]
        ),
        max_size=30,
    ).map("".join)
)
def test_a_commitment_is_a_slice_of_the_letter(text: str) -> None:
    one = letter("三、下一步工作", text)
    at = 0
    for found in commitments(one):
        assert at <= found.start < found.end <= len(one.text)
        assert one.text[found.start : found.end] == found.text
        assert found.deadline_words in one.text
        at = found.end


@pytest.mark.parametrize(
    "unit", ["我局将", "力争，", "年底前。", "进一步", "推进", "一是", "计划于", "将。", "明年", "，"]
)
def test_hostile_repetition_takes_no_long_time(unit: str) -> None:
    one = letter("三、下一步工作", unit * (60_000 // len(unit)))
    begun = time.perf_counter()
    commitments(one)
    assert time.perf_counter() - begun < 6


# Lines of whole letters ⇒ what is found in each: kind|deadline or ~words|organ|first characters.
LETTERS = [
    (
        "一、我局已更换水表。\n二、下一步,我局将支持农户改厕。\n三、我站将于每年9月10日前公布疫苗库存。",
        ["承诺|-|我局|下一步,我局将", "承诺|~每年9月10日前|-|我站将于每年9月"],
    ),
    (
        "一、下一步,2024年底前再建村级书屋4~6间。\n二、计划2025年新增急救站3处。\n三、2022年至2026年,规划新建渡口5座。",
        ["承诺|2024-12|-|下一步,2024年", "计划|2025|-|计划2025年新增", "计划|2026|-|2022年至2026"],
    ),
    (
        "一、主要做法\n已建成书屋。\n二、下一步打算\n一是由县文旅局牵头,每年安排购书经费30万元。\n2024年11月底前新增流动书车不少于8辆。",
        ["计划|-|县文旅局|一是由县文旅局牵", "承诺|2024-11|-|2024年11月"],
    ),
    (
        "三、下一步工作\n第一，健全护林队伍。林场将增聘护林员。\n第二，强化应急演练。\n（一）完善预警体系。加密监测站点。",
        ["承诺|-|-|林场将增聘护林员", "计划|-|-|加密监测站点。"],
    ),
    (
        "三、下一步工作\n争取列入2025年立法调研项目。年内开通夜班公交。2024年三季度建成粮库。2025年一季度前完成验收。下半年启动二期。我局将争取列入“十五五”规划。",
        [
            "力争|2025|-|争取列入2025",
            "计划|2023|-|年内开通夜班公交",
            "计划|2024-09|-|2024年三季度",
            "承诺|2025-03|-|2025年一季度",
            "计划|2023-12|-|下半年启动二期。",
            "力争|-|我局|我局将争取列入",
        ],
    ),
    ("二、工作情况\n2021年底前完成了清淤。2022年6月底前建成泵房。", []),
]


@pytest.mark.parametrize(("body", "expected"), LETTERS)
def test_the_commitments_of_the_letter(body: str, expected: list[str]) -> None:
    page = f"关于第12号建议的答复\n张明代表：\n您提出的建议收悉，现答复如下：\n{body}\n某县林业局\n2023年6月19日\n"
    found = commitments(parse_letter(RawDocument("1", "1.txt", None, page)))
    told = [
        "|".join((c.kind, c.deadline or ("~" + c.deadline_words if c.deadline_words else "-"), c.organ or "-"))
        for c in found
    ]
    assert [f"{one}|{c.text}"[: len(want)] for one, c, want in zip(told, found, expected, strict=True)] == expected


def test_within_the_year_has_no_deadline_in_a_letter_without_date() -> None:
    [found] = commitments(letter("三、下一步", "年内开通夜班公交。", None))
    assert (found.deadline, found.deadline_words) == (None, "年内")
