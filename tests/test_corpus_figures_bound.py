"""Figures come with the date that binds them, what they count and how it changed, in letters of every field."""

import re
import time
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.binding import bound, figures_of
from corpus.figures import Figure, figures
from corpus.letter import Letter, Metadata, Stated
from corpus.when import contradiction, whens

WRITTEN = "2023-06-19"
# Sentence ⇒ value and unit of each figure, with @date (@- none), #what it counts, ^change, /against what, ?qualifier.
TUNED_ON = r"""
截至2023年6月，全市高新技术企业达320家，同比增长12.5%。 ⇒ 320家 @2023-06 #高新技术企业; 12.5% @2023-06 ^增长 /同比 #高新技术企业
2022年全市技术合同成交额为35.5亿元。 ⇒ 35.5亿元 @2022 #技术合同成交额
培育国家专精特新“小巨人”企业三百二十家。 ⇒ 320家
新建改建农村公路十余条。 ⇒ 10条 #农村公路 ?余
引进博士1.2万余人。 ⇒ 1.2万人 #博士 ?余
下达补助资金一千二百万元。 ⇒ 1200万元 #补助资金
全市三分之一的社区建有食堂。 ⇒ 0.3333333333333333333333333333分之
降低成本百分之三十。 ⇒ 30%
“十四五”期间，计划新建学校12所，新增学位1.8万个。 ⇒ 12所 @2021/2025 #学校; 1.8万个 @2021/2025 #学位
今年以来，共开展执法检查156次，出动执法人员1200余人次。 ⇒ 156次 @2023/.. #执法检查; 1200人次 @2023/.. #执法人员 ?余
去年全市接待游客2300万人次，同比增长18%。 ⇒ 2300万人次 @2022 #游客; 18% @2022 ^增长 /同比
目前，我县共有公立医院6所、乡镇卫生院18所。 ⇒ 6所 @2023 #公立医院; 18所 @2023 #乡镇卫生院
截至目前，已发放补贴320万元。 ⇒ 320万元 @2023 #补贴
贷款余额90.31亿元，较年初增加12.4亿元，增幅15.9%。 ⇒ 90.31亿元 #贷款余额; 12.4亿元 ^增长 /较年初; 15.9% ^增长
失业率环比下降0.3个百分点。 ⇒ 0.3个百分点 ^下降 /环比 #失业率
每年培育3-5家龙头企业。 ⇒ 3~5家 #龙头企业
奖励3至5家企业，每家10—20万元。 ⇒ 3~5家 #企业; 10万~20万元
补贴比例为30%-50%。 ⇒ 30~50% #补贴比例
覆盖率达到95%以上。 ⇒ 95% #覆盖率 ?以上
5000元以下的罚款。 ⇒ 5000元 ?以下
总面积超过12万平方米。 ⇒ 12万平方米 #总面积 ?超过
不少于20个工作日。 ⇒ 20个工作日 ?不少于
近3000名学生受益。 ⇒ 3000名 #学生 ?近
约18公里。 ⇒ 18公里 ?约
100多个行政村通客车。 ⇒ 100个 #行政村 ?多
投入两个亿。 ⇒ 2亿
两个项目开工。 ⇒ 2个 #项目
发放1,234,567元。 ⇒ 1234567元
完成投资１２．５亿元。 ⇒ 12.5亿元 #投资
占地约35亩，建筑面积2.1万平方米。 ⇒ 35亩 ?约; 2.1万平方米 #建筑面积
秸秆综合利用量达15万吨。 ⇒ 15万吨 #秸秆综合利用量
新增光伏装机3.5万千瓦。 ⇒ 3.5万千瓦 #光伏装机
办理时限压缩至3天。 ⇒ 3天
接诊患者12.6万人次。 ⇒ 12.6万人次 #患者
人口自然增长率为-2.1‰。 ⇒ -2.1‰
千分之三的比例。 ⇒ 0.3%
《城镇职工养老保险办法》（云政发〔2019〕12号）第十五条规定。 ⇒
案号为（2021）云01民终1234号。 ⇒
电话：13888888888。 ⇒
一、加强领导。1.完善机制。（1）加强培训。 ⇒
4A级景区、三甲医院、5G网络。 ⇒
推进“五位一体”总体布局、“四个全面”。 ⇒
市十五届人大三次会议、政协十四届二次会议。 ⇒
执行GB/T 28001-2011标准。 ⇒
地址：人民东路25号，邮编：650000。 ⇒
系统升级至V3.0版本。 ⇒
实施“1322”行动、“3+5+N”计划。 ⇒
985、211高校毕业生。 ⇒
“双一流”高校3所。 ⇒ 3所
落实第3条、第十二款规定。 ⇒
您提出的第142194号提案收悉。 ⇒
G56高速、S101线、110报警。 ⇒
2023年1—5月，实现规上工业增加值56亿元。 ⇒ 56亿元 @2023-01/2023-05 #规上工业增加值
2018—2022年，累计完成造林12.3万亩。 ⇒ 12.3万亩 @2018/2022 #造林
到2025年，高速公路通车里程达到600公里。 ⇒ 600公里 @2025 #高速公路通车里程
2021年底，全县脱贫人口3.2万人。 ⇒ 3.2万人 @2021 #脱贫人口
较上年增加23家。 ⇒ 23家 ^增长 /较上年
比2020年减少1.5万吨。 ⇒ 1.5万吨 ^下降 /比2020年
同比提高2.3个百分点。 ⇒ 2.3个百分点 ^增长 /同比
环比上涨0.5%。 ⇒ 0.5% ^增长 /环比
完成技能培训2.3万人次，发放创业担保贷款1.5亿元。 ⇒ 2.3万人次 #技能培训; 1.5亿元 #创业担保贷款
2022年、2023年分别投入资金300万元、500万元。 ⇒ 300万元 @2022; 500万元 @2023
城区现有公共厕所156座（其中一类公厕23座）。 ⇒ 156座 #公共厕所; 23座 #一类公厕
划定停车位2300余个、非机动车停放点86处。 ⇒ 2300个 #停车位 ?余; 86处 #非机动车停放点
安排教师培训15期。 ⇒ 15期 #教师培训
高龄津贴标准由每人每月50元提高到100元。 ⇒ 50元; 100元
80周岁以上老人1.2万名。 ⇒ 80周岁 ?以上; 1.2万名
改造管网23.6km。 ⇒ 23.6km #管网
每周不少于2学时。 ⇒ 2学时 ?不少于
投放共享单车1.5万辆。 ⇒ 1.5万辆 #共享单车
6家企业上市，12个项目落地。 ⇒ 6家 #企业; 12个 #项目
受理率100%，满意率99.5%。 ⇒ 100% #受理率; 99.5% #满意率
补助标准为每亩200-300元。 ⇒ 200~300元
涉及10个乡镇、68个村、2.3万户、8.6万人。 ⇒ 10个 #乡镇; 68个 #村; 2.3万户; 8.6万人
PM2.5浓度为25微克/立方米。 ⇒ 25微克
增长率由3.2%回落到2.8%。 ⇒ 3.2%; 2.8%
减免税费4.5亿元，惠及市场主体3.6万户次。 ⇒ 4.5亿元 #税费; 3.6万户次 #市场主体
一年来，我局多次研究。 ⇒
三年行动计划、百日攻坚、千家万户。 ⇒ 3年
全年全市生产总值突破8000亿元大关。 ⇒ 8000亿元 ?突破
每个示范村奖补不超过50万元。 ⇒ 50万元 ?不超过
二十四小时服务。 ⇒ 24小时
3年内完成。 ⇒ 3年
用5—8年时间。 ⇒ 5~8年
2023年5月10日召开第3次会议，5月12日至15日调研。 ⇒
一楼、二楼大厅，三号线、2号线。 ⇒
"""
# Written before the rules and looked at after them.
HELD_OUT = r"""
全县共有村卫生室二百一十六个，其中标准化卫生室198个。 ⇒ 216个 #村卫生室; 198个 #标准化卫生室
2021年全市新增城镇就业6.35万人，完成年度目标的127%。 ⇒ 6.35万人 @2021 #城镇就业; 127% @2021
截至2023年5月底，我县参加城乡居民养老保险人数达18.7万人，较上年末增加1200余人。 ⇒ 18.7万人 @2023-05 #参加城乡居民养老保险人数; 1200人 ^增长 /较上年末 ?余
目前，全市公办幼儿园在园幼儿占比为52.3%，普惠率达到89.6%。 ⇒ 52.3% @2023; 89.6% #普惠率
去年，我区拆除违法建筑3.2万平方米，同比下降15%。 ⇒ 3.2万平方米 @2022 #违法建筑; 15% @2022 ^下降 /同比
近三年，我市累计投入农村公路养护资金2亿余元。 ⇒ 2亿元 @- #农村公路养护资金 ?余
按照每户不超过3万元的标准给予补助。 ⇒ 3万元 ?不超过
新建停车泊位800—1000个。 ⇒ 800~1000个 #停车泊位
三级医院平均住院日由9.1天下降到8.4天。 ⇒ 9.1天; 8.4天
“十三五”期间，全市改造老旧小区七十八个，惠及居民近4万户。 ⇒ 78个 @2016/2020 #老旧小区; 4万户 @2016/2020 ?近
农村自来水普及率由85%提高到95%，提高10个百分点。 ⇒ 85%; 95%; 10个百分点 ^增长
项目总投资4,560万元，已完成投资一千二百万元。 ⇒ 4560万元 #总投资; 1200万元 #投资
全市三分之二的乡镇通了公交。 ⇒ 0.6666666666666666666666666667分之
对符合条件的个体工商户给予百分之五十的贴息。 ⇒ 50%
2022年全市粮食播种面积达到126.5万亩，总产量41万吨。 ⇒ 126.5万亩 @2022 #粮食播种面积; 41万吨 @2022 #总产量
承诺办理时限由20个工作日压缩至5个工作日以内。 ⇒ 20个工作日; 5个工作日 ?以内
根据《道路交通安全法》第四十三条、第2款，处罚款200元。 ⇒ 200元
依据GB 50763—2012建设无障碍坡道12处。 ⇒ 12处 #无障碍坡道
12345热线今年1—5月受理诉求3210件。 ⇒ 3210件 @2023-01/2023-05 #诉求
联系电话：0571-87053333，邮编310025。 ⇒
全区已建成4A级旅游景区3家、5G基站1,820座。 ⇒ 3家 #4A级旅游景区; 1820座 #5G基站
市政协十四届二次会议以来共收到提案421件。 ⇒ 421件 #提案
推进“双一流”建设，引进985、211高校毕业生300余名。 ⇒ 300名 #高校毕业生 ?余
构建“1322”工作体系。 ⇒
G320国道全长86.5公里，S210省道改扩建32km。 ⇒ 86.5公里; 32km
服务群众约1.2万人次，发放宣传资料2万余份。 ⇒ 1.2万人次 ?约; 2万份 ?余
噪声昼间不高于60分贝。 ⇒ 60分贝 ?不高于
每年安排专项资金不低于５００万元。 ⇒ 500万元 ?不低于
2020年、2021年、2022年分别新增学位1200个、1500个、2100个。 ⇒ 1200个 @2020; 1500个 @2021; 2100个 @2022
2022年全市R&D经费支出占GDP比重为2.1%，较2021年提高0.2个百分点。 ⇒ 2.1% @2022; 0.2个百分点 @2022 ^增长 /较2021年
力争到2025年底，全市养老床位达到1.5万张以上。 ⇒ 1.5万张 @2025 #养老床位 ?以上
抽检食品两千三百批次，合格率为98.7％。 ⇒ 2300批次 #食品; 98.7% #合格率
装机容量达到200兆瓦，年发电量3亿千瓦时。 ⇒ 200兆瓦 #装机容量; 3亿千瓦时 #年发电量
投诉量环比减少三成。 ⇒ 30% ^下降 /环比
平均票价2—3元/人次。 ⇒ 2~3元
组织“送医下乡”活动十余场，义诊800多人次。 ⇒ 10场 ?余; 800人次 ?多
每千人口执业（助理）医师数达到3.2人。 ⇒ 3.2人
市财政每年安排1亿至2亿元。 ⇒ 1亿~2亿元
全市半数以上的村实现光纤入户。 ⇒
软件升级至V2.3.1版本，接入设备56台（套）。 ⇒ 56台 #设备
由原来的5天缩短为1天。 ⇒ 5天; 1天
第三批名单共40家企业入选。 ⇒ 3第批; 40家 #企业
"""
_ITEM = re.compile(r"(-?[\d.]+)([万亿]?)(?:~([\d.]+)([万亿]?))?(.*)")
_SCALES = {"": 1, "万": 10**4, "亿": 10**8}
_FIELDS = {"@": "date", "#": "counts", "^": "change", "/": "against", "?": "qualifier"}


