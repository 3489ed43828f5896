"""Completes a follow-up question from the conversation: “那银川呢？” becomes a question that stands alone."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from assistant.answer import Answer, Citation
from assistant.bearing import (
    BRIEF,
    about_its_place,
    about_letter,
    at_home,
    is_strange,
    leans,
    moves_away,
    names_a_place,
    seems_to_go_on,
)
from assistant.directory import short_name
from assistant.frame import YEARS, about, asked_of, taken_apart, with_place
from assistant.looking_back import (
    Turn,
    item_of,
    last_list,
    ordinal,
    place_named,
    same_letter,
    title_meant,
    topic_of,
    turn_meant,
)
from assistant.put_in import instead, swapped
from assistant.understand import OPERAND, Query, cues, fold, understand
from corpus.regions import find_regions

Place = tuple[str, int, int]

__all__ = ["Resolved", "Turn", "resolve"]

_TAIL = re.compile(r"(?:的)?(?:情况|时候)?(?:呢|吗|(?<![什怎这那多])么|怎么样|如何|怎样)?[?？。!！\s]*$")
_MARK = re.compile(r"[?？。!！\s]+$")
_SAID = re.compile(r"(?:呢|吗|(?<![什怎这那多])么)?[?？。!！\s]*$")
_DOCUMENT = re.compile(r"(?:这|那|该|此)(?:个|份|项|部)?(?:政策|文件|办法|规划|方案|意见|条例|通知)")
# X呢？Q: the place or the thing first, then the question about it.
_THEN = re.compile(r"^(?P<first>[^?？,，。]{2,14}?)(?:那边)?(?P<mark>[呢吧]?)[?？,，]\s*(?P<then>.{4,})$")
_SMILEYS = re.compile(r"[\U0001f000-\U0001faff\u2600-\u27bf\ufe0f]")


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
    if resolved.standalone == meant and is_strange(understand(meant), turns, text_of):
        return Resolved(meant)
    return _with_context(resolved, meant, turns)


def _with_context(resolved: Resolved, question: str, turns: Sequence[Turn]) -> Resolved:
    """What else the conversation brings: the terms and the years left out, and where it is."""
    query, folded, previous = understand(question), fold(question), turns[-1][1]
    changed = resolved.standalone != question
    brief = len(folded) <= BRIEF and not (query.numbers or query.titles or query.persons)
    own = set(query.terms)
    if not changed and (not brief or moves_away(query, previous)):
        return resolved
    # A brief question that seems to stand alone may still leave out what it is about.
    whole = understand(resolved.standalone if changed else previous.standalone_question)
    terms = whole.terms if brief or changed else ()
    return replace(
        resolved,
        carried=tuple(t for t in terms if t not in own and t not in question),
        scope=_scope(query, folded, turns),
    )


def _scope(query: Query, folded: str, turns: Sequence[Turn]) -> tuple[Place, ...]:
    """Where a brief question goes on: what the last answer that rests on anything cites; () for one that names its own letter."""
    if len(folded) > BRIEF or query.numbers or query.persons or query.titles:
        return ()
    last = turns[-1][1]
    if not last.citations and last.nearest and names_a_place(last):
        return ((last.nearest[0], 0, 0),)
    cited = next((a.citations for _, a in reversed(turns) if a.citations), ())
    # Another city's letters are another place, unless what was cited speaks of that city.
    names = [short_name(region) for region in query.regions]
    here = [c for c in cited if not names or any(name in (c.region or "") or name in c.quote for name in names)]
    return tuple((c.letter, c.start, c.end) for c in here)


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
        found = _item(question, number, last_list(turns))
        if found:
            return found
    return Resolved(_completed(question, folded, turns, text_of))


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
    if letter and about_letter(query, folded):
        return f"{letter}{_without_pronoun(bare)}"
    if letter and about_its_place(query, previous):
        return about(letter, bare[len(_place(bare)) :])
    place = place_named(question, turns)
    if place:
        return place
    goes_on = seems_to_go_on(question, bare, query)
    if goes_on or len(folded) <= 8:
        core = _TAIL.sub("", bare)
        new = swapped(core, earlier)
        if not new and (follow["ends"].search(folded) or len(folded) <= 8):
            new = _of_another_thing(_SAID.sub("", bare), query, turns)
        if new:
            return new
    return _gone_on(bare, question, goes_on, turns, text_of)


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
    title = title_meant(previous)
    if document and title:
        return question[: document.start()] + title + question[document.end() :]
    if query.numbers or query.persons or query.titles or query.intent == "enumerate":
        return question
    if query.regions and not OPERAND.search(question):
        place = _place(bare)
        has = place and re.fullmatch(r"(?:那边|那儿|市)?(?:也)?有(?:吗|没有|没|么)?[?？]?", bare[len(place) :])
        return f"{place}有没有{taken_apart(topic).matter or taken_apart(topic).before}" if has else bare
    said = re.sub(r"^(?:里面|里头)", "其中", _without_pronoun(bare))
    dependent = goes_on and (not query.terms or leans(bare, query))
    placed = with_place(said, topic or previous.standalone_question)
    if dependent or ((goes_on or at_home(query, previous, text_of)) and placed == said):
        return about(YEARS.sub("", topic) if query.years else topic, said)
    return placed if goes_on or at_home(query, previous, text_of) else question


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
