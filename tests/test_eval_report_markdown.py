"""The Markdown report: whole as a literal, and no text that turns into a mark."""

import re

from hypothesis import given
from hypothesis import strategies as st

from eval.report_markdown import markdown, plain
from tests.eval_reports import SMALL, large

EXPECTED = """# 未通过

2 题，通过 1（50.0%）；比基线变好 0 题，变坏 1 题，多在：检索到了却答错（1 题）；失去最多的一步：检索到了却答错（1 题）

- right 0.500，低于 0.85
- 关键题未通过（1 题）：b

## 指标

| 层 | 指标 | 基线 | 现在 | 差 | 区间 | 题数 | 门槛 |
|---|---|---|---|---|---|---|---|
| 回答 | right ✗ | 1.000 | 0.500 | −0.500 | −1.000 至 0 | 2 | ≥ 0.85 |
| 拒答 | refusal recall |  | — |  |  |  |  |

## 漏斗

| 步骤 | 失去 | 余下 |
|---|---|---|
| 全部 |  | 2 |
| 检索到了却答错 | −1 | 1 |

## 类别

| 类别 | 题数 | 通过 | 通过率 | 95% 区间 | 基线 |
|---|---|---|---|---|---|
| 数据 | 2 | 1 | 50.0% | 9.5% 至 90.5% | 100.0% |

## 复文

| 复文 | 题数 | 通过 | 通过率 | 95% 区间 | 基线 |
|---|---|---|---|---|---|
| 答复甲 | 2 | 1 | 50.0% | 9.5% 至 90.5% |  |

## 变坏的题（1）

- **关键** b（数据）b有多少家？
  - 应为 1350家
  - 依据 认定高企1350家（答复甲）
  - 原来 通过：1350家。
  - 现在 检索到了却答错：403家。

## 变好的题（0）

没有。

## 未通过的题（1）

- **关键** b（数据）b有多少家？
  - 应为 1350家
  - 依据 认定高企1350家（答复甲）
  - 检索到了却答错：403家。

## 评测自检

| 改法 | 个数 |
|---|---|
| 换一个数字 | 2 |

至少 95%。

## 指纹

| 名称 | 值 |
|---|---|
| commit | abc |
| seed | 0 |

## 用时

每题用时：中位 20.0 毫秒
"""


def test_a_small_report_is_this_text() -> None:
    assert markdown(SMALL) == EXPECTED


@given(st.text(max_size=60))
def test_every_mark_of_a_text_is_escaped_and_it_stays_on_one_line(text: str) -> None:
    shown = plain(text)
    assert "\n" not in shown
    assert not re.search(r"[<>|`*_\[\]#]", re.sub(r"\\.", "", shown))


def test_hostile_answers_break_no_table_and_no_list() -> None:
    text = markdown(large())
    assert not re.search(r"(?<!\\)<", text)
    rows = [line for line in text.splitlines() if line.startswith("|")]
    assert {len(re.findall(r"(?<!\\)\|", row)) for row in rows} <= {3, 4, 7, 9, 10}