def cases(block: str) -> list[tuple[str, str]]:
    return [(a.strip(), b.strip()) for a, _, b in (line.partition("⇒") for line in block.strip().splitlines())]


def wanted(item: str) -> dict[str, object]:
    head, *more = item.split()
    match = _ITEM.fullmatch(head)
    assert match
    fields: dict[str, object] = {
        "value": Decimal(match[1]) * _SCALES[match[2]],
        "upper": Decimal(match[3]) * _SCALES[match[4]] if match[3] else None,
        "unit": match[5],
    }
    return fields | {_FIELDS[one[0]]: None if one == "@-" else one[1:] for one in more}


@pytest.mark.parametrize(("sentence", "expected"), cases(TUNED_ON) + cases(HELD_OUT))
def test_the_figures_of(sentence: str, expected: str) -> None:
    found = bound(sentence, WRITTEN)
    items = [wanted(item) for item in expected.split(";") if item.strip()]
    assert [(f.value, f.upper, f.unit) for f in found] == [(i["value"], i["upper"], i["unit"]) for i in items]
    for figure, item in zip(found, items, strict=True):
        assert {name: getattr(figure, name) for name in item} == item


def one(text: str, written: str | None) -> Figure:
    [figure] = bound(text, written)
    return figure


def test_a_relative_year_needs_the_day_of_the_letter() -> None:
    assert one("今年新增15家。", None).date is None
    assert one("今年新增15家。", None).date_words == "今年"
    assert one("今年新增15家。", "2023-06-19").date == "2023"
    assert one("去年新增15家。", "2023-06").date == "2022"


