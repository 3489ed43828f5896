"""The steps from question to answer: understand → retrieve → decide → compose → verify."""

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from assistant import records
from assistant.answer import Answer, Citation, Sentence
from assistant.chat_prompt import Place
from assistant.chat_trouble import NOTHING_HELD
from assistant.cite import Notes, describe
from assistant.compose import compose, each, section_of
from assistant.decide import decide, other_year
from assistant.desk import Desk
from assistant.evidence import Evidence
from assistant.follow_up import Turn, resolve
from assistant.mend import as_meant
from assistant.named_figures import sentences_for
from assistant.record_query import meant_by_record
from assistant.refusal import REFUSAL, Refusal
from assistant.retrieve import Found, letters_like, retrieve
from assistant.smalltalk import reply
from assistant.understand import LETTER_WORDS, Query, check_question, understand
from assistant.value import value_of
from assistant.verify import verify
from corpus.letter import Letter
from index.hit import Filters

NEAREST = 3
# How many further sentences “还有吗” brings.
MORE = 3
EVERYTHING = Filters()


@dataclass(frozen=True)
class State:
    """One question on its way; each step returns it with more filled in."""

    question: str
    history: Sequence[Turn] = ()
    filters: Filters = EVERYTHING
    query: Query | None = None
    found: Found | None = None
    evidence: tuple[Evidence, ...] = ()
    in_parts: bool = False
    item: Citation | None = None
    more: bool = False
    letters: tuple[Letter, ...] = ()
    refusal: Refusal | None = None
    sentences: tuple[Sentence, ...] = ()
    citations: tuple[Citation, ...] = ()
    composer: str = "extractive"
    whole: bool = True
    problems: tuple[str, ...] = ()
    notices: tuple[str, ...] = ()
    timings: dict[str, float] = field(default_factory=dict)


def understand_step(state: State, desk: Desk) -> State:
    """Check the question, complete it from the conversation, read what it asks."""
    question = check_question(state.question)
    asked = as_meant(question, desk.directory, desk.index)
    resolved = resolve(asked, state.history, lambda letter: desk.index.letter(letter).text)
    query = replace(understand(question, resolved.standalone), carried=resolved.carried, scope=resolved.scope)
    query = _at_its_place(query, understand(asked).regions, desk)
    return replace(state, question=question, query=query, item=resolved.item, more=resolved.more)


def _at_its_place(query: Query, own: Sequence[str], desk: Desk) -> Query:
    """A place that the conversation brings and no letter comes from stands for the letters talked about there."""
    places = tuple(r for r in query.regions if r in own or desk.directory.has_region(r))
    if places == query.regions or not query.scope:
        return query
    return replace(query, regions=places, within=tuple(dict.fromkeys(letter for letter, _, _ in query.scope)))


def retrieve_step(state: State, desk: Desk) -> State:
    """Find letters and sentences."""
    query = _query(state)
    found = retrieve(query, desk, state.filters)
    if query.within:
        found = replace(found, evidence=tuple(e for e in found.evidence if e.letter.id in query.within))
    if found.letters and query.fields and query.intent in ("fact", "measures", "compare"):
        query = replace(query, intent="metadata")
    letters: Sequence[Letter] = ()
    meant = (
        meant_by_record(query, desk.directory.records) if query.intent != "smalltalk" and not found.refusal else None
    )
    if meant:
        query = replace(query, intent="metadata", fields=meant.fields)
        found = replace(found, letters=tuple(map(desk.index.letter, meant.letters)))
    if query.intent == "compare" and query.fields and len(query.regions) > 1 and not found.refusal:
        several = [letters_like(replace(query, regions=(r,)), desk, found.hits)[:1] for r in query.regions]
        if all(several) and LETTER_WORDS.search(query.standalone):
            query, found = (
                replace(query, intent="metadata"),
                replace(found, letters=tuple(x for one in several for x in one)),
            )
    if (query.intent in ("metadata", "summary") or _asks_for_part(query)) and not found.refusal:
        letters = found.letters or letters_like(query, desk, found.hits)
    return replace(state, query=query, found=found, letters=tuple(letters))


