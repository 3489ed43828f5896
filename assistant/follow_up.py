"""Completes a follow-up question from the conversation: “那银川呢？” becomes a question that stands alone."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from assistant.answer import Answer, Citation
from assistant.directory import short_name
from assistant.frame import YEARS, about, asked_of, taken_apart, with_place
from assistant.looking_back import Turn, item_of, ordinal, place_named, same_letter, turn_meant
from assistant.put_in import instead, swapped
from assistant.understand import OPERAND, Query, cues, fold, understand
from corpus.regions import find_regions

Place = tuple[str, int, int]

__all__ = ["Resolved", "Turn", "resolve"]

_TAIL = re.compile(r"(?:的)?(?:情况|时候)?(?:呢|吗|(?<![什怎这那多])么|怎么样|如何|怎样)?[?？。!！\s]*$")
_MARK = re.compile(r"[?？。!！\s]+$")
_SAID = re.compile(r"(?:呢|吗|(?<![什怎这那多])么)?[?？。!！\s]*$")
_TITLE = re.compile(r"《[^《》]{2,80}》")
_DOCUMENT = re.compile(r"(?:这|那|该|此)(?:个|份|项|部)?(?:政策|文件|办法|规划|方案|意见|条例|通知)")
# X呢？Q: the place or the thing first, then the question about it.
_THEN = re.compile(r"^(?P<first>[^?？,，。]{2,14}?)(?:那边)?(?P<mark>[呢吧]?)[?？,，]\s*(?P<then>.{4,})$")
_TOLD_ITEM = re.compile("，具体(?:是什么|内容)$")
_SMILEYS = re.compile(r"[\U0001f000-\U0001faff\u2600-\u27bf\ufe0f]")
# A question of at most this many characters that names no letter may go on with what was talked about.
_BRIEF = 24
# The share of a question's words that the letter talked about must hold for the question to go on there.
_AT_HOME = 0.5


@dataclass(frozen=True)
class Resolved:
    """The stand-alone question; the citation of the item of the last answer that is meant, if one is.

    `more` says that what the conversation has not told yet is asked for. `carried` are the terms that the conversation and not the
    question itself brings; `scope` are the places that the last answer cited, where a brief question is
    likely to go on.
    """

    standalone: str
    item: Citation | None = None
    more: bool = False
    carried: tuple[str, ...] = ()
    scope: tuple[Place, ...] = ()


def resolve(question: str, history: Sequence[Turn], text_of: Callable[[str], str] | None = None) -> Resolved:
    """The question as it stands alone; unchanged when the conversation adds nothing.

    `history` holds the turns so far, oldest first; small talk is no turn. `text_of` gives the text of a letter by its id: a question that
    names no place goes on in the letter talked about when its own words are there.

    >>> told = Answer("昆明有多少家高企？", "昆明有多少家高企？", "fact")
    >>> resolve("那银川呢", [("昆明有多少家高企？", told)]).standalone
    '银川有多少家高企？'
    """
    turns = [turn for turn in history if turn[1].intent != "smalltalk"]
    if not turns or not re.search(r"[\u4e00-\u9fa5\d]", question) or understand(question).intent == "smalltalk":
        return Resolved(question)
    meant = _SMILEYS.sub("", question).strip() or question
    switched = cues()["follow_up"]["switch"].match(meant)
    if switched:
        return Resolved(meant[switched.end() :] or question)
    meant, turns = turn_meant(meant, turns)
    resolved = _resolve(meant, turns, text_of)
    if resolved.standalone == meant and _is_strange(understand(meant), turns, text_of):
        return Resolved(meant)
    return _with_context(resolved, meant, turns)


def _with_context(resolved: Resolved, question: str, turns: Sequence[Turn]) -> Resolved:
    """What else the conversation brings: the terms and the years left out, and where it is."""
    query, folded, previous = understand(question), fold(question), turns[-1][1]
    changed = resolved.standalone != question
    brief = len(folded) <= _BRIEF and not (query.numbers or query.titles or query.persons)
    own = set(query.terms)
    if not changed and (not brief or _moves_away(query, previous)):
        return resolved
    # A brief question that seems to stand alone may still leave out what it is about.
    whole = understand(resolved.standalone if changed else previous.standalone_question)
    terms = whole.terms if brief or changed else ()
    return replace(
        resolved,
        carried=tuple(t for t in terms if t not in own and t not in question),
        scope=_scope(query, folded, turns),
    )


def _is_strange(query: Query, turns: Sequence[Turn], text_of: Callable[[str], str] | None) -> bool:
    """Whether hardly one of a question's words is in the letters talked about: another topic."""
    letters = {c.letter for _, answer in turns for c in answer.citations}
    if text_of is None or not letters or not query.terms:
        return False
    return 3 * _share(query, " ".join(text_of(letter) for letter in sorted(letters))) <= 1


