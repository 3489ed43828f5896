"""What a letter is: canonical text, typed metadata, sections; all offsets point into `Letter.text`."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Stated:
    """One metadata value with the characters that it was read from.

    `start` and `end` are offsets into the letter's text, None when the value was read from outside it (the file
    name). `origin` is "stated" (the letter says so) or "inferred" (a rule concluded it; the span is its evidence), and
    `rule` then says in a few Chinese words which one.
    """

    value: str
    start: int | None = None
    end: int | None = None
    origin: str = "stated"
    rule: str | None = None


@dataclass(frozen=True)
class Metadata:
    """The letter as a typed record; None or () where the letter does not say.

    `kind` is 人大建议, 政协提案, 议案 or 其他; `role` is 答复, 会办意见, 答复摘要 or 其他; dates are YYYY-MM-DD, YYYY-MM or
    YYYY; `title` is the title of the proposal that is answered (of the text itself when kind is 其他). `session` is as
    written, white space aside; `term` and `meeting` are its numbers in digits, `assembly` is 人大 or 政协, `level` is 全国,
    省级, 市级, 县级 or 乡级. `proposer_count` counts those behind “等N位” too; `collective` is 党派, 团体, 界别, 专委会, 代表团
    or 小组 where a body proposed. `main_organ` is whom a 会办意见 is written to. `province`, `city` and `county` are the
    full names that `region` amounts to. `disclosure` is 主动公开, 依申请公开 or 不予公开. `further_titles` are
    those of the other proposals where one letter answers several.
    """

    kind: Stated | None = None
    role: Stated | None = None
    numbers: tuple[Stated, ...] = ()
    session: Stated | None = None
    title: Stated | None = None
    proposers: tuple[Stated, ...] = ()
    issuer: Stated | None = None
    region: Stated | None = None
    date: Stated | None = None
    publish_date: Stated | None = None
    category: Stated | None = None
    index_no: Stated | None = None
    doc_no: Stated | None = None
    co_organs: tuple[Stated, ...] = ()
    contact: Stated | None = None
    term: Stated | None = None
    meeting: Stated | None = None
    assembly: Stated | None = None
    level: Stated | None = None
    lead_proposer: Stated | None = None
    proposer_count: Stated | None = None
    collective: Stated | None = None
    main_organ: Stated | None = None
    province: Stated | None = None
    city: Stated | None = None
    county: Stated | None = None
    disclosure: Stated | None = None
    signer: Stated | None = None
    further_titles: tuple[Stated, ...] = ()


@dataclass(frozen=True)
class Section:
    """A node of the numbering tree.

    `text[start:end]` is the whole section, its subsections included, heading first; `heading` is
    `text[start:start + len(heading)]`; `heading_path` holds the headings from the top down to this one, so that
    `level == len(heading_path)`. `kind` is "heading", "item" (a numbered paragraph without separable heading: its
    `heading` is only the mark and the first clause, so that the path names the place) or "attachment".
    """

    level: int
    heading: str
    heading_path: tuple[str, ...]
    start: int
    end: int
    kind: str = "heading"


@dataclass(frozen=True)
class Letter:
    """One document of the corpus.

    `id` is unique in a corpus, `file` is the name of the file it came from, `text` is the canonical text (page chrome
    removed, the author's characters kept), `text[body[0]:body[1]]` is the letter itself without the information box
    of its page.
    """

    id: str
    file: str
    text: str
    metadata: Metadata = Metadata()
    sections: tuple[Section, ...] = ()
    body: tuple[int, int] = field(default=(0, 0))

    @property
    def name(self) -> str:
        """The name to show to a person: the proposal's title, else the file name."""
        return self.metadata.title.value if self.metadata.title else self.file
