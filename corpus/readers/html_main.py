"""Which part of a page is the letter, and what of the rest belongs to it: title, information box, sign-off."""

import re
from typing import Any

from corpus.box import flat, is_bare_label, is_strong, is_weak
from corpus.readers.html_lines import lines_of

Element = Any
# The names that the usual systems of government sites give to the text itself.
_NAMES = re.compile(
    r"(?:TRS_Editor|TRS_PreAppend|TRS_UEDITOR|UCAP-CONTENT|zoom|vsb_content\w*|v_news_content|article|articleBox|article-?con\w*"
    r"|article-?body|content|con_?text|contentText|main-?content|detail-?con\w*|news-?con\w*|xxgk_?con\w*|info-?con\w*"
    r"|view-?TRS\w*|xl_?con\w*|zwgk_?con\w*|pages_content|text-?content|bt-content|mainText|wz_?con\w*|nr|zw)",
    re.I,
)
# A private character: lxml takes no control characters.
_PLACEHOLDER = "\uf8f0"
_CRUMB = re.compile(r"您?(?:当前|现在|目前)?的?(?:所在)?的?(?:位置|栏目)(?:是|为)?:|(?:网站)?首页(?:>|/|»|›|→|-)")
_TITLE = re.compile(
    r"(?:建议|提案|议案|会议|代表|委员).{0,60}(?:答复|复函|回复|复文|会办意见|办理)|^关于.{6,}的?(?:建议|提案|函)$"
)
_DOC_NUMBER = re.compile(r"[〔\[【（(](?:19|20)\d\d[〕\]】）)]\s*\d{1,4}\s*号$")
_SIGN_OFF = re.compile(
    r"(?:19|20)\d\d年\d{1,2}月\d{1,2}日$|^[（(]?(?:联系人|联系电话|联系方式|附件|抄送|此件)|^[\u4e00-\u9fff]{2,30}(?:局|委|委员会|办公室|政府|厅|部|院|中心|会)$"
)
_FOOTER = re.compile(r"主办|承办|版权|备案|标识码|技术支持|地图|链接|关于我们")


def find_main(root: Element) -> Element | None:
    """The innermost part with a known name that holds nearly every sentence of the page, None where none does."""
    sentences: dict[Element, int] = {}
    order = list(root.iter())
    for element in reversed(order):  # children come after their parents: one pass adds them up
        own = (element.text or "").count("。") if isinstance(element.tag, str) else 0
        inside = sum(sentences.get(c, 0) + (c.tail or "").count("。") for c in element)
        sentences[element] = own + inside
    total = sentences.get(root, 0)
    if not total:
        return None
    found = None
    for element in order:
        if isinstance(element.tag, str) and element.tag not in ("html", "body") and sentences[element] >= 0.85 * total:
            found = element if _is_named(element) else found
    return found


def _is_named(element: Element) -> bool:
    if element.tag in ("article", "main"):
        return True
    names = f"{element.get('class') or ''} {element.get('id') or ''}".split()
    return any(_NAMES.fullmatch(name) for name in names)


def around(root: Element, main: Element, inside: list[str]) -> tuple[list[str], list[str]]:
    """The lines before and after the main part that belong to the letter."""
    main.clear(keep_tail=True)
    main.text = _PLACEHOLDER
    before, _, after = "\n".join(lines_of(root)).partition(_PLACEHOLDER)
    return _head(before.split("\n"), inside), _foot(after.split("\n"), inside)


def _head(lines: list[str], inside: list[str]) -> list[str]:
    """The path and the box from anywhere above, everything from the title on; not a title that the text repeats."""
    views = ["".join(flat(line).split()) for line in lines]
    own = {"".join(flat(line).split()) for line in inside[:12]}
    first = next((i for i, view in enumerate(views) if _is_title(view)), len(lines))
    if 0 < first < len(lines) and re.match("关于|对", views[first - 1]):  # a title in two lines
        first -= 1
    kept, waiting = [], False
    for i, line in enumerate(lines):
        belongs = i >= first or waiting or bool(_CRUMB.match(views[i])) or bool(_DOC_NUMBER.search(views[i]))
        labelled = is_strong(flat(line)) or is_weak(flat(line))
        waiting = is_bare_label(flat(line))
        if line.strip(" |") and (belongs or labelled) and not (_is_title(views[i]) and views[i] in own):
            kept.append(line.strip())
    return kept


def _is_title(view: str) -> bool:
    return 10 <= len(view) <= 150 and bool(_TITLE.search(view)) and "。" not in view and not _CRUMB.match(view)


def _foot(lines: list[str], inside: list[str]) -> list[str]:
    """A sign-off that stands behind the main part instead of in it."""
    signed = any(re.search(r"(?:19|20)\d\d年\d{1,2}月\d{1,2}日$", line) for line in inside[-8:])
    kept: list[str] = []
    for line in lines:
        view = "".join(line.split()).strip("|")
        if not view:
            continue
        if not _SIGN_OFF.search(view) or _FOOTER.search(view) or len(view) > 80:
            break
        if not signed or re.match("[（(]?(?:联系|附件|抄送|此件)", view):
            kept.append(line.strip())
    return kept
