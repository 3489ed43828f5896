"""PDFs: lines back into paragraphs, page numbers and running heads gone, a scan or a locked file refused."""

import io

import pytest

from corpus.errors import UnreadableFile
from corpus.readers.pdf import read_pdf
from corpus.readers.pdf_lines import Line, lines_of, paragraphs, tidy
from tests.reader_files import pdf

LEFT, INDENT, SIZE = 80.0, 112.0, 16.0
FULL = "全市科技型中小企业数量和质量逐年提高为产业发展提供支撑并"  # 28 characters, as the standard has it

TURNED, OTHER = FULL[14:] + FULL[:14], FULL[7:] + FULL[:7]


def page(*lines: tuple[float, str]) -> list[tuple[float, float, str]]:
    return [(x, 760 - 28 * i, text) for i, (x, text) in enumerate(lines)]


def lines(*pages: list[tuple[float, float, str]]) -> list[str]:
    return read_pdf(pdf(pages), "复文.pdf").split("\n")


def test_broken_lines_are_joined_and_headings_salutation_and_sign_off_stay_alone() -> None:
    found = lines(
        page(
            (LEFT, "陈力代表："),
            (INDENT, "一、工作开展情况"),
            (INDENT, FULL[:26]),
            (LEFT, FULL),
            (LEFT, "取得成效。"),
            (INDENT, FULL[:25] + "。"),
            (INDENT, "二、下一步"),
            (INDENT, "落实。"),
            (320, "昆明市科学技术局"),
            (340, "2023年6月19日"),
        )
    )
    assert found == [
        "陈力代表：",
        "一、工作开展情况",
        FULL[:26] + FULL + "取得成效。",
        FULL[:25] + "。",
        "二、下一步",
        "落实。",
        "昆明市科学技术局",
        "2023年6月19日",
    ]


def test_without_indents_a_numbered_point_after_a_full_stop_begins_a_paragraph() -> None:
    found = lines(page((LEFT, FULL), (LEFT, FULL[:27] + "。"), (LEFT, "二、" + FULL[:26]), (LEFT, "落实。")))
    assert found == [FULL + FULL[:27] + "。", "二、" + FULL[:26] + "落实。"]


@pytest.mark.parametrize(
    "form", ["— {} —", "- {} -", "第{}页 共3页", "{}", "{}/3", "－{}－", "Page {} of 3", "第 {} 页"]
)
def test_page_numbers_go_and_a_sentence_goes_on_over_the_page(form: str) -> None:
    body = [page((INDENT, FULL[:26]), (LEFT, TURNED)), page((LEFT, OTHER), (LEFT, FULL)), page((LEFT, "成效。"))]
    pages = [[*page_lines, (290.0, 40.0, form.format(i))] for i, page_lines in enumerate(body, 1)]
    assert lines(*pages) == [FULL[:26] + TURNED + OTHER + FULL + "成效。"]


def test_running_heads_and_feet_go() -> None:
    pages = [
        [
            (LEFT, 800.0, "昆明市科学技术局文件"),
            *page((INDENT, f"第{c}段的文字。")),
            (LEFT, 40.0, f"打印于2024年 {n}/3"),
        ]
        for n, c in enumerate("一二三", 1)
    ]
    assert lines(*pages) == ["第一段的文字。", "第二段的文字。", "第三段的文字。"]


def test_a_title_in_large_type_on_two_lines_is_one() -> None:
    title = [(150.0, 760.0, "#关于市政协十四届二次会议"), (170.0, 730.0, "#第123号提案答复的函")]
    body = [(x, y - 90, text) for x, y, text in page((LEFT, "陈力委员："), (INDENT, FULL[:26]), (LEFT, "收悉。"))]
    assert lines(title + body) == ["关于市政协十四届二次会议第123号提案答复的函", "陈力委员：", FULL[:26] + "收悉。"]


def test_two_columns_of_a_line_stay_apart() -> None:
    assert lines([(80.0, 700.0, "索引号：kj-1"), (300.0, 700.0, "发布机构：市科技局")]) == [
        "索引号：kj-1  发布机构：市科技局"
    ]


@pytest.mark.parametrize(
    ("extracted", "meant"),
    [
        ("第 142194 号提案", "第142194号提案"),
        ("收悉 , 现答复如下 :", "收悉,现答复如下:"),
        ("⼀、⼈⼤代表⻓期关注⾼新", "一、人大代表长期关注高新"),
        ("A类        公开", "A类  公开"),
        ("Belt and Road", "Belt and Road"),
        ("同比增长 12.5 %", "同比增长12.5%"),
    ],
)
def test_the_spaces_and_radicals_of_the_extractor_go(extracted: str, meant: str) -> None:
    assert tidy(extracted) == meant


