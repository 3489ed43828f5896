"""Looks things up exactly: a letter by number, person, date or title, a policy by 文号 or 《title》, however it is typed.

A key is a token of the words of a chunk that no cutter ever makes, so that one searcher finds words and keys.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from corpus.dates import dates
from corpus.doc_numbers import doc_numbers

_BRACKETS = str.maketrans("[(【﹝", "〔〔〔〔") | str.maketrans("])】﹞", "〕〕〕〕")
_MARKS = re.compile(r"[\s《》〈〉<>“”\"'‘’「」『』,，、。.:：;；\-—–~～()（）〔〕\[\]]")
_TITLE = re.compile(r"《([^《》]{2,80})》?|[“\"]([^“”\"]{6,80})[”\"]")
_NUMBER = re.compile(
    r"第\s*([A-Za-z]{0,4}\d{1,16})\s*号|(?<![A-Za-z\d〔\[(])([A-Za-z]{0,4}\d{1,16})\s*号|(?<![\d.A-Za-z])([A-Za-z]{0,3}\d{3,16})(?![\d.年月日万亿元家项个名人件单%多余来])"
)
_REFERENCE = re.compile(r"[A-Za-z0-9]{2,}(?:[/\-][A-Za-z0-9]+)+|[A-Za-z]{2,}\d{6,}|\d{8,}")
# What tells that the characters before or behind it are the name of a person: 陈力代表, 郎荣旗是哪件的联系人.
_TELLS_NAME = re.compile(
    r"委员|代表|先生|女士|主任|主席|[所]?(?:提|写|领衔|牵头|签发)|等|[和与、,，]|那|的|是|这|在|有|联系|[?？]|$"
)
_BODY_END = re.compile(r"[会部社组团局厅委院署处室盟系派]")
_HAN = re.compile(r"[\u4e00-\u9fff·]+")
_LONGEST_PERSON, _LONGEST_BODY = 4, 24


@dataclass(frozen=True)
class Sought:
    """A thing that a question names exactly: its key, how the question writes it, and what it is (案号, 姓名, 日期, 文号, 题名)."""

    key: str
    written: str
    kind: str


def sought(question: str) -> tuple[Sought, ...]:
    """What the question may name exactly, whether or not any letter has it.

    >>> [s.written for s in sought("金政发[2024]5号是什么文件") if s.kind == "文号"]
    ['金政发[2024]5号']
    """
    found: dict[str, Sought] = {}
    for named in (*_references(question), *_titles(question), *_days(question), *_names(question)):
        found.setdefault(named.key, named)
    return tuple(found.values())


def _references(question: str) -> Iterator[Sought]:
    """文号, 索引号 and numbers of letters; the number within a 文号 is none."""
    bare = question
    for number in reversed(doc_numbers(question)):
        yield Sought(doc_key(number.value), question[number.start : number.end], "文号")
        bare = bare[: number.start] + " " * (number.end - number.start) + bare[number.end :]
    folded = unicodedata.normalize("NFKC", bare)
    for match in _REFERENCE.finditer(folded):
        yield Sought(doc_key(match.group()), match.group(), "索引号")
    for match in _NUMBER.finditer(_REFERENCE.sub(" ", folded)):
        number = next(filter(None, match.groups()))
        yield Sought(number_key(number), match.group().strip(), "案号")


def _titles(question: str) -> Iterator[Sought]:
    for match in _TITLE.finditer(question):
        title = match.group(1) or match.group(2)
        yield Sought(title_key(title), match.group(), "题名")


def _days(question: str) -> Iterator[Sought]:
    for date in dates(question):
        if len(date.value) == 10:
            yield Sought(date_key(date.value), question[date.start : date.end], "日期")


def _names(question: str) -> Iterator[Sought]:
    """Every run of characters that may be a person or a body; only the letters tell which of them is one."""
    for run in _HAN.finditer(question):
        text = run.group()[:200]
        for start in range(len(text)):
            for end in range(start + 2, min(len(text), start + _LONGEST_BODY) + 1):
                person = end - start <= _LONGEST_PERSON and _TELLS_NAME.match(question, run.start() + end)
                if person or (end - start > 3 and _BODY_END.fullmatch(text[end - 1])):
                    yield Sought(name_key(text[start:end]), text[start:end], "姓名")


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
