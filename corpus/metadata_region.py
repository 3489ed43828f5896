"""The region that a letter speaks for: from its issuer, its session, its proposers, its page, or (inferred) its text."""

import re
from collections import Counter

from corpus.letter import Stated
from corpus.metadata_parts import Parts, Piece, piece
from corpus.regions import dominant, find_regions, leading_region, level_of, lineage, normalise_region

_NATIONAL = re.compile(r"全国人大|全国政协|全国委员会|全国人民代表大会")
_SEAT = re.compile(
    r"政协(?P<after>[\u4e00-\u9fff]{2,24}?)(?:第|委员会|\d)|(?P<before>[\u4e00-\u9fff]{2,24}?)(?:第?[一二三四五六七八九十\d]{1,3}届|人大|政协|人民代表大会)"
)
_THANKS = re.compile(r"(?:支持|关心|关注)?(?:感谢|谢谢).{0,12}对(?P<place>[\u4e00-\u9fff]{2,16})")
_MINISTRY = re.compile(r"^(?!.{2,8}[省市县区州]).*(?:部|国家[\u4e00-\u9fff]{2,12}(?:局|委|委员会)|总局|国务院.*)$")
_BRANCH = re.compile(
    r"(?:公司|集团|银行|电网|电信|移动|联通|邮政|烟草|石油|石化|铁塔)(?:股份|有限|责任|公司)*(?P<place>[\u4e00-\u9fff]{2,6}?)(?:(?:分|支)公司|(?:分|支)行|供电(?:分?公司|局))"
)
_UNIT = re.compile(r"(?P<unit>[州县区旗市])(?:政协|人大|第?[一二三四五六七八九十\d]{1,3}届)")
# Places that a text names to learn from them, or as neighbours, are not its own.
_ELSEWHERE = re.compile(r"(?:借鉴|学习|考察|赴|到|参考|参照|像|如|例如|对比|来自|外地|先进)[^，。；\s]{0,6}$")
_ACTS = re.compile(
    r"(?:已|现|共|全|将|委|人民政府|[“《]|[\u4e00-\u9fff]{2,10}(?:局|委|办|中心|规划|方案|计划|政府|政协|人大))"
)
_SITE = re.compile(r"(?P<place>[\u4e00-\u9fff]{2,20}?)(?:人民政府|政府网|门户网|政务网|政府信息)")


def letter_region(parts: Parts, issuer: Stated | None, proposers: tuple[Stated, ...]) -> Stated | None:
    """The region as the letter writes it, in full form; None for a ministry and where nothing tells."""
    if issuer and (found := _leading(parts, issuer)):
        return found
    if _NATIONAL.search(parts.head.text) or (issuer and _MINISTRY.search(issuer.value)):
        return None
    for source in (*parts.titles, *parts.pieces("session", "name")):
        if found := _seat(source):
            return found
    for body in proposers:
        found_in = find_regions(body.value)
        if found_in and body.start is not None and len(body.value) > 4:
            name, start, end = found_in[0]
            return Stated(name, body.start + start, body.start + end, "inferred", "提案单位所在地")
    if found := _seat(Piece(parts.opening.text[:200], parts.opening.where[:200])):
        return found
    found = _thanks(parts) or _boxed(parts) or _path(parts) or _site(parts)
    return found or _of_own_level(parts, issuer) or text_region(parts)


def _of_own_level(parts: Parts, issuer: Stated | None) -> Stated | None:
    """区卫生局 answers, and 南票区 is the only district that the text names as its own: so it is of 南票区."""
    named = f"{issuer.value[:1]}政协" if issuer and issuer.value[0] in "州县区旗市" else _said(parts)
    unit = _UNIT.search(named)
    if not unit:
        return None
    body = parts.text[:20000]
    level = {"州": ("city",), "市": ("city", "county")}.get(unit["unit"], ("county",))
    found = [
        f
        for f in find_regions(body)
        if level_of(f[0]) in level
        and f[0].endswith(unit["unit"])
        and not _ELSEWHERE.search(body[max(0, f[1] - 10) : f[1]])
    ]
    ranked = Counter(name for name, _, _ in found).most_common(2)
    if not ranked or (len(ranked) > 1 and ranked[0][1] < 2 * ranked[1][1]):
        return None
    name, start, end = next(f for f in found if f[0] == ranked[0][0])
    # A prefecture's letter may name one of its county-level cities, once and by the way.
    if unit["unit"] == "市" and level_of(name) == "county" and ranked[0][1] < 2 and not _ACTS.match(body, end):
        return None
    return Stated(name, start, end, "inferred", "文中所称本地")


def _said(parts: Parts) -> str:
    return parts.head.text + "\n" + parts.opening.text[:200]


def text_region(parts: Parts) -> Stated | None:
    """The region that a text is about, inferred: the one that it names most, at the level of its 我市, 我县 or 我省."""
    body = parts.text[:20000]
    levels = ["city", "county", "province"]
    for level, word in (("county", r"[我全]县|我区|全旗"), ("province", r"我省|我区")):
        ours, city = len(re.findall(word, body)), len(re.findall(r"[我全]市", body))
        if ours > city and ours >= 2:
            levels = [level]
            break
    for level in levels:
        if level == "province" and re.search(r"[我全]市", body):
            continue
        if found := dominant(body, level):
            return Stated(found[0], found[1], found[2], "inferred", "文中最常提到")
    return None


