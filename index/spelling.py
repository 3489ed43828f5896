"""Guesses which known word was meant where one character of a question slipped: one that sounds or looks alike, two swapped, one lost or doubled."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from itertools import pairwise
from pathlib import Path

from corpus.regions import find_regions
from index.thesaurus import Expansion, Thesaurus, open_thesaurus
from index.words import borders, compact, lexicon, normalise, stopwords, words

_HERE = Path(__file__).parent
_CHINESE = re.compile("[\u4e00-\u9fff]{2,}")
# A slip mostly leaves a word that the cutter does not know, in pieces of one character.
_SHORTEST, _LONGEST, _MOST = 2, 6, 4
_LEAST_OF_A_LOSS = 3
# After and before these stand names of people, which no list knows.
_NAMED = re.compile("代表|委员|同志|先生|女士|局长|主任|教授|院士|处长")
_LOOK_ALIKE = (
    "己已巳 未末木 侯候 拔拨 贷货 帐账 折拆析 亨享 密蜜 士土 人入八 干千于 日曰目 天夫无 午牛 刀力 今令 几凡 大太犬 "
    "申甲由田 名各 治冶 准淮 晴睛情清 蓝篮 历厉 辨辩辫 辛幸 徒陡徙 即既 旦且 壁璧 坏环还 困因 住往 孤狐 券卷 科料 揭竭渴 "
    "榜傍 帅师 孵浮 载戴栽 峰锋蜂 哀衰 祟崇 栗粟 免兔 拘抱 微徽 诉拆 项顶 贴帖 储诸 租祖组 资货 质贡 企仓 政攻 策荣 验险检"
)
# 卷舌与平舌、前后鼻音不分的读法。
_BLURRED = ((re.compile("^([zcs])h"), r"\1"), (re.compile("([aei])ng$"), r"\1n"))
_WEIGHTS = {"同音字": 0.7, "形近字": 0.6, "颠倒": 0.6, "多字": 0.6, "漏字": 0.5}


def suggestions(question: str, known: Callable[[str], bool], terms: Iterable[str] = ()) -> tuple[Expansion, ...]:
    """The words that may have been meant, `kind` the slip; and what those may be called (index.thesaurus), as 错字.

    `known` says whether the corpus holds a word; `terms` are names to look among besides the words of the trade. Nothing is said
    of a word that the corpus or the thesaurus knows, of numbers, Latin words, places, and names before 代表 or 委员.

    >>> [(s.asked, s.means, s.kind) for s in suggestions("政册有哪些", lambda word: word == "政策")]
    [('政册', '政策', '同音字')]
    """
    text = normalise(question)
    windows = list(_windows(text))
    if not windows:
        return ()
    vocabulary, thesaurus = _vocabulary(frozenset(terms)), open_thesaurus()
    found: dict[str, Expansion] = {}
    for start, end, whole in windows:
        asked = text[start:end]
        near = [(term, kind) for term, kind in _near(asked, vocabulary, whole) if _usable(term, known, thesaurus)]
        if near and not known(asked) and not thesaurus.knows(asked):
            for term, kind in near[:_MOST]:
                if term not in found or found[term].weight < _WEIGHTS[kind]:
                    found[term] = Expansion(asked, term, _WEIGHTS[kind], kind)
    kept = _longest(found.values())[: 2 * _MOST]
    return (*kept, *_called(text, kept, thesaurus)[: 2 * _MOST])


def _windows(text: str) -> Iterator[tuple[int, int, bool]]:
    """The spans of two to six characters, from border to border, that hold a telling piece of one character or are one word whole."""
    cuts, stop = borders(text), stopwords()
    places = {at for _, start, end in find_regions(text) for at in range(start, end)}
    for run in _CHINESE.finditer(text):
        inside = sorted(cut for cut in cuts if run.start() <= cut <= run.end())
        lone = {one for one, other in pairwise(inside) if other - one == 1 and text[one] not in stop}
        for at, start in enumerate(inside):
            for end in inside[at + 1 : at + 1 + _LONGEST]:
                whole = end == inside[at + 1]
                right = _SHORTEST <= end - start <= _LONGEST and places.isdisjoint(range(start, end))
                right = right and (end - start > _SHORTEST or stop.isdisjoint(text[start:end]))
                if right and (whole or not lone.isdisjoint(range(start, end))) and not _NAMED.match(text, end):
                    yield start, end, whole


def _near(asked: str, vocabulary: dict[str, tuple[str, ...]], whole: bool) -> list[tuple[str, str]]:
    """The terms of the vocabulary that differ by one slip, with its kind, surest first.

    Of a whole word of the general dictionary (高启 was a poet) only a word of the trade can have been meant (高企).
    """
    kinds: dict[str, str] = {}
    # Whatever slipped, the first character or the last is right; a swap at one end leaves the other.
    for term in (*vocabulary.get(asked[0], ()), *vocabulary.get("*" + asked[-1], ())):
        kind = _slip(asked, term) if -1 <= len(asked) - len(term) <= 1 and asked != term else None
        # Of an everyday phrase a part may be left out at will.
        spoken = kind == "漏字" and open_thesaurus().knows(term)
        if kind and not spoken and (not whole or term in lexicon()):
            kinds[term] = kind
    return sorted(kinds.items(), key=lambda pair: (-_WEIGHTS[pair[1]], pair[0]))


def _shortened(word: str) -> list[str]:
    return [word[:at] + word[at + 1 :] for at in range(len(word))]


def _slip(asked: str, term: str) -> str | None:
    """The kind of the one slip that makes `asked` of `term`; None when it is none, or too little is left to be sure."""
    if len(asked) == len(term):
        apart = [at for at, (one, other) in enumerate(zip(asked, term, strict=True)) if one != other]
        if len(apart) == 1:
            return _alike(asked[apart[0]], term[apart[0]])
        swapped = len(apart) == 2 and apart[1] == apart[0] + 1 and sorted(asked) == sorted(term)
        return "颠倒" if swapped and len(term) > _SHORTEST else None
    if len(asked) == len(term) + 1:
        doubled = any(one == other for one, other in pairwise(asked)) and term in _shortened(asked)
        return "多字" if doubled else None
    # What is cut off at an end is no slip: a part of a longer name was typed.
    inner = len(term) > _LEAST_OF_A_LOSS and len(asked) + 1 == len(term) and asked in _shortened(term)[1:-1]
    return "漏字" if inner and not term.startswith(asked) and not term.endswith(asked) else None


def _alike(one: str, other: str) -> str | None:
    sounds, looks = _sounds(), _looks()
    if sounds.get(one, frozenset()) & sounds.get(other, frozenset()):
        return "同音字"
    return "形近字" if other in looks.get(one, ()) else None


def _usable(term: str, known: Callable[[str], bool], thesaurus: Thesaurus) -> bool:
    """Whether to search for the term can find anything."""
    return known(term) or thesaurus.knows(term) or (len(term) > 3 and all(map(known, words(term))))


def _longest(found: Iterable[Expansion]) -> list[Expansion]:
    """The suggestions without those whose characters are part of a longer one's."""
    kept = list(found)
    return [
        each
        for each in kept
        if not any(each.asked in other.asked and len(each.asked) < len(other.asked) for other in kept)
    ]


