"""One field at a time: the forms that sessions, numbers, addresses, titles, marks and dates take on real pages."""

from typing import Any

import pytest

from tests.corpus_metadata_cases import NO_REPLY, seen

HEAD = "关于市政协十四届二次会议第31号提案的答复"
OPENING = "您提出的《关于发展夜间经济的提案》收悉，现答复如下："
SIGN_OFF = "昆明市商务局\n2024年5月6日"


def letter(
    head: str = HEAD,
    address: str = "王小明委员：",
    opening: str = OPENING,
    end: str = SIGN_OFF,
    body: str = "一、情况。已办理。",
) -> str:
    return f"{head}\n{address}\n{opening}\n{body}\n{end}\n"


@pytest.mark.parametrize(
    ("head", "term", "meeting", "assembly", "level"),
    [
        ("关于市政协十四届二次会议第31号提案的答复", "14", "2", "政协", "市级"),
        ("关于县政协第十四届第二次会议第31号提案的答复", "14", "2", "政协", "县级"),
        ("关于滕州市政协16届二次会议第31号提案的复文", "16", "2", "政协", "县级"),
        ("关于区政协14届2次会议第31号提案的答复", "14", "2", "政协", "县级"),
        ("对市十五届人大三次会议第31号建议的答复", "15", "3", "人大", "市级"),
        ("关于政协第十四届全国委员会第三次会议第31号（农业水利类12号）提案答复的函", "14", "3", "政协", "全国"),
        ("关于政协昆明市第十四届二次会议第31号提案答复的函", "14", "2", "政协", "市级"),
        ("关于市人大二届三次第31号建议的答复", "2", "3", "人大", "市级"),
        ("关于区政协十届五次全会第31号提案的答复", "10", "5", "政协", "县级"),
        ("对区七届人大四次会议第T014号代表建议的答复", "7", "4", "人大", "县级"),
        ("关于省政协十二届五次会议第31号提案的答复", "12", "5", "政协", "省级"),
        ("关于自治区十三届人大二次会议第31号代表建议的答复", "13", "2", "人大", "省级"),
        ("关于州人大十六届三次会议第31号建议的答复", "16", "3", "人大", "市级"),
        ("对镇二十届人大三次会议第3号建议的答复", "20", "3", "人大", "乡级"),
        ("关于市十五届人大闭会期间第B01号建议的答复", "15", None, "人大", "市级"),
        ("关于蒙自市第三届政协第四次会议\n第63号提案的答复", "3", "4", "政协", "县级"),
        ("关于政协丰顺县第十一届委员会第四次会议第8号提案的答复", "11", "4", "政协", "县级"),
        ("对重庆市第六届人民代表大会第二次会议第0213号建议的复函", "6", "2", "人大", "省级"),
        ("关于第八届县人大第2次会议第9号建议的答复", "8", "2", "人大", "县级"),
    ],
)
def test_a_session_is_read_in_every_form(head: str, term: str, meeting: str | None, assembly: str, level: str) -> None:
    found = seen(
        letter(head, "李某某代表：", "您提出的建议收悉，现答复如下：", "2024年5月6日"),
        {"term": 0, "meeting": 0, "assembly": 0, "level": 0},
    )
    assert list(found.values()) == [term, meeting, assembly, level]


@pytest.mark.parametrize(
    ("head", "numbers"),
    [
        ("关于市政协十四届二次会议第12、35号提案的答复", ["12", "35"]),
        ("关于市政协十四届二次会议第0012号、第0034号提案的答复", ["0012", "0034"]),
        ("关于市政协七届三次会议第20230045、20230067号提案答复的函", ["20230045", "20230067"]),
        ("关于市十五届人大二次会议第12号和第35号建议的答复", ["12", "35"]),
        ("关于丰泽区六届人大四次会议(第1009)号建议的答复", ["1009"]),
        ("关于县政协九届二次会议NO.12提案的答复", ["12"]),
        ("对省第十二届人大第五次会议第 JY100012050700号建议的答复", ["JY100012050700"]),
        ("关于市政协十四届二次会议第1-023号提案的答复", ["1-023"]),
        ("关于政协十二届三次会议（经济建设类023号）提案的答复", ["023"]),
        ("对县政协十届二次会议第十二号提案的答复", ["十二"]),
        ("关于政协第十三届全国委员会第四次会议第2467号（农业水利类429号）提案答复的函", ["2467"]),
        ("关于市政协2024年第015号提案的答复", ["015"]),
        ("关于市十六届人大五次会议 第2024-J08号建议的答复", ["2024-J08"]),
        ("昆科函〔2024〕15号\n关于市政协十四届二次会议第31号提案的答复", ["31"]),
    ],
)
def test_a_number_is_read_as_it_is_written(head: str, numbers: list[str]) -> None:
    assert seen(letter(head), {"numbers": 0}) == {"numbers": numbers}


