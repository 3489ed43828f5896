"""Markdown's marks inside a line, taken off: bold, code, links; headings, lists and tables stay for the sections."""

import re

_BOLD = re.compile(r"(?<![*_\\])(\*\*|__)(?=[^\s*_])([^*_\n]{1,200}?)(?<=\S)\1(?![*_])")
_CODE = re.compile(r"(?<!`)`([^`\n]{1,200})`(?!`)")
# An address is plain ASCII: 〔2022〕 written as [2022](昆政办) is none.
_LINK = re.compile(r"!?\[([^\[\]\n]{0,200})\]\([!-'*-~]{1,500}(?: \"[^\"\n]{0,100}\")?\)")
_WHOLE_LINE = re.compile(r"\s*(?:\*\*|__)[^*_\n]*(?:\*\*|__)\s*[:：]?\s*$")


def unmarked(text: str) -> str:
    """The text without the marks inside its lines; a line that is bold as a whole keeps them: it may be a heading.

    >>> unmarked("您提出的**《关于加快发展的建议》**收悉，建成`28座`，见[通知](http://a.cn/1.html)。")
    '您提出的《关于加快发展的建议》收悉，建成28座，见通知。'
    """
    if not any(mark in text for mark in ("**", "__", "`", "](")):
        return text
    return "\n".join(map(_line, text.split("\n")))


def _line(line: str) -> str:
    if not _WHOLE_LINE.match(line):
        line = _BOLD.sub(r"\2", line)
    return _LINK.sub(r"\1", _CODE.sub(r"\1", line))
