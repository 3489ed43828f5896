"""Tell the heading of a numbered paragraph from the body that runs into it.

A paragraph without a separable heading is an item: its heading is the mark and the first clause, so that the path still
names it. A heading is always an exact prefix of its section.
"""

import re

from corpus.brackets import Shelter, brackets

_LINE_MAX = 60
_HEADING_MAX = 45
_CLAUSE_MAX = 30
_STOP = re.compile(r"[。！？!?；;]|[：:](?!\d)|\n")
_CLAUSE = re.compile(r"[，,。；;：:！？!?、]")
_YEAR = r"(?:19|20)\d\d\s?年|“[一二三四五六七八九十]{2,3}五”(?:期间|以来)|(?:党的)?[一二三四五六七八九十]{1,3}届[^，,]{0,6}以来|党的[一二三四五六七八九十]+大以来"
_TIMES = r"近年来|近[\d一二两三四五六七八九十几]+年|多年来|长期以来|目前|截至|截止|今年|去年|自\s?(?:19|20)\d\d|自[^，,。\d]{1,12}(?:以来|后)|下一?步|为(?:了|深入|进一步|贯彻|加快|推动)?[^，,。]{0,14}[，,]"
_WE = r"我(?:局|市|县|区|省|委|厅|州|镇|乡|街道|部|校|院|们|办|单位)|本(?:市|局|区|县)"
_DID = r"(?:先后|已|共|相继)?(?:出台|印发|制定|下发|修订|编制|召开|建成|成立|发布)了?(?=《|[一二两三\d])"
# Where a body can begin although nothing parts it from its heading.
_BODY = re.compile(rf"[一首]是(?=[^否])|一方面|首先[，,]|{_YEAR}|{_TIMES}|{_WE}|{_DID}")
_SUBJECT = re.compile(
    rf"(?:{_WE}|{_YEAR}|{_TIMES}|您|你们?提|经(?:与|商|过|研究)|由于|因(?:为|此)|根据|按照|依据|针对您|[一-龥]{{2,12}}(?:局|委|厅|部门)(?:将|已|会|负责|牵头|正在))"
)
# “在…等方面加大支持力度的建议” does not end at 方面, “关于人才方面我市已…” does.
_ASKED = re.compile(
    rf"关于.{{2,60}}?方面(?=\s*(?:$|[:：一]|{_YEAR}|{_TIMES}|{_WE}))|关于.{{2,80}}?的(?:建议|意见|问题|情况|支持|诉求|提议|请求)"
)
_VERBS = (
    "启动|出台|印发|制定|设立|组建|开展|落实|围绕|聚焦|积极|充分|依托|结合|大力|鼓励|加大|加快|完善|优化|建成|建立|实施|"
    "推进|推动|支持|强化|加强|坚持|深化|引导|通过|不断|持续|全面|深入|对|将|以|根据|按照|针对|编制|成立|组织|健全|搭建"
)
_VERB = re.compile(f"(?:{_VERBS})")
_ARTICLE_TITLE = re.compile(r"\s*(?:【[^】\n]{1,30}】|[（(][^）)\n]{1,20}[）)](?=\s))?")


def heading_end(text: str, start: int, mark_end: int, end: int, kind: str) -> tuple[int, bool]:
    """Where the heading of the section that begins at `start` ends, and whether it is an item without heading.

    `end` is where the next mark or the letter's closing begins.
    """
    if not text[mark_end:end].partition("\n")[0].strip():
        # The mark stands alone; its heading is on the next line.
        mark_end += len(text[mark_end:end]) - len(text[mark_end:end].lstrip())
    line_end = text.find("\n", mark_end, end)
    line_end = end if line_end < 0 else line_end
    if kind == "条":
        return _trim(text, mark_end, max(mark_end, _article(text, mark_end, line_end))), False
    body = text[mark_end:line_end]
    lead = len(body) - len(body.lstrip())
    cut, is_item = _cut(body.strip(), has_more=bool(text[line_end:end].strip()), about=kind == "关于")
    return _trim(text, mark_end, mark_end + lead + cut), is_item