def _called(text: str, found: list[Expansion], thesaurus: Thesaurus) -> list[Expansion]:
    """What the thesaurus makes of the question once each slip is mended, where it made nothing of it before."""
    before = {each.means for each in thesaurus.expansions(text)} | {each.means for each in found}
    called: dict[str, Expansion] = {}
    for slip in found:
        mended = text.replace(slip.asked, slip.means)
        for each in thesaurus.expansions(mended):
            if each.means not in before and each.means not in compact(text):
                called.setdefault(each.means, Expansion(slip.asked, each.means, each.weight * slip.weight, "错字"))
    return list(called.values())


@cache
def _vocabulary(terms: frozenset[str]) -> dict[str, tuple[str, ...]]:
    """Words of the trade, of letters and of the thesaurus, and `terms`, by first character, and by last one after a *."""
    held: defaultdict[str, list[str]] = defaultdict(list)
    common = (word for line in _lines("common.txt") for word in line.split())
    for term in sorted({*lexicon(), *common, *map(compact, terms), *open_thesaurus().forms()}):
        if _SHORTEST <= len(term) <= _LONGEST + 1:
            held[term[0]].append(term)
            held["*" + term[-1]].append(term)
    return {end: tuple(found) for end, found in held.items()}


@cache
def _sounds() -> dict[str, frozenset[str]]:
    """The readings of each character, those that many people do not tell apart as one."""
    sounds: defaultdict[str, set[str]] = defaultdict(set)
    for line in _lines("readings.txt"):
        syllable, _, characters = line.partition(" ")
        for pattern, blurred in _BLURRED:
            syllable = pattern.sub(blurred, syllable)
        for character in characters:
            sounds[character].add(syllable)
    return {character: frozenset(found) for character, found in sounds.items()}


@cache
def _looks() -> dict[str, str]:
    groups: defaultdict[str, str] = defaultdict(str)
    for group in _LOOK_ALIKE.split():
        for character in group:
            groups[character] += group
    return dict(groups)


def _lines(file: str) -> list[str]:
    lines = (_HERE / file).read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]
