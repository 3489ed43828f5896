"""Check a letter as a proof-reader would: every finding with its place, what is wrong, and the mend."""

from dataclasses import replace

from corpus.check_parts import Piece, pieces
from corpus.checks_agreement import categories, co_organs, names, numbers, sessions
from corpus.checks_dates import deadlines, impossible_dates, plans, this_year, undated_figures
from corpus.checks_docs import codes, doc_number_shapes
from corpus.checks_elements import elements
from corpus.checks_figures import growth, shares, totals
from corpus.checks_kind import kinds
from corpus.checks_marks import brackets, doubled_marks, doubled_words, half_width, repetitions
from corpus.checks_places import places
from corpus.checks_privacy import personal
from corpus.checks_wording import empty_phrases, no_deadlines
from corpus.findings import Finding, subject
from corpus.letter import Letter

_ALWAYS = (brackets, doubled_marks, doubled_words, impossible_dates, doc_number_shapes, personal)
_ATTACHED = (half_width, totals, shares, growth, codes)
_LETTERS = (
    *(*_ATTACHED, repetitions, kinds, this_year, deadlines, undated_figures, plans),
    *(elements, numbers, sessions, names, categories, co_organs, places, empty_phrases, no_deadlines),
)


def check(letter: Letter) -> tuple[Finding, ...]:
    """The findings in the order of their places; of a text that is no letter only those of the language.

    Letters that share a page are each held against themselves.

    >>> [(f.quote, f.problem) for f in check(Letter("1", "1.txt", "按《甲办法》》办理。", body=(0, 10)))]
    [('《甲办法》》', '多一个「》」')]
    """
    found = {finding for piece in pieces(letter) for finding in _of_piece(piece)}
    torn = [f for f in found if f.rule == "文号残缺"]
    # A bracket lost from a 文号 is one fault, not two.
    found = {f for f in found if f.rule != "标点配对" or not any(t.start <= f.end and f.start <= t.end for t in torn)}
    return tuple(sorted(found, key=lambda f: (f.start, f.end, f.rule, f.problem)))


def _of_piece(piece: Piece) -> list[Finding]:
    """The findings of one letter or attachment, at their places on the page."""
    ready = subject(piece.letter)
    more = _ATTACHED if piece.is_attachment else _LETTERS
    rules = _ALWAYS + more if ready.is_reply else _ALWAYS
    at = piece.start
    return [replace(f, start=f.start + at, end=f.end + at) for rule in rules for f in rule(ready)]
