"""Puts an answer together from verbatim sentences, without any model: facts, lists and comparisons."""

import re
from collections.abc import Callable, Sequence

from assistant.answer import Citation, Sentence
from assistant.cite import Notes, by_line, name_of, section_at
from assistant.decide import HEADED, least
from assistant.directory import in_region, speaks_of
from assistant.evidence import ASKED, PLAN, Evidence, coverage
from assistant.plans import plan_of
from assistant.records import opening
from assistant.retrieve import Found
from assistant.understand import fold, vague
from corpus.letter import Letter, Section
from corpus.sentences import sentences

_ORDER = "一二三四五六七八九十"
_ITEM = re.compile(r"([一二三四五六七八九十])是")
# A list longer than this many characters is given by its headings and first sentences.
LONGEST_LIST = 1500
# A second sentence joins a fact when it scores nearly as well as the first.
NEARLY = 0.93
# A letter is about a matter when a sentence of it says this share of what the best one of all letters says.
NAMED = 0.6
# Where plans are asked for, a sentence of the plans is taken before another one that scores better, when it scores this much of it.
NEARLY_PLANNED = 0.8
# A sentence announces a list when it holds this share of the question's words.
LED = 0.3


def compose(found: Found, evidence: Sequence[Evidence], notes: Notes) -> list[Sentence]:
    """The answer's sentences for what was asked; [] when the evidence gives none."""
    composers: dict[str, Callable[[Found, Sequence[Evidence], Notes], list[Sentence]]] = {
        "measures": measures,
        "compare": compare,
        "enumerate": enumerate_letters,
    }
    return composers.get(found.query.intent, fact)(found, evidence, notes)


def fact(found: Found, evidence: Sequence[Evidence], notes: Notes) -> list[Sentence]:
    """The best sentence and one nearly as good; where letters give figures of their own, one from each, named."""
    if not evidence:
        return []
    best = evidence[0]
    if best.text.rstrip()[-1:] in ":：":
        return measures(found, evidence, notes)
    rivals = [e for e in _first_of_each_letter(evidence) if e is best or _rivals(e, best)]
    if found.query.wants in ("amount", "count", "rate") and len(rivals) > 1:
        return [notes.sentence(f"{by_line(e.letter)}：{e.text}", [(e.letter, e.start, e.end)]) for e in rivals[:4]]
    if best.around < least("coverage") and best.support < least("support"):
        return [_quoted(e, notes) for e in evidence[:2]]
    nearly = [e for e in evidence[1:4] if e.score >= best.score * NEARLY and e.fits == best.fits]
    return [_quoted(e, notes) for e in (best, *nearly[:1])]


def each(evidence: Sequence[Evidence], notes: Notes) -> list[Sentence]:
    """Every sentence given, verbatim."""
    return [_quoted(e, notes) for e in evidence]


def section_of(item: Citation, letter: Letter, notes: Notes) -> list[Sentence]:
    """The whole item or section that a cited place stands in; the cited sentence where there is none."""
    section = section_at(letter, item.start)
    if section is None or section.end - section.start > LONGEST_LIST * 2:
        return _verbatim(letter, item.start, item.end, notes)
    return _verbatim(letter, *_item_in(letter, item.start, section), notes)


def _item_in(letter: Letter, at: int, section: Section) -> tuple[int, int]:
    """From the sentence that opens an item (二是…) to the next item; the section for a place that opens none."""
    spans = sentences(letter.text, section.start, section.end)
    order = [(start, m.group(1)) for start, end in spans for m in [_ITEM.search(letter.text[start:end])] if m]
    own = next((_ORDER.find(numeral) for start, numeral in order if start == at), -1)
    if own < 0:
        return section.start, section.end
    following = next((s for s, numeral in order if s > at and _ORDER.find(numeral) in (0, own + 1)), section.end)
    return at, following


