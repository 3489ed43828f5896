"""Clean the text of a page: navigation, bars, counters and footers go, the letter stays to the character.

What is dropped is dropped as whole lines, and only above the first and below the last line of content; nothing between
them is touched, and a text that is no page comes through as it is. Blank lines inside stay; spaces at line ends go.
"""

import re
from collections import Counter
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from corpus.box import flat, is_bare_label, is_nameless, is_strong, is_weak

_BAR = re.compile(
    r"[【\[(]?(?:字体|字号|文字大小|字体大小)[:]?[\s\[\]【】()|大中小超特默认标准打印关闭分享收藏保存到:AaT+\-]*"
)
_PLACE = r"[您你]?(?:当前|现在|目前)?的?(?:所在|所处)?的?(?:位置|栏目|页面|地址)(?:是|为|在)?:|当前所在:"
_CHROME = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?:{_PLACE}).{{0,150}}",
        r"(?:网站)?首页(?:>|/|»|›|→|->|-|·|\||::|\\).{1,150}",
        r"[^。:;,]{2,30}(?:[>»›→][^。:;,]{1,40}){2,6}",
        r"[【\[(]?(?:浏览|阅读|点击|访问|查看|点击率|点击量|人气|热度)(?:次数|量|数|人数|率|人次)?:?\[?\d*\]?次?[】\])]?",
        r"(?:今天|今日|现在|当前时间)是?:.{0,40}|今天是.{0,40}|(?:19|20)\d\d年\d{1,2}月\d{1,2}日,?(?:星期|周)[一二三四五六日天]\|?.{0,20}",
        r"(?:您好,?)?(?:欢迎|热烈欢迎)(?:您)?(?:访问|光临|来到|浏览|进入).{1,40}",
        r"[\u4e00-\u9fff]{2,8}(?:今日|今天|天气)?(?:天气)?:?(?=.*[晴云阴雨雪雾霾])(?=.*(?:℃|°C)).{0,40}",
        r"(?:请?用?手机|微信|打开微信|请|请使用|使用)?,?扫(?:一扫|码|描).{0,40}|.{0,12}二维码.{0,20}",
        r"[【\[(]?(?:责任编辑|责编|编辑|编辑录入|审核|校对|初审|复审|终审|信息审核|网络编辑|录入|录入人|信息员|撰稿|供稿|审稿)(?:人|员)?:.{0,60}",
        r"[【\[(]?(?:打印|关闭|分享|收藏|返回|推荐)(?:本页|窗口|本文|页面|顶部|列表|首页|正文|文章)?[】\])].{0,40}",
        r"[【\[(]?(?:打印本页|关闭窗口|打印正文|关闭本页|打印文章|我要打印|打印预览)[】\])]?.{0,30}",
        r"(?:一键)?分享(?:到|至)?:?.{0,30}|将本文分享.{0,20}",
        r"[【\[<《(]*(?:上|下)一(?:篇|条|页|则|个|主题|文章)[】\]>》)]*[:>]?.{0,120}",
        r"(?:原文|来源|信息|文章|本文)(?:链接|地址|网址):.{0,200}|https?:[!-~]{4,200}",
        r"[\u4e00-\u9fff]{2,30}版权所有.{0,80}",
        r"(?:责任)?(?:版权所有|版权归|copyright|©|Copyright).{0,160}",
        r".{0,80}(?:ICP备|icp备|ICP证|公网安备|网站标识码|政府网站找错|党政机关).{0,140}",
        r"(?:技术支持|网站管理|网站维护|运维单位|建议使用|最佳浏览|您是第|网站支持|本站支持|本站已支持|网站已支持|总访问量|今日访问|站点访问).{1,80}",
        r"(?:主办|承办|主办单位|承办单位|主管|主办方):[^。]{2,40}(?:技术支持|维护|运维|地址|备案|标识码|邮编|版权)[^。]{0,80}",
        r"主办(?:单位)?:[^。]{2,40}承办(?:单位)?:[^。]{2,60}",
        r"您(?:所)?(?:访问|点击|打开)的(?:链接|页面|网站)(?:即将|将).{0,80}|.{0,40}确定要继续吗\??",
        r"[【\[(]?保护视力色.{0,40}|视力保护色.{0,40}|背景色:.{0,40}|字体颜色.{0,40}",
        r"(?:语音播报|语音朗读|点击播放|播放音频|听新闻|朗读|AI(?:朗读|播报|解读|助读)|智能(?:朗读|播报)|正在(?:播放|朗读)|收听|倍速).{0,30}",
        r"按.{0,12}键.{0,30}(?:无障碍|导盲|说明页面).{0,40}",
        r"<!--.{0,60}-->|[A-Za-z0-9_\-.()]{1,60}\.(?:png|jpe?g|gif|bmp|svg)|javascript:.{0,60}|var[A-Za-z_].{0,120}",
        r"(?:×|X|robots|admin|验证码:?.{0,10}|loading\.*|加载中\.*|\d+/\d+页?|\|+|-{3,}|={3,}|\*{3,}|_{3,})",
        r"(?:此|该|本)?(?:文件|信息)?(?:文件已失效|已失效)|(?:网友)?评论(?:列表)?:?.{0,12}|暂无(?:网友)?(?:评论)?|\d+条评论|关键字:|附件:?(?:下载)?(?=$)(?!)",
        r"(?:特别|免责|版权)声明:.{0,200}|本文来源于网络.{0,160}|转载请注明.{0,80}|凡注明.{0,160}",
    )
)
_SPAM_WORD = re.compile(
    r"办证|刻章|代开|发票|博彩|赌场|赌博|娱乐城|娱乐场|娱乐平台|彩票|彩金|真人|棋牌|捕鱼|百家乐|威尼斯人|葡京|太阳城|六合彩|澳门|体育平台|私服|外围|贷款|套现|"
    r"开户|注册送|送彩金|下注|投注|黄色|色情|成人|AV|视频在线|官网入口|app下载|APP下载|代写|论文|减肥|壮阳|老虎机|电子游戏"
)
_SPAM_CALL = re.compile(
    r"www\.|https?:|QQ|qq|微信|VX|vx|加V|电话|联系|手机|点击|下载|注册|入口|官网|网址|\d{6,}|\.com|\.cn|\.net|客服|24小时"
)
_TAIL_START = re.compile(
    r"[【\[]?(?:[<《]?(?:上|下)一(?:篇|条|则)(?::.*)?|(?:相关|热门|推荐|更多|最新|猜你|延伸|热点|推荐)(?:阅读|新闻|文章|链接|信息|推荐|文件|内容|解读|资讯|稿件|喜欢|专题|政策)[:]?"
    r"|友情链接:?|网站地图|版权所有.*|主办单位:.*|主办:.*|建议提案(?:办理)?(?:结果)?公开|(?:常用|相关|快速)链接:?)[】\]]?"
)
_OWN_TAIL = re.compile(
    r"抄送|抄报|附件|附:|附表|联系人|承办人|经办|签发|主送|印发|会办单位|协办单位|征询|主题词|:$|收悉|如下|^(?:您|你)|^\(?(?:19|20)\d\d[年\-.]\d{1,2}[月\-.]\d{1,2}日?\)?$|^二[〇○零]|(?:局|委|厅|会|府|部|处|中心)(?:\(.{1,4}\))?(?:(?:19|20)\d\d年.*)?$"
)
_OWN_HEAD = re.compile(r"抄送|附件|联系|承办|签发|[:,。]$|[〔\[【]20\d\d")
_OTHER_REPLY = re.compile(
    r"[·•●.]?(?:关于|对|[\u4e00-\u9fff]{2,20}(?:关于|对)).{6,90}(?:答复|复函|回复|复文|的函)(?:意见)?[\[(]?(?:(?:19|20)\d\d-\d\d-\d\d)?[\])]?"
)
_FOOTER = re.compile(r"ICP|备案|标识码|技术支持|版权|公网安备|地址|维护|网站地图|Copyright")
_REPLY = re.compile(
    r"(?:建议|提案|议案|意见|代表|委员).{0,60}(?:答复|复函|复文|回复|办理|会办意见|协办意见)|(?:答复|复函|复文|会办意见)的?函?$"
)
_NUMBERED = re.compile(r"(?:[一二三四五六七八九十]+、|\([一二三四五六七八九十]+\)|\d{1,2}[.、])")
# A breadcrumb made as a list comes with its numbers: 2. 首页 > 政务公开
_LISTED = re.compile(r"\s*\d{1,2}\s?[.、]\s*(?=(?:网站)?首页|[>»›]|[您你]?当前|您?所在)")
_MAX_HEAD = 60
_MAX_PASSES = 12


