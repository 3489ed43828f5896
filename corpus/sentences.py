"""Cut a text into sentences and a passage into its list items; spans only, the text is never changed."""

import re
from functools import lru_cache
from itertools import pairwise

from corpus.brackets import Shelter, Span, brackets
from corpus.wrapping import wraps

_END = re.compile(r"[。！？｡!?\n\r\u2028\u2029]|\.")
_ENDERS = "。！？｡!?.…"
_TRAILERS = "”’」』）)】》〉\"'"
_GOES_ON = re.compile(r"\s*(?:[，、,；;：:。]|的|等|和|与|及|或者?|以及|之[类间一])")
_ABBREVIATION = re.compile(
    r"(?:^|[^A-Za-z])(?:[A-Za-z]|Mr|Mrs|Ms|Dr|Prof|St|vs|etc|No|Nos|Fig|Vol|Inc|Ltd|Co|Corp|Jr|Sr|al|cf|Ph\.?D|e\.g|i\.e|a\.m|p\.m"
    r"|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|U\.S)$"
)
_LONG = 120
# What is looked at from the start of a line or a sentence has this length at most, so that a long line takes linear time.
_INDENT = 60
_SEMICOLON = re.compile("[；;]")
_ORDINAL = r"[一二三四五六七八九十]{1,3}"


# Commitments and the linter both walk through the sentences of a body.
@lru_cache(maxsize=4)
def sentences(text: str, start: int = 0, end: int | None = None) -> tuple[Span, ...]:
    """The sentences of `text[start:end]` as spans into `text`: trimmed, in order, covering every visible character.

    A sentence ends at 。！？ or a line break (not at one that only wraps narrow lines), never inside 《》（） or a short “…”; a long one is cut at its semicolons.

    >>> [t[a:b] for t in ["一是“稳。”二是3.5%增长。完"] for a, b in sentences(t)]
    ['一是“稳。”', '二是3.5%增长。', '完']
    """
    stop = len(text) if end is None else min(end, len(text))
    shelter = Shelter(brackets(text, start, stop))
    spans: list[Span] = []
    at = start
    for cut in _cuts(text, start, stop, shelter):
        _add(text, at, cut, shelter, spans)
        at = max(at, cut)
    _add(text, at, stop, shelter, spans)
    return tuple(spans)


def _cuts(text: str, start: int, stop: int, shelter: Shelter) -> list[int]:
    cuts: list[int] = []
    line, begun, done = start, start, start
    wrapping = wraps(text)
    for match in _END.finditer(text, start, stop):
        at = match.start()
        if at < done:
            continue
        if at in wrapping:
            line = at + 1
            continue
        if text[at] in "\n\r\u2028\u2029":
            cuts.append(at + 1)
            line = begun = done = at + 1
            continue
        cut = _end_at(text, line, begun, at, stop, shelter)
        if cut is not None:
            cuts.append(cut)
            begun = done = cut
    return cuts


def _end_at(text: str, line: int, begun: int, at: int, stop: int, shelter: Shelter) -> int | None:
    """Where the sentence that the mark at `at` closes ends, or None when the mark closes none."""
    around = shelter.around(at)
    cut = at + 1
    while cut < stop and text[cut] in _ENDERS:
        cut += 1
    if around is not None:
        inner = cut
        cut = around[1]
        opens_sentence = around[0] - begun < _INDENT and not text[begun : around[0]].strip()
        if text[inner:cut].strip(_TRAILERS) or not (opens_sentence or text[around[0]] in '“「『"'):
            return None
    elif not _is_end(text, line, at, stop):
        return None
    while cut < stop and text[cut] in _TRAILERS and shelter.around(cut) is None:
        cut += 1
    return None if around is not None and _GOES_ON.match(text, cut, stop) else cut


def _is_end(text: str, line: int, at: int, stop: int) -> bool:
    mark, after = text[at], text[at + 1 : at + 2] if at + 1 < stop else ""
    if mark in "。！？｡":
        return True
    if mark in "!?":
        return not (after.isascii() and (after.isalnum() or after in "=&/#") and after != "")
    return _is_full_stop(text, line, at, after)


