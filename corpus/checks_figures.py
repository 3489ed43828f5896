"""Checks that figures agree: parts with their total, shares below a hundred, growth with its two ends."""

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import islice

from corpus.figures import Figure, figures
from corpus.findings import Finding, Subject
from corpus.units import kind_of

_OF_WHICH = re.compile(r"[,，;；:：(（]?\s*其中\s*[:：,，]?")
_CLASSES = re.compile(r"[A-D]类|[甲乙丙]类")
# Labels that together exhaust what is divided.
_WHOLE = (
    ("主办", "会办|协办"),
    ("主办|独办", "分办"),
    ("人大[^,，、]{0,8}建议|代表建议", "提案"),
    ("男", "女"),
    ("已办结|已完成|已解决", "未办结|未完成|正在|未解决"),
    ("满意", "基本满意"),
    ("[^,，、]", "其余|其他|其它"),
)
_CHANGE = re.compile(
    r"(?:增长|增加|提高|减少|新增|下降|降低|净增|增幅|同比|环比|上升|多出?|少|压减|提升|下调|上调|调整|涨|跌)[了为达到约近]{0,2}$"
)
_BEHIND, _AHEAD, _MOST = 100, 300, 100
_BY_TURNS = re.compile(r"[顺逆]差|净额|售价|目前|现已|每|平均|人均|户均|单[个位]|最[高低多少]|上限|不超过|以[上下内]")


def totals(subject: Subject) -> Iterator[Finding]:
    """共10项，其中A类4项、B类5项: parts that exceed their total, or exhaust it and do not add up to it."""
    for start, end in subject.sentences:
        for match in islice(_OF_WHICH.finditer(subject.text, start, end), _MOST):
            # Windows, so that a paragraph of any length takes time in proportion.
            begun, ended = max(start, match.start() - _BEHIND), min(end, match.end() + _AHEAD)
            stop = next((m.start() for m in _OF_WHICH.finditer(subject.text, match.end(), ended)), ended)
            yield from _total(subject, begun, match, _limit(subject.text, match, stop))


def _limit(text: str, match: re.Match[str], stop: int) -> int:
    """The list of parts ends with its bracket or its clause of other matters."""
    cut = re.compile(r"[)）。；;]").search(text, match.end(), stop)
    return cut.start() if cut else stop


def _total(subject: Subject, start: int, match: re.Match[str], stop: int) -> Iterator[Finding]:
    text = subject.text
    parts = [f for f in figures(text[match.end() : stop]) if f.unit and f.unit not in ("%", "百分点", "个百分点")]
    if not parts or any(f.unit.startswith("第") for f in parts):
        return
    unit = kind_of(parts[0].unit)[0]
    before = [f for f in figures(text[start : match.start()]) if kind_of(f.unit)[0] == unit]
    if not before or unit in ("年", "天", "个月", "小时", "工作日", "周", "岁"):
        return
    total, offset = before[-1], match.end()
    gap = text[start + total.end : match.start()]
    lead = text[max(start, start + total.start - 8) : start + total.start]
    if _CHANGE.search(lead) or _BY_TURNS.search(lead + gap) or total.upper is not None or "。" in gap:
        return
    parts = _listed(text, offset, stop, total, [f for f in parts if kind_of(f.unit)[0] == unit])
    # Of A 100家、B 20家，其中… nobody can tell which is divided, unless one is called the total or is nearly met.
    if parts and (len(before) == 1 or re.search("[共总合累]", lead) or _is_near(total, parts)):
        yield from _compared(subject, start + total.start, offset + parts[-1].end, total, parts, text[offset:stop])


def _is_near(total: Figure, parts: list[Figure]) -> bool:
    added = sum((p.value for p in parts), Decimal(0))
    return len(parts) > 2 and abs(added - total.value) * 20 <= total.value


def _listed(text: str, offset: int, stop: int, total: Figure, parts: list[Figure]) -> list[Figure]:
    """The parts in one list: each behind a label of some words, none of them a change or an average."""
    kept: list[Figure] = []
    for part in parts:
        label = text[offset + (kept[-1].end if kept else 0) : offset + part.start]
        if _CHANGE.search(label[-8:]) or _BY_TURNS.search(label) or part.upper is not None or len(label) > 40:
            break
        if kept and not re.search(r"[、,，和及]", label):
            break
        kept.append(part)
        if len(kept) > 1 and sum(p.value for p in kept) == total.value:
            break  # the parts are complete; what follows is another count
    return kept


