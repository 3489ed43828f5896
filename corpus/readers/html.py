"""The text of a web page: what shows the letter stays as lines, what only runs the site goes."""

import email
import email.policy
import re
from typing import Any

from corpus.errors import UnreadableFile
from corpus.readers.encoding import decode
from corpus.readers.html_lines import lines_of
from corpus.readers.html_main import around, find_main
from corpus.readers.limits import TEXT_CHARACTERS

Element = Any  # lxml has no types of its own
_DECLARED = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([\w-]{2,20})", re.I)
_XML_HEAD = re.compile(r"^\s*<\?xml[^>]*\?>")
_GONE = [
    "script",
    "style",
    "noscript",
    "template",
    "nav",
    "footer",
    "aside",
    "iframe",
    "frame",
    "object",
    "embed",
    "applet",
    "svg",
    "canvas",
    "audio",
    "video",
    "map",
    "head",
    "select",
    "button",
    "textarea",
    "input",
    "option",
    "del",
    "rt",
    "rp",
    "link",
    "meta",
    "title",
]
_HIDDEN = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all)", re.I)
_TITLED = re.compile(r"(?:建议|提案|议案).*(?:答复|复函|回复|复文|办理|会办)|(?:答复|复函|复文)")
_DATE = re.compile(r"(20\d\d|19\d\d)\D{1,3}(\d{1,2})\D{1,3}(\d{1,2})")
_BROWSER = "请用浏览器打开网页，把正文复制到 .txt 或 .docx"


def read_html(data: bytes, name: str) -> tuple[str | None, str]:
    """(title that the page's own meta data give or None, text) of a page; raises UnreadableFile."""
    declared = _DECLARED.search(data[:4096])
    return _read(decode(data, name, declared[1].decode("ascii", "replace") if declared else ""), name)


def read_mht(data: bytes, name: str) -> tuple[str | None, str]:
    """The same for a page saved with everything in one file (.mht)."""
    message = email.message_from_bytes(data, policy=email.policy.default)
    for part in message.walk():
        if part.get_content_type() == "text/html":
            payload = part.get_payload(decode=True)
            if isinstance(payload, bytes):
                return _read(decode(payload, name, part.get_content_charset() or ""), name)
    raise UnreadableFile(name, "网页存档里没有正文", _BROWSER)


def _read(source: str, name: str) -> tuple[str | None, str]:
    from lxml import etree, html

    parser = html.HTMLParser(huge_tree=True, remove_comments=True, remove_pis=True, no_network=True)
    source = _XML_HEAD.sub("", source.replace("\x00", ""))
    try:
        root = html.document_fromstring(source, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError) as error:
        raise UnreadableFile(name, "网页里没有内容", _BROWSER) from error
    if any("RESOURCE_LIMIT" in entry.type_name for entry in parser.error_log):  # the parser stopped in the middle
        raise UnreadableFile(name, "网页嵌套得太深，读不全", _BROWSER)
    metas, heading, framed = _metas(root), _heading(root), bool(root.xpath("//frame|//iframe"))
    text = _text(root)
    if len(text) > TEXT_CHARACTERS:
        raise UnreadableFile(name, f"文字超过 {TEXT_CHARACTERS // 10000} 万字的上限", "请拆分后再试")
    if not text.strip():
        problem = "网页只有框架，正文在另一个文件里" if framed else "网页里没有文字（可能要运行脚本才显示）"
        raise UnreadableFile(name, problem, _BROWSER)
    return _title(metas, heading, text), "\n".join([*_unseen(metas, text), text])


def _text(root: Element) -> str:
    """The lines of the page; where everything is hidden until a script runs, the hidden is better than nothing."""
    hidden = [e for e in root.iter() if _is_hidden(e)]
    _drop(root, lambda e: e.tag in _GONE or (e.tag == "form" and _is_small(e)))
    shown = bool(hidden) and any(t.strip() for t in _without(root, hidden))
    if shown or not hidden:
        for element in hidden:
            _remove(element)
    main = find_main(root)
    if main is None:
        return "\n".join(lines_of(root))
    inside = lines_of(main)
    before, after = around(root, main, inside)
    return "\n".join([*before, *inside, *after])


def _without(root: Element, hidden: list[Element]) -> list[str]:
    inside = {id(e) for h in hidden for e in h.iter()}
    outside = [e.text or "" for e in root.iter() if id(e) not in inside]
    return outside + [e.tail or "" for e in root.iter() if id(e) not in inside or e in hidden]


def _is_hidden(element: Element) -> bool:
    if not isinstance(element.tag, str) or element.tag in ("html", "body"):
        return False
    return "hidden" in element.attrib or bool(_HIDDEN.search(element.get("style") or ""))


def _is_small(form: Element) -> bool:
    """Whether a form is one for searching or logging in; some systems wrap the whole page into a form."""
    text = "".join(form.itertext("p", "div", "td", "span", "form", "font", "li", "label", "a"))
    return "。" not in text and len(text.split()) < 200


def _drop(root: Element, unwanted: Any) -> None:
    for element in [e for e in root.iter() if isinstance(e.tag, str) and unwanted(e)]:
        _remove(element)


def _remove(element: Element) -> None:
    """Take an element out and leave the text that follows it."""
    parent = element.getparent()
    if parent is None:
        return
    if element.tail:
        before = element.getprevious()
        if before is None:
            parent.text = (parent.text or "") + element.tail
        else:
            before.tail = (before.tail or "") + element.tail
    parent.remove(element)


def _metas(root: Element) -> dict[str, str]:
    """What the page says of itself, by the names that the standard for government sites gives."""
    found: dict[str, str] = {}
    for meta in root.iter("meta"):
        name, content = (meta.get("name") or "").lower(), " ".join((meta.get("content") or "").split())
        if name and content:
            found.setdefault(name, content[:500])
    return found


def _heading(root: Element) -> str:
    """The page's <title> without the name of the site behind it."""
    title = next(root.iter("title"), None)
    text = "" if title is None else " ".join(title.text_content().split())
    return re.split(r"\s*[_|｜]\s*|\s+[-–—]+\s*|[-–—]{2,}", text)[0].strip()[:500]


def _title(metas: dict[str, str], heading: str, text: str) -> str | None:
    told = metas.get("articletitle")
    if told:
        return told
    squeezed = "".join(text.split())
    missing = heading and "".join(heading.split()) not in squeezed
    return heading if missing and _TITLED.search(heading) else None


def _unseen(metas: dict[str, str], text: str) -> list[str]:
    """Lines of an information box for what only the meta data say."""
    lines = []
    date = _DATE.match(metas.get("pubdate", ""))
    if date and tuple(map(int, date.groups())) not in {tuple(map(int, found)) for found in _DATE.findall(text)}:
        lines.append(f"发布日期：{date[1]}-{int(date[2]):02d}-{int(date[3]):02d}")
    source = metas.get("contentsource", "")
    if source and source not in text:
        lines.append(f"来源：{source}")
    column = metas.get("columnname", "")
    if lines and column and column not in text:
        lines.append(f"栏目：{column}")
    return lines
