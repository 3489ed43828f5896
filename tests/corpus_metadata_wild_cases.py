"""Made-up pages of the makes that sites produce when they lose line breaks, labels, brackets and sign-offs."""

from tests.corpus_metadata_cases import NO_REPLY, Case

_OPENING = "您提出的《关于修建停车场的建议》(第35号)收悉，现答复如下：\n我局已安排资金，年内完工。\n"
_HEAD = "对市八届人大三次会议第35号建议的答复\n丁一凡代表：\n" + _OPENING


def _letter(organ: str, rest: str, assembly: str = "县十七届人大二次会议") -> str:
    return f"{organ}关于{assembly}第35号建议的答复\n丁一凡代表：\n{_OPENING}{rest}"


ISSUERS: dict[str, Case] = {
    "1 the footer names the government, the date has lost its 年月日": (
        "关于县十七届人大二次会议第35号建议的答复\n丁一凡代表：\n"
        f"{_OPENING}泾县三教镇人民政府\n2024517\n泾县人民政府版权所有   泾县人民政府办公室主办",
        {"issuer": "泾县三教镇人民政府", "date": "2024-05-17", "region": "泾县", "county": "泾县"},
    ),
    "1 the footer stands below a date in full": (
        "首页 > 政务公开 > 建议提案\n关于市政协九届二次会议第12号提案的答复\n吴某委员：\n"
        "您提出的《关于改造老旧管网的提案》收悉，现答复如下：\n管网改造已经启动。\n"
        "介休市城区街道办事处\n20230612\n主办：介休市人民政府    承办：介休市人民政府办公室",
        {"issuer": "介休市城区街道办事处", "date": "2023-06-12", "region": "介休市"},
    ),
    "2 only 联系单位 names the organ, the date below": (
        "关于县十七届人大二次会议第35号建议的答复\n丁一凡代表：\n"
        f"{_OPENING}联系单位：泾县水利局\n联系电话：0563-5100000\n2018年5月21日",
        {"issuer": "泾县水利局", "date": "2018-05-21", "province": "安徽省", "city": "宣城市", "county": "泾县"},
    ),
    "2 only 联系单位 names the organ, the date above": (
        "关于市政协五届四次会议第61号提案的答复\n吴某委员：\n您提出的《关于改造老旧小区的提案》收悉，现答复如下：\n"
        "改造已经启动。\n2021年7月26日\n联系单位：汝州市住房和城乡建设局\n抄送：市政协提案委，市政府督查室",
        {"issuer": "汝州市住房和城乡建设局", "date": "2021-07-26", "county": "汝州市", "level": "县级"},
    ),
    "2 联系单位 and person on one line": (
        "关于市政协五届四次会议第61号提案的答复\n吴某委员：\n您提出的《关于改造老旧小区的提案》收悉，现答复如下：\n"
        "改造已经启动。\n2021年7月26日\n联系单位及电话：邹城市教育和体育局  0537-5210000",
        {"issuer": "邹城市教育和体育局", "county": "邹城市"},
    ),
    "3 来源 runs into the next field": (
        "对县政协十届三次会议第88号提案的答复\n来源：泾县公安局发布时间：2025-10-28 16:40文字大小：[ 大 中 小 ]\n"
        "吴某委员：\n您提出的《关于整治乱停车的提案》收悉，现答复如下：\n整治已经启动。感谢您的关心。",
        {"issuer": "泾县公安局", "publish_date": "2025-10-28", "county": "泾县"},
    ),
    "3 来源 and the date before it": (
        "对县政协十届三次会议第88号提案的答复\n发布日期：2025-10-28来源：固始县交通运输局浏览次数：33\n"
        "吴某委员：\n您提出的《关于整治乱停车的提案》收悉，现答复如下：\n整治已经启动。感谢您的关心。",
        {"issuer": "固始县交通运输局", "publish_date": "2025-10-28", "county": "固始县"},
    ),
    "4 contacts before the sign-off, then the imprint in bars": (
        "关于县十七届人大二次会议第35号建议的答复\n丁一凡代表：\n"
        f"{_OPENING}联系人：王某\n联系电话：0563-5100000\n泾县住建局\n2023年6月15日\n|\n"
        "| 抄送：县人大常委会代表工委，县政府督查室 |\n| 泾县住建局 2023年6月15日印发 |",
        {"issuer": "泾县住建局", "date": "2023-06-15", "county": "泾县"},
    ),
    "4 the imprint names the office that printed": (
        "关于县十七届人大二次会议第35号建议的答复\n丁一凡代表：\n"
        f"{_OPENING}联系电话：0376-4900000\n固始县农业农村局\n2023年6月15日\n| 抄送：县人大常委会 |\n|\n"
        "| 固始县农业农村局办公室    2023年6月16日印发 |\n|",
        {"issuer": "固始县农业农村局", "date": "2023-06-15", "county": "固始县"},
    ),
}

