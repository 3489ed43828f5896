"""The words that reports share: why the gate did not pass, in an order that a person can take in."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from eval.report_model import Line, Report
from eval.report_words import headline, printable, safe, tint, verdict_lines
from tests.eval_reports import RIGHT, SMALL, asked

MEND = "改回，或写明理由"


def test_faults_are_grouped_and_a_common_mend_stands_once() -> None:
    failed = (
        "a：关键题未通过",
        "通过 0.777 → 0.641（-0.136），p = 0.0000 → " + MEND,
        "colloquial 类（41 题）通过 0.488 → 0.366（-0.122），超过 5 个百分点 → " + MEND,
        "b：关键题未通过",
        "a 原来通过，现在检索到了却拒答：a有多少家？ → " + MEND,
        "Success@5 0.700，低于 0.88",
        "两次运行结果不同 → 找出不固定的顺序",
    )
    report = replace(SMALL, failed=failed, unmeasured=("refusal recall：没有测得",))
    assert verdict_lines(report) == [
        "未测得：refusal recall：没有测得",
        "通过 0.777 → 0.641（-0.136），p = 0.0000",
        "口语类（41 题）通过 0.488 → 0.366（-0.122），超过 5 个百分点",
        "Success@5 0.700，低于 0.88",
        "两次运行结果不同 → 找出不固定的顺序",
        "关键题未通过（2 题）：a、b",
        "怎么办：改回，或写明理由",
        "a 原来通过，现在检索到了却拒答：a有多少家？",
    ]


def test_the_headline_names_the_stage_that_lost_most() -> None:
    three = tuple(asked(name, cause="lost_in_fusion") for name in "bcd")
    report = Report((RIGHT, *three, asked("e", cause="refused")), ())
    assert headline(report) == "5 题，通过 1（20.0%）；失去最多的一步：合并排序时丢失（3 题）"
    assert headline(Report((), ())) == "没有一题"
    assert headline(Report((RIGHT,), ())) == "1 题，通过 1（100.0%）"


def test_better_and_worse_depend_on_the_measure() -> None:
    def changed(measure: str, delta: float | None) -> str:
        return tint(Line("", measure, 0.5, 0.5, delta, None, 2))

    assert (changed("right", 0.1), changed("right", -0.1), changed("right", None)) == ("up", "down", "")
    assert (changed("false refusal", 0.1), changed("false refusal", -0.1)) == ("down", "up")
    assert changed("figures", 5.0) == ""


@given(st.text(st.characters(), max_size=40))
def test_whatever_an_answer_holds_can_be_written_and_is_no_markup(text: str) -> None:
    shown = safe(text)
    shown.encode("utf-8")
    assert not {"<", ">", '"', "\x00"} & set(shown)
    assert len(printable(text)) == len(text)