def page_region(parts: Parts) -> Stated | None:
    """The region of a page that is no letter: of its organ, its headline, its site, or its text."""
    signed = _boxed(parts)
    for line in (*parts.titles, *parts.tail[-4:]):
        chain = _chain(line.text) if not signed and line.where and len(line.text) <= 80 else None
        if chain:
            return line.stated(*chain, "inferred", "标题或署名")
    first = Piece(parts.opening.text[:300], parts.opening.where[:300])
    begun = _chain(first.text)
    named = first.stated(*begun, "inferred", "文首所称地方") if begun else None
    return signed or _path(parts) or named or _site(parts) or text_region(parts)


def _chain(view: str) -> tuple[str, int, int] | None:
    """The first place that a text names, with the places right behind it: 永州市零陵区."""
    found = find_regions(view)
    if not found:
        return None
    chain = [found[0]]
    for region in found[1:]:
        if region[1] == chain[-1][2]:
            chain.append(region)
    return "".join(name for name, _, _ in chain), chain[0][1], chain[-1][2]


def divisions(parts: Parts, region: Stated | None) -> tuple[Stated | None, Stated | None, Stated | None]:
    """Province, city and county of the region; what stands above the name written is inferred."""
    if region is None:
        return None, None, None
    names = [name for name, _, _ in find_regions(region.value)] or [region.value]
    seats = "".join(t.text for t in parts.titles) + "".join(f.value for f in parts.box) + "".join(parts.breadcrumb)
    evidence = f"{parts.chrome}\n{seats}\n{parts.opening.text[:200]}\n{''.join(t.text for t in parts.tail)}"
    above: list[Stated | None] = []
    for name in lineage(names, evidence[:6000]):
        if name is None or name in names:
            said = Stated(name, region.start, region.end, region.origin, region.rule) if name else None
        else:
            said = Stated(name, region.start, region.end, "inferred", "按行政隶属")
        above.append(said)
    return above[0], above[1], above[2]


def _leading(parts: Parts, issuer: Stated) -> Stated | None:
    name = re.sub(r"^(?:中共|中国共产党|国家税务总局|共青团|中国[\u4e00-\u9fff]{2,8}公司)", "", issuer.value)
    chain = leading_region(name)
    branch = None if chain else _BRANCH.search(issuer.value)
    if branch and (place := normalise_region(branch["place"])):
        return Stated(place, issuer.start, issuer.end, "inferred", "分公司所在地")
    if not chain:
        within = find_regions(name) if re.match(r"国网|中国|国家税务|中共", issuer.value) else ()
        if not within or issuer.start is None or issuer.end is None:
            return None
        source = piece(parts.text, issuer.start, issuer.end)
        at = source.text.rfind(issuer.value[-len(name) + within[-1][1] :][: within[-1][2] - within[-1][1]])
        return source.stated(within[-1][0], at, at + within[-1][2] - within[-1][1], issuer.origin, issuer.rule)
    value = normalise_region(chain) or chain
    if issuer.start is None or issuer.end is None:
        return Stated(value, None, None, "inferred", issuer.rule or "答复单位所在地")
    source = piece(parts.text, issuer.start, issuer.end)
    at = source.text.find(chain)
    if at < 0:
        return Stated(value, issuer.start, issuer.end, issuer.origin, issuer.rule)
    return source.stated(value, at, at + len(chain), issuer.origin, issuer.rule)


def _seat(source: Piece) -> Stated | None:
    """政协昆明市第十四届…, 昆明市第十五届人大…, 昆明市科技局关于…: the region that sits or writes."""
    for match in _SEAT.finditer(source.text):
        group = "after" if match["after"] else "before"
        found = find_regions(match[group])
        last = next((f for f in reversed(found) if f[2] == len(match[group])), None)
        if not last:
            continue
        start, end = match.start(group) + last[1], match.start(group) + last[2]
        return source.stated(last[0], start, end)
    chain = leading_region(source.text)
    if chain and re.match(r"[\u4e00-\u9fff]{2,20}(?:关于|对|20\d\d年|办理|答复)", source.text[len(chain) :]):
        return source.stated(normalise_region(chain) or chain, 0, len(chain))
    return None


def _thanks(parts: Parts) -> Stated | None:
    """感谢您对昆明市科技工作的关心: the writer names its own region."""
    for line in parts.tail:
        match = _THANKS.search(line.text)
        found = find_regions(match["place"]) if match else ()
        if match and found and found[0][1] == 0:
            name, start, end = found[0]
            at = match.start("place")
            return line.stated(name, at + start, at + end, "inferred", "致谢语所称地方")
    return None


def _boxed(parts: Parts) -> Stated | None:
    for field in parts.box_values("issuer", "source", "session"):
        source = piece(parts.text, field.start, field.end)
        if chain := leading_region(source.text):
            return source.stated(normalise_region(chain) or chain, 0, len(chain), "inferred", "信息栏")
    return None


def _path(parts: Parts) -> Stated | None:
    for station in reversed(parts.breadcrumb):
        if chain := leading_region("".join(station.split())):
            return Stated(normalise_region(chain) or chain, None, None, "inferred", "页面路径")
    return None


def _site(parts: Parts) -> Stated | None:
    """欢迎访问马关县人民政府门户网: the site names its place in a line that was dropped."""
    for match in _SITE.finditer(parts.chrome[:3000]):
        found = find_regions(match["place"])
        if found:
            return Stated(found[-1][0], None, None, "inferred", "网站名称")
    return None
