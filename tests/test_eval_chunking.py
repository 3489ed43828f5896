"""How a corpus was cut is measured: nothing lost, nothing twice, headings kept, quotes whole."""

from collections.abc import Iterator, Sequence

from corpus.letter import Letter, Section
from eval.cases import Case, Quote
from eval.chunking import chunk_measures
from index.chunks import chunks
from index.hit import Chunk

TEXT = "页眉\n一、现状\n认定高企1350家。\n二、打算\n继续努力培育。"
START = TEXT.index("一、")
SECOND = TEXT.index("二、")
SECTIONS = (
    Section(1, "一、现状", ("一、现状",), START, SECOND),
    Section(1, "二、打算", ("二、打算",), SECOND, len(TEXT)),
)
LETTER = Letter("L", "L.txt", TEXT, sections=SECTIONS, body=(START, len(TEXT)))
CASE = Case("q", ("多少家？",), "figure", True, answers=(("1350家",),), evidence=((Quote("L", "认定高企1350家"),),))


class Cut:
    def __init__(self, *spans: tuple[int, int, tuple[str, ...]]) -> None:
        self.spans = spans

    def letters(self) -> Iterator[Letter]:
        return iter([LETTER])

    def chunks_of(self, letter_id: str) -> Sequence[Chunk]:
        return [Chunk("L", start, end, TEXT[start:end], path) for start, end, path in self.spans]


def test_the_real_cut_loses_nothing() -> None:
    real = chunks(LETTER)
    cut = Cut(*((c.start, c.end, c.heading_path) for c in real))
    found = chunk_measures(cut, [CASE])
    assert (found["characters lost"], found["heading path kept"], found["quote whole"]) == (0.0, 1.0, 1.0)


def test_a_gap_an_overlap_a_broken_quote_and_a_lost_heading_show() -> None:
    """The chunks leave 继续努力培育。 (7) out, hold 1350家。's first two digits twice, cut the quote, and forget the heading."""
    middle = TEXT.index("1350")
    cut = Cut((START, middle + 2, ("一、现状",)), (middle, SECOND + 5, ()))
    found = chunk_measures(cut, [CASE])
    assert found["characters lost"] == 7 + 2
    assert found["heading path kept"] == 0.5
    assert found["quote whole"] == 0.0


def test_lengths_are_percentiles_and_nothing_is_unmeasured() -> None:
    cut = Cut(*((START + n, START + n + 1, ()) for n in range(20)))
    assert chunk_measures(cut)["chunk length p95"] == 1.0
    assert chunk_measures(cut)["quote whole"] is None
    assert chunk_measures(Cut())["chunk length p50"] is None


def test_a_quote_outside_the_body_is_none_of_the_cutter_s() -> None:
    header = Case("h", ("页眉？",), "metadata", True, answers=(("页眉",),), evidence=((Quote("L", "页眉"),),))
    assert chunk_measures(Cut((START, len(TEXT), ())), [header])["quote whole"] is None
