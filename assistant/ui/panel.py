"""The evidence panel: a letter's record and its whole text, with the quoted characters highlighted."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from assistant.cite import heading_path
from assistant.ui.escape import attributes, text
from assistant.ui.reference import reference
from assistant.ui.render import letter_button, letter_line
from corpus.letter import Letter

LONGEST_SHELF = 40


def shelf(letters: Sequence[Letter]) -> str:
    """The panel before a letter is opened: what the corpus holds, newest first, each to be opened by a click."""
    newest = sorted(letters, key=lambda each: _dated(each) or "", reverse=True)[:LONGEST_SHELF]
    items = "".join(f"<li>{letter_button(each)}</li>" for each in newest)
    title = "现有材料" if len(newest) == len(letters) else f"最近的 {len(newest)} 件材料"
    books = f'<h3>{title}</h3><ul class="fw-shelf">{items}</ul>' if items else ""
    hint = "点回答里的数字角标，这里就打开那件材料，并标出所引的原句。"
    return f'<div class="fw-panel fw-panel-empty"><h2>原文</h2><p>{hint}</p>{books}</div>'


def unopened(message: str) -> str:
    """The panel that says why a letter cannot be shown."""
    return (
        f'<div class="fw-panel fw-panel-empty"><h2>原文</h2><p class="fw-notice" role="alert">{text(message)}</p></div>'
    )


def panel(letter: Letter, start: int, end: int) -> str:
    """The letter with `text[start:end]` highlighted; nothing is highlighted where the span is empty."""
    quote = letter.text[start:end]
    key = f"{letter.id}:{start}:{end}"
    return (
        f'<article class="fw-panel"{attributes(data_key=key)}>{_head(letter, start, quote)}{_outline(letter)}'
        f'<div class="fw-letter" tabindex="0" role="region" aria-label="原文全文">{letter_text(letter, start, end)}</div>'
        f'<p class="fw-file">文件：{text(letter.file)}</p></article>'
    )


def letter_text(letter: Letter, start: int, end: int) -> str:
    """The whole text, a paragraph a line, headings and the quote marked; without its tags it is `letter.text`."""
    parts, at = [], 0
    for line in letter.text.splitlines(keepends=True):
        stop = at + len(line)
        blank = "" if line.strip() else ' class="fw-blank"'
        parts.append(f"<p{blank}>{''.join(_pieces(letter, at, stop, start, end))}</p>")
        at = stop
    return "".join(parts)


def copied(letter: Letter, start: int, quote: str) -> str:
    """What the copy button puts on the clipboard: where the quote stands, and the quote."""
    meta = letter.metadata
    number = meta.numbers[0].value if meta.numbers else None
    return f"{reference(letter.name, number, _dated(letter), heading_path(letter, start))}：“{quote}”"


def _dated(letter: Letter) -> str | None:
    date = letter.metadata.date or letter.metadata.publish_date
    return date.value if date else None


def _head(letter: Letter, start: int, quote: str) -> str:
    line = letter_line(letter)
    meta = f'<p class="fw-meta">{text(line)}</p>' if line else ""
    path = "".join(f"<li>{text(h)}</li>" for h in heading_path(letter, start)) if quote else ""
    where = f'<ol class="fw-where" aria-label="所在章节">{path}</ol>' if path else ""
    copy = (
        f'<button type="button" class="fw-copy"{attributes(data_copy=copied(letter, start, quote))}>复制引文</button>'
        if quote
        else ""
    )
    back = '<button type="button" class="fw-back" data-back="">返回回答</button>'
    return f'<header><h2>《{text(letter.name)}》</h2>{meta}{where}<div class="fw-tools">{copy}{back}</div></header>'


def _outline(letter: Letter) -> str:
    """The headings as buttons that scroll to them; "" for a letter without sections."""
    if not letter.sections:
        return ""
    items = "".join(
        f'<li><button type="button" class="fw-l{min(s.level, 4)}"{attributes(data_goto=f"fw-s{n}")}>{text(s.heading)}</button></li>'
        for n, s in enumerate(letter.sections)
        if s.heading
    )
    return f'<details class="fw-outline"><summary>目录</summary><ul>{items}</ul></details>'


def _pieces(letter: Letter, at: int, stop: int, start: int, end: int) -> Iterator[str]:
    """The text from `at` to `stop`, cut where a heading or the quote begins or ends."""
    headings = [(s.start, s.start + len(s.heading), n) for n, s in enumerate(letter.sections) if s.heading]
    here = [h for h in headings if h[0] < stop and h[1] > at]
    edges = {at, stop, *(edge for h in here for edge in h[:2]), start, end}
    cuts = sorted(edge for edge in edges if at <= edge <= stop)
    for left, right in pairwise(cuts):
        piece = text(letter.text[left:right])
        if start <= left and right <= end:
            piece = f'<mark class="fw-hit">{piece}</mark>'
        for head_start, head_end, n in here:
            if head_start <= left and right <= head_end:
                anchor = f' id="fw-s{n}"' if left == head_start else ""
                piece = f'<b class="fw-l{min(letter.sections[n].level, 4)}"{anchor}>{piece}</b>'
        yield piece
