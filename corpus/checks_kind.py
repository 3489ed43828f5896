"""Checks that a letter calls what it answers by its right name: 人大 has 建议 and 代表, 政协 has 提案 and 委员."""

import re
from collections.abc import Iterator

from corpus.findings import Finding, Subject

# A place where both are spoken of, or where the word names an organ or a kind of work, is no slip.
_BOTH = re.compile(
    r"政协|建议提案|提案建议|建议、提案|建议和提案|两案|议案|提案委|提案办|提案工作|人大[^。\n]{0,8}(?:和|及|、|与)"
)
_BOTH_MEMBERS = re.compile(
    r"人大|建议提案|提案建议|两代表|党代表|代表委员|委员代表|代表、委员|代表和委员|代表团|代表性|代表作|代表处"
)
_IN_DEPUTIES = re.compile(
    r"(?:(?:您|你|您们|你们)(?:所)?(?:提出?的?)|该|本|此|贵|上述|所提)(?P<a>提案)(?!人|者|委|建议)"
    r"|(?P<b>提案)的?(?:主要内容|基本情况|办理情况|答复|内容)|(?:感谢|各位|尊敬的)[^。，,;；:\n]{0,8}(?P<c>委员)(?!会)"
    r"|(?P<d>委员)(?:提出的|您|的提案|对我[局委厅市县区])"
)
_IN_MEMBERS = re.compile(
    r"(?:(?:您|你|您们|你们)(?:所)?(?:提出?的?)|该|本|此)(?P<a>(?:代表建议|议案))"
    r"|(?:感谢|各位|尊敬的)[^。，,;；:\n]{0,8}(?P<b>代表)(?![性作处团])|(?P<c>代表)(?:提出的建议|您|对我[局委厅市县区])|(?P<d>代表建议)(?:收悉|的办理|办理情况)"
)
_NUMBERED = {
    "人大建议": re.compile(
        r"(?:人大|人民代表大会)(?:(?!政协)[^。\n]){0,20}第?[\dA-Za-z]{1,14}号(?P<a>(?:政协|委员)?提案)"
    ),
    "政协提案": re.compile(
        r"政协(?:(?!人大|人民代表)[^。\n]){0,24}第?[\dA-Za-z]{1,14}号(?P<a>(?:人大|代表)?建议)(?!案)"
    ),
}


def kinds(subject: Subject) -> Iterator[Finding]:
    """提案 or 委员 in the reply to a deputy, 代表 or 代表建议 in the reply to a member."""
    if subject.kind not in _NUMBERED:
        return
    deputies = subject.kind == "人大建议"
    pattern, both = (_IN_DEPUTIES, _BOTH) if deputies else (_IN_MEMBERS, _BOTH_MEMBERS)
    for start, end in subject.lines:
        for match in pattern.finditer(subject.text, start, end):
            around = subject.text[max(start, match.start() - 12) : match.end() + 10]
            if not both.search(around) and not _is_quoted(subject.text, start, match.start()):
                yield _mixed(subject, match, deputies)
    head = subject.lines[0][0] if subject.lines else 0
    for match in _NUMBERED[subject.kind].finditer(subject.text, head, head + 400):
        yield _mixed(subject, match, deputies)
    yield from _salutation(subject, deputies)


def _mixed(subject: Subject, match: re.Match[str], deputies: bool) -> Finding:
    wrong = next(g for g in match.groups() if g)
    right = ("代表" if wrong == "委员" else "建议") if deputies else ("委员" if wrong == "代表" else "提案")
    problem = f"这是{subject.kind}的答复，却写“{wrong}”"
    return subject.finding("文种混用", match.start(), match.end(), problem, f"“{wrong}”改为“{right}”")


def _is_quoted(text: str, line: int, at: int) -> bool:
    """Whether the place is inside 《》 or “” of its line: a title is as its author wrote it."""
    before = text[max(line, at - 150) : at]
    return before.count("《") > before.count("》") or before.count("“") > before.count("”")


_ADDRESS = re.compile(r"[^\s:,。;《》]{1,60}?(?P<role>代表|委员)(?:\([^)\n]{1,12}\))?\s*:\s*$")


def _salutation(subject: Subject, deputies: bool) -> Iterator[Finding]:
    """李四委员: above the reply to a suggestion of the people's congress, where the title says so in words."""
    stated = subject.letter.metadata.assembly or subject.letter.metadata.session
    if stated is None or stated.origin != "stated" or not re.search("人大|政协", stated.value):
        return
    for start, end in subject.lines[:40]:
        match = _ADDRESS.match(subject.flat[start:end].strip())
        if match and end - start <= 70 and not re.search("人大|政协|代表.*委员|委员.*代表", match[0]):
            if deputies == (match["role"] == "委员"):
                at = start + subject.flat[start:end].rindex(match["role"])
                right = "代表" if deputies else "委员"
                problem = f"这是{subject.kind}的答复，称呼却写“{match['role']}”"
                yield subject.finding("文种混用", at, at + 2, problem, f"“{match['role']}”改为“{right}”")
            return
