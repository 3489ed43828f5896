"""Checks what a command line filters by: a year that is one, a region that letters come from."""

from collections.abc import Iterable

from assistant.directory import same_place
from corpus.errors import InputError

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
