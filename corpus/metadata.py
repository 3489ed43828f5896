"""The letter as a typed record: every field with the characters that it was read from, or nothing where it is unsaid."""

import re
from itertools import pairwise

from corpus.clean import Cleaned
from corpus.letter import Metadata, Stated
from corpus.metadata_dates import letter_date, publish_date
from corpus.metadata_marks import category, doc_no, index_no
from corpus.metadata_parts import Parts, joined, piece, take_apart
from corpus.metadata_people import co_organs, contact, issuer, proposers
from corpus.metadata_region import letter_region, text_region
from corpus.metadata_title import letter_kind, letter_role, numbers, proposal_title, session

_SUBJECT = re.compile(r"建议|提案|议案|代表|委员")
_REPLY = re.compile(r"答复|复函|回复|复文|收悉|会办意见|协办意见|办理情况|函[告复]如下|答覆")
_TITLE = re.compile(
    r"(?:关于|对|第.{1,20}号|次会议).{0,120}(?:建议|提案|议案|代表|委员|会议).{0,80}"
    r"(?:答复|复函|回复|复文|函复|会办意见|协办意见|办理情况)(?!工作|办法|制度|会)"
)
_NO_REPLY = re.compile(r"(?:通知|办法|规定|规则|方案|新闻|座谈会|召开|报告|公告|公示|总结|一览表|汇总表?|目录)$")
_OPENING = re.compile(
    r"(?:提出|所提|领衔|提交|《.{4,80}》|“.{4,80}”|提案|建议).{0,100}(?:收悉|(?:答复|回复|函复|函告|汇报|反馈)如下)"
)


def read_metadata(cleaned: Cleaned, outside_title: str | None = None) -> Metadata:
    """The metadata of a letter; of any other text only title, region and the dates of its page."""
    start = cleaned.text[:3000]
    if not _SUBJECT.search(start) and not _SUBJECT.search(outside_title or ""):
        return _plain_metadata(cleaned, outside_title)
    if not _REPLY.search(start) and not _REPLY.search(outside_title or ""):
        return _plain_metadata(cleaned, outside_title)
    parts = take_apart(cleaned, outside_title)
    if not is_letter(parts):
        return _plain_metadata(cleaned, outside_title)
    sender, proposed_by = issuer(parts), proposers(parts)
    return Metadata(
        kind=letter_kind(parts) or Stated("其他", origin="inferred"),
        role=letter_role(parts),
        numbers=numbers(parts),
        session=session(parts),
        title=proposal_title(parts),
        proposers=proposed_by,
        issuer=sender,
        region=letter_region(parts, sender, proposed_by),
        date=letter_date(parts),
        publish_date=publish_date(parts),
        category=category(parts),
        index_no=index_no(parts),
        doc_no=doc_no(parts),
        co_organs=co_organs(parts),
        contact=contact(parts),
    )


def is_letter(parts: Parts) -> bool:
    """Whether this is a reply to a proposal: its title says so, or an address is followed by 收悉 or 答复如下."""
    own = parts.titles
    pairs = tuple(joined(pair) for pair in pairwise(own) if pair[1].where)
    named = tuple(piece(parts.text, f.start, f.end) for f in parts.box_values("name"))
    for line in (*own, *pairs, *named):
        if len(line.text) <= 250 and _TITLE.search(line.text) and not _NO_REPLY.search(line.text):
            return not any(_NO_REPLY.search(other.text) for other in own)
    opening = bool(_OPENING.search(parts.opening.text[:500]))
    return opening and (parts.salutation is not None or "收悉" in parts.opening.text[:300])


def _plain_metadata(cleaned: Cleaned, outside_title: str | None) -> Metadata:
    """What can be said of a text that is no letter."""
    other = Stated("其他", origin="inferred")
    title = Stated(outside_title) if outside_title else _headline(cleaned)
    if not cleaned.is_page:
        return Metadata(kind=other, role=other, title=title)
    parts = take_apart(cleaned, None)
    return Metadata(
        kind=other,
        role=other,
        title=title,
        region=text_region(parts),
        date=letter_date(parts),
        publish_date=publish_date(parts),
        index_no=index_no(parts),
    )


def _headline(cleaned: Cleaned) -> Stated | None:
    """The headline of a page or a text: the short first line above longer ones, a box's 名称 or 标题 before it."""
    first_box = cleaned.box[0] if cleaned.box else None
    for match in re.finditer(r"[^\n]*\S[^\n]*", cleaned.text[:2000]):
        line = match[0].strip()
        if (match.start(), match.end()) in cleaned.box or (
            first_box and match.start() < first_box[0] and len(line) < 4
        ):
            continue
        rest = cleaned.text[match.end() :].strip()
        if len(line) > 60 or re.search(r"[。;；!！,，:：]$", line) or not rest or "。" in line:
            return None
        start = match.start() + match[0].index(line)
        return Stated(line.lstrip("# "), start + len(line) - len(line.lstrip("# ")), start + len(line))
    return None
