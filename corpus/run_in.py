"""Find where a body begins that runs into its heading without any mark between them.

A strong cue (一是, 近年来, 2023年, 我局已…) cuts by itself; a verb or preposition only behind a word on which headings end,
or where the last clause is as long as the one before it, or where the headings beside it agree. In doubt nothing is cut.
"""

import re

from corpus.brackets import Shelter

CLAUSE_MARKS = "，,"
_MIN, _MAX = 4, 45
_YEAR = r"(?:19|20)\d\d\s?年|“?[一二三四五六七八九十]{2,3}五”?(?:期间|以来)|党的[一二三四五六七八九十]+大以来"
_TIMES = (
    r"近年来|近[\d一二两三四五六七八九十几]+年|[几多三四五两\d]年来|长期以来|一直以来|目前|截至|截止|今年|去年|自\s?(?:19|20)\d\d"
    r"|自[^，,。\d]{1,12}(?:以来|后|起)|下一?步|每(?:年|季度|月|周|学期)|上半年|下半年"
)
_WE = r"我(?:局|市|县|区|省|委|厅|州|镇|乡|街道|部|校|院|们|办|站|所|行|公司|单位|中心)|本(?:市|局|区|县)"
_ALL = r"全(?:县|市|区|省|州|镇|乡|国|街道)(?!性|域)"
_ORGAN = (
    r"[市县区省州][一-龥]{0,8}?(?:局|委|厅|办|政府|中心|支队|大队|公司)(?=已|将|会|正|拟|联合|会同|组织|每|按|负责|牵头|积极|在|把|对|先后|印发|出台|成立|高度|制定|明确|开展|投入|完成|、)"
    r"|[市县区省][委](?:书记|常委|、)|[市县区省]级?财政(?=每|已|安排|投入|将)|各(?:级|乡镇|县区|部门|地区|地(?!方))"
)
_YOU = r"您(?:所?提|的|在)|经(?:与|商|过|研究|调查|现场|核实|请示|了解|测算|论证)|由于|因(?:为|此)|根据|按照|依据|鉴于|为(?:了|深入|进一步|贯彻|加快|推动|保障|解决|切实|确保)"
_STRONG = re.compile(
    rf"[一首]是(?=[^否])|一方面|首先[，,]|其一|{_YEAR}|{_TIMES}|{_WE}|{_ALL}|{_ORGAN}|{_YOU}"
    r"|(?:先后|已|共|相继|累计)(?:出台|印发|制定|下发|修订|编制|召开|建成|成立|发布|开展|投入|举办)"
)
_PLACE = re.compile(f"{_WE}|{_ALL}|{_ORGAN}")
_FREE = re.compile(r"[一首]是|一方面|首先|其一|您|[市县区省]委")
# Behind these the cue belongs to the heading: 加强我市…, 关于2023年…, 推进全县…
_BINDS = re.compile(
    r"(?<!不断|持续|显著|明显|稳步|全面|有效|大幅|逐步|日益|更加)(?:加强|加快|提升|提高|推动|推进|促进|完善|优化|强化|健全|深化|加大|扩大|支持|落实|做好|搞好|改善|打造|关于|对于|针对|涉及|围绕|建立|构建|把握|解决)$"
    r"|(?:[，,、；;：:“‘《（(的在于和与及等从到至对为由按据以自让使向是将把])$"
)
_ADVERB = (
    "积极|不断|持续|大力|全面|深入|严格|认真|充分|扎实|切实|进一步|着力|坚持|依托|围绕|聚焦|针对|结合|通过|利用|采取"
)
_VERBS = (
    "启动|出台|印发|制定|设立|组建|开展|落实|鼓励|引导|加大|加快|完善|优化|建成|建立|实施|推进|推动|支持|强化|加强|深化|编制|成立|组织|健全|搭建"
    r"|举办|召开|投入(?!使用|运营|运行)|发放|新建|新增|新(?:登记|认定|签|引进|开|培育|设|发展)|建设(?=[一-龥]{2,12}\d)|改造|划定|划设|设置|实行|执行|推行|推广|打造|构建|培育|争取|安排|整合|选派|聘请|邀请|配备|配齐|铺设|完成|发挥|探索|明确|定期|统筹"
)
_LEAD = f"{_ADVERB}|在|对|以|将|把|为|与|由|从|向|按"
# A verb right before a comma is the heading's own last word: 宣传引导，…
_WEAK = re.compile(f"(?:{_LEAD}|{_VERBS})(?=[^，,、；;])")
_LEADS = re.compile(f"(?:{_LEAD})")
_NOUN_ENDS = (
    "建设 体系 机制 制度 管理 工作 力度 保障 水平 能力 服务 发展 环境 监管 宣传 培训 队伍 改革 创新 融合 作用 责任 投入 短板 基础 质量 效能 合力 格局 "
    "领导 治理 监督 检查 考核 培养 培育 教育 保护 传承 整治 执法 覆盖 布局 结构 秩序 经营 设施 渠道 政策 要求 生活 就业 创业 增收 安全 根基 氛围 共识 "
    "乡村 交流 合作 平台 产业 集群 文化 品牌 引领 规划 供给 供应 动力 活力 优势 效率 效益 成效 成果 转化 技能 意识 素质 形象 标准 规范 行为 风险 防控 "
    "防治 污染 排放 空间 资源 资金 人才 主体 项目 工程 行动 计划 方案 措施 问题 现象 隐患 矛盾 纠纷 化解 需求 供水 升级 转型 振兴 补助 补贴 待遇 报销 "
    "救助 帮扶 扶持 关爱 引导 指导 督导 督查 协调 协作 联动 衔接 落实 到位 落地 见效 提质 增效 出行 条件 面貌 模式 方式 网络 链条 阵地 载体 通道 门槛 "
    "成本 负担 压力 权益 利益 屏障 底线 防线 面积 红利 关口 动能 引擎 支撑 循环 难题 堵点 痛点 难点 期盼 实效 保险 医疗 养老 托育 就医 入学 用水 用电 供暖 供热 卫生 发动 摸排 排查 防范 应急 普查 攻坚 现代化 信息化 数字化 一体化 幸福感 获得感 满意度 影响力 竞争力 本领 事业 市场 企业 学校 医院 道路 公路 交通 停车 住房 小区"
)
_ENDS_AS_HEADING = re.compile(
    rf"(?:{_NOUN_ENDS.replace(' ', '|')}|(?:不断|持续|显著|明显|稳步|全面|有效|大幅|逐步|日益|更加)[一-龥]{2}|[”》）)])$"
)


