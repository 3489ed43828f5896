"""Answers, refusals and letters as HTML: whole outputs, and the laws that hold for any text."""

import re
from dataclasses import replace
from html import unescape

from hypothesis import given
from hypothesis import strategies as st

from assistant.answer import Answer, Citation, Sentence
from assistant.ui.escape import clean, text
from assistant.ui.examples import Example
from assistant.ui.panel import copied, letter_text, panel, shelf
from assistant.ui.reference import place, reference, written_date, written_number
from assistant.ui.render import (
    SEARCHING,
    Turn,
    answer_html,
    conversation,
    details,
    error_html,
    letter_line,
    turn_html,
    welcome,
)
from corpus.letter import Letter, Metadata, Section, Stated

CITATION = Citation(
    id=1,
    letter="river",
    file="river.txt",
    title="关于水厂的建议",
    number="0815",
    region="春江市",
    date="2023-05-08",
    heading_path=("二、工作情况", "(二)资金支持"),
    start=5,
    end=14,
    quote="投入1.25亿元。",
)
ANSWER = Answer(
    "投入多少？",
    "投入多少？",
    "fact",
    (Sentence("投入1.25亿元。", (1,)),),
    (CITATION,),
    timings_ms={"retrieve": 31.0, "verify": 4.0},
)
SMALL = Letter(
    "river",
    "river.txt",
    "一、情况\n投入1.25亿元。\n",
    Metadata(
        title=Stated("关于水厂的建议"), numbers=(Stated("0815"),), region=Stated("春江市"), date=Stated("2023-05-08")
    ),
    (Section(1, "一、情况", ("一、情况",), 0, 15),),
    (0, 15),
)


def bare(html: str) -> str:
    return unescape(re.sub(r"<[^>]*>", "", html))


def test_an_answer_has_its_sentences_their_marks_the_sources_and_a_foot():
    assert answer_html(ANSWER) == (
        '<div class="fw-answer"><p>投入1.25亿元。<sup><button type="button" class="fw-mark" data-letter="river"'
        ' data-start="5" data-end="14" aria-label="引文 1：《关于水厂的建议》">1</button></sup></p></div>'
        '<div class="fw-sources"><h3>依据 1 处，出自 1 件材料</h3><div class="fw-source"><p class="fw-title">《关于水厂的建议》'
        '<span class="fw-meta">第0815号 · 春江市 · 2023年5月8日</span></p><ol><li><span class="fw-path">二、工作情况 › (二)资金支持</span><button type="button" class="fw-quote"'
        ' data-letter="river" data-start="5" data-end="14"><span class="fw-n">1</span><span class="fw-text">'
        "投入1.25亿元。</span></button></li></ol></div></div>"
        '<p class="fw-foot">摘录自原文 · 用时 0.04 秒</p>'
    )


def test_an_answer_under_way_shows_its_sentences_and_what_is_being_done():
    assert turn_html(
        Turn("投入多少？", replace(ANSWER, citations=(), sentences=(Sentence("投入1.25亿元。"),)), status="正在核对…")
    ) == (
        '<section class="fw-turn"><p class="fw-question">投入多少？</p><div class="fw-answer"><p>投入1.25亿元。</p></div>'
        '<p class="fw-status" role="status">正在核对…</p></section>'
    )


def test_a_question_just_asked_shows_that_it_is_searched():
    assert conversation([Turn("投入多少？", status=SEARCHING)]) == (
        '<section class="fw-turn"><p class="fw-question">投入多少？</p>'
        '<p class="fw-status" role="status">正在检索…</p></section>'
    )


def test_a_refusal_gives_its_reason_and_the_nearest_letters_to_open():
    said = (
        Sentence("现有复文中查不到可以回答这个问题的依据。"),
        Sentence("原因：没有写明。"),
        Sentence("最接近的材料：《关于水厂的建议》。"),
    )
    refusal = Answer(
        "谁施工？", "谁施工？", "fact", said, refused=True, refusal_reason="not_stated", nearest=("river",)
    )
    assert answer_html(refusal, [SMALL]) == (
        '<div class="fw-refusal"><p>现有复文中查不到可以回答这个问题的依据。</p><p>原因：没有写明。</p>'
        '<h3>最接近的材料，可以打开看看</h3><ul class="fw-nearest"><li><button type="button" class="fw-open" data-letter="river"'
        ' data-start="0" data-end="0">《关于水厂的建议》<span class="fw-meta">第0815号 · 春江市 · 2023年5月8日</span></button></li></ul></div>'
    )