def _is_full_stop(text: str, line: int, at: int, after: str) -> bool:
    """Whether the ASCII dot at `at` ends a sentence: not in 3.14, 1. 标题, a.com, e.g. or the initials of a name."""
    before = text[at - 1 : at] if at > line else ""
    if "\u4e00" <= before <= "\u9fff" and (not after or after.isspace() or "\u4e00" <= after <= "\u9fff"):
        return at - line > _INDENT or not re.fullmatch(rf"\s*{_ORDINAL}", text[line:at])
    if after and not after.isspace():
        return False
    head = text[max(line, at - 12) : at]
    if re.fullmatch(r"\s*\(?[\dA-Za-z]{1,3}", text[line : min(at, line + _INDENT)]) or _ABBREVIATION.search(head):
        return False
    return bool(before) and (before.isalnum() or before in ")”\"'%")


def _add(text: str, begun: int, ended: int, shelter: Shelter, spans: list[Span]) -> None:
    """Append the trimmed span, cut at its semicolons when it is long."""
    at = begun
    if ended - begun > _LONG:
        for match in _SEMICOLON.finditer(text, begun, ended):
            cut = match.end()
            if shelter.around(match.start()) is None and _parts_here(text, match.start(), ended):
                _append(text, at, cut, spans)
                at = cut
    _append(text, at, ended, spans)


def _parts_here(text: str, at: int, ended: int) -> bool:
    # Full-width marks always part; the half-width one also stands in URLs and entities.
    after = text[at + 1 : at + 2]
    return text[at] == "；" or at + 1 >= ended or after.isspace() or not after.isascii()


def _append(text: str, begun: int, ended: int, spans: list[Span]) -> None:
    while begun < ended and text[begun].isspace():
        begun += 1
    while ended > begun and text[ended - 1].isspace():
        ended -= 1
    if begun < ended:
        spans.append((begun, ended))


_EDGE = r"(?:^|(?<=[\s。；;：:，,、！？”）)]))"
_LISTS = (
    re.compile(rf"{_EDGE}?(?<![统唯同第之万专单合归划为某每逐其不])(?P<n>{_ORDINAL})(?:是|要|则)(?=[^\s否])"),
    re.compile(rf"{_EDGE}第(?P<n>{_ORDINAL})(?=[，,、是：:])"),
    re.compile(rf"{_EDGE}其(?P<n>{_ORDINAL})(?=[，,、是：:])"),
    re.compile(rf"{_EDGE}[（(]\s*(?P<n>{_ORDINAL})\s*[)）]"),
    re.compile(rf"{_EDGE}(?P<n>{_ORDINAL})、(?!{_ORDINAL}[、线级类期批届产])"),
    re.compile(rf"{_EDGE}(?P<n>\d{{1,2}})(?:[.．](?!\d)|[.．](?=(?:19|20)\d\d年)|、(?!\d))"),
    re.compile(rf"{_EDGE}[（(]\s*(?P<n>\d{{1,2}})\s*[)）](?!\d)"),
    re.compile(rf"{_EDGE}(?P<n>\d{{1,2}})[)）](?!\d)"),
    re.compile(r"(?P<n>[①-⑳])"),
)
_STEPS = re.compile(
    rf"{_EDGE}(?:(?P<a>首先|第一步)|(?P<b>其次|第二步)|(?P<c>再次|再者|然后|此外|第三步)|(?P<d>最后|第四步))(?=[^\s])"
)
_LEAD_IN = re.compile(r"提出了?|包括|即|分别(?:是|为)|主要(?:有|是|为|包括)|如下|[：:]")
_TAIL = re.compile(
    r"等?[\d一二三四五六七八九十两几多]{0,6}[点个项条大方]{1,2}(?:面)?(?:的)?(?:建议|意见|措施|任务|举措|工作|内容|要求)?[。；;]?$"
)
_DIGITS = {c: k for k, c in enumerate("零一二三四五六七八九")}


def ordinal(numeral: str) -> int:
    """The value of 1 to 99 written 12, 十二, or ⑫; 0 when it is none.

    >>> [ordinal(n) for n in ("3", "二十一", "⑤")]
    [3, 21, 5]
    """
    if numeral.isdecimal():
        return int(numeral)
    if "①" <= numeral <= "⑳":
        return ord(numeral) - ord("①") + 1
    tens, ten, ones = numeral.partition("十")
    if any(c not in _DIGITS for c in tens + ones) or max(len(tens), len(ones)) > 1:
        return 0
    return (_DIGITS[tens] if tens else 1) * 10 + (_DIGITS[ones] if ones else 0) if ten else _DIGITS.get(tens, 0)


