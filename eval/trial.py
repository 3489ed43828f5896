"""What only a live run can show: that two runs are the same, that the verifier strikes, that the measures see mutants."""

from collections.abc import Sequence

from eval.cases import Case
from eval.gate import Verdict, shortened
from eval.mutants import SelfTest, self_test
from eval.probe import probe
from eval.twice import Twice


def tried(twice: Twice, cases: Sequence[Case], *, once: bool = False) -> tuple[Verdict, SelfTest]:
    """The verdict over the runs themselves and how the measures took the mutants; `once` leaves the second run out."""
    parts, mutants = probe(cases, twice.assistant.letter), self_test(twice.results, cases, twice.assistant.letter)
    faults = [*parts.faults, *shortened(mutants.faults, "评测自检不过")]
    notes = (f"核对环节：{parts.summary}", f"评测自检：改坏的 {mutants.made} 个答案发现 {mutants.share or 0:.1%}")
    unmeasured = ["评测自检：没有一个答案可以改坏"] if mutants.share is None else []
    if once:
        return Verdict(tuple(faults), tuple(unmeasured), (*notes, "只跑了一遍：没有核对两遍是否相同")), mutants
    if twice.again is None:
        return Verdict(tuple(faults), (*unmeasured, f"第二遍没有跑完：{twice.trouble}"), notes), mutants
    same = [] if twice.is_same else ["两次运行结果不同 → 找出不固定的顺序、时间或随机数"]
    return Verdict((*same, *faults), tuple(unmeasured), notes), mutants
