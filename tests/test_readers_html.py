"""Web pages: the letter and its box stay, what only runs the site goes; encodings and broken pages."""

import pytest

from corpus.box import fields, flat, is_strong
from corpus.errors import UnreadableFile
from corpus.readers.html import read_html, read_mht

TITLE = "对市十五届人大三次会议第153005号建议的答复"
LETTER = "<p>陈力代表：</p><p>您提出的建议收悉，现答复如下：</p><p>一、加强投入</p><p>我局将落实。</p>"
LINES = ["陈力代表：", "您提出的建议收悉，现答复如下：", "一、加强投入", "我局将落实。"]


def lines(body: str, head: str = "") -> list[str]:
    return read_html(f"<html><head>{head}</head><body>{body}</body></html>".encode(), "页.html")[1].split("\n")


@pytest.mark.parametrize(
    "chrome",
    [
        "<script>var 甲=1;</script>",
        "<style>p{}</style>",
        "<nav>网站导航</nav>",
        "<footer>主办单位：某局</footer>",
        "<aside>热门</aside>",
        "<noscript>请启用脚本</noscript>",
        "<form><input value=搜索><label>站内</label></form>",
        "<p hidden>藏</p>",
        '<p style="display: none">藏</p>',
        "<select><option>友情链接</option></select>",
        "<!-- 注释 -->",
        "<button>打印</button>",
        "<iframe src=x>框</iframe>",
    ],
)
def test_what_runs_the_site_is_dropped_and_what_follows_it_stays(chrome: str) -> None:
    assert lines(f"{chrome}{LETTER}") == LINES
    assert lines(f"<div>{chrome}正文。</div>") == ["正文。"]


def test_a_form_around_the_whole_page_is_no_form() -> None:
    assert lines(f"<form id=aspnetForm>{LETTER}</form>") == LINES


def test_a_page_that_hides_everything_until_a_script_runs_is_read() -> None:
    assert lines(f'<div style="display:none">{LETTER}</div>') == LINES


def test_blocks_and_breaks_are_lines_and_odd_spaces_are_spaces() -> None:
    body = "<div>&nbsp;&nbsp;甲<b>乙</b>&nbsp;丙<br>丁</div>戊<p>　　己\n庚</p><pre>辛\n壬</pre><p>New\nArea</p>"
    assert lines(body) == ["甲乙 丙", "丁", "戊", "己庚", "辛", "壬", "New Area"]


def test_the_box_is_read_as_labels_and_values() -> None:
    box = (
        "<table><tr><td>索引号：</td><td>kj-2023-1</td><td>发布机构：</td><td>昆明市科技局</td></tr>"
        "<tr><th>文　号：</th><td></td><th>发布日期：</th><td>2023-06-20</td></tr></table>"
    )
    found = lines(box + LETTER)
    assert found[:2] == ["索引号： | kj-2023-1 | 发布机构： | 昆明市科技局", "文　号： |  | 发布日期： | 2023-06-20"]
    text = "\n".join(found)
    spans = ((0, len(found[0])), (len(found[0]) + 1, len(found[0]) + 1 + len(found[1])))
    assert [f.value for f in fields(text, spans)] == ["kj-2023-1", "昆明市科技局", "2023-06-20"]


def test_a_box_of_terms_or_of_list_items_is_read_as_well() -> None:
    found = lines("<dl><dt>索引号</dt><dd>kj-2023-1</dd><dt>文号</dt><dd>昆科函〔2023〕1号</dd></dl>")
    assert found == ["索引号 | kj-2023-1", "文号 | 昆科函〔2023〕1号"]
    assert is_strong(flat(found[0]))
    assert lines("<ul><li><b>索引号：</b>kj-1</li><li><b>文号：</b>无</li></ul>") == ["索引号：kj-1", "文号：无"]


def test_a_table_in_the_letter_is_a_line_a_row_and_a_table_for_layout_is_not_seen() -> None:
    table = "<table><tr><th>指标</th><th>2022年</th></tr><tr><td>企业</td><td>1200家</td></tr></table>"
    layout = f"<table><tr><td>{LETTER}{table}</td></tr></table>"
    assert lines(layout) == [*LINES, "指标 | 2022年", "企业 | 1200家"]


def test_numbered_lists_keep_their_numbers() -> None:
    assert lines("<ol start=2><li>加强</li><li>3. 落实</li></ol><ul><li>点</li></ul>") == ["2. 加强", "3. 落实", "点"]


def test_a_breadcrumb_is_one_line() -> None:
    crumb = '<div class="breadcrumb"><ul><li>首页</li><li>政务公开</li><li>建议提案</li></ul></div>'
    assert lines(crumb + LETTER)[0] == "首页 > 政务公开 > 建议提案"


