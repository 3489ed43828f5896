"""Find where a name begins that ends at a known suffix: behind the last word that cannot be part of it."""

import re
from functools import lru_cache

from corpus.regions import find_regions

# Function words and verbs that stand before a name, never in one.
_WORDS = (
    "由 向 与 及 以及 对 在 从 把 被 将 让 请 经 经过 途经 报 报请 报送 报经 呈报 抄送 会同 商 会商 经商 联合 协同 协调 对接 配合 督促 指导 组织 支持 鼓励 引导 依托"
    " 委托 授权 通过 按照 按 根据 依据 落实 贯彻 执行 是 为 有 即 如 和 或 或者 并 且 的 了 至 到 往 同 跟 给 于 自 关于 其中 包括 包含 涉及 围绕 推动 推进 推荐"
    " 加强 提高 改进 完善 促进 帮助 建议 要求 邀请 联系 函告 致函 争取 提请 提交 申请 取得 获得 上报 转交 转 交 分别 共同 牵头 我省 我市 我县 我区 我州 我镇 我乡 我国 我部 我"
    " 本 该 各 各级 各有关 有关 相关 全体 所有 所在 所属 下属 直属 辖区 全省 全市 全县 全区 全州 全国 当地 两级 多家 每家 一家 两家 三家 等 等地 位于 坐落 地处"
    " 其他 其它 上述 广大 部分 众多 大型 设立 成立 建立 建设 创建 打造 新建 建成 改造 扩建 选择 选定 确定 授予 认定 安排 纳入 列入 进入 走进 走访 赴 做好 补助 补贴 强化 深化 达成 共建 举办 完成 年度 年 月 日 来自 前往 接受 支付 改善 增加 整治 征求 发函 派驻 负责 参加 参与"
    " 加大 优化 整合 发挥 吸引 引进 引入 培育 组建 升级 划归 隶属 支援 服务于 面向 针对 结合 借鉴 学习 参照 参考 以 因 但 而 也 已 曾 均 都 又 再 还 仍 拟 可 能 应 需 须 凡 若 目前 近期 今年 去年"
    " 先后 陆续 积极 主动 及时 继续 持续 进一步 始终 一是 二是 三是 四是 五是 首先 其次 同时 此外 另外 投资 拨付 下达 安装 实施 开展 启动 召开 印发 出台 发布 制定 明确 提出 转发 下发 发送"
)
# 和 and the like inside the names of offices.
_INSIDE = re.compile(
    r"发展和改革|资源和规划|规划和自然|[视播体技电]和旅游|文化和旅游|住房和城乡|资源和社会|[业济]和信息|技和[经工信]|生健?康?和|农业和|民族和宗教|教育和[体科]|体育和"
    r"|应急和|城市管理和|环境和|水利和|商务和|市场和|[业产]和投资|机关和|行政和|共和国|和平|呼和浩特|和田|太和|仁和|和顺|永和|泰和|雍和|祥和|义和|政和|云和|乌兰|为民|有色|有限|国有|公有"
    r"|建设[局厅委银投集开兵管工]|城乡建设|服务[局中管]|投资[局集促公发控有]|应急|管理|能源|可再生|自来|自然|自治|自由|自贸|以岭|交通|交警|交[投运]|对外|来宾|来安|到[家位]|商[务业会学贸品]|名[城校山]|家[庭电居具园]"
    r"|转[化移型运]|再生|同[济仁方心]|位[置]|等[级]|转[业]|大同|按摩|有机|公交|外交|至善|服务业|民主|组织部|指导[中站]|协调[办中]|促进[局会中]|推进[办局中]|改革|联合[会]|推广[站中]|引进[中局]|教育|能[力]|可[持]"
    r"|对口|于都|于洪|于田|同安|同仁|同江|同心|大和|到[期]|应[城县用]|商[城丘河水洛南州]|报[告纸社]|建设(?=[^和与的]{0,6}(?:公司|集团|局|委员会|银行))|组织(?=部)|培育(?=中心)|落实(?=办)"
    r"|经[济营信贸开]|[青少老中童]年|年[代轻]|日[报照]|[日晚情公]报|报业|[智功性节储]能|可[口]|虚拟|[成首丰江昌古国]都|都[市匀]|日本|资本|基本|合同|协同|共同|自[贡动主]|有线"
    r"|华为|作为|向阳|方向|从化|给水|供给|如[皋东意]|交易|[成社外]交|[招电工厂承]商|商[场行旅]|[兴共颐协中安敦]和|和[龙静硕]|将[乐军]|集中|对外|月[季坛]|日[常化]|年[产会]|[一-龥]月湖"
)
_WORD = re.compile("|".join(sorted(_WORDS.split(), key=len, reverse=True)))
_RUN = re.compile(r"[一-龥×Ｘ〇○]+$")


@lru_cache(maxsize=4)
def regions_of(text: str) -> tuple[tuple[str, int, int], ...]:
    """The regions of the text without 会同县 where it is a verb, 我局会同县公安局.

    >>> regions_of("我局会同县公安局")
    ()
    """
    return tuple(
        one for one in find_regions(text) if one[0] != "会同县" or not one[1] or text[one[1] - 1] in "\n省市州"
    )


def name_start(text: str, low: int, end: int, shut: bytes | bytearray = b"") -> int:
    """Where the name that ends at `end` begins, not before `low`: behind punctuation and the last word that leads to it.

    `shut` has a byte for each character of the text, 1 where a place is named: no word begins there.

    >>> "由市科技局会同市公安局"[name_start("由市科技局会同市公安局", 0, 11):]
    '市公安局'
    """
    run = _RUN.search(text[low:end])
    if run is None:
        return end
    begun = low + run.start()
    chunk = run.group()
    kept = {k for match in _INSIDE.finditer(chunk) for k in range(*match.span())}
    cut = 0
    for match in _WORD.finditer(chunk):
        if match.start() not in kept and not (shut and shut[begun + match.start()]):
            cut = match.end()
    return begun + cut
