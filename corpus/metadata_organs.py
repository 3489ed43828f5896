"""Which organs stand behind a letter: its issuer, those that took part, and whom to call."""

import re

from corpus.letter import Stated
from corpus.metadata_parts import Parts, Piece, is_date_line, own_lines, piece
from corpus.privacy import mask
from corpus.regions import find_regions, leading_region

_END = (
    r"(?:局|厅|委|委员会|办公室|办公厅|人民政府|政府|办事处|中心|管理处|管委会|总队|支队|大队|公司|集团|银行|支行|分行|研究院|学院|大学|医院|"
    r"开发区|工商联|残联|文联|侨联|台联|科协|社科联|总会|党校|中学|小学|学校|气象台|地震台|联合会|总工会|妇联|团委|法院|检察院|部|署|总局|协会|事务所|管理站|供电所|公安局|分局|街道|镇|乡|政协|人大|党组|社|联社|馆|所|总站|办|院)"
)
_ORGAN = re.compile(rf"[\u4e00-\u9fff()·]{{2,44}}{_END}(?:\([\u4e00-\u9fff]{{1,24}}\))?")
_NOT_ORGAN = re.compile(
    r"我们|提案|建议|答复|收悉|政务公开|信息公开|主动公开|互动|专题|专栏|首页|部门$|政府部门|版权所有|主办$|^(?:.{2,12}?)(?:会同|联合(?![社会网]))"
)
_FUNCTION_WORD = re.compile(
    r"我|贵|你|您|本|该|各|其|此|有关|相关|抄送|感谢|主送|附件|一|二|三|四|以上|特此|专此|关于|对|由|经|请|为|在|和|与|及|县区"
)
_SEALS = r"(?:\((?:盖章|章|公章|印章|签章|代章|印)\)|盖章|\(印章\))"
_DATED = r"(?:(?:19|20)\d\d|二[〇○零O0])[\d年月日.\-/〇○零O一二三四五六七八九十]{3,12}"
_SIGN_OFF = re.compile(
    rf"(?P<lead>(?:(?:答复|承办|办理|回复|发文)?(?:单位|机关|部门)|落款|署名){_SEALS}?:{_SEALS}?|(?:此复|(?:特此|专此)(?:答复|函复|复函|回复)?)[。.,]?)?"
    rf"(?P<organ>[\u4e00-\u9fff()·]{{2,46}}?){_SEALS}?(?P<more>(?:、[\u4e00-\u9fff()·]{{4,40}}?{_SEALS}?){{0,4}})(?:{_DATED})?{_SEALS}?$"
)
_CONTACT = re.compile(r"联系人|联系电话|联系方式|经办人|联络人|咨询电话|承办人|联系(?=:)|办公电话")
_PERSON = re.compile(
    r"(?:联系人|联络人|经办人|承办人)(?:员)?(?:姓名)?(?:及(?:联系)?(?:电话|方式))?[:|]?(?P<name>[\u4e00-\u9fff·×*]{2,6}?)(?=联系|电话|手机|办公|[\d(,,、;:|)]|$|\*)"
)
_PHONE = re.compile(
    r"(?<!\d)(?:\(?0\d{2,3}\)?[-—]{1,2}|\(0\d{2,3}\))?\d{7,8}(?:[-转]\d{1,5})?(?!\d)|(?<!\d)1[3-9]\d(?:\d{8}|\*{4}\d{4}|\*{8})(?!\d)"
)
_CONTACT_ORGAN = re.compile(
    r"\(?联系(?:单位|部门|科室)(?:及(?:联系)?(?:人|电话|方式))*:(?P<organ>[\u4e00-\u9fff()]{4,40}?)(?=\(?联系|\(?电话|[\d,;。|、]|\([\d]|\)?$)"
)
_SELF = r"(?:我局|我委|我厅|我办|我单位|我部|我们|本局|我中心|我院|我县|我处|我会|我街道|我镇|由)"
_CO = re.compile(
    rf"(?:经|已|并|在|{_SELF}|,|。|^)+{_SELF}?(?:认真|及时|积极|专门|牵头|主动|立即|迅速|多次)?(?:会同|会办|会商|协同|联合|函商|商请|征求|综合|协商|并商|并会同|商|会(?=[省市县区州国])|(?<=经)与|(?<=经我局)与|(?<=我[局委厅办])与)(?:了)?"
    r"(?P<who>(?:(?!我局|我委|,[并经再])[\u4e00-\u9fff、,()]){2,90}?)(?=等?(?:\d{1,2}|[一二三四五六七八九十])?(?:个|家)?(?:协办|会办|有关|相关)?(?:单位|部门)?(?:的)?(?:认真|共同|进行|深入|联合|沟通|协商|意见|一并|研究|办理|会商|商|承办|答复|逐条|多次|汇总)|,现|,提出|,就|,[并经再]|。|$)"
)
_CORE = r"(?:公安|财政|发展改革|发改|科技|科学技术|工信|工业和信息化|经信|教育|住房|住建|城市管理|城管|市场监管|市场监督|农业|水利|水务|交通|民政|人社|人力资源|生态环境|自然资源|规划|卫生|卫健|文化|文旅|商务|应急|审计|统计|税务|司法|大数据|医保|林草|园林|国资|金融)"
_SHORT_ENDS = ("局", "委", "厅", "部", "办", "院", "会", "府", "心", "处", "道", "镇", "乡", "司")
_CO_AFTER = re.compile(
    r"(?:主办|主办单位|牵头|牵头单位),(?:由|并由|会同)?(?P<who>[\u4e00-\u9fff、()]{3,90}?)(?:共同|一并|联合)?(?:协办|会办|分办|配合|协助|(?:会同|共同|协同)(?:承办|办理)|为(?:协办|会办|配合)单位)(?=[。,;]|办理)"
)
_CO_OPINION = re.compile(
    r"(?:结合|综合|参考|汇总|根据)(?:了)?(?P<who>[\u4e00-\u9fff、()]{3,60}?)(?:的|等单位)?(?:会办|协办|反馈)意见"
)
_CO_WITH = re.compile(
    r"(?:与|和|会同)(?P<who>(?:(?![对就将与])[\u4e00-\u9fff、]){3,80}?)等?(?:\d{1,2}|[一二三四五六七八九十几])?[家个]?(?:协办|会办|分办|配合)(?:单位|部门)"
)
_CO_LINE = re.compile(r"(?:会办|协办|分办|参与)(?:单位|部门)?:(?P<who>.{2,80})")