REGIONS: dict[str, Case] = {
    "5 县委县政府 stands behind the county": (
        "关于县十七届人大二次会议第35号建议的答复\n丁一凡代表：\n" + _OPENING + "夏邑县委县政府督查局\n2022年6月1日",
        {"issuer": "夏邑县委县政府督查局", "region": "夏邑县", "county": "夏邑县", "city": "商丘市"},
    ),
    "5 市委市政府 stands behind the city": (
        "关于市八届人大三次会议第35号建议的答复\n丁一凡代表：\n" + _OPENING + "宿州市委市政府信访局\n2022年6月1日",
        {"region": "宿州市", "city": "宿州市", "province": "安徽省", "county": None},
    ),
    "6 a branch of a company bears the county's name": (
        "对市八届人大三次会议第35号建议的答复\n丁一凡代表：\n"
        + _OPENING
        + "中国联合网络通信有限公司沙河分公司\n2022年6月1日",
        {"county": "沙河市", "city": "邢台市", "province": "河北省"},
    ),
    "6 a branch of a power company": (
        "对县十七届人大二次会议第35号建议的答复\n丁一凡代表：\n"
        + _OPENING
        + "中国移动通信集团有限公司固始分公司\n2022年6月1日",
        {"county": "固始县", "city": "信阳市", "province": "河南省"},
    ),
    "6 the prefecture stands in a plan that the text names": (
        "对州政协十四届二次会议第12号提案的答复\n吴某委员：\n您提出的《关于保护湿地的提案》收悉，现答复如下：\n"
        "一、我局编制了《博州“十四五”生态环境保护规划》。\n二、下一步将按照博州有关部署推进。\n州生态环境局\n2022年6月1日",
        {"city": "博尔塔拉蒙古自治州", "province": "新疆维吾尔自治区", "issuer": "州生态环境局"},
    ),
    "6 the district stands in the organ that the text names": (
        "关于区政协十届二次会议第12号提案的答复\n吴某委员：\n您提出的《关于加强村医队伍的提案》收悉，现答复如下：\n"
        "一、南票区卫生局组织了培训，共培训80人次。\n二、加强考核。\n区卫生健康局\n2022年6月1日",
        {"county": "南票区", "city": "葫芦岛市", "province": "辽宁省"},
    ),
    "6 a bank's branch bears the name with its level": (
        _HEAD + "中国农业银行股份有限公司滕州市支行\n2021年5月1日",
        {"issuer": "中国农业银行股份有限公司滕州市支行", "county": "滕州市", "city": "枣庄市"},
    ),
    "6 places that the text names to learn from them are not its own": (
        "关于县政协十届二次会议第12号提案的答复\n吴某委员：\n您提出的《关于加强村医队伍的提案》收悉，现答复如下：\n"
        "一、学习借鉴德清县的做法。\n二、加强考核。\n县卫生健康局\n2022年6月1日",
        {"region": None, "county": None, "level": "县级"},
    ),
    "6 a county-level city that a prefecture names by the way": (
        "关于市政协五届四次会议第61号提案的答复\n吴某委员：\n您提出的《关于改造老旧小区的提案》收悉，现答复如下：\n"
        "一、今年重点改造汝州市、城区的小区。\n二、继续推进改造。\n市住房和城乡建设局\n2021年7月26日",
        {"county": None, "level": "市级"},
    ),
    "7 市政协 of a county-level city that only the text names": (
        "关于市政协五届四次会议第61号提案的答复\n吴某委员：\n您提出的《关于改造老旧小区的提案》收悉，现答复如下：\n"
        "一、汝州市已改造小区12个。\n二、继续推进改造。\n市住房和城乡建设局\n2021年7月26日",
        {"level": "县级", "county": "汝州市"},
    ),
    "7 市人大 of a county-level city of which the thanks tell": (
        "关于市八届人大三次会议第35号建议的答复\n丁一凡代表：\n"
        + _OPENING
        + "感谢您对介休市交通工作的关心和支持。\n2021年7月26日",
        {"level": "县级", "county": "介休市"},
    ),
}

