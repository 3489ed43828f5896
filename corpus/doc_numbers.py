"""Find 文号 (国科发〔2024〕15号, 国务院令第752号) in a text in all the shapes that people type."""

import re
from dataclasses import dataclass
from functools import lru_cache

from corpus.normalise import normalise

_CODE = r"(?P<code>[一-龥A-Za-z]{1,20})"
_BRACKETED = re.compile(r"[〔(\[]\s*(?P<year>(?:19|20)\d\d)\s*年?\s*[〕)\]]\s*(?:第\s*)?(?P<no>\d{1,5})\s*(?P<hao>号)?")
# The closing bracket, or both brackets, lost when the page was copied.
_FLAT = re.compile(r"〔\s*(?P<year>(?:19|20)\d\d)(?P<no>\d{1,4})(?!\d)\s*(?P<hao>号)?")
_BARE = re.compile(r"(?<=[发办函字规电传])(?P<year>(?:19|20)\d\d)(?P<no>\d{1,4})(?!\d)\s*(?P<hao>号)")
_ORDER = re.compile(
    r"(?P<kind>令|公告|通告)\s*(?:[〔(]?\s*(?P<year>(?:19|20)\d\d)\s*[〕)]?\s*年?\s*)?第?\s*(?P<no>\d{1,4}|[一二三四五六七八九十百零〇]{1,6})\s*号"
)
# The number before the word, 国务院第752号令, and the popular 国务院752号条例.
_ORDER_LAST = re.compile(r"第\s*(?P<no>\d{1,4}|[一二三四五六七八九十百零〇]{1,6})\s*号(?P<kind>令)")
_POPULAR = re.compile(r"(?<=国务院)第?(?P<no>\d{3})号(?P<kind>条例)")
_BEFORE = re.compile(r"[一-龥A-Za-z·]{1,24}$")
# Words before a 文号 that is not in brackets; what follows the last of them is the agency's code.
_LEAD = re.compile(
    r"(?:根据|按照|依据|依照|遵照|贯彻|落实|执行|印发|下发|出台|制定|制订|结合|通过|参照|参考|参见|详见|文件|通知|意见|办法|转发|发布|公布|以及|引用|"
    r"关于|我[省市县区局委厅]|(?:省|市|县|区)政府(?=[一-龥]{1,3}[政府办发])|号|(?<=[发行下来号])文(?![旅化])|或|的|了|按|(?<!数)据)"
)
# One character may lead too (见昆政办发), or belong to the code (经信发, 和政办发, 川文旅发): it leads in the middle of a run,
# and at its start only before the name of a place, which no word for an office stands for.
_LEAD_MIDDLE = re.compile(r"(?<=[\u4e00-\u9fff])(?:日以|[和与及由以在对将见]|(?<=[已再并])经)(?=[一-龥]{2})")
_LEAD_ONE = re.compile(
    r"(?:日以|现将|[和与及见由以即对将在经本该其原])(?![政府办委发科信财教交水农林卫民人公司建住商工市环应审统税法质监开文旅自资医])(?=[一-龥]{2})"
)
_CODE_MAX = 12


@dataclass(frozen=True)
class DocNumber:
    """One 文号: `value` in the form 昆政办〔2022〕16号, the characters it was read from, and what is odd about it."""

    value: str
    start: int
    end: int
    findings: tuple[str, ...] = ()


@lru_cache(maxsize=4)
def doc_numbers(text: str) -> tuple[DocNumber, ...]:
    """Every 文号 in the text, in order, never overlapping.

    >>> [n.value for n in doc_numbers("按昆办发[2022] 24 号文件和国务院令第752号办理")]
    ['昆办发〔2022〕24号', '国务院令第752号']
    """
    if "号" not in text and "〔" not in text:
        return ()
    copy = normalise(text)
    found: list[tuple[int, int, str, tuple[str, ...]]] = []
    for pattern, read in (
        (_BRACKETED, _bracketed),
        (_FLAT, _flat),
        (_BARE, _flat),
        (_ORDER, _order),
        (_ORDER_LAST, _order_last),
        (_POPULAR, _popular),
    ):
        for match in pattern.finditer(copy.text):
            one = read(copy.text, match)
            if one is not None:
                found.append(one)
    return tuple(DocNumber(value, *copy.span(a, b), findings) for a, b, value, findings in _apart(found))


