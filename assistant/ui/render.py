"""Turns a conversation into HTML: questions, answers with citation marks, refusals; pure functions, all text escaped."""

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.answer import Answer, Citation, Sentence
from assistant.ui.escape import attributes, text
from assistant.ui.examples import Example
from assistant.ui.reference import written_date, written_number
from corpus.letter import Letter, Stated

NOTICE = "本页内容由程序生成，请以原文为准"
SEARCHING = "正在检索…"
CHECKING = "正在核对…"
FAILED = "程序出错，这个问题没有答成；问题已放回输入框，可以再试一次。"
_ORIGIN = {"extractive": "摘录自原文", "chat": "由对话模型撰写，逐句核对过出处"}
_NEAREST_LINE = "最接近的材料："


@dataclass(frozen=True)
class Turn:
    """One exchange: what was typed, the answer so far, the letters to offer when it is a refusal.

    `status` is what is under way (正在检索…), empty when the answer is final; `error` is the one line of a turn that
    could not be answered.
    """

    question: str
    answer: Answer | None = None
    nearest: tuple[Letter, ...] = ()
    status: str = ""
    error: str = ""


def conversation(turns: Sequence[Turn]) -> str:
    """All turns, oldest first."""
    return "".join(turn_html(turn) for turn in turns)


def turn_html(turn: Turn) -> str:
    """One question and what came of it."""
    parts = [f'<p class="fw-question">{text(turn.question)}</p>']
    if turn.answer is not None:
        parts.append(answer_html(turn.answer, turn.nearest, final=not turn.status))
    if turn.status:
        parts.append(f'<p class="fw-status" role="status">{text(turn.status)}</p>')
    if turn.error:
        parts.append(error_html(turn.error))
    return f'<section class="fw-turn">{"".join(parts)}</section>'


def answer_html(answer: Answer, nearest: Sequence[Letter] = (), *, final: bool = True) -> str:
    """An answer with its marks and sources, or a refusal with the nearest letters; not `final` leaves the foot out."""
    head = _standalone(answer)
    if answer.refused:
        return head + _refusal(answer, nearest)
    by_id = {c.id: c for c in answer.citations}
    body = f'<p class="fw-value">{text(answer.value)}</p>' if answer.value else ""
    body += "".join(_sentence(sentence, by_id) for sentence in answer.sentences)
    foot = (sources_html(answer.citations) + _foot(answer)) if final else ""
    return f'{head}<div class="fw-answer">{body}</div>{foot}'


def sources_html(citations: Sequence[Citation]) -> str:
    """All citations of an answer, grouped by letter, each one a button that opens the place; "" when there are none."""
    if not citations:
        return ""
    groups: dict[str, list[Citation]] = {}
    for citation in citations:
        groups.setdefault(citation.letter, []).append(citation)
    title = f"依据 {len(citations)} 处，出自 {len(groups)} 件材料"
    items = "".join(_source(group) for group in groups.values())
    return f'<div class="fw-sources"><h3>{title}</h3>{items}</div>'


def error_html(message: str) -> str:
    """One clear line about what was wrong and how to mend it."""
    return f'<p class="fw-notice" role="alert">{text(message)}</p>'


def welcome(letters: Sequence[Letter], examples: Sequence[Example]) -> str:
    """The empty page: what can be asked, over how many letters, with example questions to click."""
    buttons = "".join(
        f'<li><button type="button" class="fw-example"{attributes(data_ask=e.question)}>{text(e.question)}</button></li>'
        for e in examples
    )
    tries = f'<h3>可以这样问</h3><ul class="fw-examples">{buttons}</ul>' if buttons else ""
    return (
        '<div class="fw-welcome"><h2>问复文，看原文</h2>'
        f"<p>现有 {len(letters)} 件材料可查。每句回答都带出处，点数字角标就能在原文里看到那句话；"
        f"材料里没有的，会直说查不到。</p>{tries}</div>"
    )


