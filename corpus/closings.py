"""Find where a letter closes: thanks, 专此答复, sign-off, date, contact, 附件, 抄送, page foot."""

import re

_DATE = r"(?:(?:19|20)\d\d|[二〇○零一二三四五六七八九]{4})\s*年\s*[\d一二三四五六七八九十]{1,3}\s*月\s*[\d一二三四五六七八九十]{1,3}\s*日"
_THANKS = (
    r"(?:最后|再次|衷心|诚挚|非常|十分|特别|真诚|由衷|同时|在此|，|,|对?您?|地|的|表示)*(?:感谢|致谢|谢谢)"
    r"[^。\n]{0,60}(?:关心|支持|理解|关注|建议|意见|帮助|监督|厚爱)"
)
_PHRASES = (
    r"(?:以上|上述)(?:答复|意见|回复|办理|情况|是|内容)[^。\n]{0,30}(?:不妥|批评|指正|审阅|参考|反馈|满意|意见|宝贵|妥否)",
    r"(?:专|特|谨)?此(?:答复|复|函复|函告|函达|回复|致)(?=\s*[。，,！!]?\s*$)",
    r"(?:如有|若有|如对|您对|您如|请您?对)[^。\n]{0,40}(?:答复|办理|意见|建议|不妥|反馈)[^\n]{0,60}(?:联系|指正|填写|反馈|告知|提出)",
)
_NOTES = (
    r"附(?:件|表)?\d?\s*[:：]",
    r"[（(]?\s*(?:联系(?:单位)?(?:人|电话|方式|地址)|经办人员?|承办人员?|分管领导|签发人|责任编辑|责任人|单位负责人|邮政编码|办复类别|办理类别|答复类别)[^。\n]{0,10}[:：]",
    r"[（(]\s*(?:此件|联系|本文|附注)",
    r"[（(](?:盖章|公章|章)[）)]|承办单位盖章",
    r"抄\s*(?:送|报)\s*[:：]?",
    r"(?:上|下)一篇|相关(?:文章|链接|阅读)|原文链接|扫一扫|打印本页|\[?关闭(?:窗口|本页)?\]?\s*$|主办单位\s*[:：]|版权所有|网站地图",
    rf"[^。，,；;\n]{{0,40}}?\s*{_DATE}\s*$",
)
_AGENCY = (
    r"(?:中共|中国)?[一-龥]{2,30}?(?:局|委员会|委|厅|部|办公室|办公厅|政府|办事处|中心|院|集团|公司|支队|大队|总队|办)"
)
_CLOSING_LINE = re.compile(rf"(?m)^[^\S\n]*(?:{_THANKS}|{'|'.join(_PHRASES)}|{'|'.join(_NOTES)})")
_AGENCY_LINE = re.compile(rf"(?m)^[^\S\n]*(?:{_AGENCY}\s*)+$(?=\s*(?:{_DATE}|[（(]|\Z|附|抄|联系))")
_CLOSING_INLINE = re.compile(
    rf"(?<=[。！!])[^\S\n]*(?:{_THANKS}|{_PHRASES[0]}|专此(?:答复|函复)|此复。|特此(?:答复|函复))"
)
# A thanks in the middle of a letter is an opening politeness; a real one has little text after it.
_REST = 400


def closing(text: str, start: int, end: int) -> int | None:
    """Where the closing of the letter begins in `text[start:end]`, None when there is none.

    Page foot and attachments may follow; what stands before is body.
    """
    found = [match.start() for match in _AGENCY_LINE.finditer(text, start, end)]
    found += [
        match.start() for match in _CLOSING_LINE.finditer(text, start, end) if _is_short(text, match.start(), end)
    ]
    found += [match.start() for match in _CLOSING_INLINE.finditer(text, start, end) if end - match.start() < _REST]
    return min(found, default=None)


def _is_short(text: str, at: int, end: int) -> bool:
    line_end = text.find("\n", at, end)
    return (end if line_end < 0 else line_end) - at <= 200