def list_items(text: str, start: int = 0, end: int | None = None) -> tuple[Span, ...]:
    """The items of the first list in `text[start:end]`, each complete up to the next marker; () when there is none.

    Lists are 一是…二是…, 第一，…, （1）…, 1.…, ①…, 首先…其次…, or the parts between semicolons.

    >>> [t[a:b] for t in ["抓两点：一是建库；二是育人。"] for a, b in list_items(t)]
    ['一是建库；', '二是育人。']
    """
    stop = len(text) if end is None else min(end, len(text))
    shelter = Shelter(brackets(text, start, stop))
    runs = [_run(text, pattern, start, stop, shelter) for pattern in _LISTS]
    runs.append(_step_run(text, start, stop, shelter))
    # The list that begins first is the outer one.
    best = min((run for run in runs if len(run) > 1), key=lambda run: (run[0], -len(run)), default=[])
    if best:
        return _items(text, best, stop, shelter)
    return _semicolon_items(text, start, stop, shelter)


def _run(text: str, pattern: re.Pattern[str], start: int, stop: int, shelter: Shelter) -> list[int]:
    """Starts of the markers that count 1, 2, 3 …"""
    run: list[int] = []
    for match in pattern.finditer(text, start, stop):
        around = shelter.around(match.start())
        if around is not None and around[0] != match.start():
            continue
        number = ordinal(match["n"])
        if number == len(run) + 1:
            run.append(match.start())
        elif number == 1:
            if len(run) > 1:
                break
            run = [match.start()]
    return run


def _step_run(text: str, start: int, stop: int, shelter: Shelter) -> list[int]:
    run: list[int] = []
    last = ""
    for match in _STEPS.finditer(text, start, stop):
        kind = match.lastgroup or ""
        if shelter.around(match.start()) is None and (kind == "a" if not run else kind > last or kind == last == "c"):
            run.append(match.start())
            last = kind
    return run


def _items(text: str, run: list[int], stop: int, shelter: Shelter) -> tuple[Span, ...]:
    spans: list[Span] = []
    for begun, ended in zip(run, [*run[1:], _last_end(text, run, stop, shelter)], strict=True):
        _append(text, begun, ended, spans)
    return tuple(spans)


def _last_end(text: str, run: list[int], stop: int, shelter: Shelter) -> int:
    """The last item ends with its paragraph; with its sentence when the items before are parted by semicolons."""
    line_end = text.find("\n", run[-1], stop)
    line_end = stop if line_end < 0 else line_end
    before = text[run[0] : run[-1]].rstrip()
    if before.endswith(("；", ";")) or (len(run) > 2 and before.endswith(("，", ",", "、"))):
        cuts = [cut for cut in _cuts(text, run[-1], line_end, shelter) if cut > run[-1]]
        return cuts[0] if cuts else line_end
    return line_end


def _semicolon_items(text: str, start: int, stop: int, shelter: Shelter) -> tuple[Span, ...]:
    for begun, ended in _whole_sentences(text, start, stop, shelter):
        marks = [
            m.end()
            for m in _SEMICOLON.finditer(text, begun, ended - 1)
            if shelter.around(m.start()) is None and _parts_here(text, m.start(), ended)
        ]
        if len(marks) > 1:
            return _parts(text, begun, ended, marks)
    return ()


def _whole_sentences(text: str, start: int, stop: int, shelter: Shelter) -> list[Span]:
    cuts = [start, *_cuts(text, start, stop, shelter), stop]
    spans: list[Span] = []
    for begun, ended in pairwise(cuts):
        _append(text, begun, ended, spans)
    return spans


def _parts(text: str, begun: int, ended: int, marks: list[int]) -> tuple[Span, ...]:
    lead = [m.end() for m in _LEAD_IN.finditer(text, begun, marks[0])]
    tail = _TAIL.search(text, marks[-1], ended)
    spans: list[Span] = []
    edges = [lead[-1] if lead else begun, *marks, tail.start() if tail and tail.start() > marks[-1] + 3 else ended]
    for a, b in pairwise(edges):
        _append(text, a, b, spans)
    return tuple(spans)
