"""The information box of a government page: its labels, which lines belong to it, and the fields in them."""

import re
import unicodedata
from dataclasses import dataclass

# What the box calls a thing → the name by which metadata asks for it. Longer labels win over their own parts.
LABELS: dict[str, str] = {
    label: key
    for key, labels in {
        "index_no": "索引号 信息索引号 索引编号 索取号 信息索取号 公开索引号 信息公开索引号 索引码",
        "issuer": "发布机构 发布机关 发布单位 发文机关 发文单位 发文机构 制发机关 制发单位 公开机构 公开机关 公开主体 责任部门"
        " 发布部门 承办单位 主办单位 答复单位 办理单位 制作单位 回复单位 发布单位 公文发布机构 发布者 承办部门 答复部门 主办部门",
        "source": "来源 信息来源 文章来源 稿源 稿件来源 内容来源",
        "publish": "发布日期 发布时间 发表时间 发表日期 公开日期 公开时间 更新时间 更新日期 时间 日期 发文日期 发文时间 录入时间"
        " 上网时间 信息发布日期",
        "written": "成文日期 成文时间 生成日期 生成时间 答复时间 答复日期 形成日期",
        "name": "名称 标题 信息名称 文件名称 信息标题 文件标题 公文标题 公文名称",
        "title": "建议提案标题 案由 提案标题 建议标题 提案题目 建议题目 提案名称 建议名称 建议提案名称 提案案由 题目 建议案由 建议提案题目 建议内容标题",
        "number": "建议提案编号 提案编号 建议编号 提案号 建议号 案号 提案编码 建议提案号 提案案号 建议序号 编号 提案序号 建议编码 议案编号",
        "proposer": "代表提案者 提案人 提案者 建议人 提出人 领衔代表 第一提案人 提议人 代表姓名 委员姓名 提案委员 建议代表 领衔人"
        " 领衔委员 提案单位 提出代表 提出委员 代表委员姓名 代表 委员 提案委员姓名 建议代表姓名 第一提案者 提建议人 提案者姓名",
        "session": "会议届次 届次",
        "category": "办理类型 答复类别 办复类别 办理类别 答复类型 办理结果 答复分类 办理结果类别 办复结果 办结类别 答复结果 办理分类",
        "doc_no": "文号 发文字号 发文文号 文件编号 文件字号 公文字号 发文号 公文编号 文件文号 文号编号",
        "co": "协办单位 会办单位 协办部门 会办部门 分办单位 协办 会办",
        "disclosure": "公开属性 公开类别 公开类型 是否公开 是否同意公开 公开方式 公开选项 公开程度",
        "signer": "签发人 签发领导 审签人 签批人 核签人 签署人",
        "other": "主题分类 主题词 关键词 关键字 效力状态 有效性 时效性 生效日期 废止日期 失效日期 组配分类 体裁分类 体裁 服务对象"
        " 公开形式 公开范围 公开程序 公开时限 信息分类 所属分类 所属类别 公文种类 统一编号 登记号 作者 编辑"
        " 浏览次数 阅读次数 点击次数 点击数 点击量 访问量 阅读量 阅读 浏览 办理方式 答复内容 保管期限 字体 字号 字体大小 文字大小 有效期"
        " 语种 信息有效性 文件状态 效力 规范性文件编号 效力状况 公文目录 公文时效 公文生效日期 新编号 事项名称 栏目 分类 词 信息类别 内容概述",
    }.items()
    for label in labels.split()
}
# Words that a plain text may well begin a line with: they make no page out of it.
_WEAK = frozenset(
    (
        "时间",
        "日期",
        "名称",
        "标题",
        "作者",
        "编辑",
        "来源",
        "题目",
        "关键词",
        "关键字",
        "主题词",
        "阅读",
        "浏览",
        "分类",
        "词",
        "栏目",
        "体裁",
        "语种",
        "代表",
        "委员",
        "编号",
        "协办",
        "会办",
        "届次",
        "效力",
    )
)
# A letter may carry these itself, above its salutation.
_LETTERHEAD = frozenset(label for label, key in LABELS.items() if key in ("category", "doc_no", "disclosure", "signer"))
# A second label beside the first: 文号/索引号：, 发文字号（文号）：
_BESIDE = r"(?:[ \t]*[/(、][ \t]*(?:索引号|文号|发文字号|字号|编号|文件编号)[ \t]*\)?)?"
# A label run into the value before it: 来源:泾县公安局发布时间:…
_BEGUN = (
    r"(?:(?<![\u4e00-\u9fff])|(?<=[局厅委办府会室心处院部站所社队网])(?=(?:发布|发文|更新|成文|公开)(?:日期|时间):"
    r"|(?:信息)?来源:|(?:浏览|阅读|点击)(?:次数|量):|(?:字体|文字)大小:|字[体号]:|索引号:|作者:|主题分类:|文号:))"
)
_STRONG = re.compile(
    _BEGUN
    + r"(?:"
    + "|".join(
        r"[ \t]*".join(label) for label in sorted(LABELS, key=len, reverse=True) if label not in _WEAK | _LETTERHEAD
    )
    + rf"){_BESIDE}[ \t]*(?:[】\]][ \t]*[:|]?|[:|]|$)"
)
_LABEL = re.compile(
    _BEGUN
    + r"(?P<label>"
    + "|".join(r"[ \t]*".join(label) for label in sorted(LABELS, key=len, reverse=True))
    + rf")(?P<beside>{_BESIDE})[ \t]*(?P<mark>[】\]][ \t]*[:|]?|[:|]|$)"
)
# A label and its value with nothing but blanks between them.
_SPACED = re.compile(
    r"(?P<label>"
    + "|".join(
        r"[ \t]*".join(label) for label in sorted(LABELS, key=len, reverse=True) if label not in _WEAK | _LETTERHEAD
    )
    + r")[ \t]+(?P<value>[^\s:|][^。:]{0,60})$"
)
_SPACED_LABEL = re.compile(
    r"(?:^|(?<=[ \t]))(?P<label>"
    + "|".join(r"[ \t]*".join(label) for label in sorted(LABELS, key=len, reverse=True))
    + r")(?:[ \t]+(?=[^\s:|])|(?=[ \t]*$))"
)
# A label run into a value whose shape tells what it is: 文号泾工信函〔2021〕4号, 文  号 〔〕泾水建字〔2024〕6号.
_GLUED = re.compile(
    r"(?P<label>(?:信息)?索[ \t]*引[ \t]*号(?=[0-9A-Za-z]{4})"
    r"|(?:发布|生成|成文|公开|发文)(?:日期|时间)(?=(?:19|20)\d\d[-年./]\d)"
    r"|(?P<doc>文[ \t]*号|发文字号|发文文号)(?=[ \t号〔〕\[\]()]{0,8}[\u4e00-\u9fffA-Za-z]{2,14}[〔\[(](?:19|20)\d\d[〕\])]))"
)
_UNKNOWN_LABEL = re.compile(r"\s(?:[\u4e00-\u9fff]\s?){2,8}:")
# An index number, and after a blank what belongs to another field.
_AFTER_INDEX = re.compile(r"[ |】\]:]*(?=[0-9A-Za-z/\-_.]*\d)[0-9A-Za-z/\-_.]{6,}(?=[ |]+[\u4e00-\u9fff])")
_BARE = ("办理方式", "答复内容", "答复情况", "办理答复", "回复内容", "主题分类", "公开属性", "公开方式")
_BULLET = re.compile(r"\s*[•●◦·*\-]\s+\S")
INDEX_SHAPE = re.compile(r"(?<![0-9A-Za-z])[0-9A-Za-z]{6,}(?:-[0-9A-Za-z]+)?/\d{4}-\d{3,}(?!\d)")
_DATE_SHAPE = re.compile(r"(?:19|20)\d\d\s*[-/.年]\s*\d{1,2}\s*[-/.月]\s*\d{1,2}\s*日?(?:\s*\d{1,2}:\d{2}(?::\d{2})?)?")


