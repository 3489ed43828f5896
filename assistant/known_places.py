"""Writes out the counties and districts of the corpus where a question calls them by half their name: 大姚 is 大姚县."""

import re
from collections.abc import Iterable

from corpus.regions import find_regions

_NATION = (
    "维吾尔|哈萨克|柯尔克孜|塔吉克|锡伯|蒙古|达斡尔|鄂伦春|鄂温克|土家|仡佬|布依|哈尼|傈僳|纳西|景颇|独龙|拉祜|布朗|仫佬|毛南|撒拉|东乡|保安|裕固|朝鲜|各"
    "|[藏羌回壮瑶黎彝苗侗白傣佤怒水土满畲]"
)
_RANK = re.compile(rf"(?:(?:{_NATION})族)*(?:自治[州县旗区]|地区|特别行政区|[市县区旗州盟])$")
# Half names that are words of their own.
_WORDS = "和平 新华 解放 东风 建设 人民 光明 文化 中山 长安 友谊 团结 胜利 城东 城西 城中 城北 城关 郊区 高新 开发 红旗 向阳 前进 兴安 新城 东方 平安 民主 工农 铁西 铁东 桥东 桥西 新兴 海洋 宝塔 龙门 安全 公安 永安 大方 通道 融水 新区 西区 东区 同心 台前 会同 共和 互助 民和 化工 合作 金山 南山 西湖 东湖 大东 和平里 新建 集美 天长 高密 大同 自贡 文明 华容 资源 灵活 兴业 信宜 明光 光泽 乐业 武功 山城 太和 中方 大关"


class KnownPlaces:
    """The half names of the regions of a corpus, and the whole name of each."""

    def __init__(self, regions: Iterable[str]) -> None:
        names: dict[str, set[str]] = {}
        for region in regions:
            whole = region[find_regions(region)[-1][1] :] if find_regions(region) else region
            half = _RANK.sub("", whole)
            if len(half) >= 2 and half != whole and half not in _WORDS.split() and not find_regions(half):
                names.setdefault(half, set()).add(whole)
        # A half name that two places share names none.
        self._wholes = {half: next(iter(wholes)) for half, wholes in names.items() if len(wholes) == 1}
        longest = sorted(self._wholes, key=lambda half: (-len(half), half))
        self._pattern = re.compile(f"(?:{'|'.join(map(re.escape, longest))})(?![市县区旗州盟])" if longest else r"(?!)")

    def written_out(self, question: str) -> str:
        """The question with whole names for half ones.

        >>> KnownPlaces(["大姚县", "重庆市永川区"]).written_out("永川的菜市场和大姚核桃")
        '永川区的菜市场和大姚县核桃'
        """
        taken = [(start, end) for _, start, end in find_regions(question)]

        def whole(match: re.Match[str]) -> str:
            inside = any(start < match.end() and match.start() < end for start, end in taken)
            return match[0] if inside else self._wholes[match[0]]

        return self._pattern.sub(whole, question)
