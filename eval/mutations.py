"""Ways to make a good answer worse, each with the measure that must fall, and ways to write it differently that change nothing."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from assistant.answer import Answer, Citation, Sentence
from corpus.letter import Letter
from corpus.negation import NEGATION, mask
from corpus.sentences import sentences
from eval.cases import Case
from eval.grounding import marks, quotes
from eval.listing import KINDS
from eval.plain import holds, plain
from eval.spans import Span, paragraph

_NUMBER = re.compile(r"(?<![\d.,])\d+(?:\.\d+)?(?![\d.,])")
_SCALED = re.compile(r"(?<=\d)([万亿])(?=[元户家人平吨亩件])")
_YEAR_OF_NUMBER = re.compile(r"(?<=[〔\[【(（])(\d{4})(?=[〕\]】)）]\s*第?\d+号)")
_PERCENT = re.compile(r"(?<=\d)[%％]")
_CLAUSE = re.compile(r"[\u4e00-\u9fff]{8,}")
_INVENTED = "另据了解，相关单位已设立海洋牧场专班。"


@dataclass(frozen=True)
class World:
    """What mutants are made from: the letters, and all cases with their answers."""

    letters: Mapping[str, Letter]
    answered: tuple[tuple[Case, Answer], ...]


Make = Callable[[Case, Answer, World], Answer | None]


@dataclass(frozen=True)
class Mutation:
    """A way to spoil an answer and the measure meant to see it; `make` gives None where it does not apply."""

    name: str
    label: str
    measure: str
    make: Make


def _on_sentence(change: Callable[[str], str | None]) -> Make:
    """A mutation of the first sentence that the change applies to."""

    def make(case: Case, answer: Answer, world: World) -> Answer | None:
        if answer.refused:
            return None
        for at, sentence in enumerate(answer.sentences):
            text = change(sentence.text)
            if text is not None and text != sentence.text:
                return _with_sentence(answer, at, replace(sentence, text=text))
        return None

    return make


def _digit(text: str) -> str | None:
    """The last digit of the longest number of a mark of the text becomes the next one."""
    numbers = [number for mark in marks(text) for number in re.findall(r"\d+", mark)]
    for number in sorted(numbers, key=len, reverse=True):
        at = text.find(number)
        if at >= 0:
            end = at + len(number)
            return f"{text[: end - 1]}{(int(number[-1]) + 1) % 10}{text[end:]}"
    return None


def _drop_negation(text: str) -> str | None:
    found = NEGATION.search(mask(text))
    return text[: found.start()] + text[found.end() :] if found else None


def _put_negation(text: str) -> str | None:
    """不 in the middle of the first long run of characters."""
    found = next((m for m in _CLAUSE.finditer(text)), None)
    middle = (found.start() + found.end()) // 2 if found else 0
    return f"{text[:middle]}不{text[middle:]}" if found else None


def _scale(text: str) -> str | None:
    return _SCALED.sub(lambda m: "亿" if m[1] == "万" else "万", text, count=1)


def _year_of_number(text: str) -> str | None:
    return _YEAR_OF_NUMBER.sub(lambda m: str(int(m[1]) - 1), text, count=1)


def _points(text: str) -> str | None:
    return _PERCENT.sub("个百分点", text, count=1)


def _swap_numbers(text: str) -> str | None:
    """The first two different numbers change places."""
    found = list(_NUMBER.finditer(text))
    first = found[0] if found else None
    other = next((m for m in found if first and m[0] != first[0]), None)
    if first is None or other is None:
        return None
    between = text[first.end() : other.start()]
    return f"{text[: first.start()]}{other[0]}{between}{first[0]}{text[other.end() :]}"


def _swap_citations(case: Case, answer: Answer, world: World) -> Answer | None:
    """The citations of two sentences change places; only where neither quote holds the other sentence."""
    if answer.refused or not answer.sentences:
        return None
    first = answer.sentences[0]
    for at, other in enumerate(answer.sentences[1:], 1):
        held = "\n".join(c.quote for c in (*quotes(answer, first), *quotes(answer, other)) if c)
        apart = set(first.citations).isdisjoint(other.citations) and held
        if apart and not _tells(answer, first, other) and not _tells(answer, other, first):
            swapped = _with_sentence(answer, 0, replace(first, citations=other.citations))
            return _with_sentence(swapped, at, replace(other, citations=first.citations))
    return None


def _tells(answer: Answer, one: Sentence, other: Sentence) -> bool:
    return plain(one.text) in plain("\n".join(c.quote for c in quotes(answer, other)))


def _neighbour_sentence(case: Case, answer: Answer, world: World) -> Answer | None:
    """The first citation moves to the next sentence of its letter, else to the one before."""
    if answer.refused or not answer.citations:
        return None
    cited = answer.citations[0]
    text = world.letters[cited.letter].text
    spans = sentences(text, 0, len(text))
    after = [span for span in spans if span[0] >= cited.end] or [span for span in spans[::-1] if span[1] <= cited.start]
    return _with_citation(answer, _moved(cited, text, *after[0])) if after else None


def _neighbour_paragraph(case: Case, answer: Answer, world: World) -> Answer | None:
    """The only citation moves to the paragraph behind its own, where the gold evidence is not."""
    if len(answer.citations) != 1 or not case.answerable:
        return None
    cited = answer.citations[0]
    text = world.letters[cited.letter].text
    begun = paragraph(Span(cited.letter, cited.start, cited.end), text).end + 1
    while begun < len(text) and text[begun].isspace():
        begun += 1
    if begun >= len(text):
        return None
    wide = paragraph(Span(cited.letter, begun, begun + 1), text)
    if any(quote.text in text[wide.start : wide.end] for group in case.evidence for quote in group):
        return None
    return _with_citation(answer, _moved(cited, text, wide.start, wide.end))


def _shorten_quote(case: Case, answer: Answer, world: World) -> Answer | None:
    if not answer.citations or answer.refused:
        return None
    return _with_citation(answer, replace(answer.citations[0], quote=answer.citations[0].quote[:-1]))


def _add_uncited(case: Case, answer: Answer, world: World) -> Answer | None:
    if answer.refused or answer.intent == "smalltalk":
        return None
    return replace(answer, sentences=(*answer.sentences, Sentence(_INVENTED)))


def _add_cited(case: Case, answer: Answer, world: World) -> Answer | None:
    if answer.refused or not answer.citations:
        return None
    return replace(answer, sentences=(*answer.sentences, Sentence(_INVENTED, (answer.citations[0].id,))))


def _refuse(case: Case, answer: Answer, world: World) -> Answer | None:
    if answer.refused or not case.answerable:
        return None
    return replace(answer, refused=True, refusal_reason="not_stated", sentences=(), citations=())


def _answer_anyway(case: Case, answer: Answer, world: World) -> Answer | None:
    """The first answer given to any other question."""
    if case.answerable:
        return None
    given = next((other for _, other in world.answered if not other.refused), None)
    return replace(given, question=answer.question) if given else None


def _wrong_reason(case: Case, answer: Answer, world: World) -> Answer | None:
    """A reason that fits no question of its kind; only where the reason was right."""
    if case.answerable or not answer.refused or answer.refusal_reason == "bad_question":
        return None
    from eval.measures import RIGHT_REASONS

    right = answer.refusal_reason in RIGHT_REASONS.get(case.why or "", set())
    return replace(answer, refusal_reason="bad_question") if right else None


def _cite_on_refusal(case: Case, answer: Answer, world: World) -> Answer | None:
    given = next((other for _, other in world.answered if other.citations), None)
    return replace(answer, citations=given.citations[:1]) if answer.refused and given else None


def _drop_item(case: Case, answer: Answer, world: World) -> Answer | None:
    """Every sentence that states the first item that the answer states goes, unless nothing would be left."""
    if answer.refused or case.kind not in KINDS or len(case.answers) < 2:
        return None
    for group in case.answers:
        kept = tuple(s for s in answer.sentences if not any(holds(s.text, said) for said in group))
        if kept and len(kept) < len(answer.sentences):
            return replace(answer, sentences=kept)
    return None


def _sibling(case: Case, answer: Answer, world: World) -> Answer | None:
    """A gold value becomes the value that must not be said."""
    if answer.refused or not case.must_not:
        return None
    for at, sentence in enumerate(answer.sentences):
        for said in (said for group in case.answers for said in group if said in sentence.text):
            return _with_sentence(answer, at, replace(sentence, text=sentence.text.replace(said, case.must_not[0])))
    return None


def _with_sentence(answer: Answer, at: int, sentence: Sentence) -> Answer:
    return replace(answer, sentences=(*answer.sentences[:at], sentence, *answer.sentences[at + 1 :]))


def _with_citation(answer: Answer, changed: Citation) -> Answer:
    return replace(answer, citations=tuple(changed if c.id == changed.id else c for c in answer.citations))


def _moved(citation: Citation, text: str, start: int, end: int) -> Citation:
    return replace(citation, start=start, end=end, quote=text[start:end])


MUTATIONS = (
    Mutation("digit", "换一个数字", "ungrounded figures", _on_sentence(_digit)),
    Mutation("scale", "万与亿互换", "ungrounded figures", _on_sentence(_scale)),
    Mutation("points", "百分比改成百分点", "ungrounded figures", _on_sentence(_points)),
    Mutation("year of number", "改文号的年份", "ungrounded figures", _on_sentence(_year_of_number)),
    Mutation("swap numbers", "两个数字对调", "sentence support", _on_sentence(_swap_numbers)),
    Mutation("drop negation", "去掉否定词", "negation flips", _on_sentence(_drop_negation)),
    Mutation("put negation", "加上否定词", "negation flips", _on_sentence(_put_negation)),
    Mutation("sibling", "换成不该说的值", "right", _sibling),
    Mutation("drop item", "漏掉一项", "item recall", _drop_item),
    Mutation("swap citations", "两处引文对调", "sentence support", _swap_citations),
    Mutation("neighbour sentence", "引成相邻的句子", "sentence support", _neighbour_sentence),
    Mutation("neighbour paragraph", "引成相邻的段落", "citation recall", _neighbour_paragraph),
    Mutation("shorten quote", "引文少一字", "citation exact", _shorten_quote),
    Mutation("add uncited", "添一句没有引文的话", "sentence coverage", _add_uncited),
    Mutation("add cited", "添一句引文里没有的话", "sentence support", _add_cited),
    Mutation("refuse", "该答却拒", "AnswerHit", _refuse),
    Mutation("answer anyway", "该拒却答", "refusal recall", _answer_anyway),
    Mutation("wrong reason", "拒答理由不对", "right reason", _wrong_reason),
    Mutation("cite on refusal", "拒答却带引文", "citation on refusal", _cite_on_refusal),
)


def _widened(answer: Answer) -> Answer:
    """Digits at full width."""
    wide = str.maketrans("0123456789", "０１２３４５６７８９")
    return replace(answer, sentences=tuple(replace(s, text=s.text.translate(wide)) for s in answer.sentences))


def _renumbered(answer: Answer) -> Answer:
    """Every citation ten numbers on, and in the opposite order."""
    moved = tuple(replace(c, id=c.id + 10) for c in answer.citations[::-1])
    said = tuple(replace(s, citations=tuple(n + 10 for n in s.citations)) for s in answer.sentences)
    return replace(answer, sentences=said, citations=moved)


def _respaced(answer: Answer) -> Answer:
    """Other brackets, and white space at the end."""
    other = str.maketrans("〔〕", "［］")
    said = tuple(replace(s, text=unicodedata.normalize("NFC", s.text.translate(other)) + " ") for s in answer.sentences)
    return replace(answer, sentences=said)


HARMLESS: dict[str, Callable[[Answer], Answer]] = {
    "数字改成全角": _widened,
    "引文换了编号": _renumbered,
    "换了括号和空格": _respaced,
}