@dataclass(frozen=True)
class Field:
    """One field of the box: `key` is a value of LABELS, or "" for a value without a name; offsets frame the value."""

    key: str
    label: str
    value: str
    start: int
    end: int


def flat(text: str) -> str:
    """A copy for matching, of the same length: full-width forms as half-width, every odd space as a space.

    >>> flat("索引号：Ａ〔２０２２〕")
    '索引号:A〔2022〕'
    """
    odd = _CHANGED.intersection(_ODD.findall(text))
    if len(odd) > 40:
        return text.translate(_FLAT)
    # A text holds few of them: to replace each takes half the time of looking up every character.
    for character in odd:
        text = text.replace(character, _FLAT[ord(character)])
    return text


def is_strong(line: str) -> bool:
    """Whether a (flat) line opens with a label, and one of its labels is such as only an information box uses."""
    start = line.lstrip(" |•●◦·*-\t【[")
    if len(start) > 300:
        return False
    glued = _GLUED.match(start)
    if _SPACED.match(start) or (glued and not glued["doc"]):
        return True
    if not (_LABEL.match(start) or _dated(line)):
        return False
    return is_bare_label(line) or bool(_STRONG.search(start))


def is_weak(line: str) -> bool:
    """Whether a (flat) line may belong to a box if it stands in a page: 来源:…, a date first, a bulleted value."""
    short = len(line.strip()) <= 100
    start = line.lstrip(" |•●◦·*-\t【[")
    return short and bool(_LABEL.match(start) or _GLUED.match(start) or _dated(line) or _BULLET.match(line))


