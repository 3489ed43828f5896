"""Completes a follow-up question from the conversation: “那银川呢？” becomes a question that stands alone."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from assistant.answer import Answer, Citation, Sentence
from assistant.directory import short_name
from assistant.understand import Query, cues, fold, understand
from corpus.regions import find_regions

Turn = tuple[str, Answer]

_CORRECTION = re.compile(r"^\s*(?:不是|不对|错了)?[,，、\s]*(?:我(?:是)?(?:想)?(?:问|说)的?是|我是说)?[,，\s]*")
_YEAR_WORD = re.compile(r"(?:19|20)\d{2}年?(?:度)?|去年|今年|前年|明年")
_TAIL = re.compile(r"(?:的)?(?:情况|时候)?(?:呢|吗|么|怎么样|如何|怎样)?[?？。!！\s]*$")
_HEAD = re.compile(r"^(?:(?:那么|那|哦|嗯|好的?|行|还有吗?|另外|再问(?:一下)?|换成?|改成)[,，、\s]*){1,3}")
_NUMBER = re.compile(r"(?:第)?([A-Za-z]{0,3}\d{3,16})(?:号)?(?!年)")
_TITLE = re.compile(r"《[^《》]{2,80}》")
_PERSON = re.compile(r"[\u4e00-\u9fa5]{2,3}(?:委员|代表)")
_NUMERALS = {c: i for i, c in enumerate("零一二三四五六七八九十")}
# 一是…, （一）…, 1.…, 首先…: how the items of a list begin, by kind, with the place of the item in the list.
_MARKS = (
    re.compile(r"^[(（]([一二三四五六七八九十]{1,3})[)）]"),
    re.compile(r"^([一二三四五六七八九十]{1,3})、"),
    re.compile(r"^[(（]?(\d{1,2})[)）.、．]"),
    re.compile(r"(?:^|[^\u4e00-\u9fa5])([一二三四五六七八九十]{1,2})是"),
    re.compile(r"^第([一二三四五六七八九十]{1,3})[,，、:：]"),
)
# Words of which a short follow-up may put one in the place of another: 市级 → 省级, 第三批 → 第四批.
_CLASSES = tuple(
    map(
        re.compile,
        (
            r"国家级|自治区级|省级|市级|区级|县级|校级|院级",
            r"第[一二三四五六七八九十\d]+(?:批|期|轮|届|季度)",
            r"[一二三四]季度|上半年|下半年|全年",
            r"小微企业|中小企业|大型企业|龙头企业|规上企业",
            r"专利授权|专利申请|有效专利|发明专利",
        ),
    )
)
# A question of at most this many characters that names no place and no letter goes on with what was talked about.
_BRIEF = 24


@dataclass(frozen=True)
class Resolved:
    """The stand-alone question; the citation of the item of the last answer that is meant, if one is.

    `more` says that what the conversation has not told yet is asked for. `carried` are the terms that the conversation and not the
    question itself brings; `scope` are the places that the last answer cited, where a brief question is likely to go on.
    """

    standalone: str
    item: Citation | None = None
    more: bool = False
    carried: tuple[str, ...] = ()
    scope: tuple[tuple[str, int, int], ...] = ()


def resolve(question: str, history: Sequence[Turn]) -> Resolved:
    """The question as it stands alone; unchanged when the conversation adds nothing.

    `history` holds the turns so far, oldest first. Only the last turn that was neither small talk nor empty counts.
    """
    previous = next((a for _, a in reversed(history) if a.intent != "smalltalk"), None)
    if previous is None or understand(question).intent == "smalltalk":
        return Resolved(question)
    resolved = _resolve(question, previous)
    query = understand(question)
    own = set(query.terms)
    # A brief question that seems to stand alone may still leave out what it is about.
    whole = resolved.standalone if resolved.standalone != question else previous.standalone_question
    brief = len(fold(question)) <= _BRIEF and not (query.numbers or query.titles or query.persons)
    terms = understand(whole).terms if brief or whole == resolved.standalone else ()
    carried = tuple(t for t in terms if t not in own and t not in question)
    return replace(resolved, carried=carried, scope=_scope(query, fold(question), history))


def _resolve(question: str, previous: Answer) -> Resolved:
    folded, follow = fold(question), cues()["follow_up"]
    if follow["correction"].search(folded):
        question = _corrected(question)
        earlier = previous.standalone_question
        return Resolved(_replace(question, earlier) or _of_a_class(question, earlier) or f"{earlier} {question}")
    if follow["more"].search(folded):
        return Resolved(previous.standalone_question, more=not previous.refused)
    item = _ordinal(folded)
    if item and len(folded) <= 18 and not previous.refused:
        sentence = _item(previous, item)
        cited = next((c for c in previous.citations if sentence and c.id in sentence.citations), None)
        if sentence:
            return Resolved(f"{_bare(sentence.text)} {question}", cited)
    return Resolved(_complete(question, folded, previous))


def _corrected(question: str) -> str:
    """What a correction says after its 不是，我问的是."""
    return _CORRECTION.sub("", question) or question


def _scope(query: Query, folded: str, history: Sequence[Turn]) -> tuple[tuple[str, int, int], ...]:
    """Where a brief question goes on: what the last answer that rests on anything cites; () for one that names its own letter."""
    if len(folded) > _BRIEF or query.numbers or query.persons or query.titles:
        return ()
    cited = next((a.citations for _, a in reversed(history) if a.citations), ())
    # Another city's letters are another place, unless what was cited speaks of that city.
    names = [short_name(region) for region in query.regions]
    here = [c for c in cited if not names or any(name in (c.region or "") or name in c.quote for name in names)]
    return tuple((c.letter, c.start, c.end) for c in here)


def _item(previous: Answer, number: int) -> Sentence | None:
    """The item of the last answer's list, by its own mark where the list has marks; -1 is the last one."""
    for mark in _MARKS:
        marked = [(m.group(1), s) for s in previous.sentences if (m := mark.search(s.text.strip()))]
        if len(marked) > 1:
            found = {_number(numeral): s for numeral, s in reversed(marked)}
            return marked[-1][1] if number == -1 else found.get(number)
    sentences = previous.sentences
    return sentences[number if number < 0 else number - 1] if -1 <= number <= len(sentences) else None


