"""Who proposed: the persons and bodies of the address, the box, the opening or the title; who led, and how many."""

import re

from corpus.letter import Stated
from corpus.metadata_numbers import lead
from corpus.metadata_parts import Parts, Piece, piece
from corpus.numerals import chinese_numeral
from corpus.regions import find_regions

_TITLES = r"(?:(?:人大|政协)?(?:代表|委员(?!会))|同志|先生|女士|主席|副主席|常委)"
_NOT_NAME = re.compile(
    r"各位|全体|人大|政协|我们|你们|您们|关于|本次|部分|有关|建议|提案|领衔|尊敬|人民|全国|列席|来信|转来|交办|提出|会议|大会|现就|届|次会|代表团"
)
_PROPOSED = re.compile(
    r"(?:^|[,。;:]|转来的?|交办的?|对|关于|[现兹]?就|现将|收到)(?:由)?(?P<who>(?!就|现|对|您|你|贵)(?:(?!转来|交办|提出|关于)[\u4e00-\u9fff·•、×*]){2,40}?)(?:\(?等\S{0,4}?\)?)?(?P<role>代表|委员(?!会))(?:等.{0,4})?(?:在.{0,40}?)?(?:所|联名)?(?:提出|提交|领衔|提的|《|“|\x22)"
)
_BRACKETED = re.compile(
    r"\((?:第一)?(?:提案人|提案者|建议人|提出人|领衔代表|领衔人|提案单位|代表|委员):(?P<who>[^()]{2,60})\)"
)
_BODY_PROPOSED = re.compile(
    r"(?:^|[,。;:]|转来的?|对|关于|就|将)(?P<who>(?!就|对|将|现[就将]|关于|转来)[\u4e00-\u9fff]{2,24}?(?:市委会?|市委员会|省委会?|省委员会|区委会?|县委会?|支部|总支|工商联|界别组?|专委会|活动组|委员会|中央|代表团))(?:(?:在.{0,30}?)?(?:所)?(?:提出|提交)"
    r"|的?[《“\x22][^《》“”]{4,80}[》”\x22]的?(?:建议|提案|议案|.{0,4}(?:会办|协办|收悉)))"
)
_PERSON = re.compile(
    r"[\u4e00-\u9fff]{2,4}|[\u4e00-\u9fff]{1,8}(?:[·•][\u4e00-\u9fff]{1,8})+|[\u4e00-\u9fff][×*某XxＸ]{1,2}|[\u4e00-\u9fff][×*某XxＸ][\u4e00-\u9fff]"
)
# Names of five characters and more, written without a dot, hold no word of an organ or a place.
_LONG_PERSON = re.compile(r"(?:(?![省市县区镇乡村局委会部组党团社院校厂司办处届站所台室各])[\u4e00-\u9fff]){5,9}")
# 和 divides two names, not a name such as 张和平.
_LISTED = re.compile(r"(?:(?!(?<=[\u4e00-\u9fff×某*]{2})(?:和|及|与)(?=[\u4e00-\u9fff]{2}))[^、,;:/])+")
_COUNT = re.compile(
    r"等?\(?(?:等|共)?(?P<n>\d{1,3}|[一二三四五六七八九十两百]{1,4})(?:位|名|人)(?=$|\)|[省市县区州]?(?:人大|政协)?(?:代表|委员|:|提))"
)
_LEADS = re.compile(r"\((?:领衔|第一提|首席|牵头)[^)]{0,6}\)|领衔(?:代表|人)?")
_COLLECTIVE = (
    (
        "党派",
        r"民革|民盟|民建|民进|农工|致公|九三|台盟|国民党革命|民主同盟|民主建国|民主促进|民主自治同盟|党派|知联会|无党派",
    ),
    ("代表团", r"代表团"),
    ("界别", r"界别|界$"),
    (
        "团体",
        r"工商联|工商业联合会|总商会|总工会|团(?:省|市|县|区|州|自治区)?委|共青团|妇联|妇女联合会|青联|青年联合会|侨联|科协|科学技术协会|台联|文联|残联|社科联|贸促会|红十字|联合会|联谊会|协会|商会|学会",
    ),
    ("专委会", r"委员会$|专委会|专门委|委$|政协.{1,12}委"),
    ("界别", r"界"),
    ("小组", r"组$|工作室$|联络站$"),
)
_BODY_END = re.compile(
    r"(?:局|厅|委|委员会|办公室|政府|会|组|党派|社|联|界|界别|支部|总支|代表团|中央|党|团|院|中心|工商联|民革|民盟|民建|民进|农工党|台盟)$"
)


