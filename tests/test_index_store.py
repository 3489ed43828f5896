"""A store takes letters and gives them up as a whole, and serves an engine; any other that does the same can stand in its place."""

from collections.abc import Callable, Collection, Iterable, Mapping
from pathlib import Path

import numpy as np
import pytest

from corpus.letter import Letter
from index.chunks import chunks
from index.engine import FIELDS, Store
from index.hit import Filters
from index.lexical import Scores, Tokens, weighted
from index.searchable import encoded, indexed
from index.store import LocalStore
from index.vectors import Floats, Rows
from index.words import bigrams, words
from tests.index_fakes import Hashing, letter

CUTTERS = {"words": words, "bigrams": bigrams}


class InMemory:
    """Everything in lists, every question answered by looking at all of it: an engine and what it serves of one moment."""

    def __init__(self, letters: Mapping[str, Letter]) -> None:
        self._letters = dict(sorted(letters.items()))
        self._chunks = [(each, chunk) for each in self._letters.values() for chunk in chunks(each)]
        self._vectors = Hashing().encode([encoded(each, chunk) for each, chunk in self._chunks])

    @property
    def engine(self) -> "InMemory":
        return self

    def letter(self, letter_id: str) -> Letter:
        return self._letters[letter_id]

    def ids(self) -> tuple[str, ...]:
        return tuple(self._letters)

    def count(self) -> int:
        return len(self._chunks)

    def filter(self, filters: Filters) -> Rows | None:
        if not filters.region:
            return None
        places = [each.metadata.region for each, _ in self._chunks]
        return np.array([row for row, p in enumerate(places) if p and filters.region in p.value], dtype=np.int64)

    def frequency(self, field: str, token: str) -> int:
        return sum(token in self._tokens(field, row) for row in range(self.count()))

    def sparse(self, field: str, tokens: Tokens, k: int, among: Rows | None = None) -> Rows:
        scores = self.sparse_scores(field, tokens, np.arange(self.count()))
        return self._best(np.where(scores > 0, scores, -1), k, among)

    def sparse_scores(self, field: str, tokens: Tokens, rows: Rows) -> Scores:
        weights = weighted(tokens)
        held = [self._tokens(field, int(row)) for row in rows]
        return np.array([sum(w for t, w in weights.items() if t in h) for h in held], dtype=np.float32) / 9

    def dense(self, vector: Floats, k: int, among: Rows | None = None) -> Rows:
        return self._best(self._vectors @ vector, k, among)

    def dense_scores(self, vector: Floats, rows: Rows) -> Scores:
        return np.asarray(self._vectors[rows] @ vector, dtype=np.float32)

    def _tokens(self, field: str, row: int) -> set[str]:
        return {token for text in indexed(*self._chunks[row]) for token in CUTTERS[field](text)}

    def _best(self, scores: Scores, k: int, among: Rows | None) -> Rows:
        allowed = np.arange(len(scores)) if among is None else among
        order = allowed[np.argsort(-scores[allowed], kind="stable")]
        return order[scores[order] > -1][:k]


class InMemoryStore:
    """A store that fulfils the protocol and shares nothing with ours."""

    def __init__(self) -> None:
        self._letters: dict[str, Letter] = {}

    def upsert(
        self, letters: Iterable[Letter], *, corpus: str = "", sources: Mapping[str, str] | None = None
    ) -> object:
        self._letters |= {each.id: each for each in letters}
        return corpus

    def delete(self, ids: Collection[str], *, corpus: str = "") -> object:
        self._letters = {key: each for key, each in self._letters.items() if key not in ids}
        return corpus

    def snapshot(self) -> InMemory:
        return InMemory(self._letters)

    def health(self) -> list[str]:
        return []


STORES: dict[str, Callable[[Path], Store]] = {
    "local": lambda folder: LocalStore(folder, Hashing()),
    "in memory": lambda folder: InMemoryStore(),
}


@pytest.fixture(params=STORES)
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Store:
    made = STORES[request.param](tmp_path)
    made.upsert([letter(f"复文{n}") for n in range(6)])
    return made


def test_letters_come_are_replaced_and_go(store: Store) -> None:
    store.upsert([letter("复文2", 5), letter("新来的")])
    store.delete(["复文4", "没有的"])
    now = store.snapshot()
    assert now.ids() == tuple(sorted(["新来的", *(f"复文{n}" for n in (0, 1, 2, 3, 5))]))
    assert now.letter("复文2") == letter("复文2", 5)
    assert now.engine.count() == sum(len(chunks(now.letter(key))) for key in now.ids())
    assert store.health() == []


def test_a_snapshot_stays_as_it_was(store: Store) -> None:
    before = store.snapshot()
    count, rows = before.engine.count(), before.engine.sparse("words", ["瞪羚", "万元"], 5)
    store.upsert([letter("新来的")])
    store.delete(["复文0"])
    assert before.engine.count() == count
    assert before.engine.sparse("words", ["瞪羚", "万元"], 5).tolist() == rows.tolist()
    assert "新来的" in store.snapshot().ids()
    assert "新来的" not in before.ids()


def test_what_is_found_scores_best_first_and_lies_among_what_passes(store: Store) -> None:
    engine = store.snapshot().engine
    passing = engine.filter(Filters(region="昆明市"))
    assert passing is not None
    assert engine.filter(Filters()) is None
    vector = Hashing().encode(["昆明市瞪羚企业投入"])[0]
    for among in (None, passing):
        near = engine.dense(vector, 4, among)
        assert (np.diff(engine.dense_scores(vector, near)) <= 0).all()
        for field in FIELDS:
            tokens = CUTTERS[field]("昆明市瞪羚企业投入")
            found = engine.sparse(field, tokens, 4, among)
            scores = engine.sparse_scores(field, tokens, found)
            assert len(found) == len(near) == 4
            assert (np.diff(scores) <= 0).all()
            assert (scores > 0).all()
            assert among is None or set(found) | set(near) <= set(passing)


def test_tokens_are_counted_by_chunk_and_weigh_what_they_are_given(store: Store) -> None:
    engine = store.snapshot().engine
    everything = np.arange(engine.count())
    held = engine.sparse_scores("words", {"瞪羚": 1.0}, everything) > 0
    assert engine.frequency("words", "瞪羚") == held.sum()
    assert engine.frequency("words", "没有这个词") == 0
    rows = engine.sparse("words", {"瞪羚": 1.0}, 3)
    both = {"瞪羚": 1.0, "引进": 0.5}
    assert (engine.sparse_scores("words", both, rows) >= engine.sparse_scores("words", {"瞪羚": 0.5}, rows)).all()


def test_two_threads_find_what_one_finds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = LocalStore(tmp_path, Hashing())
    for n in range(3):
        # Segments of unlike sizes are not joined.
        store.upsert([letter(f"复文{n}-{at}") for at in range(1 + 30 * (2 - n))])
    vectors = Hashing().encode(["昆明市瞪羚企业投入", "人才引进", "概念验证中心"])
    one = [store.snapshot().engine.dense(vector, 20).tolist() for vector in vectors]
    monkeypatch.setattr("index.engine._MANY", 0)
    engine = store.snapshot().engine
    assert len(list((tmp_path / "segments").iterdir())) > 1
    assert [engine.dense(vector, 20).tolist() for vector in vectors] == one
