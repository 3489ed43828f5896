"""Who is in a letter: proposers, issuer, co-organs and contact."""

import re

from corpus.letter import Stated
from corpus.metadata_parts import Parts, Piece, piece

_ORGAN_END = (
    r"(?:局|厅|委|委员会|办公室|人民政府|政府|办事处|中心|管理处|管委会|总队|支队|大队|公司|集团|银行|研究院|学院|大学|医院|"
    r"开发区|工商联|联合会|总工会|妇联|团委|法院|检察院|部|署|总局|协会|事务所|管理站|供电所|公安局|分局|街道|镇|乡)"
)
_ORGAN = re.compile(rf"[\u4e00-\u9fff()]{{2,40}}{_ORGAN_END}(?:\([\u4e00-\u9fff]{{2,20}}\))?")
_NOT_ORGAN = re.compile(
    r"^(?:我|贵|你|您|本|该|各|其|此|有关|相关|抄送|感谢|主送|附件|一|二|三|以上|特此|关于|对)|现|我们|提案|建议|答复"
)
_NOT_NAME = re.compile(r"各位|全体|人大|政协|我们|你们|您们|关于|本次|部分|有关|建议|提案|领衔|尊敬|人民|全国|列席")
_TITLES = r"(?:代表|委员|同志|先生|女士|主席|副主席)"
_BRACKETS = re.compile(r"\([^)]{1,20}\)")
_COUNT = re.compile(r"(?:等|及|和)?(?:(?:其他)?[一二三四五六七八九十百\d]{0,4}[位名]?(?:市|省|县|区|人大|政协)?)$")
_PROPOSED = re.compile(
    r"(?:^|[,。;:]|转来的?|交办的?|对|关于|[现兹]?就|现将)(?:由)?(?P<who>(?!就|现就)[\u4e00-\u9fff·、]{2,30}?)(?:等\S{0,4})?(?P<role>代表|委员)(?:等.{0,4})?(?:在.{0,30})?(?:所)?(?:提出|提交|领衔|提的)"
)
_BODY_PROPOSED = re.compile(
    r"(?:转来的?|对|关于)(?P<who>[\u4e00-\u9fff]{3,20}?(?:市委会?|市委员会|省委会?|省委员会|支部|总支|工商联|界别组?|专委会))(?:所)?(?:提出|提交)"
)
_BODY_END = re.compile(rf"{_ORGAN_END}$|会$|组$|委$|党派$|社$|联$|界$|界别$|支部$|总支$|代表团$")
_PERSON_NAME = re.compile(r"[\u4e00-\u9fff]{2,4}|[\u4e00-\u9fff]{1,8}(?:[·•][\u4e00-\u9fff]{1,8})+")
# 和 divides two names, not a name such as 张和平.
_LISTED = re.compile(r"(?:(?!(?<=[\u4e00-\u9fff]{2})(?:和|及|与)(?=[\u4e00-\u9fff]{2}))[^、,;:/])+")
_MOBILE = re.compile(r"(?<!\d)(1[3-9]\d)(\d{4})(\d{4})(?!\d)")
_PHONE = re.compile(
    r"(?<!\d)(?:\(?0\d{2,3}\)?[-—]{1,2}|\(0\d{2,3}\))?\d{7,8}(?:[-转]\d{1,5})?(?!\d)|(?<!\d)1[3-9]\d{9}(?!\d)"
)
_CONTACT = re.compile(r"联系人|联系电话|联系方式|经办人|联络人|咨询电话")
_PERSON = re.compile(
    r"(?:联系人|联络人|经办人)(?:员)?(?:姓名)?(?:及(?:联系)?(?:电话|方式))?:(?P<name>[\u4e00-\u9fff·]{2,6}?)(?=联系|电话|手机|办公|[\d(,,、;:×)]|$)"
)
_CO = re.compile(
    r"(?:经|已|由|我局|我委|我厅|我办|我单位|我部|我们|本局|我中心|我院|,|。|^)(?:我局|我委|我厅|我办|我部|我单位|我们)?(?:会同|会商|协同|联合|商|征求|与|和|并商|并会同)(?:了)?"
    r"(?P<who>(?:(?!我局|我委)[\u4e00-\u9fff、,()]){2,90}?)(?=等?(?:\d{1,2}|[一二三四五六七八九十])?(?:个|家)?(?:协办|会办|有关|相关)?(?:单位|部门)?(?:的)?(?:认真|共同|进行|深入|联合|沟通|协商|意见|一并|研究|办理|会商|商)|,现|,提出|,就|$)"
)
_CO_CORE = r"(?:公安|财政|发展改革|发改|科技|科学技术|工信|工业和信息化|经信|教育|住房|住建|城市管理|城管|市场监管|市场监督|农业|水利|水务|交通|民政|人社|人力资源|生态环境|自然资源|规划|卫生|卫健|文化|文旅|商务|应急|审计|统计|税务|司法|大数据|医保|林草|园林|国资|金融)"