@dataclass(frozen=True)
class Cleaned:
    """Canonical text; `body` frames the letter in it, `box` its information box lines; `breadcrumb` is what the page
    said of its own place before that line was dropped; `is_page` tells whether anything showed that it was a page;
    `chrome` is what was dropped."""

    text: str
    body: tuple[int, int]
    box: tuple[tuple[int, int], ...] = ()
    breadcrumb: tuple[str, ...] = ()
    is_page: bool = False
    chrome: str = ""


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
    advertised = [line for line in raw.split("\n") if _is_spam(line)] if _SPAM_WORD.search(raw) else []
    first = _pass("\n".join(line for line in raw.split("\n") if not _is_spam(line)) if advertised else raw, False)
    last, dropped = first, "\n".join([*advertised, first.chrome])
    again = first
    for _ in range(_MAX_PASSES if first.chrome or advertised else 0):  # what a bar hid may be seen once the bar is gone
        again = _pass(last.text, first.is_page)
        if again.text == last.text:
            break
        last, dropped = again, f"{dropped}\n{again.chrome}"
    _squeeze.cache_clear()  # lines of a letter must not outlive it
    _is_chrome.cache_clear()
    return Cleaned(again.text, again.body, again.box, first.breadcrumb, first.is_page, dropped)


def _pass(raw: str, is_page: bool) -> Cleaned:
    lines = [line.rstrip() for line in raw.split("\n")]
    head = _head_end(lines)
    tail = _tail_start(lines, head)
    kinds = _classify(lines[:head])
    crumbs = next((_crumbs(k.view, k.text) for k in kinds if k.kind == "chrome" and _crumbs(k.view, k.text)), ())
    kinds = _drop_echoes(_drop_above_breadcrumb(kinds), crumbs)
    is_page = (
        is_page or any(k.kind == "chrome" for k in kinds) or any(_is_evidence(flat(k.text)) for k in kinds)
    ) or tail < len(lines)
    if not is_page:
        kinds = [_Line(k.text, k.view, "plain" if k.kind == "box" else k.kind) for k in kinds]
    kinds = _drop_repeats(kinds)
    rest = [_Line(t, "", "plain") for t in lines[head:tail]]
    dropped = "\n".join([k.text for k in kinds if k.kind == "chrome"] + lines[tail:])
    return _assemble([k for k in kinds if k.kind != "chrome"] + rest, crumbs, is_page, raw, dropped)


