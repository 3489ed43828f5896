"""Find where a letter closes: thanks, 专此答复, sign-off, date, contact, 附件, 抄送, page foot.

Line by line, each looked at once, so that a page of any length takes time linear in it.
"""

import re
from collections.abc import Iterator

_DATE = r"(?:(?:19|20)\d\d|[二〇○零一九八七六五四三]{4})\s*年\s*[\d一二三四五六七八九十]{1,3}\s*月\s*[\d一二三四五六七八九十]{1,3}\s*日"
_THANKS = r"[^。\n]{0,24}?(?:感谢|致谢|谢谢)[^。\n]{0,60}(?:关心|支持|理解|关注|建议|意见|帮助|监督|厚爱|您|你)"
_ANSWER = r"(?:以上|上述)(?:答复|意见|回复|办理|情况|是|内容)[^。\n]{0,30}(?:不妥|批评|指正|审阅|参考|反馈|满意|意见|宝贵|妥否)"
_PHRASE = re.compile(
    rf"[^\S\n]*(?:{_THANKS}|{_ANSWER}"
    r"|(?:专|特|谨)?此(?:答复|复|函复|函告|函达|回复|致)\s*[。，,！!]?\s*$"
    r"|(?:如有|若有|如对|您对|您如|请您?对)[^。\n]{0,40}(?:答复|办理|意见|建议|不妥|反馈)[^\n]{0,60}(?:联系|指正|填写|反馈|告知|提出))"
)
_NOTE = re.compile(
    r"[^\S\n]*(?:附(?:件|表)?\d?\s*[:：]|附件\s*\d?\s*$"
    r"|[（(]?\s*(?:联系(?:单位)?(?:人|电话|方式|地址)|经办人员?|承办人员?|分管领导|签发人|责任编辑|责任人|单位负责人|邮政编码|办复类别|办理类别|答复类别)[^。\n]{0,10}[:：]"
    r"|[（(]\s*(?:此件|联系|本文|附注)|[（(](?:盖章|公章|章)[）)]|承办单位盖章|抄\s*(?:送|报)\s*[:：]?"
    r"|(?:上|下)一篇|相关(?:文章|链接|阅读)|原文链接|扫一扫|打印本页|\[?关闭(?:窗口|本页)?\]?\s*$|主办单位\s*[:：]|版权所有|网站地图)"
)
_DATE_LINE = re.compile(rf"[^\S\n]*(?P<before>[^。，,；;：:\n]{{0,40}}?)\s*{_DATE}[^\S\n]*$")
_AGENCY = re.compile(
    r"(?:[一-龥（）()、·\s]{1,60})?(?:局|委员会|委|厅|部|办公室|办公厅|政府|办事处|中心|院|集团|公司|支队|大队|总队|办|所|站|校|学|联合会|总会)\s*(?:[（(](?:盖章|公章|章|代章)[）)])?\s*"
)
_INLINE = re.compile(
    r"(?<=[。！!])[^\S\n]*(?:"
    r"(?:(?:最后|再次|衷心|诚挚|非常|十分|特别|真诚|由衷|在此)[^。\n]{0,12})?(?:感谢|谢谢)(?:您|你|各位)[^。\n]{0,60}(?:关心|支持|理解|关注|建议|意见|帮助|监督|厚爱)"
    rf"|{_ANSWER}|专此(?:答复|函复)|此复。|特此(?:答复|函复))"
)
# A thanks in the middle of a letter is a politeness; a real one has little text after it.
_REST = 400
_LONG_LINE = 200

Line = tuple[int, int]


def lines(text: str, start: int, end: int) -> Iterator[Line]:
    """The spans of the lines of `text[start:end]` that are not blank, without their line breaks."""
    at = start
    while at < end:
        cut = text.find("\n", at, end)
        cut = end if cut < 0 else cut
        if not text[at:cut].isspace() and cut > at:
            yield at, cut
        at = cut + 1


def is_agency(line: str) -> bool:
    """Whether a line holds nothing but the name of an organ.

    >>> [is_agency(line) for line in ("  昆明市科学技术局", "我们还要加强对学校的管理。")]
    [True, False]
    """
    return len(line) <= 120 and len(line.strip()) >= 3 and _AGENCY.fullmatch(line.strip()) is not None


def sign_off(text: str, start: int, end: int) -> Line | None:
    """The span of the first sign-off: the organ's line (if there is one) and the date's, below a letter's last words."""
    before: list[Line] = []
    for begun, ended in lines(text, start, end):
        match = _DATE_LINE.match(text, begun, ended) if ended - begun <= _LONG_LINE else None
        if match and _signs(text, before, match["before"]):
            named = before and is_agency(text[slice(*before[-1])])
            return (before[-1][0] if named else begun), ended
        before = [*before[-3:], (begun, ended)]
    return None


def _signs(text: str, before: list[Line], beside: str) -> bool:
    """Whether a date belongs to an organ beside or above it, or follows closing words."""
    if beside.strip():
        return is_agency(beside)
    if before and is_agency(text[slice(*before[-1])]):
        return True
    return any(_closes(text, *line) or _INLINE.search(text, *line) for line in before)


def _closes(text: str, begun: int, ended: int) -> bool:
    if ended - begun <= _LONG_LINE and _PHRASE.match(text, begun, ended):
        return True
    return _NOTE.match(text, begun, ended) is not None


def closing(text: str, start: int, end: int) -> int | None:
    """Where the closing of the letter begins in `text[start:end]`, None when there is none.

    Page foot and attachments may follow; what stands before is body.
    """
    signed = sign_off(text, start, end)
    stop = signed[0] if signed else end
    found = [stop] if signed else []
    for begun, ended in lines(text, start, stop):
        if _closes(text, begun, ended) and _little_follows(text, ended, stop):
            found.append(begun)
            break
        if not signed and _ends_with_date(text, begun, ended):
            found.append(begun)
            break
    tail = max(start, stop - _REST)
    found += [match.start() for match in _INLINE.finditer(text, tail, stop)][:1]
    return min(found, default=None)


def _ends_with_date(text: str, begun: int, ended: int) -> bool:
    return ended - begun <= _LONG_LINE and _DATE_LINE.match(text, begun, ended) is not None


def _little_follows(text: str, at: int, stop: int) -> bool:
    """No paragraph of any length between a closing phrase and the sign-off."""
    if stop - at < _REST:
        return True
    return all(ended - begun < _LONG_LINE for begun, ended in lines(text, at, min(stop, at + 4 * _REST)))
