"""Search over small indexes of made-up letters."""

import zlib
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from corpus.errors import BrokenIndex, InputError, UnknownLetter
from corpus.letter import Letter, Metadata, Stated
from index.build import build_index
from index.hit import Filters
from index.search import Index, open_index
from index.words import bigrams


class Hashing:
    """A deterministic embedder: bigrams hashed into 64 signed cells; remembers what it was asked."""

    def __init__(self, name: str = "hashing") -> None:
        self.name, self.dimension = name, 64
        self.asked: list[str] = []

    def fingerprint(self) -> str:
        return f"{self.name}-64"

    def encode(self, texts: Sequence[str], *, query: bool = False) -> NDArray[np.float32]:
        if query:
            self.asked.extend(texts)
        rows = np.zeros((len(texts), self.dimension), dtype=np.float32)
        for row, text in zip(rows, texts, strict=True):
            for pair in bigrams(text):
                hashed = zlib.crc32(pair.encode())
                row[hashed % 64] += 1 if hashed & 64 else -1
        length = np.linalg.norm(rows, axis=1, keepdims=True)
        return np.asarray(rows / np.where(length > 0, length, 1), dtype=np.float32)


def letter(name: str, text: str, region: str | None = None, date: str | None = None, kind: str = "政协提案") -> Letter:
    return Letter(
        name,
        f"{name}.txt",
        text,
        Metadata(
            kind=Stated(kind),
            region=Stated(region) if region else None,
            date=Stated(date) if date else None,
        ),
    )


LETTERS = (
    letter("a", "陈德理委员:\n关于瞪羚企业培育的提案收悉。昆明市已培育瞪羚企业12家。", "云南省昆明市", "2023-06-19"),
    letter("b", "银川市葡萄酒检验检测中心建成,服务企业30家。", "银川市", "2022-09-14"),
    letter("c", "金华市R&D经费投入强度达到3.05%,概念验证中心入库170项。", "金华市", None, "人大建议"),
    letter("d", "昆明市科技特派员下乡服务,培育示范户2029户。", "昆明", "2022"),
)


@pytest.fixture
def index(tmp_path: Path) -> Index:
    build_index(LETTERS, tmp_path, Hashing(), corpus="四件")
    return open_index(tmp_path, Hashing())


def found(index: Index, query: str, **filters: str) -> list[str]:
    return [hit.chunk.letter for hit in index.search(query, filters=Filters(**filters))]


def test_the_chunk_that_answers_comes_first_with_every_searchers_score(index: Index) -> None:
    hit = index.search("瞪羚企业有多少家")[0]
    assert hit.chunk.letter == "a"
    assert hit.chunk.text == LETTERS[0].text[hit.chunk.start : hit.chunk.end]
    assert set(hit.scores) == {"words", "bigrams", "dense"}
    assert hit.scores["words"] > 0


def test_scores_fall_and_every_hit_has_some_score(index: Index) -> None:
    hits = index.search("昆明市服务企业")
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
    assert all(hit.score > 0 and max(hit.scores.values()) > 0 for hit in hits)


@pytest.mark.parametrize("query", ["", "   ", "。？！", "\x00\x01"])
def test_a_question_without_words_finds_nothing(index: Index, query: str) -> None:
    assert index.search(query) == []


@pytest.mark.parametrize("region", ["昆明", "昆明市", "云南省昆明市"])
def test_a_region_is_found_by_its_short_and_its_long_name(index: Index, region: str) -> None:
    assert set(found(index, "培育企业服务", region=region)) == {"a", "d"}


def test_filters_join(index: Index) -> None:
    assert set(found(index, "企业", year="2022")) <= {"b", "d"}
    assert found(index, "企业服务", year="2022", region="银川") == ["b"]
    assert found(index, "经费投入强度", kind="人大建议") == ["c"]
    assert found(index, "经费投入强度", region="上海") == []


def test_filters_apply_before_the_best_are_cut_off(tmp_path: Path) -> None:
    crowd = [letter(f"m{n:03}", "瞪羚企业培育瞪羚企业", "外地市") for n in range(300)]
    build_index([*crowd, letter("z", "本市有瞪羚企业一批,另有其他工作若干,内容很长。", "昆明市")], tmp_path, Hashing())
    index = open_index(tmp_path, Hashing())
    assert [hit.chunk.letter for hit in index.search("瞪羚企业培育", 5, Filters(region="昆明"))] == ["z"]