def _is_spam(line: str) -> bool:
    """A line of advertisement that intruders put into a page: two such words and a call to act."""
    if len(line) > 160 or "。" in line.rstrip()[:-1]:
        return False
    return len(set(_SPAM_WORD.findall(line))) >= 2 and bool(_SPAM_CALL.search(line))


@lru_cache(maxsize=256)
def _squeeze(line: str) -> str:
    return "".join(_unlisted(line).split())


def _unlisted(line: str) -> str:
    """The flat line without the number that a list gave to a breadcrumb."""
    view = flat(line)
    listed = _LISTED.match(view)
    return view[listed.end() :] if listed else view


@cache
def _words() -> frozenset[str]:
    """The words of navigation and tool bars."""
    lines = Path(__file__).with_name("chrome_words.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(line for line in lines if not line.startswith("#"))


@lru_cache(maxsize=256)
def _is_chrome(line: str) -> bool:
    if len(line) > 600:
        return False
    view = _squeeze(line)
    if not view or len(view) > 220 or "。" in view[:-1]:
        return False
    tokens = [t for t in re.split(r"[\s|/·\[\]【】()>,、:]+", _unlisted(line)) if t]
    if not tokens or (all(t in _words() for t in tokens) and any(len(t) > 1 for t in tokens)):
        return True
    return bool(_BAR.fullmatch(view)) or any(p.fullmatch(view) for p in _CHROME)


def _is_evidence(line: str) -> bool:
    return is_strong(line) or is_nameless(line)


def _head_end(lines: list[str]) -> int:
    """The index of the first line that is surely content: an address, a numbered point, a sentence, a long line."""
    seen = 0
    for i, line in enumerate(lines):
        view = _squeeze(line)
        if not view or _is_chrome(line):
            continue
        seen += 1
        if seen > _MAX_HEAD:
            return i
        if is_strong(flat(line)) or is_weak(flat(line)):
            continue
        if re.fullmatch(r"\d{1,2}[.、]", view):  # the number of a list's empty point, above a breadcrumb
            continue
        if is_salutation(view) or _NUMBERED.match(view) or "。" in view:
            return i
        if len(view) > 60 and not _REPLY.search(view):
            return i
    return len(lines)


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
    if not re.match(
        rf"{_PLACE}|(?:网站)?首页(?:>|/|»|›|→|-|\\)|[^。:;,]{{2,30}}(?:[>»›→][^。:;,]{{1,40}}){{2,}}", view
    ):
        return ()
    path = re.sub(r"^[^:]*(?:位置|栏目|所在|页面)[^:]{0,2}:", "", _unlisted(line))
    parts = re.split(r"->|[>/»›→\\]", path)
    parts = re.split(r"\s[-|·]\s", path) if len(parts) == 1 else parts
    return tuple(s for s in (p.strip() for p in parts) if s)


def _drop_above_breadcrumb(kinds: list[_Line]) -> list[_Line]:
    """Short lines above 当前位置 are the page's banner, unless they are the box or a letter's title."""
    places = [i for i, k in enumerate(kinds) if k.kind == "chrome" and _crumbs(k.view, k.text)]
    last = places[0] if places else 0
    return [
        _Line(k.text, k.view, "chrome")
        if i < last and k.kind == "plain" and len(k.view) <= 40 and not _OWN_HEAD.search(k.view)
        else k
        for i, k in enumerate(kinds)
    ]


def _drop_echoes(kinds: list[_Line], crumbs: tuple[str, ...]) -> list[_Line]:
    """A line that only repeats a station of the breadcrumb, the site's name for one, is banner as well."""
    echoes = {_squeeze(c) for c in crumbs[:-1]} | {_squeeze(c) for c in crumbs[-1:] if len(_squeeze(c)) <= 8}
    return [_Line(k.text, k.view, "chrome") if k.kind == "plain" and k.view in echoes else k for k in kinds]


def _drop_repeats(kinds: list[_Line]) -> list[_Line]:
    """Of equal title lines the last stays: it stands with the letter, the others with the page; a list stays whole."""
    last = {k.view: i for i, k in enumerate(kinds) if k.kind == "title" and len(k.view) >= 8}
    often = Counter(k.view for k in kinds if k.kind == "title").most_common(1)
    if len(last) > 4 or (often and often[0][1] > 4):
        return kinds
    return [
        _Line(k.text, k.view, "chrome") if k.kind == "title" and last.get(k.view, i) != i else k
        for i, k in enumerate(kinds)
    ]


def _tail_start(lines: list[str], head: int) -> int:
    """The index of the first line of the page's footer; len(lines) when there is none."""
    end = len(lines)
    views = [_squeeze(line) for line in lines[head:]]
    footed = any(_FOOTER.search(view) for view in views[-40:])
    others = 0
    for i in range(end - 1, head - 1, -1):
        view = views[i - head]
        if not view:
            continue
        starts = bool(_TAIL_START.fullmatch(view)) and ("主办" not in view or footed)
        if starts or _is_chrome(lines[i]):
            end = i
            continue
        others += 1
        if others > 40 or not _may_follow(view, footed):
            break
    while end > head and (
        not lines[end - 1].strip() or _is_chrome(lines[end - 1]) or _is_other_reply(views, end - 1 - head)
    ):
        end -= 1
    return end


def _may_follow(view: str, footed: bool) -> bool:
    """Whether a line below a bar may be the page's as well: a link, not the letter's own note, address or sign-off."""
    if len(view) > 90 or "。" in view or _OWN_TAIL.search(view):
        return False
    return footed or not re.search(r"联系|电话|邮编|地址|公开|类别", view)


def _is_other_reply(views: list[str], i: int) -> bool:
    """A title of a reply below the sign-off is a link to another one."""
    return bool(_OTHER_REPLY.fullmatch(views[i])) and any(re.search(r"\d日$", v) for v in views[max(0, i - 8) : i])


def _assemble(lines: list[_Line], crumbs: tuple[str, ...], is_page: bool, raw: str, dropped: str) -> Cleaned:
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
    return Cleaned(text, (start, len(text)), tuple(box), crumbs, is_page, dropped)