@pytest.mark.parametrize(
    ("page", "numbers"),
    [
        (
            letter(
                "市商务局关于发展夜间经济的提案的答复",
                opening="您提出的《关于发展夜间经济的提案》（第0077号）收悉，现答复如下：",
            ),
            ["0077"],
        ),
        (
            letter("", opening="收到《关于发展夜间经济的提案》（自编号027号）后，我局高度重视，现将办理情况答复如下。"),
            ["027"],
        ),
        (
            "提案编号：2024-118\n提案标题：关于发展夜间经济的提案\n提案人：王小明\n答复内容：\n" + letter(""),
            ["2024-118"],
        ),
        (
            "首页 > 提案办理 > 第45号提案\n"
            + letter("关于发展夜间经济提案的答复", opening="您的提案收悉，现答复如下："),
            ["45"],
        ),
        (letter("关于提案的答复", opening="您提出的提案收悉。按照国务院令第752号，现答复如下："), []),
    ],
)
def test_a_number_may_stand_elsewhere(page: str, numbers: list[str]) -> None:
    assert seen(page, {"numbers": 0}) == {"numbers": numbers}


@pytest.mark.parametrize(
    ("address", "proposers", "count"),
    [
        ("李 红委员：", ["李红"], "1"),
        ("杨   强、  欧阳娜娜委员:", ["杨强", "欧阳娜娜"], "2"),
        ("阿依古丽·买买提委员：", ["阿依古丽·买买提"], "1"),
        ("张三、李四、王五等8位委员：", ["张三", "李四", "王五"], "8"),
        ("尚路鹏（等4位）委员：", ["尚路鹏"], "4"),
        ("司长虹、杨胜利二位委员：", ["司长虹", "杨胜利"], "2"),
        ("覃玉琴等五名政协委员：", ["覃玉琴"], "5"),
        ("尊敬的王小明委员！", ["王小明"], "1"),
        ("尊敬的王小明委员，您好！", ["王小明"], "1"),
        ("王小明委员", ["王小明"], "1"),
        ("张三委员、李四委员：", ["张三", "李四"], "2"),
        ("政协委员张三：", ["张三"], "1"),
        ("张三（领衔）、李四委员：", ["张三", "李四"], "2"),
        ("王×委员：", ["王×"], "1"),
        ("张三、李四、\n王五委员：", ["张三", "李四", "王五"], "3"),
        ("民革玉溪市委会：", ["民革玉溪市委会"], "1"),
        ("市工商联、民建市委会：", ["市工商联", "民建市委会"], "2"),
        ("台盟市总支：", ["台盟市总支"], "1"),
        ("市政协经济委员会：", ["市政协经济委员会"], "1"),
        ("共青团界：", ["共青团界"], "1"),
        ("民盟市委、陈四委员：", ["民盟市委", "陈四"], "2"),
        ("尊敬的各位委员：", [], None),
    ],
)
def test_an_address_names_who_proposed(address: str, proposers: list[str], count: str | None) -> None:
    assert seen(letter(address=address), {"proposers": 0, "proposer_count": 0}) == {
        "proposers": proposers,
        "proposer_count": count,
    }


@pytest.mark.parametrize(
    ("address", "kind"),
    [
        ("农工党昆明市委：", "党派"),
        ("市工商联：", "团体"),
        ("市政协提案委员会：", "专委会"),
        ("科技界别组：", "界别"),
        ("西山代表团：", "代表团"),
        ("第三活动小组：", "小组"),
        ("王小明委员：", None),
    ],
)
def test_a_body_that_proposed_is_named_by_its_sort(address: str, kind: str | None) -> None:
    assert seen(letter(address=address), {"collective": 0}) == {"collective": kind}


@pytest.mark.parametrize(
    ("address", "leader"),
    [
        ("张三（领衔代表）、李四代表：", "张三"),
        ("张三等8位代表：", "张三"),
        ("张三、李四等8位代表：", "张三"),
        ("张三、李四代表：", None),
        ("张三代表：", None),
    ],
)
def test_a_leader_is_named_only_where_the_letter_tells(address: str, leader: str | None) -> None:
    page = letter("对市十五届人大三次会议第31号建议的答复", address, "你们提出的建议收悉，现答复如下：")
    assert seen(page, {"lead_proposer": 0}) == {"lead_proposer": leader}


