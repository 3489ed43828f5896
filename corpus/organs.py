"""Find the organisations that a text names: offices, parties, courts, schools, hospitals, companies; 我局 is none."""

import re
from dataclasses import dataclass
from functools import lru_cache

from corpus.name_edges import name_start, regions_of

_WINDOW = 34
_FIXED = re.compile(
    r"(?:中共中央|国务院|全国人大|全国政协)(?:办公厅|常委会)?|(?:教育|科技|科学技术|工业和信息化|公安|民政|司法|财政|人力资源(?:和)?社会保障|自然资源|生态环境"
    r"|住房(?:和)?城乡建设|交通运输|水利|农业农村|商务|文化和旅游|退役军人事务|应急管理|外交|国防|人社|住建|工信|文旅|国土资源|卫生|环境保护)部(?![门分队位署级长])"
    r"|国家(?:发展(?:和)?改革|卫生健康|民族事务)(?:委员会|委)|国家(?:市场监督?管理?|税务|金融监督管理|广播电视|体育|统计|医疗保障|医保|能源|林业和草原|林草|铁路|邮政|文物|中医药|知识产权|疾病预防控制|移民管理|信访|数据)(?:总?局)"
    r"|(?:民革|民盟|民建|民进|农工党|农工民主党|致公党|九三学社|台盟)(?:中央|[一-龥]{0,8}?(?:委员会|委会|总支部?|支部))"
    r"|[省市县乡区]级以上(?:地方)?(?:各级)?人民政府"
    r"|(?<![城都超门地社园辖郊片山灾山])[省市县区州镇乡](?:委(?![员托派任])(?:办(?:公室)?|组织部|宣传部|编办|政法委|统战部|网信办|农办|党校)?|人民政府|政府(?![部性采网服])(?:办公[室厅]|督查室)?|人大(?:常委会)?|政协(?:提案委)?|提案委)"
)
_OFFICE = re.compile(
    r"(?:分局|(?<![布格结大])局)(?![面部限势域长地])|厅(?![长室])|委员会|委(?![员托派任屈婉会])|(?:领导小组|联席会议|指挥部|委员会)?办公[室厅](?!主)|管委会|街道办(?:事处)?|人民政府|[居村]委会|人大常委会"
    r"|法院(?!长)|检察院|(?:支|大|总|中)队(?![长伍])|联合会|协会|学会|总工会|妇联|团委|工商联|残联|科协|文联|社科联|红十字会|服务中心|(?:研究|控制|管理|检测|指挥|发展|交易|保障|急救|活动|创新|培训|推广|事务|监测|救助|调解|推进|促进|应急|医疗)中心(?!城)"
    r"|编办|信访办|政务办|发改办|网信办|税务所|派出所|监狱|检验所|研究所(?!有)|气象台|电视台|报社|图书馆|博物馆|档案馆|科技馆|文化馆|供电所|卫生院"
)
_BODY = re.compile(
    r"(?:股份|集团|责任)?有限(?:责任)?公司|集团(?![化军购])公司|公司|集团(?![化军购军])|银行|大学(?![生城科])|学院(?![派路])|科学院|研究院|设计院|勘察院|规划院|分院|中学(?![生])|小学(?![生])|幼儿园|医院|职校|技校|党校|合作社|合作联社|农科院|社科院|(?:材料|物理|化学|植物|动物|生物)所"
)
_GENERIC = re.compile(
    r"(?:商业|科技|政策性|合作|国有|村镇|开户|中央|地方|民营)银行|(?:航空|供电|民营|国有|龙头|上市|物业|保险|担保|科技|建筑|投资|平台|能源|快递|物流|子|分|母|总|科技型|项目|运营|施工|通信|运输|客运|公交|检测|供水|燃气|供热|劳务|开发)公司|企业集团"
    r"|(?:高等|职业|技工|公办|民办|农村|城区|城镇|镇区|乡镇|中心|县域|优质|普通|薄弱|高校|示范|特色)?(?:小学|中学|幼儿园|学院|大学|初级中学|高级中学|完全中学)|(?:公立|民营|民办|三甲|三级|二级|一级|专科|综合|县级|市级|省级|定点|社会办|基层|乡镇|中心|上级|大|中医|儿童|妇幼|公办|高水平|甲等|综合性|农民专业)(?:医院|卫生院|合作社)"
    r"|乡镇卫生院|中小学|.{0,4}(?:主管|职能|行政|相关|牵头|责任|成员)局|农民专业合作社|(?:志愿|专业|服务|消防|救援|应急)(?:大|支|中|总)队|行业(?:协会|学会|联合会)|业主委员会|人民[法检].*|人民政府|.{0,3}委员会|居委会|村委会|社区居委会"
)
_ANCHOR = re.compile(
    r"(?<![城都超门夜集地社园灾山片小校郊辖景街库战特])[省市县区州旗镇乡](?=[^\s场区域县]|县?委)|国家|中国|中共|中央|全国|国网|南方电网|中铁|中建|最高"
)
_BAD = re.compile(
    r"两级|部委|[省市县区国]家?级(?![以])|有关|相关|各|所有|职能|上级|下级|同级|不|这|第.{1,3}届|乡镇|^所|那|哪|谁|何|多个|个|们|化委|长委|[一二三四五六七八九]级"
)
# 省企业研究院184家 counts a kind of them.
_COUNTED = re.compile(r" ?[达共]? ?\d{1,5} ?[家个所]")
_OFFICE_END = re.compile("[委府局厅协]")
_EXTENDS = re.compile(r"(?:支|大|总|中)队|分局|办公室|中心|研究院|医院|分院|学院|公司|集团|所$|幼儿园|中学|小学|管委会")
_FREE = re.compile(r"[镇乡]人民政府|街道办(?:事处)?$|[居村]委会$|派出所$|卫生院$|[馆社台]$|合作社$")


