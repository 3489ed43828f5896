"""Name the one cause of a failed question: the first stage at which it went wrong."""

from eval.cases import Case
from eval.measures import Scores

NOT_RETRIEVED = "not retrieved"
REFUSED = "refused although answerable"
ANSWERED_WRONG = "retrieved but answered wrong"
CITED_WRONG = "right but cited wrong"
ANSWERED_ANYWAY = "answered although unanswerable"
UNCITED_FIGURE = "figure without support"
CAUSES = (NOT_RETRIEVED, REFUSED, ANSWERED_WRONG, CITED_WRONG, UNCITED_FIGURE, ANSWERED_ANYWAY)


def cause(case: Case, scores: Scores) -> str | None:
    """The cause from CAUSES, None when the question passed.

    An answerable question passes when the answer is right, its citations cover all the gold evidence and are exact,
    and none of its figures lacks support. A right answer whose evidence was not in the first ten hits is no failure
    of retrieval: it was found some other way.
    """
    if not case.answerable:
        return None if scores["refusal recall"] else ANSWERED_ANYWAY
    if not scores["right"]:
        if scores["Recall@10"] != 1.0:
            return NOT_RETRIEVED
        return REFUSED if scores["false refusal"] else ANSWERED_WRONG
    if scores["citation recall"] != 1.0 or scores["citation exact"] != 1.0:
        return CITED_WRONG
    return UNCITED_FIGURE if scores["ungrounded figures"] else None
