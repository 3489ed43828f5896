"""Checks of 文号: what is missing or misprinted in them, and whether the code fits the organ."""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from corpus.doc_numbers import doc_numbers
from corpus.findings import Finding, Subject
from corpus.regions import find_regions, parent_of

_TABLE = Path(__file__).with_name("agency_codes.tsv")
_BRACKETED = re.compile(
    r"(?P<open>[\[【(（［])\s*(?P<y>(?:19|20)\d\d)\s*年?\s*(?P<close>[\]】)）］])\s*第?\s*\d{1,5}\s*号"
)
_ODD_YEAR = re.compile(r"[\u4e00-\u9fff]〔\s*(?P<y>\d{1,6})\s*〕\s*\d{1,5}\s*号")
_MIXED = re.compile(r"[〔\[【(（](?:19|20)\d\d[)）\]】〕]\s*\d{1,5}\s*号")
_ENDING = re.compile(
    r"(?:明电|明传|传|电|发|函|字|规|通|办发|办函|办字|办|复|文|呈|报|提|提函|提字|建|议|案|人大|政协)$"
)
_SIGLES = dict(
    zip(
        "京津冀晋蒙辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝川黔滇藏陕甘青宁新",
        [
            "北京",
            "天津",
            "河北",
            "山西",
            "内蒙古",
            "辽宁",
            "吉林",
            "黑龙江",
            "上海",
            "江苏",
            "浙江",
            "安徽",
            "福建",
            "江西",
            "山东",
            "河南",
            "湖北",
            "湖南",
            "广东",
            "广西",
            "海南",
            "重庆",
            "四川",
            "贵州",
            "云南",
            "西藏",
            "陕西",
            "甘肃",
            "青海",
            "宁夏",
            "新疆",
        ],
        strict=True,
    )
) | {"云": "云南", "贵": "贵州", "秦": "陕西", "陇": "甘肃"}
_ORGANS = {"人民政府": "人民政府", "人民政府办公": "人民政府办公厅（室）", "委办公": "党委办公厅（室）", "委": "党委"}
_ORGAN = re.compile(
    r"^(?P<organ>(?:中共)?[\u4e00-\u9fff、\s]{2,40}?(?:人民政府(?:办公[厅室])?|政府办公[厅室]|委员会(?:办公[厅室])?|委办公[厅室]|局|厅|委|部))(?:等[^关]{0,12})?\s*(?:关于|印发|转发)"
)


def doc_number_shapes(subject: Subject) -> Iterator[Finding]:
    """文号 with something lost, of an impossible year, or with other brackets than 〔〕."""
    numbers = doc_numbers(subject.text)
    for number in numbers:
        year = re.search(r"〔(\d{4})〕", number.value)
        if any("纪" not in said for said in number.findings):
            said = next(said for said in number.findings if "纪" not in said)
            yield subject.finding("文号残缺", number.start, number.end, said, f"核对后改为“{number.value}”")
        elif year and (int(year[1]) < 1949 or int(year[1]) > _latest(subject)):
            late = f"晚于复文的{subject.year}年" if subject.year else "不可能"
            problem = f"文号的年份{year[1]}{late if int(year[1]) > 1949 else '不可能'}"
            yield subject.finding("文号残缺", number.start, number.end, problem, "核对文号")
        elif match := _BRACKETED.search(subject.text, number.start, number.end):
            problem = f"文号的年份用了“{match['open']}{match['close']}”"
            yield subject.finding("文号括号", number.start, number.end, problem, f"改为“{number.value}”")
        elif (pair := _MIXED.search(subject.text, number.start, number.end)) and (pair[0][0] == "〔") != (
            "〕" in pair[0]
        ):
            yield subject.finding("文号残缺", number.start, number.end, "文号前后括号不同", f"改为“{number.value}”")
    for match in _ODD_YEAR.finditer(subject.flat):
        if not re.fullmatch(r"(?:19|20)\d\d", match["y"]):
            problem = f"文号的年份“{match['y']}”不可能"
            yield subject.finding("文号残缺", match.start(), match.end(), problem, "核对文号")


def _latest(subject: Subject) -> int:
    published = subject.letter.metadata.publish_date
    years = [subject.year or 0, int(published.value[:4]) if published else 0]
    return max(years) or 2100


def codes(subject: Subject) -> Iterator[Finding]:
    """A 文号 whose code is another organ's: 《昆明市人民政府关于…》（昆政办〔2022〕16号）."""
    for policy in subject.policies:
        organ = _ORGAN.match(policy.title or "")
        if not policy.doc_no or not organ:
            continue
        wrong = _misfit(policy.doc_no, organ["organ"])
        if wrong:
            problem = f"题名写的是{organ['organ'].strip()}，文号“{policy.doc_no}”{wrong}"
            yield subject.finding("代字不符", policy.start, policy.end, problem, "核对发文机关和文号")
    own, issuer = subject.letter.metadata.doc_no, subject.letter.metadata.issuer
    if own and issuer and own.start is not None and own.end is not None and re.search(r"[局厅委]$", issuer.value):
        wrong = _misfit(own.value, issuer.value)
        if wrong:
            problem = f"发文机关是{issuer.value}，文号“{own.value}”{wrong}"
            yield subject.finding("代字不符", own.start, own.end, problem, "核对发文机关和文号")


def _misfit(number: str, organ: str) -> str | None:
    """What of the code does not fit the organ, None where it fits or nothing is known."""
    code = re.split(r"[〔\[【(（﹝]", number)[0]
    elsewhere = _sigle(code, organ)
    if elsewhere:
        return f"的“{code[0]}”却是{elsewhere}的简称"
    known = _known(code) if _is_local(code, organ) else None
    if known is None:
        return None
    name, wanted = known
    government = wanted.startswith("人民政府|") and name != "政函" and "办公" in organ
    if any(word in organ for word in wanted.split("|")) and not government:
        return None
    first = wanted.split("|")[0]
    return f"的“{name}”通常是{_ORGANS.get(first, f'{first}部门')}的代字"


def _above(organ: str) -> list[str]:
    """The region that an organ's name begins with and those above it."""
    found = find_regions(organ)
    names = [found[0][0]] if found else []
    while names and (above := parent_of(names[-1])):
        names.append(above)
    return names


def _is_local(code: str, organ: str) -> bool:
    """Whether the code begins with a short name of the organ's own region; a ministry's has none."""
    names = "".join(_above(organ))
    return bool(names) and (code[0] in names or _SIGLES.get(code[0], "-") in names)


def _known(code: str) -> tuple[str, str] | None:
    """The longest code of the table that the 文号 has behind one or two characters of place, and its organ."""
    table = _codes()
    for sigle in (1, 2, 3):
        rest = code[sigle:]
        if rest in table:
            return rest, table[rest]
        bare = rest
        while (ending := _ENDING.search(bare)) and len(bare) > 1:
            bare = bare[: ending.start()]
            if bare in table and not bare.startswith(("政", "府", "委", "办")):
                return bare, table[bare]
    return None


def _sigle(code: str, organ: str) -> str | None:
    """The province whose short name the code begins with, where the organ sits in another."""
    names = "".join(_above(organ))
    if not names or code[0] not in _SIGLES or code[0] in "宁青新海" or _is_local(code, organ):
        return None
    return _SIGLES[code[0]]


@cache
def _codes() -> dict[str, str]:
    """Code → words of its organ, from agency_codes.tsv."""
    lines = _TABLE.read_text(encoding="utf-8").splitlines()
    rows = (line.partition("\t") for line in lines if line and not line.startswith("#"))
    return {code: words for code, _, words in rows}