PAGE = (
    '<div class="top"><p>昆明市科学技术局网站</p><ul><li><a>人大代表建议办理</a></li><li><a>机构概况</a></li></ul></div>'
    '<div class="crumbs"><a>首页</a> > <a>政务公开</a></div>'
    "<table><tr><td>索引号：</td><td>kj-2023-1</td></tr></table>"
    f"<h1>对市十五届人大三次会议<br>第153005号建议的答复</h1><p>来源：市科技局</p>"
    f'<div class="TRS_Editor">{LETTER}</div>'
    "<p>昆明市科学技术局</p><p>2023年6月19日</p><div><p>上一篇：别的</p><p>关于我们</p></div>"
)


def test_of_a_page_with_a_known_frame_path_box_title_text_and_sign_off_stay() -> None:
    assert lines(PAGE) == [
        "首页 > 政务公开",
        "索引号： | kj-2023-1",
        TITLE,
        "来源：市科技局",
        *LINES,
        "昆明市科学技术局",
        "2023年6月19日",
    ]


def test_a_frame_that_holds_only_half_of_the_letter_is_no_frame() -> None:
    body = f'<div class="content"><p>摘要。</p></div><div>{LETTER}<p>再有一句。</p></div>'
    assert lines(body) == ["摘要。", *LINES, "再有一句。"]


METAS = (
    f'<meta name="ArticleTitle" content="{TITLE}"><meta name="PubDate" content="2023-6-20 10:11">'
    '<meta name="ContentSource" content="市科技局"><meta name="ColumnName" content="人大代表建议答复">'
)


def test_what_only_the_meta_data_say_is_added_as_a_box_and_a_title() -> None:
    title, text = read_html(f"<html><head>{METAS}</head><body>{LETTER}</body></html>".encode(), "页.html")
    assert title == TITLE
    assert text.split("\n") == ["发布日期：2023-06-20", "来源：市科技局", "栏目：人大代表建议答复", *LINES]


def test_what_the_page_shows_is_not_added_again() -> None:
    shown = f"<p>发布时间：2023年6月20日 来源：市科技局</p>{LETTER}"
    assert lines(shown, METAS) == ["发布时间：2023年6月20日 来源：市科技局", *LINES]


def test_the_title_of_the_window_is_used_only_where_it_names_a_reply_that_the_page_does_not() -> None:
    page = "<html><head><title>{}_昆明市科技局</title></head><body>{}</body></html>"
    assert read_html(page.format(TITLE, LETTER).encode(), "a")[0] == TITLE
    assert read_html(page.format("首页", LETTER).encode(), "a")[0] is None
    assert read_html(page.format(TITLE, f"<h1>{TITLE}</h1>{LETTER}").encode(), "a")[0] is None


@pytest.mark.parametrize(
    ("encoding", "declared"),
    [
        ("gbk", "gb2312"),
        ("gb18030", ""),
        ("utf-8", "gb2312"),
        ("utf-8", ""),
        ("utf-16", ""),
        ("big5", "big5"),
        ("utf-8-sig", ""),
    ],
)
def test_a_page_reads_the_same_whatever_its_encoding_and_whatever_it_says(encoding: str, declared: str) -> None:
    body = "<p>陳力代表：</p><p>現答覆如下。</p>"
    page = f'<html><head><meta http-equiv="Content-Type" content="text/html; charset={declared}"></head><body>{body}</body></html>'
    assert read_html(page.encode(encoding), "页.html")[1] == "陳力代表：\n現答覆如下。"


def test_a_page_with_an_xml_head_or_a_broken_end_is_read() -> None:
    assert (
        read_html(f'<?xml version="1.0" encoding="utf-8"?><html><body>{LETTER}'.encode(), "a")[1].split("\n") == LINES
    )


@pytest.mark.parametrize(
    ("page", "said"),
    [
        ("<html><frameset><frame src=a.html></frameset></html>", "只有框架"),
        ("<html><body><iframe src=a></iframe></body></html>", "只有框架"),
        ("<html><body><div id=app></div><script>run()</script></body></html>", "脚本"),
        ("<!-- x -->", "没有"),
    ],
)
def test_a_page_without_text_is_refused_with_the_mend(page: str, said: str) -> None:
    with pytest.raises(UnreadableFile, match=said):
        read_html(page.encode(), "页.html")


def test_a_page_saved_in_one_file_is_read() -> None:
    saved = (
        "From: <saved>\nMIME-Version: 1.0\nContent-Type: multipart/related; boundary=x\n\n--x\nContent-Type: text/html;"
        f' charset="utf-8"\nContent-Transfer-Encoding: 8bit\n\n<html><body>{LETTER}</body></html>\n--x--\n'
    )
    assert read_mht(saved.encode(), "页.mht")[1].split("\n") == LINES


@pytest.mark.parametrize("tags", ["<div>", "<table><tr><td>"])
def test_endless_nesting_is_refused_and_not_read_in_part(tags: str) -> None:
    with pytest.raises(UnreadableFile, match="嵌套"):
        read_html(f"<html><body><p>开头。</p>{tags * 20_000}答复。".encode(), "深.html")


def test_a_heap_of_open_brackets_is_text() -> None:
    assert "答复。" in read_html(f"<html><body>{'<' * 300_000}答复。".encode(), "深.html")[1]
