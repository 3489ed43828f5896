"""Turns answers, hits and letters into the JSON of the contract and into text for a terminal."""

from dataclasses import asdict, fields
from typing import Any

from assistant.answer import Answer
from corpus.letter import Letter, Metadata, Stated
from index.hit import Hit


def answer_json(answer: Answer) -> dict[str, Any]:
    """An answer as the contract has it; `problems`, `notices` and `nearest` come on top."""
    return {
        "question": answer.question,
        "standalone_question": answer.standalone_question,
        "intent": answer.intent,
        "answer": answer.text,
        "refused": answer.refused,
        "refusal_reason": answer.refusal_reason,
        "sentences": [{"text": s.text, "citations": list(s.citations)} for s in answer.sentences],
        "citations": [asdict(c) | {"heading_path": list(c.heading_path)} for c in answer.citations],
        "composer": answer.composer,
        "timings_ms": answer.timings_ms,
        "nearest": list(answer.nearest),
        "problems": list(answer.problems),
        "notices": list(answer.notices),
    }


def answer_text(answer: Answer) -> str:
    """An answer for a terminal: the text, then each citation with its place and its words."""
    lines = [answer.text]
    if answer.standalone_question != answer.question:
        lines.insert(0, f"（理解为：{answer.standalone_question}）")
    for c in answer.citations:
        place = "，".join(filter(None, (c.region, f"第{c.number}号" if c.number else None, c.date)))
        lines.append(f"\n[^{c.id}] 《{c.title}》{f'（{place}）' if place else ''}{' > '.join(c.heading_path)}")
        lines.append(f"     {c.file} {c.start}–{c.end}：{' '.join(c.quote.split())}")
    return "\n".join(lines)


def hit_json(hit: Hit, letter: Letter) -> dict[str, Any]:
    """A hit as the contract has it."""
    chunk = hit.chunk
    return {
        "letter": chunk.letter,
        "file": letter.file,
        "heading_path": list(chunk.heading_path),
        "start": chunk.start,
        "end": chunk.end,
        "text": chunk.text,
        "score": round(hit.score, 6),
        "scores": {name: round(value, 6) for name, value in hit.scores.items()},
    }


def letter_json(letter: Letter) -> dict[str, Any]:
    """A letter with its record and its sections."""
    return {
        "id": letter.id,
        "file": letter.file,
        "text": letter.text,
        "metadata": {f.name: _value(getattr(letter.metadata, f.name)) for f in fields(Metadata)},
        "sections": [asdict(s) | {"heading_path": list(s.heading_path)} for s in letter.sections],
    }


def letter_text(letter: Letter) -> str:
    """A letter's record and section tree for a terminal."""
    lines = [letter.id, f"  文件\t{letter.file}"]
    for f in fields(Metadata):
        value = getattr(letter.metadata, f.name)
        values = value if isinstance(value, tuple) else (value,) if value else ()
        if values:
            shown = "、".join(v.value + ("（推断）" if v.origin == "inferred" else "") for v in values)
            lines.append(f"  {NAMES[f.name]}\t{shown}")
    lines += [f"  {'  ' * s.level}{s.heading}" for s in letter.sections]
    return "\n".join(lines)


NAMES = {
    "kind": "类型",
    "role": "文种",
    "numbers": "编号",
    "session": "届次",
    "title": "题目",
    "proposers": "提出者",
    "issuer": "答复单位",
    "region": "地区",
    "date": "成文日期",
    "publish_date": "发布日期",
    "category": "答复类别",
    "index_no": "索引号",
    "doc_no": "发文字号",
    "co_organs": "会办单位",
    "contact": "联系方式",
    "term": "届",
    "meeting": "次",
    "assembly": "会议",
    "level": "级别",
    "lead_proposer": "领衔",
    "proposer_count": "提出者人数",
    "collective": "集体提案",
    "main_organ": "主办单位",
    "province": "省",
    "city": "市",
    "county": "县",
    "disclosure": "公开属性",
    "signer": "签发人",
}


def _value(value: Any) -> Any:
    if isinstance(value, tuple):
        return [_value(v) for v in value]
    return asdict(value) if isinstance(value, Stated) else value
