"""Name the one cause of a failed question: the first stage at which it went wrong."""

from eval.cases import Case
from eval.measures import Scores

# Codes in the records, words on the screen; the first that applies is the cause.
CAUSES = {
    "not_retrieved": "没有检索到",
    "refused": "检索到了却拒答",
    "answered_wrong": "检索到了却答错",
    "cited_wrong": "答对了但引错",
    "unsupported_figure": "数据没有依据",
    "answered_anyway": "该拒答却作答",
}


def cause(case: Case, scores: Scores) -> str | None:
    """The code of the cause from CAUSES, None when the question passed.

    An answerable question passes when the answer is right, its citations cover all the gold evidence and are exact,
    and none of its figures lacks support. A right answer whose evidence was not in the first ten hits is no failure
    of retrieval: it was found some other way.
    """
    if not case.answerable:
        return None if scores["refusal recall"] else "answered_anyway"
    if not scores["right"]:
        if scores["Recall@10"] != 1.0:
            return "not_retrieved"
        return "refused" if scores["false refusal"] else "answered_wrong"
    if scores["citation recall"] != 1.0 or scores["citation exact"] != 1.0:
        return "cited_wrong"
    return "unsupported_figure" if scores["ungrounded figures"] else None
