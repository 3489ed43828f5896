"""Questions that mean letters by their record: who proposed, who took part; and 那篇, 那份 by title."""

from pathlib import Path

import pytest

from assistant.record_query import described, meant_by_record
from assistant.understand import understand
from index.hit import Filters
from index.records import Record
from tests.assistant_fakes import built_in

RECORDS = (
    Record(
        "1",
        "1.txt",
        {
            "kind": "人大建议",
            "title": "关于加强河道疏浚的建议",
            "proposers": ("王明",),
            "numbers": ("7",),
            "region": "清河县",
            "date": "2024-06-17",
            "co_organs": ("县财政局", "县住建局"),
            "category": "A",
        },
    ),
    Record(
        "2",
        "2.txt",
        {
            "kind": "政协提案",
            "title": "关于发展乡村旅游的提案",
            "proposers": ("民盟清河县委会",),
            "collective": "集体提案",
            "numbers": ("8",),
            "region": "清河县",
            "date": "2023-05-01",
        },
    ),
    Record("3", "3.txt", {"kind": "其他", "title": "清河：一条河的新生"}),
)


@pytest.mark.parametrize(
    ("question", "letters", "fields"),
    [
        ("这批件里人大代表提的有谁", ("1",), ("proposers",)),
        ("有没有民主党派集体提的，是哪个党派", ("2",), ("proposers",)),
        ("民盟提的是哪件", ("2",), ("proposers",)),
        ("请县财政局会办的是哪件", ("1",), ("co_organs",)),
        ("A类的有哪几件", ("1",), ("category",)),
    ],
)
def test_letters_are_found_by_what_is_on_record(
    question: str, letters: tuple[str, ...], fields: tuple[str, ...]
) -> None:
    meant = meant_by_record(understand(question), RECORDS)
    assert meant is not None
    assert (meant.letters, meant.fields) == (letters, fields)


@pytest.mark.parametrize("question", ["人大代表提的河道疏浚投了多少钱", "县财政局给了多少钱", "哪些材料讲到旅游"])
def test_questions_about_a_matter_are_left_alone(question: str) -> None:
    assert meant_by_record(understand(question), RECORDS) is None


def test_a_letter_is_known_by_its_title_or_as_the_one_from_the_press() -> None:
    assert described("河道疏浚那份，花了多少钱", RECORDS) == "1"
    assert described("日报那篇文章说了什么", RECORDS) == "3"
    assert described("桥梁建设那份", RECORDS) is None


@pytest.mark.parametrize(
    ("question", "letters"),
    [
        ("2024年答复的有哪几件", ("1",)),
        ("列出所有政协提案", ("2",)),
        ("哪些提案是2023年答复的", ("2",)),
    ],
)
def test_letters_are_listed_by_year_and_kind(question: str, letters: tuple[str, ...]) -> None:
    meant = meant_by_record(understand(question), RECORDS)
    assert meant is not None
    assert meant.letters == letters


def test_a_number_of_another_session_and_a_filter_for_another_place_are_refused(tmp_path: Path) -> None:
    assistant = built_in(tmp_path)
    assert assistant.ask("十五届人大三次会议第153005号建议的题目是什么").refused is False
    assert assistant.ask("八届人大三次会议第153005号建议的题目是什么").refusal_reason == "no_such_letter"
    assert assistant.ask("昆明市科技函〔2024〕32号讲了什么").refusal_reason == "no_such_letter"
    assert assistant.ask("昆明高企有多少家", filters=Filters(region="银川市")).refused
