"""Tell the heading of a numbered paragraph from the body that runs into it.

A paragraph without a separable heading is an item: what names it is the mark and the first clause. A heading is always an
exact prefix of its section.
"""

import re
from dataclasses import dataclass

from corpus.brackets import Shelter, brackets
from corpus.run_in import run_in
from corpus.wrapping import goes_on

_LINE_MAX = 60
_HEADING_MAX = 45
_CLAUSE_MAX = 30
_LOOK = 240
_STOP = re.compile(r"[。！？!?；;]|[：:](?!\d)|\*\*|__")
_CLAUSE = re.compile(r"[，,。；;：:！？!?、]")
_WE = r"我(?:局|市|县|区|省|委|厅|州|镇|乡|街道|部|校|院|们|办|站|所|行|公司|单位|中心)|本(?:市|局|区|县)"
_WHEN = r"(?:19|20)\d\d\s?年|近年来|近[\d一二两三四五六七八九十几]+年|多年来|长期以来|一直以来|目前|截至|截止|今年|去年|自\s?(?:19|20)\d\d|下一?步[，,]|每年"
_ORGAN = r"(?:[市县区省州国][一-龥]{0,10}?|(?!关于|加|推|强|完|优|提|深|健|落|做|抓|建|实|促|改)[一-龥]{1,5}?)(?:局|委|厅|办|政府|中心|公司|支队|大队|院)"
# A sentence with its subject is no heading.
_SUBJECT = re.compile(
    rf"(?:{_WE}|{_WHEN}|您|你们?提|经(?:与|商|过|研究|调查|核实)|由于|因(?:为|此)|根据|按照|依据|鉴于|针对您|对于?您|收到"
    rf"|{_ORGAN}(?:将|已|会同?|负责|牵头|正在|高度重视|联合|组织|每|定期)|各(?:乡镇|县区|部门|地)[^，,]{{0,6}}(?:按|要|已|将|开展)"
    r"|[全各][县市区省州镇乡](?:现有|共有|共|已|现|累计|各级)|[县市省区]财政(?:每|已|将|安排|投入))"
)
_GOES_ON = re.compile(rf"[，,](?:{_WE}|已|将|经|现|目前|拟|并已|由于|因|{_ORGAN}(?:将|已|会))")
_COUNTED = re.compile(
    r"\d(?:[\d.]*)\s*[万亿余多]*\s*(?:元|个|家|所|张|公里|人|%|％|处|次|件|项|户|名|台|米|吨|亩|场|套|辆|平方|座|条|年)"
)
# “在…等方面加大支持力度的建议” does not end at 方面, “关于人才方面我市已…” does.
_ASKED = re.compile(
    rf"[“《]?(?:针对|对于?)?关于.{{2,60}}?方面(?=\s*(?:$|[:：一，,]|{_WHEN}|{_WE}|根据|按照|市|县|区|省))"
    r"|[“《]?(?:针对|对于?)?关于(?:您们?)?[^您]{2,80}?的(?:建议|意见|问题|情况|支持|诉求|提议|请求)”?"
)
_ARTICLE_TITLE = re.compile(r"\s*(?:【[^】\n]{1,30}】|[（(][^）)\n]{1,20}[）)](?=\s))?")
# A paragraph that is a list from its first word on has no heading: 二、一是…；二是…
_LIST = re.compile(r"一是[^。\n]{2,}[；;，,。].*[二三]是|首先，.*其次，")
_TAIL_LINE = re.compile(
    r"[^\S\n]*(?:的(?:建议|意见|问题|提案)?|(?:等)?(?:建议|问题|方面|工作|情况))[^\S\n]*(?:。|：|:)?[^\S\n]*$", re.M
)


@dataclass(frozen=True)
class Cut:
    """Where a heading ends, and what it is: "heading", "item", or "open" when its end would need its neighbours."""

    end: int
    kind: str


def heading_end(
    text: str,
    mark_end: int,
    end: int,
    kind: str,
    *,
    beside: tuple[str, ...] = (),
    width: int | None = None,
    parent: bool = False,
) -> Cut:
    """Where the heading behind the mark that ends at `mark_end` ends, and whether it is an item without heading.

    `end` is where the next mark or the letter's closing begins, `beside` are clear headings of its siblings, `width` the
    width of a text whose lines were broken, `parent` says that sections stand below.
    """
    if not text[mark_end : min(end, mark_end + 200)].partition("\n")[0].strip("* \t　"):
        # The mark stands alone; its heading is on the next line.
        mark_end = _first_visible(text, mark_end, end)
    stop = _paragraph_end(text, mark_end, end, width)
    if kind == "条":
        return Cut(_trim(text, mark_end, max(mark_end, _article(text, mark_end, stop))), "heading")
    body = (
        re.sub(r"\s", " ", text[mark_end : min(stop, mark_end + _LOOK)])
        if stop - mark_end < _LOOK
        else text[mark_end : mark_end + _LOOK].replace("\n", " ")
    )
    lead = len(body) - len(body.lstrip())
    more = parent or _first_visible(text, stop, end) < end
    found = _cut(
        body[lead:].rstrip(), has_more=more, is_long=stop - mark_end >= _LOOK, about=kind == "关于", beside=beside
    )
    return Cut(_trim(text, mark_end, mark_end + lead + found.end), found.kind)


