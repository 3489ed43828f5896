"""Tells whether a sentence holds the kind of value that a question asks for, and whether the value is bound to what is counted."""

import re
from collections.abc import Callable

from assistant.understand import Query, fold
from corpus.dates import dates
from corpus.doc_numbers import doc_numbers
from corpus.figures import figures
from corpus.regions import find_regions

Test = Callable[[str], bool]

_MONEY = re.compile(
    r"\d[\d,.]*\s*(?:余|多)?(?:万|亿|千|百)*(?:元|美元|港元)|[一二三四五六七八九十百千万亿]+元|\d[\d,.]*\s*(?:亿|万)(?!家|户|人|吨|项|个|件|平|名|亩|条|台)"
)
_RATE = re.compile(r"\d[\d.]*\s*(?:%|％|‰|个?百分点|倍|成)|百分之|[一二三四五六七八九]成")
_REASON = re.compile(
    r"因为|由于|因此|为了|以便|所以|导致|原因|鉴于|旨在|以致|使得|造成|因[\u4e00-\u9fa5]{1,20}[而,，]|不仅|难点|短板|不足|[缘]|因(?!素|地制宜|此|企施策)"
)
_PLACE = re.compile(r"[省市区县镇乡村路街园楼港湾岛山河湖州国]|境内|位于|地处|所在")
# Where something stands, rather than a place that is named by the way.
_STANDS = re.compile(
    r"位于|地处|坐落|设在|设于|建在|选址|地址|产于|分布|境内|在[\u4e00-\u9fa5（）()\d]{1,14}[省市县区镇乡村路街园楼号港湾岛山河湖州国]"
)
_WHERE = re.compile(r"哪里|哪儿|在哪(?![家个些几])|何处|什么(地方|位置)|位于")
# Times that are told without a number.
_AGE = re.compile(r"元年|世纪|年代|时期|末年|初年|[唐宋元明清汉秦晋隋]末|纪[早中晚]期|年间|[早中晚]期")
_LENGTH = re.compile(r"多(长|远|高|深|宽)")
_ORGANISATION = re.compile(
    r"公司|集团|[院局厅委办署部所校行社厂]|中心|大学|学院|银行|机构|部门|协会|联盟|实验室|企业|基金|平台|组织|团队|队"
)
_RANK = re.compile(
    r"第\s*[一二三四五六七八九十\d]+\s*(?:位|名)?|前[一二三四五六七八九十\d]+|首位|居首|榜首|倒数|末位|领先"
)
_DURATION = re.compile(r"[\d一二三四五六七八九十半两]+\s*(?:余|多)?(?:个)?(?:工作日|天|日内|小时|分钟|周|月|年)")
_DEFINED = re.compile(r"是|指|即|为|称|叫|属于")
_UNIT = re.compile(
    r"(?:多少|几)(?:余|来|多)?(个|家|项|人|名|批|件|次|位|条|种|类|户|所|座|篇|款|届|台|套|支|只|亩|吨|天|年|岁|公里|米|级|处|间|把|盏|辆|棵|株|场|期|株|平方米|平方公里)"
)
_SAME = {
    "个": "个家项种名位条所座处户件",
    "人": "人名位",
    "名": "人名位个",
    "位": "人名位",
    "家": "家个户所",
    "户": "户家",
    "天": "天个日工小",
}
_CLAUSE = re.compile(r"[，,；;。、\n：:（(]")
NUMERIC = ("amount", "count", "rate")


def value_test(query: Query) -> Test:
    """A test whether a text holds the kind of value asked for; never, where no kind is."""
    tests: dict[str, Test] = {
        "amount": lambda t: bool(_MONEY.search(t)),
        "rate": lambda t: bool(_RATE.search(t)),
        "count": _counts(query),
        "date": lambda t: bool(dates(t) or _AGE.search(t)),
        "doc_no": lambda t: bool(doc_numbers(t)),
        "document": lambda t: "《" in t,
        "place": _places(query),
        "organisation": lambda t: bool(_ORGANISATION.search(t)),
        "reason": lambda t: bool(_REASON.search(t)),
        "definition": lambda t: bool(_DEFINED.search(t)),
        "rank": lambda t: bool(_RANK.search(t)),
        "duration": lambda t: bool(_DURATION.search(t) or dates(t)),
    }
    return tests.get(query.wants, lambda _: False)


def value_clauses(text: str, fits: Test) -> list[str]:
    """The clauses that hold a fitting value, each with the clause before it, folded.

    >>> value_clauses("新增路灯，共30盏，投资5万元", lambda t: "元" in t)
    ['共30盏投资5万元']
    """
    clauses = [clause for clause in _CLAUSE.split(text) if clause.strip()]
    return [fold("".join(clauses[max(0, n - 1) : n + 1])) for n, clause in enumerate(clauses) if fits(clause)]


def _places(query: Query) -> Test:
    """Where something stands, or any place where the question asks which city or street."""
    asked = fold(query.question)
    if re.search("[差好难卡错]在哪", asked):
        return lambda _: True
    if _WHERE.search(asked):
        return lambda text: bool(_STANDS.search(text))
    return lambda text: bool(_PLACE.search(text) or find_regions(text))


def _counts(query: Query) -> Test:
    """A figure with the unit that the question counts in, any figure where it names none."""
    asked = fold(query.standalone)
    if re.search("哪几", asked) and "多少" not in asked:
        return lambda text: "、" in text or bool(figures(text))
    if _LENGTH.search(asked):
        return lambda text: any("米" in f.unit or f.unit == "里" for f in figures(text))
    named = _UNIT.search(asked)
    unit = named.group(1) if named else ""
    same = _SAME.get(unit, unit)

    def test(text: str) -> bool:
        if not re.search(r"[\d一二三四五六七八九十百千万两]", text):
            return False
        found = figures(text)
        return any(f.unit[:1] in same for f in found if f.unit) if same else bool(found)

    return test
