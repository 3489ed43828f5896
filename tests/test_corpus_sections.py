"""The section tree follows the numbering of a letter, whatever its style, and never leaves the text."""

from pathlib import Path

import pytest

from corpus.sections import sections

SEEDS = Path(__file__).parent.parent / "corpus" / "documents"
OPENING = "张三代表：\n您提出的《关于加强养老服务的建议》收悉，现答复如下：\n"
CLOSING = "感谢您对我市工作的关心和支持。\n某某市民政局\n2024年5月6日"


def outline(text: str) -> list[str]:
    """The headings, two blanks a level."""
    return ["  " * (section.level - 1) + section.heading for section in sections(text, 0, len(text))]


def seed_outline(name: str) -> list[str]:
    [path] = SEEDS.glob(f"{name}_*.txt")
    return outline(path.read_text(encoding="utf-8"))


def test_the_first_seed_has_three_levels() -> None:
    assert seed_outline("000") == [
        "一、 提案的主要内容",
        "二、 昆明市相关工作开展的情况",
        "  (一)加强科技创新政策引导",
        "  (二)完善企业培育体系",
        "  (三)为企业培引创新人才",
        "  (四)加大企业创新扶持力度",
        "  (五)推动各级创新平台建设",
        "    1. 建设云南省最高水平的科技创新平台",
        "    2. 建设企业技术中心",
        "    3. 建设制造业创新中心",
        "    4. 培育一批产业链创新服务平台",
        "  (六)完善知识产权服务体系",
        "  (七)营造良好营商环境",
        "    1. 进一步优化开办企业服务",
        "    2. 开设外国人才工作居留许可“一站式服务”试点专区",
        "  (八)加强对小微企业的信贷支持",
        "  (九)推动优质企业上市",
        "三、 下一步工作计划",
        "  (一)进一步加大科技创新扶持力度",
        "  (二)建立以企业为科技创新主体的创新体系",
        "  (三)加强科技人才队伍建设,为企业科技创新提供人才支撑",
        "  (四)加强科技创新平台建设,为产业发展提供技术支撑",
        "  (五)全面开展科技合作",
        "  (六)增加科技金融配套服务",
    ]


def test_the_second_seed_has_headings_that_end_with_a_full_stop() -> None:
    assert seed_outline("001") == [
        "一、 提案的主要内容",
        "二、 昆明市相关工作开展的情况",
        "  (一)强化制度保障",
        "  (二)强化统筹协调",
        "  (三)推进重大科技项目",
        "  (四)创新平台搭建实现新提升",
        "  (五)高层次人才培引展现新作为",
        "三、 下一步工作计划",
        "  (一)加强组织领导,快速直达有力有效贯彻落实",
        "  (二)强化投入保障,全力确保各项工作顺利实施",
        "  (三)坚持精准施策,靶向发力助推企业行稳致远",
        "  (四)深化改革创新,最大限度激发全社会创新活力",
        "  (五)坚持全面推进,实现重大科技创新项目再有新贡献",
    ]


def test_the_third_seed_has_headings_that_run_into_the_text() -> None:
    assert seed_outline("002") == [
        "一、全面厚植创新力量",
        "  (一)强化科技创新顶层设计,构建银川特色创新政策体系",
        "  (二)优化创新平台体系,构建企业共性技术支撑和供给体系",
        "二、加快培育创新主体",
        "  (一)积极培育科技型企业,突出企业创新主体地位",
        "  (二)提升企业自主创新能力,推进市域企业协同创新",
        "  (三)实施科技人才精准引育,构筑人才科研创新高地",
        "三、协同联动开展创新",
        "  (一)深化东西部科技合作,建立协同创新机制",
        "  (二)促进科技金融紧密结合,助力中小企业创新发展",
        "  (三)畅通科技成果转化通道,形成全生命周期评价机制",
        "四、实施创新生态涵养工程",
        "  (一)深化科技体制机制改革,优化科技创新生态环境",
        "  (二)提升科技创新服务能力,强化科技服务成效",
        "  (三)强化尊重创新宣传引导,营造鼓励创新宽容失败的创新环境",
    ]


def test_the_newspaper_article_is_cut_at_its_numbered_paragraphs() -> None:
    assert seed_outline("003") == [
        "一是强化区域创新体系建设,提高科技协同创新能力",
        "二是强化企业创新主体地位,增强企业科技研发水平",
        "三是强化中介服务机构培育,不断发展壮大科技中介服务市场",
        "四是强化科技创新政策支持,着力营造有利于科技创新的良好环境",
        "五是强化科技对外开放合作,打造辐射全省、链接南亚东南亚的科技大市场",
        "六是强化科技体制机制改革,充分激发科技创新的动力和活力",
    ]


