"""The features of a chunk, by a small example each, and the model that may put the best in order."""

from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.letter import Letter, Metadata, Stated
from index.asking import read_asking
from index.build import build_index
from index.embedding import open_embedder
from index.hit import Chunk
from index.rerank import NAMES, Candidate, Unit, features, match, read_weights, score
from index.search import open_index
from index.thesaurus import expansions

UNITS = (Unit("停车", 2.0), Unit("借钱", 1.0, (("融资", 0.5),)), Unit("老人", 1.0))


def chunk(text: str, *path: str) -> Chunk:
    return Chunk("a", 0, len(text), text, path)


def found(question: str, text: str, data: Metadata | None = None, path: tuple[str, ...] = ()) -> dict[str, float]:
    letter = Letter("a", "a.txt", text, data or Metadata())
    return features(read_asking(question), UNITS, Candidate(0, chunk(text, *path), letter, {}), 0.5)[0]


def test_coverage_counts_by_rarity_and_other_forms_by_how_surely() -> None:
    """停车 weighs 2 of 4; 融资 stands for 借钱 by half of 1: cover 2/4, meant (2 + 0.5)/4, in one sentence the same."""
    matched = match(UNITS, chunk("停车与融资。养老。"))
    assert (matched.cover, matched.meant, matched.near) == (0.5, 0.625, 0.625)
    assert matched.terms == ("停车",)
    assert matched.expansions == (("借钱", "融资"),)


def test_words_that_stand_in_one_sentence_are_nearer() -> None:
    assert match(UNITS, chunk("老人停车优惠。")).near > match(UNITS, chunk("老人优惠。停车收费。")).near
    assert match(UNITS, chunk("收费。", "三、停车")).headed == 0.5


def test_place_kind_and_value_are_compared_with_the_question() -> None:
    data = Metadata(region=Stated("大连市"), kind=Stated("人大建议"), date=Stated("2024-08-09"))
    here = found("大连2024年人大代表建议补多少钱", "每车补20元。", data)
    assert (here["place"], here["elsewhere"], here["kind"], here["year"], here["value"]) == (1, 0, 1, 1, 1)
    there = found("昆明2023年政协提案补多少钱", "修了桥。", data)
    assert (there["place"], there["elsewhere"], there["kind"], there["year"], there["value"]) == (0, 1, 0, -1, 0)


def test_what_repeats_the_proposal_is_told_apart_unless_it_is_asked_for() -> None:
    path = ("一、提案的主要内容",)
    assert found("停车怎么办", "建议增加停车位。", path=path)["proposal"] == 1
    assert found("委员提了哪几点", "建议增加停车位。", path=path)["proposal"] == 0


def test_every_feature_has_a_weight_in_the_file() -> None:
    weights = read_weights()
    assert set(weights) == set(NAMES)
    assert weights["elsewhere"] < 0 < weights["place"]
    assert score(dict.fromkeys(NAMES, 0.0), weights) == 0.0


@settings(deadline=None)
@given(st.text(max_size=60), st.text(min_size=1, max_size=120))
def test_shares_are_shares_for_any_question_and_text(question: str, text: str) -> None:
    units = [Unit(word, 1.0, tuple((e.means, e.weight) for e in expansions(question))) for word in question.split()]
    letter = Letter("a", "a.txt", text)
    made, matched = features(read_asking(question), units, Candidate(0, chunk(text), letter, {}), 0.5)
    assert set(made) == set(NAMES)
    assert all(-1.0 <= value <= 1.0 for value in made.values())
    assert 0.0 <= matched.near <= matched.meant + 1e-9
    assert matched.cover <= matched.meant + 1e-9


class Reader:
    """A model that likes long texts, and remembers what it was given."""

    def __init__(self) -> None:
        self.given: list[tuple[str, int]] = []

    def score(self, question: str, texts: Sequence[str]) -> list[float]:
        self.given.append((question, len(texts)))
        return [float(len(text)) for text in texts]


@pytest.mark.parametrize("question", ["停车难怎么解决", "停车收多少钱"])
def test_a_model_that_reads_pairs_orders_the_best_hits(tmp_path: Path, question: str) -> None:
    texts = {"a": "停车难。", "b": "停车位新增九千四百个。", "c": "停车场夜间向周边居民开放，每晚收费不超过五元。"}
    build_index([Letter(name, f"{name}.txt", text) for name, text in texts.items()], tmp_path, open_embedder())
    index, reader = open_index(tmp_path, open_embedder()), Reader()
    hits = index.reading(reader).search(question)
    assert [hit.chunk.letter for hit in hits] == ["c", "b", "a"]
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
    assert reader.given == [(question, 3)]
    assert index.reading(reader).reading(None).search(question) == index.search(question)
