"""Build the section tree of a letter from its numbering marks, with exact offsets.

Headings stand on a line of their own, end with 。 before their body, or run into it without any mark; a numbered
paragraph without heading is a section too, an item, named by its first clause. 一是…二是 are list items, except where a
text has no other numbering, is no letter and begins its paragraphs with them. Letters and attachments that share a page
number their sections apart.
"""

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass

from corpus.attachments import Part, names_of_attachments, parts
from corpus.closings import closing
from corpus.headings import heading_end
from corpus.inline_marks import inline_marks, unbroken, without_lists
from corpus.letter import Section
from corpus.marks import RANK, Mark, line_marks
from corpus.unnumbered import about_marks, bold_marks, hash_marks
from corpus.wrapping import wrap_width

_LETTER_SIGNS = ("收悉", "答复如下", "代表：", "代表:", "委员：", "委员:")


@dataclass
class _Node:
    mark: Mark
    level: int
    parent: "_Node | None"
    end: int
    limit: int = 0
    heading: str = ""
    kind: str = "heading"


def sections(text: str, start: int, end: int) -> tuple[Section, ...]:
    """The sections of `text[start:end]` in order of appearance, parents before children.

    A section ends where the next of the same or a higher rank begins, the last before the letter's closing. A text
    without plausible numbering has none.
    """
    made: list[Section] = []
    for part in parts(text, start, end):
        made += _of_part(text, part)
    return tuple(made)


def _of_part(text: str, part: Part) -> list[Section]:
    begun = part.start if part.heading_end is None else part.heading_end
    names = names_of_attachments(text, begun, part.end) if part.heading_end is None else None
    stop = part.end if names is None else names
    width = wrap_width(text, begun, stop)
    nodes = _tree(text, _believable(text, _marks(text, begun, stop, width), begun, stop), stop)
    tail = closing(text, nodes[-1].mark.end if nodes else begun, part.end)
    last = stop if tail is None else min(tail, stop)
    for node, following in zip(nodes, [*nodes[1:], None], strict=False):
        node.end = min(node.end, last)
        node.limit = min(node.end, following.mark.start) if following else node.end
    _head(text, nodes, width)
    above: tuple[str, ...] = () if part.heading_end is None else (text[part.start : part.heading_end],)
    found = [Section(n.level + len(above), n.heading, above + _path(n), n.mark.start, n.end, n.kind) for n in nodes]
    return [Section(1, above[0], above, part.start, max(last, begun), "attachment"), *found] if above else found


def _path(node: _Node) -> tuple[str, ...]:
    return (*(_path(node.parent) if node.parent else ()), node.heading)


def _marks(text: str, start: int, end: int, width: int | None) -> list[Mark]:
    """Every mark that could open a section, in order; headings without number only where nothing is numbered."""
    at_lines = without_lists(text, unbroken(text, line_marks(text, start, end), start, width), end)
    listed = [mark for mark in at_lines if mark.kind == "一是"]
    found = [mark for mark in at_lines if mark.kind != "一是"]
    hashes = hash_marks(text, start, end, found)
    taken = {mark.start for mark in hashes}
    found = [mark for mark in found if mark.start not in taken]
    found += hashes + (inline_marks(text, start, end, found) if not hashes else [])
    if not found:
        return about_marks(text, start, end) or bold_marks(text, start, end) or listed
    return sorted(found, key=lambda mark: mark.start)


def _believable(text: str, found: list[Mark], start: int, end: int) -> list[Mark]:
    """The marks that number something: in step with a neighbour of their kind, or heading a line alone."""
    if found and found[0].kind == "一是":
        return _listing(text, found, start, end)
    numbers: dict[str, set[int]] = {}
    for mark in found:
        numbers.setdefault(mark.kind + mark.above, set()).add(mark.number)
    kept = [mark for mark in found if _in_step(mark.number, numbers[mark.kind + mark.above])]
    return kept if any(mark.number == 1 for mark in kept) or len(kept) > 1 else []


def _in_step(number: int, numbers: set[int]) -> bool:
    return number == 1 or bool({number - 1, number + 1, number - 2} & numbers)


def _listing(text: str, found: list[Mark], start: int, end: int) -> list[Mark]:
    """Paragraphs that begin 一是, 二是 …, each with a first sentence to serve as heading and more below it."""
    if any(sign in text[start:end] for sign in _LETTER_SIGNS):
        return []
    first = next((k for k, mark in enumerate(found) if mark.number == 1), len(found))
    run = [mark for k, mark in enumerate(found[first:]) if mark.number == k + 1]
    if len(run) < 2:
        return []
    return run if all(_has_heading_sentence(text, mark, end) for mark in run) else []


