"""What happens on the page, without a browser: views of a question, letters opened, errors that lose nothing."""

from collections.abc import Iterator

import pytest

from assistant.answer import Answer
from assistant.ui import session
from assistant.ui.examples import Example, examples
from assistant.ui.render import CHECKING, FAILED, SEARCHING, Turn
from corpus.errors import ServiceError
from index.hit import Filters
from tests.ui_fakes import ANY, ATTACK, TEXT, FakeAssistant, letter, letters

QUESTION = "河畔水厂改造累计投入资金多少？"


def views(assistant: FakeAssistant, question: str, turns: tuple[Turn, ...] = ()) -> list[session.View]:
    return list(session.answering(assistant, question, turns, Filters()))


def test_a_question_is_searched_then_grows_then_stands_with_its_first_quote_opened():
    shown = views(FakeAssistant(), QUESTION)
    assert SEARCHING in shown[0].log
    assert shown[0].typed == ""
    assert all(CHECKING in view.log and view.turns == () for view in shown[1:-1])
    last = shown[-1]
    assert "1.25亿元" in last.log
    assert "fw-status" not in last.log
    assert '<mark class="fw-hit">截至2022年12月末，河畔水厂改造累计投入资金1.25亿元。</mark>' in (last.evidence or "")
    assert [turn.question for turn in last.turns] == [QUESTION]


def test_the_history_and_the_filters_reach_the_assistant():
    assistant = FakeAssistant()
    first = views(assistant, QUESTION)[-1].turns
    list(session.answering(assistant, "那培训了多少人？", first, Filters(region="春江市")))
    assert assistant.asked[1] == ("那培训了多少人？", (QUESTION,), Filters(region="春江市"))


def test_a_follow_up_shows_how_it_was_understood():
    assistant = FakeAssistant()
    first = views(assistant, QUESTION)[-1].turns
    assert (
        "按上文理解为：河畔水厂改造累计投入资金多少，那资金来自哪里？"
        in views(assistant, "那资金来自哪里？", first)[-1].log
    )


def test_a_refusal_offers_the_nearest_letters_and_closes_the_panel():
    last = views(FakeAssistant(), "火星上种水稻吗？")[-1]
    assert last.evidence == session.closed(FakeAssistant())
    assert 'class="fw-open" data-letter="river"' in last.log
    assert "最接近的材料：若干" not in last.log


@pytest.mark.parametrize("question", ["", "  \n", "\x00\x07", "长" * 10_000])
def test_a_question_that_cannot_be_asked_is_one_line_and_stays_in_its_box(question: str):
    assistant = FakeAssistant()
    (only,) = views(assistant, question)
    assert only.typed == question
    assert only.note.count("问题") >= 1
    assert "\n" not in only.note
    assert "fw-welcome" in only.log
    assert assistant.asked == []


def test_control_characters_in_a_question_are_taken_out():
    assistant = FakeAssistant()
    views(assistant, "\x1b[31m" + QUESTION + "\x00")
    assert assistant.asked[0][0] == "[31m" + QUESTION


def test_a_failing_service_gives_the_question_back_and_keeps_the_conversation():
    class Failing(FakeAssistant):
        def stream(self, question: str, history=(), filters: Filters = ANY) -> Iterator[Answer]:
            yield next(super().stream(question, history, filters))
            raise ServiceError("模型服务", "连不上", "请检查地址")

    before = views(FakeAssistant(), QUESTION)[-1].turns
    last = views(Failing(), "那培训了多少人？", before)[-1]
    assert last.typed == "那培训了多少人？"
    assert "模型服务：连不上。请检查地址" in last.note
    assert last.turns == before
    assert QUESTION in last.log


def test_an_assistant_that_says_nothing_is_a_failure_with_a_line():
    class Silent(FakeAssistant):
        def stream(self, question: str, history=(), filters: Filters = ANY) -> Iterator[Answer]:
            return iter(())

    assert FAILED in views(Silent(), QUESTION)[-1].note


def test_a_letter_that_is_gone_is_said_to_be_gone():
    assert "没有这件复文" in session.opened(FakeAssistant(), "nowhere", 0, 5)


@pytest.mark.parametrize(("start", "end"), [(5, 3), (-1, 4), (0, len(TEXT) + 1)])
def test_an_impossible_place_opens_the_letter_at_its_beginning(start: int, end: int):
    assert 'data-key="river:0:0"' in session.opened(FakeAssistant(), "river", start, end)


def test_the_menus_hold_what_the_letters_have_newest_year_first():
    assert session.choices(letters()) == (["春江市", "远山市"], ["2024", "2023", "2021"], ["人大建议", "政协提案"])


def test_an_example_is_offered_only_while_its_letter_is_there(tmp_path):
    file = tmp_path / "examples.tsv"
    file.write_text("river\t投入多少？\ngone\t谁提的？\n\n", encoding="utf-8")
    assert examples([letter()], file) == (Example("river", "投入多少？"),)


def test_every_shipped_example_is_about_a_shipped_letter():
    from pathlib import Path

    import corpus

    known = [letter(path.stem) for path in (Path(corpus.__file__).parent / "documents").glob("*.txt")]
    file = Path(session.__file__).with_name("examples.tsv")
    assert len(examples(known)) == len(file.read_text(encoding="utf-8").splitlines()) >= 5


def test_markup_in_a_letter_and_in_a_question_stays_text():
    last = views(FakeAssistant(), f"攻击内容是{ATTACK}吗")[-1]
    assert "<img" not in last.log + (last.evidence or "")
    assert "&lt;img src=x" in last.log
