"""What search brings: the record, whole lists, all sides; over letters of other cities that the weights were not fitted on."""

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from index.build import build_index
from index.embedding import open_embedder
from index.hit import Filters, Hit
from index.search import Index, open_index
from tests.letters_elsewhere import QUESTIONS, letters

KINDS = ("metadata", "colloquial", "measures")


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Index:
    folder, embedder = tmp_path_factory.mktemp("elsewhere"), open_embedder()
    build_index(letters(), folder, embedder)
    return open_index(folder, embedder)


def held(index: Index, hits: Sequence[Hit], name: str, quote: str) -> bool:
    """Whether one of the hits holds the quote wholly, in the letter named."""
    return any(quote in hit.chunk.text and name in (hit.chunk.letter, "all") for hit in hits)


@pytest.mark.parametrize(("kind", "least"), [("metadata", 1.0), ("colloquial", 0.9), ("measures", 1.0)])
def test_the_first_five_hits_hold_what_strangers_ask_for(index: Index, kind: str, least: float) -> None:
    asked = [(name, question, quotes) for name, k, question, quotes in QUESTIONS if k == kind]
    found = [held(index, index.search(q, 5), name, quote) for name, q, quotes in asked for quote in quotes]
    assert sum(found) >= least * len(found)


def test_the_record_comes_first_where_it_is_asked_for(index: Index) -> None:
    first = index.search("潍坊那件的索引号", 5)[0]
    assert first.chunk.record
    assert "WF0031-2022-0417" in first.chunk.text
    assert first.why.brought == "所问信息所在"


def test_a_number_finds_its_letter_however_it_is_written(index: Index) -> None:
    for question in ("0216号建议是谁提的", "第216号是谁提的", "２１６号建议谁提的"):
        first = index.search(question, 3)[0]
        assert first.chunk.letter == "xf"
        assert "周晓梅" in first.chunk.text
        assert first.why.exact


def test_a_policy_is_found_by_its_number_and_by_its_title(index: Index) -> None:
    for question in ("襄教发[2023]18号是什么文件", "《襄阳市义务教育课后服务工作实施细则》讲什么"):
        assert "襄教发〔2023〕18号" in index.search(question, 1)[0].chunk.text


def test_a_list_comes_whole_and_says_so(index: Index) -> None:
    hit = index.search("赣州脐橙品质提升抓了哪三件事", 1)[0]
    assert all(mark in hit.chunk.text for mark in ("一是改种", "二是严打", "三是推行"))
    plans = index.search("140087号今后工作安排有几条，都列出来", 1)[0]
    assert plans.parts
    assert plans.why.brought
    assert all(mark in plans.chunk.text for mark in ("(一)完善", "(二)扩大", "(三)推进"))


def test_two_places_take_turns(index: Index) -> None:
    hits = index.search("襄阳的老师补助和潍坊护理员的奖励各是怎么给的", 2)
    assert {hit.chunk.letter for hit in hits} == {"xf", "wf"}


def test_courtesy_is_not_what_a_question_is_answered_by(index: Index) -> None:
    hits = index.search("赣州怎么关心支持果农，如何高度重视黄龙病", 3)
    assert not any(hit.chunk.text.startswith(("以上答复", "首先")) for hit in hits)


def test_the_box_of_a_page_is_not_what_a_question_of_matter_finds(index: Index) -> None:
    assert not index.search("医养结合机构有多少家", 1)[0].chunk.record


def test_an_everyday_question_says_what_it_was_taken_for(index: Index) -> None:
    hits = index.search("种橙子的没东西抵押，能借到钱吗", 5)
    assert any(hit.why.terms or hit.why.expansions for hit in hits)
    assert set(hits[0].found_by) <= {"words", "bigrams", "dense"}


def test_filters_choose_by_issuer_and_letter(index: Index) -> None:
    assert {hit.chunk.letter for hit in index.search("服务", filters=Filters(issuer="教育局"))} == {"xf"}
    assert {hit.chunk.letter for hit in index.search("服务", filters=Filters(letter="0172"))} == {"gz"}
    assert {hit.chunk.letter for hit in index.search("服务", filters=Filters(letter="dl"))} == {"dl"}
    assert index.search("服务", filters=Filters(issuer="教育局", letter="172")) == []
    assert index.regions() == ("大连市", "潍坊市", "襄阳市", "赣州市")


WORDS = (
    "哪些措施",
    "都列出来",
    "谁提的",
    "编号",
    "下一步",
    "潍坊",
    "大连",
    "襄阳",
    "赣州",
    "分别",
    "停车",
    "老人",
    "脐橙",
    "0216号",
    "多少钱",
    "三件事",
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(WORDS) | st.text(max_size=6), max_size=6).map("".join), st.integers(1, 12))
def test_hits_are_exact_fall_in_score_and_lie_in_no_other(index: Index, question: str, k: int) -> None:
    hits = index.search(question, k)
    assert len(hits) <= k
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
    for at, hit in enumerate(hits):
        chunk, text = hit.chunk, index.letter(hit.chunk.letter).text
        assert chunk.text == text[chunk.start : chunk.end]
        if hit.parts:
            assert "".join(part.text for part in hit.parts) == chunk.text
            assert set(hit.parts) <= set(index.chunks_of(chunk.letter))
        others = [other.chunk for other in hits[:at] if other.chunk.letter == chunk.letter]
        assert not any(other.start <= chunk.start and chunk.end <= other.end for other in others)
    assert hits == index.search(question, k)


@given(st.permutations(range(4)))
@settings(max_examples=4, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_order_in_which_letters_came_does_not_count(
    index: Index, tmp_path_factory: pytest.TempPathFactory, order: list[int]
) -> None:
    folder, embedder, every = tmp_path_factory.mktemp("order"), open_embedder(), letters()
    build_index([every[at] for at in order], folder, embedder)
    other = open_index(folder, embedder)
    for question in ("停车难怎么解决", "老人摔了有人知道吗"):
        assert [replace(h, scores={}) for h in other.search(question)] == [
            replace(h, scores={}) for h in index.search(question)
        ]