def _first_of_each_letter(evidence: Sequence[Evidence]) -> list[Evidence]:
    first: dict[str, Evidence] = {}
    for e in evidence:
        first.setdefault(e.letter.id, e)
    return list(first.values())


def _rivals(other: Evidence, best: Evidence) -> bool:
    """Whether another letter's sentence gives a figure for the same matter."""
    return (
        other.fits
        and other.own >= 0.8 * best.own
        and other.focus >= 0.8 * best.focus
        and other.score >= 0.8 * best.score
    )


def _quoted(evidence: Evidence, notes: Notes) -> Sentence:
    return notes.sentence(evidence.text, [(evidence.letter, evidence.start, evidence.end)])


def measures(found: Found, evidence: Sequence[Evidence], notes: Notes) -> list[Sentence]:
    """Every sentence of the section that the question is about, in order; headings for a section with subsections."""
    if not evidence:
        return []
    best, letter = evidence[0], evidence[0].letter
    named = _named_section(found, evidence)
    if named is None and found.query.tense == "future" and (plan := plan_of(letter)):
        if all(word in fold(letter.name) for word in found.weights):
            return _part(letter, *plan, notes)
        planned = [e for e in evidence if e.letter.id == letter.id and plan[0] <= e.start < plan[1]]
        evidence = planned if planned and planned[0].score >= NEARLY_PLANNED * best.score else evidence
        best = evidence[0]
    if named is None and section_at(letter, best.start) is None:
        return _neighbourhood(best, notes)
    letter, section = named or (letter, _section_led_by(best) or _best_section(evidence))
    return _part(letter, section.start, section.end, notes)


def _part(letter: Letter, start: int, end: int, notes: Notes) -> list[Sentence]:
    """Every sentence of a part of a letter; of a long one that has sections the first sentences of these."""
    inner = [s for s in letter.sections if start < s.start < end]
    if inner and end - start > LONGEST_LIST:
        top = min(s.level for s in inner)
        return [opening(letter, child, notes) for child in inner if child.level == top]
    return _verbatim(letter, start, end, notes)


def _named_section(found: Found, evidence: Sequence[Evidence]) -> tuple[Letter, Section] | None:
    """The section whose own heading says most of the question's words, among the letters of the best sentences."""
    letters = {e.letter.id: e.letter for e in evidence[:8]}
    wrong = {"future": False, "past": True}.get(found.query.tense or "")
    telling = {
        word: weight for word, weight in found.weights.items() if word not in vague() and len(word) > 1
    } or found.weights
    shares = {
        (letter.id, section): coverage(telling, section.heading)
        for letter in letters.values()
        for section in letter.sections
        if not ASKED.search(section.heading_path[0]) and bool(PLAN.search(section.heading_path[0])) is not wrong
    }
    if not shares:
        return None
    best = max(shares, key=lambda key: (shares[key], -key[1].level, -key[1].start))
    return (letters[best[0]], best[1]) if shares[best] >= HEADED else None


def _section_led_by(best: Evidence) -> Section | None:
    """The section whose items the best sentence announces: …取得阶段性进展："""
    section = section_at(best.letter, best.start)
    inner = (
        section and best.own >= LED and any(s.heading_path[:-1] == section.heading_path for s in best.letter.sections)
    )
    return section if inner else None


def _best_section(evidence: Sequence[Evidence]) -> Section:
    """The section, at any level, that gathers the best sentences of the best letter most densely."""
    letter = evidence[0].letter
    deepest: dict[Section, float] = {}
    for rank, e in enumerate(x for x in evidence[:10] if x.letter.id == letter.id):
        section = section_at(letter, e.start)
        if section:
            deepest[section] = deepest.get(section, 0.0) + e.score / (rank + 2)
    best = max(deepest, key=lambda s: (deepest[s], -s.start))
    return _parent_asked_for(letter, best, deepest) or best


