"""Cleaning pages: chrome goes, every character of the letter stays, plain text is left alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.box import fields, flat
from corpus.clean import clean

TITLE = "关于市八届人大三次会议第211号建议的答复"
HEAD = f"""无障碍 | 长者版
欢迎访问某某市人民政府门户网站
今天是：2024年6月18日 星期二
首页 政务公开 互动交流 专题专栏
当前位置：首页>政务公开>某某市科技局>建议提案

{TITLE}

索 引 号：11330000MB1234567X/2024-00012 发布机构：某某市科技局
发布时间：2024-06-18 10:20 浏览次数：123 【字体：大 中 小】

{TITLE}

"""
FOOT = """

打印 关闭
责任编辑：某某
扫一扫在手机打开当前页
上一篇：关于第210号建议的答复
下一篇：关于第212号建议的答复
主办：某某市科技局 承办：某某市大数据局
浙ICP备05000000号 网站标识码：3307000000
"""
SENTENCE = st.text(
    st.sampled_from("科技创新企业首页返回打印2024年,。、(关闭)上一篇《》“”:"), min_size=4, max_size=80
).map(lambda s: "我市" + s + "推进工作。")
BODY = st.lists(SENTENCE, min_size=1, max_size=6).map("\n".join)


@given(BODY)
def test_a_letter_wrapped_in_chrome_comes_out_whole(body: str) -> None:
    letter = f"周八代表：\n您提出的建议收悉，现答复如下：\n{body}\n某某市科技局\n2024年6月12日"
    cleaned = clean(HEAD + letter + FOOT)
    assert cleaned.text[slice(*cleaned.body)] == f"{TITLE}\n\n{letter}"
    for chrome in ("无障碍", "欢迎访问", "当前位置", "扫一扫", "上一篇：", "ICP", "责任编辑"):
        assert chrome not in cleaned.text


@given(BODY)
def test_a_plain_passage_comes_through_unchanged(body: str) -> None:
    cleaned = clean(body)
    assert (cleaned.text, cleaned.body, cleaned.box) == (body, (0, len(body)), ())


@given(st.text(st.characters(exclude_categories=["Cc", "Cf", "Cs"]), max_size=300))
def test_any_text_keeps_its_lines_and_a_valid_body(text: str) -> None:
    cleaned = clean(text)
    assert 0 <= cleaned.body[0] <= cleaned.body[1] <= len(cleaned.text)
    assert all(line in {raw.rstrip() for raw in text.split("\n")} | {""} for line in cleaned.text.split("\n")) or (
        cleaned.text == text.strip("\n")
    )


@given(BODY)
def test_cleaning_twice_changes_nothing_more(body: str) -> None:
    once = clean(HEAD + f"周八代表：\n您提出的建议收悉。\n{body}" + FOOT).text
    assert clean(once).text == once


def test_an_encyclopedia_paragraph_about_a_home_page_loses_nothing() -> None:
    text = "首页是网站的入口。用户打开首页>栏目>正文后，可以打印、关闭或返回。\n打印机是一种设备。\n网站地图一词指站点目录。"
    assert clean(text).text == text


def test_the_information_box_stays_in_the_text_outside_the_body() -> None:
    cleaned = clean(HEAD + "周八代表：\n您提出的建议收悉。" + FOOT)
    box = {f.key: f.value for f in fields(cleaned.text, cleaned.box)}
    assert box["index_no"] == "11330000MB1234567X/2024-00012"
    assert box["issuer"] == "某某市科技局"
    assert "索 引 号" in cleaned.text[: cleaned.body[0]]
    assert cleaned.breadcrumb == ("首页", "政务公开", "某某市科技局", "建议提案")


def test_a_box_of_labels_and_values_on_alternate_lines_is_read() -> None:
    cleaned = clean("首页 > 内容\n承办单位\n\n县公安局\n\n办理类型\n\nB\n\n答复内容\n\n熊某代表:\n您提出的建议收悉。")
    found = fields(cleaned.text, cleaned.box)
    assert [(f.label, f.value) for f in found] == [("承办单位", "县公安局"), ("办理类型", "B")]
    assert all(cleaned.text[f.start : f.end] == f.value for f in found)


def test_the_name_of_a_foreign_site_above_the_breadcrumb_goes() -> None:
    raw = "某某五分\n\n昆明: 多云 4℃~15℃\n当前位置: 某某五分/昆明要闻\n昆明要闻\n\n科技创新中心建设\n\n来源: 昆明日报  2021-11-30 08:27 字号: [ ]\n\n党的十八大以来,创新成就显著。"
    cleaned = clean(raw)
    assert "五分" not in cleaned.text
    assert "℃" not in cleaned.text
    assert cleaned.text.startswith("科技创新中心建设\n")
    assert cleaned.text[slice(*cleaned.body)] == "党的十八大以来,创新成就显著。"


def test_the_letters_own_list_of_organs_at_its_end_is_no_footer() -> None:
    raw = "周八代表：\n您提出的建议收悉。\n某某市科技局\n2024年6月12日\n主办单位:市科技局\n会办单位:市财政局"
    assert clean(raw).text == raw


def test_a_notice_that_begins_with_its_time_and_place_is_no_page() -> None:
    raw = "会议通知\n时间:2024年6月1日\n地点:三楼会议室\n请准时参加。"
    assert clean(raw).body == (0, len(raw))


def test_a_page_of_nothing_but_chrome_is_kept_rather_than_emptied() -> None:
    assert clean("打印 关闭\n返回顶部").text == "打印 关闭\n返回顶部"


@given(st.text())
def test_the_flat_copy_has_the_same_length(text: str) -> None:
    assert len(flat(text)) == len(text)


PAGE_LINE = st.sampled_from(
    [
        "首页 > 政务公开 > 建议提案",
        "您现在的位置：首页>提案办理>正文",
        "无障碍 | 长者版",
        "今天是：2024年6月18日 星期二",
        "发布时间：2024-06-18 来源：某某市科技局 浏览次数：12",
        "【字体：大 中 小】",
        "【打印】 【关闭】",
        "打印 关闭",
        TITLE,
        "某某市科技局",
        "周八代表：",
        "您提出的《关于建设科技馆的建议》收悉，现答复如下：",
        "一、工作情况。全市已建成3座。",
        "2024年6月12日",
        "（联系人：李某，电话：0871-60000000）",
        "抄送：市人大代工委",
        "附件：征询意见表",
        "上一篇：关于第210号建议的答复",
        "下一篇：没有了",
        "相关阅读",
        "主办：某某市人民政府 承办：某某市大数据局",
        "某ICP备05000000号 网站标识码：3307000000",
        "扫一扫在手机打开当前页",
        "foot_img_01.png",
        "<!--EndFragment-->",
        "办证刻章代开发票加微信12345678",
        "此件公开发布",
        "答复类别：A",
        "",
        "A+ A-",
        "索 引 号：01420/2022-00319 组配分类：建议提案",
        "领衔代表",
    ]
)
PAGES = st.lists(PAGE_LINE, max_size=40).map("\n".join)
OWN = ("您提出的", "一、工作", "抄送", "附件：", "（联系人", "2024年6月12日", "周八代表")


@given(PAGES)
def test_cleaning_any_page_twice_is_cleaning_it_once(page: str) -> None:
    once = clean(page).text
    assert clean(once).text == once


@given(st.text("首页>打印关闭\n。：:关于第1号建议的答复上一篇下 代表收悉（）", max_size=300))
def test_cleaning_any_text_twice_is_cleaning_it_once(text: str) -> None:
    once = clean(text).text
    assert clean(once).text == once


@given(PAGES)
def test_what_is_kept_stands_in_the_page_in_order(page: str) -> None:
    rest = iter(page.split("\n"))
    kept = [line for line in clean(page).text.split("\n") if line.strip()]
    assert all(any(line == raw.rstrip() for raw in rest) for line in kept)


@given(PAGES)
def test_no_line_of_a_letters_own_is_dropped(page: str) -> None:
    kept = clean(page).text
    for line in page.split("\n"):
        if line.startswith(OWN):
            assert kept.count(line) == page.count(line)


@pytest.mark.parametrize(
    "bar",
    [
        "网站支持IPv6",
        "您所访问的页面将跳转到第三方网站,确定要继续吗?",
        "欢迎访问广西柳州某某县人民政府门户网站! 今日是:",
        "保护视力色:    字体颜色: 【 绿恢复默认",
        "2023年11月5日 星期天",
        "语音播报 00:00 / 03:20 倍速",
        "39-top_img.png",
        "站群导航",
        "当前所在:首页 > 人大研究 > 正文",
        "某某区公开目录 > 建议提案办理结果 > 人大代表建议",
        "加入收藏 | 设为首页 | 手机版",
    ],
)
def test_a_bar_above_a_letter_goes(bar: str) -> None:
    letter = f"{TITLE}\n周八代表：\n您提出的建议收悉，现答复如下：\n已办理。\n某某市科技局\n2024年6月12日"
    assert clean(f"{bar}\n{letter}").text == letter


@pytest.mark.parametrize(
    "foot",
    [
        "【打印本页】 【关闭窗口】",
        "分享到:\n【字体: \n×\n用户登录\nrobots",
        "责任编辑：某某\n关闭\n上一篇：关于第106号建议的答复函\n下一篇：关于第104号建议的答复函",
        "附件下载\n扫一扫在手机打开当前页\n相关文章\n关于第7号建议的答复",
        "foot_img_01.png\n主办单位:某某区人民政府 版权所有:某某市人民政府办公室 网站地图\n网站标识码:2111030012 某ICP备2020012352号\n联系电话:0427-2989069",
        "上一条：没有了\n下一条：关于县政协第9号提案的答复",
        "真人棋牌注册送彩金 www.example.com\n打印",
        "按回车键在新窗口打开无障碍说明页面,按Ctrl+~键打开导盲模式。",
        "建议提案结果公开\n关于政协某某县第三次会议第1号提案的答复",
    ],
)
def test_a_foot_below_a_letter_goes(foot: str) -> None:
    letter = f"{TITLE}\n周八代表：\n您提出的建议收悉，现答复如下：\n已办理。\n某某市科技局\n2024年6月12日\n（联系人：李某，电话：0871-60000000）"
    assert clean(f"{letter}\n\n{foot}").text == letter


def test_what_was_dropped_is_told_for_its_names() -> None:
    cleaned = clean(f"欢迎访问马关县人民政府门户网\n{TITLE}\n周八代表：\n您提出的建议收悉。")
    assert "马关县" in cleaned.chrome
    assert "马关县" not in cleaned.text


def test_advertisement_that_intruders_left_goes_from_the_middle_too() -> None:
    raw = "周八代表：\n您提出的建议收悉。\n澳门真人棋牌注册送彩金 QQ 123456\n我局严厉打击赌博、私彩等违法行为，联系电话110。\n某某市公安局"
    assert clean(raw).text.count("\n") == 3
    assert "打击赌博" in clean(raw).text
