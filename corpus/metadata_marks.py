"""The marks on a letter's head: category A to D, index number, 发文字号."""

import re

from corpus.box import INDEX_SHAPE
from corpus.letter import Stated
from corpus.metadata_parts import Parts, piece

_CATEGORY = re.compile(
    r"(?:类别|类型|办理结果|答复分类|办复结果|件别)(?:为|是)?:?[(“]?(?P<mark>[ABCD])(?:类|级)?(?:件)?(?![A-Za-z\d])"
)
_CATEGORY_ALONE = re.compile(
    r"[(\[【“]?(?P<mark>[ABCD])[)\]】”]?类?件?[)\]】]?|.{0,60}[(\[【](?P<end>[ABCD])类?件?[)\]】]|.{4,40}号(?P<last>[ABCD])类?"
)
_CATEGORY_TICKED = re.compile(r"(?P<mark>[ABCD])类?:?[(\[]?[√☑■✔✓]|[√☑■✔✓][)\]]?(?P<second>[ABCD])")
_DOC_NO = re.compile(r"(?P<no>[\u4e00-\u9fffA-Za-z]{2,14}[〔\[【(](?:19|20)\d\d[〕\]】)]第?\d{1,5}(?:-\d+)?号)")


def category(parts: Parts) -> Stated | None:
    """The mark A, B, C or D of the reply; a legend that explains all of them is no mark."""
    for field in parts.box_values("category"):
        found = piece(parts.text, field.start, field.end)
        if match := re.fullmatch(r"(?P<mark>[ABCD])类?件?", found.text):
            return found.group(match, "mark")
    above = tuple(line for line in parts.titles if line.where)
    for line in (*above, *parts.tail):
        letters = set(re.findall(r"[ABCD](?=类)", line.text))
        if match := _CATEGORY_TICKED.search(line.text):
            return line.group(match, "mark" if match["mark"] else "second")
        if len(letters) > 1:
            continue
        if len(line.text) <= 60 and (match := _CATEGORY.search(line.text)):
            return line.group(match, "mark")
    for line in (*above, *parts.tail[-8:]):
        if match := _CATEGORY_ALONE.fullmatch(line.text):
            name = next(n for n in ("mark", "end", "last") if match[n])
            return line.group(match, name)
    return None


def index_no(parts: Parts) -> Stated | None:
    """The page's index number, by its label or, in a box without labels, by its shape."""
    for field in parts.box_values("index_no", ""):
        found = piece(parts.text, field.start, field.end)
        if (
            field.key
            and re.fullmatch(r"[0-9A-Za-z/\-_.()〔〕\[\]\u4e00-\u9fff]{4,60}", found.text)
            and re.search(r"\d", found.text)
        ):
            return Stated(field.value, field.start, field.end)
        if match := INDEX_SHAPE.search(found.text):
            return found.group(match)
    return None


def doc_no(parts: Parts) -> Stated | None:
    """The letter's own 发文字号, as written; numbers of policies cited in the text are not it."""
    for field in parts.box_values("doc_no"):
        found = piece(parts.text, field.start, field.end)
        if match := _DOC_NO.search(found.text):
            return found.group(match, "no")
    for line in parts.titles:
        match = _DOC_NO.match(re.sub(r"^(?:发文字号|文号|字号):", lambda m: "\0" * len(m[0]), line.text).lstrip("\0"))
        if match and not line.text.startswith(("《", "关于")):
            shift = line.text.index(match["no"])
            return line.stated(match["no"], shift, shift + len(match["no"]))
    return None
