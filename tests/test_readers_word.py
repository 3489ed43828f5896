"""Word files: numbering as Word shows it, tables in their place, notes kept, what is not the letter dropped."""

import io
from pathlib import Path

import pytest

from corpus.errors import UnreadableFile
from corpus.readers.word import read_word
from tests.reader_files import abstract, docx, level, num, numbered, p, packed, r, row

CHINESE = abstract(
    7,
    level(0, "chineseCounting", "%1、"),
    level(1, "chineseCountingThousand", "（%2）"),
    level(2, "decimal", "%3."),
    level(3, "decimalEnclosedCircleChinese", "%4"),
)


def lines(data: bytes) -> list[str]:
    return [line for line in read_word(data, "复文.docx").split("\n") if line]


def test_automatic_numbers_come_back_on_every_level_and_start_anew_below() -> None:
    body = "".join(
        numbered(t, n)
        for t, n in (("甲", 0), ("乙", 1), ("丙", 2), ("丁", 3), ("戊", 1), ("己", 2), ("庚", 0), ("辛", 1))
    )
    found = lines(docx(body, numbering=CHINESE + num(1, 7)))
    assert found == ["一、甲", "（一）乙", "1. 丙", "①丁", "（二）戊", "1. 己", "二、庚", "（一）辛"]


def test_ordinary_paragraphs_between_do_not_disturb_the_count() -> None:
    body = numbered("甲") + p("正文") + "<w:p/>" + numbered("乙") + p("正文")
    assert lines(docx(body, numbering=CHINESE + num(1, 7))) == ["一、甲", "正文", "二、乙", "正文"]


@pytest.mark.parametrize(
    ("form", "text", "labels"),
    [
        ("decimal", "第%1条", ["第1条 ", "第2条 "]),
        ("chineseCountingThousand", "第%1条", ["第一条 ", "第二条 "]),
        ("chineseCountingThousand", "第%1章　", ["第一章　 ", "第二章　 "]),
        ("ideographTraditional", "%1、", ["甲、", "乙、"]),
        ("upperLetter", "%1.", ["A. ", "B. "]),
        ("lowerRoman", "(%1)", ["(i)", "(ii)"]),
        ("decimalEnclosedCircle", "%1", ["①", "②"]),
        ("decimalZero", "%1", ["01 ", "02 "]),
        ("decimalFullWidth", "%1．", ["１．", "２．"]),
        ("chineseLegalSimplified", "%1、", ["壹、", "贰、"]),
        ("none", "%1", ["", ""]),
        ("bullet", "\uf06c", ["• ", "• "]),
        ("bullet", "◆", ["◆ ", "◆ "]),
    ],
)
def test_a_form_of_numbering_is_written_as_word_writes_it(form: str, text: str, labels: list[str]) -> None:
    found = lines(docx(numbered("目") + numbered("标"), numbering=abstract(1, level(0, form, text)) + num(1, 1)))
    assert found == [f"{labels[0]}目", f"{labels[1]}标"]


def test_two_lists_on_one_definition_count_on_and_an_override_starts_anew() -> None:
    override = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride>'
    body = numbered("甲") + numbered("乙", num=2) + numbered("丙", num=3) + numbered("丁", num=3)
    numbering = CHINESE + num(1, 7) + num(2, 7) + num(3, 7, override)
    assert lines(docx(body, numbering=numbering)) == ["一、甲", "二、乙", "五、丙", "六、丁"]


def test_an_override_may_replace_a_level() -> None:
    override = f'<w:lvlOverride w:ilvl="0">{level(0, "decimal", "%1)")}</w:lvlOverride>'
    assert lines(docx(numbered("甲"), numbering=CHINESE + num(1, 7, override))) == ["1)甲"]


def test_a_level_shows_those_above_it_in_their_form_or_in_figures() -> None:
    levels = (
        level(0, "chineseCounting", "%1、"),
        level(1, "decimal", "%1.%2"),
        level(2, "decimal", "%1.%2.%3", "<w:isLgl/>"),
    )
    body = numbered("甲") + numbered("乙", 1) + numbered("丙", 2)
    assert lines(docx(body, numbering=abstract(1, *levels) + num(1, 1))) == ["一、甲", "一.1 乙", "1.1.1 丙"]


