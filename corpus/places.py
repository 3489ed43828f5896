"""Find the places that a text names: provinces to counties by the table of regions, development zones and towns by form."""

import re
from dataclasses import dataclass

from corpus.name_edges import name_start, regions_of
from corpus.regions import level_of

_ZONE = re.compile(
    r"(?:经济技术|高新技术产业|经济|旅游|农业|产业|高新)?开发区|高新区|(?:工业|产业|科技|物流|农业)园区|[一-龥]新区|(?:综合)?保税区|自由?贸易?试验区|自贸区|(?:旅游)?度假区|合作区"
)
_TOWN = re.compile(r"(?:镇|(?:[一-龥]族)?(?<!城)乡|街道)(?![镇村域土亲愁情贤级容音卫集居民]|[一-龥]?办(?!事处))")
_NO_TOWN = re.compile(
    r".*[乡镇].*|.*(?:水|各|该|本|全|每|等|个|有关|示范|特色|试点|重点|中心|建制|辖|偏远|沿线|振兴|边远|山区|新型|属|多|市|县|区|的|两|三|十|[一二四五六七八九])"
    r"|小城?|城|古|名|强|集|村|下|家|回|返|异|故|老|入|离|到|支|集|城关?|小集|重要|产业|工业|农业|旅游|经济|部分|主要|周边|相邻|贫困|脱贫|边境|民族|少数民族|美丽|文化|历史|以|苏木|移民"
)
_NO_ZONE = re.compile(
    r".*[乡镇].*|.*(?:水|各|该|全|级|类|国家|省|市|县|的|个|重点|本|我|产业|农业|现代|工业|经济|跨境|示范|新型|城市|城乡|老|科技|高新|老城)"
)


@dataclass(frozen=True)
class Place:
    """A place: `name` in full form, as written at `text[start:end]`; `level` is province, city, county, zone or town."""

    name: str
    start: int
    end: int
    level: str


def places(text: str) -> tuple[Place, ...]:
    """The places that the text names, in order, never overlapping.

    >>> [(p.name, p.level) for p in places("安宁市太平新城街道和滇中新区")]
    [('安宁市', 'county'), ('太平新城街道', 'town'), ('滇中新区', 'zone')]
    """
    regions = regions_of(text)
    edges = {end: start for _, start, end in regions}
    shut = bytearray(len(text))
    for _, start, end in regions:
        shut[start:end] = b"\x01" * (end - start)
    zones = [zone for match in _ZONE.finditer(text) if (zone := _zone(text, match, edges, shut))]
    towns = [town for match in _TOWN.finditer(text) if (town := _town(text, match, edges, shut))]
    found = [Place(name, start, end, level_of(name) or "") for name, start, end in regions]
    return tuple(_apart(sorted([*zones, *towns, *found], key=lambda p: (p.start, -p.end))))


def _apart(found: list[Place]) -> list[Place]:
    kept: list[Place] = []
    for place in found:
        if not kept or place.start >= kept[-1].end:
            kept.append(place)
    return kept


def _zone(text: str, match: re.Match[str], edges: dict[int, int], shut: bytearray) -> Place | None:
    """苏州工业园区 takes the region before it into its name; 浦东新区 is a region itself."""
    if match.end() in edges:
        return None
    low = max(0, match.start() - 8)
    start = name_start(text, low, match.end(), shut)
    inside = [end for end in range(start + 1, match.start() + 2) if end in edges]
    start = edges[inside[-1]] if inside else start
    head = match.start() + (1 if match.group().endswith("新区") else 0)
    if head - start < 2 or _NO_ZONE.fullmatch(text[start:head]):
        return None
    return Place(text[start : match.end()], start, match.end(), "zone")


def _town(text: str, match: re.Match[str], edges: dict[int, int], shut: bytearray) -> Place | None:
    """The two to four characters between a region or a word that leads to it and 镇."""
    low = max(0, match.start() - 6)
    behind = [end for end in range(low, match.start()) if end in edges]
    start = max(*behind[-1:], name_start(text, low, match.end(), shut), 0)
    start += 2 if text.startswith(("政协", "人大"), start) else 0
    stem = text[start : match.start()]
    if (start == low and low) or not 1 < len(stem) <= 4 or _NO_TOWN.fullmatch(stem):
        return None
    return Place(text[start : match.end()], start, match.end(), "town")
