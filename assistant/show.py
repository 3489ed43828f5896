"""Turns answers, hits and letters into the JSON of the contract and into text for a terminal."""

from dataclasses import asdict, fields
from typing import Any

from assistant.answer import Answer
from assistant.table import padded
from corpus.letter import Letter, Metadata, Section, Stated
from index.hit import Hit
from index.why import why_text

# Of a hit, so many characters are shown on a terminal.
_SHOWN = 160


def answer_json(answer: Answer) -> dict[str, Any]:
    """An answer as the contract has it; `problems`, `notices`, `nearest` and `value` come on top."""
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
        "value": answer.value,
    }


def answer_text(answer: Answer) -> str:
    """An answer for a terminal: the text, then each citation with its place and its words."""
    lines = [f"{answer.value}\n{answer.text}" if answer.value else answer.text]
    if answer.standalone_question != answer.question:
        lines.insert(0, f"（理解为：{answer.standalone_question}）")
    for c in answer.citations:
        place = "，".join(filter(None, (c.region, f"第{c.number}号" if c.number else None, c.date)))
        lines.append(f"\n[^{c.id}] 《{c.title}》{f'（{place}）' if place else ''}{' > '.join(c.heading_path)}")
        lines.append(f"     {c.file} {c.start}–{c.end}：{' '.join(c.quote.split())}")
    return "\n".join(lines)


def hit_json(hit: Hit, letter: Letter) -> dict[str, Any]:
    """A hit as the contract has it; `found_by` and `why` come on top."""
    chunk, why = hit.chunk, hit.why
    return {
        "letter": chunk.letter,
        "file": letter.file,
        "heading_path": list(chunk.heading_path),
        "start": chunk.start,
        "end": chunk.end,
        "text": chunk.text,
        "score": round(hit.score, 6),
        "scores": {name: round(value, 6) for name, value in hit.scores.items()},
        "found_by": list(why.found_by),
        "why": {
            "text": why_text(why),
            "terms": list(dict.fromkeys(why.terms)),
            "expansions": [{"asked": asked, "means": means} for asked, means in why.expansions],
            "exact": list(why.exact),
            "brought": why.brought,
        },
    }


def hit_text(rank: int, hit: dict[str, Any]) -> str:
    """A hit (`hit_json`) for a terminal: its place, why it was found, its first words."""
    words = " ".join(hit["text"].split())
    shown = words if len(words) <= _SHOWN else words[:_SHOWN] + "…"
    place = " > ".join((hit["file"], *(" ".join(heading.split()) for heading in hit["heading_path"])))
    return f"{rank}. {place} {hit['start']}–{hit['end']}\n   依据：{hit['why']['text']}\n   {shown}"


def letter_text(letter: Letter, told: dict[str, Any]) -> str:
    """A letter's record for a terminal: what it states, what was concluded and how, its sections, what else is in it.

    `told` is the letter's whole record as JSON values.
    """
    lines = [letter.id, *_pair("文件", letter.file)]
    for name in (f.name for f in fields(Metadata)):
        value = getattr(letter.metadata, name)
        values = value if isinstance(value, tuple) else (value,) if value else ()
        if values:
            lines += _pair(NAMES.get(name, name), "、".join(map(_stated, values)))
    lines += _pair("正文", f"{len(letter.text)} 字，{len(letter.sections)} 个章节")
    lines += [f"    {'  ' * (s.level - 1)}{_heading(s, letter.text)}" for s in letter.sections]
    counted = (
        ("数据", "figures"),
        ("政策", "policies"),
        ("计划项目", "programmes"),
        ("单位", "organs"),
        ("地名", "places"),
    )
    lines += _pair("提到", "，".join(f"{name} {len(told[key])} 处" for name, key in counted))
    lines += _pair("承诺", f"{len(told['commitments'])} 条") if told["commitments"] else []
    lines += [f"    {' '.join(letter.text[c['start'] : c['end']].split())}" for c in told["commitments"]]
    if told["findings"]:
        lines += _pair("核对", f"{len(told['findings'])} 处可疑，详见 fuwen corpus check {letter.id}")
    return "\n".join(lines)


def _heading(section: Section, text: str) -> str:
    """The heading; of an item, which has none, its first words with … behind them."""
    words = " ".join(section.heading.split())
    goes_on = section.kind == "item" and text[section.start + len(section.heading) : section.end].strip(" \n。；;.")
    return f"{words}…" if goes_on else words


def _pair(name: str, value: str) -> list[str]:
    return [f"  {padded(name, 12)}{' '.join(value.split())}"]


def _stated(value: Stated) -> str:
    if value.origin == "stated":
        return value.value
    return f"{value.value}（推断：{value.rule}）" if value.rule else f"{value.value}（推断）"


NAMES = {
    "kind": "类型",
    "role": "文种",
    "numbers": "案号",
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
