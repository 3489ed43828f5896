"""Checks that the parts of a letter agree: number, session, names, reply category, organs that took part."""

import re
from collections.abc import Iterator

from corpus.findings import Finding, Subject
from corpus.letter import Stated
from corpus.sentences import ordinal

_NUMBER = re.compile(
    r"(?:建议|提案|议案|会议|大会|[》”\"])\s*[(]?\s*(?:(?:建议|提案)?(?:编号|案号)?\s*:?\s*)第\s?(?P<a>[A-Za-z]{0,4}\d[\dA-Za-z\-]{0,16})\s?号|第\s?(?P<b>[A-Za-z]{0,4}\d[\dA-Za-z\-]{0,16})\s?号(?:代表|委员|集体|党派)?(?:建议|提案|议案)"
)
_SESSION = re.compile(
    r"(?P<t>[一二三四五六七八九十\d]{1,3})\s*届(?:[^。，,;号届次]{0,24}?)第?(?P<m>[一二三四五六七八九十\d]{1,3})\s*次(?=[\u4e00-\u9fff]{0,4}会)(?!全|[\u4e00-\u9fff]{0,3}(?:全会|全体会|常委|主席|党组))"
)


def _parts(subject: Subject) -> tuple[tuple[int, int], tuple[int, int]] | None:
    """Head, down to the salutation, and opening, the 300 characters below it; None without a salutation."""
    for start, end in subject.lines[:40]:
        if (
            end - start <= 100
            and re.search(r"[\u4e00-\u9fff)]\s*:\s*$", subject.flat[start:end])
            and "联系" not in subject.flat[start:end]
        ):
            return (subject.lines[0][0], start), (end, min(end + 300, len(subject.text)))
    return None


def numbers(subject: Subject) -> Iterator[Finding]:
    """The number in the title against that in the opening, and both against the box of the page."""
    parts = _parts(subject) if subject.is_reply else None
    if parts is None:
        return
    heads, opening = (list(_NUMBER.finditer(subject.flat, *span)) for span in parts)
    if not heads or not opening or len(heads) > 3 or len(opening) > 3:
        return
    for match in opening[:1]:
        said, first = _number(match), [_number(head) for head in heads]
        if not any(said.endswith(one) or one.endswith(said) for one in first):
            problem = f"标题是第{first[0]}号，开头是第{said}号"
            yield subject.finding("编号不一致", match.start(), match.end(), problem, "核对交办单，改为同一编号")


def _number(match: re.Match[str]) -> str:
    return (match["a"] or match["b"]).lstrip("0") or "0"


def sessions(subject: Subject) -> Iterator[Finding]:
    """The session in the title against that in the opening."""
    parts = _parts(subject) if subject.is_reply else None
    if parts is None:
        return
    heads, opening = (list(_SESSION.finditer(subject.flat, *span)) for span in parts)
    heads += _SESSION.finditer(subject.flat, 0, parts[0][0])
    opening = [m for m in opening if "常委" not in m[0]]
    if not heads or len(opening) != 1:
        return
    said = (ordinal(opening[0]["t"]), ordinal(opening[0]["m"]))
    if all(said) and all((ordinal(h["t"]), ordinal(h["m"])) != said for h in heads):
        problem = f"标题是“{heads[-1][0]}”，开头是“{opening[0][0]}”"
        yield subject.finding("届次不一致", opening[0].start(), opening[0].end(), problem, "核对届次")


_OPENS = re.compile(r"^\s*(?P<who>[\u4e00-\u9fff·]{2,4})(?P<role>代表|委员)(?:等[^。，,]{0,8})?(?:所)?(?:提出|领衔|在)")