def decide_step(state: State, desk: Desk) -> State:
    """Keep the evidence that may answer, or the reason for a refusal."""
    query, found = _query(state), _found(state)
    if query.intent == "smalltalk" or state.item is not None:
        return state
    if found.refusal or (query.intent == "metadata" and not state.letters):
        return replace(state, refusal=found.refusal or Refusal("no_such_letter", "所问"))
    stated = sentences_for(query, desk, state.filters, found)
    if stated and not state.more:
        return replace(state, evidence=stated, letters=(), in_parts=True)
    if state.letters:
        return replace(state, evidence=found.evidence, refusal=Refusal("no_more") if state.more else None)
    if query.parts and query.intent != "compare":
        several = _part_by_part(state, desk)
        if several is not None:
            return several
    evidence, refusal = decide(found, desk)
    if state.more and not refusal:
        evidence = _untold(state, evidence)
        refusal = None if evidence else Refusal("no_more")
    caveat = None if refusal else other_year(query, evidence)
    notices = (*state.notices, caveat) if caveat else state.notices
    return replace(state, evidence=evidence, refusal=refusal, notices=notices)


def _untold(state: State, evidence: tuple[Evidence, ...]) -> tuple[Evidence, ...]:
    """The sentences that bear on the question and that the conversation has not cited yet."""
    told = {(c.letter, c.start) for _, answer in state.history for c in answer.citations}
    fresh = [e for e in evidence if (e.letter.id, e.start) not in told]
    return tuple(e for e in fresh if e.support >= evidence[0].support / 2)[:MORE]


def _part_by_part(state: State, desk: Desk) -> State | None:
    """The best sentence for each part of a question that asks several things; None when no part has one."""
    best: dict[tuple[str, int], Evidence] = {}
    notices = []
    for part in _query(state).parts:
        evidence, _ = decide(retrieve(understand(part), desk, state.filters), desk)
        if evidence:
            best.setdefault((evidence[0].letter.id, evidence[0].start), evidence[0])
        else:
            notices.append(f"这一问没有查到依据：{part}")
    if not best:
        return None
    return replace(state, evidence=tuple(best.values()), in_parts=True, notices=tuple(notices))


def compose_step(state: State, desk: Desk) -> State:
    """Write the answer: from the record, by the chat model where one is set, else from verbatim sentences."""
    return list(_composing(state, desk))[-1]


def write(state: State, desk: Desk) -> Iterator[State]:
    """Compose and verify: a verified state after each sentence that a chat model closes; the last one is whole."""
    begun, shown = time.perf_counter(), 0
    for composed in _composing(state, desk):
        spent = round((time.perf_counter() - begun) * 1000, 2)
        verified = timed("verify", replace(composed, timings={**state.timings, "compose": spent}), desk)
        # What falls back to the extractive answer waits for the model's end: its next sentence may hold.
        if composed.whole or (verified.composer == "chat" and len(verified.sentences) > shown):
            shown = len(verified.sentences)
            yield verified


def _composing(state: State, desk: Desk) -> Iterator[State]:
    """The composed state, after each sentence where a chat model writes; the last one is whole. Not verified."""
    ready = _without_evidence(state, desk)
    if ready is not None or desk.chat is None:
        yield ready or _extractive(state)
        return
    query, draft = _query(state), _extractive(state)
    places = [Place(desk.index.letter(c.letter), c.start, c.end) for c in draft.citations]
    places += [Place(e.letter, e.start, e.end) for e in state.evidence]
    for writing in desk.chat(query.standalone, places):
        problems = (*state.problems, *writing.problems)
        said = replace(state, sentences=writing.sentences, citations=writing.citations, problems=problems)
        if writing.trouble:
            # Also when the model finds no answer: whether the evidence holds one was decided before, by measure.
            yield replace(draft, problems=problems, notices=(*state.notices, str(writing.trouble)))
        else:
            notices = (*state.notices, *(f"对话模型认为依据没有写明：{m}" for m in writing.missing))
            yield replace(said, notices=notices, composer="chat", whole=writing.whole)


def _without_evidence(state: State, desk: Desk) -> State | None:
    """The composed state where nothing is to be written from evidence; None where it is."""
    query = _query(state)
    if query.intent == "smalltalk":
        return replace(state, sentences=(Sentence(reply(query.question)),))
    if state.refusal:
        return state
    if state.item is not None:
        notes = Notes()
        told = section_of(state.item, desk.index.letter(state.item.letter), notes)
        return replace(state, sentences=tuple(told), citations=tuple(notes.citations))
    if query.intent == "metadata" and not _asks_for_part(query) and not state.in_parts:
        notes = Notes()
        written, refusal = records.metadata(query, state.letters, notes)
        return replace(state, sentences=tuple(written), citations=tuple(notes.citations), refusal=refusal)
    return None


