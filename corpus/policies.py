"""Find the policies that a text cites: 《title》 with its 文号, either alone, nested and misprinted ones too."""

import re
from bisect import bisect_left
from dataclasses import dataclass, replace
from functools import lru_cache

from corpus.doc_numbers import DocNumber, doc_numbers
from corpus.policy_kinds import CITED, Standard, is_proposal, kind_of_title, standards

_TITLE_MAX = 150
_MARK = re.compile(r"[《》\n]")
_ISSUES = re.compile(
    r"(?:印发|转发|发布|公布|下发)(?:[〈《<]?)(?P<name>[^》〉>]{4,}?)(?:[〉》>]?)的(?:通知|公告|决定|函|批复|意见)$"
)
_INNER = re.compile(r"[〈《<](?P<name>[^〈《<〉》>]{4,})[〉》>]?$")
_YEARS_OUT = re.compile(
    r"\s*[（(]\s*(?P<years>(?:19|20)\d\d\s*年?\s*(?:[-—–－~～至]+\s*(?:(?:19|20)?\d\d)\s*年?)?)\s*[）)]"
)
_EDITION_OUT = re.compile(
    r"\s*[（(](?:试行|暂行|修订|修正|草案|送审稿|征求意见稿|[^（）()\d]{0,4}(?:19|20)\d\d年?(?:版|修订|修正)[^（）()]{0,4})[）)]"
)
_BETWEEN = re.compile(r"\s*(?:[（(]\s*(?:[^（）()《》\n]{0,30}(?:[,，;；、:：]|文号)\s*)?)?")
_AFTER_NO = re.compile(r"\s*(?:文件?)?\s*[，,]?\s*")
_TAIL = re.compile(r"\s*[）)]")
# Standards of the building trade: 建标143-2010.
_BUILDING = re.compile(r"\s*[（(]\s*(?:建标|教标|交标)\s*\d{1,4}\s*[-—–]\s*\d{4}")
_STRAY = re.compile(r"\s*》")
_SHORT_FORM = re.compile(r"(?:简称|下称)(?:为)?\s*[“\":：]?\s*$")
_DEFINES = re.compile(
    r"\s*[（(](?:[^（）()\n]{0,40}[，,；;])?\s*(?:以下|下)?(?:简称|下称|称)(?:为)?\s*[:：]?\s*[《“\"](?P<short>[^《》“”\"\n]{1,30})[》”\"]"
)
# A letter's own 文号 stands on a line of its own or right before its title.
_OWN_BEFORE = re.compile(r"(?:文\s*号|字\s*号)?\s*[:：]?\s*$")
_OWN_AFTER = re.compile(r"\s*(?:[（(]?[A-D甲乙丙]类?[）)]?)?\s*(?:\n|$|关于|对)|\s+(?:签发人|类别)")


@dataclass(frozen=True)
class Title:
    """What stands in 《》: `title` without the outer marks, `text[start:end]` with them."""

    title: str
    start: int
    end: int
    findings: tuple[str, ...] = ()


@dataclass(frozen=True)
class PolicyRef:
    """A cited policy; `title` or `doc_no` is None when the text gives only the other.

    `issued` is the document that a 关于印发……的通知 issues; `years` a span of years that stands outside the 《》;
    `findings` says what is misprinted, in Chinese, with the mend. `kind` is 政策, 法规 or 纪要, and in `references` also
    标准, 报刊, 文书, 提案 or 其他. `short` is the short form as written where the title was given in full before.
    """

    title: str | None
    doc_no: str | None
    start: int
    end: int
    findings: tuple[str, ...] = ()
    issued: str | None = None
    years: str | None = None
    kind: str = "政策"
    short: str | None = None


