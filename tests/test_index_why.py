"""A hit tells a clerk why it was found; as a LangChain document it loses nothing."""

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from assistant.chain import LetterRetriever, document_of, hit_of
from assistant.show import hit_json, hit_text
from corpus.letter import Letter
from index.build import build_index
from index.embedding import open_embedder
from index.hit import Chunk, Hit, Why
from index.search import open_index
from index.terms import named_in, terms_of
from index.why import why_text
from tests.letters_elsewhere import letters

WORD = st.text(st.sampled_from("停车老人补助〈〉“a1"), min_size=1, max_size=4)
WHYS = st.builds(
    Why,
    st.lists(st.sampled_from(["words", "bigrams", "dense"]), max_size=3).map(tuple),
    st.lists(WORD, max_size=8).map(tuple),
    st.lists(st.tuples(WORD, WORD), max_size=8).map(tuple),
    st.lists(WORD, max_size=3).map(tuple),
    st.none() | WORD,
)


@given(WHYS)
def test_any_reason_is_one_line(why: Why) -> None:
    line = why_text(why)
    assert line
    assert "\n" not in line


def test_words_within_others_are_not_told_twice() -> None:
    assert why_text(Why(terms=("停车", "停车难"))) == "含“停车难”"
    assert (
        why_text(Why(expansions=(("借不到钱", "融资难"), ("借不到钱", "贷款"))))
        == "问的“借不到钱”，文中作“融资难”、“贷款”"
    )


@given(WHYS, st.text(max_size=40), st.integers(0, 9))
def test_a_document_makes_the_same_hit_again(why: Why, text: str, cut: int) -> None:
    parts = (Chunk("a", 5, 5 + cut, text[:cut], ("一、",)), Chunk("a", 5 + cut, 5 + len(text), text[cut:]))
    hit = Hit(
        Chunk("a", 5, 5 + len(text), text, (), True), 0.5, {"words": 0.25}, why, parts if cut <= len(text) else ()
    )
    assert hit_of(document_of(hit)) == hit


def test_the_retriever_gives_exact_offsets_and_the_reason(tmp_path: Path) -> None:
    build_index(letters(), tmp_path, open_embedder())
    index = open_index(tmp_path, open_embedder())
    documents = LetterRetriever(index=index, k=4).invoke("140087号今后工作安排有几条，都列出来")
    assert [hit_of(d) for d in documents] == index.search("140087号今后工作安排有几条，都列出来", 4)
    for document in documents:
        data = document.metadata
        assert index.letter(data["letter"]).text[data["start"] : data["end"]] == document.page_content
        assert isinstance(data["why"], str)


def test_a_hit_is_shown_with_its_place_and_its_reason() -> None:
    chunk = Chunk("a", 3, 203, "停车" * 100, ("一、\n工作",))
    shown = hit_json(Hit(chunk, 0.5, {"words": 0.5}, Why(("words",), ("停车",))), Letter("a", "a.txt", "…"))
    assert shown["why"]["text"] == "含“停车”；词语检索靠前"
    assert shown["found_by"] == ["words"]
    lines = hit_text(1, shown).split("\n")
    assert lines[0] == "1. a.txt > 一、 工作 3–203"
    assert lines[1] == "   依据：含“停车”；词语检索靠前"
    assert lines[2].endswith("…")


def test_letters_teach_names_and_a_question_names_them_whole() -> None:
    names = frozenset(name for letter in letters() for name in terms_of(letter))
    assert {"名师托管", "脐橙贷", "连城停", "山东省医养结合示范省创建行动方案"} <= names
    assert named_in("“脐橙贷”最高能贷多少", names) == ("脐橙贷",)
    assert named_in("", names) == ()


@given(st.text(max_size=60))
def test_a_name_found_in_a_question_stands_in_it(question: str) -> None:
    for name in named_in(question, frozenset({"停车场", "停车", "老人"})):
        assert name in question