def letter_line(letter: Letter) -> str:
    """Number, kind, region and date of a letter, what is known of them, parted by ` · `."""
    meta = letter.metadata
    return details(
        meta.numbers[0].value if meta.numbers else None,
        meta.kind.value if meta.kind else None,
        meta.region.value if meta.region else None,
        (meta.date or meta.publish_date or Stated("")).value or None,
    )


def letter_button(letter: Letter) -> str:
    """A button that opens the letter at its beginning."""
    line = letter_line(letter)
    meta = f'<span class="fw-meta">{text(line)}</span>' if line else ""
    where = attributes(data_letter=letter.id, data_start=0, data_end=0)
    return f'<button type="button" class="fw-open"{where}>《{text(letter.name)}》{meta}</button>'


def details(number: str | None, kind: str | None, region: str | None, date: str | None) -> str:
    """What is known of a letter in one line.

    >>> details("142194", "政协提案", "昆明市", "2023-06-19")
    '第142194号 · 政协提案 · 昆明市 · 2023年6月19日'
    """
    parts = (number and written_number(number), kind, region, date and written_date(date))
    return " · ".join(part for part in parts if part)


def _standalone(answer: Answer) -> str:
    if not answer.standalone_question or answer.standalone_question == answer.question:
        return ""
    return f'<p class="fw-standalone">按上文理解为：{text(answer.standalone_question)}</p>'


def _sentence(sentence: Sentence, by_id: dict[int, Citation]) -> str:
    marks = "".join(_mark(by_id[n]) for n in sentence.citations if n in by_id)
    return f"<p>{text(sentence.text)}{marks}</p>"


def _mark(citation: Citation) -> str:
    label = f"引文 {citation.id}：《{citation.title}》"
    return f'<sup><button type="button" class="fw-mark"{_opens(citation)}{attributes(aria_label=label)}>{citation.id}</button></sup>'


def _opens(citation: Citation) -> str:
    return attributes(data_letter=citation.letter, data_start=citation.start, data_end=citation.end)


def _source(group: Sequence[Citation]) -> str:
    first = group[0]
    meta = details(first.number, None, first.region, first.date)
    line = f'<span class="fw-meta">{text(meta)}</span>' if meta else ""
    above = [(), *(c.heading_path for c in group)]
    quotes = "".join(_quote(c, path) for c, path in zip(group, above, strict=False))
    return f'<div class="fw-source"><p class="fw-title">《{text(first.title)}》{line}</p><ol>{quotes}</ol></div>'


def _quote(citation: Citation, path_above: tuple[str, ...]) -> str:
    """One quote of the list; its heading path only where it differs from the one above."""
    path = " › ".join(citation.heading_path) if citation.heading_path != path_above else ""
    where = f'<span class="fw-path">{text(path)}</span>' if path else ""
    return (
        f'<li>{where}<button type="button" class="fw-quote"{_opens(citation)}><span class="fw-n">{citation.id}</span>'
        f'<span class="fw-text">{text(citation.quote)}</span></button></li>'
    )


def _refusal(answer: Answer, nearest: Sequence[Letter]) -> str:
    said = [s.text for s in answer.sentences if not (nearest and s.text.startswith(_NEAREST_LINE))]
    lines = "".join(f"<p>{text(line)}</p>" for line in said)
    offers = "".join(f"<li>{letter_button(letter)}</li>" for letter in nearest)
    near = f'<h3>最接近的材料，可以打开看看</h3><ul class="fw-nearest">{offers}</ul>' if offers else ""
    return f'<div class="fw-refusal">{lines}{near}</div>'


def _foot(answer: Answer) -> str:
    """How the answer came about: origin, what was struck out, the time that it took."""
    parts = [_ORIGIN.get(answer.composer, "")] if answer.citations else []
    if answer.problems:
        parts.append(f"核对时删去 {len(answer.problems)} 处没有依据的内容")
    spent = sum(answer.timings_ms.values())
    if spent:
        parts.append(f"用时 {spent / 1000:.2f} 秒")
    line = " · ".join(part for part in parts if part)
    lines = [*answer.notices, *([line] if line else [])]
    return "".join(f'<p class="fw-foot">{text(said)}</p>' for said in lines)