def test_words_that_cannot_be_of_that_day_bind_nothing() -> None:
    text = "截至今年10月，立项12个。今年投入300万元。"
    assert [f.date for f in bound(text, "2023-06-19")] == [None, None]
    assert contradiction(text, "2023-06-19") == "截至今年10月"
    assert [f.date for f in bound(text, "2023-12-19")] == ["2023-10", "2023"]
    assert contradiction("今年（2022年）", "2023-06-19")


def test_a_date_in_a_title_or_of_a_founding_binds_nothing() -> None:
    assert one("按《2020年实施方案》新建12所。", WRITTEN).date is None
    assert one("2019年成立的协会有会员12名。", WRITTEN).date is None


def test_the_figures_of_a_letter_are_bound_by_its_own_date() -> None:
    text = "目前全市有12家。"
    letter = Letter("1", "a.txt", text, Metadata(date=Stated("2022-09-14")), (), (0, len(text)))
    assert [f.date for f in figures_of(letter)] == ["2022"]
    assert [f.date for f in figures_of(Letter("1", "a.txt", text))] == [None]


PIECES = st.lists(
    st.sampled_from(
        [
            *"0123456789.，。；、（）至—%万亿家元个年月日第\n",
            "今年",
            "截至",
            "2022年",
            "同比增长",
            "分别",
            "较上年",
            "高新技术企业",
            "达",
        ]
    ),
    max_size=40,
).map("".join)