def _compared(
    subject: Subject, start: int, end: int, total: Figure, parts: list[Figure], listed: str
) -> Iterator[Finding]:
    values = [p.value * kind_of(p.unit)[1] for p in parts]
    whole, added = total.value * kind_of(total.unit)[1], sum(values, Decimal(0))
    slack = sum((_ulp(f) for f in (total, *parts)), Decimal(0)) / 2
    over = next((p for p, v in zip(parts, values, strict=True) if v > whole + slack), None)
    shown = "＋".join(p.written for p in parts)
    if over is not None and not total.qualifier:
        problem = f"分项“{over.written}”大于合计“{total.written}”"
        yield subject.finding("合计不符", start, end, problem, "核对原始数据")
    elif len(parts) > 1 and added > whole + slack and not any(f.qualifier for f in (total, *parts)):
        problem = f"分项之和{shown}大于合计“{total.written}”"
        rule = "合计不符" if _exhausts(listed) else "分项超合计"
        yield subject.finding(rule, start, end, problem, "核对原始数据；分项有交叉的要说明")
    elif (
        len(parts) > 1 and added < whole - slack and _exhausts(listed) and not any(f.qualifier for f in (total, *parts))
    ):
        problem = f"分项{shown}合起来不到“{total.written}”"
        yield subject.finding("合计不符", start, end, problem, "核对原始数据，补上缺的分项")


def _ulp(figure: Figure) -> Decimal:
    """What one step of the last written digit is worth, for rounded decimals; whole numbers are exact."""
    match = re.search(r"\d+\.(\d+)", figure.written)
    if not match:
        return Decimal(0)
    number = Decimal(match[0])
    return (figure.value / number * Decimal(10) ** -len(match[1])) * kind_of(figure.unit)[1] if number else Decimal(0)


def _exhausts(listed: str) -> bool:
    if re.search(r"等\s*$|包括|例如|等(?:方面|领域|类)", listed):
        return False
    if len(_CLASSES.findall(listed)) > 1:
        return True
    return any(
        (a := re.search(first, listed)) and (b := re.search(second, listed)) and a.start() != b.start()
        for first, second in _WHOLE
    )


_SHARE = re.compile(
    r"(?:满意率|满意度|合格率|覆盖率|普及率|办结率|办复率|答复率|面商率|沟通率|见面率|达标率|占[^。；，,;\d]{0,16}?(?:比重|比例|的)?|占比)"
    r"(?:均|分别|已|也|高|仅|约)?(?:为|达到|达|至|超过|超|近)?(?P<value>\d{3,}(?:\.\d+)?)[%％]"
)


# Shares in name only: of another quantity, not of the whole.
_MAY_EXCEED = re.compile(r"拨备|净资本|流动性|现金|保障倍数|GDP|生产总值|债务|杠杆|偿付|计划|任务|目标|上年|同期")


def shares(subject: Subject) -> Iterator[Finding]:
    """A share of the whole above a hundred per cent."""
    for start, end in subject.lines:
        for match in _SHARE.finditer(subject.text, start, end):
            around = subject.text[max(start, match.start() - 6) : match.end()]
            if Decimal(match["value"]) > 100 and not _MAY_EXCEED.search(around):
                yield subject.finding(
                    "比例超百", match.start(), match.end(), f"{match['value']}%超过100%", "核对原始数据"
                )


_GROWTH = re.compile(
    r"(?:从|由)(?P<from>[^。；;\n]{1,40}?)(?:增长|增加|提升|提高|上升|扩大|发展|增)(?:到|至|为)(?:了)?(?P<to>[^。；;\n]{1,40}?)[,，(（]"
    r"(?:累计|总体|共|实现)?(?:同比)?(?:增长|增幅|增加|提高|上升)(?:率)?(?:了|达|为|达到|约)?(?P<rate>\d+(?:\.\d+)?)[%％]"
)


def growth(subject: Subject) -> Iterator[Finding]:
    """从1166家增长到1500家，增长20%: the rate against its two ends."""
    for start, end in subject.sentences:
        for match in _GROWTH.finditer(subject.text, start, end):
            low, high = ([f for f in figures(match[g]) if f.unit] for g in ("from", "to"))
            if len(low) != 1 or len(high) != 1 or kind_of(low[0].unit)[0] != kind_of(high[0].unit)[0]:
                continue
            if low[0].unit == "%" or not low[0].value or low[0].qualifier or high[0].qualifier:
                continue
            a, b = (f[0].value * kind_of(f[0].unit)[1] for f in (low, high))
            real, said = (b - a) / a * 100, Decimal(match["rate"])
            slack = (_ulp(low[0]) + _ulp(high[0])) / a * 100 + Decimal(1) + real.copy_abs() / 50
            if abs(real - said) > slack:
                problem = f"从{low[0].written}到{high[0].written}应增长{real:.1f}%，文中写{said}%"
                yield subject.finding("增幅不符", match.start(), match.end(), problem, "核对两个数和增幅")