@pytest.mark.parametrize(
    ("opening", "title"),
    [
        ("您提出的《关于发展夜间经济的提案》收悉，现答复如下：", "关于发展夜间经济的提案"),
        ("您提出的“关于发展夜间经济”的提案收悉，现答复如下：", "关于发展夜间经济"),
        ('您提出的"关于发展夜间经济的提案"收悉,现答复如下:', "关于发展夜间经济的提案"),
        ("您提出的关于发展夜间经济的提案收悉，现答复如下：", "关于发展夜间经济的提案"),
        ("您提出的关于发展夜间经济的提案（第31号）已收悉，现答复如下：", "关于发展夜间经济的提案"),
        ("您在市政协会议上提出的《关于发展“夜间经济”的提案》已交由我局办理。现答复如下：", "关于发展“夜间经济”的提案"),
        ("您提出的《关于落实〈夜间经济方案〉的提案》收悉，现答复如下：", "关于落实〈夜间经济方案〉的提案"),
        ("您提出的《关于发展\n夜间经济的提案》收悉，现答复如下：", "关于发展夜间经济的提案"),
        ("现将您提出的关于发展夜间经济的提案办理情况答复如下：", "关于发展夜间经济的提案"),
        ("《关于发展夜间经济的提案》收悉，现答复如下：", "关于发展夜间经济的提案"),
        ("您提出的提案收悉，现答复如下：", None),
    ],
)
def test_a_title_is_read_with_or_without_quotes(opening: str, title: str | None) -> None:
    assert seen(letter(opening=opening), {"title": 0}) == {"title": title}


@pytest.mark.parametrize(
    ("head", "end", "category"),
    [
        ("类  别：B\n" + HEAD, SIGN_OFF, "B"),
        ("A类\n公开\n" + HEAD, SIGN_OFF, "A"),
        ("（C类）\n" + HEAD, SIGN_OFF, "C"),
        (HEAD, SIGN_OFF + "\n办复类别：B类", "B"),
        (HEAD, SIGN_OFF + "\n答复类别：已解决（A）", "A"),
        (HEAD, SIGN_OFF + "\n办理结果：乙类", "B"),
        (HEAD, SIGN_OFF + "\n类别：A□ B☑ C□", "B"),
        (HEAD, SIGN_OFF + "\n类别：☑A □B □C", "A"),
        (HEAD, SIGN_OFF + "\n办理类别：□A □B □C", None),
        ("类别：提案\n" + HEAD, SIGN_OFF, None),
        (HEAD, SIGN_OFF + "\n注：A类为已解决，B类为正在解决，C类为留作参考", None),
        ("临城管字〔2024〕17号A1类 同意公开\n" + HEAD, SIGN_OFF, "A"),
        (HEAD + "（B类）", SIGN_OFF, "B"),
    ],
)
def test_a_category_is_a_mark_and_no_legend(head: str, end: str, category: str | None) -> None:
    assert seen(letter(head, end=end), {"category": 0}) == {"category": category}


@pytest.mark.parametrize(
    ("end", "issuer", "date"),
    [
        ("昆明市科学技术局（盖章）\n2024年3月9日", "昆明市科学技术局", "2024-03-09"),
        ("昆 明 市 科 学 技 术 局\n二〇二四年三月九日", "昆明市科学技术局", "2024-03-09"),
        ("昆明市科学技术局 2024-03-09", "昆明市科学技术局", "2024-03-09"),
        ("2024.3.9\n昆明市科学技术局", "昆明市科学技术局", "2024-03-09"),
        ("昆明市科学技术局\n2024/3/9", "昆明市科学技术局", "2024-03-09"),
        ("昆明市科学技术局\n2024 年 3 月 9 日", "昆明市科学技术局", "2024-03-09"),
        ("昆明市科学技术局\n202439", "昆明市科学技术局", "2024-03-09"),
        ("昆明市科学技术局\n    年   月   日", "昆明市科学技术局", None),
        ("昆明市科学技术局\n昆明市财政局\n二○二四年三月九日", "昆明市科学技术局", "2024-03-09"),
        ("中共融安县委政法委员会\n2024年3月9日", "中共融安县委政法委员会", "2024-03-09"),
        (
            "昆明市科学技术局\n2024年3月9日\n（联系人：李某 63130000）\n抄送：市政协\n2024年3月11日印发",
            "昆明市科学技术局",
            "2024-03-09",
        ),
        ("承办单位盖章\n2024年3月9日", None, "2024-03-09"),
    ],
)
def test_a_sign_off_gives_organ_and_date(end: str, issuer: str | None, date: str | None) -> None:
    page = letter(end=end, body="2022年6月1日，我局召开会议。")
    assert seen(page, {"issuer": 0, "date": 0}) == {"issuer": issuer, "date": date}


