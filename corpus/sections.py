"""Build the section tree of a letter from its numbering marks, with exact offsets.

Headings stand on a line of their own, end with 。 before their body, or run into it without any mark; a numbered
paragraph without heading is a section too, headed by its first clause. 一是…二是 are list items, except where a text has
no other numbering, is no letter and begins its paragraphs with them.
"""

from dataclasses import dataclass

from corpus.closings import closing
from corpus.headings import heading_end
from corpus.letter import Section
from corpus.marks import RANKS, Mark, marks

_LETTER_SIGNS = ("收悉", "答复如下", "代表：", "代表:", "委员：", "委员:")


@dataclass
class _Node:
    mark: Mark
    level: int
    parent: "_Node | None"
    end: int
    heading: str = ""


def sections(text: str, start: int, end: int) -> tuple[Section, ...]:
    """The sections of `text[start:end]` in order of appearance, parents before children.

    A section ends where the next of the same or a higher rank begins, the last before the letter's closing. A text
    without plausible numbering has none.
    """
    found = _believable(text, marks(text, start, end), start, end)
    if not found:
        return ()
    nodes = _tree(text, found, end)
    for node, following in zip(nodes, [*nodes[1:], None], strict=True):
        limit = min(node.end, following.mark.start) if following else node.end
        cut, _ = heading_end(text, node.mark.start, node.mark.end, limit, node.mark.kind)
        node.heading = text[node.mark.start : cut]
    return tuple(Section(node.level, node.heading, _path(node), node.mark.start, node.end) for node in nodes)


def _path(node: _Node) -> tuple[str, ...]:
    return (*(_path(node.parent) if node.parent else ()), node.heading)


def _believable(text: str, found: list[Mark], start: int, end: int) -> list[Mark]:
    """The marks that number something: in step with a neighbour of their kind, or heading a line alone."""
    if found and found[0].kind == "一是":
        return _listing(text, found, start, end)
    numbers: dict[str, set[int]] = {}
    for mark in found:
        numbers.setdefault(mark.kind + mark.above, set()).add(mark.number)
    kept = [mark for mark in found if _in_step(mark, numbers[mark.kind + mark.above])]
    return kept if any(mark.number == 1 for mark in kept) or len(kept) > 1 else []


def _in_step(mark: Mark, numbers: set[int]) -> bool:
    return mark.number == 1 or mark.number - 1 in numbers or mark.number + 1 in numbers or mark.number - 2 in numbers


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
    for k, mark in enumerate(found):
        if not _place(text, found, k, stack, nested):
            continue
        parent = stack[-1] if stack else None
        if parent:
            nested.add((mark.kind, parent.mark.kind))
        node = _Node(mark, parent.level + 1 if parent else 1, parent, end)
        nodes.append(node)
        stack.append(node)
    tail = closing(text, nodes[-1].mark.end, end)
    for node in stack:
        node.end = tail if tail is not None else end
    return nodes


def _place(text: str, found: list[Mark], k: int, stack: list[_Node], nested: set[tuple[str, str]]) -> bool:
    """Pop the sections that mark `k` ends; False when the mark opens none after all."""
    mark = found[k]
    depth = _depth(found, k, stack, nested)
    if depth is None:
        return False
    stop = _stop_before(text, mark, stack[0].mark if stack else None, stack[-1].mark if stack else None)
    if stop is not None and depth == 0:
        _pop(stack, 0, stop)
    _pop(stack, depth, mark.start)
    return True


def _stop_before(text: str, mark: Mark, root: Mark | None, last: Mark | None) -> int | None:
    """A closing between two letters on one page: only before a mark that starts the count again."""
    if root is None or last is None or mark.number != 1:
        return None
    return closing(text, last.end, mark.start)


def _pop(stack: list[_Node], depth: int, at: int) -> None:
    while len(stack) > depth:
        stack.pop().end = at


def _depth(found: list[Mark], k: int, stack: list[_Node], nested: set[tuple[str, str]]) -> int | None:
    """How many open sections stay open above mark `k`; None when the mark is out of every count.

    `nested` holds the pairs of kinds already seen one below the other.
    """
    mark = found[k]
    for depth in range(len(stack) - 1, -1, -1):
        if stack[depth].mark.kind == mark.kind:
            return depth if _continues(mark, stack[depth].mark) else None
    if mark.number != 1 and mark.inline:
        return None
    depth = len(stack)
    while depth and _outranks(mark, stack[depth - 1].mark):
        above = stack[depth - 1].mark
        if (mark.kind, above.kind) in nested or _resumes(found, k, above):
            break
        depth -= 1
    return depth


def _continues(mark: Mark, before: Mark) -> bool:
    # Line-initial marks are trusted through slips of the pen (a number doubled or left out); inline ones must be in step.
    return mark.number == before.number + 1 or not mark.inline


def _outranks(mark: Mark, other: Mark) -> bool:
    return RANKS.index(mark.kind) < RANKS.index(other.kind)


def _resumes(found: list[Mark], k: int, open_: Mark) -> bool:
    """Whether the count of the open section goes on after mark `k`: then the higher mark is nested in it."""
    later = next((mark for mark in found[k + 1 :] if mark.kind == open_.kind), None)
    return later is not None and later.number == open_.number + 1 and later.number > 1
