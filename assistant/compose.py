"""Puts an answer together from verbatim sentences, without any model: facts, lists and comparisons."""

from collections.abc import Callable, Sequence

from assistant.answer import Sentence
from assistant.cite import Notes, describe, section_at
from assistant.directory import in_region
from assistant.evidence import Evidence
from assistant.retrieve import Found
from corpus.letter import Letter, Section
from corpus.sentences import sentences

# A list longer than this many characters is given by its headings and first sentences.
LONGEST_LIST = 1500
# A second sentence joins a fact when it scores nearly as well as the first.
NEARLY = 0.93


def compose(found: Found, evidence: Sequence[Evidence], notes: Notes) -> list[Sentence]:
    """The answer's sentences for what was asked; [] when the evidence gives none."""
    composers: dict[str, Callable[[Found, Sequence[Evidence], Notes], list[Sentence]]] = {
        "measures": measures,
        "compare": compare,
        "enumerate": enumerate_letters,
    }
    return composers.get(found.query.intent, fact)(found, evidence, notes)


def fact(found: Found, evidence: Sequence[Evidence], notes: Notes) -> list[Sentence]:
    """The best sentence, and those nearly as good."""
    if not evidence:
        return []
    chosen = [evidence[0]]
    for other in evidence[1:4]:
        if other.score >= evidence[0].score * NEARLY and other.fits == evidence[0].fits and len(chosen) < 2:
            chosen.append(other)
    return [_quoted(e, notes) for e in chosen]


def _quoted(evidence: Evidence, notes: Notes) -> Sentence:
    return notes.sentence(evidence.text, [(evidence.letter, evidence.start, evidence.end)])


def measures(found: Found, evidence: Sequence[Evidence], notes: Notes) -> list[Sentence]:
    """Every sentence of the section that the question is about, in order; headings for a section with subsections."""
    if not evidence:
        return []
    section = _best_section(evidence)
    if section is None:
        return _neighbourhood(evidence[0], notes)
    letter = evidence[0].letter
    children = [s for s in letter.sections if s.level == section.level + 1 and section.start < s.start < section.end]
    if not children:
        return _verbatim(letter, section.start, section.end, notes)
    whole = _verbatim(letter, section.start, section.end, notes)
    if sum(len(s.text) for s in whole) <= LONGEST_LIST:
        return whole
    notes.citations.clear()
    return [_child(letter, child, notes) for child in children]


def _best_section(evidence: Sequence[Evidence]) -> Section | None:
    """The section that gathers most of the score of the best sentences of the best letter."""
    letter = evidence[0].letter
    totals: dict[Section, float] = {}
    for rank, e in enumerate(x for x in evidence[:10] if x.letter.id == letter.id):
        section = section_at(letter, e.start)
        if section:
            totals[section] = totals.get(section, 0.0) + e.score / (rank + 2)
    return max(totals, key=lambda s: (totals[s], -s.start), default=None)


def _neighbourhood(best: Evidence, notes: Notes) -> list[Sentence]:
    """Without sections: the paragraph that the best sentence stands in, when it is short, else the sentence."""
    text = best.letter.text
    start = text.rfind("\n", 0, best.start) + 1
    end = text.find("\n", best.end)
    end = len(text) if end < 0 else end
    if end - start > LONGEST_LIST // 3:
        return [_quoted(best, notes)]
    return _verbatim(best.letter, start, end, notes)


def _verbatim(letter: Letter, start: int, end: int, notes: Notes) -> list[Sentence]:
    """Each sentence of a span with its own citation."""
    return [notes.sentence(letter.text[s:e], [(letter, s, e)]) for s, e in sentences(letter.text, start, end)]


def _child(letter: Letter, child: Section, notes: Notes) -> Sentence:
    """A subsection by its heading and its first sentence."""
    spans = sentences(letter.text, child.start, child.end)
    start = spans[0][0]
    end = spans[1][1] if len(spans) > 1 and spans[0][1] <= child.start + len(child.heading) + 1 else spans[0][1]
    return notes.sentence(letter.text[start:end], [(letter, start, end)])


def compare(found: Found, evidence: Sequence[Evidence], notes: Notes) -> list[Sentence]:
    """For each named place its best sentences; what one side does not say is said."""
    regions = found.query.regions or tuple(
        dict.fromkeys(e.letter.metadata.region.value for e in evidence if e.letter.metadata.region)
    )
    answer: list[Sentence] = []
    for region in regions[:4]:
        own = [e for e in evidence if in_region(e.letter, (region,))]
        for e in own[:2]:
            answer.append(notes.sentence(f"{region}：{e.text}", [(e.letter, e.start, e.end)]))
    return answer or fact(found, evidence, notes)


def enumerate_letters(found: Found, evidence: Sequence[Evidence], notes: Notes) -> list[Sentence]:
    """Every letter with a sentence about the matter, each with its best one."""
    best: dict[str, Evidence] = {}
    for e in evidence:
        best.setdefault(e.letter.id, e)
    if not best:
        return []
    least = 0.6 * max(e.around for e in best.values())
    chosen = [e for e in best.values() if e.around >= least]
    return [notes.sentence(f"{describe(e.letter)}：{e.text}", [(e.letter, e.start, e.end)]) for e in chosen]
