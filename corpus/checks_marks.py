"""Checks of the marks of a text: brackets and quotes in pairs, doubled marks and words, half-width marks, repetitions."""

import re
from collections.abc import Iterator

from corpus.findings import Finding, Subject

_PAIRS = {
    "《": "》",
    "〈": "〉",
    "“": "”",
    "‘": "’",
    "（": "）",
    "(": ")",
    "〔": "〕",
    "【": "】",
    "「": "」",
    "『": "』",
}
_OPEN = {close: open_ for open_, close in _PAIRS.items()} | {"）": "(", ")": "("}
_MARK = re.compile("[" + re.escape("".join(_PAIRS) + "".join(_OPEN)) + "]")
# 1) and 一） at the head of a point stand alone; so does ’ in an English word or behind a number.
_POINT = re.compile(r"(?:^|[\s。;；:：,，、”])[（(]?(?:\d{1,3}|[一二三四五六七八九十]{1,3}|[A-Za-z①-⑳])$")
_APOSTROPHE = re.compile(r"[A-Za-z\d°]$")
_TOOLBAR = re.compile(r"[【(（]\s*(?:字体|字号|大|打印|关闭|收藏|分享|背景|返回|浏览)")
_CUT = "。；;，,：:、！？!?\n 　"
_MOST = 50
_DEEP = 32
# How far a quotation may reach, and a bracket.
_REACH = {"“": 200, "‘": 60, "《": 200, "〈": 100}


def brackets(subject: Subject) -> Iterator[Finding]:
    """Marks without a partner, and pairs that are doubled."""
    lone: list[tuple[int, str]] = []
    for start, end in subject.lines:
        lone += _lone(subject, start, end)
    lone = _paired_over_lines(lone, subject.text)
    yield from (_unpaired(subject, at, mark) for at, mark in lone[:_MOST])
    for match in re.finditer(
        r"《《([^《》\n]{1,80})》》|““([^“”\n]{1,80})””|[（(]{2}([^（）()\n]{1,60})[）)]{2}", subject.text
    ):
        inner = next(g for g in match.groups() if g)
        mend = f"改为{match[0][0]}{inner}{match[0][-1]}"
        yield subject.finding("标点配对", match.start(), match.end(), f"「{match[0][0]}」「{match[0][-1]}」重复", mend)


def _lone(subject: Subject, start: int, end: int) -> list[tuple[int, str]]:
    """The marks of a line that have no partner in it."""
    text, lone, stack = subject.text, [], list[tuple[int, str]]()
    for match in _MARK.finditer(text, start, end):
        mark, at = match[0], match.start()
        if mark in _PAIRS:
            stack.append((at, mark))
            if len(stack) > _DEEP:
                lone.append(stack.pop(0))
        elif (
            mark in ")）" and not any(m in "(（" for _, m in stack) and _POINT.search(text[max(start, at - 6) : at])
        ) or (
            mark == "’" and _APOSTROPHE.search(text[max(start, at - 1) : at]) and not any(m == "‘" for _, m in stack)
        ):
            continue
        else:
            _close(stack, lone, at, mark)
    return sorted(lone + [(at, mark) for at, mark in stack if not _TOOLBAR.match(text, at)])


def _close(stack: list[tuple[int, str]], lone: list[tuple[int, str]], at: int, mark: str) -> None:
    wanted = "(（" if mark in ")）" else _OPEN[mark]
    k = next((k for k in range(len(stack) - 1, -1, -1) if stack[k][1] in wanted), None)
    if k is None or at - stack[k][0] > _REACH.get(stack[k][1], 600):
        lone.append((at, mark))
        return
    lone += stack[k + 1 :]
    del stack[k:]


def _paired_over_lines(lone: list[tuple[int, str]], text: str) -> list[tuple[int, str]]:
    """Without the marks whose partner stands on one of the next lines: a title broken in two, a long quotation."""
    kept: list[tuple[int, str]] = []
    for at, mark in lone:
        k = _partner(kept, at, mark)
        if k is not None and "\n" in text[kept[k][0] : at]:
            del kept[k]
        else:
            kept.append((at, mark))
    last = text.rstrip()
    # A page that breaks off in the middle of a sentence breaks off inside its brackets too.
    torn = len(last) - 60 if last[-1:] not in "。！？!?》”)）" else len(text)
    return [(at, mark) for at, mark in kept if mark in _OPEN or at < torn or "\n" in last[at:]]


def _partner(kept: list[tuple[int, str]], at: int, mark: str) -> int | None:
    """The last mark of the few before `at` that could open what `mark` closes."""
    wanted = "(（" if mark in ")）" else _OPEN.get(mark, "")
    near = range(len(kept) - 1, max(-1, len(kept) - _DEEP), -1)
    return next((k for k in near if wanted and kept[k][1] in wanted and at - kept[k][0] <= 400), None)


