"""Reads from a question what search must know: is a list asked for, a field of a letter's record, which place, year, kind of value."""

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from pathlib import Path

from corpus.regions import find_regions, parent_of
from index.words import normalise

CUES = Path(__file__).with_name("asking.toml")
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})(?=年|(?!\d|号|[-—.]?\d))(?!号)")
_RANK = re.compile(
    r"(?<=..)(?:(?:[\u4e00-\u9fa5]{1,3}族)+(?=自治))?(?:特别行政区|自治区|自治州|自治县|自治旗|地区|林区|新区|省|市|县|区|州|盟|旗)$"
)
_NUMERAL = {c: n for n, c in enumerate("零一二三四五六七八九十")} | {"两": 2}


@dataclass(frozen=True)
class Asking:
    """What a question asks for.

    `text` is the question as it is compared. `lists` says that all items of a list are wanted, `items` how many it names, `several`
    that more than one letter is; `part` is the part of a letter: plans, done, asked. `fields` are the fields of the record asked for, if
    the question is about a letter, as its words say where `of_letter`; `values` the kinds of value; `regions`, `years`, `kinds` what it names.
    """

    text: str
    lists: bool = False
    items: int | None = None
    several: bool = False
    part: str | None = None
    fields: tuple[str, ...] = ()
    of_letter: bool = False
    values: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    years: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()


@lru_cache(maxsize=64)
def read_asking(question: str) -> Asking:
    """What the question asks for.

    >>> read_asking("银川那份答复的索引号是多少").fields
    ('index_no',)
    """
    text, cues = normalise(question), asking_cues()
    of_letter = bool(cues["words"]["letter"].search(text))
    named = tuple(dict.fromkeys(name for name, _, _ in find_regions(question)))
    return Asking(
        text=text,
        lists=bool(cues["lists"]["cue"].search(text)),
        items=_items(text),
        several=bool(cues["lists"]["several"].search(text)),
        part=_part(text),
        fields=_all(cues["fields"], text),
        of_letter=of_letter,
        values=_all(cues["values"], text),
        regions=tuple(name for name in named if name not in {parent_of(other) for other in named}),
        years=tuple(dict.fromkeys(_YEAR.findall(text))),
        kinds=_all(cues["kinds"], text),
    )


def short_name(region: str) -> str:
    """The name of a place without its rank, as people say it.

    >>> short_name("昆明市"), short_name("双江拉祜族佤族布朗族傣族自治县")
    ('昆明', '双江')
    """
    return _RANK.sub("", region)


def with_places(asking: Asking, places: Iterable[str]) -> Asking:
    """The asking with those of the places that the question calls by their short names, which may be no names elsewhere."""
    said = [place for place in dict.fromkeys(places) if len(short_name(place)) > 1 and short_name(place) in asking.text]
    known = [place for place in said if not any(short_name(place) in region for region in asking.regions)]
    return replace(asking, regions=(*asking.regions, *known)) if known else asking


@cache
def asking_cues() -> Mapping[str, Mapping[str, re.Pattern[str]]]:
    """The expressions of asking.toml, compiled: table → name → pattern."""
    tables = tomllib.loads(CUES.read_text(encoding="utf-8"))
    return {table: {name: re.compile(cue) for name, cue in rows.items()} for table, rows in tables.items()}


def _first(table: Mapping[str, re.Pattern[str]], text: str) -> str | None:
    return next((name for name, cue in table.items() if cue.search(text)), None)


def _part(text: str) -> str | None:
    """The part of the letter that is asked for; what has been done, where the plans are to be left out; None where both are asked for."""
    cues = asking_cues()
    if _first(cues["left_out"], text):
        return "done"
    both = cues["parts"]["plans"].search(text) and cues["parts"]["done"].search(text)
    return None if both else _first(cues["parts"], text)


def _all(table: Mapping[str, re.Pattern[str]], text: str) -> tuple[str, ...]:
    return tuple(name for name, cue in table.items() if cue.search(text))


def _items(text: str) -> int | None:
    """The number of items that the question names (哪三件事), of two at least."""
    found = asking_cues()["lists"]["number"].search(text)
    if found is None:
        return None
    said = found.group(1)
    number = int(said) if said.isdecimal() and said.isascii() else _NUMERAL.get(said, 0)
    return number if number > 1 else None