def _of_a_class(question: str, earlier: str) -> str | None:
    """The earlier question with 省级 for 市级: when the new one says nothing but another word of one class."""
    core = re.sub(r"[的那呢吗?？。!！,，\s]|换成|改成|有多少|多少|几(?=[家个项])", "", question)
    for words in _CLASSES:
        new, old = words.search(core), words.search(earlier)
        if new and old and len(core) - len(new[0]) <= 2:
            return earlier[: old.start()] + new[0] + earlier[old.end() :]
    return None


def _complete(question: str, folded: str, previous: Answer) -> str:
    """Fill what the short question leaves out from the previous one, else the question itself."""
    follow = cues()["follow_up"]
    query = understand(question)
    letter = _same_letter(previous)
    if letter and _about_letter(query, folded):
        return f"{letter}{_HEAD.sub('', question)}"
    starts, ends = bool(follow["starts"].search(folded)), bool(follow["ends"].search(folded))
    pronoun = bool(follow["pronouns"].search(folded))
    if starts or ends or len(folded) <= 8:
        earlier = previous.standalone_question
        replaced = _replace(question, earlier) or _of_a_class(question, earlier)
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
    if (person := _PERSON.fullmatch(core)) and (old := _PERSON.search(earlier)):
        return earlier[: old.start()] + person[0] + earlier[old.end() :]
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
    return _number(found.group(1)) if found.group(1) else -1


def _number(digits: str) -> int | None:
    if digits.isdigit():
        return int(digits)
    tens, ten, units = digits.rpartition("十")
    if not ten:
        return _NUMERALS.get(digits)
    return _NUMERALS.get(tens, 1) * 10 + _NUMERALS.get(units, 0)


def _bare(text: str) -> str:
    """The first clause of an answer's sentence: enough to find its section again."""
    return re.split(r"[。；;]", re.sub(r"[*_#>]", "", text))[0][:80]