_PART_NAME = re.compile(r"(?:现状|情况|打算|安排|计划|内容|进展|答复|意见|方面|建议)$")
_GAP = re.compile(r"(?<=[一-龥”）)])[^\S\n]+(?=[一-龥“《\d])")


def run_in(head: str, shelter: Shelter, beside: tuple[str, ...] = (), *, whole: bool = False) -> int | None:
    """Where the body begins inside `head`, the first sentence of a section; None when that cannot be told.

    `beside` are the clear headings next to it, `whole` says that the sentence could itself be the heading: then only
    strong cues cut.
    """
    strong = next((at for at in _cuts(_STRONG, head, shelter) if _is_strong(head, at, whole)), None)
    if strong is not None:
        # “…队伍建设|坚持每年公开招聘”: the verb before the time belongs to the body.
        return next((at for at in _cuts(_LEADS, head, shelter) if _LEADS.fullmatch(head, at, strong)), strong)
    if whole:
        lengths = _clauses(head)
        uneven = len(lengths) > 1 and lengths[-1] >= 1.6 * lengths[0]
        return next(iter(_by_parallel(head, list(_cuts(_WEAK, head, shelter)))), None) if uneven else None
    gap = _gap(head)
    if gap is not None:
        return gap
    weak = list(_cuts(_WEAK, head, shelter))
    agreed = [at for at in weak if _likeness(head[:at], beside) and (_finished(head, at) or _LEADS.match(head, at))]
    sure = [at for at in weak if _finished(head, at) and _balanced(head[:at])]
    return next(iter(agreed or sure or _by_parallel(head, weak) or _by_length(head, beside, shelter)), None)


def _cuts(pattern: re.Pattern[str], head: str, shelter: Shelter) -> list[int]:
    """Where the pattern matches behind enough of a heading, outside brackets and not right behind a comma."""
    found = []
    for match in pattern.finditer(head, _MIN, _MAX + 12):
        at = match.start()
        around = shelter.around(at)
        if at <= _MAX and (around is None or around[0] == at) and head[at - 1] not in "，,、；;：:“‘《（(":
            found.append(at)
    return found


def _is_strong(head: str, at: int, whole: bool) -> bool:
    if _FREE.match(head, at):
        return len(head) - at > 3
    # “打造辐射全省的市场”: a place can stand within a heading.
    if whole and _PLACE.match(head, at) and not _finished(head, at):
        return False
    if _BINDS.search(head[max(0, at - 5) : at]):
        return False
    # “三、下一步工作安排”, “加强今年工作” are whole headings.
    return len(head) - at > 6


def _gap(head: str) -> int | None:
    """A blank for a stop: two of them, or one behind a heading's last word."""
    for match in _GAP.finditer(head, _MIN, _MAX):
        if len(match.group()) > 1 or _finished(head, match.start()) or _PART_NAME.search(head[: match.start()]):
            return match.start()
    return None


def _finished(head: str, at: int) -> bool:
    return _ENDS_AS_HEADING.search(head[max(0, at - 4) : at]) is not None and len(head) - at >= 7


def _clauses(left: str) -> list[int]:
    return [len(clause.strip()) for clause in re.split(f"[{CLAUSE_MARKS}]", left)]


def _balanced(left: str) -> bool:
    """Clauses of like length, each of a heading's length."""
    lengths = _clauses(left)
    if len(lengths) == 1:
        return lengths[0] <= 18
    return max(lengths) <= 18 and max(lengths) <= 1.7 * min(lengths) + 2


def _likeness(left: str, beside: tuple[str, ...]) -> bool:
    """As many clauses as the headings beside it, each about as long."""
    mine = _clauses(left)
    alike = [each for each in map(_clauses, beside) if len(each) == len(mine)]
    return bool(alike) and any(all(abs(a - b) <= 2 for a, b in zip(mine, each, strict=True)) for each in alike)


def _by_parallel(head: str, weak: list[int]) -> list[int]:
    """A verb where the last clause is just as long as the one before: 精准引育科技人才,构筑人才创新高地|启动培养计划."""
    for at in weak:
        lengths = _clauses(head[:at])
        if len(lengths) > 1 and lengths[0] >= _MIN and abs(lengths[-1] - lengths[-2]) <= 1 and len(head) - at >= 6:
            return [at]
    return []


def _by_length(head: str, beside: tuple[str, ...], shelter: Shelter) -> list[int]:
    """All headings beside it are of one length, and a heading could end just there."""
    lengths = {len(each) for each in beside}
    if len(beside) < 2 or len(lengths) > 1 or any(mark in "".join(beside) for mark in CLAUSE_MARKS):
        return []
    [at] = lengths
    return [at] if at < len(head) - 7 and shelter.around(at) is None and _finished(head, at) else []
