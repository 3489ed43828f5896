"""Clean the text of a page: navigation, bars, counters and footers go, the letter stays to the character.

What is dropped is dropped as whole lines, and only above the first and below the last line of content; nothing between
them is touched, and a text that is no page comes through as it is. Blank lines inside stay; spaces at line ends go.
"""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from corpus.box import flat, is_bare_label, is_nameless, is_strong, is_weak

_BAR = re.compile(
    r"[【\[(]?(?:字体|字号|文字大小|字体大小)[:]?[\s\[\]【】()|大中小超特默认标准打印关闭分享收藏保存到:AaT+\-]*"
)
_CHROME = tuple(
    re.compile(pattern)
    for pattern in (
        r"您?(?:当前|现在|目前)?的?(?:所在)?的?(?:位置|栏目)(?:是|为)?:.{0,150}",
        r"(?:网站)?首页(?:>|/|»|›|→|->|-|·|\|).{1,150}",
        r"(?:浏览|阅读|点击|访问)(?:次数|量|数|人数)?:?\d*次?",
        r"今天是:?.{0,40}",
        r"欢迎(?:您)?(?:访问|光临|来到|浏览).{1,30}",
        r"[\u4e00-\u9fff]{2,8}(?:今日|今天|天气)?(?:天气)?:?(?=.*[晴云阴雨雪雾霾])(?=.*(?:℃|°C)).{0,40}",
        r"(?:用?手机|微信|打开微信|请)?扫(?:一扫|码|描).{0,25}",
        r"[【\[(]?(?:责任编辑|责编|编辑|审核|校对|初审|复审|终审|信息审核|网络编辑|录入)(?:人|员)?:.{0,40}",
        r"[【\[(]?(?:打印|关闭|分享|收藏|返回)(?:本页|窗口|本文|页面|顶部|列表|首页)?[】\])].{0,30}",
        r"分享到?:?.{0,30}",
        r"(?:上|下)一(?:篇|条|页|则):?.{0,120}",
        r"(?:原文|来源|信息|文章)(?:链接|地址|网址):.{0,200}",
        r"(?:责任)?(?:版权所有|版权归|copyright|©).{0,120}",
        r".{0,60}(?:ICP备|icp备|公网安备|网站标识码|政府网站找错).{0,120}",
        r"(?:技术支持|网站管理|网站维护|运维单位|建议使用|最佳浏览|您是第).{1,80}",
        r"(?:主办|承办|主办单位|承办单位|主管):[^。]{2,40}(?:技术支持|维护|运维|地址|备案|标识码|邮编)[^。]{0,80}",
        r"主办:[^。]{2,40}承办:[^。]{2,60}",
    )
)
_TAIL_START = re.compile(
    r"[【\[]?(?:(?:上|下)一(?:篇|条|则)(?::.*)?|(?:相关|热门|推荐|更多|最新)(?:阅读|新闻|文章|链接|信息|推荐|文件|内容|解读|资讯|稿件)[:]?"
    r"|友情链接:?|网站地图|版权所有.*|主办单位:.*|主办:.*)[】\]]?"
)
_FOOTER = re.compile(r"ICP|备案|标识码|技术支持|版权|公网安备|地址|维护")
_REPLY = re.compile(
    r"(?:建议|提案|议案|意见|代表|委员).{0,60}(?:答复|复函|复文|回复|办理|会办意见|协办意见)|(?:答复|复函|复文|会办意见)的?函?$"
)
_NUMBERED = re.compile(r"(?:[一二三四五六七八九十]+、|\([一二三四五六七八九十]+\)|\d{1,2}[.、])")
_MAX_HEAD = 60


@dataclass(frozen=True)
class Cleaned:
    """Canonical text; `body` frames the letter in it, `box` its information box lines; `breadcrumb` is what the page
    said of its own place before that line was dropped; `is_page` tells whether anything showed that it was a page."""

    text: str
    body: tuple[int, int]
    box: tuple[tuple[int, int], ...] = ()
    breadcrumb: tuple[str, ...] = ()
    is_page: bool = False


@dataclass(frozen=True)
class _Line:
    text: str
    view: str  # flat, every space removed
    kind: str  # blank, chrome, box, title, plain


def is_salutation(view: str) -> bool:
    """Whether a squeezed line addresses deputies, members or a body: 陈力代表: / 民革银川市委会:"""
    return len(view) <= 60 and view.endswith(":") and not _NUMBERED.match(view) and "联系" not in view


def clean(raw: str) -> Cleaned:
    """The canonical text of a page or a plain text, with the span of its body; no content character is lost."""
    lines = [line.rstrip() for line in raw.split("\n")]
    head = _head_end(lines)
    tail = _tail_start(lines, head)
    kinds = _classify(lines[:head])
    crumbs = next((_crumbs(k.view, k.text) for k in kinds if k.kind == "chrome" and _crumbs(k.view, k.text)), ())
    kinds = _drop_echoes(_drop_above_breadcrumb(kinds), crumbs)
    is_page = any(k.kind == "chrome" for k in kinds) or any(_is_evidence(flat(k.text)) for k in kinds)
    if not is_page:
        kinds = [_Line(k.text, k.view, "plain" if k.kind == "box" else k.kind) for k in kinds]
    kinds = _drop_repeats(kinds)
    rest = [_Line(t, "", "plain") for t in lines[head:tail]]
    return _assemble([k for k in kinds if k.kind != "chrome"] + rest, crumbs, is_page or tail < len(lines), raw)