def read_issuer(parts: Parts) -> Stated | None:
    """The organ that signed; else the one that title, letterhead, box or page path name; never a guess."""
    return (
        _signing_organ(parts)
        or _title_organ(parts)
        or _letterhead_organ(parts)
        or _bracketed_organ(parts)
        or _contact_organ(parts, whole=True)
        or _box_organ(parts)
        or _contact_organ(parts, whole=False)
        or _path_organ(parts)
    )


def read_co_organs(parts: Parts) -> tuple[Stated, ...]:
    """The organs that took part in the reply: 会办/协办 fields, lines and 经会同…, 经商…."""
    fields = [s for f in parts.box_values("co") for s in _organs(piece(parts.text, f.start, f.end), 0, None)]
    if fields:
        return tuple(fields)
    start = re.split(r"(?:答复|函复|回复|报告|汇报|办理情况|函告|复函|意见)?如下", parts.opening.text[:600])[0]
    for pattern in (_CO_AFTER, _CO, _CO_OPINION, _CO_WITH):
        spans = [match.span("who") for match in pattern.finditer(start)]
        named = {organ.value: organ for begun, end in reversed(spans) for organ in _organs(parts.opening, begun, end)}
        if named:
            return tuple(sorted(named.values(), key=lambda organ: organ.start or 0))
    for line in (*parts.titles, *parts.tail):
        listed = _CO_LINE.match(line.text) if line.where else None
        if listed:
            return _organs(line, listed.start("who"), listed.end("who"))
    return ()


