"""Score a list answer item by item: which gold items it states, and which of its sentences belong to one."""

from collections.abc import Mapping

from assistant.answer import Answer, Citation, Sentence
from corpus.letter import Letter
from eval.cases import Case
from eval.plain import holds
from eval.spans import Span, beside

KINDS = ("measures", "enumeration")
NAMES = ("item recall", "item precision", "item F1")
# What ends a sentence that says something; a heading or a lead-in (如下：) is no item, right or wrong.
_ENDS = tuple("。.！!？?；;…”）)")


def item_scores(case: Case, answer: Answer, letters: Mapping[str, Letter]) -> dict[str, float | None]:
    """Recall, precision and F1 over the items of a list; the answer groups are the items.

    Recall: items stated. Precision: sentences that state an item or rest on the paragraph of one; headings and lead-ins
    count only when they state one. None for other kinds and for a list of one item; 0 for a refusal.
    """
    if not case.answerable or case.kind not in KINDS or len(case.answers) < 2:
        return dict.fromkeys(NAMES)
    if answer.refused:
        return dict.fromkeys(NAMES, 0.0)
    text = "\n".join(sentence.text for sentence in answer.sentences)
    recall = sum(any(holds(text, said) for said in group) for group in case.answers) / len(case.answers)
    judged = [verdict for s in answer.sentences if (verdict := _belongs(s, case, answer, letters)) is not None]
    precision = sum(judged) / len(judged) if judged else 0.0
    both = recall + precision
    return dict(zip(NAMES, (recall, precision, 2 * recall * precision / both if both else 0.0), strict=True))


def _belongs(sentence: Sentence, case: Case, answer: Answer, letters: Mapping[str, Letter]) -> bool | None:
    """Whether the sentence belongs to a gold item; None for a heading or lead-in that states none."""
    if any(holds(sentence.text, said) for group in case.answers for said in group):
        return True
    if not sentence.text.rstrip().endswith(_ENDS):
        return None
    cited: list[Citation] = [c for c in answer.citations if c.id in sentence.citations]
    return bool(cited) and all(beside(Span(c.letter, c.start, c.end), case.evidence, letters) for c in cited)