def test_the_stand_alone_question_is_shown_only_when_it_differs():
    followed = replace(ANSWER, question="那去年呢？", standalone_question="去年水厂投入多少？")
    assert answer_html(followed).startswith(
        '<p class="fw-standalone">按上文理解为：去年水厂投入多少？</p><div class="fw-answer">'
    )
    assert "fw-standalone" not in answer_html(ANSWER)


def test_citations_of_one_letter_stand_together_in_the_order_of_first_use():
    other = replace(CITATION, id=2, letter="hill", title="关于步道的建议")
    again = replace(CITATION, id=3, start=0, end=4)
    html = answer_html(replace(ANSWER, citations=(CITATION, other, again)))
    assert re.findall(r'fw-title">《(.*?)》|fw-n">(\d)', html) == [
        ("关于水厂的建议", ""),
        ("", "1"),
        ("", "3"),
        ("关于步道的建议", ""),
        ("", "2"),
    ]
    assert "依据 3 处，出自 2 件材料" in html


def test_what_verification_struck_out_is_counted_in_the_foot():
    assert "核对时删去 2 处没有依据的内容" in answer_html(replace(ANSWER, problems=("a", "b")))
    assert '<p class="fw-foot">对话模型用不上&lt;1&gt;</p>' in answer_html(
        replace(ANSWER, notices=("对话模型用不上<1>",))
    )


def test_the_welcome_names_the_number_of_letters_and_the_examples_it_was_given():
    assert welcome([SMALL], [Example("river", "投入多少？")]) == (
        '<div class="fw-welcome"><h2>问复文，看原文</h2><p>现有 1 件材料可查。每句回答都带出处，点数字角标就能在原文里看到那句话；'
        '材料里没有的，会直说查不到。</p><h3>可以这样问</h3><ul class="fw-examples"><li><button type="button" class="fw-example"'
        ' data-ask="投入多少？">投入多少？</button></li></ul></div>'
    )
    assert "可以这样问" not in welcome([SMALL], [])


def test_an_error_is_one_line():
    assert error_html("问题：是空的。请输入") == '<p class="fw-notice" role="alert">问题：是空的。请输入</p>'


def test_the_panel_shows_the_record_the_sections_and_the_quote_highlighted():
    assert panel(SMALL, 5, 14) == (
        '<article class="fw-panel" data-key="river:5:14"><header><h2>《关于水厂的建议》</h2>'
        '<p class="fw-meta">第0815号 · 春江市 · 2023年5月8日</p><ol class="fw-where" aria-label="所在章节"><li>一、情况</li></ol>'
        '<div class="fw-tools"><button type="button" class="fw-copy" data-copy="《关于水厂的建议》（第0815号，2023年5月8日）第一部分：'
        '“投入1.25亿元。”">复制引文</button><button type="button" class="fw-back" data-back="">返回回答</button></div></header>'
        '<details class="fw-outline"><summary>目录</summary><ul><li><button type="button" class="fw-l1" data-goto="fw-s0">'
        '一、情况</button></li></ul></details><div class="fw-letter" tabindex="0" role="region" aria-label="原文全文">'
        '<p><b class="fw-l1" id="fw-s0">一、情况</b>\n</p><p><mark class="fw-hit">投入1.25亿元。</mark>\n</p></div>'
        '<p class="fw-file">文件：river.txt</p></article>'
    )


def test_with_no_letter_opened_the_panel_lists_what_there_is_newest_first():
    undated = Letter("a", "a.txt", "文")
    assert shelf([undated, SMALL]) == (
        '<div class="fw-panel fw-panel-empty"><h2>原文</h2><p>点回答里的数字角标，这里就打开那件材料，并标出所引的原句。</p>'
        '<h3>现有材料</h3><ul class="fw-shelf"><li><button type="button" class="fw-open" data-letter="river" data-start="0"'
        ' data-end="0">《关于水厂的建议》<span class="fw-meta">第0815号 · 春江市 · 2023年5月8日</span></button></li><li>'
        '<button type="button" class="fw-open" data-letter="a" data-start="0" data-end="0">《a.txt》</button></li></ul></div>'
    )
    assert "最近的 40 件材料" in shelf([SMALL] * 41)


def test_a_heading_path_is_said_once_for_the_quotes_below_it():
    html = answer_html(replace(ANSWER, citations=(CITATION, replace(CITATION, id=2, start=0, end=4))))
    assert html.count("fw-path") == 1