def read_contact(parts: Parts) -> Stated | None:
    """Name and telephone of the contact, a mobile number masked: 郎荣旗 139****0026."""
    lines = (*parts.tail, *(line for line in parts.lines if len(line.text) <= 80))
    for i, line in enumerate(lines):
        found = _CONTACT.search(line.text) if len(line.text) <= 120 else None
        if not found:
            continue
        sources = [
            line,
            *(n for n in lines[i + 1 : i + 2] if _CONTACT.search(n.text) or re.search("电话", n.text[:12])),
        ]
        person = _PERSON.search(line.text)
        for source in sources:
            phones = list(_PHONE.finditer(source.text))
            if phones or (person and source is sources[-1]):
                values = ([person["name"]] if person else []) + [mask(p[0]) for p in phones]
                start = line.where[found.start()]
                ends = [source.where[p.end() - 1] + 1 for p in phones] or [line.where[(person or found).end() - 1] + 1]
                return Stated(" ".join(values), start, max(ends))
    return None


def is_organ(view: str) -> bool:
    """Whether a squeezed text is the name of an organ and nothing else."""
    if not _ORGAN.fullmatch(view) or _NOT_ORGAN.search(view):
        return False
    return not _FUNCTION_WORD.match(view) or leading_region(view) is not None  # 贵局, but 贵州省…局


def _signing_organ(parts: Parts) -> Stated | None:
    """The organ on the line above, before or below the date of signing, else a last line that is only an organ."""
    lines = own_lines(parts)
    top = parts.salutation.where[0] if parts.salutation else -1
    for i in range(len(lines) - 1, max(-1, len(lines) - 80), -1):
        line = lines[i]
        if not line.where:  # a bar of a table and nothing in it
            continue
        if line.where[0] <= top:
            break
        match = _signature(line)
        if not match:
            continue
        dated = match.end("organ") < len(line.text) and re.search(r"\d|二", line.text[match.end("organ") :])
        near = any(is_date_line(n.text) for n in lines[max(0, i - 1) + bool(match["lead"]) : i + 4])
        if dated or near or (i >= len(lines) - 8 and not (match["lead"] or match["more"])):
            while not dated and i > 0 and lines[i - 1].where[:1] > (top,) and _signature(lines[i - 1]):
                if not is_organ(lines[i - 1].text):
                    break
                i -= 1  # several sign: the first is the one that answers
            first = _signature(lines[i])
            return _first_of_several(parts.text, lines[i].group(first, "organ")) if first else None
    return None


def _signature(line: Piece) -> re.Match[str] | None:
    if len(line.text) > 64:
        return None
    match = _SIGN_OFF.match(line.text)
    if not match or not is_organ(match["organ"]):
        return None
    return match if all(is_organ(more) for more in match["more"].split("、")[1:]) else None


def _first_of_several(text: str, signed: Stated) -> Stated:
    """Two organs signed on one line: the first is the one that answers."""
    if signed.start is None:
        return signed
    names = text[signed.start : signed.end].split()
    if len(names) == 2 and all(len(name) >= 5 and is_organ(name) for name in names):
        return Stated(names[0], signed.start, signed.start + len(names[0]))
    return signed


def _title_organ(parts: Parts) -> Stated | None:
    """昆明市科学技术局关于对… — the organ before 关于 or 对 in a title line or the box's 名称."""
    for line in (*parts.titles, *parts.pieces("name")):
        match = re.match(
            rf"(?:20\d\d年度?)?(?P<organ>[\u4e00-\u9fff]{{2,30}}?{_END})(?=关于|对|办理|答复|回复|会办|就)",
            line.text,
        )
        if match and is_organ(match["organ"]):
            return line.group(match, "organ")
    return None


