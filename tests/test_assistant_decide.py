"""Refusing: what a letter does not say of a matter, what it says the other way round, and what another place or year says."""

import pytest

from assistant.assistant import Assistant
from tests.assistant_fakes import assert_lawful, over

_REPLY = """对市政协十届二次会议第{number}号提案的答复

{who}委员：
您提出的《关于{what}的提案》收悉，现答复如下：
一、工作开展情况
{done}
二、下一步工作打算
{plan}
{issuer}
2023年6月12日
"""
_TEXTS = {
    "a.txt": _REPLY.format(
        number="11",
        who="王小明",
        what="加强城区公厕建设",
        done="2022年，江阳市新建城区公厕36座，完成投资1240万元，公厕数量比2021年增长12%。全市由市环卫集团牵头组建“三支保洁队伍”。"
        "我市评选出优秀公厕5座，分别为东门公厕、西门公厕、南园公厕、北苑公厕和中心公厕。责令整改公厕管护企业4家。"
        "第三批文明公厕评选中，我市成功入选全省公厕管理示范城市，考评成绩居全省第3位。管护由“粗放式”向“精细化”转变。",
        plan="到2025年，力争新建公厕60座。您提出的建设移动公厕的建议，因财力有限，暂不具备实施条件。",
        issuer="江阳市城市管理局",
    ),
    "b.txt": _REPLY.format(
        number="12",
        who="李建国",
        what="发展河川市乡村民宿",
        done="2022年，河川市新增乡村民宿85家，发放补助资金320万元，单家民宿最高补助8万元。",
        plan="继续完善民宿消防设施。",
        issuer="河川市文化广电和旅游局",
    ),
}


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    return over(tmp_path_factory.mktemp("decide"), _TEXTS)


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("江阳2022年新建城区公厕多少座", "36座"),
        ("江阳新建公厕花了多少钱", "1240万元"),
        ("江阳评选出的5座优秀公厕分别叫什么", "北苑公厕"),
        ("河川民宿最多补多少钱", "8万元"),
    ],
)
def test_what_a_letter_says_is_answered(assistant: Assistant, question: str, said: str) -> None:
    answer = assistant.ask(question)
    assert not answer.refused
    assert said in answer.text
    assert_lawful(answer, assistant)


@pytest.mark.parametrize(
    "question",
    [
        "江阳责令整改的4家公厕管护企业分别叫什么",
        "江阳城区公厕建设的监理单位是哪家",
        "江阳公厕保洁员的工资待遇是多少",
        "江阳的“三支保洁队伍”是哪三支队伍",
    ],
)
def test_what_a_letter_only_touches_is_not_stated(assistant: Assistant, question: str) -> None:
    answer = assistant.ask(question)
    assert answer.refused
    assert answer.refusal_reason == "not_stated"


@pytest.mark.parametrize(
    ("question", "quoted"),
    [
        ("江阳公厕数量比2021年下降12%，原因是什么", "增长12%"),
        ("江阳公厕管理示范城市没评上，卡在哪儿了", "成功入选"),
        ("江阳公厕考评在全省垫底，怎么整改的", "第3位"),
        ("江阳为什么同意建设移动公厕", "暂不具备"),
        ("第四批文明公厕评选江阳的成绩怎么样", "第三批"),
        ("江阳公厕管护由“精细化”退回“粗放式”的理由是什么", "粗放式"),
    ],
)
def test_a_false_premise_is_refused_with_the_sentence_that_says_otherwise(
    assistant: Assistant, question: str, quoted: str
) -> None:
    answer = assistant.ask(question)
    assert answer.refused
    assert answer.refusal_reason == "premise_unsupported"
    assert quoted in answer.text
    assert answer.citations == ()


@pytest.mark.parametrize(
    "question", ["明天天气怎么样", "世界杯冠军是谁", "光合作用的化学方程式是什么", "身份证丢了去哪补"]
)
def test_what_no_letter_is_about_is_off_topic(assistant: Assistant, question: str) -> None:
    assert assistant.ask(question).refused


def test_a_number_of_another_city_is_never_offered(assistant: Assistant) -> None:
    answer = assistant.ask("江阳市单家民宿最高补助多少钱")
    assert answer.refused
    assert "8万元" not in answer.text


def test_a_number_of_another_year_is_never_offered(assistant: Assistant) -> None:
    answer = assistant.ask("江阳2019年新建城区公厕多少座")
    assert answer.refusal_reason == "year_not_covered"
    assert "36座" not in answer.text
