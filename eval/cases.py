"""Read gold questions from JSONL and refuse every row that could not be measured honestly."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from corpus.errors import InputError
from corpus.letter import Letter
from eval.plain import plain, states

KINDS = (
    "figure",
    "entity",
    "policy",
    "metadata",
    "measures",
    "colloquial",
    "comparison",
    "enumeration",
    "follow_up",
    "conflict",
    "unanswerable",
)
WHYS = ("off_topic", "wrong_year", "wrong_city", "not_stated", "false_premise")
FIELDS = {"id", "question", "turns", "kind", "why_unanswerable", "answer_groups", "must_not", "evidence", "answerable"}
FIELDS |= {"critical", "note"}


@dataclass(frozen=True)
class Quote:
    """Characters of a letter, verbatim, that answer a question."""

    letter: str
    text: str


@dataclass(frozen=True)
class Case:
    """One gold question; expectations apply to the last of `turns`.

    An answer must state one alternative of every answer group; it must rest on one alternative of every evidence
    group. `must_not` holds sibling values that would be wrong. `place` is file and line, for messages.
    """

    id: str
    turns: tuple[str, ...]
    kind: str
    answerable: bool
    why: str | None = None
    answers: tuple[tuple[str, ...], ...] = ()
    must_not: tuple[str, ...] = ()
    evidence: tuple[tuple[Quote, ...], ...] = ()
    critical: bool = False
    place: str = ""

    @property
    def question(self) -> str:
        """The question that is measured: the last one."""
        return self.turns[-1]


def load_cases(*paths: Path) -> list[Case]:
    """The cases of JSONL files in their order; InputError names file, line and field of the first bad row."""
    cases: list[Case] = []
    seen: dict[str, str] = {}
    for place, line in (pair for path in paths for pair in _lines(path)):
        case = _case(line, place)
        if case.id in seen:
            raise InputError(place, f"题号 {case.id} 重复", f"已见于 {seen[case.id]}，请改用别的题号")
        seen[case.id] = place
        cases.append(case)
    return cases


def check_cases(cases: Sequence[Case], letters: Mapping[str, Letter], originals: Sequence[str] = ()) -> None:
    """Hold the cases against the corpus; InputError names the first quote or value that it does not hold.

    A must-not value may also stand in `originals`, the files as they came: page chrome that an answer must not repeat.
    """
    texts = [plain(text) for text in (*(letter.text for letter in letters.values()), *originals)]
    for case in cases:
        for quote in (q for group in case.evidence for q in group):
            _check_quote(case, quote, letters)
        for value in case.must_not:
            if not any(plain(value) in text for text in texts):
                raise InputError(case.place, f"must_not 的“{value}”不在任何文件里", "请写文件中有、但在此题是错的值")


def doubts(cases: Sequence[Case]) -> list[str]:
    """One line for each answer group of which no alternative stands in the case's own evidence: to be read again.

    Not an error: a comparison may ask for a value that has to be worked out.
    """
    lines = []
    for case in cases:
        evidence = "\n".join(quote.text for group in case.evidence for quote in group)
        for group in case.answers:
            if not any(states(evidence, alternative) for alternative in group):
                lines.append(f"{case.place}：{case.id} 的答案“{group[0]}”不在它的依据里")
    return lines


def _check_quote(case: Case, quote: Quote, letters: Mapping[str, Letter]) -> None:
    letter = letters.get(quote.letter)
    if letter is None:
        raise InputError(case.place, f"文件库中没有 {quote.letter}", "请改正 evidence 的 letter")
    if quote.text not in letter.text:
        raise InputError(
            case.place, f"{quote.letter} 中没有原文“{shorten(quote.text)}”", "请从文件正文逐字复制，标点、空格也不能变"
        )


def shorten(text: str, width: int = 40) -> str:
    """The text on one line, at most `width` characters."""
    line = " ".join(text.split())
    return line if len(line) <= width else line[: width - 1] + "…"


def _lines(path: Path) -> list[tuple[str, str]]:
    """The rows of a file, each with its place."""
    try:
        lines = path.read_text(encoding="utf-8-sig").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(str(path), "读不出题库文件", "请给出一个 UTF-8 编码的 JSONL 文件") from error
    rows = [(f"{path}:{number}", line) for number, line in enumerate(lines, 1) if line.strip()]
    if not rows:
        raise InputError(str(path), "题库里没有题", "请每行写一题（JSON）")
    return rows


def _case(line: str, place: str) -> Case:
    try:
        row = json.loads(line)
    except json.JSONDecodeError as error:
        raise InputError(place, f"不是合法的 JSON（{error.msg}）", "每行请写一个 JSON 对象") from error
    if not isinstance(row, dict):
        raise InputError(place, "不是 JSON 对象", "每行请写 {…}")
    for problem in _problems(row):
        raise InputError(place, problem, "请改正这一行")
    turns = row["turns"] if "turns" in row else [row["question"]]
    case = Case(
        id=row["id"],
        turns=tuple(turns),
        kind=row["kind"],
        answerable=row["answerable"],
        why=row.get("why_unanswerable"),
        answers=tuple(tuple(group) for group in row.get("answer_groups", [])),
        must_not=tuple(row.get("must_not", [])),
        evidence=tuple(tuple(Quote(q["letter"], q["quote"]) for q in group) for group in row.get("evidence", [])),
        critical=row.get("critical", False),
        place=place,
    )
    for problem in _contradictions(case):
        raise InputError(place, problem, "请改正这一行")
    return case


def _problems(row: dict[str, Any]) -> Iterator[str]:
    """What is wrong with the form of a row, first things first."""
    for name in sorted(set(row) - FIELDS):
        yield f"未知字段 {name}"
    for name in ("id", "kind"):
        if not isinstance(row.get(name), str) or not row[name].strip():
            yield f"{name} 须为非空文字"
    if ("question" in row) == ("turns" in row):
        yield "question 与 turns 须恰有其一"
    turns = row.get("turns", [row.get("question")])
    if not _texts(turns) or not turns:
        yield "question（或 turns 的每一问）须为非空文字"
    for name in ("answerable", "critical"):
        if not isinstance(row.get(name, None if name == "answerable" else False), bool):
            yield f"{name} 须为 true 或 false"
    if not _groups(row.get("answer_groups", []), _is_text):
        yield "answer_groups 须为 [[说法, …], …]，不得有空组"
    if not _texts(row.get("must_not", [])):
        yield "must_not 须为文字列表"
    if not _groups(row.get("evidence", []), _is_quote):
        yield 'evidence 须为 [[{"letter", "quote"}, …], …]，不得有空组'


def _contradictions(case: Case) -> Iterator[str]:
    """What a well-formed row says against itself."""
    if case.kind not in KINDS:
        yield f"未知类别 {case.kind}（可用：{'、'.join(KINDS)}）"
    if (case.kind == "unanswerable") == case.answerable:
        yield "answerable 须为 false，当且仅当类别是 unanswerable"
    if case.answerable and not (case.answers and case.evidence):
        yield "可回答的题须有 answer_groups 和 evidence"
    if case.answerable and case.why is not None:
        yield "可回答的题不得有 why_unanswerable"
    if not case.answerable and (case.answers or case.evidence):
        yield "不可回答的题不得有 answer_groups 和 evidence"
    if not case.answerable and case.why not in WHYS:
        yield f"不可回答的题须有 why_unanswerable（可用：{'、'.join(WHYS)}）"
    for value in (*case.must_not, *(text for group in case.answers for text in group)):
        if not plain(value):
            yield f"“{value}”除标点外没有内容，无法比对"
    for value in case.must_not:
        for alternative in (text for group in case.answers for text in group):
            if states(alternative, value):
                yield f"must_not 的“{value}”就在答案“{alternative}”里"


def _is_text(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _is_quote(value: object) -> bool:
    return isinstance(value, dict) and set(value) == {"letter", "quote"} and all(map(_is_text, value.values()))


def _texts(value: object) -> bool:
    return isinstance(value, list) and all(map(_is_text, value))


def _groups(value: object, is_item: Any) -> bool:
    return isinstance(value, list) and all(isinstance(g, list) and g and all(map(is_item, g)) for g in value)
