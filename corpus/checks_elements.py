"""Checks that a letter has all its parts: number, session, salutation, 收悉 sentence, closing, sign-off, date, contact."""

import re
from collections.abc import Iterator

from corpus.findings import ERROR, Finding, Subject

_SALUTATION = re.compile(r"^(?:尊敬的)?[^:。;《》]{2,90}:$")
_RECEIVED = re.compile(
    r"收悉|收到|已交|转来|交由|(?:答复|回复|函复|函告|汇报|反馈)如下|由我.{1,12}(?:办理|承办)|办理完毕"
)
_CLOSING = re.compile(
    r"感谢|致谢|谢谢|专此|特此|此复|此函|批评指正|不妥|妥否|宝贵意见|请.{0,12}(?:反馈|指正|审阅)|(?:欢迎|希望|敬请).{0,20}(?:意见|关注|支持|监督)|供.{0,16}(?:参考|答复)"
)
_CONTACT = re.compile(r"联系(?:人|电话|方式|单位)|经办人|承办人|联络人|咨询电话|办公电话|电话\s*:")
_ORGAN = re.compile(
    r"(?:中共|中国)?[\u4e00-\u9fff()、\s]{2,50}(?:局|委员会|委|厅|部|办公[室厅]|政府|办事处|中心|院|集团|公司|支队|大队|总队|办|会|行|署|站|处|社|校|学|段|所|台|馆)\s*(?:\((?:盖章|章|公章|印章)\)|盖章)?"
)
_DATE = r"(?:(?:19|20)\d\d|[二〇○零O一三四五六七八九]{4})\s*[年.\-/]\s*[\d一二三四五六七八九十]{1,3}\s*[月.\-/]\s*[\d一二三四五六七八九十]{1,3}\s*日?"
_SIGNED = re.compile(rf"{_ORGAN.pattern}\s*{_DATE}")
_ONLY_DATE = re.compile(rf"\s*{_DATE}\s*")
_NOT_ORGAN = re.compile(r"抄\s*送|抄\s*报|主\s*送|附件|联系|:|^\s*(?:[一二三四五六七八九十]{1,3}、|[\d(])")


def elements(subject: Subject) -> Iterator[Finding]:
    """What a reply, a 会办意见 or a summary must have and has not."""
    if not subject.is_reply or not subject.lines or subject.role == "其他":
        return
    meta, body = subject.letter.metadata, subject.flat[subject.lines[0][0] :]
    head, tail = _head(subject), _tail(subject)
    if not meta.numbers:
        yield _missing(subject, head, "编号", "在标题或开头写明“第×号”", ERROR)
    if not meta.session:
        yield _missing(subject, head, "届次", "在标题写明“×届×次会议”")
    if subject.role == "答复摘要":
        return
    consulted = subject.role == "会办意见"
    if not consulted and not meta.proposers and not _has_salutation(subject):
        yield _missing(subject, head, "称呼", "在正文前顶格写“×××代表：”或“×××委员：”", ERROR)
    if not consulted and not _RECEIVED.search(body[:900]):
        yield _missing(subject, head, "收悉句", "开头写“您提出的《……》收悉，现答复如下：”")
    if _is_torn(subject):
        yield subject.finding("缺要素", *tail, "正文在句中断开，缺其后的结尾、署名、日期", "补全正文", ERROR)
        return
    if not _CLOSING.search(body[-900:]) and not _CLOSING.search(body[:400]):
        yield _missing(
            subject,
            tail,
            "结尾",
            "写“以上意见供你单位答复时参考。”" if consulted else "写“感谢您对……工作的关心和支持。”",
        )
    if not _is_signed(subject):
        yield _missing(subject, tail, "署名", "在正文后写发文机关全称", ERROR)
    if (not meta.date or (meta.date.start or 0) < subject.lines[0][0]) and not _has_date(subject):
        yield _missing(subject, tail, "成文日期", "在署名下写年月日", ERROR)
    if not meta.contact and not _CONTACT.search(subject.flat):
        yield _missing(subject, tail, "联系人", "在日期下写“（联系人及电话：……）”")


def _missing(subject: Subject, at: tuple[int, int], what: str, mend: str, severity: str = "") -> Finding:
    return subject.finding("缺要素", *at, f"缺{what}", mend, severity)


def _head(subject: Subject) -> tuple[int, int]:
    start, end = subject.lines[0]
    return start, min(end, start + 20)


def _tail(subject: Subject) -> tuple[int, int]:
    start, end = subject.lines[-1]
    return max(start, end - 20), end


def _has_salutation(subject: Subject) -> bool:
    return any(
        _SALUTATION.match("".join(subject.flat[start:end].split()))
        for start, end in subject.lines[:25]
        if end - start <= 120
    )


def _is_torn(subject: Subject) -> bool:
    """Whether the last line is a sentence that breaks off: then nothing after it can be there."""
    start, end = subject.lines[-1]
    last = subject.flat[start:end].strip()
    return (
        len(last) > 20
        and re.search("[。,]", last) is not None
        and last[-1] not in "。!?;)》”"
        and not re.search(rf"{_DATE}$|\d$|联系[人电]|抄送", last)
    )


def _is_signed(subject: Subject) -> bool:
    """Whether an organ stands alone near the end, or right before a date."""
    for start, end in subject.lines[-15:]:
        view = subject.flat[start:end].strip()
        if len(view) <= 60 and _ORGAN.fullmatch(view) and not _NOT_ORGAN.search(view):
            return True
        if len(view) <= 60 and re.search(r"\((?:盖章|章|公章)\)|盖章", view):
            return True
        if _SIGNED.search(view[-90:]):
            return True
    return False


def _has_date(subject: Subject) -> bool:
    return any(re.search(_DATE, subject.flat[start:end][-150:]) for start, end in subject.lines[-8:])