def read_proposers(parts: Parts) -> tuple[Stated, ...]:
    """The persons or bodies that proposed: from the address, the box, or (in a 会办意见) the opening or title."""
    found = _from_address(parts.salutation) if parts.salutation else ()
    consulted = re.search("会办意见|协办意见|汇办意见", parts.head.text + parts.opening.text)
    personal = parts.salutation is not None and re.search("代表(?!团)|委员(?!会)", parts.salutation.text)
    start = lead(parts.opening)
    named = _PROPOSED.search(start.text) if found and not personal else None
    by_name = _names_between(start, named.start("who"), named.end("who")) if named else ()
    if by_name:
        found = by_name
    elif not personal and consulted:
        found = ()  # a 会办意见 goes to the organ that answers, not to who proposed
    listed = [s for f in parts.box_values("proposer") for s in _names(piece(parts.text, f.start, f.end))]
    boxed = tuple({s.value: s for s in reversed(listed)}[name] for name in dict.fromkeys(s.value for s in listed))
    # The address may name the first of those whom the box lists: 那仁图雅等代表.
    if not found or (len(boxed) > len(found) and {s.value for s in found} <= {s.value for s in boxed}):
        found = boxed or found
    for source in (start, parts.head, *parts.outside, *parts.pieces("name")):
        if found:
            break
        for pattern in (_PROPOSED, _BRACKETED):
            match = pattern.search(source.text[:400]) if not found else None
            if match:
                found = _names_between(source, match.start("who"), match.end("who"))
        if not found and (match := _BODY_PROPOSED.search(source.text[:300])):
            found = (source.group(match, "who"),)
    return found


def proposer_count(parts: Parts, found: tuple[Stated, ...]) -> Stated | None:
    """How many proposed: 等8位 counts all of them; else as many as are named."""
    start = lead(parts.opening)
    texts = [parts.salutation] if parts.salutation else []
    texts += [start, parts.head, *parts.pieces("proposer")]
    for source in texts:
        view = source.text if source is parts.salutation else source.text[:200]
        match = _COUNT.search(view.rstrip(":!,"))
        if match and (
            source is parts.salutation or "等" in match[0] or view[match.start() - 1 : match.start()] == "等"
        ):
            number = match["n"] if match["n"].isdigit() else str(chinese_numeral(match["n"]) or "")
            if number and int(number) >= max(len(found), 1):
                return source.stated(number, match.start("n"), match.end("n"))
    if not found:
        return None
    spans = [(s.start, s.end) for s in found if s.start is not None and s.end is not None]
    first = min((a for a, _ in spans), default=None)
    last = max((b for _, b in spans), default=None)
    return Stated(str(len(found)), first, last, "inferred", "按列名计数")


def lead_proposer(parts: Parts, found: tuple[Stated, ...]) -> Stated | None:
    """Who led: so marked in address or box, else the one named before 等 (inferred)."""
    for field in parts.box_values("proposer"):
        boxed = piece(parts.text, field.start, field.end)
        names = _names(boxed)
        if names and re.search("领衔|第一", field.label):
            return names[0]
        for stated in names:
            if re.search(rf"{re.escape(stated.value)}{_TITLES}?\((?:领衔|第一|首席|牵头)", boxed.text):
                return stated
    if not found:
        return None
    if parts.salutation:
        view = parts.salutation.text
        for mark in _LEADS.finditer(view):
            for stated in found:
                at = view.find("".join(stated.value.split()))
                name_end = at + len("".join(stated.value.split()))
                if at >= 0 and re.fullmatch(_TITLES + "?", view[name_end : mark.start()]) is not None:
                    return stated
    first, last = (re.escape("".join(s.value.split())) for s in (found[0], found[-1]))
    led = re.compile(rf"{first}{_TITLES}?\(?等|{last}{_TITLES}?\(?等[\d一二三四五六七八九十]{{1,3}}[位名人]")
    for source in (parts.salutation, lead(parts.opening)):
        if source and led.search(source.text[:200]):
            return Stated(found[0].value, found[0].start, found[0].end, "inferred", "“等”字前列名")
    return None


