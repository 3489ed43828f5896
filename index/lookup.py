"""Looks things up exactly: a letter by number, person, date or title, a policy by 文号 or 《title》, however it is typed.

A key is a token of the words of a chunk that no cutter ever makes, so that one searcher finds words and keys.
"""

import re
import unicodedata

_BRACKETS = str.maketrans("[(【﹝", "〔〔〔〔") | str.maketrans("])】﹞", "〕〕〕〕")
_MARKS = re.compile(r"[\s《》〈〉<>“”\"'‘’「」『』,，、。.:：;；\-—–~～()（）〔〕\[\]]")


def number_key(number: str) -> str:
    """The key of a letter's number; leading zeros, width and case do not count.

    >>> number_key("０29") == number_key("29")
    True
    """
    folded = _folded(number)
    return f"#number={folded.lstrip('0') or folded}"


def doc_key(number: str) -> str:
    """The key of a 文号 or 索引号, whatever its brackets.

    >>> doc_key("金政发[2024] 5号")
    '#doc=金政发〔2024〕5号'
    """
    return f"#doc={_folded(number).translate(_BRACKETS)}"


def name_key(name: str) -> str:
    """The key of a person or body that a letter names on record."""
    return f"#name={_folded(name)}"


def date_key(date: str) -> str:
    """The key of a letter's date, YYYY-MM-DD or less."""
    return f"#date={date}"


def title_key(title: str) -> str:
    """The key of a title, marks and white space aside.

    >>> title_key("《昆明市创新驱动高质量发展17条措施》")
    '#title=昆明市创新驱动高质量发展17条措施'
    """
    return f"#title={_MARKS.sub('', _folded(title))}"


def _folded(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).lower().split())
