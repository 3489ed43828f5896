"""Reads which letters a question means by what is on record of them: 人大代表提的有谁, 请经信局会办的是哪件, 日报那篇."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from assistant.directory import same_place
from assistant.understand import Query, fold, vague
from index.records import Record
from index.words import content_words

_ASKS = re.compile(
    r"哪些(?:提案|建议|复文|答复|是)|所有|全部|哪(?:几|些|个|一)?(?:件|份|封|篇)|有谁|(?:都)?有(?:哪些|哪几|几件|几份|没有)|有没有|多少件|几件|是谁|哪个(?:党派|团体|单位)|列(?:出|一下)"
)
_PARTY = re.compile(r"民革|民盟|民建|民进|农工党|致公党|九三学社|台盟|工商联|总工会|共青团|团市委|妇联")
_COLLECTIVE = re.compile(r"(?:民主)?党派|集体(?:提|名义|提案)|团体(?:提|提案)|界别提|单位提")
_CONGRESS, _CONFERENCE = (
    re.compile(r"(?:人大)?代表(?:们)?(?:提|写|领衔)|人大建议"),
    re.compile(r"(?:政协)?委员(?:们)?(?:提|写)|政协提案"),
)
_WITH = re.compile(
    r"(?:请|由|让|和|与|跟|会同|找)?(?P<organ>[\u4e00-\u9fff]{2,10}?(?:局|委|办|厅|部|中心|政府|院|公司|银行))(?:来)?(?:会办|协办|会同|参与办理|参加办理)"
)
_BY = re.compile(r"(?P<organ>[\u4e00-\u9fff]{2,12}?(?:局|委|办|厅|政府|院))(?:答复|回复|承办|主办|办理)的?")
_OF_YEAR = re.compile(r"20\d\d年?(?:的)?(?:答复|复文|复函|回复|提案|建议|办理|办结)")
_EVERY_PROPOSAL = re.compile(r"(?:所有|全部|哪些|哪几件|有几件|列出)(?:的)?(?:政协)?提案")
_EVERY_SUGGESTION = re.compile(r"(?:所有|全部|哪些|哪几件|有几件|列出)(?:的)?(?:人大)?建议(?!书)")
_CATEGORY = re.compile(r"(?<![a-z])([abc])类")
# What is left of such a question when its condition and its asking are taken out.
_EMPTY = re.compile(
    r"20\d\d年?|列出|答复|复文|[这那该]?(?:些|批|几)?(?:件|份|封|篇)(?:里|中|当中)?|哪个|民主|党派|集体|团体|单位|提的?|的|市|县|是"
)
_DESCRIBED = re.compile(r"([^，,。；;：:？?]{2,30}?)(?:的)?[那这](?:篇|份|件|封)")
_PRESS = re.compile(r"日报|晚报|早报|报纸|报社|文章|报道|新闻")
# The share of the pairs of characters of a description that a title must hold, and by how much more than the next one.
_LIKE, _CLEARLY = 0.6, 0.15
_MOST, _PAIRS = 10, 3


@dataclass(frozen=True)
class Meant:
    """The letters that meet what the question says of their records, and the fields that show it."""

    letters: tuple[str, ...]
    fields: tuple[str, ...]


def meant_by_record(query: Query, records: Sequence[Record]) -> Meant | None:
    """The letters asked for by who proposed them, who took part or how they were settled; None for any other question."""
    folded = fold(query.standalone)
    if not _ASKS.search(folded):
        return None
    kept, fields, left = list(records), list[str](), folded
    for pattern, field, holds in _CONDITIONS:
        found = pattern.search(folded)
        if found:
            kept = [record for record in kept if holds(record, found)]
            fields.append(field)
            left = left.replace(found[0], " ")
    rest = [w for w in content_words(_bare(left)) if w not in vague() and len(w) > 1 and w in "".join(query.terms)]
    if not fields or rest:
        return None
    kept = [r for r in kept if _of_place_and_year(r, query)]
    return Meant(tuple(r.id for r in kept[:_MOST]), tuple(dict.fromkeys(fields))) if kept else None


def _bare(text: str) -> str:
    return _EMPTY.sub(" ", _ASKS.sub(" ", text))


def described(question: str, records: Sequence[Record]) -> str | None:
    """The id of the one letter that 那篇, 那份 means by its title, or as the one from a newspaper; None when it is not plain which."""
    for match in _DESCRIBED.finditer(fold(question)):
        what = match.group(1)
        press = [r.id for r in records if r.one("kind") == "其他" and not r.many("numbers")]
        if _PRESS.search(what) and len(press) == 1:
            return press[0]
        asked = {a + b for a, b in pairwise(what)}
        likeness = sorted(((_share(asked, r), r.id) for r in records), reverse=True)
        second = likeness[1][0] if len(likeness) > 1 else 0.0
        if len(asked) >= _PAIRS and likeness and likeness[0][0] >= max(_LIKE, second + _CLEARLY):
            return likeness[0][1]
    return None


def _share(asked: set[str], record: Record) -> float:
    title = fold(record.one("title") or "")
    return sum(pair in title for pair in asked) / len(asked) if asked else 0.0


def _of_place_and_year(record: Record, query: Query) -> bool:
    region, days = record.one("region"), (record.one("date") or record.one("publish_date") or "")
    here = not query.regions or (region is not None and any(same_place(r, region) for r in query.regions))
    return here and (not query.years or days[:4] in query.years)


def _is_of_party(record: Record, found: re.Match[str]) -> bool:
    return any(found[0] in proposer for proposer in record.many("proposers"))


def _is_collective(record: Record, found: re.Match[str]) -> bool:
    return record.one("collective") is not None or any(map(_PARTY.search, record.many("proposers")))


def _is_of_congress(record: Record, found: re.Match[str]) -> bool:
    return record.one("kind") == "人大建议"


def _is_of_conference(record: Record, found: re.Match[str]) -> bool:
    return record.one("kind") == "政协提案"


def _is_with(record: Record, found: re.Match[str]) -> bool:
    organ = found["organ"]
    return any(organ.lstrip("市省县区州") in other or other in organ for other in record.many("co_organs"))


def _is_settled(record: Record, found: re.Match[str]) -> bool:
    return (record.one("category") or "").lower().startswith(found[1])


def _is_by(record: Record, found: re.Match[str]) -> bool:
    organ, issuer = found["organ"].lstrip("市省县区州"), record.one("issuer") or ""
    return bool(organ) and organ in issuer


def _is_reply(record: Record, found: re.Match[str]) -> bool:
    return record.one("kind") not in (None, "其他")


_Holds = Callable[[Record, re.Match[str]], bool]
_CONDITIONS: tuple[tuple[re.Pattern[str], str, _Holds], ...] = (
    (_PARTY, "proposers", _is_of_party),
    (_COLLECTIVE, "proposers", _is_collective),
    (_CONGRESS, "proposers", _is_of_congress),
    (_CONFERENCE, "proposers", _is_of_conference),
    (_WITH, "co_organs", _is_with),
    (_BY, "issuer", _is_by),
    (_EVERY_PROPOSAL, "title", _is_of_conference),
    (_EVERY_SUGGESTION, "title", _is_of_congress),
    (_OF_YEAR, "date", _is_reply),
    (_CATEGORY, "category", _is_settled),
)