def _article(text: str, mark_end: int, line_end: int) -> int:
    match = _ARTICLE_TITLE.match(text, mark_end, line_end)
    return match.end() if match and match.group().strip() else mark_end


def _trim(text: str, mark_end: int, cut: int) -> int:
    """Never before the mark's end; without blanks or a closing colon at its tail."""
    while cut > mark_end and (text[cut - 1].isspace() or text[cut - 1] in "：:。；;"):
        cut -= 1
    while cut > 0 and text[cut - 1].isspace():
        cut -= 1
    return cut


def _cut(body: str, has_more: bool, about: bool) -> tuple[int, bool]:
    shelter = Shelter(brackets(body[:200]))
    stop = next((m.start() for m in _STOP.finditer(body[:200]) if shelter.around(m.start()) is None), None)
    if stop is None and len(body) <= _LINE_MAX:
        return len(body), False
    asked = _ASKED.match(body)
    if asked and (about or asked.end() < len(body)) and (stop is None or asked.end() <= stop):
        return asked.end(), False
    if about:
        return _about_end(body, shelter), False
    stop = len(body) if stop is None else stop
    run_in = _run_in(body[: min(stop, 120)], shelter)
    if run_in is not None:
        return run_in, False
    if stop > _HEADING_MAX or _SUBJECT.match(body) or _is_lone_sentence(body, stop, has_more):
        return _first_clause(body, shelter), True
    return stop, False


def _about_end(body: str, shelter: Shelter) -> int:
    """An unnumbered 关于… heading ends at the body's first word, else at its first stop."""
    match = next((m for m in _BODY.finditer(body, 4) if shelter.around(m.start()) is None), None)
    return match.start() if match else _first_clause(body, shelter)


def _is_lone_sentence(body: str, stop: int, has_more: bool) -> bool:
    """A paragraph of one statement with nothing below it is a point, not a heading without body."""
    return not body[stop + 1 :].strip("。；;！!”’ ") and not has_more


def _run_in(head: str, shelter: Shelter) -> int | None:
    """Where a body begins inside `head`, the first sentence, without any mark before it; None when it does not."""
    for match in _BODY.finditer(head, 4):
        at = match.start()
        if at > _LINE_MAX or shelter.around(at) is not None:
            continue
        # After a comma the words only go on with the heading's own sentence: “加强统筹,今年力争完成。”
        if head[at - 1] not in "，,、；;：:“‘《（(":
            return at if at >= 4 and not _SUBJECT.match(head) else None
        if match.group() == "一是":
            return _without_comma(head, at)
    gap = re.search(r"(?<=[一-龥”）)])\s+(?=[一-龥“《])", head[:_HEADING_MAX])
    if gap and gap.start() >= 4 and (len(gap.group()) > 1 or _SUBJECT.match(head, gap.end())):
        return gap.start()
    return _parallel(head, shelter)


def _without_comma(head: str, at: int) -> int | None:
    cut = at - 1
    return cut if 4 <= cut <= _HEADING_MAX else None


def _parallel(head: str, shelter: Shelter) -> int | None:
    """Headings come in clauses of like length; a last clause much longer hides the body's first verb.

    实施科技人才精准引育,构筑人才科研创新高地|启动科技领军人才…: 10 and 10 characters, then a verb.
    """
    clauses = [m.start() for m in re.finditer("[，,]", head[:_LINE_MAX]) if shelter.around(m.start()) is None]
    if not clauses or len(head) <= 20:
        return None
    first, last = clauses[0], clauses[-1] + 1
    if last - 1 != first or first < 4 or len(head) - last < 1.6 * first:
        return None
    for match in _VERB.finditer(head, last + 4):
        at = match.start()
        if abs(at - last - first) <= 1 and shelter.around(at) is None:
            return at
    return None


def _first_clause(body: str, shelter: Shelter) -> int:
    """Mark and first clause: up to the first punctuation beyond four characters, at most thirty."""
    for match in _CLAUSE.finditer(body[:_CLAUSE_MAX], 4):
        if shelter.around(match.start()) is None:
            return match.start()
    return min(len(body), _CLAUSE_MAX)