def verify_step(state: State, desk: Desk) -> State:
    """Strike what its citations do not support; refuse when nothing is left."""
    if state.refusal or _query(state).intent == "smalltalk":
        return state
    kept, problems = verify(state.sentences, state.citations, desk.index.letter)
    state = replace(state, problems=(*state.problems, *problems))
    if kept:
        return _renumbered(replace(state, sentences=tuple(kept)))
    if state.composer == "chat":
        notices = (*state.notices, NOTHING_HELD)
        return verify_step(replace(_extractive(state), problems=state.problems, notices=notices), desk)
    return replace(state, sentences=(), citations=(), refusal=Refusal("unverified"))


STEPS = {
    "understand": understand_step,
    "retrieve": retrieve_step,
    "decide": decide_step,
    "compose": compose_step,
    "verify": verify_step,
}


def timed(name: str, state: State, desk: Desk) -> State:
    """Run one step and note its milliseconds; the time of deciding counts as retrieving."""
    begun = time.perf_counter()
    state = STEPS[name](state, desk)
    spent = round((time.perf_counter() - begun) * 1000, 2)
    key = "retrieve" if name == "decide" else name
    return replace(state, timings={**state.timings, key: round(state.timings.get(key, 0.0) + spent, 2)})


def finish(state: State, desk: Desk) -> Answer:
    """The Answer of a state that went through all steps."""
    query = _query(state)
    nearest = _nearest(state) if state.refusal else ()
    sentences = state.sentences
    if state.refusal:
        near = "；".join(describe(desk.index.letter(n)) for n in nearest)
        sentences = (Sentence(REFUSAL), Sentence(f"原因：{state.refusal.explanation}。"))
        sentences += (Sentence(f"最接近的材料：{near}。"),) if near else ()
    return Answer(
        question=state.question,
        standalone_question=query.standalone,
        intent=query.intent,
        sentences=sentences,
        citations=() if state.refusal else state.citations,
        refused=state.refusal is not None,
        refusal_reason=state.refusal.reason if state.refusal else None,
        composer=state.composer,
        timings_ms=state.timings,
        nearest=nearest,
        problems=state.problems,
        notices=state.notices,
        value=_value(query, sentences) if not state.refusal else None,
    )


def _value(query: Query, sentences: Sequence[Sentence]) -> str | None:
    """The value asked for, where one sentence answers and it is plain which of its values is meant."""
    return value_of(query, sentences[0].text) if query.intent == "fact" and len(sentences) == 1 else None


def _asks_for_part(query: Query) -> bool:
    """Whether a part of a letter is asked for (plans, deeds, what was proposed), and nothing in particular of it."""
    wanted = bool(query.tense) or query.part is not None
    return wanted and not query.terms and query.fields in ((), ("title",)) and query.intent != "smalltalk"


def _extractive(state: State) -> State:
    query, notes = _query(state), Notes()
    if state.in_parts or state.more:
        written = each(state.evidence, notes)
    elif state.letters and _asks_for_part(query):
        written = records.outline(query.tense, state.letters, notes, part=query.part)
    elif state.letters and query.intent == "summary":
        written = records.summary(query, state.letters, notes)
    else:
        written = compose(_found(state), state.evidence, notes)
    return replace(state, sentences=tuple(written), citations=tuple(notes.citations), composer="extractive")


def _renumbered(state: State) -> State:
    """Citations that a kept sentence uses, numbered from 1 in the order of use."""
    used = list(dict.fromkeys(n for s in state.sentences for n in s.citations))
    new = {old: position for position, old in enumerate(used, 1)}
    by_id = {c.id: c for c in state.citations}
    return replace(
        state,
        sentences=tuple(replace(s, citations=tuple(new[n] for n in s.citations)) for s in state.sentences),
        citations=tuple(replace(by_id[old], id=number) for old, number in new.items()),
    )


def _nearest(state: State) -> tuple[str, ...]:
    """The ids of the nearest letters; none when what was found has nothing to do with the question."""
    if state.refusal and state.refusal.reason == "off_topic":
        return ()
    ids = [hit.chunk.letter for hit in (state.found.hits if state.found else ())]
    return tuple(dict.fromkeys(ids))[:NEAREST]


def _query(state: State) -> Query:
    if state.query is None:
        raise ValueError("the step understand must come first")
    return state.query


def _found(state: State) -> Found:
    if state.found is None:
        raise ValueError("the step retrieve must come first")
    return state.found
