"""Find the phrase that a figure counts: 高新技术企业 in 高新技术企业达320家 and in 320家高新技术企业."""

import re

from corpus.figures import Figure

# Units that measure: what they measure stands before the figure (投资1.2亿元), not behind it.
_MEASURES = {
    *(
        "元",
        "美元",
        "欧元",
        "%",
        "‰",
        "个百分点",
        "百分点",
        "分之",
        "倍",
        "成",
        "亩",
        "公顷",
        "平方米",
        "平方公里",
        "公里",
        "千米",
    ),
    *(
        "米",
        "km",
        "吨",
        "千克",
        "公斤",
        "千瓦",
        "兆瓦",
        "千瓦时",
        "立方米",
        "天",
        "个工作日",
        "工作日",
        "个月",
        "年",
        "小时",
        "分钟",
    ),
    *("岁", "周岁", "分贝", "微克", "学时", "课时", "度", "℃", "分", "", "户", "周"),
}
_HEAD = re.compile(r"[“\"]?[一-龥A-Za-z0-9][一-龥A-Za-z0-9“”\"·]{0,17}")
# Where the noun behind a figure ends: particles and the verbs that usually follow a subject.
_NOUN_END = re.compile(
    r"[的被已均将可为在通与和及等由也都实到至是从以对就]|(?<=[一-龥])\d|(?<!合)并|经(?![济营费])|改正|整改|提出|承办|缺工|投放|开设|参训|延长|逐|率先|先行|学校试点|共|收到|中(?![心小国医学型等药职高])|建成|列入|开展|提供|实现|获|参加|完成|开工|落地|上市|受益|进行|纳入|通过|运行"
    r"|投入|投用|分别|左右|上下|入选|挂牌|达到|享受|正在|全部|有效|顺利|如期|参与|申报|认定|签约|使用|用于|设立|竣工|逐步|上榜|因|组成|覆盖|接受"
    r"|得到|启动|建有|成功|优先|联合"
)
_NO_NOUN = re.compile(
    r"以[上下内]|左右|上下|之多|其中|比|占|分布|不等|增|减|提|来|多|余|后|前|中|内|间|次?/|[东西南北]"
)
_NUMBER = re.compile(r"\d(?![AGDK])|\d+[一-龥]*\d")
_COMPARED = re.compile(r"(?:较|比(?![例重率值])|与)[^，,]{1,8}$")
_BRACKET = re.compile(r"[（(][套个台部]{1,2}[）)]")
# What stands between the phrase and its number.
_LINK = re.compile(
    r"(?:数量|总数)?(?:已|均|共|仅|将|可|总|就)*(?:达到|达成|达|突破|超过|超|逾|为|是|有|共计|总计|合计|累计|约为|约|近|将近|接近|共"
    r"|分别|不少于|不低于|不超过|不高于|至少|最高|最多|低于|高于|在|平均|每年|每人|每户|每家|每月|人均|户均|到|至|了|：|:|了约|增长|增加|增至|增幅"
    r"|下降|减少|提高|提升|上升|同比|环比|年均|净增|上涨|降低|回落|降幅|稳定在|保持在|控制在|由原来的|由|从|压缩|缩短|扩大|新增|一次性|给予|奖励|已|也|虽|仍|还|约|只|仅|内|每[座个家人户亩村班次周年月学期日]*)+$"
)
_AMOUNT = re.compile(r"(?:人数|数量|总数|个数|户数|家数)$")
_VERBS = (
    "参加完成 完成 实现 新增 新建 改建 新改建 改扩建 扩建 建成 建设 累计 投入 引进 培育 培养 认定 发放 下达 争取 获得 安排 筹集 拨付 支持 补助 奖励 组织"
    " 开展 举办 召开 受理 办理 办结 查处 立案 拆除 改造 整治 修复 治理 种植 发展 创建 打造 设立 成立 建立 设置 配备 配置 购置 采购 投放 更新 增设"
    " 接待 接诊 服务 惠及 覆盖 涉及 带动 吸纳 安置 帮助 救助 资助 培训 选派 招聘 招录 录用 聘用 签订 签约 落实 落地 储备 策划 征集 申报 申请 推荐"
    " 评选 授予 现有 拥有 建有 设有 共有 收到 收集 征求 提出 梳理 排查 检查 抽检 抽查 检测 监测 出动 印制 印发 发布 出台 制定 化解 减免 退还 降低"
    " 提供 推出 推动 推进 新开工 开工 竣工 投产 投用 盘活 处置 划定 划拨 供应 出让 保障 维修 养护 硬化 绿化 补植 接入 接管 整合 撤并 达成 达到 达"
    " 超过 突破 占 比 由 从 将 为 有 在 对 按 按照 给予 促进 通过 围绕 依托 用于 把 使 其中 分别 引导 入库 入选 上市 挂牌 预计"
    " 需要 需 总计 合计 共计 平均 释放 腾退 清退 清理 清除 关停 淘汰 收储 流转 播种 完善 优化 提升 加强 提高 增加 减少 增长 下降 营造 种下 还 又 并"
    " 改建成 配套建设 普及 开设 开通 优选 遴选 挖掘 研发 攻克 转化 形成 集聚 汇聚 赋能 聚焦 举行 邀请 走访 调研 慰问 发现 责令 罚没 规划 加固 加装 劝导 调解 巡查 宣传 缴纳 打通 编印 布设 增派 补助 加密 延伸 布局 设 建 延长 发布 制发 下架 收缴 查封 抓获 力争 确保"
)
_VERB = re.compile("|".join(sorted(_VERBS.split(), key=len, reverse=True)))
# Verbs that also stand inside nouns: 建设用地, 发展指数, 服务机构, 培训机构, 从业人员, 比重, 可支配收入.
_IN_NOUN = re.compile(
    r"(?:建设|发展|服务|培训|治理|改造|保障|养护|检测|监测|采购|研发|转化|救助|检查|执法检查|流转|补助|奖励|申请|更新|绿化|推进|培育|培养|引进|认定)"
    r"(?=(?:机构|用地|指数|资金|经费|项目|中心|人员|平台|站|点|面积|企业|基地|团队|机制|贷款|投资|工程|设施|标准|收入|支出|覆盖|资源|金|费|数|量|率|额|次数|机|品|单位|专项|总)|\s?$)"
    r"|[一-龥]{2}[率量额](?!达)|从业|比[重例率值]|可支配|有[限效色机]|占[地比]|每?千人|每?万人|为主|在[园校岗编读册建籍职线]|覆盖[率面]|增加值|有无|增长率|下降率|达标|通过率|还款|从[事业]"
    r"|完成[率度]|普及率|占比|并[网购]|在地|对[外口]|播种面积|投入强度|将军|可再生|能力|能源|可回收|共享|共同|公共|设[备施计防]|建[筑材制议档]|[城土基党共]建|公有|国有|特有|常住|实有|参保|由来"
)
_LEAD = re.compile(
    r"^(?:(?:985|211)(?=高校)|(?:19|20)\d\d年(?:\d{1,2}月)?(?:[度末底初])?|[的了各]|全[国省市县区州镇乡村]|我[国省市县区州局校院]|本[市县区省]|各类|各级|各项|各种|近年来|每年|一批|等|和|及|与|以来|间|期间|末|底|个|全年|年(?=[^度末底均人发产])|其中|现|"
    r"(?:第?[一二三四五六七八九十]是)|该|您反映的|您提到的|目前|已|虽|但|而|届时|沿线|项目(?=总投资)|城区|市区|县城|共(?!享|同|有|建))+"
)
_ONLY = re.compile(r"[一-龥A-Za-z0-9“”\"&·+\-/]{2,24}$")
_SHORT = set("村桥井校塘矿店")
_NOTHING = {
    "同比",
    "环比",
    "较上年",
    "标准",
    "比例",
    "每亩",
    "每人",
    "每家",
    "不足",
    "目标",
    "时间",
    "时限",
    "上限",
    "下限",
    "以上",
    "以下",
}


