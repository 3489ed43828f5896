"""Finds in a conversation what a follow-up points back to: an item of a list, a letter, a place, an earlier question."""

import re
from collections.abc import Sequence

from assistant.answer import Answer, Sentence
from assistant.frame import taken_apart
from assistant.put_in import swapped
from assistant.understand import cues, letter_reference, understand
from corpus.regions import find_regions

Turn = tuple[str, Answer]

_TITLE = re.compile(r"《[^《》]{2,80}》")
_TOLD_ITEM = re.compile("，具体(?:是什么|内容)$")
_NUMERALS = {c: i for i, c in enumerate("零一二三四五六七八九十")}
# 一是…, （一）…, 1.…, 首先…: how the items of a list begin, by kind, with the place of the item in the list.
_MARKS = (
    re.compile(r"^[(（]([一二三四五六七八九十]{1,3})[)）]"),
    re.compile(r"^([一二三四五六七八九十]{1,3})、"),
    re.compile(r"^[(（]?(\d{1,2})[)）.、．]"),
    re.compile(r"(?:^|[^\u4e00-\u9fa5])([一二三四五六七八九十]{1,2})是"),
    re.compile(r"^第([一二三四五六七八九十]{1,3})[,，、:：]"),
)
# The items that one sentence holds: 一是…；二是…
_INNER = re.compile(r"([一二三四五六七八九十])是(.+?)(?=[;；。]|[,，]?[一二三四五六七八九十]是|$)")


def ordinal(folded: str) -> int | None:
    """The place in a list that a question names; -1 for the last.

    >>> ordinal("第十二条具体是什么"), ordinal("最后一点呢"), ordinal("有几条")
    (12, -1, None)
    """
    found = cues()["follow_up"]["ordinal"].search(folded)
    if not found:
        return None
    return _number(found.group(1)) if found.group(1) else -1


def item_of(previous: Answer, number: int) -> tuple[Sentence | None, str]:
    """The sentence of the last answer that is, or holds, the item of this number, with the item's own words.

    By the list's own marks where it has marks, else by counting sentences; -1 is the last one. (None, "") where there is none.
    """
    for mark in _MARKS:
        marked = [(m.group(1), s) for s in previous.sentences if (m := mark.search(s.text.strip()))]
        if len(marked) > 1:
            found = {_number(numeral): s for numeral, s in reversed(marked)}
            sentence = marked[-1][1] if number == -1 else found.get(number)
            return sentence, sentence.text if sentence else ""
    sentences = previous.sentences
    if len(sentences) == 1:
        inner = _INNER.findall(sentences[0].text)
        if len(inner) > 1:
            chosen = inner[-1] if number == -1 else next((i for i in inner if _number(i[0]) == number), None)
            return (sentences[0], chosen[1]) if chosen else (None, "")
    if not -1 <= number <= len(sentences):
        return None, ""
    sentence = sentences[number if number < 0 else number - 1]
    return sentence, sentence.text


def same_letter(previous: Answer) -> str | None:
    """How to name the one letter that the previous answer rests on, by number, else by title; None if there are more.

    As the last question named it where it did.
    """
    if len({c.letter for c in previous.citations}) != 1:
        return None
    named = letter_reference().search(previous.standalone_question)
    first = previous.citations[0]
    if named and first.number and first.number in named[0] and re.search("提案|建议|议案", named[0]):
        return named[0]
    if first.number:
        return (
            f"{first.region or ''}第{first.number}号复文"
            if re.match(r"[\dA-Za-z]", first.number)
            else f"《{first.title}》"
        )
    return f"《{first.title}》"


def topic_of(turns: Sequence[Turn]) -> str:
    """What the conversation is about: the matter of the last question that had one, behind its place and time."""
    question, answer = turns[-1]
    standalone = answer.standalone_question
    topic, comma, _ = standalone.partition("，")
    # What was set before the last question is still the topic, whatever was asked of it.
    if comma and topic not in question and not taken_apart(topic).ask:
        return topic
    asked = re.match(r"(.+?)的?([^的，]+)是(?:多少|什么|哪里)$", standalone)
    if asked and asked[2] in question and cues()["follow_up"]["measure"].fullmatch(asked[2]):
        return asked[1]
    frame = taken_apart(standalone.replace("吗，", "，"))
    if answer.intent in ("metadata", "summary") and frame.lead:
        return same_letter(answer) or frame.lead
    return frame.topic


