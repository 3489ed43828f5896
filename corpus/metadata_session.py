"""The session at which a proposal was made: as written, its term and meeting in digits, the body that sat, its level."""

import re
from dataclasses import dataclass

from corpus.letter import Stated
from corpus.metadata_parts import Parts, Piece
from corpus.numerals import chinese_numeral
from corpus.regions import find_regions, level_of, lineage

_N = r"[一二三四五六七八九十百零〇\d]{1,4}"
_MIDDLE = r"[^,。;:、《》“”\"届次]"
_MEETING = r"次(?:全体)?(?:会议|全会|大会|人民代表大会(?:会议)?|人代会|人大会议?(?!代)|政协(?:全体)?会议|人大(?!代表))"
_SESSION = re.compile(
    rf"第?(?P<term>{_N})届(?:{_MIDDLE}{{0,18}}?第?(?P<meeting>{_N})(?:{_MEETING}|次(?=第|期间|代表|委员|提案|建议|的|[0-9(《“\[]|$))"
    rf"|{_MIDDLE}{{0,14}}?闭会期间)"
)
_BODY = ((r"人大|人民代表大会|人代会", "人大"), (r"政协|政治协商", "政协"))
_LEVEL_WORDS = (
    (r"自治区|省", "省级"),
    (r"自治州|州|盟|地区", "市级"),
    (r"县|旗", "县级"),
    (r"镇|乡(?!村)", "乡级"),
    ("市", "市级"),
    ("区", "县级"),
)
_UNIT = re.compile(
    r"(?:自治[区州县旗]|省|市|县|区|州|盟|旗|镇|乡|地区)(?=第?[一二三四五六七八九十\d]{1,3}届|第|政协|人大|人民代表大会|委员会)"
)
_OF_REGION = {"province": "省级", "city": "市级", "county": "县级"}


@dataclass(frozen=True)
class Sitting:
    """What a letter says of the session; any part may be None."""

    session: Stated | None = None
    term: Stated | None = None
    meeting: Stated | None = None
    assembly: Stated | None = None
    level: Stated | None = None


def find_session(view: str) -> re.Match[str] | None:
    """The first session in a squeezed text: 十四届二次, 16届二次会议, 第十二届人大第五次会议."""
    return next((m for m in _SESSION.finditer(view) if _number(m["term"])), None)


def _noted_session(view: str) -> re.Match[str] | None:
    """The session in a note at the end that names a number with it: (县政协十届三次会议第45号)."""
    return find_session(view) if re.search(r"届.{0,14}次.{0,12}\d", view) else None


def read_session(parts: Parts, kind: str | None, home: str | None) -> Sitting:
    """The session of a letter; `kind` and `home` (the letter's region) settle what the session leaves unsaid."""
    found = next(((s, m) for s in parts.sources("session", "name") if (m := find_session(s.text))), None)
    if not found:
        found = next(((t, m) for t in parts.tail if len(t.text) <= 80 and (m := _noted_session(t.text))), None)
    if not found:
        path = Piece("".join("".join(parts.breadcrumb).split()), ())
        match = find_session(path.text)
        if not match:
            return Sitting(assembly=_assembly_of(kind))
        found = path, match
    source, match = found
    outside = (
        None if source.where else "页面路径" if source.text == "".join("".join(parts.breadcrumb).split()) else None
    )
    session = _noted(source.group(match), outside)
    lead = re.split(r"关于|[对在,。;:、(《“]", source.text[max(0, match.start() - 24) : match.start()])[-1]
    whole = lead + match[0]
    return Sitting(
        session,
        _digits(source, match, "term", outside),
        _digits(source, match, "meeting", outside) if match["meeting"] else None,
        _assembly(source, match.start() - len(lead), whole + source.text[match.end() : match.end() + 4])
        or _assembly_of(kind),
        _level(source, match.start() - len(lead), whole, home) or _level_elsewhere(parts, home),
    )


def _noted(stated: Stated, rule: str | None) -> Stated:
    return Stated(stated.value, stated.start, stated.end, "inferred", rule) if rule else stated


def _digits(source: Piece, match: re.Match[str], name: str, rule: str | None) -> Stated | None:
    number = _number(match[name])
    return _noted(source.stated(str(number), match.start(name), match.end(name)), rule) if number else None


def _number(numeral: str) -> int | None:
    if numeral.isdigit():
        return int(numeral) if 0 < int(numeral) < 100 else None
    value = chinese_numeral(numeral)
    return int(value) if value else None


def _assembly(source: Piece, start: int, whole: str) -> Stated | None:
    for pattern, value in _BODY:
        if match := re.search(pattern, whole):
            return source.stated(value, start + match.start(), start + match.end())
    return None


def _assembly_of(kind: str | None) -> Stated | None:
    body = {"人大建议": "人大", "议案": "人大", "政协提案": "政协"}.get(kind or "")
    return Stated(body, origin="inferred", rule="按建议或提案之别") if body else None


def _level(source: Piece, start: int, whole: str, home: str | None) -> Stated | None:
    """The level of the body that sat: from the region or the unit it is named after, else from the letter's region."""
    if "全国" in whole:
        at = start + whole.index("全国")
        return source.stated("全国", at, at + 2)
    # What stands right before the numeral or the body's name: 市政协, 蒙自市第三届政协.
    if named := [f for f in find_regions(whole) if level_of(f[0])]:
        name, begun, ended = named[-1]
        return source.stated(_OF_REGION[str(level_of(name))], start + begun, start + ended)
    nearest = _UNIT.search(whole)
    for pattern, value in _LEVEL_WORDS:
        if match := re.search(pattern, nearest[0] if nearest else whole):
            if nearest:
                match = nearest
            said = source.stated(value, start + match.start(), start + match.end())
            return _by_home(said, match[0], home)
    return None


_COPIED = re.compile(
    r"抄\s?[送报]:.*?(?P<unit>自治[区州县旗]|省|市|州|盟|县|旗|区)(?:人大|政协|委|政府|人民政府|人民代表大会)"
)


def _level_elsewhere(parts: Parts, home: str | None) -> Stated | None:
    """The level, inferred, from the assembly that gets a copy of the letter, else from where the letter was written."""
    for line in parts.tail:
        if match := _COPIED.match(line.text):
            value = next(value for pattern, value in _LEVEL_WORDS if re.search(pattern, match["unit"]))
            return _by_home(line.stated(value, *match.span("unit"), "inferred", "按抄送单位"), match["unit"], home)
    levels = [level for name, _, _ in find_regions(home or "") if (level := level_of(name))]
    return Stated(_OF_REGION[levels[-1]], origin="inferred", rule="按答复单位所在地") if levels else None


def _by_home(said: Stated, word: str, home: str | None) -> Stated:
    """市 is a province's seat in 北京市 and a county in 滕州市; 区 is a province in 宁夏: the letter's region tells."""
    chain = find_regions(home or "")
    last = chain[-1][0] if chain else ""
    own = level_of(last)
    if word == "市" and own == "county" and last.endswith("市"):
        return Stated("县级", said.start, said.end, "inferred", "县级市，按答复单位所在地")
    province = lineage([name for name, _, _ in chain])[0] or ""
    if word == "市" and province.endswith("市"):
        return Stated("省级", said.start, said.end, "inferred", "直辖市，按答复单位所在地")
    if word == "区" and own == "province" and last.endswith("自治区"):
        return Stated("省级", said.start, said.end, "inferred", "自治区，按答复单位所在地")
    return said
