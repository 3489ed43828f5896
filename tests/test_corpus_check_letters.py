"""The check of whole letters: what is missing, what disagrees, what is another city's, what says nothing."""

import pytest

from corpus.check import check
from corpus.parse import parse_letter
from corpus.read import RawDocument
from tests.corpus_check_cases import CONSULTED, DEPUTY, MEMBER, SUMMARY

BOX = "索引号：012345678/2024-00031\n发布机构：榆川市教育局\n会办单位：市财政局、市委编办\n发布日期：2024-01-20\n"


def rules(text: str, here: str = "") -> list[tuple[str, str]]:
    letter = parse_letter(RawDocument("甲", "甲.txt", None, text.replace("{here}", here)))
    return [(f.rule, f.problem) for f in check(letter)]


def changed(text: str, *edits: tuple[str, str]) -> str:
    for old, new in edits:
        assert old in text
        text = text.replace(old, new)
    return text


MISSING = [
    (DEPUTY, [("第116号建议", "一件建议"), ("（第116号）", "")], "缺编号"),
    (MEMBER, [("第047号提案", "提案")], "缺编号"),
    (DEPUTY, [("关于市九届人大二次会议第116号", "关于市人大第116号")], "缺届次"),
    (DEPUTY, [("刘明远代表：\n", "")], "缺称呼"),
    (DEPUTY, [("收悉。现答复如下：", "很好。")], "缺收悉句"),
    (MEMBER, [("收悉。经会同区公安分局研究，现答复如下：", "很有意义。")], "缺收悉句"),
    (DEPUTY, [("感谢您对教育工作的关心和支持。\n", "")], "缺结尾"),
    (CONSULTED, [("以上意见供贵委统一答复代表时参考。\n", "")], "缺结尾"),
    (
        MEMBER,
        [("以上答复，如有不妥，请批评指正。\n临泉区交通运输局\n", "以上答复，如有不妥，请批评指正。\n")],
        "缺署名",
    ),
    (CONSULTED, [("海宁湾市医疗保障局\n", "")], "缺署名"),
    (DEPUTY, [("2024年1月18日\n", "")], "缺成文日期"),
    (MEMBER, [("2022年11月9日\n", "")], "缺成文日期"),
    (DEPUTY, [("（联系人：周老师，电话：0912-3456789）\n", "")], "缺联系人"),
    (CONSULTED, [("（联系人：陈晨，联系电话：0573-87654321）\n", "")], "缺联系人"),
]


@pytest.mark.parametrize(("text", "edits", "problem"), MISSING, ids=[f"{p}-{t[:5]}" for t, _, p in MISSING])
def test_a_missing_element_is_named(text: str, edits: list[tuple[str, str]], problem: str) -> None:
    assert problem in [p for rule, p in rules(changed(text, *edits)) if rule == "缺要素"]


def test_a_page_that_breaks_off_is_one_finding() -> None:
    torn = DEPUTY[: DEPUTY.index("；每学期末")]
    assert rules(torn) == [("缺要素", "正文在句中断开，缺其后的结尾、署名、日期")]


def test_a_summary_and_a_plain_text_need_no_sign_off() -> None:
    assert rules(SUMMARY) == []
    assert rules("会议通知\n定于2024年3月1日开会。") == []


AT_ODDS = [
    ("编号不一致", DEPUTY, [("（第116号）", "（第161号）")]),
    ("编号不一致", CONSULTED, [("（第0231号）", "（第0237号）")]),
    ("届次不一致", DEPUTY, [("您提出的《", "您在市九届人大三次会议上提出的《")]),
    ("届次不一致", MEMBER, [("您们提出的“", "您们在政协临泉区五届三次会议上提出的“")]),
    ("称呼不一致", DEPUTY, [("您提出的《", "马文华代表提出的《")]),
    ("称呼不一致", DEPUTY, [("榆川市教育局关于", "索引号：012345678/2024-00031\n提案人：马文华\n榆川市教育局关于")]),
    (
        "类别不符",
        DEPUTY,
        [("刘明远代表：", "类别：C\n刘明远代表："), ("一、关于扩大公办学位", "您所提建议已全部采纳。")],
    ),
    (
        "类别不符",
        MEMBER,
        [("王静、赵大勇委员：", "（A类）\n王静、赵大勇委员："), ("一是调整线路。", "您提出的建议目前不具备条件。")],
    ),
    ("会办未落实", DEPUTY, [("榆川市教育局关于", BOX.replace("市委编办", "市公安局") + "\n榆川市教育局关于")]),
    (
        "会办未落实",
        MEMBER,
        [("临泉区交通运输局关于对", "索引号：012345678/2022-00031\n协办单位：区城市管理局\n\n临泉区交通运输局关于对")],
    ),
    ("文种混用", DEPUTY, [("刘明远代表：", "刘明远委员：")]),
    ("文种混用", DEPUTY, [("第116号建议的答复", "第116号提案的答复")]),
    ("文种混用", MEMBER, [("第047号提案的答复", "第047号建议的答复")]),
    ("数据无时点", DEPUTY, [("2024年1月18日\n", ""), ("2023年，全市新建", "目前全市有幼儿园260所，")]),
    ("数据无时点", MEMBER, [("2022年11月9日\n", ""), ("2022年新设港湾式", "截至目前，共有公交车180辆，")]),
]