def names(subject: Subject) -> Iterator[Finding]:
    """The salutation against the name in the opening and against the proposer in the box."""
    if subject.role != "答复":
        return
    parts = _parts(subject)
    if parts is None:
        return
    address = "".join(subject.flat[parts[0][1] : parts[1][0]].split())
    if not re.search("代表|委员(?!会)", address):
        return
    opening = _OPENS.match(subject.text[parts[1][0] : parts[1][1]].lstrip())
    if (
        opening
        and not re.search("人大|政协|各位|贵|本|该", opening["who"])
        and opening["who"] not in address
        and "等" not in address
    ):
        at = subject.text.index(opening["who"], parts[1][0])
        problem = f"称呼是“{address.rstrip(':')}”，开头却是{opening['who']}"
        yield subject.finding("称呼不一致", at, at + len(opening["who"]), problem, "核对姓名")
    boxed = re.search(
        r"(?:提案人|建议人|领衔代表|代表姓名|委员姓名|提出人)\s*[:\n]\s*(?P<who>[\u4e00-\u9fff·]{2,4})\s*(?:\n|代表|委员|$)",
        subject.flat[: parts[0][0]],
    )
    if boxed and boxed["who"] not in address and "等" not in address:
        at = subject.text.index(boxed["who"])
        problem = f"信息栏是{boxed['who']}，称呼是“{address.rstrip(':')}”"
        yield subject.finding("称呼不一致", at, at + len(boxed["who"]), problem, "核对姓名")


_ALL = re.compile(
    r"(?:您|你|您们|所)(?:所)?(?:提出?)?的?(?:各项|全部|所有)?(?:建议|提案|意见|问题)[^。；;\n]{0,10}?(?:(?:全部|均|已全部|全面)(?:已)?(?:采纳|予以采纳|落实|完成|解决)|已(?:经)?(?:全部)?(?:落实到位|办理完成|圆满解决))"
)
_NOT_NOW = re.compile(
    r"(?:您|你|该|本|此|所提)(?:所)?(?:提出?)?的?(?:建议|提案|意见|问题|事项)[^。；;\n]{0,40}?(?:暂(?:时)?(?:不能|无法|不具备|难以)|(?:目前|现阶段)(?:尚)?(?:不具备|无法|难以|不能)|不予采纳|难以(?:解决|采纳|实施)|留作(?:今后)?参考)"
)


def categories(subject: Subject) -> Iterator[Finding]:
    """全部采纳 in a letter of category C or D, 暂不能解决 in one of category A."""
    category = subject.letter.metadata.category
    letter = category.value.strip()[:1] if category else ""
    pattern = {"A": _NOT_NOW, "甲": _NOT_NOW, "C": _ALL, "D": _ALL, "丙": _ALL}.get(letter)
    match = pattern.search(subject.text, subject.letter.body[0]) if pattern else None
    if match:
        problem = f"答复类别是{letter}类，文中却说“{match[0]}”"
        yield subject.finding("类别不符", match.start(), match.end(), problem, "核对答复类别与采纳情况")


_PLACE = re.compile(r"^(?:[省市县区州](?=..)|[\u4e00-\u9fff]{2,6}?[省市县区州旗])?")
_END = re.compile(r"(?:管理|监督|和|与|行政|执法|事务|服务|保障)*(?:委员会|办公室|局|委|厅|办|处|中心|部)$")


def co_organs(subject: Subject) -> Iterator[Finding]:
    """A 会办 organ of the box of which the text does not speak."""
    body = subject.text[subject.letter.body[0] :]
    if subject.role != "答复" or re.search(r"(?:有关|相关|各)(?:部门|单位)|会办(?:单位|部门)|协办(?:单位|部门)", body):
        return
    for organ in subject.letter.metadata.co_organs:
        if organ.end is not None and organ.end <= subject.letter.body[0] and not _is_named(organ, body):
            problem = f"信息栏的会办单位“{organ.value}”正文没有提到"
            start = organ.start or 0
            yield subject.finding("会办未落实", start, organ.end, problem, "开头写“经会同……研究”，并写入会办意见")


def _is_named(organ: Stated, body: str) -> bool:
    core = _END.sub("", _PLACE.sub("", organ.value))
    return len(core) < 2 or core[:2] in body or "".join(core[::2][:2]) in body