def _letterhead_organ(parts: Parts) -> Stated | None:
    for line in parts.titles:
        match = re.fullmatch(r"(?P<organ>[\u4e00-\u9fff()]{4,40}?)(?:文件|\(函\)|函|便函|用笺)?", line.text)
        if match and line.where and is_organ(match["organ"]):
            return _first_of_several(parts.text, line.group(match, "organ"))
    return None


def _box_organ(parts: Parts) -> Stated | None:
    for field in parts.box_values("issuer", "source", ""):
        source = piece(parts.text, field.start, field.end)
        match = re.match(r"(?P<organ>[\u4e00-\u9fff()]+?)(?:网站|网|官网|门户网站|办公室)?(?=\d|$)", source.text)
        if match and is_organ(source.text):
            match = re.match(r"(?P<organ>.+)", source.text) or match
        if match and is_organ(match["organ"]):
            if field.key == "source":
                return source.group(match, "organ", "inferred", "页面来源栏")
            return source.group(match, "organ")
    return None


def _bracketed_organ(parts: Parts) -> Stated | None:
    """…第3号建议的答复(水利局)."""
    for line in parts.titles:
        match = re.search(
            r"(?:答复|复函|回复|复文|函|意见)(?:[(【\[]|—+|--)(?P<organ>[\u4e00-\u9fff]{2,20}?)[)】\]]?$", line.text
        )
        if match and is_organ(match["organ"]):
            return line.group(match, "organ", "inferred", "题后括注")
    return None


def _contact_organ(parts: Parts, *, whole: bool) -> Stated | None:
    """联系单位:泾县水利局; `whole` asks for a name with its place or level, not that of a section of the organ."""
    for line in parts.tail:
        match = _CONTACT_ORGAN.match(line.text) if line.where else None
        if not match or not is_organ(match["organ"]) or match["organ"][0] in "局委厅办科":
            continue
        if not whole or leading_region(match["organ"]) or match["organ"][0] in "省市县区州旗":
            return line.group(match, "organ", "inferred", "联系单位")
    return None


def _path_organ(parts: Parts) -> Stated | None:
    for station in reversed(parts.breadcrumb):
        name = "".join(station.split())
        if is_organ(name) and len(name) >= 4 and not re.search("政府$|部门", name):
            return Stated(name, origin="inferred", rule="页面路径")
    return None


def _organs(source: Piece, start: int, end: int | None) -> tuple[Stated, ...]:
    """The organs in a list; 和 divides only after an organ's ending, and a list without commas is cut before 市公安…."""
    view = source.text[start:end]
    view = re.sub(r"(?:等|协办|会办|有关|相关|\d|[一二三四五六七八九十](?=个|家)|个|家)*(?:单位|部门)?$", "", view)
    cuts = r"[、,;]|" + "|".join(rf"(?<={e})(?:和|及|与|以及)" for e in _SHORT_ENDS)
    found, at = [], 0
    for part in re.split(rf"({cuts})", view):
        glued = part[:1] in "省市县区州" and not re.fullmatch(cuts, part)
        for sub in re.split(rf"(?<=..)(?=[省市县区州]{_CORE})", part) if glued else [part]:
            if _may_be_organ(sub) and not re.fullmatch(cuts, sub):
                found.append(source.stated(sub, start + at, start + at + len(sub)))
            at += len(sub)
    return tuple(found)


def _may_be_organ(name: str) -> bool:
    if len(name) < 3 or re.search(
        r"^(?:有关|相关|各|等|您|你|代表|委员|该)|提案|建议|委员$|代表|沟通|面商|研究$|[到赴](?!.{0,3}(?:区|县|镇)$)|现场|实地|踏勘|走访|居委会|村委会|单位|专家|群众|居民|村民",
        name,
    ):
        return False
    places = find_regions(name)
    return not (places and places[-1][2] == len(name) and not name.endswith(("政府", "街道", "镇", "乡")))
