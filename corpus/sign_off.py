"""Find the sign-off at the end of a letter: the line of the organ, the line of the date, the last line before both."""

import re
from dataclasses import dataclass

from corpus.findings import Subject

_WORDS = (
    "局|委员会|委|厅|部|办公[室厅]|政府|办事处|中心|院|集团|公司|支队|大队|总队|办|会|行|政?署|站|处|社|校|学|段|所"
    "|台|馆|组|海关|街道|专班|管理区|开发区|军分区|工会|[\u4e00-\u9fff]{2}[乡镇]"
)
_SEAL = r"(?:[(\[][^()\[\]]{0,6}章[)\]]|盖章)"
# A bracket behind the name holds the other name of the organ: 市科学技术委员会(市外国专家局).
_ORGAN = re.compile(rf"[\u4e00-\u9fff()、]{{2,60}}?(?:{_WORDS})(?:\([\u4e00-\u9fff、]{{2,40}}\))?{_SEAL}?")
_UNIT = re.compile(
    r"(?:答复|承办|主办|会办|协办|办理|发文|落款|报送)(?:单位|机关|部门)(?:\([^()]{0,6}章\))?:(?P<organ>.+)"
)
_DATE = r"(?:(?:19|20)\d\d|[二〇○零O一三四五六七八九0]{4})[年.\-/][\d一二三四五六七八九十]{1,3}[月.\-/][\d一二三四五六七八九十]{1,3}日?"
_DATED = re.compile(rf"(?P<organ>.*?)\(?{_DATE}\)?(?P<after>.*)")
_NOT_ORGAN = re.compile(r"抄送|抄报|主送|附件|联系|:|^(?:[一二三四五六七八九十]{1,3}、|[\d(])")
_NOTE = re.compile(
    r"\(?(?:抄送|抄报|主送|附件|附:|附表|联系|承办人|经办|电话|地址|邮编|邮政编码|此件|主题词|签发|办理类别|答复类别)"
)
_LAST, _LONG = 15, 100
Span = tuple[int, int]


@dataclass(frozen=True)
class SignOff:
    """The end of a letter: `body` is the last line before the sign-off and the notes, None stands for what is not there."""

    body: Span
    organ: Span | None = None
    date: Span | None = None


def sign_off(subject: Subject) -> SignOff:
    """Organ and date near the end of a letter that has lines.

    Of two organs the upper counts; notes (contact, copies, names of attachments) may stand above or below.
    """
    tail = subject.lines[-_LAST:]
    views = ["".join(subject.flat[a:b].split()) for a, b in tail]
    organs = [k for k, view in enumerate(views) if _names(view)]
    dates = [k for k, view in enumerate(views) if _dates(view)]
    near = [k for k in organs if any(k <= d <= k + 4 or k == d + 1 for d in dates)] or organs
    first = min([*near, *(d for d in dates if not near or abs(d - near[0]) <= 4)], default=len(tail))
    while first and _NOTE.match(views[first - 1]):
        first -= 1
    return SignOff(tail[max(first - 1, 0)], tail[near[0]] if near else None, tail[dates[-1]] if dates else None)


def _names(view: str) -> bool:
    """Whether a squeezed line names the organ that signs, alone, beside a date or behind the last words."""
    if len(view) > _LONG:
        view = view[-_LONG:]
    if unit := _UNIT.fullmatch(view):
        view = unit["organ"]
    dated = _DATED.fullmatch(view)
    if dated and (not dated["organ"] or not dated["after"] or _NOTE.match(dated["after"])):
        view = dated["organ"] or dated["after"]
    alone = re.split("[。!]", view)[-1] if len(view) > 8 else view
    if _NOT_ORGAN.search(alone):
        return re.search(_SEAL, alone) is not None and len(alone) <= 60
    return _ORGAN.fullmatch(alone) is not None or (len(alone) <= 60 and re.search(_SEAL, alone) is not None)


def _dates(view: str) -> bool:
    """Whether a squeezed line ends with a date or holds an organ and one."""
    dated = _DATED.fullmatch(view[-_LONG:])
    return dated is not None and (not dated["after"] or _names(view))
