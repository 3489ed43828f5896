"""What a span covers of a gold quote, and when a citation stands beside one."""

from hypothesis import given
from hypothesis import strategies as st

from corpus.letter import Letter
from eval.cases import Quote
from eval.spans import Span, beside, covers, covers_group, new_groups, paragraph, places

TEXT = "甲乙丙丁戊己庚辛壬癸\n甲乙二\n丙丁三"
LETTERS = {"L": Letter("L", "L.txt", TEXT), "M": Letter("M", "M.txt", "甲乙丙丁")}
SPANS = st.tuples(st.integers(0, 18), st.integers(0, 18)).map(lambda pair: Span("L", min(pair), max(pair)))


def test_half_of_a_quote_is_enough_and_less_is_not() -> None:
    """The quote 甲…癸 has ten characters: 0–5 holds five of them, 6–10 four."""
    place = Span("L", 0, 10)
    assert covers([Span("L", 0, 5)], place)
    assert not covers([Span("L", 6, 10)], place)
    assert covers([Span("L", 6, 10), Span("L", 0, 1)], place)
    assert not covers([Span("M", 0, 10)], place)
    assert not covers([], place)


def test_every_place_of_a_quote_counts() -> None:
    assert places(Quote("L", "甲乙"), LETTERS) == [Span("L", 0, 2), Span("L", 11, 13)]
    assert covers_group([Span("L", 11, 14)], [Quote("M", "丙丁"), Quote("L", "甲乙")], LETTERS)


def test_a_group_counts_for_the_first_hit_only() -> None:
    groups = [[Quote("L", "甲乙二")], [Quote("L", "丙丁三")]]
    found = new_groups([Span("L", 0, 10), Span("L", 11, 18), Span("L", 15, 18)], groups, LETTERS)
    assert found == [frozenset(), frozenset({0, 1}), frozenset()]


def test_a_paragraph_is_the_whole_line() -> None:
    assert paragraph(Span("L", 12, 13), TEXT) == Span("L", 11, 14)
    assert paragraph(Span("L", 0, 1), TEXT) == Span("L", 0, 10)
    assert paragraph(Span("L", 16, 18), TEXT) == Span("L", 15, 18)


def test_a_citation_in_the_paragraph_of_a_gold_quote_stands_beside_it() -> None:
    groups = [[Quote("L", "丙丁戊")]]
    assert beside(Span("L", 8, 10), groups, LETTERS)
    assert not beside(Span("L", 11, 14), groups, LETTERS)
    assert not beside(Span("M", 2, 4), groups, LETTERS)


@given(st.lists(SPANS, max_size=4), SPANS, SPANS)
def test_more_spans_never_cover_less(spans: list[Span], extra: Span, place: Span) -> None:
    assert covers([*spans, extra], place) >= covers(spans, place)


@given(SPANS)
def test_a_span_covers_itself_unless_it_is_empty(span: Span) -> None:
    assert covers([span], span) == (span.end > span.start)