def test_a_letter_opened_without_a_quote_has_no_mark_and_no_copy_button():
    html = panel(SMALL, 0, 0)
    assert "<mark" not in html
    assert "fw-copy" not in html
    assert "fw-where" not in html


def test_a_citation_is_copied_as_a_civil_servant_writes_it():
    assert (
        copied(SMALL, 5, "投入1.25亿元。") == "《关于水厂的建议》（第0815号，2023年5月8日）第一部分：“投入1.25亿元。”"
    )


def test_a_reference_leaves_out_what_the_letter_does_not_say():
    assert reference("无题", None, None, []) == "《无题》"
    assert (
        reference("《条例》", "2024年9号", "2024", ["一、总则", "（二）范围", "3.细目"])
        == "《条例》（2024年9号，2024年）第一部分（二）第3点"
    )


def test_numbers_and_dates_are_written_as_people_write_them():
    assert [written_number(n) for n in ("142194", "B029", "2024年9号")] == ["第142194号", "第B029号", "2024年9号"]
    assert [written_date(d) for d in ("2023-06-19", "2021-11", "2020", "不详")] == [
        "2023年6月19日",
        "2021年11月",
        "2020年",
        "不详",
    ]
    assert place(["第三章 附则"]) == "“第三章 附则”部分"


def test_a_line_of_details_holds_only_what_is_known():
    assert details(None, None, "春江市", None) == "春江市"
    assert letter_line(Letter("a", "a.txt", "文")) == ""


def test_the_last_wall_lets_the_whole_page_through_unchanged_in_meaning():
    pages = [panel(SMALL, 5, 14), conversation([Turn("问？", ANSWER), Turn("问？", error="错")]), shelf([SMALL])]
    for html in pages:
        passed = clean(html)
        assert bare(passed) == bare(html)
        assert sorted(re.findall(r'[\w-]+="[^"]*"', passed)) == sorted(re.findall(r'[\w-]+="[^"]*"', html))
        assert re.findall(r"</?\w+", passed) == re.findall(r"</?\w+", html)


@given(st.text(), st.data())
def test_the_panel_keeps_every_character_and_marks_exactly_the_quote(written: str, data: st.DataObject):
    start = data.draw(st.integers(0, len(written)))
    end = data.draw(st.integers(start, len(written)))
    heads = sorted(data.draw(st.lists(st.tuples(st.integers(0, len(written)), st.integers(0, 9)), max_size=4)))
    sections = tuple(Section(1, written[s : s + n], (written[s : s + n],), s, len(written)) for s, n in heads)
    html = letter_text(Letter("a", "a.txt", written, sections=sections), start, end)
    shown = unescape(text(written))
    assert bare(html) == shown
    assert "".join(bare(m) for m in re.findall(r'<mark class="fw-hit">(.*?)</mark>', html, re.S)) == shown[start:end]


@given(st.text(alphabet=st.sampled_from("<>&\"'`=${}/ scriptonerror\x00\n中")))
def test_no_text_becomes_markup_anywhere(evil: str):
    bad = replace(
        CITATION,
        letter=evil,
        file=evil,
        title=evil,
        number=evil,
        region=evil,
        date=evil,
        heading_path=(evil,),
        quote=evil,
    )
    answer = Answer(evil, evil + "？", "fact", (Sentence(evil, (1,)),), (bad,), problems=(evil,))
    meta = Metadata(
        title=Stated(evil), numbers=(Stated(evil),), kind=Stated(evil), region=Stated(evil), date=Stated(evil)
    )
    letter = Letter(evil, evil, evil + "正文", meta, (Section(1, evil, (evil,), 0, len(evil) + 2),))
    refused = replace(answer, refused=True)
    htmls = [
        conversation([Turn(evil, answer), Turn(evil, refused, (letter,), error=evil)]),
        panel(letter, 0, 1),
        welcome([], [Example(evil, evil)]),
    ]
    tags = {
        "section",
        "p",
        "div",
        "sup",
        "button",
        "span",
        "h2",
        "h3",
        "ol",
        "ul",
        "li",
        "article",
        "header",
        "details",
    }
    tags |= {"summary", "mark", "b"}
    for html in htmls:
        assert set(re.findall(r"</?([^\s>]*)", html)) <= tags
        assert not re.search(r"\son\w+=", re.sub(r'"[^"]*"', '""', html))