def _share(query: Query, text: str) -> float:
    """The share of a question's words that a text holds; 世界 is no word where 世界杯 is."""
    whole = [t for t in query.terms if not any(t in other and t != other for other in query.terms)]
    words = [t for t in whole if len(t) > 1] or whole
    return sum(fold(t) in fold(text) for t in words) / (len(words) or 1)


def _moves_away(query: Query, previous: Answer) -> bool:
    """Whether a question with a matter of its own names another place than the one talked about."""
    here = understand(previous.standalone_question).regions
    return bool(query.regions) and not set(query.regions) & set(here) and query.wants != "any" and len(query.terms) >= 2


def _scope(query: Query, folded: str, turns: Sequence[Turn]) -> tuple[Place, ...]:
    """Where a brief question goes on: what the last answer that rests on anything cites; () for one that names its own letter."""
    if len(folded) > _BRIEF or query.numbers or query.persons or query.titles:
        return ()
    last = turns[-1][1]
    if not last.citations and last.nearest and _names_a_place(last):
        return ((last.nearest[0], 0, 0),)
    cited = next((a.citations for _, a in reversed(turns) if a.citations), ())
    # Another city's letters are another place, unless what was cited speaks of that city.
    names = [short_name(region) for region in query.regions]
    here = [c for c in cited if not names or any(name in (c.region or "") or name in c.quote for name in names)]
    return tuple((c.letter, c.start, c.end) for c in here)


def _names_a_place(answer: Answer) -> bool:
    """Whether the question that was refused said itself which letter or city it meant."""
    asked = understand(answer.standalone_question)
    return bool(asked.regions or asked.numbers or asked.persons or asked.titles)


def _resolve(question: str, turns: Sequence[Turn], text_of: Callable[[str], str] | None) -> Resolved:
    folded, follow, previous = fold(question), cues()["follow_up"], turns[-1][1]
    earlier = previous.standalone_question
    if follow["correction"].search(folded):
        return Resolved(_corrected(question, earlier))
    if follow["more"].search(folded):
        return Resolved(earlier, more=not previous.refused)
    if follow["detail"].search(folded) and previous.citations:
        return Resolved(f"{_bare(previous.sentences[0].text)}，具体内容", previous.citations[0])
    number = ordinal(folded)
    if number and len(folded) <= 24:
        found = _item(question, number, _last_list(turns))
        if found:
            return found
    return Resolved(_completed(question, folded, turns, text_of))


def _last_list(turns: Sequence[Turn]) -> Answer:
    """The last answer whose items may be counted: the telling of one of its items is passed over."""
    told = [answer for _, answer in turns if not _TOLD_ITEM.search(answer.standalone_question)]
    return told[-1] if told else turns[-1][1]


def _corrected(question: str, earlier: str) -> str:
    """The earlier question with what a correction says in the place of what it corrects."""
    said = instead(question, earlier)
    if said:
        return said
    new = cues()["follow_up"]["correction_words"].sub("", question.strip(), count=1) or question
    core = _TAIL.sub("", re.sub(r"^是(?=..)", "", new))
    if taken_apart(core).ask:
        # It says the question anew: 我是问没配冷藏箱的有几间.
        return with_place(core, earlier)
    core = re.sub("的(?:事|情况|问题)$", "", core)
    return swapped(core, earlier) or asked_of(core, earlier) or about(taken_apart(earlier).topic, core)


def _item(question: str, number: int, previous: Answer) -> Resolved | None:
    """The item of the last answer's list that a question counts out, alone or with what is asked about it; None without one."""
    counted = cues()["follow_up"]["ordinal"]
    before, now = counted.search(previous.standalone_question), counted.search(question)
    if before and now and not _SAID.sub("", re.sub(r"^那", "", question)).replace(now[0], ""):
        # 第一条采纳没有 → 第三条呢
        asked = previous.standalone_question
        return Resolved(asked[: before.start()] + now[0] + asked[before.end() :])
    sentence, text = item_of(previous, number) if not previous.refused else (None, "")
    if sentence is None:
        # No list was told: the part of the letter itself is meant.
        lead = taken_apart(previous.standalone_question).lead
        return Resolved(f"{lead}{question}") if re.search("[篇件份封号][^，]{0,4}$", lead) else None
    cited = next((c for c in previous.citations if c.id in sentence.citations), None)
    rest = _SAID.sub("", cues()["follow_up"]["ordinal"].sub("", question)).strip("，, ")
    rest = re.sub(r"^(?:那|里|里头|刚才说的?|前面说的?|上面(?:说)?的?|建议|措施|内容|的|,|，|[\s:：])+", "", rest)
    asks = understand(rest) if rest else None
    told = re.fullmatch(
        r"(?:具体|详细)?(?:是|讲|说|写|内容|指)*(?:的)?(?:什么|啥|怎么说|怎么讲|说说|讲讲|展开.*)?(?:内容|意思)?(?:呢)?",
        fold(rest),
    )
    if asks is None or told:
        return Resolved(f"{_bare(text)}，具体是什么", cited)
    letter = same_letter(previous)
    return Resolved(f"{letter + '：' if letter and asks.tense else ''}{_bare(text)}，{rest}")


