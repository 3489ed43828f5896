"""The letter as a typed record: every field with the characters that it was read from, or nothing where it is unsaid."""

import re

from corpus.box import fields
from corpus.clean import Cleaned
from corpus.letter import Metadata, Stated
from corpus.metadata_dates import letter_date, publish_date
from corpus.metadata_kind import is_reply, read_kind, read_role
from corpus.metadata_marks import category, disclosure, doc_no, index_no, signer
from corpus.metadata_numbers import read_numbers
from corpus.metadata_organs import is_organ, read_co_organs, read_contact, read_issuer
from corpus.metadata_parts import Parts, take_apart
from corpus.metadata_people import collective, lead_proposer, main_organ, proposer_count, read_proposers
from corpus.metadata_region import divisions, letter_region, page_region
from corpus.metadata_session import read_session
from corpus.metadata_title import further_titles, proposal_title

_SUBJECT = re.compile(r"建议|提案|议案|代表|委员|书面意见")
_REPLY = re.compile(r"答复|复函|回复|复文|收悉|会办意见|协办意见|汇办意见|办理|函[告复]如下|答覆|答\s*复|复\s*函|如下")


def read_metadata(cleaned: Cleaned, outside_title: str | None = None) -> Metadata:
    """The metadata of a letter; of any other text only title, region and the dates of its page."""
    start = cleaned.text[:3000] + (outside_title or "")
    if not _SUBJECT.search(start) or not _REPLY.search(start):
        return _plain_metadata(cleaned, outside_title)
    parts = take_apart(cleaned, outside_title)
    if not is_reply(parts):
        return _plain_metadata(cleaned, outside_title)
    return _letter_metadata(parts)


def _letter_metadata(parts: Parts) -> Metadata:
    kind, role, sender, proposed_by = read_kind(parts), read_role(parts), read_issuer(parts), read_proposers(parts)
    region = letter_region(parts, sender, proposed_by)
    province, city, county = divisions(parts, region)
    sitting = read_session(parts, kind.value, region.value if region else None)
    return Metadata(
        kind=kind,
        role=role,
        numbers=read_numbers(parts),
        session=sitting.session,
        term=sitting.term,
        meeting=sitting.meeting,
        assembly=sitting.assembly,
        level=sitting.level,
        title=proposal_title(parts),
        further_titles=further_titles(parts),
        proposers=proposed_by,
        lead_proposer=lead_proposer(parts, proposed_by),
        proposer_count=proposer_count(parts, proposed_by),
        collective=collective(proposed_by),
        issuer=sender,
        main_organ=main_organ(parts) if role.value == "会办意见" else None,
        co_organs=read_co_organs(parts),
        region=region,
        province=province,
        city=city,
        county=county,
        date=letter_date(parts),
        publish_date=publish_date(parts),
        category=category(parts),
        disclosure=disclosure(parts),
        signer=signer(parts),
        index_no=index_no(parts),
        doc_no=doc_no(parts),
        contact=read_contact(parts),
    )


def _plain_metadata(cleaned: Cleaned, outside_title: str | None) -> Metadata:
    """What can be said of a text that is no letter."""
    other = Stated("其他", origin="inferred", rule="不是答复")
    title = Stated(outside_title) if outside_title else _headline(cleaned)
    if not cleaned.is_page:
        return Metadata(kind=other, role=other, title=title)
    parts = take_apart(cleaned, None)
    region = page_region(parts)
    province, city, county = divisions(parts, region)
    return Metadata(
        kind=other,
        role=other,
        title=title,
        region=region,
        province=province,
        city=city,
        county=county,
        date=letter_date(parts),
        publish_date=publish_date(parts),
        index_no=index_no(parts),
    )


def _headline(cleaned: Cleaned) -> Stated | None:
    """The headline of a page or a text: the box's 名称 or 标题, else the short first line above longer ones."""
    named = [f for f in fields(cleaned.text, cleaned.box) if f.key == "name" and len(f.value) >= 4]
    if named:
        return Stated(named[0].value, named[0].start, named[0].end)
    first_box = cleaned.box[0] if cleaned.box else None
    lines = list(re.finditer(r"[^\n]*\S[^\n]*", cleaned.text[:2000]))
    for i, match in enumerate(lines):
        line = match[0].strip()
        if i + 1 < len(lines) and _is_masthead(line, lines[i + 1][0].strip()):
            continue
        if (match.start(), match.end()) in cleaned.box or (
            first_box and match.start() < first_box[0] and len(line) < 4
        ):
            continue
        rest = cleaned.text[match.end() :].strip()
        if len(line) > 60 or re.search(r"[。;；!！,，:：]$", line) or not rest or "。" in line:
            return None
        start = match.start() + match[0].index(line)
        title = Stated(line.lstrip("# "), start + len(line) - len(line.lstrip("# ")), start + len(line))
        return _continued(title, lines[i + 1]) if i + 1 < len(lines) else title
    return None


_FIELD_LINE = re.compile(r"[\u4e00-\u9fff\s]{2,12}[:：].{1,40}")
_DOC_LINE = re.compile(r"[^\s《》。]{2,14}[〔\[【(（]20\d\d[〕\]】)）]\d+号(?:\s.*)?")


def _is_masthead(line: str, below: str) -> bool:
    """The name of the organ above its paper, the paper's number, a field: what stands above a headline."""
    if _FIELD_LINE.fullmatch(line) or _DOC_LINE.fullmatch(line):
        return True
    if re.search(r"(?:文件|用笺|信笺)$", line):
        return is_organ(re.sub(r"(?:文件|用笺|信笺)$", "", "".join(line.split())))
    return is_organ(line) and not re.match(
        r"关于|20\d\d|(?:公|通)\s*告$|.{2,40}(?:通知|意见|办法|公告|报告|方案)$", below
    )


def _continued(title: Stated, below: re.Match[str]) -> Stated:
    """A headline over two lines: …办公室 / 关于…的通知."""
    more = below[0].strip()
    open_end = re.search(r"(?:关于|印发|局|办公室|政府|委员会|厅|委|的)$", title.value)
    if (
        open_end
        and len(more) <= 60
        and re.search(
            r"(?:通知|意见|办法|公告|报告|情况|方案|决定|函|讲话|公\s*告|通\s*告|批复|请示|决议|规定|细则|总结|要点|计划|公报|说明)$",
            more,
        )
    ):
        at = below.start() + below[0].index(more)
        return Stated(title.value + more, title.start, at + len(more))
    return title
