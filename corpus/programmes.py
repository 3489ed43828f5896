"""Find the programmes that a text names in quotation marks, “春城计划”, and leave quoted speech, irony and codes alone."""

import re
from dataclasses import dataclass

_QUOTED = re.compile(r"[“「](?P<name>[^“”「」\n]{2,40})[”」]|\"(?P<plain>[^\"“”\n]{2,40})\"")
_NOUN = (
    "计划|工程|行动|专项|项目|机制|模式|改革|平台|制度|活动|品牌|试点|政策|产品|方式|评选|攻关|创建|建设|体系|人才|企业|评价|小程序|系统|课堂|服务|办法"
    "|培育|贷款|中心|实验室|基地|战略|基金|示范|专班|措施|管理|联盟|库|清单|产业链|合作|大赛|论坛|执法|整治|监管|经营|工作法|理念|路径|做法|岗|队|团|员|站|卡|码|贷|险|保"
)
_AFTER = re.compile(
    rf"(?:[^，,。；;“”、的难问]{{0,6}}?)(?:{_NOUN})|(?=[“「])|\s?(?:等|和|与|、)?(?=[“「])|落地|扩面|上线"
)
_OWN = re.compile(
    r"(?:计划|工程|行动|专项|机制|模式|平台|贷|险|制|码|通|办|网|改革|实验室|中心|圈|课堂|企业|联盟|论坛|管家|银行|超市|驿站|日|节|卡|库|大赛|活动|政策|标准|路|厅|站|院|校|岗|保|工作法)$"
)
_BEFORE = re.compile(
    r"(?:推行|实施|开展|启动|打造|推进|推广|落实|深化|培育|创建|推出|上线|依托|组织|优化|建立|探索|构建|深入|持续|扩大|大力|设立|搭建|坚持|全面|完善|做强|擦亮|出台|开发|试行|实行|采取|采用|运用|用好|迭代|升级|首创|开通)"
    r"[^，,。；;、：:“”]{0,6}$|[”」](?:和|与|及|、|以及)?$"
)
_SPOKEN = re.compile(
    r"(?:指出|强调|提出|认为|要求|所谓|反映|表示|写道|说|称|问|曰|讲|提到|谓|回答|呼吁|建议|如何|关于|对)[了的]?[：:,，]?\s?$"
)
_SENTENCE = re.compile(
    r"[。！？；;!?：:]|^(?:要|必须|应|请|不[^一-龥]?|关于|我们?|你|对|把|将|以|让|为什么|怎么|是|因|如果|只要|既)|(?:的|了|吗|呢|吧|建议|提案|议案)$|不是|[要是]的"
)
_MOOD = re.compile(
    r"难|贵|乱|差|痛点|堵点|盲区|死角|短板|脖子|碎片|僵尸|孤岛|卡脖|唯[一-龥]+|小散|顽疾|老大难|牛皮癣|空心|空壳|两张皮|一刀切|最后一公里|烦|怕|慢$|黑|脏|偷|假"
)
_VAGUE = re.compile(
    r"十[一二三四五六七八九]五|[\d+A-ZＮn×xX]+|.*[化式性]|[一-龥]|(?:双|三|多)?(?:提升|赢|促进|覆盖|清零|满意|到位|融合)|绿色通道|立体画像|全覆盖|一对一|面对面|点对点|零距离"
    r"|[一二两三四五六七八九十][个大项类支][一-龥]{1,4}|实验研究.*|园区|飞地|线上|线下|金字招牌|主力军|排头兵|牛鼻子|指挥棒|试金石|压舱石|定心丸|红黑榜|先手棋|硬骨头|金钥匙|加速器|助推器|及时雨|主心骨|领头羊|主战场|桥头堡|拳头产品|征询意见表|走出去|请进来|引进来|破.唯|立新标|.*[+＋].*|[^-—]+[-—]+[^-—]+[-—].*"
)
_TRAIL = re.compile(
    r"\s?(?:难题|问题|现象|瓶颈|困境|困难|短板|的(?:原则|要求|思路|局面|问题|现象|目标|理念|说法|答复|提案|建议)|原则|要求|两大|体检)|[^，,。；;]{0,3}(?:收悉|难题|问题|之首|第一条)"
)


@dataclass(frozen=True)
class Programme:
    """A named programme: `text[start:end] == name`, without its quotation marks."""

    name: str
    start: int
    end: int


def programmes(text: str) -> tuple[Programme, ...]:
    """The named programmes of the text, in order.

    >>> [p.name for p in programmes("实施“春城计划”，破解“卡脖子”难题，他说：“要重视人才”。")]
    ['春城计划']
    """
    found: list[Programme] = []
    last = -9
    for match in _QUOTED.finditer(text):
        group = "name" if match["name"] else "plain"
        listed = match.start() - last <= 1
        if _is_name(text, match, match[group], listed):
            found.append(Programme(match[group], *match.span(group)))
            last = match.end()
    return tuple(found)


def _is_name(text: str, match: re.Match[str], name: str, listed: bool) -> bool:
    """Whether what is quoted is the name of something that is run, by its own form and by what stands around it."""
    before, at = text[max(0, match.start() - 14) : match.start()], match.end()
    if _SENTENCE.search(name) or _MOOD.search(name) or _VAGUE.fullmatch(name) or _TRAIL.match(text, at):
        return False
    if _SPOKEN.search(before):
        return False
    followed = _AFTER.match(text, at) is not None
    if "，" in name or "," in name or "、" in name or len(name) > 14:
        # A name of two limbs needs its noun right behind it: “千村示范、万村整治”工程.
        return (
            len(name) <= 20
            and re.match(r"(?:赋能)?(?:工程|行动|计划|活动|专项|模式|机制|服务|品牌)", text[at : at + 6]) is not None
        )
    return followed or listed or bool(_OWN.search(name)) or bool(_BEFORE.search(before))
