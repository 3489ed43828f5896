"""What the record leaves out: headings of items, and the letter's own 文号 among the policies."""

from corpus.parse import parse_letter
from corpus.read import RawDocument
from corpus.record import record

LETTER = """昆水复〔2024〕3号
关于市十五届人大三次会议第31号建议的答复
李红代表：
您提出的《关于改善老街排水的建议》收悉，按照《城镇排水条例》（国务院令第641号）和昆水复〔2023〕9号，现答复如下：
一、主要做法
1.我局已安排改造老街排水管网，全年投入120万元，由城区排水公司负责施工并接受居民监督，工程款按月拨付，验收合格后交付使用。
2.我局将在2024年12月底前完成全部路段，同时对易涝点位安装监测设备，汛期每日巡查两次，发现问题及时处置，并向居民公布电话。
感谢您对水务工作的关心。
昆明市水务局
2024年5月6日
"""


def told() -> dict[str, object]:
    return record(parse_letter(RawDocument("1", "1.txt", None, LETTER)))


def test_an_item_has_no_heading_but_keeps_its_path() -> None:
    sections = told()["sections"]
    assert isinstance(sections, list)
    items = [s for s in sections if s["kind"] == "item"]
    assert items
    assert all(s["heading"] == "" and s["heading_path"] for s in items)
    assert [s["heading"] for s in sections if s["kind"] == "heading"] == ["一、主要做法"]


def test_the_letter_does_not_cite_its_own_number() -> None:
    policies = told()["policies"]
    assert isinstance(policies, list)
    assert [p["doc_no"] for p in policies] == ["国务院令第641号", "昆水复〔2023〕9号"]