# The record and the linter both ask for those of the whole letter.
@lru_cache(maxsize=4)
def policies(text: str) -> tuple[PolicyRef, ...]:
    """The policies that the text cites, in order; the title of the proposal that a letter answers is none of them.

    >>> [(p.title, p.doc_no) for p in policies("落实《甲办法》《乙方案》（昆政办[2022]16 号）")]
    [('甲办法', None), ('乙方案', '昆政办〔2022〕16号')]
    """
    return tuple(ref for ref in references(text) if ref.kind in CITED)


def references(text: str) -> tuple[PolicyRef, ...]:
    """Everything that the text names in 《》 or by 文号 or standard number, each with its kind.

    >>> [(p.title, p.kind) for p in references("据《人民日报》，附《征询意见表》，依《民法典》")]
    [('人民日报', '报刊'), ('征询意见表', '文书'), ('民法典', '法规')]
    """
    numbers = list(doc_numbers(text))
    norms = list(standards(text))
    full: dict[str, tuple[str, str]] = {}  # the short form → the full title and its kind
    refs: list[PolicyRef] = []
    for title in titles(text):
        if _SHORT_FORM.search(text[max(0, title.start - 8) : title.start]):
            continue
        ref = _with_kind(text, _reference(text, title, numbers), title, norms)
        defined = _DEFINES.match(text, title.end) or _DEFINES.match(text, ref.end)
        if defined:
            full[defined["short"]] = title.title, ref.kind
        elif title.title in full:
            name, kind = full[title.title]
            ref = replace(ref, title=name, short=title.title, kind=kind)
        refs.append(ref)
    refs += [
        PolicyRef(None, no.value, no.start, no.end, no.findings, kind=kind_of_title("", no.value))
        for no in numbers
        if not _is_own(text, no)
    ]
    refs += [PolicyRef(None, norm.value, norm.start, norm.end, kind="标准") for norm in norms]
    return tuple(sorted(refs, key=lambda ref: ref.start))


def _with_kind(text: str, ref: PolicyRef, title: Title, norms: list[Standard]) -> PolicyRef:
    if not ref.doc_no and is_proposal(text, title.title, title.start, title.end):
        return replace(ref, kind="提案")
    k = bisect_left(norms, ref.end, key=lambda norm: norm.start)
    if k < len(norms) and norms[k].start <= ref.end + 6 and _BETWEEN.fullmatch(text, ref.end, norms[k].start):
        norm = norms.pop(k)
        return replace(ref, doc_no=norm.value, end=_closed(text, norm.end), kind="标准")
    if _BUILDING.match(text, ref.end):
        return replace(ref, kind="标准")
    return replace(ref, kind=kind_of_title(title.title, ref.doc_no))


def titles(text: str) -> tuple[Title, ...]:
    """Everything in 《》, outermost, with nested and half-lost marks told apart.

    >>> [t.title for t in titles("《关于印发《甲办法》的通知》和《乙》")]
    ['关于印发《甲办法》的通知', '乙']
    """
    pairs: list[tuple[int, int]] = []
    lost: list[int] = []
    stack: list[int] = []
    for match in _MARK.finditer(text):
        if match.group() == "《":
            stack.append(match.start())
        elif match.group() == "\n":
            lost += stack
            stack.clear()
        elif stack:
            pairs.append((stack.pop(), match.end()))
    return tuple(_titles(text, _outer(text, pairs), sorted(lost + stack)))


