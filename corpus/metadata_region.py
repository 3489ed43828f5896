"""The region that a letter speaks for: from its issuer, its session, its proposers, or (inferred) from its text."""

import re

from corpus.letter import Stated
from corpus.metadata_parts import Parts, Piece, piece
from corpus.regions import dominant, find_regions, leading_region, normalise_region

_NATIONAL = re.compile(r"全国人大|全国政协|全国委员会|全国人民代表大会")
_SEAT = re.compile(
    r"政协(?P<after>[\u4e00-\u9fff]{2,24}?)(?:第|委员会|\d)|(?P<before>[\u4e00-\u9fff]{2,24}?)(?:第?[一二三四五六七八九十\d]{1,3}届|人大|政协|人民代表大会)"
)
_THANKS = re.compile(r"(?:支持|关心|关注)?(?:感谢|谢谢).{0,12}对(?P<place>[\u4e00-\u9fff]{2,16})")
_MINISTRY = re.compile(r"(?:部|国家[\u4e00-\u9fff]{2,12}(?:局|委|委员会)|总局|国务院.*)$")


def letter_region(parts: Parts, issuer: Stated | None, proposers: tuple[Stated, ...]) -> Stated | None:
    """The region as the letter writes it, in full form; None for a ministry and where nothing tells."""
    if issuer and (found := _leading(parts, issuer)):
        return found
    if _NATIONAL.search(parts.head.text) or (issuer and _MINISTRY.search(issuer.value)):
        return None
    names = tuple(piece(parts.text, f.start, f.end) for f in parts.box_values("session", "name"))
    for source in (*(t for t in parts.titles), *names):
        if found := _seat(source):
            return found
    for body in proposers:
        found_in = find_regions(body.value)
        if found_in and body.start is not None and len(body.value) > 4:
            name, start, end = found_in[0]
            return Stated(name, body.start + start, body.start + end)
    return _thanks(parts) or text_region(parts)


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
            return Stated(found[0], found[1], found[2], "inferred")
    return None


def _leading(parts: Parts, issuer: Stated) -> Stated | None:
    chain = leading_region(issuer.value)
    if not chain:
        return None
    value = normalise_region(chain) or chain
    if issuer.start is None or issuer.end is None:
        return Stated(value, None, None, "inferred")
    source = piece(parts.text, issuer.start, issuer.end)
    if not source.text.startswith(chain):
        return Stated(value, issuer.start, issuer.end, issuer.origin)
    return source.stated(value, 0, len(chain), issuer.origin)


def _seat(source: Piece) -> Stated | None:
    """政协昆明市第十四届…, 昆明市第十五届人大…, 昆明市科技局关于…: the region that sits or writes."""
    for match in _SEAT.finditer(source.text):
        group = "after" if match["after"] else "before"
        found = find_regions(match[group])
        last = next((f for f in reversed(found) if f[2] == len(match[group])), None)
        if not last:
            continue
        chain = [last]
        for region in reversed(found[:-1]):
            if region[2] == chain[0][1]:
                chain.insert(0, region)
        start, end = match.start(group) + last[1], match.start(group) + last[2]
        return source.stated(last[0], start, end)
    chain_text = leading_region(source.text)
    if chain_text and re.match(r"[\u4e00-\u9fff]{2,20}(?:关于|对)", source.text[len(chain_text) :]):
        return source.stated(normalise_region(chain_text) or chain_text, 0, len(chain_text))
    return None


def _thanks(parts: Parts) -> Stated | None:
    """感谢您对昆明市科技工作的关心: the writer names its own region."""
    for line in parts.tail:
        match = _THANKS.search(line.text)
        found = find_regions(match["place"]) if match else ()
        if match and found and found[0][1] == 0:
            name, start, end = found[0]
            return line.stated(name, match.start("place") + start, match.start("place") + end, "inferred")
    return None
