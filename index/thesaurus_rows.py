"""Reads a thesaurus that staff keep in Excel or Notepad: tab-separated lines of everyday words and official words.

A line: 说法 ⇥ 写法 ⇥ 权重 ⇥ 方向 ⇥ 类别. Several forms in one cell are parted by ；; the last three cells may be left out.
"""

import codecs
import re
from dataclasses import dataclass
from pathlib import Path

from corpus.errors import SettingsError
from index.words import normalise

HEADER = "说法"
# In 口语 an everyday form points to official ones; the forms of the other kinds stand for each other.
KINDS = {"口语": 0.6, "简称": 0.8, "异称": 0.7}
_ONE_WAY, _BOTH_WAYS = ("单向", "→"), ("双向", "↔")
_SIMPLEST = "每行至少写“说法”和“写法”两栏，中间用制表符（Tab）隔开，例如：办执照→商事登记"
_GAP = re.compile("\\.{3,}")
_LONGEST = 40
# A file of this size would have a hundred thousand lines.
_MOST_BYTES = 20_000_000


@dataclass(frozen=True)
class Row:
    """Forms that may be asked, each as the parts around its gaps (拿…借钱), and those that may be meant; all normalised."""

    asked: tuple[tuple[str, ...], ...]
    means: tuple[str, ...]
    weight: float
    kind: str


def read_rows(path: Path) -> tuple[Row, ...]:
    """The rows of a file in UTF-8 (with or without BOM), UTF-16 with BOM or GB18030; SettingsError names the first bad line."""
    try:
        held = path.read_bytes()
    except OSError as error:
        raise SettingsError(str(path), "读不出同义词表", "请检查文件是否存在、能否打开") from error
    if len(held) > _MOST_BYTES:
        raise SettingsError(str(path), "同义词表太大", f"请把它缩到 {_MOST_BYTES // 1_000_000} MB 以内")
    return parse_rows(_decoded(held, path), str(path))


def parse_rows(text: str, name: str = "同义词表") -> tuple[Row, ...]:
    """The rows of the lines of `text`; SettingsError names the first bad line.

    >>> parse_rows("办执照\\t商事登记")
    (Row(asked=(('办执照',),), means=('商事登记',), weight=0.6, kind='口语'),)
    """
    rows: list[Row] = []
    # Normalised as a whole, which is ten times faster than cell by cell: ； is ; then, and … is three points.
    for number, line in enumerate(re.split("\r\n|\r|\n", normalise(text.removeprefix("\ufeff"))), 1):
        cells = [_bare(cell) for cell in line.split("\t")]
        if any(cells) and not cells[0].startswith("#") and cells[0] != HEADER:
            rows.append(_row(cells, f"{name} 第 {number} 行"))
    return tuple(rows)


def _row(cells: list[str], place: str) -> Row:
    while len(cells) > 2 and not cells[-1]:
        cells.pop()
    if not 2 <= len(cells) <= 5:
        raise SettingsError(place, f"有 {len(cells)} 栏，应为 2 到 5 栏", _SIMPLEST)
    kind = cells[4] if len(cells) == 5 and cells[4] else "口语"
    if kind not in KINDS:
        raise SettingsError(place, f"没有“{kind}”这一类别", f"请写{'、'.join(KINDS)}之一，或空着")
    weight = _weight(cells[2] if len(cells) > 2 else "", kind, place)
    asked, meant = _forms(cells[0], "说法", place), _forms(cells[1], "写法", place)
    for form in meant:
        if len(form) > 1:
            raise SettingsError(place, f"写法“{'…'.join(form)}”里有省略号", "省略号只能用在说法里")
    both = _both_ways(cells[3] if len(cells) > 3 else "", kind, place)
    if both and any(len(form) > 1 for form in asked):
        raise SettingsError(place, "双向的说法里有省略号", "请把方向改成单向，或去掉省略号")
    asked, meant = (asked + meant, asked + meant) if both else (asked, meant)
    return Row(tuple(dict.fromkeys(asked)), tuple(dict.fromkeys(form for (form,) in meant)), weight, kind)


def _forms(cell: str, column: str, place: str) -> list[tuple[str, ...]]:
    """The forms of a cell, each as the parts around its gaps."""
    split = "".join(cell.split()).split(";")
    forms = [tuple(filter(None, _GAP.split(form))) if "..." in form else (form,) for form in split]
    forms = [form for form in forms if form and form[0]]
    if not forms:
        raise SettingsError(place, f"“{column}”是空的", _SIMPLEST)
    for form in forms:
        if sum(map(len, form)) > _LONGEST:
            raise SettingsError(place, f"“{form[0][:10]}……”超过 {_LONGEST} 个字", "请只写词语，不写整句")
    return forms


def _weight(cell: str, kind: str, place: str) -> float:
    if not cell:
        return KINDS[kind]
    if not re.fullmatch(r"0?\.[0-9]{1,6}|1(?:\.0{1,6})?", cell) or not float(cell):
        raise SettingsError(place, f"权重“{cell[:20]}”不对", "请写大于 0、不大于 1 的小数，或空着")
    return float(cell)


def _both_ways(cell: str, kind: str, place: str) -> bool:
    if cell and cell not in _ONE_WAY + _BOTH_WAYS:
        raise SettingsError(place, f"方向“{cell[:20]}”不对", "请写单向或双向，或空着")
    return cell in _BOTH_WAYS if cell else kind != "口语"


def _bare(cell: str) -> str:
    """The cell without outer space and the quotation marks that Excel puts around cells."""
    cell = cell.strip()
    quoted = len(cell) > 1 and cell[0] == cell[-1] == '"'
    return cell[1:-1].replace('""', '"').strip() if quoted else cell


def _decoded(held: bytes, path: Path) -> str:
    codes = ("utf-16",) if held.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) else ("utf-8-sig", "gb18030")
    for code in codes:
        try:
            return held.decode(code)
        except UnicodeDecodeError:
            continue
    raise SettingsError(str(path), "不是文本文件", "请存成 UTF-8 编码、制表符分隔的文本")