def _outer(text: str, pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    kept: list[tuple[int, int]] = []
    for begun, ended in sorted(pairs):
        too_wide = ended - begun > _TITLE_MAX or "。" in text[begun:ended]
        if not too_wide and (not kept or begun >= kept[-1][1]):
            kept.append((begun, ended))
    return kept


def _titles(text: str, pairs: list[tuple[int, int]], lost: list[int]) -> list[Title]:
    found: list[Title] = []
    for begun, ended in pairs:
        before = [at for at in lost[-64:] if begun - 30 <= at < begun]
        if before and not re.search("[。，,；;》]", text[before[-1] : begun]):
            begun, ended = before[-1], _notice_end(text, ended)
            findings: tuple[str, ...] = ("嵌套的书名号少一个“》”",)
        else:
            findings = ()
        name, odd = _name(text[begun + 1 : ended].removesuffix("》") if not findings else text[begun + 1 : ended])
        if name and (not found or begun >= found[-1].end):
            found.append(Title(name, begun, ended, findings + odd))
    return found


def _notice_end(text: str, ended: int) -> int:
    match = re.compile(r"[^。，,；;《》\n]{0,10}的(?:通知|意见|决定)").match(text, ended)
    return match.end() if match else ended


def _name(written: str) -> tuple[str, tuple[str, ...]]:
    """The title without a bracket that has no partner."""
    name = " ".join(written.split())
    while name.count("《") < name.count("》") and name.endswith("》"):
        name = name[:-1]
    for open_, close in ("（）", "()"):
        if name.count(close) > name.count(open_) and name.endswith(close):
            return name[:-1], (f"题名末尾多一个“{close}”，应为《{name[:-1]}》",)
        if name.count(open_) > name.count(close) and ("(" if open_ == "（" else "（") not in name:
            return name, (f"题名中少一个“{close}”",)
    return name, ()


def _is_own(text: str, number: DocNumber) -> bool:
    """Whether the 文号 is the letter's own, in its head."""
    # Nothing but 文号 and a colon stands before it: no need to look far back.
    line = max(text.rfind("\n", max(0, number.start - 40), number.start) + 1, number.start - 40, 0)
    return bool(_OWN_BEFORE.fullmatch(text[line : number.start].strip()) and _OWN_AFTER.match(text, number.end))


def _reference(text: str, title: Title, numbers: list[DocNumber]) -> PolicyRef:
    """The title with the 文号 that belongs to it, which is taken off `numbers`."""
    end, years = _beside(text, title.end)
    number = _number_after(text, end, numbers) or _number_before(text, title.start, numbers)
    start, findings = title.start, title.findings
    if number is not None:
        del numbers[bisect_left(numbers, number.start, key=lambda one: one.start)]
        start, end = min(start, number.start), max(end, _closed(text, number.end))
        findings += number.findings
    stray = _STRAY.match(text, end)
    if stray:
        findings += ("文号后多一个“》”，应删去" if number else "多一个“》”，应删去",)
    return PolicyRef(title.title, number.value if number else None, start, end, findings, _issued(title.title), years)


def _beside(text: str, end: int) -> tuple[int, str | None]:
    """Behind the years and the edition, (2011—2020)(试行), that stand outside the 《》."""
    years: str | None = None
    while True:
        match = _YEARS_OUT.match(text, end)
        if match and years is None:
            years = re.sub(r"[年\s]", "", re.sub("[—–－~～至-]+", "-", match["years"]))
        else:
            match = _EDITION_OUT.match(text, end)
        if match is None:
            return end, years
        end = match.end()


def _number_after(text: str, end: int, numbers: list[DocNumber]) -> DocNumber | None:
    k = bisect_left(numbers, end, key=lambda number: number.start)
    if k == len(numbers) or numbers[k].start > end + 40:
        return None
    return numbers[k] if _BETWEEN.fullmatch(text, end, numbers[k].start) else None


def _number_before(text: str, start: int, numbers: list[DocNumber]) -> DocNumber | None:
    """昆政发〔2022〕1号文件《……》: only when nothing but 文件 stands between."""
    k = bisect_left(numbers, start, key=lambda number: number.start) - 1
    if k < 0 or not start - 6 <= numbers[k].end <= start:
        return None
    return numbers[k] if _AFTER_NO.fullmatch(text, numbers[k].end, start) else None


def _closed(text: str, end: int) -> int:
    match = _TAIL.match(text, end)
    return match.end() if match else end


def _issued(title: str) -> str | None:
    match = _ISSUES.search(title)
    if match is None:
        return None
    # 转发省卫生健康委〈…〉: what is passed on is in the inner marks.
    inner = _INNER.search(match["name"])
    return inner["name"] if inner else match["name"].strip("《〈<")
