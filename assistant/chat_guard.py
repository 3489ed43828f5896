"""Holds a chat model's statement against what it cites, before verification looks at figures, dates and names.

A statement must be said in the words of its evidence; what repeats the instructions or is not Chinese is named as such.
"""

import re

from assistant.refusal import REFUSAL
from assistant.understand import fold

FAULTS = {
    "unknown_handle": "标的依据不存在",
    "leak": "复述了提示词",
    "foreign": "不是中文",
    "off_evidence": "依据没有说到",
    "repeated": "与前面重复",
    "fragment": "不成句",
}
# Fewer characters than these say nothing: 920吨 is the least.
SHORTEST = 4
# The least share of a statement's pairs of characters in the cited sentences, and in these with headings and title.
# Sentences held against another sentence of their letter reach .20 and .36 in 95 of 100 cases, paraphrases .45.
LEAST_QUOTED = 0.25
LEAST_GROUNDED = 0.4
# So many characters in a row of the instructions are no coincidence.
LEAKED = 14
# The least share of Chinese among the letters of a statement.
LEAST_CHINESE = 0.5

_RUNS = re.compile(r"[\u3400-\u9fff]+|[a-z]+|\d[\d.,]*")
_DECLINES = re.compile(
    r"^(?:很|非常)?(?:抱歉|对不起|遗憾)|^(?:我|本助手)?(?:无法|不能|没有?办法|未能)(?:直接|准确)?(?:回答|作答|提供|确定|找到)"
    r"|^(?:根据)?(?:所?提供的|现有|以上|上述|给定的?)?(?:依据|资料|材料|信息|复文|内容|文本)(?:里|中|内)?(?:都|并|均)?(?:没有|未|无|查不到|找不到|不包含|不足以)"
    r"|^(?:sorry|i'?m sorry|i cannot|i can'?t|i am unable|as an ai)",
    re.IGNORECASE,
)


def declines(text: str) -> bool:
    """Does the model say that it cannot answer?

    >>> declines("抱歉，根据所提供的资料无法回答。"), declines("昆明市没有出台专项办法。")
    (True, False)
    """
    said = re.sub(r"\[\^\d+\]|</?\w+>", "", text).strip()
    return said.startswith(REFUSAL.rstrip("。")) or bool(_DECLINES.search(said))


def fault(text: str, quotes: str, ground: str, instructions: str) -> str | None:
    """The name in FAULTS of what is wrong with a statement; None when nothing is.

    `quotes` is what it cites, `ground` the same with headings and titles, `instructions` what the model was told.
    """
    folded = fold(text)
    if len(re.findall(r"\w", folded)) < SHORTEST:
        return "fragment"
    if folded in fold(quotes):
        return None
    if any(
        folded[i : i + LEAKED] in fold(instructions) and folded[i : i + LEAKED] not in fold(ground)
        for i in range(len(folded) - LEAKED + 1)
    ):
        return "leak"
    letters = [c for c in folded if c.isalpha()]
    if sum("\u3400" <= c <= "\u9fff" for c in letters) < LEAST_CHINESE * max(1, len(letters)):
        return "foreign"
    if shared(text, quotes) < LEAST_QUOTED or shared(text, ground) < LEAST_GROUNDED:
        return "off_evidence"
    return None


def shared(text: str, ground: str) -> float:
    """The share of the text's pairs of Chinese characters, words and numbers that the ground holds (0–1).

    >>> shared("贷款余额", "贷款的余额")
    0.6666666666666666
    """
    own, held = _pairs(text), set(_pairs(ground))
    return sum(pair in held for pair in own) / len(own) if own else 0.0


def _pairs(text: str) -> list[str]:
    pairs = list[str]()
    for run in _RUNS.findall(fold(text)):
        chinese = run[0] >= "\u3400" and len(run) > 1
        pairs += [run[i : i + 2] for i in range(len(run) - 1)] if chinese else [run]
    return pairs