BOXES: dict[str, Case] = {
    "8 empty brackets before the number": (
        "索引号 11341423003/202407-00012 主题分类 其他\n文  号 〔〕泾水建字〔2024〕6号 有  效  性 有效\n"
        + _HEAD
        + "泾县水利局\n2024年5月1日",
        {"doc_no": "泾水建字〔2024〕6号"},
    ),
    "8 empty brackets in a letter that is no page": (
        _HEAD.replace("\n", "\n文  号 〔〕泾水建字〔2024〕6号 有  效  性\n", 1) + "泾县水利局\n2024年5月1日",
        {"doc_no": "泾水建字〔2024〕6号"},
    ),
    "8 empty square brackets": (
        "索引号：K12345/2024-00012\n文号：[ ]号固教函〔2024〕16号\n" + _HEAD + "固始县教育局\n2024年5月1日",
        {"doc_no": "固教函〔2024〕16号"},
    ),
    "9 the name of the field is glued to its value": (
        "- 索引号K12345/2021-00012\n- 文号泾工信函〔2021〕04号\n- 发布日期2021-06-01\n"
        + _HEAD
        + "泾县工业和信息化局\n2021年5月1日",
        {"doc_no": "泾工信函〔2021〕04号", "index_no": "K12345/2021-00012", "publish_date": "2021-06-01"},
    ),
    "9 glued, without bullets": (
        "发文字号固教字〔2021〕09号\n发布时间：2021-06-01\n" + _HEAD + "固始县教育局\n2021年5月1日",
        {"doc_no": "固教字〔2021〕09号"},
    ),
    "10 two fields without colons, the second empty": (
        "索 引 号 640106-121/2019-60312 文号\n生成日期 2019-06-01 \n" + _HEAD + "泾县水利局\n2019年5月1日",
        {"index_no": "640106-121/2019-60312"},
    ),
    "10 two fields without colons": (
        "索  引  号 K123/2024-00982 主题分类\n发布机构 泾县水利局 发布日期 2024-06-01\n" + _HEAD + "2024年5月1日",
        {"index_no": "K123/2024-00982", "publish_date": "2024-06-01", "issuer": "泾县水利局"},
    ),
    "10 the first field glued, the second spaced": (
        "索引号00001/2021-00012 发文单位泾县人民政府\n发布时间2021-06-02 08:30 来源泾县教育局\n"
        + _HEAD
        + "泾县教育局\n2021年5月1日",
        {"index_no": "00001/2021-00012", "issuer": "泾县教育局", "publish_date": "2021-06-02"},
    ),
    "11 a bar table": (
        "发布日期 | 2021-09-10 |\n" + _HEAD + "泾县水利局\n2021年8月1日",
        {"publish_date": "2021-09-10", "date": "2021-08-01"},
    ),
    "11 a bar table of several fields": (
        "| 索引号 | K123/2021-00982 | 发布日期 | 2021-09-10 |\n" + _HEAD + "泾县水利局\n2021年8月1日",
        {"publish_date": "2021-09-10", "index_no": "K123/2021-00982"},
    ),
    "11 date, time and source without labels": (
        "首页 > 建议提案\n"
        + _HEAD.replace("\n", "\n2025年11月28日 18:59  州交通运输局\n", 1)
        + "大理州交通运输局\n2025年8月1日",
        {"publish_date": "2025-11-28", "date": "2025-08-01"},
    ),
    "11 date and time, nothing else": (
        "首页 > 建议提案\n"
        + _HEAD.replace("\n", "\n2025-11-28 18:59:07  来源 县水利局  阅读 12\n", 1)
        + "泾县水利局\n2025年8月1日",
        {"publish_date": "2025-11-28", "date": "2025-08-01"},
    ),
    "12 the category in a note of its own": (
        _HEAD.replace("\n", "\n[办理结果标注(B1)]\n", 1) + "泾县水利局\n2021年8月1日",
        {"category": "B"},
    ),
    "12 the category in a note at the end": (
        _HEAD + "泾县水利局\n2021年8月1日\n【办复标注（A）】",
        {"category": "A"},
    ),
}

