"""Part a page into its letters and attachments, each with a numbering of its own."""

import re
from dataclasses import dataclass

from corpus.closings import Line, lines, sign_off

_TO_WHOM = re.compile(
    r"[^\S\n]*(?:尊敬的)?[^，。；：:\n]{1,60}?(?:代表|委员|委员会|委会|界别|小组|总支|支部|工商联|代表团|领衔)"
    r"\s*(?:[（(][^）)\n]{1,20}[）)])?\s*(?:等\s*\d*\s*[位名人]?)?\s*[：:][^\S\n]*$"
)
_LETTER_WORDS = re.compile(r"收悉|您|你们?提|函告|答复如下|办理情况|汇报如下|提出的")
_HEADLINE = re.compile(r"关于|答复|复函|提案|建议|办\s?理\s?情\s?况|号$")
_NO_HEADLINE = re.compile(r"^抄\s?[送报]|。$")
_ATTACHMENT = re.compile(
    r"[^\S\n]*(?P<name>附\s?(?:件|表|录)\s?(?:\d{1,2}|[一二三四五六七八九十]{1,2})?)\s*[：:]?(?P<rest>[^\n]*)$"
)
_NAMES = re.compile(r"(?m)^[^\S\n]*附\s?(?:件|表)\s?\d{0,2}\s*[：:]")
_NAMES_ONLY = 30


@dataclass(frozen=True)
class Part:
    """A letter or an attachment: `text[start:end]`; an attachment's heading is `text[start:heading_end]`."""

    start: int
    end: int
    heading_end: int | None = None


def parts(text: str, start: int, end: int) -> tuple[Part, ...]:
    """The letters and attachments of `text[start:end]`, in order; mostly one letter.

    A second letter begins at its salutation or the title above it, an attachment at a line 附件 below a sign-off with
    a text of its own below (one of which there is only the name is left out); what else stands below a sign-off is a
    part too.
    """
    signed = sign_off(text, start, end)
    cuts: dict[int, int | None] = {start: None}
    above: list[Line] = []
    greeted, last = False, start
    for line in lines(text, start, end):
        if signed and line[0] >= signed[1]:
            cuts.setdefault(line[0], None)
            last = line[0]
            signed = sign_off(text, line[0], end)
        if _greets(text, line, end):
            if greeted:
                cuts[_title_start(text, above, line[0], last)] = None
            greeted = True
        elif len(cuts) > 1 and (named := _attachment(text, line)) is not None:
            cuts[line[0]] = named
        above = [*above[-3:], line]
    begins = sorted(cuts)
    made = [Part(a, b, cuts[a]) for a, b in zip(begins, [*begins[1:], end], strict=True)]
    return tuple(part for part in made if _has_text(text, part))


def salutation(text: str, part: Part) -> str | None:
    """The salutation of a part without white space, None where it has none of its own."""
    greeting = next((line for line in lines(text, part.start, part.end) if _greets(text, line, part.end)), None)
    return "".join(text[slice(*greeting)].split()) if greeting else None


def _greets(text: str, line: Line, end: int) -> bool:
    if line[1] - line[0] > 80 or not _TO_WHOM.match(text, *line):
        return False
    return _LETTER_WORDS.search(text, line[1], min(end, line[1] + 160)) is not None


def _title_start(text: str, above: list[Line], at: int, last_cut: int) -> int:
    for begun, ended in reversed(above):
        title = text[begun:ended].strip()
        if begun < last_cut or len(title) > 60 or not _HEADLINE.search(title) or _NO_HEADLINE.search(title):
            break
        at = begun
    return at


def _attachment(text: str, line: Line) -> int | None:
    """Where the heading of the attachment that the line begins ends; None when it begins none."""
    if line[1] - line[0] > 80:
        return None
    match = _ATTACHMENT.match(text, *line)
    if match is None or match["rest"].rstrip().endswith(("。", "；", ";")):
        return None
    ended = match.end("rest") if match["rest"].strip() else match.end("name")
    while text[ended - 1].isspace():
        ended -= 1
    return ended


def _has_text(text: str, part: Part) -> bool:
    return part.heading_end is None or len(text[part.heading_end : part.end].strip()) > _NAMES_ONLY


def names_of_attachments(text: str, start: int, end: int) -> int | None:
    """Where a letter lists the names of its attachments, below its last words and above its sign-off; None where not."""
    match = _NAMES.search(text, start, end)
    if match is None or any(
        ended - begun > 100 for begun, ended in lines(text, match.start(), min(end, match.start() + 1000))
    ):
        return None
    return match.start()
