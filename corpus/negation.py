"""Counts the words of a text that deny something; 不断, 不仅 and the like deny nothing."""

import re

# What looks like a negation and denies nothing.
_NEUTRAL = re.compile(
    r"不断|不仅|不但|不同|不少|不管|不论|不久|不妨|不可或缺|必不可少|不得不|无论|无人机|无锡|未来|非常|非公|非物质|非遗|否则|是否|能否|可否"
)
NEGATION = re.compile(r"没有|没|未|不|无|非|勿|否")


def negations(text: str) -> int:
    """How many words of a text deny something.

    >>> negations("不断加大投入，未发现问题，没有不足")
    3
    """
    return len(NEGATION.findall(mask(text)))


def mask(text: str) -> str:
    """The text at the same length, with what only looks like a negation blotted out.

    >>> mask("不断加大，不少于")
    '＊＊加大，＊＊于'
    """
    return _NEUTRAL.sub(lambda m: "＊" * len(m[0]), text)
