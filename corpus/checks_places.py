"""Check that a letter of one city does not speak of another city as its own."""

import re
from collections.abc import Iterator

from corpus.findings import Finding, Subject
from corpus.regions import find_regions, normalise_region, parent_of

_OURS = re.compile(r"[我全本]市|[我全]省")
_AWAY = re.compile(
    r"学习|借鉴|考察|赴|参照|参考|例如|比如|等地|等市|合作|对口|协作|帮扶|支援|相比|先进|经验|外地|兄弟|周边|同类|对接|联合|协同|共建|签署|签订|往返|开通|直达|至|到|与|和|、|来自|距|来[我全本]市|相[邻接]"
)
_THANKS = re.compile(
    r"感谢[^。\n]{0,12}对(?P<place>[\u4e00-\u9fff]{2,12}?)(?:[\u4e00-\u9fff]{0,14})(?:工作|事业|发展|建设)"
)
_SAID = re.compile(
    r"(?P<ours>[我全]市)(?:[(（]|(?=[\u4e00-\u9fff]{2,4}[市州]))|我市(?:先后|已|也|还|专门|制定|出台|印发|相继|发布){1,4}了?《"
)


def places(subject: Subject) -> Iterator[Finding]:
    """我市出台《乙市…办法》, 感谢您对乙市工作的关心 in a letter of city 甲."""
    city = _own_city(subject)
    if not subject.is_reply or city is None:
        return
    for match in _SAID.finditer(subject.text, subject.letter.body[0]):
        clause = re.split(r"[。；;，,\n]", subject.text[match.end() : match.end() + 30])[0]
        found = find_regions(clause)
        if (
            found
            and found[0][1] == 0
            and _is_foreign(found[0][0], city)
            and not _AWAY.search(clause[found[0][2] :][:8])
        ):
            yield _foreign(subject, match.end(), found[0], city, f"“{match[0]}”后面是{found[0][0]}")
    for match in _THANKS.finditer(subject.text, subject.letter.body[0]):
        found = find_regions(match["place"] + subject.text[match.end("place") : match.end("place") + 4])
        if found and found[0][1] == 0 and _is_foreign(found[0][0], city):
            yield _foreign(subject, match.start("place"), found[0], city, f"感谢的是对{found[0][0]}的关心")


def _foreign(subject: Subject, at: int, found: tuple[str, int, int], city: str, problem: str) -> Finding:
    return subject.finding(
        "外地内容", at + found[1], at + found[2], f"{problem}，而这是{city}的复文", "核对是否沿用了外地材料"
    )


def _own_city(subject: Subject) -> str | None:
    """The city that the letter is of, None where it is not sure."""
    meta = subject.letter.metadata
    named = meta.city or meta.region
    if named is None or named.origin != "stated":
        return None
    full = normalise_region(named.value) or named.value
    return next(
        (name for name, _, _ in find_regions(full) if name.endswith(("市", "州", "盟")) and parent_of(name)), None
    )


def _is_foreign(name: str, city: str) -> bool:
    """Whether a region is neither the city itself, nor above it, nor in it."""
    return city not in _chain(name) and name not in _chain(city)


def _chain(name: str) -> list[str]:
    names = [name]
    while above := parent_of(names[-1]):
        names.append(above)
    return names