def proposers(parts: Parts) -> tuple[Stated, ...]:
    """The persons or bodies that proposed: from the address, the box, or (in a 会办意见) the opening or title."""
    found = _from_address(parts.salutation) if parts.salutation else ()
    consulted = re.search("会办意见|协办意见", parts.head.text + parts.opening.text)
    personal = parts.salutation is not None and re.search("代表|委员(?!会)", parts.salutation.text)
    if found and not personal and (match := _PROPOSED.search(parts.opening.text[:200])):
        found = _names_between(parts.opening, match.start("who"), match.end("who")) or found
    elif not personal and consulted:
        found = ()  # a 会办意见 goes to the organ that answers, not to who proposed
    if not found:
        found = tuple(s for f in parts.box_values("proposer") for s in _names(piece(parts.text, f.start, f.end)))
    for source in (parts.opening, parts.head, *(t for t in parts.titles if not t.where)):
        if found:
            break
        if match := _PROPOSED.search(source.text[:300]):
            found = _names_between(source, match.start("who"), match.end("who"))
        elif match := _BODY_PROPOSED.search(source.text[:300]):
            found = (source.group(match, "who"),)
    return found


def issuer(parts: Parts) -> Stated | None:
    """The organ that signed; else the one that title, letterhead, box or page path name; never a guess."""
    return (
        _signing_organ(parts)
        or _title_organ(parts)
        or _letterhead_organ(parts)
        or _box_organ(parts)
        or next(
            (Stated(c, origin="inferred") for c in reversed(parts.breadcrumb) if _is_organ("".join(c.split()))), None
        )
    )


def co_organs(parts: Parts) -> tuple[Stated, ...]:
    """The organs that took part in the reply: 会办/协办 fields, 经会同…, 经商…."""
    fields = [s for f in parts.box_values("co") for s in _organs(piece(parts.text, f.start, f.end), 0, None)]
    if fields:
        return tuple(fields)
    for match in _CO.finditer(parts.opening.text[:600]):
        found = _organs(parts.opening, match.start("who"), match.end("who"))
        if found:
            return found
    return ()


def contact(parts: Parts) -> Stated | None:
    """Name and telephone of the contact, a mobile number masked: 郎荣旗 139****0026."""
    for line in (*parts.tail, *(line for line in parts.lines if _CONTACT.search(line.text) and len(line.text) <= 80)):
        found = _CONTACT.search(line.text) if len(line.text) <= 120 else None
        if not found:
            continue
        person, phones = _PERSON.search(line.text), list(_PHONE.finditer(line.text))
        if person or phones:
            values = ([person["name"]] if person else []) + [mask(p[0]) for p in phones]
            ends = [m.end("name") for m in [person] if m] + [p.end() for p in phones]
            return line.stated(" ".join(values), found.start(), max(ends))
    return None


def mask(text: str) -> str:
    """The text with the middle of every mobile number hidden; landlines stay.

    >>> mask("13800138000 0871-63135555")
    '138****8000 0871-63135555'
    """
    return _MOBILE.sub(r"\1****\3", text)


def _from_address(line: Piece) -> tuple[Stated, ...]:
    view = line.text.rstrip(":")
    who = re.match(rf"(?:尊敬的)?(?P<who>.+?)(?:{_TITLES}|$)(?:\([^)]*\))?", view)
    if not who:
        return ()
    if not re.search(r"(?:代表|委员)(?!会|团|小组)", view):
        return _bodies(line, view)
    return _names_between(line, who.start("who"), len(view))


def _bodies(line: Piece, view: str) -> tuple[Stated, ...]:
    skip = len(view) - len(view.removeprefix("尊敬的"))
    found = (_body(line, skip + m.start(), m[0]) for m in re.finditer(r"[^、,]+", view[skip:]))
    return tuple(body for body in found if body)


def _body(line: Piece, start: int, name: str) -> Stated | None:
    """A party, group or organ as proposer; 等3个单位 after it is not its name."""
    name = re.sub(r"等(?:\d+|[一二三四五六七八九十]+)?(?:个|家)?(?:单位|党派|界别)?$", "", name)
    return line.stated(name, start, start + len(name)) if len(name) >= 2 and _BODY_END.search(name) else None


def _names(source: Piece) -> tuple[Stated, ...]:
    return _names_between(source, 0, len(source.text)) or (
        (source.stated(source.text, 0, len(source.text)),)
        if 2 <= len(source.text) <= 30 and "×" not in source.text
        else ()
    )


