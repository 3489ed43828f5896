"""Find the address of a letter: the line, or the start of one, that names whom it answers."""

import re

_NUMBERED = re.compile(r"\s*(?:[一二三四五六七八九十]+、|\([一二三四五六七八九十]+\)|\d{1,2}[.、])")
_TITLES = r"(?:(?:人大|政协)?(?:代表|委员)|主席|常委|先生|女士|同志)"
_COUNT = r"(?:[一二三四五六七八九十两\d]{1,3}[位名人])"
_NAME = r"[\u4e00-\u9fff×*·•某XxＸ]{1,16}"
_PERSONS = re.compile(
    rf"(?:尊敬的|致)?(?P<who>[^:。;《》“”?!]{{1,90}}?)(?:{_COUNT})?{_TITLES}(?:\([^)]{{1,20}}\))?"
    rf"(?:等{_COUNT}?(?:[省市县区]?(?:人大|政协)?{_TITLES})?)?(?:们)?"
)
_TITLE_FIRST = re.compile(
    rf"(?:尊敬的)?(?:领衔|第一)?(?:[\u4e00-\u9fff]{{0,6}}(?:人大|政协))?(?:代表|委员){_NAME}(?:[、,]{_NAME})*(?:等{_COUNT}?)?"
)
_BODY = re.compile(
    r"(?:委|委员会|会|组|局|厅|部|办|办公室|政府|社|党|联|联合会|支部|总支|团|院|中心|界别?|处|工商联|妇联|中央|党派|企联)"
    r"(?:\([^)]{1,12}\))?(?:等.{0,12})?"
)
_ORGAN = re.compile(r"[\u4e00-\u9fff]{2,30}(?:局|厅|委|委员会|办公室|部|政府|处|中心|院|公司|会)")
_ONE = re.compile(r"[\u4e00-\u9fff×*某]{2,4}(?:代表|委员)")
_TOWN = re.compile(r"[\u4e00-\u9fff]{2,12}(?:街道|镇|乡|园区)")
_NO_ADDRESS = re.compile(
    r"关于|建议(?!人)|提案(?!委|人)|答复|会议|收悉|联系|电话|抄送|附件|来源|签发|类别|索引|日期|时间|编号|标题|领导|工作|作者|浏览|主题|名称|"
    r"主办|承办|协办|会办|姓名|公开|如下|单位负责|经办|网友|市民|居民|群众|读者|各县|各区|各乡|各镇|各街道|各部门|各直属|各有关|号"
)
_LABEL = re.compile(r"(?:领衔|提出|建议|附议|联名|第一|提案|提议|联系|人大|政协)*(?:代表|委员)(?:姓名)?")
_GENERAL = re.compile(r"各位|全体|主任")
# What follows an address: the letter takes up what was proposed.
OPENING = re.compile(
    r"收悉|收到|提出|所提|提交|领衔|办理|答复如下|函告|回复|转来|转至|转交|交由|主办的|关注|感谢|建议|提案|来函"
)
_PERSONAL_OPENING = re.compile(r"收悉|(?:你|您)们?.{0,30}提")
_SECOND_PERSON = re.compile(r"(?:首先)?,?(?:你|您|贵|关于|《|“|感谢|提出|现|收到|由|就)")
_GREETING = re.compile(r"[,]?(?:你|您)们?好$")


def address_end(view: str, after: str) -> int | None:
    """How many characters of a squeezed, half-width line are its address; None for any other line.

    >>> address_end("王某、李某委员:您们提出的提案收悉", ""), address_end("一、关于建议的答复:", "")
    (8, None)
    """
    if _NUMBERED.match(view):
        return None
    cut = _cut(view)
    if cut is None:
        return None
    head, rest = view[:cut].rstrip(":!。,"), (view[cut:] + after)[:250]
    greeting = _GREETING.search(head)
    head = head[: greeting.start()] if greeting else head
    if len(head) < 2 or _NO_ADDRESS.search(head) or _LABEL.fullmatch(head):
        return None
    marked = view[cut - 1 : cut] in (":", "!", ",") or greeting is not None
    if _is_persons(head):
        fits = _PERSONAL_OPENING if _GENERAL.search(head) else OPENING if marked else _SECOND_PERSON
        if not marked and _ONE.fullmatch(head) and "收悉" in rest:
            return cut
        return cut if (fits.search(rest) if marked else fits.match(rest)) and OPENING.search(rest) else None
    return cut if _is_body(head, marked, rest) else None


def _cut(view: str) -> int | None:
    """Where an address could end: behind the first colon or exclamation mark, a comma after 委员, or the whole line."""
    mark = re.search(r"[:!]", view[:110])
    comma = re.search(rf"{_TITLES}(?:\([^)]*\))?,(?=(?:你|您)们?(?:好|在|提|所|于|领)|首先)", view[:110])
    if comma and (not mark or comma.start() < mark.start()):
        hello = re.match(r"(?:你|您)们?好[!,。:]?", view[comma.end() :])
        return comma.end() + (hello.end() if hello else 0)
    if mark:
        return mark.end()
    return len(view) if len(view) <= 60 else None


def _is_persons(head: str) -> bool:
    match = _PERSONS.fullmatch(head)
    if match:
        return all(len(name) <= 22 for name in re.split(r"[、,]", match["who"]))
    return bool(_TITLE_FIRST.fullmatch(head))


def _is_body(head: str, marked: bool, rest: str) -> bool:
    if len(head) > 60 or not OPENING.search(rest):
        return False
    if marked and _TOWN.fullmatch(head):
        return bool(re.search(r"会办|协办|汇办|贵[街镇乡]", rest))
    tail = re.search(_BODY.pattern + "$", head)
    if marked and tail and not re.search(r"[。,]", head):
        return bool(re.match(r"[\u4e00-\u9fff、()·]{2,60}$", head))
    # A 会办意见 may name the organ that it goes to on a line without a colon.
    return bool(
        _ORGAN.fullmatch(head)
        and re.match(
            r"(?:[\u4e00-\u9fff]{2,8}(?:等.{0,4})?(?:代表|委员)(?:所)?提出|(?:贵|你)(?:单位|局|委|办|厅|部)|现就|现将)",
            rest,
        )
    )
