"""Looking letters up by what is on record, in a corpus of any size."""

from hypothesis import given
from hypothesis import strategies as st

from assistant.directory import Directory
from assistant.understand import fold
from corpus.letter import Letter, Metadata, Stated
from index.records import record_of

NAMES = st.text("张三丰李A0１ ", min_size=1, max_size=4).filter(lambda name: fold(name))


def letter(at: int, numbers: list[str], persons: list[str], reference: str, region: str = "") -> Letter:
    metadata = Metadata(
        kind=Stated("人大建议"),
        numbers=tuple(map(Stated, numbers)),
        proposers=tuple(map(Stated, persons)),
        doc_no=Stated(reference) if reference else None,
        region=Stated(region) if region else None,
    )
    return Letter(f"{at:03d}", f"{at}.txt", "…", metadata)


def directory(letters: list[Letter]) -> Directory:
    return Directory(lambda: map(record_of, letters), {one.id: one for one in letters}.__getitem__)


@given(
    st.lists(st.tuples(st.lists(st.from_regex("[0-9]{1,3}", fullmatch=True)), st.lists(NAMES), NAMES), max_size=6),
    st.text("张三丰李A0１请问。", max_size=12),
    st.lists(st.from_regex("[1-9][0-9]{0,2}", fullmatch=True), max_size=2),
)
def test_looking_up_finds_what_going_through_all_letters_finds(
    rows: list[tuple[list[str], list[str], str]], question: str, asked: list[str]
) -> None:
    letters = [letter(at, *row) for at, row in enumerate(rows)]
    found, folded = directory(letters), fold(question)
    assert found.by_person(question) == tuple(
        one for one in letters if any(len(p.value) >= 2 and fold(p.value) in folded for p in one.metadata.proposers)
    )
    assert found.by_reference(question) == tuple(
        one for one in letters if one.metadata.doc_no and fold(one.metadata.doc_no.value) in folded
    )
    assert found.by_number(asked) == tuple(
        one for one in letters if {n.value.lstrip("0") for n in one.metadata.numbers} & {n.lstrip("0") for n in asked}
    )


def test_only_the_letters_that_are_found_are_read() -> None:
    letters = [letter(at, [f"{at:05d}"], [f"张三{at}"], f"昆科〔2023〕{at}号", "昆明市") for at in range(1, 200)]
    read: list[str] = []

    def of(key: str) -> Letter:
        read.append(key)
        return letters[int(key) - 1]

    found = Directory(lambda: map(record_of, letters), of)
    assert [one.id for one in found.by_number(["77"])] == ["077"]
    assert found.by_reference("昆科〔2023〕150号是谁写的")[0].id == "150"
    assert found.has_region("昆明")
    assert read == ["077", "150"]
    assert len(found.records) == len(letters)


def test_a_text_without_record_is_looked_up_by_nothing() -> None:
    plain = Letter("文章", "文章.txt", "…", Metadata(kind=Stated("其他"), doc_no=Stated("昆科〔2023〕1号")))
    assert directory([plain]).records == ()
    assert directory([plain]).by_reference("昆科〔2023〕1号") == ()