WORDS: dict[str, Case] = {
    "13 session and number inside the quotes": (
        "关于“银川市政协十三届三次会议第211号提案”的答复\n吴某委员：\n您提出的《关于培育夜间经济的提案》收悉，现答复如下：\n"
        "一、完善规划。\n二、加大投入。\n银川市商务局\n2021年7月26日",
        {"numbers": ["211"], "title": "关于培育夜间经济的提案", "term": "13"},
    ),
    "13 number inside other quotes": (
        "对《泾县第十七届人大二次会议第35号建议》的答复\n丁一凡代表：\n" + _OPENING + "泾县水利局\n2021年8月1日",
        {"numbers": ["35"], "title": "关于修建停车场的建议", "term": "17", "meeting": "2"},
    ),
    "14 政协委员 behind the name": (
        "关于县政协十届三次会议第88号提案的答复\n丁一凡政协委员：\n您提出的《关于整治乱停车的提案》收悉，现答复如下：\n"
        "整治已经启动。\n泾县公安局\n2021年8月1日",
        {"proposers": ["丁一凡"], "proposer_count": "1"},
    ),
    "14 人大代表 behind two names": (
        "关于县十七届人大二次会议第35号建议的答复\n丁一凡、何其人大代表：\n你们提出的《关于修建停车场的建议》收悉，现答复如下：\n"
        "整治已经启动。\n泾县公安局\n2021年8月1日",
        {"proposers": ["丁一凡", "何其"]},
    ),
    "15 the name alone on its line, without a colon": (
        "关于县十七届人大二次会议第35号建议的答复\n丁一凡代表\n《关于修建停车场的建议》收悉。经研究，现答复如下：\n"
        "一、加快建设。\n二、加强管理。\n泾县水利局\n2021年8月1日",
        {"proposers": ["丁一凡"], "title": "关于修建停车场的建议"},
    ),
    "15 the name alone, and what follows starts elsewhere": (
        "关于县政协十届三次会议第88号提案的答复\n吴小某委员\n近年来，乱停车的问题引起各方关注。您提出的提案收悉，现答复如下：\n"
        "整治已经启动。\n泾县公安局\n2021年8月1日",
        {"proposers": ["吴小某"]},
    ),
    "16 the opening bracket is missing": (
        "关于县十七届人大二次会议第35号建议的答复\n丁一凡代表：\n您提出的关于修路的建议》（第35号）已收悉，现答复如下：\n"
        "一、加快建设。\n二、加强管理。\n泾县水利局\n2021年8月1日",
        {"title": "关于修路的建议", "numbers": ["35"]},
    ),
    "16 the opening bracket is missing in the title": (
        "泾县水利局对关于加固水库大坝的建议》的答复\n丁一凡代表：\n您的建议收悉，现答复如下：\n"
        "一、加快建设。\n二、加强管理。\n泾县水利局\n2021年8月1日",
        {"title": "关于加固水库大坝的建议"},
    ),
    "17 会办意见 on the proposal of a committee": (
        "关于县政协十届三次会议第88号提案的会办意见\n县教育局：\n"
        "现就政协教科卫体委员会“关于要求修路的建议”的提案，提出如下会办意见：\n一、加快建设。\n二、加强管理。\n泾县交通局\n2021年8月1日",
        {
            "proposers": ["政协教科卫体委员会"],
            "title": "关于要求修路的建议",
            "collective": "专委会",
            "main_organ": "县教育局",
            "role": "会办意见",
        },
    ),
    "17 会办意见 on the proposal of a party": (
        "关于市政协十届三次会议第88号提案的会办意见\n市水利局：\n"
        "现将民盟市委会《关于治理内涝的建议》的会办意见函复如下：\n一、加快建设。\n二、加强管理。\n宿州市城市管理局\n2021年8月1日",
        {"proposers": ["民盟市委会"], "title": "关于治理内涝的建议", "collective": "党派"},
    ),
    "18 协办意见 to a sub-district": (
        "关于区政协十届三次会议第88号提案的协办意见\n和平街道：\n现将吴某委员提出的《关于治理内涝的提案》的协办意见函复如下：\n"
        "一、加快建设。\n二、加强管理。\n南票区城市管理局\n2021年8月1日",
        {"main_organ": "和平街道", "proposers": ["吴某"], "role": "会办意见"},
    ),
    "18 协办意见 whose title names no proposal": (
        "关于区政协提案的协办意见\n和平街道：\n吴某委员《关于要求修路的建议》收悉，我局协办意见如下：\n"
        "一、加快建设。\n二、加强管理。\n南票区城市管理局\n2021年8月1日",
        {"main_organ": "和平街道", "proposers": ["吴某"], "title": "关于要求修路的建议", "role": "会办意见"},
    ),
    "18 会办意见 to a township": (
        "对县十七届人大二次会议第35号建议的会办意见\n三教镇：\n丁一凡代表提出的《关于修建停车场的建议》收悉，现提出会办意见如下：\n"
        "一、加快建设。\n二、加强管理。\n泾县水利局\n2021年8月1日",
        {"main_organ": "三教镇", "proposers": ["丁一凡"], "role": "会办意见"},
    ),
    "19 与…等协办单位": (
        _HEAD.replace("现答复如下", "我局高度重视，与县市场监管局等协办单位对建议进行了认真研究，现答复如下")
        + "泾县水利局\n2021年8月1日",
        {"co_organs": ["县市场监管局"]},
    ),
    "19 与…、…等单位": (
        _HEAD.replace("现答复如下", "我局与县财政局、县教育局等会办单位进行了认真研究，现答复如下")
        + "泾县水利局\n2021年8月1日",
        {"co_organs": ["县财政局", "县教育局"]},
    ),
    "20 a reply to a deputy that says 提案": (
        "关于泾县第八届人民代表大会第三次会议第66号提案的答复\n丁一凡代表：\n您提出的关于修路的提案收悉，现答复如下：\n"
        "一、加快建设。\n二、加强管理。\n泾县水利局\n2021年8月1日",
        {"kind": "人大建议", "assembly": "人大", "numbers": ["66"]},
    ),
    "20 a deputy's 提案 without a session in the title": (
        "对第66号提案的答复\n丁一凡代表：\n您在县十七届人大二次会议上提出的关于修路的提案收悉，现答复如下：\n"
        "一、加快建设。\n二、加强管理。\n泾县水利局\n2021年8月1日",
        {"kind": "人大建议", "assembly": "人大"},
    ),
}