def collective(found: tuple[Stated, ...]) -> Stated | None:
    """What sort of body proposed; None for persons."""
    for stated in found:
        if _PERSON.fullmatch(stated.value) and not _BODY_END.search(stated.value):
            continue
        for name, pattern in _COLLECTIVE:
            if re.search(pattern, stated.value):
                return Stated(name, stated.start, stated.end, "inferred", "按提案单位名称")
    return None


def main_organ(parts: Parts) -> Stated | None:
    """Whom a 会办意见 is written to: the organ that it addresses, or the box's 主办单位."""
    if parts.salutation and not re.search("代表(?!团)|委员(?!会)", parts.salutation.text):
        name = parts.salutation.text.rstrip(":!,")
        return parts.salutation.stated(name, 0, len(name))
    for line in parts.titles:
        if match := re.match(r"主送:(?P<organ>[\u4e00-\u9fff]{3,30})$", line.text):
            return line.group(match, "organ")
    for field in parts.box_values("issuer"):
        if field.label.startswith("主办"):
            return Stated("".join(field.value.split()), field.start, field.end)
    return None


def _from_address(line: Piece) -> tuple[Stated, ...]:
    view = re.sub(r"[,]?(?:你|您)们?好[!,。:]?$", "", line.text).rstrip(":!,。")
    skip = len(re.match(r"(?:尊敬的|致(?!公))?", view)[0])  # type: ignore[index]  # it always matches, if only nothing
    if not re.search(r"(?:代表|委员|主席|常委)(?!会|团|小组|活动组|活动小组|工作室|联络站|履职)", view):
        return _bodies(line, view, skip)
    return _names_between(line, skip, len(view))


def _bodies(line: Piece, view: str, skip: int) -> tuple[Stated, ...]:
    found = (_body(line, skip + m.start(), m[0]) for m in re.finditer(r"[^、,]+", view[skip:]))
    return tuple(body for body in found if body)


def _body(line: Piece, start: int, name: str) -> Stated | None:
    """A party, group or organ as proposer; 等3个单位 after it is not its name."""
    name = re.sub(r"(?:等(?:\d+|[一二三四五六七八九十]+)?(?:个|家)?(?:单位|党派|界别)?|\([^)]*\))$", "", name)
    return line.stated(name, start, start + len(name)) if len(name) >= 2 and _BODY_END.search(name) else None


def _names(source: Piece) -> tuple[Stated, ...]:
    return _names_between(source, 0, len(source.text)) or (
        (source.stated(source.text, 0, len(source.text)),)
        if 2 <= len(source.text) <= 30 and not re.search(r"[×*]|^(?:无|略|见附件)", source.text)
        else ()
    )


def _names_between(source: Piece, start: int, end: int) -> tuple[Stated, ...]:
    """The personal names in a list such as 张三委员、李四等8位代表; nothing for 各位代表."""
    view = re.sub(r"\([^)]{1,20}\)|并转(?=[\u4e00-\u9fff]{2})", lambda m: "、" * len(m[0]), source.text[start:end])
    found: list[Stated] = []
    for match in _LISTED.finditer(view):
        whole = match[0]
        name = re.sub(
            r"^(?:尊敬的|领衔(?:人|(?=代表|委员))?|第一(?=代表|委员)|及|与)?(?:(?:[\u4e00-\u9fff]{0,4}[省市县区州盟旗])?(?:人大|政协)(?:代表|委员)?)?(?:代表|委员)?",
            "",
            whole,
        )
        name = re.sub(rf"{_TITLES}+.*$", "", name).split("等")[0]
        name = re.sub(r"(?:共)?(?:\d{1,3}|[一二三四五六七八九十两]{1,3})(?:位|名|人)$", "", name)
        at = start + match.start() + whole.index(name) if name else 0
        long = _LONG_PERSON.fullmatch(name) and not _BODY_END.search(name) and not find_regions(name)
        if (_PERSON.fullmatch(name) or long) and not _NOT_NAME.search(name) and not _is_party(name):
            found.append(source.stated(name, at, at + len(name)))
            continue
        body = _body(source, at, whole[whole.index(name) :] if "委员会" in whole else name) if name else None
        if body and (_is_party(name) or len(name) > 4):
            found.append(body)
    return tuple(found)


def _is_party(name: str) -> bool:
    return bool(
        re.fullmatch(
            r"民革|民盟|民建|民进|农工党?|致公党?|台盟|(?:.{0,4})工商联|(?:.{0,6})(?:妇联|团委|侨联|科协)", name
        )
    )
