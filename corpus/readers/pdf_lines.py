"""Lines of a PDF back into paragraphs: page numbers and running heads go, what was broken to fit a line is joined."""

import itertools
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

_DASH = r"[-－\u2010-\u2015─━_~～·•\s]*"
_PAGE_NUMBER = re.compile(
    rf"{_DASH}(?:\d{{1,3}}|第\s*\d{{1,3}}\s*页(?:{_DASH}[/,，(（]?\s*共\s*\d{{1,3}}\s*页[)）]?)?|\d{{1,3}}\s*/\s*\d{{1,3}}"
    rf"|page\s*\d{{1,3}}(?:\s*of\s*\d{{1,3}})?){_DASH}",
    re.I,
)
_OPENS = re.compile(
    r"(?:第?[一二三四五六七八九十百]{1,4}[、章节条]|[(（][一二三四五六七八九十]{1,3}[)）]|\d{1,2}[.、．](?!\d)|[(（]\d{1,2}[)）]|[①-⑳]"
    r"|附件|联系人|抄送|[一二三四五六七八九十]是)"
)
# What a browser sets above and below a page that it prints: the time and the title, the address and the page.
_PRINTED = re.compile(
    r"\d{1,4}[/.-]\d{1,2}[/.-]\d{1,4},?\s*(?:[上下]午\s*)?\d{1,2}:\d\d(?:\s*[AP]M)?(?:  .*)?"
    r"|(?:https?|file|about):\S+\s+\d{1,3}/\d{1,3}",
    re.I,
)
_ENDED = re.compile(r"[。！？!?；;：:”）)]\s*$")
_TITLE_END = re.compile(r"关于.*(?:答复|回复|复函|的函|会办意见)$")
_SALUTATION = re.compile(
    r"[^，。；,;]{2,40}(?:代表|委员|委会|委员会|界别|总支|支部|工商联|小组|人民政府|局|厅)[^，。；,;]{0,12}[：:]"
)
_ITEM_GAP = re.compile(r"\S{1,5}  (?!.*  )")  # “1.  国家级平台” is no row
_GAP = "\x00"
_SHORTEST = 12  # characters: where all lines are shorter than this, none was broken to fit
# Between characters of Chinese a space is the extractor's, who takes every gap for one; between Latin words it is real.
_HAN = r"[\u2e80-\u303f\u3400-\u9fff\uf900-\ufaff\uff00-\uffef\u2014\u2018-\u201d\u2026]"
_MARK = r"[,.:;!?()\[\]%]"
_FALSE_SPACE = re.compile(rf"(?<={_HAN})[ \t]+|[ \t]+(?={_HAN})|[ \t]+(?=[,:;!?)\]%])|(?<=[(\[])[ \t]+")
# Glyphs that a font shares between a radical and the character of the same shape are read as the radical.
_RADICALS = str.maketrans(
    "⺟⺠⻄⻅⻆⻉⻋⻓⻔⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻨⻩⻬⻮⻰⻳⺩⺼⻁⻊⻌⻍⻎⻏⻖⺁⺄⺈⺋⺌⺍⺕⺗⺘⺙⺝⺡⺣⺤⺮⺯⺷⺾⻂⻈⻐⻠⻭⻯",
    "母民西见角贝车长门青韦页风飞食马骨鬼鱼鸟麦黄齐齿龙龟王肉虎足辶辶辶邑阜厂乙刀已小小彐心手攵月水火爪竹糸羊艹衤讠钅饣齿龙",
)


@dataclass(frozen=True)
class Line:
    """One line of a page: its text, where it begins and about where it ends, its height on the page, its type size."""

    text: str
    x: float
    end: float
    y: float
    size: float
    page: int = 0


@dataclass(frozen=True)
class _Frame:
    """Where full lines begin and end, how far apart lines stand, and whether paragraphs are indented."""

    left: float
    right: float
    pitch: float
    indents: bool


def tidy(text: str) -> str:
    """The text without the spaces that the extractor put between Chinese characters; wide gaps stay two spaces.

    >>> tidy("第 153005 号建议 , 收悉。 New  Area")
    '第153005号建议,收悉。New Area'
    """
    text = _characters(text)
    text = re.sub(r"[ \t\xa0\u3000]{3,}", _GAP, text)
    text = re.sub(r"[ \t\xa0\u3000]+", " ", text)
    text = _FALSE_SPACE.sub("", text)
    return re.sub(rf"\s*{_GAP}\s*", "  ", text.strip(f" {_GAP}"))


def _characters(text: str) -> str:
    """Radicals and joined letters as the characters that they stand for."""
    text = text.translate(_RADICALS)
    return re.sub("[\u2f00-\u2fd5\u2e80-\u2eff\ufb00-\ufb06]", lambda m: unicodedata.normalize("NFKC", m[0]), text)


def paragraphs(pages: Sequence[Sequence[Line]]) -> list[str]:
    """The paragraphs of a document, from the lines of its pages."""
    lines = [line for page in _without_margins(pages) for line in page]
    if not lines:
        return []
    size = Counter(round(line.size, 1) for line in lines for _ in range(min(len(line.text), 50))).most_common(1)[0][0]
    frame = _frame([line for line in lines if abs(line.size - size) <= size * 0.15] or lines)
    out = [lines[0].text]
    for before, line in itertools.pairwise(lines):
        if _goes_on(before, line, frame) or _is_title(before, line, size, frame.left):
            out[-1] = _joined(out[-1], line.text)
        else:
            out.append(line.text)
    return out