OTHERS: dict[str, Case] = {
    "24 a reply that has figures of its own is one": (
        "关于县人大代表建议第35号的办理情况\n丁一凡代表：\n您提的建议收悉，现答复如下：\n"
        "全县已建停车场5处，去年共办理建议A类3件，办复率100%。\n泾县住建局\n2022年6月1日",
        {"kind": "人大建议", "numbers": ["35"], "issuer": "泾县住建局"},
    ),
    "25 a reply to all members is one": (
        "关于县政协提案第35号的答复\n各位委员：\n你们提出的《关于加强绿化的提案》收悉，现答复如下：\n已办。\n"
        "泾县林业局\n2022年6月1日",
        {"kind": "政协提案", "role": "答复", "title": "关于加强绿化的提案"},
    ),
    "24 figures on how proposals were handled": (
        "市政协五届三次会议以来提案办理总体情况\n发布时间：2021-10-09\n"
        "市政协五届三次会议以来，交由市政府办理的提案共104件，分别由32个单位承办。目前已全部办复，办复率100%。\n"
        "其中已经解决或基本解决的（A类）27件，正在解决或列入计划的（B类）74件，（C类）3件。\n"
        "一、领导重视。\n二、措施有力。\n市政府办公室\n2021年9月30日",
        NO_REPLY,
    ),
    "24 figures on how suggestions were handled": (
        "泾县2022年人大代表建议办理情况\n首页 > 政务公开\n"
        "县十七届人大一次会议期间，代表提出建议、批评和意见共收到86件，全部按时办复，办复率和面商率均达到100%，满意率98.8%。\n"
        "所提问题已经解决的A类56件，占65.1%。现将办理情况报告如下。\n2022年12月1日",
        NO_REPLY,
    ),
    "25 a notice that quotes how replies thank": (
        "网站首页 > 政务公开 > 政策文件\n| 索引号：K123/2023-00982 | 发文单位：泾县人民政府办公室 |\n"
        "| 名称：泾县人民政府办公室关于做好2023年人大代表建议和政协提案办理工作的通知 |\n| 发布日期：2023-03-10 |\n"
        "泾县人民政府办公室关于做好2023年人大代表建议和政协提案办理工作的通知\n各乡镇人民政府，县政府各部门：\n"
        "县十七届人大二次会议和县政协十届二次会议期间收到建议提案120件，已交你们办理，现就有关事项通知如下：\n"
        "一、提高认识。\n二、规范格式。答复函末尾可写“感谢您对我们工作的关心和支持”。\n三、按时办结。\n"
        "附件：1.建议提案答复格式\n泾县人民政府办公室\n2023年3月9日",
        NO_REPLY,
    ),
    "25 a notice whose box has the only title": (
        "您当前的位置：首页 > 政府文件\n| 发文单位：固始县人民政府 | 成文日期：2023-03-10 |\n"
        "| 标题：关于认真办理县政协十届二次会议委员提案的通知 |\n"
        "各乡镇人民政府，县政府有关部门：\n县政协十届二次会议共收到提案96件，现交你单位办理，请认真研究，并将答复意见报县政府办公室。\n"
        "一、明确责任。承办单位答复时应写明“感谢您对我县工作的关心和支持”。\n二、严格时限。\n三、注重实效。\n"
        "附件：县政协十届二次会议提案交办表\n打印本页 关闭窗口",
        NO_REPLY,
    ),
}