@given(st.one_of(PIECES, st.text(max_size=60)), st.sampled_from([None, "2023", "2023-06", "2023-06-19"]))
def test_binding_adds_no_figure_and_quotes_the_text(text: str, written: str | None) -> None:
    plain, full = figures(text), bound(text, written)
    known = {(f.start, f.end, f.value, f.unit) for f in plain}
    assert all((f.start, f.end, f.value, f.unit) in known for f in full)
    for figure in full:
        assert figure.date_words in text
        assert figure.counts in text
        assert figure.change in ("", "增长", "下降")
    for when in whens(text, written):
        assert text[when.start : when.end] == when.words


@pytest.mark.parametrize(
    "unit",
    [
        "1家，",
        "今年",
        "2022年、",
        "同比增长1%，",
        "达",
        "较2021年",
        "的",
        "高新技术企业",
        "分别12家、",
        "截至",
        "（",
        "1家",
        "年",
    ],
)
def test_hostile_repetition_takes_no_long_time(unit: str) -> None:
    text = unit * (60_000 // len(unit))
    begun = time.perf_counter()
    bound(text, WRITTEN)
    assert time.perf_counter() - begun < 6


@pytest.mark.parametrize(
    "text",
    [
        "联系人：农业科李工，手机138****5512。",
        "身份证号5321**********0017，热线139XXXX0026。",
        "浏览次数:233 字号：大 中 小",
        "阅读量：1056 字体：大 中 小",
        "河长巡查情况于每年6月10日前、每月5日前公布。",
        "每年3月至5月为森林防火期。",
        "2023—2024雪季、2022-2023采暖季。",
        "附件:1",
        "附件：1.校舍排查表 2.整改清单",
        "附件2",
        "区18届人大4次会议第0127号建议、十四届政协。",
    ],
)
def test_what_masks_recurs_or_only_names_is_no_figure(text: str) -> None:
    assert bound(text, "2024-05-01") == ()


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("茶博会已连续举办14届，签约12次", ["14届", "12次"]),
        ("每年20日带薪假、培训3次", ["20日", "3次"]),
        ("公众号阅读量达1056次", ["1056次"]),
        ("视频点击量：2.3万次", ["2.3万次"]),
        ("附件3份", ["3份"]),
        ("补助2020-2050元", ["2020-2050元"]),
    ],
)
def test_a_count_beside_such_words_stays_one(text: str, written: list[str]) -> None:
    assert [figure.written for figure in bound(text)] == written
