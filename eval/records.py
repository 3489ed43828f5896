"""Hold the records read from labelled pages against their labels, field by field."""

import json
import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from corpus.errors import InputError
from corpus.letter import Letter, Stated
from corpus.parse import parse_letter
from corpus.read import read_documents
from corpus.record import cited
from eval.report import table

LABELS = "labels.jsonl"
# What stands at the end of a letter: its label is null on a page that breaks off before the end, whatever was read.
_TAIL = ("date", "issuer", "signer", "disclosure", "category", "county", "city", "province", "region")
_ALIKE = str.maketrans("【[﹝〈《》〉﹞]】", "〔〔〔《《》》〕〕〕")
_QUOTES = re.compile(r"[《》“”\"'‘’「」]")
_ROUND_YEAR = re.compile(r"\(((?:19|20)\d\d)\)")
_HEADING_END = re.compile(r"[。.;；:：,，]+$")
_UNITS = ("right", "wrong", "missed", "invented", "null")

Read = Callable[[Letter], Any]
Shape = Callable[[Any], Any]


@dataclass(frozen=True)
class Difference:
    """One value that is not as labelled."""

    file: str
    field: str
    expected: Any
    got: Any


@dataclass(frozen=True)
class Score:
    """The counts of one field; `null` counts the values that are null in label and record, apart from all others."""

    field: str
    right: int = 0
    wrong: int = 0
    missed: int = 0
    invented: int = 0
    null: int = 0

    @property
    def labelled(self) -> int:
        """How many values the labels state."""
        return self.right + self.wrong + self.missed

    @property
    def rate(self) -> float | None:
        """The share of the labelled values that were read rightly; None where nothing is labelled."""
        return self.right / self.labelled if self.labelled else None

    @property
    def precision(self) -> float | None:
        """The share of the values read that are right; None where nothing was read."""
        read = self.right + self.wrong + self.invented
        return self.right / read if read else None


@dataclass(frozen=True)
class Scores:
    """The scores of all fields over `pages` pages, and every difference."""

    pages: int
    fields: tuple[Score, ...]
    differences: tuple[Difference, ...]

    @property
    def total(self) -> Score:
        """The sum over the fields."""
        return Score("合计", *(sum(getattr(score, unit) for score in self.fields) for unit in _UNITS))

    def json(self) -> str:
        """The same as JSON, one object."""
        rows = {s.field: {**asdict(s), "rate": s.rate, "precision": s.precision} for s in (*self.fields, self.total)}
        differences = [asdict(difference) for difference in self.differences]
        return json.dumps({"pages": self.pages, "fields": rows, "differences": differences}, ensure_ascii=False)


def score_pages(folders: Iterable[Path]) -> Scores:
    """Read every labelled page of the folders and compare it; raises InputError for labels that cannot be used."""
    counts: dict[str, dict[str, int]] = {name: dict.fromkeys(_UNITS, 0) for name in FIELDS}
    differences: list[Difference] = []
    pages = 0
    for folder in folders:
        for label in _labels(folder):
            pages += 1
            letter = _letter(folder, label["file"])
            for name in FIELDS.keys() & label.keys():
                found = _compare(letter, name, label)
                for unit, amount in found.items():
                    counts[name][unit] += amount
                if found["wrong"] or found["missed"] or found["invented"]:
                    differences.append(Difference(label["file"], name, label[name], FIELDS[name][0](letter)))
    order = list(FIELDS)
    differences.sort(key=lambda d: order.index(d.field))
    return Scores(pages, tuple(Score(name, **counts[name]) for name in FIELDS), tuple(differences))


def records_table(scores: Scores) -> str:
    """A line a field: how many values are labelled, right, wrong, missed, invented; those null in both stand apart."""
    head = ["字段", "标注", "正确", "错误", "漏读", "多读", "正确率", "准确率", "同为空"]
    rows = []
    for score in (*scores.fields, scores.total):
        counts = (score.labelled, score.right, score.wrong, score.missed, score.invented)
        rows.append([score.field, *map(str, counts), _share(score.rate), _share(score.precision), str(score.null)])
    return f"{scores.pages} 页\n{table(head, rows)}\n"


def differences_table(scores: Scores) -> str:
    """A line for each difference: field, file, what is labelled, what was read."""
    rows = [[d.field, d.file, _shown(d.expected), _shown(d.got)] for d in scores.differences]
    return table(["字段", "文件", "标注", "读出"], rows) + "\n"


def squeeze(value: str) -> str:
    """The text without white space, full-width forms and kinds of brackets levelled.

    >>> squeeze("潼民发【2024】 275 号"), squeeze("（第1009）号")
    ('潼民发〔2024〕275号', '(第1009)号')
    """
    # The brackets of a 文号 are levelled first: NFKC would make ［］ of some and leave others.
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", value).translate(_ALIKE))