def _unpaired(subject: Subject, at: int, mark: str) -> Finding:
    text = subject.text
    if mark in _PAIRS:
        ended = at + 1
        while ended < len(text) and ended - at < 12 and text[ended] not in _CUT:
            ended += 1
        problem, mend = (
            f"「{mark}」没有配对的「{_PAIRS[mark]}」",
            f"在所引内容之后补「{_PAIRS[mark]}」，或删去「{mark}」",
        )
        return subject.finding("标点配对", at, ended, problem, mend)
    begun, open_ = at, "（" if mark in ")）" else _OPEN[mark]
    while begun > 0 and at - begun < 12 and text[begun - 1] not in _CUT:
        begun -= 1
    if _is_surplus(text, at, mark):
        title = text.rfind("《", max(text.rfind("\n", 0, at), at - 100, 0), at)
        begun = title if title >= 0 else begun
        return subject.finding("标点配对", begun, at + 1, f"多一个「{mark}」", f"删去「{mark}」，改为{text[begun:at]}")
    problem, mend = f"「{mark}」没有配对的「{open_}」", f"在所引内容之前补「{open_}」，或删去「{mark}」"
    return subject.finding("标点配对", begun, at + 1, problem, mend)


def _is_surplus(text: str, at: int, mark: str) -> bool:
    """Whether the mark stands right behind a pair that is already closed, or right inside the end of one."""
    return text[at - 1 : at] in "》）)〕】”" or text[at - 1 : at] == mark or text[at + 1 : at + 2] in "》〉"


_DOUBLED = re.compile(
    r"，，|(?<!。)。。(?!。)|、、|；；|：：|，。|。，|、。|、，|，、|；。|。；|。、|，；|；，|,,|,。|。,|、,|,、|;。|。;"
)
_ELLIPSIS = re.compile(r"。{3,}")


def doubled_marks(subject: Subject) -> Iterator[Finding]:
    """Two stops where one is meant."""
    start, end = _body(subject)
    for match in _DOUBLED.finditer(subject.text, start, end):
        last = max(match[0], key="，,、；;：。".index)
        yield subject.finding("标点重复", match.start(), match.end(), f"标点连用“{match[0]}”", f"只留一个“{last}”")
    for match in _ELLIPSIS.finditer(subject.text, start, end):
        yield subject.finding("标点重复", match.start(), match.end(), "用句号充当省略号", "改为“……”")


_WORDS = re.compile(
    r"的的(?!确|喀|士)|和和(?![美气睦谐顺])|与与|了了(?![解无])|们们|我我(?!们)|于于|地地(?=[推加开做提完落])|及及(?![时早格])"
    r"|将将(?!军|领|士)|(?P<word>进一步|加强|推进|继续|积极|我们|提高|同时|以及|通过|完善|落实|加快|促进)(?P=word)"
)
_BEFORE = {
    "的的": "目标中",
    "和和": "饱总共温缓调平柔中随亲",
    "与与": "参",
    "了了": "为除罢不",
    "于于": "由对关",
    "及及": "普涉触波提论以",
    "将将": "即麻",
    "地地": "本各土当外基产属",
}


def doubled_words(subject: Subject) -> Iterator[Finding]:
    """A word written twice."""
    start, end = _body(subject)
    for match in _WORDS.finditer(subject.text, start, end):
        if subject.text[match.start() - 1 : match.start()] in tuple(_BEFORE.get(match[0], "")):
            continue
        once = match["word"] or match[0][0]
        yield subject.finding("叠字", match.start(), match.end(), f"“{once}”重复", f"删去一个“{once}”")


_HALF = re.compile(r"(?<=[\u4e00-\u9fff”》])[,;:?!](?=[\u4e00-\u9fff“《])|\((?=[\u4e00-\u9fff])|(?<=[\u4e00-\u9fff])\)")
_FULL = re.compile(r"[，；：？！（）]")


def half_width(subject: Subject) -> Iterator[Finding]:
    """Half-width marks in a text that is otherwise full-width; a page that was made half-width all over is left alone."""
    start, end = _body(subject)
    half = [m.start() for m in _HALF.finditer(subject.text, start, end)]
    full = sum(1 for _ in _FULL.finditer(subject.text, start, end))
    if len(half) >= 3 and full >= 4 * len(half):
        shown = "".join(dict.fromkeys(subject.text[at] for at in half))
        problem = f"混用半角标点“{shown}”共{len(half)}处"
        yield subject.finding("半角标点", half[0], half[0] + 1, problem, "改为全角标点")


def repetitions(subject: Subject) -> Iterator[Finding]:
    """A sentence of some length that stands twice; not on a page of two letters."""
    if sum(1 for a, b in subject.lines if b - a <= 60 and re.search(r"(?:代表|委员)\s*:\s*$", subject.flat[a:b])) > 1:
        return
    seen: set[str] = set()
    reach = -1
    for start, end in subject.sentences:
        view = "".join(subject.flat[start:end].split())
        if len(view) < 25 or "收悉" in view or not view.endswith(("。", ";", "!")):
            continue
        if view in seen and start >= reach:
            yield subject.finding("内容重复", start, end, "与前文的一句完全相同", "删去一处，或改写")
            line_end = subject.text.find("\n", end)
            reach = line_end if line_end >= 0 else len(subject.text)
        seen.add(view)


def _body(subject: Subject) -> tuple[int, int]:
    return (subject.lines[0][0], subject.lines[-1][1]) if subject.lines else (0, 0)
