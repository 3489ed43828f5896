"""Each searcher alone, and the same index with other weights."""

from pathlib import Path

import pytest

from corpus.letter import Letter
from index.build import build_index
from index.embedding import open_embedder
from index.fusion import WEIGHTS
from index.search import Index, open_index

TEXTS = {
    "a": "昆明市已培育瞪羚企业12家。",
    "b": "银川市葡萄酒检验检测中心建成,服务企业30家。",
    "c": "对小微企业发放信用贷款,解决融资难问题。",
}


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Index:
    folder: Path = tmp_path_factory.mktemp("legs")
    embedder = open_embedder()
    build_index([Letter(name, f"{name}.txt", text) for name, text in TEXTS.items()], folder, embedder)
    return open_index(folder, embedder)


def test_every_searcher_has_a_ranking_of_its_own(index: Index) -> None:
    legs = index.legs("没地方借钱怎么办", 3)
    assert list(legs) == list(WEIGHTS)
    for leg, hits in legs.items():
        assert [hit.score for hit in hits] == sorted((hit.scores[leg] for hit in hits), reverse=True)
        assert all(hit.score == hit.scores[leg] > 0 for hit in hits)
    assert legs["words"] == []
    assert legs["dense"][0].chunk.letter == "c"


def test_a_searcher_without_weight_finds_nothing(index: Index) -> None:
    lexical = index.weighing({"words": 0.5, "bigrams": 0.5})
    assert lexical.search("没地方借钱怎么办") == []
    assert index.search("没地方借钱怎么办") != []
    dense = index.weighing({"dense": 1.0})
    assert dense.search("瞪羚企业", 3) == index.legs("瞪羚企业", 3)["dense"]
    assert index.weighing(None).search("瞪羚企业") == index.search("瞪羚企业")