def _completed(question: str, folded: str, turns: Sequence[Turn], text_of: Callable[[str], str] | None) -> str:
    """Fill what the short question leaves out from the previous one, else the question itself."""
    follow, query, previous = cues()["follow_up"], understand(question), turns[-1][1]
    earlier = previous.standalone_question
    bare = follow["head"].sub("", question.strip(), count=1)
    letter = same_letter(previous)
    if letter and _about_letter(query, folded):
        return f"{letter}{_without_pronoun(bare)}"
    if letter and _about_its_place(query, previous):
        return about(letter, bare[len(_place(bare)) :])
    place = place_named(question, turns)
    if place:
        return place
    goes_on = _seems_to_go_on(question, bare, query)
    if goes_on or len(folded) <= 8:
        core = _TAIL.sub("", bare)
        new = swapped(core, earlier)
        if not new and (follow["ends"].search(folded) or len(folded) <= 8):
            new = _of_another_thing(_SAID.sub("", bare), query, turns)
        if new:
            return new
    return _gone_on(bare, question, goes_on, turns, text_of)


def _seems_to_go_on(question: str, bare: str, query: Query) -> bool:
    """Whether the words of a question show that it leaves something out: a pronoun, no subject, a 那 or a 呢."""
    follow, folded = cues()["follow_up"], fold(question)
    if follow["head"].match(question) or any(follow[name].search(folded) for name in ("starts", "ends", "pronouns")):
        return True
    brief = len(folded) <= 10 and len(query.terms) <= 1 and not (query.numbers or query.persons or query.titles)
    return _without_subject(bare) or (brief and query.wants != "any")


def _without_subject(bare: str) -> bool:
    """Whether a question opens with a verb, a preposition or a word of asking, or with an attribute of nothing."""
    folded = fold(YEARS.sub("", bare))
    measure = cues()["follow_up"]["measure"].pattern.removesuffix("$")
    if re.match(rf"{measure}(?:是|为|有|达)?(?:多少|什么|啥|哪|几|怎|谁|够)", folded):
        return True
    return bool(cues()["follow_up"]["bare"].search(folded)) or taken_apart(bare).before.endswith("的")


def _about_its_place(query: Query, previous: Answer) -> bool:
    """Whether a question says no more of the letter talked about than the place it comes from: 昆明采纳了没有."""
    asked = understand(previous.standalone_question)
    named = bool(asked.numbers or asked.persons or asked.titles) and not (
        query.numbers or query.persons or query.titles
    )
    region = previous.citations[0].region if previous.citations else None
    same = bool(query.regions) and region is not None and all(short_name(r) in region for r in query.regions)
    return named and same and len(query.terms) <= 1 and query.wants != "any"


def _of_another_thing(core: str, query: Query, turns: Sequence[Turn]) -> str | None:
    """For 那交通银行呢: the earlier question asked of it; for 那金额呢 what is asked of the same matter."""
    earlier = turns[-1][1].standalone_question
    frame = taken_apart(earlier)
    within = re.match(r"其中|里面|里头", core)
    if not core or len(core) > 24 or taken_apart(core).ask or re.search("[吗没么]$", _MARK.sub("", query.question)):
        return None
    if re.match("[和跟与比按对]", core):
        return about(topic_of(turns), f"{core}怎么样")
    if within:
        return about(topic_of(turns), f"其中{core[within.end() :]}{frame.ask}") if frame.ask else None
    if re.match(cues()["follow_up"]["pronouns"], fold(core)):
        return None
    if cues()["follow_up"]["measure"].search(core):
        topic = topic_of(turns)
        joint = "" if "的" in core or core.startswith("占") else "的"
        return f"{topic}{joint}{core}{_value_word(core)}" if topic and not query.regions else None
    if query.tense and not query.terms:
        # 金华下一步呢: the same matter, of another place and time.
        place = _place(core)
        return f"{place or frame.lead}{frame.matter}，{core[len(place) :]}怎么做"
    return asked_of(core, earlier)