def is_nameless(line: str) -> bool:
    """Whether a (flat) line is a bullet that holds nothing but an index number or a date."""
    value = line.strip().lstrip("•●◦·*- ")
    return bool(_BULLET.match(line) and (INDEX_SHAPE.fullmatch(value) or _DATE_SHAPE.fullmatch(value)))


def is_bare_label(line: str) -> bool:
    """Whether a (flat) line is a label alone, its value standing on the next line."""
    squeezed = "".join(line.split()).rstrip(":|")
    return squeezed in _BARE or (squeezed in LABELS and squeezed not in _WEAK and LABELS[squeezed] != "other")


def fields(text: str, lines: tuple[tuple[int, int], ...]) -> tuple[Field, ...]:
    """The fields in the box lines of a text; a bare label takes the next line as its value."""
    view, found, waiting = flat(text), [], ""
    for start, end in lines:
        line = view[start:end]
        marks = [m for m in _LABEL.finditer(line) if m["mark"]]
        if is_bare_label(line):
            waiting = "".join(line.split()).rstrip(":|")
        elif marks:
            waiting = ""
            found += _fields_in(text, start, end, marks)
            if not line[marks[-1].end() :].strip(" |"):
                waiting = "".join(marks[-1]["label"].split())
        elif _SPACED.match(line.lstrip(" |•●◦·*-\t【[")):
            waiting = ""
            found += _fields_in(text, start, end, list(_SPACED_LABEL.finditer(line)))
        elif glued := _GLUED.match(line.lstrip(" |•●◦·*-\t【[")):
            waiting = ""
            first = [m for m in _GLUED.finditer(line) if m["label"] == glued["label"]][:1]
            rest = list(_SPACED_LABEL.finditer(line, first[0].end()))
            found += _fields_in(text, start, end, [*first, *rest])
        else:
            found += [_field(text, waiting, start, end)]
            waiting = ""
    return tuple(f for f in found if f.value)


def _fields_in(text: str, start: int, end: int, marks: list[re.Match[str]]) -> list[Field]:
    stops = [start + m.start() for m in marks[1:]] + [end]
    found = [
        _field(text, m["label"], start + m.end(), stop, m.groupdict().get("beside") or "")
        for m, stop in zip(marks, stops, strict=True)
    ]
    if flat(text[start : start + marks[0].start()]).strip(" |•●◦·*-【["):
        found.insert(0, _field(text, "", start, start + marks[0].start()))
    return found


def _field(text: str, label: str, start: int, end: int, beside: str = "") -> Field:
    trimmed = " \t\u3000\xa0|•●◦*【】[];；"
    if LABELS.get("".join(label.split())) in ("index_no", "doc_no", "number", "issuer") and (
        cut := _UNKNOWN_LABEL.search(flat(text[start:end]))
    ):
        end = start + cut.start()
    if LABELS.get("".join(label.split())) == "index_no" and (cut := _AFTER_INDEX.match(flat(text[start:end]))):
        end = start + cut.end()
    while start < end and text[start] in trimmed + "·-":
        start += 1
    while end > start and text[end - 1] in trimmed:
        end -= 1
    name = "".join(label.split())
    return Field(LABELS.get(name, ""), name + "".join(beside.split()), text[start:end], start, end)


def _dated(line: str) -> bool:
    match = _DATE_SHAPE.match(line.strip())
    return bool(match and len(line.strip()) <= 60 and (match.end() == len(line.strip()) or "来源" in line))


def _flat_table() -> dict[int, str]:
    table = {}
    for code in (*range(0xA0, 0x2000), *range(0x2000, 0x3400), *range(0xF900, 0xFB00), *range(0xFE10, 0xFFF0)):
        mapped = unicodedata.normalize("NFKC", chr(code))
        if len(mapped) == 1 and mapped != chr(code):
            table[code] = mapped
    return table


_FLAT = _flat_table() | {0x3000: " ", 0xA0: " ", ord("﹝"): "〔", ord("﹞"): "〕", 9: " "}
_CHANGED = frozenset(map(chr, _FLAT))
_ODD = re.compile(r"[\t\u00a0-\u33ff\uf900-\ufaff\ufe10-\uffef]")