def _first_visible(text: str, at: int, end: int) -> int:
    while at < end and text[at].isspace():
        at += 1
    return at


def _paragraph_end(text: str, at: int, end: int, width: int | None) -> int:
    """The end of the line, or of what a broken line goes on to."""
    stop = text.find("\n", at, end)
    while 0 <= stop < at + _LOOK and _is_broken(text, at, stop, end, width):
        stop = text.find("\n", stop + 1, end)
    return end if stop < 0 else stop


def _is_broken(text: str, at: int, stop: int, end: int, width: int | None) -> bool:
    if goes_on(text, stop, max(0, at - 40), width) and text[stop + 1 : stop + 2].strip():
        return True
    line = text[at:stop]
    if len(line) > 80 or line.rstrip().endswith(("。", "；", "：", ":", ";")):
        return False
    if _TAIL_LINE.match(text, stop + 1, min(end, stop + 16)):
        return True
    following = text[stop + 1 : min(end, stop + 60)].partition("\n")[0]
    return any(
        line.count(a) == line.count(b) + 1 and b in following.partition(a)[0] for a, b in ("“”", "《》", "（）", "()")
    )


def _article(text: str, mark_end: int, line_end: int) -> int:
    match = _ARTICLE_TITLE.match(text, mark_end, line_end)
    return match.end() if match and match.group().strip() else mark_end


def _trim(text: str, mark_end: int, cut: int) -> int:
    """Never before the mark's end; without blanks, closing stops or stars at its tail."""
    while cut > mark_end and (text[cut - 1].isspace() or text[cut - 1] in "：:。；;*_"):
        cut -= 1
    while cut > 0 and text[cut - 1].isspace():
        cut -= 1
    return cut


def _cut(body: str, *, has_more: bool, is_long: bool, about: bool, beside: tuple[str, ...]) -> Cut:
    shelter = Shelter(brackets(body))
    if _LIST.match(body):
        return Cut(_first_clause(body, shelter), "item")
    stop = next((m.start() for m in _STOP.finditer(body) if m.start() and shelter.around(m.start()) is None), None)
    asked = _ASKED.match(body)
    if asked and (about or asked.end() < len(body)) and (stop is None or asked.end() <= stop):
        return Cut(asked.end(), "heading")
    if stop is None and len(body) <= _LINE_MAX:
        return Cut(len(body), "heading" if has_more or not _SUBJECT.match(body) else "item")
    stop = len(body) if stop is None else stop
    if has_more and _is_one_line(body, stop):
        return Cut(len(body), "heading")
    if about:
        found = run_in(body[:stop], shelter)
        return Cut(_first_clause(body, shelter) if found is None else found, "heading")
    lone = not is_long and not has_more and not body[stop:].strip("。；;！!：:*”’ ")
    return _sentence_cut(body, stop, shelter, lone, beside)


def _is_one_line(body: str, stop: int) -> bool:
    """“工作进展：强基础、补短板” on a line of its own."""
    plain = body[stop : stop + 1] in "：:" and len(body) <= 40 and not re.search("[。；;]", body)
    return plain and stop + 1 < len(body) and not _COUNTED.search(body) and not _SUBJECT.match(body, stop + 1)


def _sentence_cut(body: str, stop: int, shelter: Shelter, lone: bool, beside: tuple[str, ...]) -> Cut:
    head = body[:stop]
    if _SUBJECT.match(head):
        return Cut(_first_clause(body, shelter), "item")
    whole = not lone and _could_be_heading(head)
    found = run_in(head, shelter, beside, whole=whole)
    if found is not None and not _GOES_ON.search(head[:found]) and not _COUNTED.search(head[:found]):
        return Cut(found, "heading")
    return Cut(stop, "heading") if whole else Cut(_first_clause(body, shelter), "item")


def _could_be_heading(head: str) -> bool:
    """A short phrase of a few clauses that names no figures and does not go on to tell what was done."""
    clauses = [clause for clause in re.split("[，,]", head) if clause.strip()]
    if len(head) > _HEADING_MAX or len(clauses) > 4 or _GOES_ON.search(head):
        return False
    return not (_COUNTED.search(head) and (len(head) > 20 or len(clauses) > 1))


def _first_clause(body: str, shelter: Shelter) -> int:
    """The first clause: up to the first punctuation beyond four characters, at most thirty."""
    for match in _CLAUSE.finditer(body[:_CLAUSE_MAX], 4):
        if shelter.around(match.start()) is None:
            return match.start()
    return min(len(body), _CLAUSE_MAX)