def _picture_only() -> bytes:
    from PIL import Image
    from reportlab.lib.utils import ImageReader
    from reportlab.pdfgen.canvas import Canvas

    out = io.BytesIO()
    canvas = Canvas(out)
    canvas.drawImage(ImageReader(Image.new("L", (40, 40))), 0, 0)
    canvas.showPage()
    canvas.save()
    return out.getvalue()


def _with_scanned_page() -> bytes:
    from pypdf import PdfReader, PdfWriter

    writer, out = PdfWriter(), io.BytesIO()
    for data in (pdf([page((LEFT, "陈力代表：现答复如下。特此函复。"))]), _picture_only()):
        writer.append(PdfReader(io.BytesIO(data)))
    writer.write(out)
    return out.getvalue()


def test_a_scan_is_refused_and_told_to_be_recognised_first() -> None:
    with pytest.raises(UnreadableFile, match="扫描件，没有文字层。请先做文字识别"):
        read_pdf(_picture_only(), "扫描.pdf")


def test_a_scanned_page_among_others_is_named_in_the_text() -> None:
    assert read_pdf(_with_scanned_page(), "a.pdf").split("\n") == [
        "陈力代表：现答复如下。特此函复。",
        "（第 2 页是图片，没有文字）",
    ]


def test_a_locked_pdf_is_refused_and_one_that_only_forbids_printing_is_read() -> None:
    from reportlab.lib.pdfencrypt import StandardEncryption

    text = [page((LEFT, "陈力代表：现答复如下。"))]
    with pytest.raises(UnreadableFile, match="密码"):
        read_pdf(pdf(text, encrypt=StandardEncryption("甲", strength=40)), "锁.pdf")
    assert read_pdf(pdf(text, encrypt=StandardEncryption("", "主人", strength=40)), "a.pdf") == "陈力代表：现答复如下。"


@pytest.mark.parametrize("data", [b"%PDF-1.7\n", pdf([page((LEFT, "现答复如下。"))])[:500]], ids=["head", "cut"])
def test_a_damaged_pdf_is_refused(data: bytes) -> None:
    with pytest.raises(UnreadableFile, match="坏"):
        read_pdf(data, "坏.pdf")


def test_the_rows_of_a_table_stay_apart_and_the_heading_below_begins_a_line() -> None:
    rows = [
        [(LEFT, y, a), (260, y, b), (440, y, c)]
        for y, a, b, c in ((700, "年度", "数量", "增幅"), (672, "2022", "132", "15.8%"), (644, "2023", "156", "18.2%"))
    ]
    found = lines(
        [
            (LEFT, 728, "2023年高新技术企业达到156家。"),
            *[cell for row in rows for cell in row],
            (LEFT, 616, "三、下一步工作计划"),
            (LEFT, 588, "落实。"),
        ]
    )
    assert found[1:] == ["年度  数量  增幅", "2022  132  15.8%", "2023  156  18.2%", "三、下一步工作计划", "落实。"]


@pytest.mark.parametrize("head", ["11/22/26, 8:52 PM", "2024/8/30 16:52", "2024/8/30 下午4:52"])
def test_what_a_browser_prints_at_the_edges_of_a_page_goes(head: str) -> None:
    edges = [
        Line(f"{head}  答复-某局", 24, 400, 769, 8, 1),
        Line("https://www.km.gov.cn/a.html  1/1", 24, 500, 17, 8, 1),
    ]
    body = [Line("陈力代表：", 34, 94, 700, 12, 1), Line("收悉。", 34, 94, 680, 12, 1)]
    assert paragraphs([[*body, *edges]]) == ["陈力代表：", "收悉。"]


def test_a_time_of_publication_in_the_text_stays() -> None:
    body = [Line("2024/8/30 16:52  来源：某局", 34, 94, 700, 12, 1), Line("收悉。", 34, 94, 680, 12, 1)]
    assert paragraphs([body])[0] == "2024/8/30 16:52  来源：某局"


def test_characters_shown_at_one_place_leave_no_gap_behind_them() -> None:
    [line] = lines_of([("谢", 100, 50, 12), ("您", 100, 50, 12), ("的", 100, 50, 12), ("支", 136, 50, 12)], 1)
    assert line.text == "谢您的支"


@pytest.mark.parametrize("who", ["孙海代表：", "民革市委会:", "王建国等8位委员：", "市发展改革委员会："])
def test_a_title_as_long_as_the_longest_line_does_not_swallow_the_salutation(who: str) -> None:
    found = lines(
        page((LEFT, "关于市人大十五届四次会议第105号建议的答复"), (LEFT, who), (LEFT, "收悉。"), (LEFT, "落实。"))
    )
    assert found == ["关于市人大十五届四次会议第105号建议的答复", who, "收悉。", "落实。"]