def _without_margins(pages: Sequence[Sequence[Line]]) -> list[list[Line]]:
    """The pages without page numbers, what a browser prints at the edges, and what stands at the same height on most."""
    pages = [_without_print(page) for page in pages]
    repeated = Counter(key for page in pages for key in {_margin_key(line) for line in _margins(page)})
    often = {key for key, n in repeated.items() if n >= 2 and n >= 0.6 * len(pages)}
    kept = []
    for page in pages:
        lines = list(page)
        # From the edge inwards: a line that only happens to stand alike on two pages is no running head.
        while lines and _margin_key(lines[0]) in often:
            lines.pop(0)
        while lines and _margin_key(lines[-1]) in often:
            lines.pop()
        while lines and _PAGE_NUMBER.fullmatch(lines[-1].text):
            lines.pop()
        if len(lines) > 1 and _PAGE_NUMBER.fullmatch(lines[0].text):
            lines.pop(0)
        kept.append(lines)
    return kept


def _without_print(page: Sequence[Line]) -> list[Line]:
    """The page without the lines that a browser set at its very top and bottom, smaller than the text."""
    edges = {max((line.y for line in page), default=0.0), min((line.y for line in page), default=0.0)}
    usual = max((line.size for line in page), default=0.0)
    return [line for line in page if line.y not in edges or line.size >= usual or not _PRINTED.fullmatch(line.text)]


def _margins(page: Sequence[Line]) -> list[Line]:
    if len(page) <= 4:
        return list(page)
    return [*page[:2], *page[-2:]]


def _margin_key(line: Line) -> tuple[str, int]:
    return re.sub(r"\d+", "0", "".join(line.text.split())), round(line.y / 4)


def _frame(lines: Sequence[Line]) -> _Frame:
    starts = Counter(round(line.x) for line in lines)
    # A page of short paragraphs has as many indented lines as others: the margin is the leftmost that is usual.
    left = min([x for x, n in starts.items() if n >= max(2, 0.1 * len(lines))] or list(starts))
    ends = sorted((line.end for line in lines), reverse=True)
    gaps = [round(a.y - b.y) for a, b in itertools.pairwise(lines) if a.page == b.page and a.y > b.y]
    pitch = Counter(gaps).most_common(1)[0][0] if gaps else 0
    indented = sum(1.5 * line.size < line.x - left < 3 * line.size for line in lines)
    return _Frame(left, ends[len(ends) // 10], pitch, 2 <= indented >= 0.1 * len(lines))


def _goes_on(a: Line, b: Line, frame: _Frame) -> bool:
    """Whether line b is the rest of a sentence that did not fit into line a."""
    if _is_row(a.text) and (_is_row(b.text) or _OPENS.match(b.text)):
        return False
    if _TITLE_END.search(a.text) and _SALUTATION.fullmatch(b.text):
        return False
    ended = bool(_ENDED.search(a.text))
    # What may not begin or end a line is taken along to the next: a line can end some characters early.
    if abs(a.size - b.size) > 0.1 * a.size or a.end < frame.right - (2.5 if ended else 4.5) * a.size:
        return False
    if b.x > frame.left + 0.9 * b.size or a.end - frame.left < _SHORTEST * a.size:
        return False
    if frame.pitch and a.page == b.page and not -1 < a.y - b.y < 1.5 * frame.pitch:
        return False
    return frame.indents or not (ended and _OPENS.match(b.text))


def _is_row(text: str) -> bool:
    """Whether the line stands in columns, as the row of a table does."""
    return "  " in text and not _ITEM_GAP.match(text)


def _is_title(a: Line, b: Line, size: float, left: float) -> bool:
    """Whether both are lines of one title: the same large type, both in the middle."""
    large = a.size > 1.15 * size and abs(a.size - b.size) < 0.05 * a.size
    centred = min(a.x, b.x) > left + 0.5 * size and abs((a.x + a.end) - (b.x + b.end)) < 4 * a.size
    return large and centred and a.page == b.page and 0 < a.y - b.y < 2.5 * a.size


def _joined(a: str, b: str) -> str:
    latin = re.search(r"[A-Za-z,.]$", a) and re.match(r"[A-Za-z]", b)
    return a + (" " if latin else "") + b


def lines_of(fragments: Iterable[tuple[str, float, float, float]], page: int) -> list[Line]:
    """Fragments (text, x, y, size) in reading order, put together into tidy lines."""
    lines: list[Line] = []
    place: tuple[float, float] | None = None
    for text, x, y, size in fragments:
        # What is shown by one operator is all told to stand where the operator began.
        place, x = (x, y), lines[-1].end if lines and (x, y) == place else x
        if lines and _same_line(lines[-1], x, y, size):
            last = lines[-1]
            gap = _GAP if x - last.end > 1.3 * size else ""
            lines[-1] = replace(last, text=last.text + gap + text, end=x + width(text) * size)
        else:
            lines.append(Line(text, x, x + width(text) * size, y, size, page))
    tidied = [replace(line, text=tidy(line.text)) for line in lines]
    return [line for line in tidied if line.text]


def _same_line(line: Line, x: float, y: float, size: float) -> bool:
    return abs(line.y - y) < 0.5 * max(size, line.size) and x > line.end - 2 * max(size, line.size)


def width(text: str) -> float:
    """How wide the text is, in widths of a Chinese character.

    >>> width("第12号")
    3.0
    """
    return sum(1.0 if unicodedata.east_asian_width(c) in "WFA" else 0.5 for c in text)
