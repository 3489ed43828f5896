"""The units that a figure can carry, each with its kind and its factor to the kind's base unit."""

import re
from decimal import Decimal

# A line a kind: its name, then the units of it, each with its factor when that is not 1. 12家 and 12项 differ in kind,
# 6名 and 6人 do not. Ordinals (第4位) have kinds of their own, which figures.py writes with 第.
_TABLE = """
元 元 元钱 块钱 人民币元
美元 美元
欧元 欧元
港元 港元
日元 日元
英镑 英镑
% % ‰=0.1
百分点 个百分点 百分点 个点
工作日 个工作日 工作日
个月 个月
平方米 平方米 平米 m2 ㎡ 平方公里=1000000 平方千米=1000000 km2=1000000 公顷=10000 平方厘米=0.0001
亩 亩
立方米 立方米 立方 方 m3
米 米 公里=1000 千米=1000 km=1000 厘米=0.01 cm=0.01 毫米=0.001 mm=0.001 微米=0.000001 纳米=0.000000001 nm=0.000000001
海里 海里
千克 千克 公斤 kg 吨=1000 克=0.001 毫克=0.000001 mg=0.000001 微克=0.000000001 μg=0.000000001
千瓦时 千瓦时 kWh 兆瓦时=1000 度
千瓦 千瓦 kW 兆瓦=1000 MW=1000 GW=1000000
升 升 毫升=0.001 ml=0.001
℃ ℃ °C 摄氏度
小时 小时
分钟 分钟
秒 秒 秒钟
年 年 周年
岁 岁 周岁
周 周
天 天 日
人 人 名 位
第届 届
第号 号
"""
_PLAIN = """
人次 人份 户次 批次 户 家 项 个 件 所 座 条 台 套 批 次 期 种 类 艘 辆 架 只 头 棵 株 本 篇 部 份 张 支 场 轮 级 层 栋 幢 间 处 片 单 床 例 起 宗
笔 枚 颗 根 节 门 款 章 页 字 句 倍 番 寸 尺 里 步 点 村 镇 乡 县 市 省 队 组 班 校 站 店 厂 网 杯 箱 盒 袋 瓶 桶 车 轮次 班次 架次 场次
分贝 千伏 kV 千伏安 kVA 兆伏安 MVA 兆 标段 标箱 尾 羽 眼 口 列 首 道 段 面 封 桩
学时 课时 分 克拉 GB TB MB GHz MHz Hz
"""


def _kinds() -> dict[str, tuple[str, Decimal]]:
    kinds = {unit: (unit, Decimal(1)) for unit in _PLAIN.split()}
    for line in _TABLE.split("\n"):
        kind, *units = line.split() or [""]
        for entry in units:
            unit, _, factor = entry.partition("=")
            kinds[unit] = (kind, Decimal(factor or 1))
    return kinds


_KINDS = _kinds()
# Longest first: 个百分点 before 个.
UNIT = "|".join(re.escape(unit) for unit in sorted(_KINDS, key=lambda unit: (-len(unit), unit)))


def kind_of(unit: str) -> tuple[str, Decimal]:
    """The kind of a unit and its factor to the kind's base; a unit not in the table is a kind of its own.

    >>> kind_of("公里"), kind_of("名")
    (('米', Decimal('1000')), ('人', Decimal('1')))
    """
    return _KINDS.get(unit, (unit, Decimal(1)))
