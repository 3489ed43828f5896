"""Find headings without a number: Markdown's #, lines in bold, 关于…的建议; as marks of zero length."""

import re
from dataclasses import replace

from corpus.marks import Mark

_ABOUT = re.compile(
    r"(?m)^(?P<indent>[^\S\n]*)关于[^。\n]{3,80}?(?:的(?:建议|意见|问题|支持|诉求|提议|请求|情况)|方面(?=\s*[：:\n]))|^(?P<short>[^\S\n]*)关于[^。，,；;：:\n]{2,30}(?=[。：:])"
)
_TITLE = re.compile(r"(?:答复|复函|回复|复文|的函|办\s?理\s?情\s?况|会办意见)[^。，,\n]{0,12}$|第\s?[\w\-]+\s?号|收悉")
_OPENING = re.compile(r"(?:如下|收悉|函告)[^\n]{0,40}")
_HASH = re.compile(r"(?m)^[^\S\n]{0,3}(?P<hash>#{1,6})[^\S\n]+(?P<bold>\*\*)?(?=\S)")
_BOLD = re.compile(r"(?m)^[^\S\n]*\*\*(?=[^\s*])[^*\n。]{2,40}\*\*[^\S\n]*[：:]?[^\S\n]*$")


def about_marks(text: str, start: int, end: int) -> list[Mark]:
    """Unnumbered 关于…的建议 headings: below the opening sentence, at least two unless one stands on its own line."""
    opening = _OPENING.search(text, start, end)
    if opening is None:
        return []
    found = [
        Mark("关于", 1, at, at, above=match.group().strip())
        for match in _ABOUT.finditer(text, opening.start(), end)
        for at in (match.start() + len(match["indent"] or match["short"] or ""),)
        if not _TITLE.search(text[match.start() : _line_end(text, match.end(), end)][:120])
    ]
    alone = any(mark.start + len(mark.above) == _line_end(text, mark.start, end) for mark in found)
    return found if len(found) > 1 or alone else []


def hash_marks(text: str, start: int, end: int, numbered: list[Mark]) -> list[Mark]:
    """Markdown's headings, numbered ones too, when some have no number; the letter's own title aside."""
    by_start = {mark.start: mark for mark in numbered}
    found: list[Mark] = []
    for match in _HASH.finditer(text, start, end):
        line = text[match.end() : _line_end(text, match.end(), end)]
        kind = f"#{len(match['hash'])}"
        if match.end() in by_start:
            found.append(replace(by_start[match.end()], kind=kind))
        elif not _TITLE.search(line.rstrip("*# ")) and len(line) <= 80:
            found.append(Mark(kind, 1, match.end(), match.end()))
    return found if any(mark.start not in by_start for mark in found) else []


def bold_marks(text: str, start: int, end: int) -> list[Mark]:
    """Lines wholly in bold, at least two."""
    found = [
        Mark("**", 1, at, at)
        for match in _BOLD.finditer(text, start, end)
        if not _TITLE.search(match.group().strip("* \t："))
        for at in (text.index("**", match.start()) + 2,)
    ]
    return found if len(found) > 1 else []


def _line_end(text: str, at: int, end: int) -> int:
    cut = text.find("\n", at, end)
    return end if cut < 0 else cut