@dataclass(frozen=True)
class Organ:
    """An organisation as the text names it: `text[start:end] == name`."""

    name: str
    start: int
    end: int


@lru_cache(maxsize=4)
def organs(text: str) -> tuple[Organ, ...]:
    """The organisations that the text names, in order, never overlapping.

    >>> [o.name for o in organs("我局会同市财政局、昆明理工大学和民革银川市委会办理")]
    ['市财政局', '昆明理工大学', '民革银川市委会']
    """
    ground = _Ground(text, regions_of(text))
    spans: list[tuple[int, int]] = []
    for pattern, kind in ((_FIXED, "fixed"), (_OFFICE, "office"), (_BODY, "body")):
        ground.ends += [(match.end(), match.start(), kind) for match in pattern.finditer(text)]
    for end, start, kind in sorted(ground.ends):
        span = (_stretched(ground, start), end) if kind == "fixed" else _name(ground, end, kind, spans)
        if span:
            _add(spans, span)
    return tuple(Organ(text[a:b], a, b) for a, b in spans if not _COUNTED.match(text, b))


class _Ground:
    """The text with its regions: where each starts and ends, and which characters they cover."""

    def __init__(self, text: str, regions: tuple[tuple[str, int, int], ...]) -> None:
        self.text = text
        self.heads = {start: end for _, start, end in regions}
        self.tails = {end: start for _, start, end in regions}
        self.shut = bytearray(len(text))
        self.ends: list[tuple[int, int, str]] = []
        for _, start, end in regions:
            self.shut[start:end] = b"\x01" * (end - start)


def _stretched(ground: _Ground, start: int) -> int:
    """昆明市人民政府, not 市人民政府: the region that the level's character belongs to is part of the name."""
    at = ground.tails.get(start + 1, ground.tails.get(start, start))
    if at == start and ground.text[start] in "省市县区州镇乡":
        begun = name_start(ground.text, max(0, start - 12), start + 1, ground.shut)
        at = begun if 0 < start - begun <= 4 and not _OFFICE_END.search(ground.text, begun, start) else start
    while at in ground.tails:
        at = ground.tails[at]
    return at


def _add(spans: list[tuple[int, int]], span: tuple[int, int]) -> None:
    """Append; one that reaches over its forerunner takes its place."""
    while spans and span[0] <= spans[-1][0]:
        spans.pop()
    if not spans or span[0] >= spans[-1][1]:
        spans.append(span)


def _name(ground: _Ground, end: int, kind: str, spans: list[tuple[int, int]]) -> tuple[int, int] | None:
    text, low = ground.text, max(0, end - _WINDOW)
    start = name_start(text, low, end, ground.shut)
    if spans and spans[-1][1] > start and spans[-1][0] >= low:
        return _longer(text, end, spans[-1], start)
    if kind == "office" and not _FREE.search(text[start:end]):
        anchor = _anchor(ground, start, end)
        if anchor is None:
            return None
        start = anchor
    name = text[start:end]
    if len(name) < 3 or _BAD.search(name) or _GENERIC.fullmatch(name):
        return None
    return (start, end) if len(name) > 3 or kind == "office" else None


def _longer(text: str, end: int, last: tuple[int, int], start: int) -> tuple[int, int] | None:
    """市公安局 + 交通警察支队: a part of the office before; None when it is a thing of its own."""
    between = text[last[1] : end]
    if start <= last[0] and 2 <= len(between) <= 12 and _EXTENDS.search(between) and not _BAD.search(between):
        return last[0], end
    return None


def _anchor(ground: _Ground, start: int, end: int) -> int | None:
    """The first place in the stretch where an office's name can begin: a region, 市, 国家."""
    for at in range(start, end - 2):
        if ground.heads.get(at, end) < end or _ANCHOR.match(ground.text, at):
            return at
    return None