def test_the_fifth_seed_goes_from_the_first_level_to_arabic_numbers() -> None:
    assert seed_outline("004") == [
        "一、关于培养企业家创新意识方面",
        "  1.强化科技企业培育",
        "  2.发挥企业家引领作用",
        "  3.激励科技人才创新创业",
        "二、关于构建全过程创新链方面",
        "  1.完善科技成果转移转化“一链五端”机制",
        "  2.推进“十百千万”赋能工程",
        "  3.加快推进“三支队伍”建设",
        "三、关于完善科技创新激励政策方面",
        "  1.加快政策兑现激励",
        "  2.加快推进科技创新立法",
        "  3.加快科技创新政策迭代升级",
        "四、关于建设未来产业科创企业孵化基地方面",
        "  1.加强“专精特新”企业培育",
        "  2.加快科创平台建设",
        "  3.打通转化渠道",
        "五、关于营造诚实守信的营商环境方面",
        "  1.加强信用机制建设",
        "  2.强化知识产权保护",
        "  3.落实免责容错机制",
    ]


@pytest.mark.parametrize(
    ("name", "last_words"),
    [
        ("000", "落实金融服务实体工作责任。"),
        ("001", "融合发展新格局。"),
        ("002", "激发干部创新热情。"),
        ("003", "(昆明日报)"),
        ("004", "80%以上的权属奖励。"),
    ],
)
def test_the_last_section_ends_before_the_closing(name: str, last_words: str) -> None:
    [path] = SEEDS.glob(f"{name}_*.txt")
    text = path.read_text(encoding="utf-8")
    assert text[: sections(text, 0, len(text))[-1].end].rstrip().endswith(last_words)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "一、关于“加强顶层设计”的建议2016年，全国率先出台意见。\n二、关于数据共享的建议我局正在研究。\n"
            "三、关于人才方面近年来出台了若干政策。",
            ["一、关于“加强顶层设计”的建议", "二、关于数据共享的建议", "三、关于人才方面"],
            id="关于…的建议 runs into its answer",
        ),
        pytest.param(
            "（一）强化资金保障  我局每年安排200万元。\n（二）优化服务近年来，我市持续优化服务，效果较好。\n"
            "（三）加强协作，完善机制一方面加强领导，另一方面做好服务。\n（四）推进平台建设出台了《平台办法》，建成平台12个。",
            ["（一）强化资金保障", "（二）优化服务", "（三）加强协作，完善机制", "（四）推进平台建设"],
            id="headings cut at blanks, 近年来, 一方面, a verb before 《",
        ),
        pytest.param(
            "一、我局已完成养老设施普查。\n二、我局已制定规划，正在实施。\n三、我局将继续推进。",
            ["一、我局已完成养老设施普查", "二、我局已制定规划", "三、我局将继续推进"],
            id="items without heading carry their first clause",
        ),
        pytest.param(
            "第一章 总则\n第一条 为了规范管理，制定本办法。\n第二条 本办法适用于：\n（一）企业；\n（二）个人。\n第二章 附则\n"
            "第三条【施行日期】本办法自2020年1月1日起施行。",
            [
                "第一章 总则",
                "  第一条",
                "  第二条",
                "    （一）企业",
                "    （二）个人",
                "第二章 附则",
                "  第三条【施行日期】",
            ],
            id="a law",
        ),
        pytest.param(
            "一、情况\n1．现状。有企业12家。\n（1）大型企业。3家。\n（2）小型企业。9家。\n2．问题。不足。\n①人少\n②钱少\n二、对策\n"
            "１．加大投入。每年100万元。",
            [
                "一、情况",
                "  1．现状",
                "    （1）大型企业",
                "    （2）小型企业",
                "  2．问题",
                "    ①人少",
                "    ②钱少",
                "二、对策",
                "  １．加大投入",
            ],
            id="deep marks, full width",
        ),
        pytest.param(
            "建议内容如下：\n1.加强宣传；\n2.加强投入。\n一、高度重视\n已经部署。\n二、下一步打算\n1.做好宣传。将开展活动。",
            ["1.加强宣传", "2.加强投入", "一、高度重视", "二、下一步打算", "  1.做好宣传"],
            id="a list of lower rank before the first level",
        ),
        pytest.param(
            "1.方案如下：\n（一）甲方案\n好。\n（二）乙方案\n好。\n2.安排如下：\n（一）丙安排\n好。",
            ["1.方案如下", "  （一）甲方案", "  （二）乙方案", "2.安排如下", "  （一）丙安排"],
            id="an unusual order of marks is followed",
        ),
        pytest.param(
            "现答复如下：一、关于加大投入的建议。我局高度重视，投入资金一百万元，用于改善条件，惠及群众三千人，成效明显。"
            "二、关于加强管理的建议。我局明确了管理责任，落实了管理经费，加强了日常巡查。感谢您对我市工作的关心和支持。",
            ["一、关于加大投入的建议", "二、关于加强管理的建议"],
            id="line breaks lost",
        ),
        pytest.param(
            "1.1 总体要求\n好。\n1.2 原则\n1.2.1 引导\n好。", ["1.1 总体要求", "1.2 原则", "  1.2.1 引导"], id="dotted"
        ),
        pytest.param(
            "（一）\n强化领导\n好。\n（二）\n强化保障\n好。", ["（一）\n强化领导", "（二）\n强化保障"], id="mark alone"
        ),
        pytest.param("㈠强化领导。好。\n㈡强化保障。好。", ["㈠强化领导", "㈡强化保障"], id="one-character marks"),
        pytest.param(
            "收悉。现答复如下：\n关于加大园区支持力度的建议多年来，省委重视。\n关于每年给予2000万元资金的支持2016年，已批示。",
            ["关于加大园区支持力度的建议", "关于每年给予2000万元资金的支持"],
            id="headings without number",
        ),
        pytest.param("增长1.79%，一、二线城市和三、四线城市。2022年（2022-2025），第一，好。", [], id="no marks"),
        pytest.param("一、二线城市的房价\n1.5%的增长\n3.15晚会", [], id="no marks at line starts"),
        pytest.param(
            "您的建议收悉。\n一是设网状线。好的。\n二是不设减速带。好的。", [], id="一是 in a letter is a list"
        ),
        pytest.param("他说。三、这是句中的话。", [], id="a lone inline mark"),
        pytest.param("昆明是云南省的省会，位于云贵高原中部。\n人口846万人。", [], id="a plain passage"),
    ],
)
def test_the_outline_of(text: str, expected: list[str]) -> None:
    assert outline(text) == expected


