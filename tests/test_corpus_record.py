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


def test_the_figures_of_a_record_are_bound_to_their_dates() -> None:
    letter = LETTER.replace("工程款按月拨付", "截至2024年4月底,全区建成5G基站1045个,比上年增长12%")
    figures = record(parse_letter(RawDocument("1", "1.txt", None, letter)))["figures"]
    bound = {f["written"]: (f["date"], f["counts"], f["change"]) for f in figures}
    assert bound["1045个"] == ("2024-04", "5G基站", "")
    assert bound["12%"] == ("2024-04", "5G基站", "增长")
    assert not any("届" in f["written"] or "第" in f["written"] or "次会议" in f["written"] for f in figures)


def test_the_own_number_is_not_cited_where_it_stands_again_in_other_brackets() -> None:
    letter = LETTER.replace("感谢您对", "本复函（昆水复【2024】3号）由区水务站执行，参照昆水复〔2024〕4号。\n感谢您对")
    policies = record(parse_letter(RawDocument("1", "1.txt", None, letter)))["policies"]
    assert [p["doc_no"] for p in policies] == ["国务院令第641号", "昆水复〔2023〕9号", "昆水复〔2024〕4号"]
