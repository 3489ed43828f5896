"""Finds what an answer may rest on: the letters that the question names, then the sentences that could answer it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from assistant.desk import Desk
from assistant.directory import same_place, short_name
from assistant.evidence import Evidence, Weigher
from assistant.record_query import described
from assistant.refusal import Refusal
from assistant.understand import Query, fold
from corpus.dates import dates
from corpus.letter import Letter
from corpus.sentences import ordinal
from index.hit import Filters, Hit
from index.records import Record, record_of

# Words that speak of more than one letter.
_SEVERAL = re.compile(r"[两二三四五几各都][件份封篇]|[这那](些|批|几)|分别|各自|所有|全部|有(哪些|谁)")
# 哪一届 names none.
_SESSION = tuple(
    re.compile(rf"(?<![哪几第\d一二三四五六七八九十])第?([一二三四五六七八九十]{{1,3}}|\d{{1,2}}){unit}")
    for unit in ("届", "次会议")
)
# How many letters a conversation may be about at once.
_TALKED_ABOUT = 2
# Pairs of characters that most titles share: they do not tell letters apart.
_COMMON = frozenset(("关于", "建议", "提案", "的建", "的提", "答复", "的答", "复函", "我市"))


@dataclass(frozen=True)
class Found:
    """What retrieval brings: hits and weighed sentences, best first, and the letters that the question names.

    `letters` is empty where it names none. `refusal` is set when what it names does not exist in the corpus.
    `loose_regions` are named places that have no letter but are mentioned in the text of others. `weights` are the question's words that
    the corpus knows, with their rarity.
    """

    query: Query
    filters: Filters
    hits: tuple[Hit, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    letters: tuple[Letter, ...] = ()
    loose_regions: tuple[str, ...] = ()
    weights: dict[str, float] = field(default_factory=dict)
    refusal: Refusal | None = None


def retrieve(query: Query, desk: Desk, filters: Filters) -> Found:
    """Search within what the question and the filters name; a Found with a refusal when a named thing is unknown."""
    found = _named(query, desk, filters)
    if query.intent == "smalltalk":
        return found
    if found.refusal:
        # Nothing found here may answer; the nearest letters are named all the same.
        return replace(found, hits=tuple(desk.search(query.matter, desk.hits, filters)))
    wanted = {letter.id for letter in found.letters}
    if query.intent == "enumerate":
        desk = replace(desk, hits=desk.hits * 4)
    regions = () if filters.region or found.loose_regions else query.regions
    if wanted:
        ranked = [h for h in desk.search(query.standalone, max(desk.hits * 5, 60), filters) if h.chunk.letter in wanted]
        ranked = ranked[: desk.hits]
    elif regions:
        ranked = [h for r in regions for h in desk.search(query.matter, desk.hits, replace(filters, region=r))]
        ranked.sort(key=lambda h: (-h.score, h.chunk.letter, h.chunk.start))
    else:
        ranked = desk.search(query.standalone, desk.hits, filters)
    weigher = Weigher(query, desk.index, desk.embedder)
    weighed = weigher.weigh([*evidence_of(ranked), *evidence_of(_talked_about(query, desk, ranked, filters))])
    return replace(found, hits=tuple(ranked), evidence=weighed, weights=weigher.known)


def evidence_of(hits: Sequence[Hit]) -> list[Hit]:
    """The hits that an answer may draw on, as they are indexed: a whole section as its chunks, nothing from outside the body."""
    single = [replace(hit, chunk=part, parts=()) for hit in hits for part in hit.parts or (hit.chunk,)]
    first = {(hit.chunk.letter, hit.chunk.start): hit for hit in reversed(single) if not hit.chunk.record}
    return [hit for hit in single if first.get((hit.chunk.letter, hit.chunk.start)) is hit]


def _talked_about(query: Query, desk: Desk, ranked: Sequence[Hit], filters: Filters) -> list[Hit]:
    """What the conversation adds: chunks about its matter, and those of the letters that it cited last."""
    there = {(hit.chunk.letter, hit.chunk.start) for hit in ranked}
    letters = list(dict.fromkeys(letter for letter, _, _ in query.scope))[:_TALKED_ABOUT]
    chunks = (chunk for letter in letters if letter in desk.index.ids() for chunk in desk.index.chunks_of(letter))
    hits = [Hit(chunk, 0.0) for chunk in chunks]
    if query.carried and query.scope:
        hits = desk.search(" ".join((*query.carried, query.standalone)), desk.hits, filters) + hits
    first = {(hit.chunk.letter, hit.chunk.start): hit for hit in reversed(hits)}
    return [hit for place, hit in first.items() if place not in there]


def _named(query: Query, desk: Desk, filters: Filters) -> Found:
    """The letters that the question names by number or person, and the places that have none."""
    letters = desk.directory.by_number((*query.numbers, *query.bare_numbers))
    if query.numbers and not letters:
        numbers = "、".join(f"第{n}号" for n in query.numbers)
        return Found(query, filters, refusal=Refusal("no_such_letter", f"{numbers}建议或提案"))
    of_session = tuple(letter for letter in letters if _same_session(query, letter))
    if letters and not of_session:
        numbers = "、".join(f"第{n}号" for n in query.numbers or query.bare_numbers)
        return Found(query, filters, refusal=Refusal("no_such_letter", f"所说会议的{numbers}建议或提案"))
    letters = of_session
    letters = letters or desk.directory.by_reference(query.standalone) or desk.directory.by_person(query.standalone)
    if not letters and (one := described(query.standalone, desk.directory.records)):
        letters = (desk.index.letter(one),)
    mistaken = next((p for letter in letters for p in _miscalled(query, letter)), None)
    if mistaken:
        return Found(query, filters, refusal=Refusal("premise_unsupported", mistaken))
    if query.persons and not letters and (query.fields or query.intent in ("summary", "enumerate")):
        return Found(query, filters, refusal=Refusal("no_such_letter", f"{query.persons[0]}所提建议或提案"))
    if query.doc_numbers and not letters and query.intent in ("summary", "metadata"):
        return Found(query, filters, refusal=Refusal("no_such_letter", "、".join(query.doc_numbers) + "复文"))
    if filters.region and query.regions and not any(same_place(filters.region, r) for r in query.regions):
        what = f"{query.regions[0]}（现在只看{filters.region}的复文，请改筛选条件）"
        return Found(query, filters, refusal=Refusal("not_stated", what))
    loose = tuple(r for r in query.regions if not desk.directory.has_region(r))
    unknown = next((r for r in loose if not desk.index.knows(short_name(r))), None)
    if unknown:
        return Found(query, filters, refusal=Refusal("no_such_region", unknown))
    return Found(query, filters, letters=letters, loose_regions=loose)


def _same_session(query: Query, letter: Letter) -> bool:
    """Whether the letter may be of the session that the question names: 八届三次会议 is not 十五届三次会议."""
    session = fold(letter.metadata.session.value) if letter.metadata.session else ""
    for pattern in _SESSION:
        asked, own = pattern.search(fold(query.standalone)), pattern.search(session)
        if asked and own and _ordinal(asked.group(1)) != _ordinal(own.group(1)):
            return False
    return True


def _ordinal(numeral: str) -> int:
    return int(numeral) if numeral.isdigit() else ordinal(numeral)


def _miscalled(query: Query, letter: Letter) -> list[str]:
    """Proposers whom the question calls by the wrong office: 委员 for a 人大代表, 代表 for a 政协委员."""
    kind = letter.metadata.kind.value if letter.metadata.kind else ""
    wrong = {"人大建议": "委员", "政协提案": "代表"}.get(kind)
    folded = fold(query.standalone)
    return [p.value + wrong for p in letter.metadata.proposers if wrong and fold(p.value) + wrong in folded]


def letters_like(query: Query, desk: Desk, hits: Sequence[Hit]) -> list[Letter]:
    """The letters that the question describes by region, date, kind and subject, best first.

    They are chosen by what is on record of them: of a great corpus only those that are meant are read.
    """
    order = {hit.chunk.letter: rank for rank, hit in reversed(list(enumerate(hits)))}
    found = (record_of(desk.index.letter(letter_id)) for letter_id in order)
    candidates = {known.id: known for known in (*desk.directory.records, *found)}
    folded, days = fold(query.standalone), _days(query)
    scored = [
        (round(_likeness(folded, known) + 0.3 / (1 + order.get(known.id, 50)), 6), known)
        for known in candidates.values()
        if _meets(query, days, known)
    ]
    scored.sort(key=lambda pair: (-pair[0], pair[1].id))
    kind = _kind(folded)
    scored = [pair for pair in scored if kind is None or pair[1].one("kind") in (None, kind)] or scored
    if days or _SEVERAL.search(folded):
        meant = [known for _, known in scored if _is_reply(known)] or [known for _, known in scored]
    else:
        meant = [known for score, known in scored if score >= max(0.15, scored[0][0] * 0.75)]
    return [desk.index.letter(known.id) for known in meant]


def _kind(folded: str) -> str | None:
    """The kind of letter that the question names, 人大 or 政协; None when it names none or both."""
    congress, conference = bool(re.search("人大|代表", folded)), bool(re.search("政协|委员|提案|党派", folded))
    return None if congress == conference else "人大建议" if congress else "政协提案"


def _days(query: Query) -> set[str]:
    """The full dates that the question names."""
    return {d.value for d in dates(query.standalone) if len(d.value) == 10}


def _is_reply(known: Record) -> bool:
    return known.one("kind") not in (None, "其他")


def _meets(query: Query, asked: set[str], known: Record) -> bool:
    """Whether the letter is of a day, a year and a place that the question names."""
    days = {day for name in ("date", "publish_date") if (day := known.one(name))}
    if asked and not days & asked:
        return False
    own, years = known.one("region"), {day[:4] for day in days}
    here = own is not None and any(same_place(region, own) for region in query.regions)
    return (here or not query.regions) and (not query.years or any(year in years for year in query.years))


def _likeness(folded: str, known: Record) -> float:
    """How much of the letter's title the question says (0–1), and whether it is of the kind that the question names."""
    title = fold(known.one("title") or known.file)
    own = {title[i : i + 2] for i in range(len(title) - 1)} - _COMMON
    likeness = sum(pair in folded for pair in own) / (len(own) or 1)
    kind = known.one("kind")
    likeness += 0.2 * (kind == "政协提案" and bool(re.search("提案|委员|政协", folded)))
    likeness += 0.2 * (kind == "人大建议" and bool(re.search("建议|代表|人大", folded)))
    return likeness + 0.3 * (kind == "其他" and bool(re.search("文章|报道|新闻|日报", folded)))