def _names_between(source: Piece, start: int, end: int) -> tuple[Stated, ...]:
    """The personal names in a list such as 张三委员、李四等8位代表; nothing for 各位代表."""
    view = _BRACKETS.sub(lambda m: "、" * len(m[0]), source.text[start:end])
    found = []
    for match in _LISTED.finditer(view):
        name = re.sub(r"^(?:尊敬的|及|与)?(?:[省市县区州]?(?:人大|政协)(?:代表|委员)?)?", "", match[0])
        name = re.sub(rf"(?:{_TITLES})+.*$", "", name).split("等")[0]
        at = start + match.start() + match[0].index(name)
        if _PERSON_NAME.fullmatch(name) and not _NOT_NAME.search(name):
            found.append(source.stated(name, at, at + len(name)))
        elif len(name) > 4 and (body := _body(source, at, match[0][match[0].index(name) :])):
            found.append(body)
    return tuple(found)


def _is_organ(view: str) -> bool:
    return bool(_ORGAN.fullmatch(view)) and not _NOT_ORGAN.search(view)


def _signing_organ(parts: Parts) -> Stated | None:
    """The line right above (or before) the date of signing, else a last line that is only an organ."""
    lines = parts.lines
    for i in range(len(lines) - 1, max(-1, len(lines) - 60), -1):
        view = lines[i].text
        match = re.match(
            r"(?P<organ>[\u4e00-\u9fff()]{3,40}?)(?:\((?:盖章|章|公章|印章)\)|盖章)?(?:(?:20\d\d|二[〇○零O]).{4,12}日?)?$",
            view,
        )
        if not match or not _is_organ(match["organ"]) or len(view) > 60:
            continue
        dated = match.end("organ") < len(view) or any(
            "年" in n.text and len(n.text) <= 25 for n in lines[i + 1 : i + 3]
        )
        above = parts.salutation is not None and lines[i].where[0] < (parts.salutation.where or (0,))[0]
        if not above and (dated or i >= len(lines) - 8) and parts.salutation is not lines[i]:
            if parts.salutation and parts.salutation.where[0] == lines[i].where[0]:
                continue
            return lines[i].group(match, "organ")
    return None


def _title_organ(parts: Parts) -> Stated | None:
    """昆明市科学技术局关于对… — the organ before 关于 or 对 in a title line or the box's 名称."""
    names = tuple(piece(parts.text, f.start, f.end) for f in parts.box_values("name"))
    for line in (*parts.titles, *names):
        match = re.match(
            rf"(?:20\d\d年度?)?(?P<organ>[\u4e00-\u9fff]{{2,30}}?{_ORGAN_END})(?=关于|对|办理|答复|回复|会办)",
            line.text,
        )
        if match and _is_organ(match["organ"]):
            return line.group(match, "organ")
    return None


def _letterhead_organ(parts: Parts) -> Stated | None:
    for line in parts.titles:
        match = re.fullmatch(r"(?P<organ>[\u4e00-\u9fff()]{4,40}?)(?:文件|\(函\)|函)?", line.text)
        if match and _is_organ(match["organ"]):
            return line.group(match, "organ")
    return None


def _box_organ(parts: Parts) -> Stated | None:
    for field in parts.box_values("issuer", "source", ""):
        source = piece(parts.text, field.start, field.end)
        match = re.match(r"(?P<organ>[\u4e00-\u9fff()]+?)(?:网站|网|官网|门户网站)?(?=\d|$)", source.text)
        if match and _is_organ(match["organ"]):
            return source.group(match, "organ", "inferred" if field.key == "source" else "stated")
    return None


def _organs(source: Piece, start: int, end: int | None) -> tuple[Stated, ...]:
    """The organs in a list; 和 divides only after an organ's ending, and a list without commas is cut before 市公安…."""
    view = source.text[start:end]
    view = re.sub(r"(?:等|协办|会办|有关|相关)*(?:单位|部门)?$", "", view)
    cuts = rf"[、,;]|(?<={'|'.join(_SHORT_ENDS[:1])})(?:和|及|与)|" + "|".join(
        rf"(?<={e})(?:和|及|与)" for e in _SHORT_ENDS
    )
    found, at = [], 0
    for part in re.split(rf"({cuts})", view):
        glued = part[:1] in "省市县区州" and not re.fullmatch(cuts, part)
        for sub in re.split(rf"(?<=..)(?=[省市县区州]{_CO_CORE})", part) if glued else [part]:
            if (
                len(sub) >= 3
                and not re.fullmatch(cuts, sub)
                and not re.search(r"^(?:有关|相关|各|等)|提案|建议|委员$|代表", sub)
            ):
                found.append(source.stated(sub, start + at, start + at + len(sub)))
            at += len(sub)
    return tuple(found)


_SHORT_ENDS = ("局", "委", "厅", "部", "办", "院", "会", "府", "心", "处")
