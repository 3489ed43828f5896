"""Names of provinces, cities, counties and districts: find them in a text and give them their full form."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from operator import add
from pathlib import Path

_TABLE = Path(__file__).with_name("regions.tsv")
LEVELS = ("province", "city", "county")
# What after a short name makes another name of it: 北京路, 浙江大学, 宁波银行.
_NOT_BEFORE = re.compile(
    r"[东西南北中]?路(?![线径])|大街|大道|桥(?!梁)|(?:交通|师范|科技|理工|医科|工业|农业|财经|中医药|外国语|民族|海洋|工商|政法)?大学(?!城|科技园)|银行"
)
_OTHER_WORD = {
    "大理": "石寺论",
    "北海": "道军",
    "和田": "玉枣",
    "普洱": "茶",
    "哈密": "瓜",
    "长春": "花",
    "上海": "拔",
    "天津": "饭",
    "宁德": "时",
    "金华": "火",
    "江门": "口",
    "阳江": "湖",
    "海口": "岸",
    "武威": "将",
}
_NOT_AFTER = {"海南": "南东上渤黄中", "江西": "长", "河北": "", "广西": "", "天水": "今昨当明", "台州": "天"}
# What people on the spot call their prefecture.
_LOCAL = {
    "博州": "博尔塔拉蒙古自治州",
    "克州": "克孜勒苏柯尔克孜自治州",
    "巴州": "巴音郭楞蒙古自治州",
    "版纳州": "西双版纳傣族自治州",
    "海南州": "海南藏族自治州",
}
# Districts whose names are words as well (老城区改造, 合作市场): they count only right behind the region above them.
_WORDS = frozenset(
    (
        "老城区",
        "新城区",
        "古城区",
        "市中区",
        "解放区",
        "城中区",
        "市南区",
        "市北区",
        "城东区",
        "城西区",
        "城北区",
        "城关区",
        "前进区",
        "友好区",
        "合作市",
        "新兴区",
        "站前区",
        "港口区",
        "平原县",
        "中原区",
        "江南区",
        "东风区",
        "河口区",
        "西市区",
        "新市区",
    )
)


@dataclass(frozen=True)
class Region:
    """One row of regions.tsv. `loose` tells whether the short name may be trusted in running text."""

    name: str
    short: str
    level: str
    parent: str
    loose: bool


def find_regions(text: str) -> tuple[tuple[str, int, int], ...]:
    """Every region that a text names, as (full name, start, end): cities and provinces by short name too.

    >>> find_regions("昆明和金华市的做法")
    (('昆明市', 0, 2), ('金华市', 3, 6))
    """
    names, firsts = _names()
    found: list[tuple[str, int, int]] = []
    reach, length = 0, len(text)
    for at, pair in enumerate(map(add, text, text[1:])):
        if pair not in firsts or at < reach:
            continue
        for size in firsts[pair]:
            name = names.get(text[at : at + size])
            behind = bool(found) and found[-1][2] == at
            if name and at + size <= length and _stands(text, at, at + size, name, behind):
                found.append((name, at, at + size))
                reach = at + size
                break
    return tuple(found)


def normalise_region(name: str) -> str | None:
    """The full name of a region given in any usual form; a chain of regions stays a chain; None when unknown.

    >>> normalise_region("昆明"), normalise_region("浙江省金华市"), normalise_region("火星")
    ('昆明市', '浙江省金华市', None)
    """
    name = "".join(name.split())
    names, _ = _names()
    if name in names:
        return names[name]
    short = _short_names().get(name)
    if short:
        return short
    found = find_regions(name)
    whole = found and found[0][1] == 0 and found[-1][2] == len(name)
    if whole and all(a[2] == b[1] for a, b in pairwise(found)):
        return "".join(f[0] for f in found)
    return None


def leading_region(text: str) -> str | None:
    """The chain of regions that an organ's name begins with, as written: 泉州市丰泽区人民政府 → 泉州市丰泽区.

    >>> leading_region("霍山县科技经信局"), leading_region("农业农村部")
    ('霍山县', None)
    """
    end, last = 0, ""
    for name, start, stop in find_regions(text[:30]):
        if start != end:
            break
        end, last = stop, name
    rest = re.match(r"[\u4e00-\u9fff]{1,5}?(?:市|县|区|旗|自治州|自治县)(?=[\u4e00-\u9fff]{2})", text[end:])
    if rest and level_of(last) != "county" and not _NO_DISTRICT.search(rest[0]) and not find_regions(rest[0]):
        tail = text[end + rest.end() :]
        if (
            re.match(r"人民|政府|[\u4e00-\u9fff]{2,18}(?:局|委|办|会|中心|处|院|部)", tail)
            and rest[0][0] not in "市省区县州"
        ):
            end += rest.end()
    return text[:end] or None


# What ends in 区, 市 or 县 behind a place and is none: 城区, 灌区, 开发区.
_NO_DISTRICT = re.compile(
    r"^[市区县]$|委|开发|高新|管理|示范|工业|园|社|地|小|城市|都市|校|景|灌区|库区|林区|牧区|矿区|老区|山区|片区|城区|港区|营区|湖区|辖区|"
    r"保护|保税|自贸|贸易|试验|实验|旅游|度假|风景|功能|聚集|集聚|国家税|共青团|中共|民[革盟建进]|农工|九三|致公"
)


def dominant(text: str, level: str) -> tuple[str, int, int] | None:
    """The one region of a level that a text is about: named three times or more, twice as often as any other."""
    rows = _rows()
    found = [
        f for f in find_regions(text) if rows[f[0]].level == level or (level == "city" and f[0] in _MUNICIPALITIES)
    ]
    ranked = Counter(name for name, _, _ in found).most_common(2)
    if not ranked or ranked[0][1] < 3 or (len(ranked) > 1 and ranked[0][1] < 2 * ranked[1][1]):
        return None
    return next(f for f in found if f[0] == ranked[0][0])


_MUNICIPALITIES = ("北京市", "上海市", "天津市", "重庆市")


def parent_of(name: str) -> str | None:
    """The region above; None for a province, an unknown name and a name that several places bear."""
    above = _parents().get(name, ())
    return above[0] if len(above) == 1 else None


def level_of(name: str) -> str | None:
    """province, city or county; a municipality such as 北京市 is a province; None for an unknown name."""
    row = _rows().get(name)
    return row.level if row else None


def lineage(names: Sequence[str], evidence: str = "") -> tuple[str | None, str | None, str | None]:
    """Province, city and county that a chain of full names amounts to; a name that several places bear is settled by
    the regions that the evidence names, or left open.

    >>> lineage(["富源县"]), lineage(["鼓楼区"]), lineage(["鼓楼区"], "徐州市政府网站")
    (('云南省', '曲靖市', '富源县'), (None, None, '鼓楼区'), ('江苏省', '徐州市', '鼓楼区'))
    """
    found: dict[str, str] = {}
    chain = list(names)
    while chain:
        name = chain.pop()
        level = level_of(name)
        if not level or level in found:
            continue
        found[level] = name
        above = _parents().get(name, ())
        if len(above) > 1:
            known = {n for n, _, _ in find_regions(evidence)} | set(names)
            above = tuple(a for a in above if a in known) or tuple(a for a in above if parent_of(a) in known)
        if len(above) == 1:
            chain.insert(0, above[0])
        elif above and len({parent_of(a) for a in above}) == 1:  # two 市中区 of one province
            chain.insert(0, parent_of(above[0]) or above[0])
    return found.get("province"), found.get("city"), found.get("county")


@cache
def _parents() -> dict[str, tuple[str, ...]]:
    """Every region above each name: several for 鼓楼区."""
    parents: dict[str, tuple[str, ...]] = {}
    for line in _TABLE.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            name, _, _, parent = line.split("\t")
            if parent:
                parents[name] = (*parents.get(name, ()), parent)
    return parents


def _stands(text: str, start: int, end: int, name: str, behind: bool) -> bool:
    """Whether the characters around a form leave it a place name; `behind` tells that a region ends right before it."""
    short = text[start:end]
    if short == name or short[-1] in "州县旗":
        if text[end : end + 1] == {"市": "场", "区": "域", "县": "域"}.get(short[-1]):
            return False
        if name in _WORDS or len(name) == 2:  # 和县: not in 市和县
            return behind or (
                len(name) == 2 and not re.match(r"[\u4e00-\u9fff]", text[start - 1 : start] if start else "")
            )
        return True
    after, before = text[end : end + 1], text[start - 1 : start] if start else ""
    if after in ("县", "区", "镇", "乡", "村", "港", "站", "山") and text[end : end + 2] not in (
        "区域",
        "县域",
        "港澳",
        "区县",
    ):
        return False
    if after and after in _OTHER_WORD.get(short, ""):
        return False
    if before and before in _NOT_AFTER.get(short, ""):
        return False
    return not _NOT_BEFORE.match(text, end)


@cache
def _rows() -> dict[str, Region]:
    rows: dict[str, Region] = {}
    for line in _TABLE.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            name, short, level, parent = line.split("\t")
            rows.setdefault(name, Region(name, short.lstrip("~"), level, parent, not short.startswith("~")))
    return rows


@cache
def _names() -> tuple[dict[str, str], dict[str, tuple[int, ...]]]:
    """Every form to look for → full name; and the first two characters of the forms → their lengths, longest first."""
    forms = dict(_LOCAL)
    for row in _rows().values():
        forms[row.name] = row.name
        for ending in ("州", "县", "旗"):  # 大理州 for 大理白族自治州
            if row.name.endswith("自治" + ending):
                forms.setdefault(row.short + ending, row.name)
        if row.loose and row.level != "county":
            forms.setdefault(row.short, row.name)
    sizes: dict[str, set[int]] = {}
    for form in forms:
        sizes.setdefault(form[:2], set()).add(len(form))
    return forms, {k: tuple(sorted(v, reverse=True)) for k, v in sizes.items()}


@cache
def _short_names() -> dict[str, str]:
    """Short names that mean one region only; for a name that was given as a region's."""
    by_short: dict[str, list[Region]] = {}
    for row in _rows().values():
        by_short.setdefault(row.short, []).append(row)
    return {
        short: min(rows, key=lambda r: LEVELS.index(r.level)).name
        for short, rows in by_short.items()
        if len({r.level for r in rows}) > 1 or len(rows) == 1
    }
