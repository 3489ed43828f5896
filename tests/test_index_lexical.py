"""Our scoring of the stored weights agrees with bm25s, the reference."""

import math
from pathlib import Path

import bm25s
import numpy as np
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from index.lexical import Lexical, write_lexical

TOKENS = st.lists(st.sampled_from(["高企", "瞪羚", "2022", "昆明", "r&d", "奖补", "人才"]), max_size=12)


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(TOKENS, min_size=1, max_size=8).filter(any),
    st.sets(st.sampled_from(["高企", "2022", "昆明", "无此词"]), min_size=1),
)
def test_scores_agree_with_bm25s(tmp_path: Path, documents: list[list[str]], query: set[str]) -> None:
    write_lexical(tmp_path, "words", documents)
    reference = bm25s.BM25(k1=1.5, b=0.75, method="lucene")
    reference.index(documents, show_progress=False)
    known = [token for token in query if token in reference.vocab_dict]
    wanted = reference.get_scores(known) if known else np.zeros(len(documents))
    assert np.allclose(Lexical(tmp_path, "words", len(documents)).scores(query), wanted, atol=1e-5)


def test_the_ceiling_is_the_sum_of_the_weights_of_a_full_match(tmp_path: Path) -> None:
    """Two chunks; 高企 in one: idf ln(1 + 1.5/1.5) = ln 2; 无此词 in none: ln(1 + 2.5/0.5) = ln 6; times k1 + 1 = 2.5."""
    write_lexical(tmp_path, "words", [["高企", "昆明"], ["昆明"]])
    field = Lexical(tmp_path, "words", 2)
    assert math.isclose(field.ceiling(["高企", "无此词", "高企"]), 2.5 * (math.log(2) + math.log(6)))
    assert field.scores(["高企"])[0] < field.ceiling(["高企"])
    assert (field.frequency("昆明"), field.frequency("高企"), field.frequency("无此词")) == (2, 1, 0)


def test_a_field_without_any_token_can_be_written_and_asked(tmp_path: Path) -> None:
    write_lexical(tmp_path, "words", [[], []])
    assert Lexical(tmp_path, "words", 2).scores(["昆明"]).tolist() == [0, 0]
