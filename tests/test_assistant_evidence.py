"""Weighing sentences: words and their other names, values and what they count, the order and its laws."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.assistant import Assistant
from assistant.evidence import Weigher, least, rank_weights, support_weights
from assistant.evidence_features import NAMES
from assistant.evidence_values import value_clauses, value_test
from assistant.evidence_words import Term, coverage, held, longest_run, match, share
from assistant.understand import understand
from tests.assistant_fakes import built_in

TEXTS = st.text(alphabet="昆明市高新技术企业年家万元0123456789，。", max_size=30)


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    return built_in(tmp_path_factory.mktemp("evidence"))


def weigh(assistant: Assistant, question: str) -> tuple[tuple[str, float], ...]:
    weigher = Weigher(understand(question), assistant.index, assistant.desk.embedder)
    return tuple((e.text, e.score) for e in weigher.weigh(assistant.search(question, 12)))


def test_every_weight_is_of_a_feature() -> None:
    assert set(rank_weights()) <= set(NAMES)
    assert set(support_weights()) <= {*NAMES, "constant"}
    assert 0 < least("compare") <= least("answer") < least("support") < 1


def test_a_word_is_held_as_it_is_in_part_and_by_another_name() -> None:
    term = Term("借钱", 1.0, (("融资", 0.8),))
    assert held(term, "向银行借钱") == 1.0
    assert held(term, "融资难") == 0.8
    assert held(term, "天气") == 0.0


@given(TEXTS, TEXTS)
def test_shares_lie_between_nothing_and_all(one: str, other: str) -> None:
    assert 0 <= match(one, other) <= 1
    assert 0 <= coverage({one: 2.0}, other) <= 1
    assert 0 <= share((Term(one, 1.0),), other) <= 1


@given(TEXTS, TEXTS)
def test_the_longest_run_stands_in_both(one: str, other: str) -> None:
    size = longest_run(one, other)
    assert any(one[at : at + size] in other for at in range(len(one) - size + 1))
    assert longest_run(one, one) == len(one)


@pytest.mark.parametrize(
    ("question", "fitting", "other"),
    [
        ("贷款余额是多少钱", "余额90.31亿元", "共有90家"),
        ("有多少家企业", "企业120家", "资金120万元"),
        ("占比是多少", "占35%", "共35家"),
        ("什么时候答复的", "2023年6月19日", "第19项"),
        ("为什么不同意", "因财力有限，暂不实施", "全市共有5家"),
        ("平均几天办完", "压缩到2.1个工作日", "新增3家"),
    ],
)
def test_the_kind_of_value_asked_for_is_told_from_others(question: str, fitting: str, other: str) -> None:
    fits = value_test(understand(question))
    assert (fits(fitting), fits(other)) == (True, False)


def test_a_value_stands_with_the_clause_before_it() -> None:
    assert value_clauses("新增路灯，共30盏，投资5万元", lambda text: "元" in text) == ["共30盏投资5万元"]


def test_the_sentence_that_answers_comes_first(assistant: Assistant) -> None:
    best = weigh(assistant, "昆明市银税互动合作贷款余额是多少")[0][0]
    assert "90.31亿元" in best


def test_weighing_twice_gives_the_same_order_and_scores(assistant: Assistant) -> None:
    question = "昆明的小微企业借不到钱怎么办"
    assert weigh(assistant, question) == weigh(assistant, question)


def test_scores_descend(assistant: Assistant) -> None:
    scores = [score for _, score in weigh(assistant, "金华有多少家省级研发机构")]
    assert scores == sorted(scores, reverse=True)
