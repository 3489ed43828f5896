"""Chunks cover a letter once, in order, and know the headings above them."""

from hypothesis import given
from hypothesis import strategies as st

from corpus.letter import Letter, Section
from index.chunks import chunks

TEXT = st.text(st.sampled_from("昆明市科技创新一二三、。！？；，：“”《》()1.2 \n\t　ab"), max_size=300)


@st.composite
def letters(draw: st.DrawFn) -> Letter:
    text = draw(TEXT)
    cuts = sorted(draw(st.lists(st.integers(0, len(text)), min_size=2, max_size=2)))
    sections = []
    for _ in range(draw(st.integers(0, 5))):
        start, end = sorted(draw(st.tuples(st.integers(0, len(text)), st.integers(0, len(text)))))
        heading = text[start : min(end, start + draw(st.integers(0, 9)))]
        sections.append(Section(1, heading, (heading,), start, end))
    return Letter("a", "a.txt", text, sections=tuple(sections), body=(cuts[0], cuts[1]))


@given(letters(), st.integers(1, 60))
def test_chunks_cover_every_character_of_the_body_once_and_in_order(letter: Letter, limit: int) -> None:
    every = chunks(letter, limit=limit)
    assert list(every) == sorted(every, key=lambda chunk: chunk.start)
    made = [chunk for chunk in every if not chunk.record]
    start, end = letter.body if letter.body[1] > letter.body[0] else (0, len(letter.text))
    assert "".join(chunk.text for chunk in made) == letter.text[start:end]
    at = start
    for chunk in made:
        assert chunk.start == at < chunk.end
        assert letter.text[chunk.start : chunk.end] == chunk.text
        at = chunk.end
    assert at == end


@given(letters(), st.integers(1, 60))
def test_what_stands_outside_the_body_is_in_chunks_of_the_record(letter: Letter, limit: int) -> None:
    start, end = letter.body if letter.body[1] > letter.body[0] else (0, len(letter.text))
    record = "".join(chunk.text for chunk in chunks(letter, limit=limit) if chunk.record)
    outside = [text for text in (letter.text[:start], letter.text[end:]) if text.strip()]
    assert record == "".join(outside)


@given(TEXT, st.integers(1, 60))
def test_a_text_without_sections_gives_no_chunk_longer_than_the_limit_and_a_scrap(text: str, limit: int) -> None:
    assert all(len(chunk.text) <= limit + limit // 8 for chunk in chunks(Letter("a", "a", text), limit=limit))


def test_a_heading_goes_into_the_chunk_that_follows_it() -> None:
    text = "王五委员:\n您的提案收悉。\n一、工作情况\n(一)育企业\n认定高企10家。\n(二)引人才\n引进3人。\n二、下一步\n继续努力。\n感谢您!"
    at = text.index
    sections = (
        Section(1, "一、工作情况", ("一、工作情况",), at("一、"), at("二、下一步")),
        Section(2, "(一)育企业", ("一、工作情况", "(一)育企业"), at("(一)"), at("(二)")),
        Section(2, "(二)引人才", ("一、工作情况", "(二)引人才"), at("(二)"), at("二、下一步")),
        Section(1, "二、下一步", ("二、下一步",), at("二、下一步"), at("感谢")),
    )
    made = chunks(Letter("a", "a.txt", text, sections=sections, body=(0, len(text))))
    assert [(chunk.text, chunk.heading_path) for chunk in made] == [
        ("王五委员:\n您的提案收悉。\n", ()),
        ("一、工作情况\n(一)育企业\n认定高企10家。\n", ("一、工作情况", "(一)育企业")),
        ("(二)引人才\n引进3人。\n", ("一、工作情况", "(二)引人才")),
        ("二、下一步\n继续努力。\n", ("二、下一步",)),
        ("感谢您!", ()),
    ]


def test_a_long_section_is_cut_at_sentence_ends_into_parts_of_about_equal_length() -> None:
    sentence = "昆明市持续推进科技创新工作并取得新的成效。"
    made = chunks(Letter("a", "a.txt", sentence * 30), limit=400)
    assert [len(chunk.text) for chunk in made] == [len(sentence) * 15] * 2


def test_paragraphs_of_a_text_without_sections_are_joined_up_to_the_limit() -> None:
    text = "\n".join(["甲" * 90, "乙" * 90, "丙" * 90])
    assert [chunk.text for chunk in chunks(Letter("a", "a.txt", text), limit=200)] == [
        "甲" * 90 + "\n" + "乙" * 90 + "\n",
        "丙" * 90,
    ]


def test_a_text_of_nothing_has_no_chunks() -> None:
    assert chunks(Letter("a", "a.txt", "")) == ()


def test_the_heading_of_a_long_section_is_no_chunk_of_its_own() -> None:
    text = "(三)加强科技人才队伍建设\n" + "引进高层次人才," * 48 + "。\n" + "培养本地人才," * 40 + "。"
    section = Section(1, "(三)加强科技人才队伍建设", ("(三)加强科技人才队伍建设",), 0, len(text))
    made = chunks(Letter("a", "a.txt", text, sections=(section,), body=(0, len(text))))
    assert len(made) == 2
    assert made[0].text.startswith("(三)加强科技人才队伍建设\n引进")
