"""Completes a follow-up question from the conversation: “那银川呢？” becomes a question that stands alone."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from assistant.answer import Answer, Citation
from assistant.understand import Query, cues, fold, understand
from corpus.regions import find_regions

Turn = tuple[str, Answer]

_YEAR_WORD = re.compile(r"(?:19|20)\d{2}年?(?:度)?|去年|今年|前年|明年")
_TAIL = re.compile(r"(?:的)?(?:情况|时候)?(?:呢|吗|么|怎么样|如何|怎样)?[?？。!！\s]*$")
_HEAD = re.compile(r"^(?:那么|那|哦|嗯|好的?|还有|另外|再问(?:一下)?|换成|改成)[,，、\s]*")
_NUMBER = re.compile(r"(?:第)?([A-Za-z]{0,3}\d{3,16})(?:号)?(?!年)")
_TITLE = re.compile(r"《[^《》]{2,80}》")
_NUMERALS = {c: i for i, c in enumerate("零一二三四五六七八九十")}


@dataclass(frozen=True)
class Resolved:
    """The stand-alone question; the citation of the item of the last answer that is meant, if one is.

    `more` says that what the conversation has not told yet is asked for.
    """

    standalone: str
    item: Citation | None = None
    more: bool = False


def resolve(question: str, history: Sequence[Turn]) -> Resolved:
    """The question as it stands alone; unchanged when the conversation adds nothing.

    `history` holds the turns so far, oldest first. Only the last turn that was neither small talk nor empty counts.
    """
    previous = next((a for _, a in reversed(history) if a.intent != "smalltalk"), None)
    if previous is None or understand(question).intent == "smalltalk":
        return Resolved(question)
    folded = fold(question)
    follow = cues()["follow_up"]
    if follow["correction"].search(folded):
        question = (
            re.sub(r"^\s*(?:不是|不对|错了)?[,，、\s]*(?:我(?:是)?(?:想)?(?:问|说)的?是|我是说)?[,，\s]*", "", question)
            or question
        )
        return Resolved(
            _replace(question, previous.standalone_question) or f"{previous.standalone_question} {question}"
        )
    if follow["more"].search(folded):
        return Resolved(previous.standalone_question, more=not previous.refused)
    item = _ordinal(folded)
    if item and len(folded) <= 18 and not previous.refused and len(previous.sentences) >= item:
        sentence = previous.sentences[item - 1]
        cited = next((c for c in previous.citations if c.id in sentence.citations), None)
        return Resolved(f"{_bare(sentence.text)} {question}", cited)
    return Resolved(_complete(question, folded, previous))


def _complete(question: str, folded: str, previous: Answer) -> str:
    """Fill what the short question leaves out from the previous one, else the question itself."""
    follow = cues()["follow_up"]
    query = understand(question)
    letter = _same_letter(previous)
    if letter and _about_letter(query, folded):
        return f"{letter}{_HEAD.sub('', question)}"
    starts, ends = bool(follow["starts"].search(folded)), bool(follow["ends"].search(folded))
    pronoun = bool(follow["pronouns"].search(folded))
    if starts or ends or (query.regions and len(folded) <= 8):
        replaced = _replace(question, previous.standalone_question)
        if replaced:
            return replaced
        core = _TAIL.sub("", _HEAD.sub("", question.strip()))
        swapped = None if pronoun or query.wants != "any" else _swap_focus(core, previous.standalone_question)
        if swapped:
            return swapped
    if pronoun:
        return _with_antecedent(question, previous)
    if starts or (ends and len(folded) <= 14) or _elliptic(query, folded):
        return f"{_topic(question, previous)}{_HEAD.sub('', question)}"
    return question


def _same_letter(previous: Answer) -> str | None:
    """How to name the one letter that the previous answer rests on, by number, else by title; None if there are more."""
    letters = {c.letter for c in previous.citations}
    if len(letters) != 1:
        return None
    first = previous.citations[0]
    kind = "建议" if "人大" in previous.text or "代表" in previous.standalone_question else "提案"
    return f"第{first.number}号{kind}" if first.number else f"《{first.title}》"


def _about_letter(query: Query, folded: str) -> bool:
    """Whether a follow-up asks for the record or a part of the letter that was talked about, naming none itself."""
    if query.numbers or query.persons or query.regions or query.titles:
        return False
    field = len(folded) <= 14 and any(p.search(folded) for p in cues()["fields"].values())
    return field or (bool(query.tense) and not query.terms)


def _elliptic(query: Query, folded: str) -> bool:
    """A very short question without a matter of its own: 多少家？ 哪一年？"""
    return len(folded) <= 10 and not query.terms and not query.regions


def _replace(question: str, earlier: str) -> str | None:
    """The earlier question with the city or the year of the new one, when that is all that the new one brings."""
    core = _TAIL.sub("", _HEAD.sub("", question.strip()))
    new_regions, old_regions = find_regions(core), find_regions(earlier)
    rest = core
    for _, start, end in reversed(new_regions):
        rest = rest[:start] + rest[end:]
    new_years = [m.group() for m in _YEAR_WORD.finditer(rest)]
    rest = re.sub(r"[的,，、市和与跟在那边 ]|怎么[说做样]|如何|情况|有没有|什么样", "", _YEAR_WORD.sub("", rest))
    new_number = _NUMBER.fullmatch(rest)
    if new_number and _NUMBER.search(earlier):
        return _NUMBER.sub(new_number.group(1), earlier, count=1)
    if rest or not (new_regions or new_years):
        return None
    text = earlier
    if new_regions:
        name = core[new_regions[0][1] : new_regions[-1][2]]
        text = _put(text, [(s, e) for _, s, e in old_regions], name)
    if new_years:
        text = _put(text, [m.span() for m in _YEAR_WORD.finditer(text)], new_years[0])
    return text


def _swap_focus(core: str, earlier: str) -> str | None:
    """The earlier question about another thing: 有多少家养老机构 + 日间照料中心 → 有多少家日间照料中心."""
    focus = understand(earlier).focus
    starts = [earlier.find(word) for word in focus]
    if not core or len(core) > 14 or not focus or -1 in starts:
        return None
    start, end = min(starts), max(at + len(word) for at, word in zip(starts, focus, strict=True))
    return earlier[:start] + core + earlier[end:] if end - start <= 16 else None


def _put(text: str, spans: list[tuple[int, int]], new: str) -> str:
    """Put `new` in the place of the first span and take out the others; in front where there is none."""
    if not spans:
        return new + text
    joined = all(text[a[1] : b[0]].strip() in ("和", "与", "跟", "、", "同", "及", "以及") for a, b in pairwise(spans))
    if joined:
        return text[: spans[0][0]] + new + text[spans[-1][1] :]
    for start, end in reversed(spans[1:]):
        text = text[:start] + text[end:]
    start, end = spans[0]
    return text[:start] + new + text[end:]


def _with_antecedent(question: str, previous: Answer) -> str:
    """The question behind what its pronoun stands for: a policy of the last answer, else the last question's matter."""
    folded = fold(question)
    titles = _TITLE.findall(previous.text)
    if titles and re.search(r"政策|文件|办法|规划|方案|意见|条例|通知", folded):
        return re.sub(
            r"(这|那|该|此)(个|份|项|部)?(政策|文件|办法|规划|方案|意见|条例|通知)", titles[0], question, count=1
        )
    if re.search(r"城市|那里|当地|那边|这里|这个市|那个市", folded):
        regions = find_regions(previous.standalone_question) or find_regions(previous.text)
        if regions:
            return re.sub(
                r"(前面|刚才|上面)?(说)?的?(那|这)(个)?(城市|里|边|市)|当地", regions[0][0], question, count=1
            )
    return f"{_topic(question, previous)}{question}"