HEADINGS: dict[str, tuple[str, list[tuple[str, str]]]] = {
    "21 a paragraph that is a list from its first word": (
        _HEAD + "一、关于保护工作情况\n我局高度重视。\n"
        "二、一是按照规定，核心区内禁止一切活动；二是加强巡查，及时处置；三是做好宣传。\n"
        "三、下一步打算\n加强保护。\n泾县林业局\n2021年5月1日",
        [("heading", "一、关于保护工作情况"), ("item", "二、一是按照规定"), ("heading", "三、下一步打算")],
    ),
    "21 nothing but such lists": (
        _HEAD
        + "一、一是加强组织领导，成立专班；二是加大投入。\n二、一是完善机制，二是强化督查。\n泾县林业局\n2021年5月1日",
        [("item", "一、一是加强组织领导"), ("item", "二、一是完善机制")],
    ),
    "22 a breadcrumb made as a list": (
        "1. 网站首页\n2. 首页 > 政务公开 > 建议提案\n3. > 正文\n"
        + _HEAD
        + "一、加快建设\n我局高度重视。\n二、加强管理\n做好宣传。\n泾县林业局\n2021年5月1日",
        [("heading", "一、加快建设"), ("heading", "二、加强管理")],
    ),
    "22 its first point is empty": (
        "1.\n2. 首页 > 政务公开 > 人大建议\n3. > 正文\n\n" + _HEAD + "泾县林业局\n2021年5月1日",
        [],
    ),
}