def _value_word(measure: str) -> str:
    """How the value of a measure is asked for."""
    worded = re.search(
        "原因|依据|目的|目标|结果|效果|成效|流程|程序|材料|条件|范围|对象|名称|全称|题目|单位|部门|主体|联系人$",
        measure,
    )
    return "是什么" if worded else "是哪里" if re.search("地点|地址|位置$", measure) else "是多少"


def _place(text: str) -> str:
    """The place that a text opens with."""
    return next((text[:end] for _, start, end in find_regions(text) if start == 0), "")


def _gone_on(
    bare: str, question: str, goes_on: bool, turns: Sequence[Turn], text_of: Callable[[str], str] | None
) -> str:
    """The question behind its topic, behind its place alone where it has a matter of its own, or as it is."""
    query, previous, topic = understand(question), turns[-1][1], topic_of(turns)
    then = _THEN.match(bare)
    if (
        then
        and len(fold(then["first"])) <= 10
        and not taken_apart(then["first"]).ask
        and (then["mark"] or _place(then["first"]) == then["first"])
    ):
        named = f"{then['first']}{then['then']}"
        return named if _place(named) else with_place(named, topic)
    document = _DOCUMENT.search(question)
    title = _title(previous)
    if document and title:
        return question[: document.start()] + title + question[document.end() :]
    if query.numbers or query.persons or query.titles or query.intent == "enumerate":
        return question
    if query.regions and not OPERAND.search(question):
        place = _place(bare)
        has = place and re.fullmatch(r"(?:那边|那儿|市)?(?:也)?有(?:吗|没有|没|么)?[?？]?", bare[len(place) :])
        return f"{place}有没有{taken_apart(topic).matter or taken_apart(topic).before}" if has else bare
    said = re.sub(r"^(?:里面|里头)", "其中", _without_pronoun(bare))
    leans = goes_on and (not query.terms or _leans(bare, query))
    placed = with_place(said, topic or previous.standalone_question)
    if leans or ((goes_on or _at_home(query, previous, text_of)) and placed == said):
        return about(YEARS.sub("", topic) if query.years else topic, said)
    return placed if goes_on or _at_home(query, previous, text_of) else question


def _title(previous: Answer) -> str | None:
    """The document that the last question names, else the one of the last answer that shares most with that question."""
    asked = _TITLE.findall(previous.standalone_question)
    told = [t for s in previous.sentences for t in _TITLE.findall(s.text)]
    return asked[0] if asked else max(told, key=lambda t: _shared(t, previous.standalone_question), default=None)


def _shared(title: str, question: str) -> float:
    """The share of a title's pairs of characters that stand in the question."""
    pairs = {title[i : i + 2] for i in range(1, len(title) - 2)}
    return sum(pair in question for pair in pairs) / (len(pairs) or 1)


def _leans(bare: str, query: Query) -> bool:
    """Whether a question with words of its own still says nothing without its topic: no subject, or a pronoun for it."""
    pronoun = bool(cues()["follow_up"]["pronouns"].search(fold(bare)))
    return pronoun or _without_subject(bare) or (len(query.terms) <= 1 and len(fold(bare)) <= 10)


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


def _at_home(query: Query, previous: Answer, text_of: Callable[[str], str] | None) -> bool:
    """Whether the words of a question that names no place are in the one letter that was talked about."""
    letters = list(dict.fromkeys(c.letter for c in previous.citations))
    if text_of is None or len(letters) != 1 or not query.terms or len(query.question) > 2 * _BRIEF:
        return False
    return _share(query, text_of(letters[0])) >= _AT_HOME


def _about_letter(query: Query, folded: str) -> bool:
    """Whether a follow-up asks for the record or a part of the letter that was talked about, naming none itself."""
    if query.numbers or query.persons or query.regions or query.titles:
        return False
    field = len(folded) <= 16 and bool(query.fields)
    return field or (bool(query.tense) and not query.terms)


def _without_pronoun(question: str) -> str:
    """他那件的编号 → 编号: what the pronoun stands for is set before the question."""
    return (
        re.sub(
            r"^(?:它|他|她|这|那|该|此)(?:们)?(?:的)?(?:那|这)?(?:个|份|件|封|项|篇|条|点|批|笔|块)?(?:提案|建议|答复|复文)?(?:的|里头|里面|里|,|，)?(?=..)",
            "",
            question,
        )
        or question
    )


def _bare(text: str) -> str:
    """The first clause of an answer's sentence: enough to find its section again."""
    clause = re.split(r"[。；;]", re.sub(r"[*_#>]", "", text))[0][:80]
    return re.sub(r"(?:等)?\s*[\d一二三四五六七八九十]+[点条项个]?(?:方面)?(?:的)?(?:建议|意见)$", "", clause)
