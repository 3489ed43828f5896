"""Read gold proposals: a letter to be answered, its points, the precedents for each, and facts that are not its city's."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from corpus.errors import InputError
from corpus.letter import Letter
from eval.cases import Quote, is_quote, quote_faults, shorten
from eval.jsonl import is_text, is_texts, json_object, lines
from eval.plain import plain, states

KINDS = ("人大建议", "政协提案", "议案")
FIELDS = {"id", "kind", "city", "own", "title", "text", "points", "foreign_facts", "note"}
POINT_FIELDS = {"text", "quote", "precedents"}
# Shorter is no proposal, longer is no question of drafting but of reading.
LENGTH = (300, 1500)


@dataclass(frozen=True)
class Point:
    """One thing that is asked for: named in `text`, asked in the words `quote` of the proposal.

    Each precedent alone is a right one; none means that no letter speaks of it and a draft must say so.
    """

    text: str
    quote: str
    precedents: tuple[Quote, ...] = ()


@dataclass(frozen=True)
class ProposalCase:
    """One gold proposal, to be answered by `city`, whose letters are `own`.

    `foreign` holds facts of other cities, which a draft may name with their city but never as its own.
    """

    id: str
    kind: str
    city: str
    title: str
    text: str
    points: tuple[Point, ...]
    foreign: tuple[str, ...] = ()
    own: tuple[str, ...] = ()
    place: str = ""


def load_proposals(*paths: Path) -> list[ProposalCase]:
    """The proposals of JSONL files in their order; InputError names file, line and field of the first bad row."""
    proposals, faults = read_proposals(*paths)
    if faults:
        raise faults[0]
    return proposals


def read_proposals(*paths: Path) -> tuple[list[ProposalCase], list[InputError]]:
    """The good rows of JSONL files in their order, and what is wrong with each of the others."""
    proposals: list[ProposalCase] = []
    faults: list[InputError] = []
    seen: dict[str, str] = {}
    for path in paths:
        try:
            rows = lines(path)
        except InputError as fault:
            faults.append(fault)
            continue
        for place, line in rows:
            try:
                proposal = _proposal(line, place)
                if proposal.id in seen:
                    raise InputError(place, f"编号 {proposal.id} 重复", f"已见于 {seen[proposal.id]}，请改用别的编号")
            except InputError as fault:
                faults.append(fault)
                continue
            seen[proposal.id] = place
            proposals.append(proposal)
    return proposals, faults


def check_proposals(proposals: Sequence[ProposalCase], letters: Mapping[str, Letter]) -> None:
    """Hold the proposals against the corpus; InputError names the first quote or fact that it does not bear out."""
    for fault in untrue_proposals(proposals, letters):
        raise fault


def untrue_proposals(proposals: Sequence[ProposalCase], letters: Mapping[str, Letter]) -> Iterator[InputError]:
    """Every precedent that is not verbatim and every foreign fact that is not foreign."""
    for proposal in proposals:
        for quote in (quote for point in proposal.points for quote in point.precedents):
            yield from quote_faults(proposal.place, quote, letters)
        for name in (name for name in proposal.own if name not in letters):
            yield InputError(proposal.place, f"文件库中没有 {name}", "请改正 own")
        for fact in proposal.foreign:
            yield from _fact_faults(proposal, fact, letters)


def _fact_faults(proposal: ProposalCase, fact: str, letters: Mapping[str, Letter]) -> Iterator[InputError]:
    holding = [name for name, letter in letters.items() if states(letter.text, fact)]
    shown = shorten(fact)
    if own := next((name for name in holding if name in proposal.own), None):
        yield InputError(proposal.place, f"foreign_facts 的“{shown}”就在本市的 {own} 里", "请写只有外地文件才有的内容")
    elif not holding:
        yield InputError(proposal.place, f"foreign_facts 的“{shown}”不在任何文件里", "请从外地的文件中抄")
    if states(proposal.text, fact):
        yield InputError(proposal.place, f"foreign_facts 的“{shown}”就在来件里", "草稿复述来件不算错，请换一个")


def _proposal(line: str, place: str) -> ProposalCase:
    row = json_object(line, place)
    for problem in _problems(row):
        raise InputError(place, problem, "请改正这一行")
    proposal = ProposalCase(
        id=row["id"],
        kind=row["kind"],
        city=row["city"],
        title=row["title"],
        text=row["text"],
        points=tuple(_point(point) for point in row["points"]),
        foreign=tuple(row.get("foreign_facts", [])),
        own=tuple(row["own"]),
        place=place,
    )
    for problem in _contradictions(proposal):
        raise InputError(place, problem, "请改正这一行")
    return proposal


def _point(row: dict[str, Any]) -> Point:
    quotes = tuple(Quote(quote["letter"], quote["quote"]) for quote in row["precedents"])
    return Point(row["text"], row["quote"], quotes)


def _problems(row: dict[str, Any]) -> Iterator[str]:
    """What is wrong with the form of a row, first things first."""
    for name in sorted(set(row) - FIELDS):
        yield f"未知字段 {name}"
    for name in ("id", "kind", "city", "title", "text"):
        if not is_text(row.get(name)):
            yield f"{name} 须为非空文字"
    for name in ("own", "foreign_facts"):
        if not is_texts(row.get(name, None if name == "own" else [])):
            yield f"{name} 须为文字列表"
    points = row.get("points")
    if not isinstance(points, list) or not points or not all(map(_is_point, points)):
        yield 'points 须为 [{"text", "quote", "precedents": [{"letter", "quote"}, …]}, …]，至少一点'


def _contradictions(proposal: ProposalCase) -> Iterator[str]:
    """What a well-formed row says against itself."""
    if proposal.kind not in KINDS:
        yield f"未知类别 {proposal.kind}（可用：{'、'.join(KINDS)}）"
    if not LENGTH[0] <= len(proposal.text) <= LENGTH[1]:
        yield f"text 有 {len(proposal.text)} 字，须在 {LENGTH[0]} 与 {LENGTH[1]} 之间"
    for point in proposal.points:
        if point.quote not in proposal.text:
            yield f"要点的 quote“{shorten(point.quote)}”不在 text 里"
    for value in proposal.foreign:
        if not plain(value):
            yield f"“{value}”除标点外没有内容，无法比对"


def _is_point(value: object) -> bool:
    if not isinstance(value, dict) or set(value) != POINT_FIELDS:
        return False
    precedents = value["precedents"]
    texts = is_text(value["text"]) and is_text(value["quote"])
    return texts and isinstance(precedents, list) and all(map(is_quote, precedents))