def last_list(turns: Sequence[Turn]) -> Answer:
    """The last answer whose items may be counted: the telling of one of its items is passed over."""
    told = [answer for _, answer in turns if not _TOLD_ITEM.search(answer.standalone_question)]
    return told[-1] if told else turns[-1][1]


def title_meant(previous: Answer) -> str | None:
    """The document that the last question names, else the one of the last answer that shares most with that question."""
    asked = _TITLE.findall(previous.standalone_question)
    told = [t for s in previous.sentences for t in _TITLE.findall(s.text)]
    return asked[0] if asked else max(told, key=lambda t: _shared(t, previous.standalone_question), default=None)


def _shared(title: str, question: str) -> float:
    """The share of a title's pairs of characters that stand in the question."""
    pairs = {title[i : i + 2] for i in range(1, len(title) - 2)}
    return sum(pair in question for pair in pairs) / (len(pairs) or 1)


def turn_meant(question: str, turns: Sequence[Turn]) -> tuple[str, list[Turn]]:
    """The question without its 回到昆明那个, and the turns up to the one that it goes back to."""
    follow = cues()["follow_up"]
    first = follow["first"].search(question)
    if first and len(turns) > 1 and not re.search("城市", first[0]) and not _is_list(turns[-1][1]):
        rest = (question[: first.start()] + question[first.end() :]).strip("，, 的那")
        return rest or turns[0][1].standalone_question, list(turns[:1])
    letter = follow["earlier_letter"].search(question)
    here = {c.letter for c in turns[-1][1].citations}
    if letter:
        other = [i for i, (_, a) in enumerate(turns) if a.citations and not {c.letter for c in a.citations} & here]
        if here and other:
            return question[: letter.start()] + "那件" + question[letter.end() :], list(turns[: other[-1] + 1])
    back = follow["back"].match(question)
    if not back:
        return question, list(turns)
    rest = question[back.end() :]
    place = next(((name, end) for name, start, end in find_regions(rest) if start == 0), None)
    if place is None:
        return question, list(turns)
    reached = [i for i, (_, a) in enumerate(turns) if place[0] in understand(a.standalone_question).regions]
    rest = re.sub(r"^(?:的|那边|那儿)?(?:那个|那件|那份|的问题|这边|那里)?[:：,，\s]*", "", rest[place[1] :])
    if not reached:
        return f"{question[back.end() :][: place[1]]}{rest or '呢'}", list(turns)
    kept = list(turns[: reached[-1] + 1])
    return rest or kept[-1][1].standalone_question, kept


def place_named(question: str, turns: Sequence[Turn]) -> str | None:
    """The question with a place for 前面那个城市 or 当地; None where it points to none or none was named."""
    follow = cues()["follow_up"]
    named: list[str] = []
    for _, answer in turns:
        own = understand(answer.standalone_question).regions or tuple(
            c.region for c in answer.citations[:1] if c.region
        )
        named += [r for r in own if not named or named[-1] != r]
    if not named:
        return None
    both = follow["both_places"].search(question)
    two = list(dict.fromkeys(reversed(named)))[:2]
    if both and len(two) == 2:
        matter = taken_apart(turns[-1][1].standalone_question).matter
        return f"{two[1]}和{two[0]}{matter}{question[both.end() :]}"
    earlier = follow["earlier_place"].search(question)
    if earlier:
        others = [r for r in named if r != named[-1]]
        return _filled(question, earlier, others[-1] if others else named[-1], turns)
    here = follow["same_place"].search(question)
    return _filled(question, here, named[-1], turns) if here and here.start() <= 2 else None


def _filled(question: str, found: re.Match[str], place: str, turns: Sequence[Turn]) -> str:
    """The place put in; alone, or with a 呢, it is the last question that is asked of it."""
    said = question[: found.start()] + place + question[found.end() :]
    rest = re.sub(r"[那呢吗的?？。!！,，\s]", "", question[: found.start()] + question[found.end() :])
    if rest:
        return re.sub(r"^那(?=.)", "", said)
    return swapped(place, turns[-1][1].standalone_question) or said


def _is_list(answer: Answer) -> bool:
    return not answer.refused and len(answer.sentences) > 1


def _number(digits: str) -> int | None:
    if digits.isdigit():
        return int(digits)
    tens, ten, units = digits.rpartition("十")
    if not ten:
        return _NUMERALS.get(digits)
    return _NUMERALS.get(tens, 1) * 10 + _NUMERALS.get(units, 0)
