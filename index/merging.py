"""Says which segments become one: small ones join, so that there are few of them and no letter is copied often."""

from collections.abc import Sequence

from index.segments import FULL

# So many chunks are copied on the way of adding a letter, some tenths of a second.
_ON_THE_WAY = 8192
# A segment joins the smaller ones when it is less than so many times what they hold together.
_RATIO = 2
# Where there are more segments, big ones are joined too.
_MANY = 24


def groups(sizes: Sequence[int]) -> list[list[int]]:
    """The segments of these sizes in groups that become one each, the smallest first.

    >>> groups([9000, 1, 1])
    [[1, 2], [0]]
    """
    order = sorted(range(len(sizes)), key=lambda at: (sizes[at], at))
    limit = FULL if len(sizes) > _MANY else _ON_THE_WAY
    held: list[int] = []
    total = 0
    for at in order:
        if held and (sizes[at] >= _RATIO * total or total + sizes[at] > limit):
            break
        held.append(at)
        total += sizes[at]
    return ([held] if held else []) + [[at] for at in order[len(held) :]]