def _topic(question: str, previous: Answer) -> str:
    """The matter of the previous question, to be set before this one, without what this one names itself."""
    earlier = understand(previous.standalone_question)
    now = understand(question)
    parts = [] if now.regions else list(earlier.regions[:1])
    parts += [f"第{n}号" for n in earlier.numbers if not now.numbers]
    parts += [] if now.persons else [f"{p}{_role(previous.standalone_question, p)}" for p in earlier.persons]
    parts += [] if now.years else [f"{y}年" for y in earlier.years[:1]]
    parts += [t for t in earlier.terms if t not in now.terms]
    return "".join(parts) + " " if parts else ""


def _role(text: str, person: str) -> str:
    return "代表" if f"{person}代表" in text else "委员"


def _ordinal(folded: str) -> int | None:
    found = cues()["follow_up"]["ordinal"].search(folded)
    if not found:
        return None
    digits = found.group(1)
    if digits.isdigit():
        return int(digits)
    if digits.startswith("十"):
        return 10 + (_NUMERALS.get(digits[1:], 0) if digits[1:] else 0)
    return _NUMERALS.get(digits)


def _bare(text: str) -> str:
    """The first clause of an answer's sentence: enough to find its section again."""
    return re.split(r"[。；;]", re.sub(r"[*_#>]", "", text))[0][:80]
