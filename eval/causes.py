"""Name the one cause of a failed question: the first stage at which it went wrong."""

from collections.abc import Sequence

from eval.cases import Case
from eval.measures import Scores
from eval.trace import STAGES

# Codes in the records, words on the screen; in the order of the funnel, the first that applies is the cause.
CAUSES = {
    "broken_quote": "依据被切断",
    "not_in_leg": "哪一路都没检索到",
    "lost_in_fusion": "合并排序时丢失",
    "cut_by_budget": "因篇幅限额未取用",
    "not_retrieved": "没有检索到",
    "answered_wrong": "检索到了却答错",
    "cited_wrong": "答对了但引错",
    "refused": "检索到了却拒答",
    "answered_anyway": "该拒答却作答",
    "unsupported_figure": "数据没有依据",
    "flipped": "否定与原文相反",
}


def cause(case: Case, scores: Scores, stages: Sequence[str] = ()) -> str | None:
    """The code of the cause from CAUSES, None when the question passed.

    An answerable question passes when the answer is right, its citations cover all the gold evidence and are exact,
    and none of its figures lacks support. A right answer whose evidence was not among the first hits is no failure of
    retrieval: it was found some other way. `stages` says for each evidence group where it was lost (eval.trace); an asker
    that cannot be looked into has none, and is judged by its hits.
    """
    if not case.answerable:
        return None if scores["refusal recall"] else "answered_anyway"
    if not scores["right"]:
        lost = _lost(scores, stages)
        if lost:
            return lost
        return "refused" if scores["false refusal"] else "answered_wrong"
    if scores["citation recall"] != 1.0 or scores["citation exact"] != 1.0:
        return "cited_wrong"
    if scores["ungrounded figures"]:
        return "unsupported_figure"
    return "flipped" if scores.get("negation flips") else None


def _lost(scores: Scores, stages: Sequence[str]) -> str | None:
    """The first stage at which some evidence was lost; None when all of it was before the assistant."""
    if not stages:
        return None if scores["Recall@10"] == 1.0 else "not_retrieved"
    first = min(stages, key=STAGES.index)
    return None if first == "reached" else first