@pytest.mark.parametrize(("rule", "text", "edits"), AT_ODDS, ids=[f"{r}-{k}" for k, (r, _, _) in enumerate(AT_ODDS)])
def test_parts_that_disagree_are_found(rule: str, text: str, edits: list[tuple[str, str]]) -> None:
    assert rule in [r for r, _ in rules(changed(text, *edits))]


AGREED = [
    ("编号不一致", DEPUTY, [("（第116号）", "（第0116号建议）")]),
    ("编号不一致", MEMBER, [("第047号提案", "第2022047号提案"), ("提案”收悉", "提案”（第047号）收悉")]),
    ("届次不一致", DEPUTY, [("您提出的《", "您在市第九届人民代表大会第二次会议上提出的《")]),
    ("届次不一致", CONSULTED, [("张桂兰代表提出的", "张桂兰代表在第14届1次会议上提出的")]),
    ("称呼不一致", DEPUTY, [("您提出的《", "刘明远代表提出的《")]),
    ("称呼不一致", MEMBER, [("您们提出的“", "王静委员等提出的“")]),
    (
        "类别不符",
        DEPUTY,
        [("刘明远代表：", "类别：A\n刘明远代表："), ("一、关于扩大公办学位", "您所提建议已全部采纳。")],
    ),
    (
        "类别不符",
        MEMBER,
        [("王静、赵大勇委员：", "（B类）\n王静、赵大勇委员："), ("一是调整线路。", "第一条建议目前不具备条件。")],
    ),
    (
        "会办未落实",
        DEPUTY,
        [("榆川市教育局关于", BOX + "\n榆川市教育局关于"), ("市委编办为", "市财政局安排资金，市委编办为")],
    ),
    (
        "会办未落实",
        MEMBER,
        [("临泉区交通运输局关于对", "索引号：012345678/2022-00031\n协办单位：区公安分局\n\n临泉区交通运输局关于对")],
    ),
    ("文种混用", MEMBER, [("“关于优化医院周边公交线路的提案”", "《关于优化医院周边公交线路的建议》")]),
    ("文种混用", DEPUTY, [("《关于增加城区公办幼儿园学位的建议》", "《关于落实学位提案的建议》")]),
    ("数据无时点", DEPUTY, [("2023年，全市新建", "目前全市有幼儿园260所，")]),
    ("数据无时点", MEMBER, [("2022年11月9日\n", ""), ("2022年新设港湾式", "截至2022年10月底，目前共有公交车180辆，")]),
]


@pytest.mark.parametrize(("rule", "text", "edits"), AGREED, ids=[f"{r}-{k}" for k, (r, _, _) in enumerate(AGREED)])
def test_parts_that_agree_are_left_alone(rule: str, text: str, edits: list[tuple[str, str]]) -> None:
    assert rule not in [r for r, _ in rules(changed(text, *edits))]


CITY = changed(MEMBER, ("临泉区交通运输局", "昆明市交通运输局"), ("政协临泉区", "政协昆明市"))


@pytest.mark.parametrize(
    "here",
    ["我市出台了《金华市公交优先办法》。", "感谢您对银川市交通工作的关心。", "全市（金华市）公交车2000辆。"],
)
def test_another_city_called_ours_is_found(here: str) -> None:
    assert "外地内容" in [rule for rule, _ in rules(CITY, here)]


@pytest.mark.parametrize(
    "here",
    [
        "我市学习借鉴金华市经验，赴银川考察。",
        "我市呈贡区、安宁市已通公交。",
        "我市与玉溪市签署协议。",
        "我市出台了《昆明市公交办法》和《云南省公交办法》实施细则。",
    ],
)
def test_other_places_that_are_only_spoken_of_are_left_alone(here: str) -> None:
    assert "外地内容" not in [rule for rule, _ in rules(CITY, here)]


HOLLOW = (
    "高度重视此项工作，进一步加强组织领导。持续推进各项任务，不断完善工作机制。切实加强统筹协调，积极推进重点工作。"
    "大力推进能力建设，全面提升服务水平。狠抓落实，取得了明显成效，奠定了坚实的基础。"
)


@pytest.mark.parametrize("text", [DEPUTY, MEMBER])
def test_stock_phrases_are_found_where_they_fill_the_letter(text: str) -> None:
    assert "套话偏多" in [rule for rule, _ in rules(text, HOLLOW * 2)]


@pytest.mark.parametrize("text", [DEPUTY, MEMBER])
def test_a_few_stock_phrases_are_left_alone(text: str) -> None:
    assert "套话偏多" not in [rule for rule, _ in rules(text, HOLLOW[:26])]
    assert rules(text, "高度重视安全，进一步加强检查，2022年检查120次。") == []


LISTS = "".join(f"{n}是抓好{what}。" for what in ("线路", "场站", "票价") for n in "一二三四五")


@pytest.mark.parametrize("opening", ["本月起，", ""])
def test_many_measures_without_a_deadline_are_found(opening: str) -> None:
    text = changed(MEMBER, ("在2023年6月底前开通", "开通"))
    assert "措施无时限" in [rule for rule, _ in rules(text, opening + LISTS)]


def test_measures_with_one_deadline_or_few_measures_are_left_alone() -> None:
    assert "措施无时限" not in [rule for rule, _ in rules(MEMBER, LISTS)]
    assert "措施无时限" not in [rule for rule, _ in rules(DEPUTY, "一是选址。二是招人。三是招生。")]
