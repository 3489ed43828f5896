"""Our scoring of the stored impacts agrees with bm25s, the reference."""

import math
from collections.abc import Sequence
from pathlib import Path

import bm25s
import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from index import lexical, postings
from index.lexical import Lexical
from index.postings import Counted, Postings, impact, quantised, write_joined

TOKENS = st.lists(st.sampled_from(["高企", "瞪羚", "2022", "昆明", "r&d", "奖补", "人才"]), max_size=12)
QUERY = st.dictionaries(
    st.sampled_from(["高企", "2022", "昆明", "人才", "无此词"]), st.sampled_from([1.0, 0.5]), min_size=1
)


def field(folder: Path, documents: Sequence[Sequence[str]]) -> Postings:
    folder.mkdir(exist_ok=True, parents=True)
    counted = Counted()
    for tokens in documents:
        counted.add(tokens)
    counted.write(folder, "words")
    return Postings(folder, "words", len(documents))


def all_scores(found: Lexical, tokens: object, count: int, segment: int = 0) -> np.ndarray:
    return found.scores(found.ask(tokens), segment, np.arange(count))  # type: ignore[arg-type]  # a list or weights, as ask takes them


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(TOKENS, min_size=1, max_size=8).filter(any),
    st.sets(st.sampled_from(["高企", "2022", "昆明", "无此词"]), min_size=1),
)
def test_scores_agree_with_bm25s_where_the_average_length_is_our_constant(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, documents: list[list[str]], query: set[str]
) -> None:
    """Impacts have eight bits: each may be off by a 255th of the rarity of its token, at most ln(1 + 8.5 / 0.5) = 2.9."""
    monkeypatch.setitem(postings.PIVOTS, "words", sum(map(len, documents)) / len(documents))
    ours = Lexical([field(tmp_path, documents)], [len(documents)])
    reference = bm25s.BM25(k1=1.5, b=0.75, method="lucene")
    reference.index(documents, show_progress=False)
    known = [token for token in query if token in reference.vocab_dict]
    wanted = reference.get_scores(known) if known else np.zeros(len(documents))
    assert np.allclose(all_scores(ours, query, len(documents)), wanted, atol=len(query) * 2.9 / 255)


def test_the_ceiling_is_the_sum_of_the_weights_of_a_full_match(tmp_path: Path) -> None:
    """Two chunks; 高企 in one: idf ln(1 + 1.5/1.5) = ln 2; 无此词 in none: ln(1 + 2.5/0.5) = ln 6; times k1 + 1 = 2.5."""
    ours = Lexical([field(tmp_path, [["高企", "昆明"], ["昆明"]])], [2])
    assert math.isclose(ours.ask(["高企", "无此词", "高企"]).ceiling, 2.5 * (math.log(2) + math.log(6)))
    assert math.isclose(ours.ask({"高企": 1.0, "无此词": 0.5}).ceiling, 2.5 * math.log(2))
    assert math.isclose(ours.ask({"高企": 0.5}).ceiling, 2.5 * math.log(2) / 2)
    assert all_scores(ours, ["高企"], 2)[0] < 0.4 * ours.ask(["高企"]).ceiling
    assert (ours.frequency("昆明"), ours.frequency("高企"), ours.frequency("无此词")) == (2, 1, 0)


def test_a_token_of_half_the_weight_adds_half(tmp_path: Path) -> None:
    ours = Lexical([field(tmp_path, [["高企", "昆明"], ["昆明"]])], [2])
    assert np.allclose(all_scores(ours, {"高企": 0.5}, 2), all_scores(ours, ["高企"], 2) / 2)


def test_a_field_without_any_token_can_be_written_and_asked(tmp_path: Path) -> None:
    ours = Lexical([field(tmp_path, [[], []])], [2])
    assert all_scores(ours, ["昆明"], 2).tolist() == [0, 0]
    assert len(ours.best(ours.ask(["昆明"]), 0, 5)[0]) == 0


def test_an_impact_is_worked_out_by_hand() -> None:
    """Twice in a chunk as long as the constant: 2 / (2 + 1.5 · (0.25 + 0.75)) = 0.571…; times 255 = 145.7 → 146."""
    assert quantised(impact([2], [190], 190.0)).tolist() == [146]


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(TOKENS, min_size=2, max_size=8), QUERY, st.integers(1, 7))
def test_scores_do_not_depend_on_how_chunks_are_parted(
    tmp_path: Path, documents: list[list[str]], query: dict[str, float], at: int
) -> None:
    at = min(at, len(documents) - 1)
    whole = Lexical([field(tmp_path / "whole", documents)], [len(documents)])
    first, second = field(tmp_path / "1", documents[:at]), field(tmp_path / "2", documents[at:])
    parted = Lexical([first, second], [at, len(documents) - at])
    wanted = all_scores(whole, query, len(documents)).tobytes()
    found = [all_scores(parted, query, at), all_scores(parted, query, len(documents) - at, 1)]
    assert np.concatenate(found).tobytes() == wanted
    rows = np.arange(len(documents))
    (tmp_path / "joined").mkdir(exist_ok=True)
    write_joined(tmp_path / "joined", "words", [(second, rows[at:]), (first, rows[:at])], len(documents))
    joined = Lexical([Postings(tmp_path / "joined", "words", len(documents))], [len(documents)])
    assert all_scores(joined, query, len(documents)).tobytes() == wanted
    for part in ("keys", "starts", "rows", "impacts"):
        made = [(tmp_path / where / f"words.{part}").read_bytes() for where in ("whole", "joined")]
        assert made[0] == made[1]


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(TOKENS, min_size=1, max_size=30), QUERY, st.integers(1, 5))
def test_passing_over_common_tokens_changes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, documents: list[list[str]], query: dict[str, float], k: int
) -> None:
    ours = Lexical([field(tmp_path, documents)], [len(documents)])
    found = {}
    for long in (0, 1 << 20):
        monkeypatch.setattr(lexical, "_LONG", long)
        rows, scores = ours.best(ours.ask(query), 0, k)
        found[long] = sorted(zip(rows.tolist(), scores.tolist(), strict=True))
    assert found[0] == found[1 << 20]
    every = all_scores(ours, query, len(documents))
    assert sorted((s for _, s in found[0]), reverse=True)[:k] == sorted(every[every > 0].tolist(), reverse=True)[:k]