def test_a_level_that_never_restarts_counts_through() -> None:
    levels = (level(0, "decimal", "%1."), level(1, "decimal", "(%2)", '<w:lvlRestart w:val="0"/>'))
    body = numbered("甲") + numbered("乙", 1) + numbered("丙") + numbered("丁", 1)
    assert lines(docx(body, numbering=abstract(1, *levels) + num(1, 1))) == ["1. 甲", "(1)乙", "2. 丙", "(2)丁"]


def test_numbering_comes_through_styles_and_what_they_are_based_on() -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="Base"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="Child"><w:basedOn w:val="Base"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="Second"><w:pPr><w:numPr><w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="Loop"><w:basedOn w:val="Loop"/></w:style>'
    )
    names = ("Base", "Child", "Second", "Loop")
    body = "".join(p(name, f'<w:pStyle w:val="{name}"/>') for name in names)
    body += p("无", '<w:pStyle w:val="Base"/><w:numPr><w:numId w:val="0"/></w:numPr>')
    found = lines(docx(body, styles=styles, numbering=CHINESE + num(1, 7)))
    assert found == ["一、Base", "二、Child", "（一）Second", "Loop", "无"]


def test_a_level_names_the_style_that_belongs_to_it() -> None:
    levels = (level(0, "chineseCounting", "%1、"), level(1, "chineseCounting", "（%2）", '<w:pStyle w:val="H2"/>'))
    styles = '<w:style w:styleId="H2"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    body = numbered("甲") + p("乙", '<w:pStyle w:val="H2"/>')
    assert lines(docx(body, styles=styles, numbering=abstract(1, *levels) + num(1, 1))) == ["一、甲", "（一）乙"]


