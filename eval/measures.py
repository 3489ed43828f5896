"""Score one question: its ranking, its answer, its citations and its refusal, each against the gold case.

A score is None where the measure does not apply (an unanswerable question has no recall) and then counts nowhere.
"""

from collections.abc import Mapping, Sequence

from assistant.answer import Answer, Citation
from corpus.letter import Letter
from eval.cases import Case, Quote
from eval.grounding import marks, ungrounded
from eval.joint import joint_scores
from eval.listing import item_scores
from eval.negation import flips
from eval.overlap import character_f1, tokens
from eval.plain import holds
from eval.ranking import DEPTH, ndcg_at, recall_at, reciprocal_rank_at, success_at
from eval.spans import Span, beside, covers_group, new_groups, span_of
from eval.support import sentence_support
from index.hit import Hit

Scores = dict[str, float | None]

RANKING = ("Success@1", "Success@5", "Recall@5", "Recall@10", "nDCG@10", "RR@10")
# Which reasons (assistant.refusal.REASONS) say why a question of each kind cannot be answered.
RIGHT_REASONS = {
    "off_topic": {"off_topic"},
    "wrong_year": {"year_not_covered"},
    "wrong_city": {"no_such_region", "other_region_only"},
    "not_stated": {"not_stated", "field_not_stated"},
    "false_premise": {"premise_unsupported", "no_such_letter"},
}


def answer_side(case: Case, answer: Answer, letters: Mapping[str, Letter]) -> Scores:
    """All scores of an answer or refusal: everything but the ranking."""
    scores: Scores = {
        **answer_scores(case, answer),
        **item_scores(case, answer, letters),
        **citation_scores(case, answer, letters),
        **refusal_scores(case, answer),
        **grounding_scores(answer, letters),
    }
    evidence = evidence_f1(case, answer, letters)
    hit = scores["AnswerHit"]
    both = None if evidence is None or hit is None else hit * evidence
    return {**scores, "evidence F1": evidence, "Overall": both, **joint_scores(scores)}


def retrieval_scores(case: Case, hits: Sequence[Hit], letters: Mapping[str, Letter]) -> Scores:
    """Success, recall over evidence groups, nDCG and reciprocal rank of the first ten hits.

    A hit counts when it is the first to cover an evidence group. Groups that share their first hit are one thing to be
    found and each group never covered is one more, so that a perfect order scores 1 whatever the chunks are.
    """
    if not case.answerable:
        return dict.fromkeys(RANKING)
    spans = [span_of(hit) for hit in hits[:DEPTH]]
    found = new_groups(spans, case.evidence, letters)
    gains = [float(bool(groups)) for groups in found]
    lost = len(case.evidence) - sum(map(len, found))
    ideal = [1.0] * (int(sum(gains)) + lost)

    def recall(k: int) -> float:
        return sum(map(len, found[:k])) / len(case.evidence)

    values = (success_at(gains, 1), success_at(gains, 5), recall(5), recall(10), ndcg_at(gains, ideal, 10))
    return dict(zip(RANKING, (*values, reciprocal_rank_at(gains, 10)), strict=True))


def answer_scores(case: Case, answer: Answer) -> Scores:
    """Whether the answer states every answer group and no must-not value, and how long it is.

    "length ratio" is the answer's length over the length of the gold evidence, both in tokens: well above 1 means that
    text is poured out in the hope that it holds the answer.
    """
    names = ("AnswerHit", "must-not", "right", "character F1", "length ratio")
    if not case.answerable:
        return dict.fromkeys(names)
    text = "\n".join(sentence.text for sentence in answer.sentences)
    if answer.refused:
        return dict(zip(names, (0.0, 0.0, 0.0, 0.0, None), strict=True))
    hit = all(any(holds(text, alternative) for alternative in group) for group in case.answers)
    wrong = any(holds(text, value) for value in case.must_not)
    evidence = sum(len(tokens(group[0].text)) for group in case.evidence)
    ratio = len(tokens(text)) / evidence if evidence else None
    values = (float(hit), float(wrong), float(hit and not wrong), _gold_f1(case, text), ratio)
    return dict(zip(names, values, strict=True))