def counted(text: str, begun: int, figure: Figure) -> str:
    """The phrase that the figure counts, read between `begun` and its clause's end; "" when none is told."""
    if figure.unit not in _MEASURES and not figure.unit.startswith("第"):
        noun = _behind(text, figure.end)
        if noun:
            return noun
    return _before(text[max(begun, figure.start - 40) : figure.start])


def _behind(text: str, at: int) -> str:
    bracket = _BRACKET.match(text, at)
    match = _HEAD.match(text, bracket.end() if bracket else at)
    if match is None or _NO_NOUN.match(match.group()) or _NUMBER.match(match.group()):
        return ""
    noun = match.group()
    end = _NOUN_END.search(noun, 1)
    noun = noun[: end.start()] if end else noun
    noun = noun.rstrip("0123456789")
    if noun.count("“") != noun.count("”"):
        noun = noun.partition("“")[0] if not noun.startswith("“") else noun.strip("“”")
    return noun if len(noun) >= 2 or noun in _SHORT else ""


def _before(clause: str) -> str:
    """The noun phrase at the end of the clause, without the verb and the words that lead to the number."""
    link = _LINK.search(clause)
    phrase = (clause[: link.start()] if link else clause).rstrip()
    if phrase.endswith("的"):
        return ""
    phrase = _COMPARED.sub("", phrase)
    kept = {k for match in _IN_NOUN.finditer(phrase) for k in range(*match.span())}
    cut = 0
    for match in _VERB.finditer(phrase):
        if match.start() not in kept:
            cut = match.end()
    phrase = phrase[cut:].split("、")[-1]
    lead = _LEAD.match(phrase)
    phrase = phrase[lead.end() :] if lead else phrase
    only = _ONLY.search(phrase)
    phrase = only.group() if only else ""
    amount = _AMOUNT.search(phrase)
    if amount and not phrase.endswith("人数"):
        phrase = phrase[: amount.start()]
    return (
        "" if phrase in _NOTHING or len(phrase) < 2 or (phrase[0].isdigit() and phrase[1:2] not in "AGDK") else phrase
    )