def test_a_list_may_be_a_link_to_a_list_style() -> None:
    styles = (
        '<w:style w:type="numbering" w:styleId="L"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    )
    link = '<w:abstractNum w:abstractNumId="9"><w:numStyleLink w:val="L"/></w:abstractNum>'
    found = lines(docx(numbered("甲", num=2), styles=styles, numbering=CHINESE + link + num(1, 7) + num(2, 9)))
    assert found == ["一、甲"]


def test_a_table_stands_in_its_place_with_merged_cells_said_once() -> None:
    down = '<w:tcPr><w:vMerge w:val="restart"/></w:tcPr>' + p("企业")
    rest = "<w:tcPr><w:vMerge/></w:tcPr>" + p("看不见")
    wide = '<w:tcPr><w:gridSpan w:val="2"/></w:tcPr>' + p("合计")
    table = (
        row("类别", "年份", "数量")
        + row(down, "2022年", "1200家")
        + row(rest, "2023年", "1350家")
        + row(wide, "2550家")
    )
    found = lines(docx(p("前") + f"<w:tbl><w:tblPr/>{table}</w:tbl>" + p("后")))
    assert found == ["前", "类别 | 年份 | 数量", "企业 | 2022年 | 1200家", "| 2023年 | 1350家", "合计 | 2550家", "后"]


def test_a_table_in_a_table_and_a_letter_in_a_frame_of_one_cell_stay_lines() -> None:
    inner = f"<w:tbl>{row('甲', '乙')}{row('丙', '丁')}</w:tbl>"
    frame = p("陈力代表：") + p("现答复如下：") + inner + p("特此答复。")
    assert lines(docx(f"<w:tbl>{row(frame)}</w:tbl>")) == [
        "陈力代表：",
        "现答复如下：",
        "甲 | 乙",
        "丙 | 丁",
        "特此答复。",
    ]


def test_a_column_of_running_numbers_keeps_them() -> None:
    table = row(numbered(""), "平台") + row(numbered(""), "基金")
    numbering = abstract(1, level(0, "decimal", "%1")) + num(1, 1)
    assert lines(docx(f"<w:tbl>{table}</w:tbl>", numbering=numbering)) == ["1 | 平台", "2 | 基金"]


def test_notes_are_marked_and_follow_their_paragraph() -> None:
    body = f'<w:p>{r("企业1200家")}<w:r><w:footnoteReference w:id="2"/></w:r>{r("。")}</w:p>{p("后")}'
    body += '<w:p><w:r><w:t>末</w:t><w:endnoteReference w:id="1"/></w:r></w:p>'
    notes = (
        '<w:footnote w:type="separator" w:id="0"><w:p/></w:footnote>'
        + f'<w:footnote w:id="2">{p("市统计局数据")}</w:footnote>'
    )
    found = lines(docx(body, footnotes=notes, endnotes=f'<w:endnote w:id="1">{p("另文")}</w:endnote>'))
    assert found == ["企业1200家（注1）。", "（注1：市统计局数据）", "后", "末（注2）", "（注2：另文）"]


def test_headers_deletions_comments_and_hidden_text_are_dropped_and_insertions_kept() -> None:
    body = (
        f"<w:p>{r('留')}<w:ins>{r('增')}</w:ins><w:del><w:r><w:delText>删</w:delText></w:r></w:del>"
        f"<w:moveFrom>{r('移走')}</w:moveFrom><w:moveTo>{r('移来')}</w:moveTo>{r('隐', '<w:vanish/>')}{r('显', '<w:vanish w:val=&quot;0&quot;/>'.replace('&quot;', chr(34)))}"
        '<w:r><w:commentReference w:id="0"/></w:r></w:p>'
    )
    assert lines(docx(body)) == ["留增移来显"]


def test_a_deleted_paragraph_end_joins_two_paragraphs_under_one_number() -> None:
    numbers = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
    body = p("前半", numbers + "<w:rPr><w:del/></w:rPr>") + p("后半", numbers) + numbered("下一点")
    assert lines(docx(body, numbering=CHINESE + num(1, 7))) == ["一、前半后半", "二、下一点"]


def test_breaks_tabs_hyphens_links_controls_and_field_results_are_text() -> None:
    field = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
    body = (
        f"<w:p>{r('一')}<w:r><w:br/></w:r>{r('二')}<w:r><w:tab/></w:r>{r('三')}<w:r><w:noBreakHyphen/><w:softHyphen/></w:r>"
        f"<w:hyperlink>{r('链接')}</w:hyperlink><w:sdt><w:sdtPr/><w:sdtContent>{r('控件')}</w:sdtContent></w:sdt>"
        f"<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{r('单击此处输入文字')}</w:sdtContent></w:sdt>"
        f"{field.format('begin')}<w:r><w:instrText>DATE</w:instrText></w:r>{field.format('separate')}{r('2024年')}{field.format('end')}</w:p>"
        f"<w:sdt><w:sdtContent>{p('段落控件')}</w:sdtContent></w:sdt>"
    )
    assert lines(docx(body)) == ["一", "二\t三-链接控件2024年", "段落控件"]


def test_a_text_box_is_read_once_and_stands_before_its_paragraph() -> None:
    box = f"<w:txbxContent>{p('昆明市科学技术局')}</w:txbxContent>"
    choice = f'<mc:Choice Requires="wps"><w:drawing><wps:txbx>{box}</wps:txbx></w:drawing></mc:Choice>'
    fallback = f"<mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback>"
    body = f"<w:p><w:r><mc:AlternateContent>{choice}{fallback}</mc:AlternateContent></w:r>{r('正文')}</w:p>"
    assert lines(docx(body)) == ["昆明市科学技术局", "正文"]


def test_the_strict_variant_of_the_format_reads_the_same() -> None:
    strict = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
    document = f'<w:document xmlns:w="{strict.decode()}"><w:body>{p("正文")}</w:body></w:document>'
    assert lines(packed({"word/document.xml": document.encode()})) == ["正文"]


def test_what_python_docx_writes_is_read(tmp_path: Path) -> None:
    import docx as python_docx

    document = python_docx.Document()
    document.add_paragraph("陈力代表：")
    document.add_paragraph("强化投入", style="List Number")
    out = io.BytesIO()
    document.save(out)
    assert lines(out.getvalue()) == ["陈力代表：", "1. 强化投入"]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (docx(p("字"), head='<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]>'), "DOCTYPE"),
        (docx(p("字"))[:400], "不是完整的 Word 文件"),
        (docx("<w:p><w:r>"), "XML 不完整"),
        (docx("<w:p/>"), "没有文字"),
        (packed({"a.txt": b"x"}), r"改为 \.zip"),
        (packed({"_rels/.rels": b"<a/>", "xl/workbook.xml": b"<a/>"}), "没有 Word 文档"),
    ],
    ids=["doctype", "cut", "xml", "empty", "zip", "excel"],
)
def test_what_is_no_sound_word_file_is_refused_with_the_mend(data: bytes, said: str) -> None:
    with pytest.raises(UnreadableFile, match=said) as caught:
        read_word(data, "复文.docx")
    assert str(caught.value).startswith("复文.docx：")


def test_a_million_empty_paragraphs_are_refused_unread() -> None:
    with pytest.raises(UnreadableFile, match="压缩比"):
        read_word(docx("<w:p/>" * 1_500_000), "炸弹.docx")
