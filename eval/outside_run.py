"""Ask the questions of an outside set and sum the scores up as a table or JSON."""

import json
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from statistics import fmean

from corpus.errors import InputError
from eval.intervals import wilson
from eval.measures import Scores
from eval.outside import DEPTH, MEASURES, Question, score
from eval.report import table
from eval.run import Asker


@dataclass(frozen=True)
class OutsideRecord:
    """One question of an outside set: what was said and its scores; `error` is why it could not be asked."""

    id: str
    answerable: bool
    refused: bool
    refusal_reason: str | None
    answer: str
    scores: Scores
    error: str | None = None


def run_outside(questions: Sequence[Question], asker: Asker) -> list[OutsideRecord]:
    """Every question searched and asked, in order; progress on stderr."""
    records = []
    for done, question in enumerate(questions, 1):
        records.append(_record(question, asker))
        if done % 500 == 0 or done == len(questions):
            print(f"{done}/{len(questions)}", file=sys.stderr, flush=True)
    return records


def outside_table(records: Sequence[OutsideRecord]) -> str:
    """measure | value | n | interval."""
    body = []
    for name, way in MEASURES.items():
        values = [value for record in records if (value := record.scores[name]) is not None]
        if not values:
            body.append([name, "—", "0", ""])
            continue
        low, high = wilson(sum(values), len(values))
        interval = f"{low:.3f}–{high:.3f}" if way == "share" else ""
        body.append([name, f"{fmean(values):.3f}", str(len(values)), interval])
    lines = table(["指标", "值", "题数", "95% 区间"], body)
    errors = [record for record in records if record.error]
    return lines + (f"\n{len(errors)} 题没有问成，如 {errors[0].id}：{errors[0].error}" if errors else "")


def outside_json(records: Sequence[OutsideRecord]) -> str:
    """The records as JSON, sorted keys, no clock."""
    return json.dumps([asdict(r) for r in records], ensure_ascii=False, indent=1, sort_keys=True, allow_nan=False)


def _record(question: Question, asker: Asker) -> OutsideRecord:
    """A question that the assistant will not take (too long) counts as refused and is reported."""
    try:
        answer, hits = asker.ask(question.question), asker.search(question.question, DEPTH)
    except InputError as error:
        scores: Scores = dict.fromkeys(MEASURES)
        scores |= dict.fromkeys(("Success@1", "Success@5", "RR@10", "answered", "AnswerHit"), 0.0)
        scores |= {"answer F1": 0.0, "best quote F1": 0.0, "false refusal": 1.0}
        kept = scores if question.answerable else dict.fromkeys(MEASURES) | {"refusal recall": 1.0}
        return OutsideRecord(question.id, question.answerable, True, "bad_question", "", kept, str(error))
    scores = {k: None if v is None else round(v, 6) for k, v in score(question, answer, hits, asker).items()}
    return OutsideRecord(question.id, question.answerable, answer.refused, answer.refusal_reason, answer.text, scores)
