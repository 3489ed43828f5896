"""Print a verdict: the verdict itself first, then every reason in a line, then where the failures lie."""

from collections import Counter

from eval.causes import CAUSES
from eval.gate import Verdict
from eval.saved import Saved

_HEADS = {0: "通过", 1: "未通过", 2: "不能判定"}


def verdict_text(verdict: Verdict, now: Saved, before: Saved) -> str:
    """The whole text, one fact a line."""
    passed = sum(one.passed for one in now.outcomes.values())
    counts = [f"{len(verdict.unmeasured)} 项没有测得"] if verdict.unmeasured else []
    counts += [f"{len(verdict.failed)} 条理由"] if verdict.failed else []
    head = f"{_HEADS[verdict.status]}：{'，'.join([*counts, f'{passed} / {len(now.outcomes)} 题通过'])}"
    lines = [f"未测得：{line}" for line in verdict.unmeasured] + [f"未通过：{line}" for line in verdict.failed]
    return "\n".join([head, *lines, stages_text(now, before), *verdict.notes]) + "\n"


def stages_text(now: Saved, before: Saved) -> str:
    """The failed questions by the stage that failed them, in the order of the funnel, with the baseline's number.

    Only the questions of the baseline are counted there, so that new questions make no stage look worse.
    """
    ours, theirs = _counts(now), _counts(before)
    codes = [code for code in (*CAUSES, *sorted({*ours, *theirs} - set(CAUSES))) if ours[code] or theirs[code]]
    shown = [f"{CAUSES.get(code, code)} {ours[code]}（基线 {theirs[code]}）" for code in codes]
    return f"失败的环节：{'、'.join(shown) or '无'}"


def _counts(saved: Saved) -> Counter[str]:
    return Counter(one.cause for one in saved.outcomes.values() if one.cause is not None)
