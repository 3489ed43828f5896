"""Finds the part of a letter that tells its plans: under a heading, else from the sentence that turns to them."""

import re

from assistant.evidence import PLAN
from corpus.letter import Letter
from corpus.sentences import sentences

_TURNS = re.compile(
    r"^(?:[一二三四五六七八九十]{1,2}、|[(（][一二三四五六七八九十]{1,2}[)）])?(?:下一?步|下阶段|接下来|今后|下一阶段|下半年|明年)"
)
_CLOSES = re.compile(
    r"^(?:再次|衷心|非常|最后)*感谢|^(?:以上|此|专此).{0,4}(?:答复|函复|复函)|^(?:附件|联系人|联系电话|抄送)|^特此"
)


def plan_of(letter: Letter) -> tuple[int, int] | None:
    """The span of the letter's plans; None where it tells none."""
    headed = [s for s in letter.sections if PLAN.search(s.heading)]
    if headed:
        first = min(headed, key=lambda s: (s.level, s.start))
        return first.start, first.end
    spans = sentences(letter.text, *letter.body)
    start = next((s for s, e in spans if _TURNS.match(letter.text[s:e])), None)
    if start is None:
        return None
    around = [s for s in letter.sections if s.start <= start < s.end]
    end = min((s.end for s in around), default=letter.body[1])
    last = letter.text.rfind("。", start, end) + 1
    closing = [s for s, e in spans if start < s < end and _CLOSES.match(letter.text[s:e])]
    # What stands behind the last full stop on lines of its own is the signature.
    return start, min([end if last <= start else last, *closing])