def citation_scores(case: Case, answer: Answer, letters: Mapping[str, Letter]) -> Scores:
    """Exact quotes, sentences with a citation, and the gold evidence covered by the citations and by how many of them.

    Recall: evidence groups of which the citations together cover one alternative. Precision: citations that overlap a
    gold quote or stand in the same paragraph as one.
    """
    names = ("citation exact", "sentence coverage", "citation recall", "citation precision")
    if answer.refused or not answer.sentences:
        return dict.fromkeys(names)
    cited = answer.citations
    known = {citation.id for citation in cited}
    exact = sum(is_exact(c, letters) for c in cited) / len(cited) if cited else None
    # A greeting rests on nothing and needs no citation.
    talk = answer.intent == "smalltalk"
    covered = None if talk else sum(bool(known & set(s.citations)) for s in answer.sentences) / len(answer.sentences)
    if not case.answerable:
        return dict(zip(names, (exact, covered, None, None), strict=True))
    spans = [Span(c.letter, c.start, c.end) for c in cited]
    groups = [float(covers_group(spans, group, letters)) for group in case.evidence]
    precision = sum(beside(span, case.evidence, letters) for span in spans) / len(spans) if spans else 0.0
    return dict(zip(names, (exact, covered, recall_at(groups, len(groups), len(groups)), precision), strict=True))


def evidence_f1(case: Case, answer: Answer, letters: Mapping[str, Letter]) -> float | None:
    """F1 of the cited characters against the gold evidence, over shared tokens as ExpMRC counts it; 0 for a refusal."""
    if not case.answerable:
        return None
    if answer.refused:
        return 0.0
    spans = [Span(c.letter, c.start, c.end) for c in answer.citations]
    gold = "\n".join(_cited_of(spans, group, letters).text for group in case.evidence)
    return character_f1("\n".join(dict.fromkeys(c.quote for c in answer.citations)), [gold])


def _cited_of(spans: Sequence[Span], group: Sequence[Quote], letters: Mapping[str, Letter]) -> Quote:
    """The alternative of an evidence group that is cited, else the first."""
    return next((quote for quote in group if covers_group(spans, [quote], letters)), group[0])


def refusal_scores(case: Case, answer: Answer) -> Scores:
    """Refused as it should be and for the right reason, refused though answerable, and a refusal that still cites."""
    refused = float(answer.refused)
    reasons = RIGHT_REASONS.get(case.why or "", set())
    return {
        "right reason": float(answer.refusal_reason in reasons) if answer.refused and not case.answerable else None,
        "refusal recall": None if case.answerable else refused,
        "false refusal": refused if case.answerable else None,
        "citation on refusal": float(bool(answer.citations)) if answer.refused else None,
    }


def grounding_scores(answer: Answer, letters: Mapping[str, Letter]) -> Scores:
    """Figures, dates, 文号 and titles of the answer, those that its cited text does not hold, negations turned round."""
    if answer.refused:
        return dict.fromkeys(("figures", "ungrounded figures", "negation flips", "sentence support"))
    figures = sum(len(marks(sentence.text)) for sentence in answer.sentences)
    # A greeting rests on nothing.
    support = None if answer.intent == "smalltalk" else sentence_support(answer, letters)
    return {
        "figures": float(figures),
        "ungrounded figures": float(len(ungrounded(answer, letters))),
        "negation flips": float(flips(answer)),
        "sentence support": support,
    }


def is_exact(citation: Citation, letters: Mapping[str, Letter]) -> bool:
    """Whether the quote stands in its letter at its offsets."""
    letter = letters.get(citation.letter)
    held = letter is not None and letter.text[citation.start : citation.end] == citation.quote
    return held and bool(citation.quote) and 0 <= citation.start < citation.end


def _gold_f1(case: Case, text: str) -> float:
    """F1 against one alternative a group: the one that the answer states, else the first."""
    chosen = (next((a for a in group if holds(text, a)), group[0]) for group in case.answers)
    return character_f1(text, ["\n".join(chosen)])