def test_a_thanks_between_two_sections_closes_nothing() -> None:
    text = "一、加强领导\n成立小组。\n感谢您的建议，我们将认真研究。\n二、加强投入\n投入100万元。\n\n" + CLOSING
    found = sections(text, 0, len(text))
    assert found[0].end == found[1].start
    assert text[found[1].start : found[1].end].strip() == "二、加强投入\n投入100万元。"


def test_two_letters_on_one_page_do_not_share_a_section() -> None:
    one = OPENING + "一、甲方案\n内容。\n二、乙方案\n内容。\n" + CLOSING
    text = one + "\n" + OPENING + "一、丙方案\n内容。\n" + CLOSING
    found = sections(text, 0, len(text))
    assert [section.heading for section in found] == ["一、甲方案", "二、乙方案", "一、丙方案"]
    assert text[found[1].start : found[1].end].strip() == "二、乙方案\n内容。"


def test_a_number_in_brackets_may_stand_before_a_year() -> None:
    text = f"{OPENING}一、主要做法\n(1)推行“一网通办”。时限压缩。\n(2)2023年1—10月，签发6.8万份。\n(3)5月底前完成。\n二、下一步\n落实。\n{CLOSING}"
    found = [text[s.start : s.start + 3] for s in sections(text, 0, len(text)) if s.level == 2]
    assert found == ["(1)", "(2)", "(3)"]


@pytest.mark.parametrize(
    "listed",
    ["①优化流程；②扩大试点；③加强宣传。", "(1)建立台账,(2)每季度调度。", "1.建立台账；2.每季度调度；3.年内开通。"],
)
def test_a_list_that_begins_a_line_and_goes_on_in_it_is_no_section(listed: str) -> None:
    assert outline(f"{OPENING}一、做法\n推行。\n二、后续举措\n{listed}\n{CLOSING}") == ["一、做法", "二、后续举措"]


def test_a_first_point_that_names_the_next_one_stays_when_that_has_its_own_line() -> None:
    text = f"{OPENING}一、做法\n①优化流程，②扩大试点。现已完成。\n②扩大试点。现已完成。\n{CLOSING}"
    assert len(sections(text, 0, len(text))) == 3
