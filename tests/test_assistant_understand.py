"""Reading a question: what it names, and what may come in at all; records answer for the letter that is named."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.assistant import Assistant
from assistant.refusal import REASONS, Refusal
from assistant.understand import INTENTS, LONGEST_QUESTION, check_question, understand
from corpus.errors import InputError
from tests.assistant_fakes import assert_lawful, built_in

NAMED = {"第142194号提案": "000", "第153005号建议": "001", "银川市第029号提案": "002"}


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    return built_in(tmp_path_factory.mktemp("understand"))


@pytest.mark.parametrize(
    "question", ["", " ", "\u3000\n", "？！", "\u200b\ufeff", "\x1b\x00", "…—、", "问" * (LONGEST_QUESTION + 1)]
)
def test_what_is_no_question_is_turned_down_in_one_line(question: str) -> None:
    with pytest.raises(InputError) as caught:
        check_question(question)
    assert len(str(caught.value).splitlines()) == 1


@pytest.mark.parametrize(
    ("question", "numbers", "doc_numbers"),
    [
        ("第142194号提案怎么答复的？", ("142194",), ()),
        ("029号提案是谁提的", ("029",), ()),
        ("昆政办〔2022〕16号是什么文件？", (), ("昆政办〔2022〕16号",)),
        ("昆政办[2022]16 号文件讲什么", (), ("昆政办〔2022〕16号",)),
        ("1号楼有多少人", (), ()),
    ],
)
def test_numbers_of_letters_and_of_documents_are_told_apart(
    question: str, numbers: tuple[str, ...], doc_numbers: tuple[str, ...]
) -> None:
    query = understand(question)
    assert (query.numbers, query.doc_numbers) == (numbers, doc_numbers)


@pytest.mark.parametrize(
    ("question", "years"),
    [
        ("2022年有多少家", ("2022",)),
        ("２０２２年有多少家", ("2022",)),
        ("第2022号提案是谁提的", ()),
        ("12022家企业", ()),
    ],
)
def test_only_years_are_years(question: str, years: tuple[str, ...]) -> None:
    assert understand(question).years == years


@given(st.text(max_size=120))
@settings(max_examples=150, deadline=None, derandomize=True)
def test_any_text_is_read_without_an_error_and_twice_alike(text: str) -> None:
    assert understand(text) == understand(text)
    assert understand(text).intent in INTENTS


@pytest.mark.parametrize(
    "asked",
    ["是谁提的？", "的题目是什么？", "是哪个单位答复的？", "什么时候答复的？", "是哪一届提的？"],
)
@pytest.mark.parametrize("named", NAMED)
def test_the_record_of_a_named_letter_is_cited_from_it_alone(assistant: Assistant, named: str, asked: str) -> None:
    answer = assistant.ask(named + asked)
    assert_lawful(answer, assistant)
    assert {c.letter[:3] for c in answer.citations} <= {NAMED[named]}
    assert answer.refusal_reason in (None, "field_not_stated")


def test_the_doc_number_of_a_named_letter_is_a_field_of_its_record(assistant: Assistant) -> None:
    reasons = {assistant.ask(f"{named}的文号是多少？").refusal_reason for named in NAMED}
    assert reasons <= {None, "field_not_stated"}


@pytest.mark.parametrize(
    "question", ["第999999号提案是谁提的？", "赵不存在委员提的提案怎么答复的？", "哈尔滨市有多少家高新技术企业？"]
)
def test_what_is_not_in_the_corpus_is_refused_by_name(assistant: Assistant, question: str) -> None:
    answer = assistant.ask(question)
    assert answer.refused
    assert_lawful(answer, assistant)


def test_every_reason_reads_as_one_sentence() -> None:
    for reason in REASONS:
        said = Refusal(reason, "某事", "某地").explanation
        assert said
        assert not {"{", "}", "\n"} & set(said)


@pytest.mark.parametrize(
    ("question", "fields"),
    [
        ("第142194号提案是哪类答复", ("category",)),
        ("第142194号提案的答复类别是什么", ("category",)),
        ("第142194号提案的答复能不能公开", ("disclosure",)),
        ("第142194号提案的公开属性", ("disclosure",)),
        ("第142194号提案的答复是谁签发的", ("signer",)),
    ],
)
def test_the_marks_of_a_letter_are_fields_of_its_record(
    assistant: Assistant, question: str, fields: tuple[str, ...]
) -> None:
    answer = assistant.ask(question)
    assert (answer.refused, answer.refusal_reason) == (True, "field_not_stated")  # the letter states none of them
    assert understand(question).fields == fields


@pytest.mark.parametrize(
    ("question", "intent", "wants"),
    [
        ("昆明买设备给补几个钱", "fact", "amount"),
        ("企业上市市里掏多少", "fact", "amount"),
        ("老人吃一顿饭几块", "fact", "amount"),
        ("步道有几把椅子", "fact", "count"),
        ("湿地公园多大一片", "fact", "count"),
        ("全县几成的村通了", "fact", "rate"),
        ("技术合同成交额在省会里排第几", "fact", "rank"),
        ("专利数名列第几", "fact", "rank"),
        ("要等多久", "fact", "duration"),
        ("公示期多少天", "fact", "duration"),
        ("哪年头开始建", "fact", "date"),
        ("几月份能用上", "fact", "date"),
        ("怎么就停了", "fact", "reason"),
        ("采纳不采纳", "fact", "yes_no"),
        ("啥叫揭榜挂帅", "fact", "definition"),
        ("低收入家庭认定分哪几级", "measures", "count"),
        ("三支防治队都是哪三支", "measures", "any"),
        ("有几件说到养老", "enumerate", "count"),
        ("昆明跟金华在人才上有啥不一样", "compare", "any"),
        ("142194号说了些什么", "summary", "any"),
        ("帮我写个答复", "smalltalk", "any"),
        ("你说的准不准", "smalltalk", "yes_no"),
        ("技术合同成交额是广州的百分之几，昆明的", "fact", "rate"),
    ],
)
def test_everyday_wordings_are_read_for_what_they_ask(question: str, intent: str, wants: str) -> None:
    query = understand(question)
    assert (query.intent, query.wants) == (intent, wants)


def test_a_place_within_a_place_is_one_place() -> None:
    assert understand("海口市龙华区第24号建议是谁提的").regions == ("龙华区",)