def _apart(found: list[tuple[int, int, str, tuple[str, ...]]]) -> list[tuple[int, int, str, tuple[str, ...]]]:
    kept: list[tuple[int, int, str, tuple[str, ...]]] = []
    for one in sorted(found, key=lambda f: (f[0], -f[1])):
        if not kept or one[0] >= kept[-1][1]:
            kept.append(one)
    return kept


def _code_start(text: str, at: int) -> int | None:
    """Where the agency's code that ends at `at` begins; None when there is none."""
    match = _BEFORE.search(text[max(0, at - 24) : at].rstrip())
    if match is None:
        return None
    code = match.group()
    if _LEAD.fullmatch(code):
        return None
    led = [m for m in _LEAD.finditer(code) if m.end() < len(code)][-1:]
    code = code[led[0].end() :] if led else code
    certain = bool(led) and not re.match(r"[号文的了]|我|以及", led[0].group())
    begun = max(0, at - 24) + match.start()
    before = text[begun - 1 : begun] if begun else ""
    if not certain and before not in ("(", "〔", "["):
        lead = max((m.end() for m in _LEAD_MIDDLE.finditer(code)), default=0)
        one = _LEAD_ONE.match(code) if not lead else None
        code = code[one.end() if one else lead :]
    end = max(0, at - 24) + len(text[max(0, at - 24) : at].rstrip())
    return end - len(code)


def _bracketed(text: str, match: re.Match[str]) -> tuple[int, int, str, tuple[str, ...]] | None:
    begun = _code_start(text, match.start())
    square = match.group()[0] == "〔"
    if begun is None or (not match["hao"] and not square):
        return None
    code = text[begun : match.start()].strip()
    if len(code) > _CODE_MAX or len(code) < 2:
        return None
    findings: tuple[str, ...] = () if match["hao"] else ("文号缺“号”字",)
    if code.endswith(("纪", "纪要")):
        findings += ("会议纪要不是规范性文件，引用要谨慎",)
    return begun, match.end(), f"{code}〔{match['year']}〕{int(match['no'])}号", findings


def _flat(text: str, match: re.Match[str]) -> tuple[int, int, str, tuple[str, ...]] | None:
    begun = _code_start(text, match.start())
    if begun is None:
        return None
    code = text[begun : match.start()].strip()
    if not 2 <= len(code) <= _CODE_MAX:
        return None
    value = f"{code}〔{match['year']}〕{int(match['no'])}号"
    return begun, match.end(), value, (f"文号缺括号，疑为{value}",)


def _order(text: str, match: re.Match[str]) -> tuple[int, int, str, tuple[str, ...]] | None:
    begun = _code_start(text, match.start())
    if begun is None or match.start() - begun < 2:
        return None
    if match["kind"] != "令" and not match["year"]:
        return None
    issuer = text[begun : match.start()].strip()
    year = f"{match['year']}年" if match["year"] else ""
    return begun, match.end(), f"{issuer}{match['kind']}{year}第{match['no']}号", ()


def _order_last(text: str, match: re.Match[str]) -> tuple[int, int, str, tuple[str, ...]] | None:
    begun = _code_start(text, match.start())
    if begun is None or match.start() - begun < 2:
        return None
    return begun, match.end(), f"{text[begun : match.start()].strip()}令第{match['no']}号", ()


def _popular(text: str, match: re.Match[str]) -> tuple[int, int, str, tuple[str, ...]] | None:
    value = f"国务院令第{match['no']}号"
    return match.start() - 3, match.end(), value, (f"以条例俗称推断为{value}，请核对",)
