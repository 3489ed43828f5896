"""What only a live run can show: that two runs are the same, that the verifier strikes, that the measures see mutants."""

from collections.abc import Sequence

from eval.cases import Case
from eval.gate import Verdict
from eval.probe import probe
from eval.twice import Twice


def tried(twice: Twice, cases: Sequence[Case], *, once: bool = False) -> Verdict:
    """The verdict over the runs themselves; `once` leaves the second run out, and says so."""
    parts = probe(cases, twice.assistant.letter)
    notes = (f"核对环节：{parts.summary}", *(("只跑了一遍：没有核对两遍是否相同",) if once else ()))
    if not once and twice.again is None:
        return Verdict(tuple(parts.faults), (f"第二遍没有跑完：{twice.trouble}",), notes)
    same = [] if once or twice.is_same else ["两次运行结果不同 → 找出不固定的顺序、时间或随机数"]
    return Verdict((*same, *parts.faults), (), notes)