@pytest.mark.parametrize(
    ("head", "doc_no"),
    [
        ("昆科函〔2024〕15号\n" + HEAD, "昆科函〔2024〕15号"),
        ("昆科函[2024]15号" + HEAD, "昆科函[2024]15号"),
        ("发文字号：昆科函【2024】15号\n" + HEAD, "昆科函【2024】15号"),
        ("类别：C\n宁交函（2021）141号 签发人：姜某\n" + HEAD, "宁交函(2021)141号"),
        ("平交复函[2017]19号B类\n" + HEAD, "平交复函[2017]19号"),
        (HEAD + "\n（晋住建函〔2023〕418号）", "晋住建函〔2023〕418号"),
        (HEAD, None),
    ],
)
def test_the_letters_own_number_is_read(head: str, doc_no: str | None) -> None:
    body = "按照《云南省办法》（云政发〔2020〕3号）和昆政办〔2021〕7号文件办理。"
    assert seen(letter(head, body=body), {"doc_no": 0}) == {"doc_no": doc_no}


@pytest.mark.parametrize(
    ("opening", "co_organs"),
    [
        ("您的提案收悉。经会同市财政局、市人社局研究，现答复如下：", ["市财政局", "市人社局"]),
        ("您的提案收悉。经商市财政局和市人社局，现答复如下：", ["市财政局", "市人社局"]),
        ("您的提案收悉。我局会同市财政局等3个单位认真研究，现答复如下：", ["市财政局"]),
        ("您的提案收悉。此件由我局主办，市财政局、市人社局协办，现答复如下：", ["市财政局", "市人社局"]),
        ("您的提案收悉。经与您沟通，现答复如下：", []),
        ("您的提案收悉，现答复如下：我局将会同市财政局落实。", []),
    ],
)
def test_organs_that_took_part_are_listed(opening: str, co_organs: list[str]) -> None:
    assert seen(letter(opening=opening), {"co_organs": 0}) == {"co_organs": co_organs}


@pytest.mark.parametrize(
    ("end", "disclosure"),
    [
        (SIGN_OFF + "\n（此件公开发布）", "主动公开"),
        (SIGN_OFF + "\n是否同意公开：是", "主动公开"),
        (SIGN_OFF + "\n公开属性：依申请公开", "依申请公开"),
        (SIGN_OFF + "\n公开方式：不予公开", "不予公开"),
        (SIGN_OFF + "\n是否公开：否", "不予公开"),
        (SIGN_OFF + "\n请到政务公开栏查询", None),
    ],
)
def test_a_note_on_disclosure_is_read(end: str, disclosure: str | None) -> None:
    assert seen(letter(end=end), {"disclosure": 0}) == {"disclosure": disclosure}


@pytest.mark.parametrize(
    ("page", "chain"),
    [
        (letter(end="富源县水务局\n2024年5月6日"), ("云南省", "曲靖市", "富源县")),
        (letter(end="广州市番禺区水务局\n2024年5月6日"), ("广东省", "广州市", "番禺区")),
        (letter(end="重庆市璧山区教育局\n2024年5月6日"), ("重庆市", None, "璧山区")),
        (letter(end="鼓楼区教育局\n2024年5月6日"), (None, None, "鼓楼区")),
        (
            "欢迎访问徐州市鼓楼区人民政府网站\n首页 > 提案\n" + letter(end="鼓楼区教育局\n2024年5月6日"),
            ("江苏省", "徐州市", "鼓楼区"),
        ),
        (letter(end="国家能源局\n2024年5月6日"), (None, None, None)),
        (letter(end="国网安徽省电力有限公司金寨县供电公司\n2024年5月6日"), ("安徽省", "六安市", "金寨县")),
    ],
)
def test_a_region_is_placed_in_county_city_and_province(page: str, chain: tuple[str | None, ...]) -> None:
    assert tuple(seen(page, {"province": 0, "city": 0, "county": 0}).values()) == chain


@pytest.mark.parametrize(
    "page",
    [
        "关于印发《建议提案办理办法》的通知\n各单位：\n现将《人大代表建议和政协提案办理办法》印发给你们，请遵照执行，并按时答复代表委员。\n第一条 ……",
        "关于督办市政协十四届二次会议第31号提案的通知\n市科技局：\n请你局于6月30日前答复委员。\n",
        "县教育局召开提案办理协商会\n6月3日，县教育局召开协商会，向委员汇报第12号提案的办理情况，听取对答复的意见。\n",
        "关于加强校园安全的提案\n提案人：王某\n案由：……\n建议：一、请教育局答复并落实人防。二、增加经费。\n",
        "各位代表：\n现在，我代表市人民政府向大会作报告，请予审议，并请政协委员和列席人员提出意见。一年来，我们办理代表建议312件，答复率100%。\n",
        "市民来信\n网友：关于停车收费的建议，望答复。\n答：您好，您的来信收悉，现答复如下：已转办。\n",
        "建议提案办理答复公开表\n序号|编号|标题|承办单位|答复类别\n1|001|关于甲的建议|市教育局|A\n2|002|关于乙的建议|市水利局|B\n",
    ],
)
def test_what_only_speaks_of_replies_is_none(page: str) -> None:
    expected: dict[str, Any] = NO_REPLY
    assert seen(page, expected) == expected