def _squeeze(line: str) -> str:
    return "".join(flat(line).split())


@cache
def _words() -> frozenset[str]:
    """The words of navigation and tool bars."""
    lines = Path(__file__).with_name("chrome_words.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(line for line in lines if not line.startswith("#"))


def _is_chrome(line: str) -> bool:
    view = _squeeze(line)
    if not view or len(view) > 220 or "。" in view[:-1]:
        return False
    tokens = [t for t in re.split(r"[\s|/·\[\]【】()>,、:]+", flat(line)) if t]
    if not tokens or (all(t in _words() for t in tokens) and any(len(t) > 1 for t in tokens)):
        return True
    return bool(_BAR.fullmatch(view)) or any(p.fullmatch(view) for p in _CHROME)


def _is_evidence(line: str) -> bool:
    return is_strong(line) or is_nameless(line)


def _head_end(lines: list[str]) -> int:
    """The index of the first line that is surely content: an address, a numbered point, a sentence, a long line."""
    for i, line in enumerate(lines[:_MAX_HEAD]):
        view = _squeeze(line)
        if not view or _is_chrome(line) or is_strong(flat(line)) or is_weak(flat(line)):
            continue
        if is_salutation(view) or _NUMBERED.match(view) or "。" in view:
            return i
        if len(view) > 60 and not _REPLY.search(view):
            return i
    return min(len(lines), _MAX_HEAD)


def _classify(lines: list[str]) -> list[_Line]:
    kinds: list[_Line] = []
    waiting = False
    for line in lines:
        view, kind = _squeeze(line), "plain"
        if not view:
            kind = "blank"
        elif _is_chrome(line):
            kind = "chrome"
        elif waiting and not is_strong(flat(line)):
            kind, waiting = "box", False
        elif is_strong(flat(line)):
            kind, waiting = "box", is_bare_label(flat(line)) and "答复内容" not in view
        elif is_weak(flat(line)):
            kind = "box"
        elif _REPLY.search(view) and not is_salutation(view):
            kind = "title"
        kinds.append(_Line(line, view, kind))
    return kinds


def _crumbs(view: str, line: str) -> tuple[str, ...]:
    """The stations of a breadcrumb line, () for any other line."""
    if not re.match(r"您?(?:当前|现在|目前)?的?(?:所在)?的?(?:位置|栏目)|(?:网站)?首页(?:>|/|»|›|→|-)", view):
        return ()
    path = re.sub(r"^[^:]*(?:位置|栏目)[^:]{0,2}:", "", flat(line))
    return tuple(s for s in (p.strip() for p in re.split(r"->|[>/»›→]", path)) if s)


def _drop_above_breadcrumb(kinds: list[_Line]) -> list[_Line]:
    """Short lines above 当前位置 are the page's banner, unless they are the box or a letter's title."""
    places = [i for i, k in enumerate(kinds) if k.kind == "chrome" and _crumbs(k.view, k.text)]
    last = places[0] if places else 0
    return [
        _Line(k.text, k.view, "chrome") if i < last and k.kind == "plain" and len(k.view) <= 40 else k
        for i, k in enumerate(kinds)
    ]


def _drop_echoes(kinds: list[_Line], crumbs: tuple[str, ...]) -> list[_Line]:
    """A line that only repeats a station of the breadcrumb, the site's name for one, is banner as well."""
    echoes = {_squeeze(c) for c in crumbs[:-1]} | {_squeeze(c) for c in crumbs[-1:] if len(_squeeze(c)) <= 8}
    return [_Line(k.text, k.view, "chrome") if k.kind == "plain" and k.view in echoes else k for k in kinds]


def _drop_repeats(kinds: list[_Line]) -> list[_Line]:
    """Of equal title lines the last stays: it stands with the letter, the others with the page."""
    return [
        _Line(k.text, k.view, "chrome")
        if k.kind == "title" and len(k.view) >= 8 and any(k.view == later.view for later in kinds[i + 1 :])
        else k
        for i, k in enumerate(kinds)
    ]


def _tail_start(lines: list[str], head: int) -> int:
    """The index of the first line of the page's footer; len(lines) when there is none."""
    end = len(lines)
    for i in range(max(head, end - 40), end):
        if _TAIL_START.fullmatch(_squeeze(lines[i])) and all(_is_link(rest) for rest in lines[i:]):
            if "主办" in lines[i] and not any(_FOOTER.search(rest) for rest in lines[i:]):
                continue  # the letter's own list of who handled it
            end = i
            break
    while end > head and (not lines[end - 1].strip() or _is_chrome(lines[end - 1])):
        end -= 1
    return end


def _is_link(line: str) -> bool:
    view = _squeeze(line)
    return len(view) <= 90 and "。" not in view


def _assemble(lines: list[_Line], crumbs: tuple[str, ...], is_page: bool, raw: str) -> Cleaned:
    while lines and not lines[0].text.strip():
        lines = lines[1:]
    while lines and not lines[-1].text.strip():
        lines = lines[:-1]
    if not lines:  # a page of nothing but chrome: better the page than nothing
        text = raw.strip("\n")
        return Cleaned(text, (0, len(text)))
    text = "\n".join(line.text for line in lines)
    box, start, at = [], 0, 0
    for line in lines:
        if line.kind == "box":
            box.append((at, at + len(line.text)))
            start = min(at + len(line.text) + 1, len(text))
        at += len(line.text) + 1
    while start < len(text) and text[start] == "\n":
        start += 1
    return Cleaned(text, (start, len(text)), tuple(box), crumbs, is_page)