def _has_heading_sentence(text: str, mark: Mark, end: int) -> bool:
    line_end = text.find("\n", mark.start, end)
    line = text[mark.start : end if line_end < 0 else line_end].strip()
    head, stop, rest = line.partition("。")
    return bool(stop) and len(head) <= 60 and bool(rest.strip())


def _tree(text: str, found: list[Mark], end: int) -> list[_Node]:
    nodes: list[_Node] = []
    stack: list[_Node] = []
    nested: set[tuple[str, str]] = set()
    places: dict[str, list[int]] = {}
    for k, mark in enumerate(found):
        places.setdefault(mark.kind, []).append(k)
    for k, mark in enumerate(found):
        bare = bool(stack) and mark.kind not in {n.mark.kind for n in stack} and _is_bare(text, stack[-1].mark, mark)
        depth = len(stack) if bare else _depth(found, k, stack, nested, places)
        if depth is None:
            continue
        while len(stack) > depth:
            stack.pop().end = mark.start
        parent = stack[-1] if stack else None
        if parent:
            nested.add((mark.kind, parent.mark.kind))
        stack.append(_Node(mark, parent.level + 1 if parent else 1, parent, end))
        nodes.append(stack[-1])
    return nodes


def _is_bare(text: str, open_: Mark, mark: Mark) -> bool:
    """Whether the open section, the first of its kind, is nothing yet but a heading line: then a first mark stands below it."""
    if mark.inline or mark.number != 1 or open_.number != 1 or mark.start - open_.end > 80:
        return False
    between = text[open_.end : mark.start].rstrip()
    return "\n" not in between and bool(between.strip()) and between[-1] not in "。；;，,"


def _depth(
    found: list[Mark], k: int, stack: list[_Node], nested: set[tuple[str, str]], places: dict[str, list[int]]
) -> int | None:
    """How many open sections stay open above mark `k`; None when the mark is out of every count.

    `nested` holds the pairs of kinds already seen one below the other, `places` the marks of each kind.
    """
    mark = found[k]
    for depth in range(len(stack) - 1, -1, -1):
        if stack[depth].mark.kind == mark.kind:
            return depth if _continues(mark, stack[depth].mark) else None
    if mark.number != 1 and mark.inline:
        return None
    depth = len(stack)
    while depth and RANK[mark.kind] < RANK[stack[depth - 1].mark.kind]:
        above = stack[depth - 1].mark
        if (mark.kind, above.kind) in nested or _resumes(found, k, above, places[above.kind]):
            break
        depth -= 1
    return depth


def _continues(mark: Mark, before: Mark) -> bool:
    # Line-initial marks are trusted through slips of the pen (a number doubled or left out); inline ones must be in step.
    return mark.number == before.number + 1 or not mark.inline


def _resumes(found: list[Mark], k: int, open_: Mark, places: list[int]) -> bool:
    """Whether the count of the open section goes on after mark `k`: then the higher mark is nested in it."""
    at = bisect_right(places, k)
    return at < len(places) and found[places[at]].number == open_.number + 1


def _head(text: str, nodes: list[_Node], width: int | None) -> None:
    """Give every node its heading: first each by itself, then the unclear ones in the light of their siblings."""
    groups: dict[tuple[int, str], list[_Node]] = {}
    parents = {id(node.parent) for node in nodes}
    for node in nodes:
        groups.setdefault((id(node.parent), node.mark.kind), []).append(node)
        _set(text, node, width, (), id(node) in parents)
    for group in groups.values():
        clear = tuple(_bare(node) for node in group if node.kind == "heading")
        for node in group if clear else ():
            if node.kind == "item":
                _set(text, node, width, clear, id(node) in parents)
        if 2 * len(clear) < len(group):
            # Among paragraphs without headings a sentence that looks like one is none.
            for node in group:
                node.kind = "item" if _is_sentence(text, node) else node.kind
        if len(group) > 1 and not _any_body(text, group):
            for node in group:
                node.kind = "item"


def _set(text: str, node: _Node, width: int | None, beside: tuple[str, ...], parent: bool) -> None:
    cut = heading_end(text, node.mark.end, node.limit, node.mark.kind, beside=beside, width=width, parent=parent)
    node.heading, node.kind = text[node.mark.start : cut.end], cut.kind


def _bare(node: _Node) -> str:
    return node.heading[node.mark.end - node.mark.start :].strip()


def _is_sentence(text: str, node: _Node) -> bool:
    """Several clauses and a full stop."""
    return text.startswith("。", node.mark.start + len(node.heading)) and ("，" in node.heading or "," in node.heading)


def _any_body(text: str, group: Iterable[_Node]) -> bool:
    """Whether anything stands below a heading of the group; names alone are a list."""
    return any(text[node.mark.start + len(node.heading) : node.end].strip(" \n\t　。；;：:*") for node in group)
