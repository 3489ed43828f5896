"""Reads a question: intent, what is asked for, and the cities, years, letters and policies that it names."""

import re
import tomllib
import unicodedata
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from corpus.errors import InputError
from corpus.regions import find_regions
from index.words import content_words

LONGEST_QUESTION = 2000
INTENTS = ("fact", "measures", "compare", "enumerate", "metadata", "summary", "smalltalk")

_CUES = Path(__file__).with_name("cues.toml")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\ufeff]")
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})(?=年|(?!\d|号|[-—.]?\d))(?!号)")
_LETTER_NUMBER = re.compile(
    r"第?\s*([A-Za-z]{0,3}\d{1,12})\s*号(?=提案|建议|议案|复文|复函|答复|件|的|这|是|由|谁|怎|$|[,，。?？ ])"
)
_TITLE = re.compile(r"《([^《》]{2,80})》")
_QUOTED = re.compile(r"[“\"「『]([^“”\"」』]{2,40})[”\"」』]")
_PERSON = re.compile(r"([\u4e00-\u9fa5]{2,4}?)(?:委员|代表)(?=提|的|写|关于|是|领|在|有|那|这|去|问)")
_NOT_NAMES = re.compile(r"[哪位个是谁这那由各的等市省区县人大政协名些领衔]")
_LETTER_WORDS = re.compile(
    r"提案|建议(?!书)|议案|复文|复函|答复|回复|来信|这封信|委员|代表|[这那该][件封份篇]|文章|报道"
)


@dataclass(frozen=True)
class Query:
    """A question understood.

    `standalone` is the question to search with, `intent` one of INTENTS, `wants` the kind of value asked for ("any"
    where the words do not tell), `field` the metadata field asked for or None, `terms` the words that identify the
    matter (without words of asking, cities and years).
    """

    question: str
    standalone: str
    intent: str
    wants: str = "any"
    field: str | None = None
    regions: tuple[str, ...] = ()
    years: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    persons: tuple[str, ...] = ()
    terms: tuple[str, ...] = ()


def check_question(question: str) -> str:
    """The question without control characters and outer space; an InputError when it is empty or too long.

    >>> check_question(" 昆明有多少家高企？\\x07")
    '昆明有多少家高企？'
    """
    cleaned = _CONTROL.sub("", question).strip()
    if not re.search(r"\w", cleaned):
        raise InputError("问题", "是空的", "请输入要查的内容，例如：昆明市银税互动贷款余额是多少")
    if len(cleaned) > LONGEST_QUESTION:
        raise InputError(
            "问题", f"有 {len(cleaned)} 个字，超过 {LONGEST_QUESTION} 字", "请缩短后再问；整件建议提案请用“拟稿”"
        )
    return cleaned


def fold(text: str) -> str:
    """A copy for matching: NFKC, lower case, no white space. Offsets do not survive."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text).lower())


@cache
def cues() -> dict[str, dict[str, re.Pattern[str]]]:
    """The expressions of cues.toml, compiled: table → name → pattern."""
    tables = tomllib.loads(_CUES.read_text(encoding="utf-8"))
    return {
        table: {name: re.compile(p) for name, p in rows.items() if isinstance(p, str)} for table, rows in tables.items()
    }


@cache
def noise() -> re.Pattern[str]:
    """Words of asking, to be taken out before the identifying words are read."""
    phrases = tomllib.loads(_CUES.read_text(encoding="utf-8"))["noise"]["phrases"]
    return re.compile("|".join(sorted(map(re.escape, phrases), key=len, reverse=True)))


def understand(question: str, standalone: str | None = None) -> Query:
    """What the question asks; `standalone` is the form completed from the conversation, when there is one.

    >>> understand("截至2022年12月末，昆明银税互动贷款余额是多少？").years
    ('2022',)
    """
    text = standalone or question
    folded = fold(text)
    regions = tuple(dict.fromkeys(name for name, _, _ in find_regions(text)))
    years = tuple(dict.fromkeys(_YEAR.findall(folded)))
    numbers = tuple(n for n in dict.fromkeys(_LETTER_NUMBER.findall(folded)) if n not in years)
    persons = tuple(p for p in dict.fromkeys(_PERSON.findall(folded)) if not _NOT_NAMES.search(p))
    field = _field(folded, bool(numbers or persons))
    return Query(
        question=question,
        standalone=text,
        intent=_intent(folded, field, regions),
        wants=_first("wants", folded) or "any",
        field=field,
        regions=regions,
        years=years,
        numbers=numbers,
        titles=tuple(dict.fromkeys(_TITLE.findall(text))),
        names=tuple(dict.fromkeys(_QUOTED.findall(text))),
        persons=persons,
        terms=_terms(text, regions, years),
    )


def _first(table: str, folded: str) -> str | None:
    """The first cue of the table that is found in the question."""
    return next((name for name, pattern in cues()[table].items() if pattern.search(folded)), None)


def _field(folded: str, names_letter: bool) -> str | None:
    """The metadata field asked for; only where the question speaks of a letter."""
    if not (names_letter or _LETTER_WORDS.search(folded)):
        return None
    return _first("fields", folded)


def _intent(folded: str, field: str | None, regions: tuple[str, ...]) -> str:
    first = _first("intents", folded)
    if first == "smalltalk":
        return first
    if first == "compare" and len(regions) < 2 and not re.search(r"对比|比较|异同|区别|差别", folded):
        first = next((n for n, p in cues()["intents"].items() if n != "compare" and p.search(folded)), None)
    if (
        field
        and first in (None, "measures", "enumerate", "summary")
        and not (first == "enumerate" and field == "title")
    ):
        return "summary" if first == "summary" and field in ("title", "issuer") else "metadata"
    return first or "fact"


def _terms(text: str, regions: tuple[str, ...], years: tuple[str, ...]) -> tuple[str, ...]:
    bare = noise().sub(" ", unicodedata.normalize("NFKC", text))
    for _, start, end in sorted(find_regions(bare), key=lambda r: -r[1]):
        bare = bare[:start] + " " + bare[end:]
    words = [w for w in content_words(bare) if w not in years]
    return tuple(dict.fromkeys(words))
