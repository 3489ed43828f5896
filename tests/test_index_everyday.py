"""Translation by example: which examples are near a question, and how far they move its vector."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from index.embedding import Vectors, open_embedder
from index.everyday import EXAMPLES, Everyday, open_everyday, question_vector, write_examples
from index.training.rows import Row, read_everyday, split_everyday

FOREIGNERS = ("老外来厂里上班，两个证能不能合一块办", "外国人来华工作许可与居留许可一窗通办")
LOANS = ("小厂子借不到钱咋办", "缓解小微企业融资难问题")
LATIN = ("搞R&D花的钱补不补", "研发费用后补助")
FEW = Everyday([FOREIGNERS, LOANS, LATIN])


class Remembering:
    """An embedder of two dimensions: questions are [1, 0], all else [0, 1]; remembers what it was given."""

    name, dimension = "remembering", 2

    def __init__(self) -> None:
        self.asked: list[tuple[str, bool]] = []

    def fingerprint(self) -> str:
        return "remembering"

    def encode(self, texts: Sequence[str], *, query: bool = False) -> Vectors:
        self.asked += [(text, query) for text in texts]
        return np.array([[1, 0] if query else [0, 1] for _ in texts], dtype=np.float32)


def test_the_example_that_shares_rare_pairs_comes_first_with_its_official_wording() -> None:
    first = FEW.expand("老外来昆明上班,办证件是不是得两头跑")[0]
    assert (first.everyday, first.official) == FOREIGNERS
    assert 0 < first.weight < 1


def test_the_weight_is_the_rarity_of_the_common_pairs_over_the_geometric_mean_of_both() -> None:
    """One example AB, one BC: each pair is in one of two, idf ln(1 + 1.5/1.5) = ln 2. The question AB BD: the pair BD is
    in none, idf ln(1 + 2.5/0.5) = ln 6. Weight ln 2 / sqrt((ln 2 + ln 6) · ln 2) = sqrt(ln 2 / ln 12) = 0.5282."""
    (only,) = Everyday([("甲乙", "一"), ("乙丙", "二")]).expand("甲乙，乙丁")
    assert only.official == "一"
    assert only.weight == pytest.approx(0.5282, abs=1e-4)


def test_a_question_equal_to_an_example_weighs_one_whatever_its_width_and_case() -> None:
    assert FEW.expand("搞ｒ&ｄ花的钱补不补？")[0].weight == pytest.approx(1)


def test_pairs_do_not_reach_across_examples_or_punctuation() -> None:
    assert Everyday([("你好", "一"), ("世界", "二")]).expand("好世") == ()
    assert Everyday([("你好，世界", "一")]).expand("好世") == ()


@pytest.mark.parametrize("question", ["", " ", "。？！", "\x00", "\ud800", "\n\n"])
def test_a_question_without_words_is_near_nothing(question: str) -> None:
    assert FEW.expand(question) == ()


def test_without_examples_nothing_is_near_and_nothing_moves() -> None:
    vector = np.array([1, 0], dtype=np.float32)
    assert Everyday([]).expand("小厂子") == ()
    assert Everyday([]).move("小厂子", vector, Remembering()) is vector


def test_equally_near_examples_come_in_their_order() -> None:
    twins = Everyday([("小厂子", "一"), ("小厂子", "二"), ("小厂子", "三")])
    assert [near.official for near in twins.expand("小厂子", k=2)] == ["一", "二"]


@given(st.text(max_size=60))
def test_any_text_finds_at_most_five_examples_nearest_first_with_weights_up_to_one(question: str) -> None:
    weights = [near.weight for near in open_everyday().expand(question)]
    assert len(weights) <= 5
    assert weights == sorted(weights, reverse=True)
    assert all(0 < weight <= 1 + 1e-9 for weight in weights)


def test_a_question_moves_towards_the_official_wording_as_far_as_the_examples_are_near() -> None:
    """The vector [1, 0] and examples at [0, 1]: moved by the sum s of their weights it is [1, s] at length one."""
    embedder = Remembering()
    question = "小厂子借钱"
    near = FEW.expand(question)
    total = sum(each.weight for each in near)
    moved = FEW.move(question, np.array([1, 0], dtype=np.float32), embedder)
    assert moved == pytest.approx(np.array([1, total]) / np.hypot(1, total), abs=1e-6)
    assert embedder.asked == [(each.official, False) for each in near]


def test_a_question_without_known_tokens_stays_a_row_of_zeros() -> None:
    zeros = np.zeros(2, dtype=np.float32)
    assert not FEW.move("小厂子", zeros, Remembering()).any()


def test_another_model_than_the_built_in_one_is_not_moved() -> None:
    embedder = Remembering()
    assert question_vector("小厂子借不到钱", embedder).tolist() == [1, 0]
    assert embedder.asked == [("小厂子借不到钱", True)]


def test_the_built_in_model_is_moved_and_stays_at_length_one() -> None:
    embedder = open_embedder()
    moved = question_vector("老外来昆明上班,办证件是不是得两头跑", embedder)
    still = embedder.encode(["老外来昆明上班,办证件是不是得两头跑"], query=True)[0]
    assert np.linalg.norm(moved) == pytest.approx(1, abs=1e-5)
    assert 0.7 < float(moved @ still) < 0.99


@pytest.fixture(scope="module")
def parts() -> tuple[list[Row], list[Row]]:
    return split_everyday(read_everyday())


def test_the_file_is_what_the_training_rows_give_and_holds_no_figure(tmp_path: Path) -> None:
    write_examples(tmp_path / "again.tsv")
    text = EXAMPLES.read_text(encoding="utf-8")
    assert text == (tmp_path / "again.tsv").read_text(encoding="utf-8")
    assert not any(
        letter.isdigit() and letter.isascii() for line in text.splitlines() for letter in line.split("\t")[1]
    )


def test_no_held_out_question_is_among_the_examples(parts: tuple[list[Row], list[Row]]) -> None:
    examples = {line.split("\t")[0] for line in EXAMPLES.read_text(encoding="utf-8").splitlines()}
    assert not examples & {row.a for row in parts[1]}


def test_held_out_everyday_questions_find_their_sentence_sooner(parts: tuple[list[Row], list[Row]]) -> None:
    """353 questions among 521 sentences: mean reciprocal rank .621 before, .624 after, when this was written."""
    held = [row for row in parts[1] if row.kind == "qa"]
    texts = sorted({t for row in parts[1] if row.kind in ("qa", "hard") for t in (row.b, row.wrong) if t})
    embedder = open_embedder()
    pool, right = embedder.encode(texts), [texts.index(row.b) for row in held]
    still = embedder.encode([row.a for row in held], query=True)
    moved = np.stack([question_vector(row.a, embedder) for row in held])
    before, after = (_reciprocal_rank(vectors @ pool.T, right) for vectors in (still, moved))
    assert after > before


def _reciprocal_rank(scores: NDArray[np.float32], right: list[int]) -> float:
    own = scores[np.arange(len(right)), right][:, None]
    return float((1 / (1 + (scores > own).sum(axis=1))).mean())