def test_equal_chunks_come_in_the_order_of_their_letters(tmp_path: Path) -> None:
    same = [letter(name, "科技创新平台建设") for name in ("c", "a", "b")]
    build_index(same, tmp_path, Hashing())
    assert found(open_index(tmp_path, Hashing()), "创新平台") == ["a", "b", "c"]


def test_a_letter_is_found_by_its_title_and_number_though_its_text_lacks_them(tmp_path: Path) -> None:
    data = Metadata(title=Stated("关于发展氢能的建议"), numbers=(Stated("153005"),))
    build_index([*LETTERS, Letter("h", "h.txt", "我局已开展三项工作。", data)], tmp_path, Hashing())
    index = open_index(tmp_path, Hashing())
    assert found(index, "氢能")[0] == "h"
    assert found(index, "第153005号建议")[0] == "h"
    assert index.knows("发展氢能")


def test_letters_are_read_back_as_they_were(index: Index) -> None:
    assert tuple(index.letters()) == LETTERS
    assert index.ids() == ("a", "b", "c", "d")
    assert index.letter("c") == LETTERS[2]
    assert "".join(chunk.text for chunk in index.chunks_of("c")) == LETTERS[2].text
    with pytest.raises(UnknownLetter, match="复文 x"):
        index.letter("x")


def test_knows_looks_for_whole_numbers_and_ignores_width_and_case(index: Index) -> None:
    assert index.knows("瞪羚企业")
    assert index.knows("Ｒ＆Ｄ 经费")
    assert index.knows("2029")
    assert not index.knows("29")
    assert not index.knows("独角兽")
    assert not index.knows(" ")


def test_rare_words_weigh_more_than_common_ones(index: Index) -> None:
    assert index.document_frequency("企业") == 2
    assert index.idf("独角兽") > index.idf("瞪羚") > index.idf("企业") > 0


def test_info_says_what_was_built(index: Index) -> None:
    info = index.info()
    assert (info["letters"], info["corpus"], info["embedder"]["name"]) == (4, "四件", "hashing")
    assert info["chunks"] == sum(len(index.chunks_of(name)) for name in index.ids())


def test_a_letter_removed_is_gone_from_everything_that_is_served(tmp_path: Path) -> None:
    build_index(LETTERS, tmp_path, Hashing())
    build_index(LETTERS[1:], tmp_path, Hashing())
    index = open_index(tmp_path, Hashing())
    assert "a" not in found(index, "瞪羚企业培育 陈德理委员")
    assert index.document_frequency("瞪羚") == 0
    assert not index.knows("瞪羚")


def test_an_index_of_no_letters_answers_nothing(tmp_path: Path) -> None:
    build_index([], tmp_path, Hashing())
    index = open_index(tmp_path, Hashing())
    assert index.search("企业") == []
    assert (index.ids(), list(index.letters()), index.knows("企业")) == ((), [], False)


def test_two_letters_of_one_id_are_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="复文 a：编号重复"):
        build_index([LETTERS[0], LETTERS[0]], tmp_path, Hashing())


def test_an_index_of_another_embedder_is_refused(tmp_path: Path) -> None:
    build_index(LETTERS, tmp_path, Hashing())
    with pytest.raises(BrokenIndex, match=r"hashing.*other.*fuwen index build"):
        open_index(tmp_path, Hashing("other"))


def test_equal_letters_make_equal_files_whatever_their_order(tmp_path: Path) -> None:
    one = build_index(LETTERS, tmp_path / "1", Hashing())
    two = build_index(LETTERS[::-1], tmp_path / "2", Hashing())
    assert one.manifest["segments"] == two.manifest["segments"]


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=80), st.integers(1, 5))
def test_any_question_gets_at_most_k_exact_slices(index: Index, query: str, k: int) -> None:
    hits = index.search(query, k)
    assert len(hits) <= k
    assert all(index.letter(h.chunk.letter).text[h.chunk.start : h.chunk.end] == h.chunk.text for h in hits)
