"""Minimal pages by the words of a field: who took part, which category, who proposed."""

from tests.corpus_metadata_cases import Case

_END = "。现答复如下：\n一、情况\n我局已安排改造。\n尤溪县水利局\n2024年5月6日\n"
_D = "关于县十七届人大二次会议第31号建议的答复\n"
_C = "关于县政协十届二次会议第31号提案的答复\n"
_OPEN = "您提出的《关于改善老街排水的建议》收悉"

PAGES: list[Case] = [
    (f"{_D}李红代表：\n{_OPEN}。经与县发展改革局、县财政局共同研究{_END}", {"co_organs": ["县发展改革局", "县财政局"]}),
    (
        f"{_D}李红代表：\n{_OPEN}。我局高度重视，立即会同县交警大队、城关镇人民政府进行专题研究{_END}",
        {"co_organs": ["县交警大队", "城关镇人民政府"]},
    ),
    (
        f"{_D}李红代表：\n{_OPEN}。根据职责分工，由我局主办，县教育局、县公安局协办{_END}",
        {"co_organs": ["县教育局", "县公安局"]},
    ),
    (f"{_D}李红代表：\n{_OPEN}。我局为主办单位，县教育局为协办单位{_END}", {"co_organs": ["县教育局"]}),
    (
        f"{_D}李红代表：\n{_OPEN}。经商财政部、国家发展改革委，并征求云南省人民政府意见{_END}",
        {"co_organs": ["财政部", "国家发展改革委", "云南省人民政府"]},
    ),
    (f"{_D}李红代表：\n{_OPEN}。在征求县教育局、县公安局意见的基础上{_END}", {"co_organs": ["县教育局", "县公安局"]}),
    (f"{_D}李红代表：\n{_OPEN}。我局与县教育局进行了会商{_END}", {"co_organs": ["县教育局"]}),
    (f"{_D}李红代表：\n{_OPEN}。综合县教育局、县公安局会办意见{_END}", {"co_organs": ["县教育局", "县公安局"]}),
    (f"{_D}李红代表：\n{_OPEN}。我局会同您到现场调研{_END}", {"co_organs": []}),
    (f"{_D}李红代表：\n{_OPEN}。我局会同有关部门认真研究{_END}", {"co_organs": []}),
    (f"{_D}李红代表：\n{_OPEN}。我局邀请您与县教育局一同座谈{_END}", {"co_organs": []}),
    (f"{_D}李红代表：\n{_OPEN}。我局组织相关股室会同乡镇进行研究{_END}", {"co_organs": []}),
    (f"{_D}李红代表：\n{_OPEN}。我局与您进行了电话沟通{_END}", {"co_organs": []}),
    (f"{_D}李红代表：\n{_OPEN}。我局召集社区、物业、业主代表协商{_END}", {"co_organs": []}),
    (
        f"{_D}李红代表：\n{_OPEN}。经商中国人民银行尤溪县支行、国网尤溪县供电公司{_END}",
        {"co_organs": ["中国人民银行尤溪县支行", "国网尤溪县供电公司"]},
    ),
    (f"{_D}李红代表：\n{_OPEN}。经商福建农林大学{_END}", {"co_organs": ["福建农林大学"]}),
    (
        f"{_D}李红代表：\n{_OPEN}。经商市国网供电公司和中国电信尤溪分公司{_END}",
        {"co_organs": ["市国网供电公司", "中国电信尤溪分公司"]},
    ),
    (
        f"{_D}李红代表：\n{_OPEN}。我局牵头，县财政局、县自然资源局配合办理{_END}",
        {"co_organs": ["县财政局", "县自然资源局"]},
    ),
    (f"{_D}李红代表：\n{_OPEN}。经我局与县民政局、县残联研究{_END}", {"co_organs": ["县民政局", "县残联"]}),
    (f"{_D}李红代表：\n{_OPEN}。结合县财政局会办意见{_END}", {"co_organs": ["县财政局"]}),
    (
        f"答复类别：B\u3000\u3000公开类别：主动公开\n{_D}李红代表：\n{_OPEN}{_END}",
        {"category": "B", "disclosure": "主动公开"},
    ),
    (f"[A] [公开]\n{_D}李红代表：\n{_OPEN}{_END}", {"category": "A", "disclosure": "主动公开"}),
    (f"{_D}（B）（同意公开）\n李红代表：\n{_OPEN}{_END}", {"category": "B", "disclosure": "主动公开"}),
    (f"办理类别/A类\n{_D}李红代表：\n{_OPEN}{_END}", {"category": "A", "disclosure": None}),
    (f"A类件\u3000公开\n{_D}李红代表：\n{_OPEN}{_END}", {"category": "A", "disclosure": "主动公开"}),
    (f"{_D}李红代表：\n{_OPEN}{_END}是否公开：是\u3000办理结果：B\n", {"category": "B", "disclosure": "主动公开"}),
    (f"{_D}李红代表：\n{_OPEN}{_END}是否公开：否\u3000办理结果：C类\n", {"category": "C", "disclosure": "不予公开"}),
    (f"{_D}李红代表：\n{_OPEN}{_END}公开属性：主动公开（A类）\n", {"category": "A", "disclosure": "主动公开"}),
    (
        f"{_D}李红代表：\n{_OPEN}{_END}备注：办理情况分为A（已解决）、B（正在解决）、C（暂不能解决）三类，本件办理情况为A类\n",
        {"category": "A", "disclosure": None},
    ),
    (f"{_D}李红代表：\n{_OPEN}{_END}办理结果标注：（B）类\n", {"category": "B", "disclosure": None}),
    (f"{_D}李红代表：\n{_OPEN}{_END}（此件依申请公开，C类）\n", {"category": "C", "disclosure": "依申请公开"}),
    (f"【办理类别】B\n{_D}李红代表：\n{_OPEN}{_END}", {"category": "B", "disclosure": None}),
    (f"“B”类\n{_D}李红代表：\n{_OPEN}{_END}", {"category": "B", "disclosure": None}),
    (f"{_D}李红代表：\n{_OPEN}{_END}提案办理类别为C类\n", {"category": "C", "disclosure": None}),
    (f"答复件分类：乙类\n{_D}李红代表：\n{_OPEN}{_END}", {"category": "B", "disclosure": None}),
    (
        f"{_D}李红代表：\n{_OPEN}{_END}附：办理情况分类标准：A类—已解决；B类—正在解决；C类—留作参考\n",
        {"category": None, "disclosure": None},
    ),
    (
        f"{_C}艾则孜·吾买尔、古丽加玛丽·阿布都拉委员：\n{_OPEN}{_END}",
        {"proposers": ["艾则孜·吾买尔", "古丽加玛丽·阿布都拉"], "proposer_count": "2"},
    ),
    (f"{_C}次仁旺堆、扎西等委员：\n{_OPEN}{_END}", {"proposers": ["次仁旺堆", "扎西"], "proposer_count": "2"}),
    (f"{_D}阿依努尔等三位代表：\n{_OPEN}{_END}", {"proposers": ["阿依努尔"], "proposer_count": "3"}),
    (
        f"{_D}吉克曲布代表并转马海木呷等代表：\n{_OPEN}{_END}",
        {"proposers": ["吉克曲布", "马海木呷"], "proposer_count": "2"},
    ),
    (f"{_D}尊敬的德吉央宗代表：\n{_OPEN}{_END}", {"proposers": ["德吉央宗"], "proposer_count": "1"}),
    (f"{_D}欧阳娜娜（女）等5名代表：\n{_OPEN}{_END}", {"proposers": ["欧阳娜娜"], "proposer_count": "5"}),
    (
        f"{_D}王芳（领衔）、李强、赵敏代表：\n{_OPEN}{_END}",
        {"proposers": ["王芳", "李强", "赵敏"], "proposer_count": "3", "lead_proposer": "王芳"},
    ),
    (f"{_D}领衔代表王芳：\n{_OPEN}{_END}", {"proposers": ["王芳"], "proposer_count": "1"}),
    (f"{_D}王芳等12位人大代表：\n{_OPEN}{_END}", {"proposers": ["王芳"], "proposer_count": "12"}),
    (f"{_C}玛 依 拉·买买提 委员：\n{_OPEN}{_END}", {"proposers": ["玛依拉·买买提"], "proposer_count": "1"}),
    (f"{_C}农业界别第二活动小组：\n{_OPEN}{_END}", {"proposers": ["农业界别第二活动小组"], "proposer_count": "1"}),
    (f"{_D}梅仙镇代表小组：\n{_OPEN}{_END}", {"proposers": ["梅仙镇代表小组"], "proposer_count": "1"}),
    (f"{_C}政协第五委员小组：\n{_OPEN}{_END}", {"proposers": ["政协第五委员小组"], "proposer_count": "1"}),
    (
        f"{_C}县政协文化文史和学习委员会：\n{_OPEN}{_END}",
        {"proposers": ["县政协文化文史和学习委员会"], "proposer_count": "1"},
    ),
    (f"{_C}县妇联、团县委：\n{_OPEN}{_END}", {"proposers": ["县妇联", "团县委"], "proposer_count": "2"}),
    (f"{_D}沙坪坝代表团：\n{_OPEN}{_END}", {"proposers": ["沙坪坝代表团"], "proposer_count": "1"}),
    (f"{_C}台盟福建省委会：\n{_OPEN}{_END}", {"proposers": ["台盟福建省委会"], "proposer_count": "1"}),
    (
        f"建议编号：31\n提出人：王芳（领衔）、李强\n承办单位：县水利局\n{_D}王芳代表：\n{_OPEN}{_END}",
        {"proposers": ["王芳", "李强"], "proposer_count": "2", "lead_proposer": "王芳"},
    ),
    (
        f"提案编号：31\n第一提案人：王芳\n提案人：王芳、李强\n承办单位：县水利局\n{_C}王芳委员：\n{_OPEN}{_END}",
        {"proposers": ["王芳", "李强"], "proposer_count": "2", "lead_proposer": "王芳"},
    ),
    (
        f"关于县十七届人大二次会议第3号议案办理情况的报告\n县人大常委会：\n县十七届人大二次会议上，王芳等15名代表提出的《关于制定排水条例的议案》（第3号）收悉{_END}",
        {"proposers": ["王芳"], "proposer_count": "15", "kind": "议案"},
    ),
    (
        f"关于县十七届人大二次会议第3号议案办理情况的报告\n县人大法制委员会：\n王芳、李强、赵敏代表在县十七届人大二次会议上提出的《关于制定排水条例的议案》收悉{_END}",
        {"proposers": ["王芳", "李强", "赵敏"], "kind": "议案"},
    ),
    (
        f"关于第3号议案的答复\n县人大常委会：\n关于王芳等代表提出的《关于制定排水条例的议案》，县政府高度重视{_END}",
        {"proposers": ["王芳"], "kind": "议案"},
    ),
]
