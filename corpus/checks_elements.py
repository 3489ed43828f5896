"""Checks that a letter has all its parts: number, session, salutation, 收悉 sentence, closing, sign-off, date, contact."""

import re
from collections.abc import Iterator

from corpus.findings import ERROR, Finding, Subject
from corpus.sign_off import Span, sign_off

_SALUTATION = re.compile(r"^(?:尊敬的)?[^:。;《》]{2,90}:$")
_RECEIVED = re.compile(
    r"收悉|收到|已交|转来|交由|(?:答复|回复|函复|函告|汇报|反馈)如下|由我.{1,12}(?:办理|承办)|办理完毕"
)
_CLOSING = re.compile(
    r"感谢|致谢|谢谢|专此|特此|此复|此函|批评指正|不妥|妥否|宝贵意见|请.{0,12}(?:反馈|指正|审阅)|(?:欢迎|希望|敬请).{0,20}(?:意见|关注|支持|监督)|供.{0,16}(?:参考|答复)"
)
_CONTACT = re.compile(r"联系(?:人|电话|方式|单位)|经办人|承办人|联络人|咨询电话|办公电话|电话\s*:")
_DATE = r"(?:(?:19|20)\d\d|[二〇○零O一三四五六七八九]{4})\s*[年.\-/]\s*[\d一二三四五六七八九十]{1,3}\s*[月.\-/]\s*[\d一二三四五六七八九十]{1,3}\s*日?"
_WEB = (".html", ".htm", ".shtml", ".mht", ".mhtml")


def elements(subject: Subject) -> Iterator[Finding]:
    """What a reply, a 会办意见 or a summary must have and has not."""
    if not subject.is_reply or not subject.lines or subject.role == "其他":
        return
    meta, body = subject.letter.metadata, subject.flat[subject.lines[0][0] :]
    head, end = _head(subject), sign_off(subject)
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
        yield subject.finding(
            "缺要素", *_last(subject.lines[-1]), "正文在句中断开，缺其后的结尾、署名、日期", "补全正文", ERROR
        )
        return
    if not _CLOSING.search(body[-900:]) and not _CLOSING.search(body[:400]):
        yield _missing(
            subject,
            _last(end.body),
            "结尾",
            "写“以上意见供你单位答复时参考。”" if consulted else "写“感谢您对……工作的关心和支持。”",
        )
    if end.organ is None:
        yield _missing(subject, _last(end.date or end.body), "署名", "在正文后写发文机关全称", ERROR)
    if (not meta.date or (meta.date.start or 0) < subject.lines[0][0]) and not (end.date or _has_date(subject)):
        yield _missing(subject, _last(end.organ or end.body), "成文日期", "在署名下写年月日", ERROR)
    if end.organ and end.date and not (meta.contact or _CONTACT.search(subject.flat) or _is_web_page(subject)):
        yield _missing(subject, _last(end.date), "联系人", "在日期下写“（联系人及电话：……）”")


def _missing(subject: Subject, at: tuple[int, int], what: str, mend: str, severity: str = "") -> Finding:
    return subject.finding("缺要素", *at, f"缺{what}", mend, severity)


def _head(subject: Subject) -> tuple[int, int]:
    start, end = subject.lines[0]
    return start, min(end, start + 20)


def _last(line: Span) -> Span:
    start, end = line
    return max(start, end - 20), end


def _is_web_page(subject: Subject) -> bool:
    """Whether it was published: sites leave out whom to call, so that only a draft can be asked for it."""
    letter = subject.letter
    boxed = letter.body[0] > 0 or letter.metadata.publish_date or letter.metadata.index_no
    return bool(boxed) or letter.file.lower().endswith(_WEB)


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


def _has_date(subject: Subject) -> bool:
    return any(re.search(_DATE, subject.flat[start:end][-150:]) for start, end in subject.lines[-8:])
