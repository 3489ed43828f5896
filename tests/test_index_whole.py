"""The section or run of items that a hit belongs to."""

from corpus.letter import Letter
from corpus.parse import parse_letter
from corpus.read import RawDocument
from index.asking import read_asking
from index.chunks import chunks
from index.rerank import Unit
from index.whole import LONGEST, MOST, cut, part_of_letter, whole
from tests.letters_elsewhere import TEXTS


def parsed(name: str) -> Letter:
    return parse_letter(RawDocument(name, f"{name}.txt", None, TEXTS[name]))


def around(name: str, within: str, question: str, *words: str) -> str | None:
    letter = parsed(name)
    chunk = next(c for c in chunks(letter) if within in c.text)
    span = whole(letter, chunk, read_asking(question), [Unit(word, 1.0) for word in words])
    return letter.text[span.start : span.end] if span else None


def test_a_heading_that_says_what_is_asked_brings_its_section() -> None:
    text = around("wf", "入职奖励", "潍坊的主要做法有哪些", "潍坊")
    assert text is not None
    assert text.startswith("一、主要做法")
    assert all(mark in text for mark in ("1.织密", "2.创新", "3.强化", "4.发展"))


def test_the_number_of_items_asked_for_chooses_the_section() -> None:
    text = around("wf", "适老化改造", "安排了哪三条")
    assert text is not None
    assert text.startswith("三、今后工作安排")


def test_what_a_colon_announces_is_brought() -> None:
    text = around("dl", "采取以下措施", "停车难怎么解决", "停车难")
    assert text is not None
    assert all(mark in text for mark in ("1、挖潜", "5、完善"))


def test_a_chunk_that_is_whole_in_itself_stays() -> None:
    assert around("gz", "身份证", "品质提升抓了哪些事", "品质") is None


def test_a_part_of_the_letter_is_found_by_its_heading() -> None:
    letter = parsed("wf")
    plans = part_of_letter(letter, "plans")
    assert plans is not None
    assert plans.path == ("三、今后工作安排",)
    assert part_of_letter(parsed("gz"), "plans") is None


def test_a_long_part_is_cut_into_a_few_hits_of_bounded_length() -> None:
    text = "一、工作情况\n" + "".join(
        f"({'一二三四五六七八九'[n]})第{n}项工作\n" + "推进工作落实。" * 60 + "\n" for n in range(9)
    )
    letter = parse_letter(
        RawDocument("l", "l.txt", None, f"关于第9号提案的答复\n王强委员:\n您的提案收悉。\n{text}二、下一步\n继续。\n")
    )
    span = part_of_letter(letter, "done")
    assert span is not None
    runs = cut(span, chunks(letter))
    assert 1 < len(runs) <= MOST
    assert all(run[-1].end - run[0].start <= LONGEST for run in runs)
    assert [c for run in runs for c in run] == [c for c in chunks(letter) if c.start >= span.start][
        : sum(map(len, runs))
    ]