def _parent_asked_for(letter: Letter, best: Section, totals: dict[Section, float]) -> Section | None:
    """The section above, when the best sentences are spread evenly over three or more of its subsections."""
    parent = next((s for s in letter.sections if s.heading_path == best.heading_path[:-1] and s.level), None)
    if parent is None:
        return None
    under = [total for section, total in totals.items() if section.heading_path[:-1] == parent.heading_path]
    return parent if len(under) >= 3 and totals[best] < 0.6 * sum(under) else None


def _neighbourhood(best: Evidence, notes: Notes) -> list[Sentence]:
    """Without a section: the list that the best sentence belongs to, else its paragraph if short, else the sentence."""
    text = best.letter.text
    start, end = _paragraph(text, best.start)
    while (following := _paragraph(text, end + 1)) and _continues(text[start:end], text[slice(*following)]):
        end = following[1]
    items = _ITEM.findall(text[start:end])
    if end - start > LONGEST_LIST // 3 and len(items) < 2:
        return [_quoted(best, notes)]
    return _verbatim(best.letter, start, end, notes)


def _paragraph(text: str, at: int) -> tuple[int, int]:
    """The span of the paragraph at or after a place; empty at the end of the text."""
    while at < len(text) and text[at].isspace():
        at += 1
    start = text.rfind("\n", 0, at) + 1
    end = text.find("\n", at)
    return (start, len(text) if end < 0 else end) if at < len(text) else (0, 0)


def _continues(before: str, following: str) -> bool:
    """Whether a paragraph opens with the item that follows the last one: …五是 / 六是…"""
    last, first = _ITEM.findall(before), _ITEM.match(following)
    return bool(last and first) and _ORDER.find(first.group(1) if first else "?") == _ORDER.find(last[-1]) + 1


def _verbatim(letter: Letter, start: int, end: int, notes: Notes) -> list[Sentence]:
    """Each sentence of a span with its own citation."""
    return [notes.sentence(letter.text[s:e], [(letter, s, e)]) for s, e in sentences(letter.text, start, end)]


def compare(found: Found, evidence: Sequence[Evidence], notes: Notes) -> list[Sentence]:
    """For each named place, else for each letter, its best sentences; a named place that says nothing is named."""
    if len(found.query.regions) > 1:
        sides = {r: [e for e in evidence if _of(e, r)] for r in found.query.regions[:4]}
    else:
        sides = {by_line(e.letter): [o for o in evidence if o.letter.id == e.letter.id] for e in evidence}
        least = 0.6 * evidence[0].score
        sides = {name: own for name, own in sides.items() if own[0].score >= least}
    answer = []
    for name, own in sides.items():
        most = 1 if found.query.wants in ("amount", "count", "rate") else 2
        chosen = [e for e in own[:most] if e.score >= NEARLY * own[0].score and e.own >= NEARLY * own[0].own]
        answer += [notes.sentence(f"{name}：{e.text}", [(e.letter, e.start, e.end)]) for e in chosen]
    return answer or fact(found, evidence, notes)


def _of(evidence: Evidence, region: str) -> bool:
    """Whether the sentence is about the place: its letter's own, or one that it names."""
    return in_region(evidence.letter, (region,)) or speaks_of(evidence.text, region, evidence.letter)


def enumerate_letters(found: Found, evidence: Sequence[Evidence], notes: Notes) -> list[Sentence]:
    """Every letter with a sentence about the matter, each with its best one: one that says its telling word, or about as much as the best."""
    if not evidence:
        return []
    telling = max(found.weights, key=lambda word: (found.weights[word], word), default="")
    least = NAMED * max(e.around for e in evidence)
    best: dict[str, Evidence] = {}
    for e in evidence:
        says = bool(telling) and telling in fold(e.text)
        if (says or e.around >= least) and (
            e.letter.id not in best or (says and telling not in fold(best[e.letter.id].text))
        ):
            best[e.letter.id] = e
    return [notes.sentence(f"{name_of(e.letter)}：{e.text}", [(e.letter, e.start, e.end)]) for e in best.values()]
