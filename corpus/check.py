"""Check a letter as a proof-reader would: every finding with its place, what is wrong, and the mend."""

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
_LETTERS = (
    *(half_width, repetitions, kinds, totals, shares, growth, this_year, deadlines, undated_figures, plans, codes),
    *(elements, numbers, sessions, names, categories, co_organs, places, empty_phrases, no_deadlines),
)


def check(letter: Letter) -> tuple[Finding, ...]:
    """The findings in the order of their places; of a text that is no letter only those of the language.

    >>> [(f.quote, f.problem) for f in check(Letter("1", "1.txt", "按《甲办法》》办理。", body=(0, 10)))]
    [('《甲办法》》', '多一个「》」')]
    """
    ready = subject(letter)
    rules = _ALWAYS + _LETTERS if ready.is_reply else _ALWAYS
    found = {finding for rule in rules for finding in rule(ready)}
    torn = [f for f in found if f.rule == "文号残缺"]
    # A bracket lost from a 文号 is one fault, not two.
    found = {f for f in found if f.rule != "标点配对" or not any(t.start <= f.end and f.start <= t.end for t in torn)}
    return tuple(sorted(found, key=lambda f: (f.start, f.end, f.rule, f.problem)))
