"""Checks what a command line filters by: a year that is one, a region that letters come from."""

from collections.abc import Iterable

from assistant.directory import same_place
from corpus.errors import InputError
from index.choose import letters_passing
from index.hit import Filters
from index.opened import Record

_SHOWN = 20


def check_year(year: str | None) -> None:
    """InputError for a year that is not four digits."""
    if year is not None and not (year.isascii() and year.isdigit() and len(year) == 4):
        raise InputError(f"--year {year}", "不是年份", "请写四位数字，例如 --year 2023")


def check_region(region: str | None, known: Iterable[str]) -> None:
    """InputError, which names what there is, for a region that none of these is."""
    names = sorted(set(known))
    if region is None or any(same_place(region, name) for name in names):
        return
    more = f"等 {len(names)} 个" if len(names) > _SHOWN else ""
    mend = f"现有：{'、'.join(names[:_SHOWN]) or '无'}{more}"
    raise InputError(f"--region {region}", "语料中没有这个地区的材料", mend)


def check_chosen(records: Iterable[Record], issuer: str | None, letter: str | None) -> None:
    """InputError for an issuer who answered no letter, and for a number or id that no letter has."""
    known = tuple(records) if issuer is not None or letter is not None else ()
    if issuer is not None and not letters_passing(known, Filters(issuer=issuer)):
        names = sorted({name for record in known if (name := record.one("issuer"))})
        mend = f"现有：{'、'.join(names[:_SHOWN]) or '无'}{f'等 {len(names)} 个' if len(names) > _SHOWN else ''}"
        raise InputError(f"--issuer {issuer}", "语料中没有这个单位答复的材料", mend)
    if letter is not None and not letters_passing(known, Filters(letter=letter)):
        raise InputError(f"--letter {letter}", "语料中没有这一件", "请用 fuwen corpus list 查看案号和编号")
