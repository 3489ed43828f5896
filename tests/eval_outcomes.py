"""Outcomes of made-up runs, for the tests of what compares and judges them."""

from collections.abc import Mapping

from eval.saved import Outcome, Saved

CORPUS = {"corpus": "c", "questions": "q"}


def outcome(name: str, right: bool | None = True, *, kind: str = "figure", **scores: float | None) -> Outcome:
    """A question that was answered rightly or not; None is a refusal. `scores` take _ for a blank."""
    own = {"AnswerHit": float(bool(right)), "false refusal": float(right is None)}
    return Outcome(
        id=name,
        kind=kind,
        question=f"{name}？",
        critical=False,
        refused=right is None,
        answer="" if right is None else f"{name} 答{'对' if right else '错'}",
        cause=None if right else "refused" if right is None else "answered_wrong",
        scores={**own, **{measure.replace("_", " "): value for measure, value in scores.items()}},
    )


def saved(*outcomes: Outcome, fingerprint: Mapping[str, object] = CORPUS, **chunking: float) -> Saved:
    """A run of these."""
    cut = {name.replace("_", " "): value for name, value in chunking.items()}
    return Saved({one.id: one for one in outcomes}, fingerprint, cut)


def many(right: int, wrong: int, *, kind: str = "figure", prefix: str = "q") -> list[Outcome]:
    """So many right questions, then so many wrong ones."""
    return [outcome(f"{prefix}{n:03d}", n < right, kind=kind) for n in range(right + wrong)]