def _compare(letter: Letter, name: str, label: dict[str, Any]) -> dict[str, int]:
    """The counts of one field of one page; the two lists of `_EACH` count item by item."""
    read, shape = FIELDS[name]
    expected, got = shape(label[name]), shape(read(letter))
    if name in _EACH:
        right = len(set(expected) & set(got))
        found = {"missed": len(set(expected)) - right, "invented": len(set(got)) - right}
        return {**dict.fromkeys(_UNITS, 0), "right": right, **found, "null": int(not expected and not got)}
    if not expected and got and label.get("truncated") and name in _TAIL:
        expected = got = None
    if not expected:
        unit = "invented" if got else "null"
    else:
        unit = "missed" if not got else "right" if expected == got else "wrong"
    return {**dict.fromkeys(_UNITS, 0), unit: 1}


def _labels(folder: Path) -> list[dict[str, Any]]:
    path = folder / LABELS
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(str(path), "读不出标注", f"文件夹里应有 UTF-8 编码的 {LABELS}") from error
    labels = []
    for number, line in enumerate(lines, 1):
        if line.strip():
            labels.append(_label(line, f"{path} 第 {number} 行"))
    return labels


def _label(line: str, thing: str) -> dict[str, Any]:
    try:
        label = json.loads(line)
    except ValueError as error:
        raise InputError(thing, "不是合法的 JSON", "每行应是一个 JSON 对象") from error
    if not isinstance(label, dict) or not isinstance(label.get("file"), str):
        raise InputError(thing, "没有“file”", "每行应写明页面文件名")
    return label


def _letter(folder: Path, file: str) -> Letter:
    documents = list(read_documents(folder / file))
    if len(documents) != 1:
        raise InputError(str(folder / file), f"应是一页，现有 {len(documents)} 件", "请一页存一个文件")
    return parse_letter(documents[0])


def _share(value: float | None) -> str:
    return "—" if value is None else f"{value:.1%}"


def _shown(value: Any) -> str:
    text = "、".join(map(str, value)) if isinstance(value, list) else "" if value is None else str(value)
    return re.sub(r"\s+", " ", text) or "（空）"


def _one(name: str) -> Read:
    def read(letter: Letter) -> str | None:
        stated: Stated | None = getattr(letter.metadata, name)
        return stated.value if stated else None

    return read


def _many(name: str) -> Read:
    def read(letter: Letter) -> list[str]:
        return [stated.value for stated in getattr(letter.metadata, name)]

    return read


def _headings(letter: Letter) -> list[str]:
    """The headings that stand apart from their text; an entry that is all text is no heading."""
    return [s.heading for s in letter.sections if s.heading and getattr(s, "kind", "heading") == "heading"]


def _cited(letter: Letter) -> list[str]:
    return list(dict.fromkeys(policy.doc_no for policy in cited(letter) if policy.doc_no))


def _text(value: Any) -> Any:
    return squeeze(value) if isinstance(value, str) else value


def _title(value: Any) -> Any:
    return _QUOTES.sub("", squeeze(value)) if value else None


def _list(value: Any) -> list[str]:
    """A list in its order; several values in one label are joined by 、."""
    parts = re.split("[、,，;；]", value) if isinstance(value, str) else value or []
    return [squeeze(str(part)) for part in parts]


def _numbers(value: Any) -> list[str]:
    """文号 with round brackets about the year taken for 〔〕 too; those of all other kinds are levelled anyhow."""
    return [_ROUND_YEAR.sub(r"〔\1〕", number) for number in _list(value)]


def _set(value: Any) -> list[str]:
    return sorted(set(_list(value)))


def _heading(value: Any) -> list[str]:
    return [_HEADING_END.sub("", _title(one) or "") for one in value or []]


def _whole(value: Any) -> Any:
    return int(value) if isinstance(value, str) and value.isdecimal() else value


# Each field: where it is read in our record, and the form in which label and record are compared.
FIELDS: dict[str, tuple[Read, Shape]] = {
    **{name: (_one(name), _text) for name in ("kind", "role")},
    "number": (_many("numbers"), _list),
    "session": (_one("session"), _text),
    "jie": (_one("term"), _whole),
    "ci": (_one("meeting"), _whole),
    "title": (_one("title"), _title),
    "proposers": (_many("proposers"), _list),
    "proposer_count": (_one("proposer_count"), _whole),
    **{name: (_one(name), _text) for name in ("lead_proposer", "collective", "issuer", "main_organ")},
    "co_organs": (_many("co_organs"), _set),
    **{name: (_one(name), _text) for name in ("region", "province", "city", "county", "level", "assembly")},
    **{name: (_one(name), _text) for name in ("date", "category", "disclosure", "signer", "index_no", "doc_no")},
    "first_headings": (_headings, _heading),
    "cited_doc_nos": (_cited, _numbers),
}
# Compared item by item: to miss one of five headings is not to miss all.
_EACH = ("first_headings", "cited_doc_nos")
