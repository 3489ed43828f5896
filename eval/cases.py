"""Read gold questions from JSONL and refuse every row that could not be measured honestly."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from corpus.errors import InputError
from corpus.letter import Letter
from corpus.sentences import sentences
from eval.jsonl import is_text, is_texts, json_object, lines
from eval.plain import holds, plain, states

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
# The words of the letter itself, or those in which staff ask for the same.
WORDINGS = ("letter", "staff")
FIELDS = {"id", "question", "turns", "kind", "why_unanswerable", "answer_groups", "must_not", "evidence", "answerable"}
FIELDS |= {"critical", "wording", "note"}


@dataclass(frozen=True)
class Quote:
    """Characters of a letter, verbatim, that answer a question."""

    letter: str
    text: str


@dataclass(frozen=True)
class Case:
    """One gold question; expectations apply to the last of `turns`.

    An answer must state one alternative of every answer group; it must rest on one alternative of every evidence
    group. `must_not` holds sibling values that would be wrong. `wording` is letter or staff, None where nobody said.
    `place` is file and line, for messages.
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
    wording: str | None = None

    @property
    def question(self) -> str:
        """The question that is measured: the last one."""
        return self.turns[-1]


def load_cases(*paths: Path) -> list[Case]:
    """The cases of JSONL files in their order; InputError names file, line and field of the first bad row."""
    cases, faults = read_cases(*paths)
    if faults:
        raise faults[0]
    return cases


def read_cases(*paths: Path) -> tuple[list[Case], list[InputError]]:
    """The good rows of JSONL files in their order, and what is wrong with each of the others."""
    cases: list[Case] = []
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
                case = _case(line, place)
                if case.id in seen:
                    raise InputError(place, f"题号 {case.id} 重复", f"已见于 {seen[case.id]}，请改用别的题号")
            except InputError as fault:
                faults.append(fault)
                continue
            seen[case.id] = place
            cases.append(case)
    return cases, faults


def check_cases(cases: Sequence[Case], letters: Mapping[str, Letter], originals: Sequence[str] = ()) -> None:
    """Hold the cases against the corpus; InputError names the first quote or value that it does not hold.

    A must-not value may also stand in `originals`, the files as they came: page chrome that an answer must not repeat.
    """
    for fault in untrue(cases, letters, originals):
        raise fault


def untrue(cases: Sequence[Case], letters: Mapping[str, Letter], originals: Sequence[str] = ()) -> Iterator[InputError]:
    """Every quote that its letter does not hold and every must-not value that would be unfair, as check_cases names it.

    A must-not value in the very sentence of a gold quote is unfair: the right sentence, cited whole, would be wrong.
    """
    texts = [plain(text) for text in (*(letter.text for letter in letters.values()), *originals)]
    for case in cases:
        faults = [fault for group in case.evidence for q in group for fault in quote_faults(case.place, q, letters)]
        yield from faults
        for value in case.must_not:
            if not any(plain(value) in text for text in texts):
                yield InputError(case.place, f"must_not 的“{value}”不在任何文件里", "请写文件中有、但在此题是错的值")
            elif not faults and any(holds(text, value) for text in _gold_sentences(case, letters)):
                yield InputError(
                    case.place, f"must_not 的“{value}”与依据在同一句里", "整句作答也会算错，请去掉它或换一个值"
                )


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


def quote_faults(place: str, quote: Quote, letters: Mapping[str, Letter]) -> Iterator[InputError]:
    """What is wrong with a quote: no such letter, or not verbatim."""
    letter = letters.get(quote.letter)
    if letter is None:
        yield InputError(place, f"文件库中没有 {quote.letter}", "请改正这一处的 letter")
    elif quote.text not in letter.text:
        yield InputError(
            place, f"{quote.letter} 中没有原文“{shorten(quote.text)}”", "请从文件正文逐字复制，标点、空格也不能变"
        )


def shorten(text: str, width: int = 40) -> str:
    """The text on one line, at most `width` characters."""
    line = " ".join(text.split())
    return line if len(line) <= width else line[: width - 1] + "…"


def _gold_sentences(case: Case, letters: Mapping[str, Letter]) -> Iterator[str]:
    """The sentences that hold a gold quote or part of one, where they stand in a paragraph."""
    for quote in (q for group in case.evidence for q in group):
        text = letters[quote.letter].text
        at = text.find(quote.text)
        end = at + len(quote.text)
        # Only the lines of the quote are cut: a letter is long, a row needs one sentence of it.
        first, last = text.rfind("\n", 0, at) + 1, text.find("\n", end)
        spans = sentences(text, first, len(text) if last < 0 else last)
        yield from (text[a:b] for a, b in spans if a < end and b > at)


def _case(line: str, place: str) -> Case:
    row = json_object(line, place)
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
        wording=row.get("wording"),
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
    if not is_texts(turns) or not turns:
        yield "question（或 turns 的每一问）须为非空文字"
    for name in ("answerable", "critical"):
        if not isinstance(row.get(name, None if name == "answerable" else False), bool):
            yield f"{name} 须为 true 或 false"
    if not _groups(row.get("answer_groups", []), is_text):
        yield "answer_groups 须为 [[说法, …], …]，不得有空组"
    if not is_texts(row.get("must_not", [])):
        yield "must_not 须为文字列表"
    if not _groups(row.get("evidence", []), is_quote):
        yield 'evidence 须为 [[{"letter", "quote"}, …], …]，不得有空组'
    if row.get("wording") not in (None, *WORDINGS):
        yield f"wording 须为 {' 或 '.join(WORDINGS)}"


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


def is_quote(value: object) -> bool:
    """Whether the value is {"letter", "quote"}, both texts."""
    return isinstance(value, dict) and set(value) == {"letter", "quote"} and all(map(is_text, value.values()))


def _groups(value: object, is_item: Any) -> bool:
    return isinstance(value, list) and all(isinstance(g, list) and g and all(map(is_item, g)) for g in value)
