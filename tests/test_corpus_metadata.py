"""Metadata of made-up letters in every usual form; the five that ship; and what is no letter."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.clean import clean
from corpus.letter import Metadata, Stated
from corpus.metadata import read_metadata
from corpus.read import read_text

DOCUMENTS = Path(__file__).parents[1] / "corpus" / "documents"
LETTERS: list[tuple[str, dict[str, Any]]] = [
    # 1 standard with full-width, docno, category corner
    (
        "A类\n公开\n昆科函〔2024〕15号\n昆明市科学技术局关于政协昆明市十四届三次会议第143021号提案的答复\n王小明委员：\n您提出的《关于加快建设面向南亚东南亚科技合作中心的提案》（第143021号）收悉。经会同市商务局、市外办研究，现答复如下：\n一、基本情况\n我市……。\n感谢您对科技工作的关心和支持。\n昆明市科学技术局\n2024年5月20日\n（联系人：李四，联系电话：0871-63135678）\n抄送：市政协提案委、市政府督查室\n",
        {
            "kind": "政协提案",
            "role": "答复",
            "numbers": ["143021"],
            "session": "十四届三次会议",
            "title": "关于加快建设面向南亚东南亚科技合作中心的提案",
            "proposers": ["王小明"],
            "issuer": "昆明市科学技术局",
            "region": "昆明市",
            "date": "2024-05-20",
            "category": "A",
            "doc_no": "昆科函〔2024〕15号",
            "co_organs": ["市商务局", "市外办"],
            "contact": "李四 0871-63135678",
        },
    ),
    # 2 national
    (
        "关于政协第十四届全国委员会第二次会议第01234号(科学技术类056号)提案答复的函\n国科函[2024]88号\n九三学社中央委员会:\n你们提出的《关于加强基础研究的提案》收悉,经商教育部、财政部,现答复如下:\n一、关于经费投入\n……。\n科技部\n2024年8月1日\n",
        {
            "kind": "政协提案",
            "numbers": ["01234"],
            "session": "第十四届全国委员会第二次会议",
            "title": "关于加强基础研究的提案",
            "proposers": ["九三学社中央委员会"],
            "issuer": "科技部",
            "region": None,
            "date": "2024-08-01",
            "doc_no": "国科函[2024]88号",
            "co_organs": ["教育部", "财政部"],
        },
    ),
    # 3 merged numbers, joint
    (
        "关于市十五届人大四次会议第154012、154033号建议的答复\n张三、李四等代表:\n你们提出的“关于支持高校科技成果就地转化”的建议收悉。现答复如下:\n一、已开展的工作\n……\n玉溪市科学技术局\n二〇二四年六月三日\n",
        {
            "kind": "人大建议",
            "numbers": ["154012", "154033"],
            "session": "十五届人大四次会议",
            "title": "关于支持高校科技成果就地转化",
            "proposers": ["张三", "李四"],
            "issuer": "玉溪市科学技术局",
            "region": "玉溪市",
            "date": "2024-06-03",
        },
    ),
    # 4 party body in address with title at the front
    (
        "对政协曲靖市第六届委员会第三次会议第6030117号提案的答复\n农工党曲靖市委:\n贵党派在市政协六届三次会议上提出的《关于大力发展生物医药产业的提案》已收悉，现将办理情况答复如下：\n我局高度重视……。\n此复。\n曲靖市科技局（盖章）\n2024年7月\n",
        {
            "kind": "政协提案",
            "numbers": ["6030117"],
            "session": "第六届委员会第三次会议",
            "title": "关于大力发展生物医药产业的提案",
            "proposers": ["农工党曲靖市委"],
            "issuer": "曲靖市科技局",
            "region": "曲靖市",
            "date": "2024-07",
        },
    ),
    # 5 consult
    (
        "关于对省十四届人大二次会议第0456号建议的会办意见\n省教育厅:\n现就赵六代表提出的《关于推动产教融合的建议》(第0456号)提出如下会办意见:\n一、……\n以上意见供贵厅答复代表时参考。\n云南省科学技术厅\n2024年4月9日\n",
        {
            "kind": "人大建议",
            "role": "会办意见",
            "numbers": ["0456"],
            "session": "十四届人大二次会议",
            "title": "关于推动产教融合的建议",
            "proposers": ["赵六"],
            "issuer": "云南省科学技术厅",
            "region": "云南省",
            "date": "2024-04-09",
        },
    ),
    # 6 no title, ethnic name, same-line
    (
        "尊敬的阿依古丽·买买提代表:您好!您提出的关于加强农村饮水安全的建议(第87号)收悉,现答复如下:\n我局……。\n再次感谢您的关心。\n喀什市水利局\n2023年3月9日\n联系电话:13912345678",
        {
            "kind": "人大建议",
            "numbers": ["87"],
            "session": None,
            "title": "关于加强农村饮水安全的建议",
            "proposers": ["阿依古丽·买买提"],
            "issuer": "喀什市水利局",
            "date": "2023-03-09",
            "contact": "139****5678",
        },
    ),
    # 7 union body
    (
        "昆明市工业和信息化局关于市政协十四届二次会议第142088号提案的复文\n(B类)\n市工商联:\n你会提出的《关于助力民营企业数字化转型的提案》收悉，现答复如下：\n……\n昆明市工业和信息化局\n2023-06-30\n",
        {
            "kind": "政协提案",
            "numbers": ["142088"],
            "proposers": ["市工商联"],
            "category": "B",
            "issuer": "昆明市工业和信息化局",
            "date": "2023-06-30",
            "session": "十四届二次会议",
        },
    ),
    # 8 motion
    (
        "关于昆明市第十五届人民代表大会第三次会议第5号议案的答复\n李大钊等12位代表:\n你们提出的《关于制定昆明市科技成果转化条例的议案》收悉,现答复如下:\n一、……\n2023年9月1日\n",
        {
            "kind": "议案",
            "numbers": ["5"],
            "session": "第十五届人民代表大会第三次会议",
            "proposers": ["李大钊"],
            "title": "关于制定昆明市科技成果转化条例的议案",
            "issuer": None,
            "region": "昆明市",
            "date": "2023-09-01",
        },
    ),
    # 9 title w/ quotes in title and nested
    (
        "关于《关于贯彻落实〈促进科技成果转化法〉的建议》的答复\n钱七代表:\n您提出的《关于贯彻落实〈促进科技成果转化法〉的建议》收悉。现答复如下:\n……\n2022年1月5日",
        {
            "kind": "人大建议",
            "numbers": [],
            "title": "关于贯彻落实〈促进科技成果转化法〉的建议",
            "proposers": ["钱七"],
            "date": "2022-01-05",
        },
    ),
    # 10 group
    (
        "关于区政协三届四次会议第36号提案的答复\n尊敬的科技界别组：\n贵组提出的“关于打造环大学城创新圈”的提案收悉。现答复如下：\n……\n昆明市呈贡区科学技术和工业信息化局\n2024年10月8日\n",
        {
            "kind": "政协提案",
            "numbers": ["36"],
            "session": "三届四次会议",
            "proposers": ["科技界别组"],
            "title": "关于打造环大学城创新圈",
            "issuer": "昆明市呈贡区科学技术和工业信息化局",
            "region": "昆明市呈贡区",
        },
    ),
    # 11 page with footers
    (
        "首页 > 政务公开 > 建议提案\n\n关于市八届人大三次会议第211号建议的答复\n\n发布时间：2024-06-18 10:20 信息来源：市科技局 浏览次数：123 【字体：大 中 小】\n\n关于市八届人大三次会议第211号建议的答复\n\n周八代表：\n\n您提出的关于加快科技馆建设的建议收悉，现答复如下：\n\n一、……\n\n金华市科学技术局\n\n2024年6月12日\n\n打印 关闭\n\n相关阅读\n关于市八届人大三次会议第212号建议的答复\n主办：金华市科学技术局 承办：金华市大数据局\n浙ICP备05000000号 浙公网安备33070202000000号 网站标识码：3307000000\n",
        {
            "numbers": ["211"],
            "date": "2024-06-12",
            "publish_date": "2024-06-18",
            "issuer": "金华市科学技术局",
            "title": "关于加快科技馆建设的建议",
            "region": "金华市",
        },
    ),
    # 12 year-number
    (
        "关于对政协杭州市十二届三次会议第20240087号提案的答复\n吴九委员:\n您提出的关于“支持人工智能企业”的提案(第20240087号)已收悉,首先感谢您的关心。现答复如下:\n……\n杭州市科学技术局\n2024年5月6日\n办复类别:B类\n",
        {
            "numbers": ["20240087"],
            "category": "B",
            "title": "支持人工智能企业",
            "region": "杭州市",
            "session": "十二届三次会议",
        },
    ),
    # 13 legend
    (
        "关于市政协五届二次会议第12号提案的答复\n郑十委员:\n您提出的《关于科普的提案》收悉。现答复如下:\n……\n丽江市科技局\n2023年5月6日\n注:答复类别:A类:已解决;B类:正在解决;C类:留作参考\n",
        {"category": None, "region": "丽江市", "issuer": "丽江市科技局"},
    ),
    # 14 title spans lines, doc_no after
    (
        "对昆明市十五届人大二次会议\n第152099号建议的答复\n昆发改〔2022〕99 号\n孙十一、周十二代表:\n你们提出的《关于加快新能源汽车充电桩建设的建议》,已交我委研究办理,现答复如下:\n……\n联系人:王五   电话:0871—63131234\n昆明市发展和改革委员会\n2022年 6月 1 日\n",
        {
            "kind": "人大建议",
            "numbers": ["152099"],
            "doc_no": "昆发改〔2022〕99号",
            "proposers": ["孙十一", "周十二"],
            "date": "2022-06-01",
            "issuer": "昆明市发展和改革委员会",
            "session": "十五届人大二次会议",
        },
    ),
    # 15 summary
    (
        "关于十四届全国人大一次会议第3456号建议答复的摘要\n……代表提出的关于加强种业创新的建议收悉，现答复摘要如下：\n一、……",
        {
            "kind": "人大建议",
            "role": "答复摘要",
            "numbers": ["3456"],
            "session": "十四届全国人大一次会议",
            "region": None,
        },
    ),
    # 16 co in other forms
    (
        "关于市人大十五届三次会议第89号建议的答复\n冯二代表:\n您提出的《关于建设科创走廊的建议》收悉。我局高度重视,会同市发展改革委、市财政局、市自然资源和规划局等部门进行了认真研究,现答复如下:\n……\n2023年8月8日",
        {
            "co_organs": ["市发展改革委", "市财政局", "市自然资源和规划局"],
            "session": "十五届三次会议",
            "numbers": ["89"],
        },
    ),
    # 17 squashed date
    (
        "关于县政协九届三次会议第15号提案的答复\n韩三委员:\n您提出的《关于修路的提案》收悉。现答复如下:\n……\n嵩明县交通运输局\n202439\n",
        {"date": "2024-03-09", "issuer": "嵩明县交通运输局", "region": "嵩明县"},
    ),
    # 18 proposals phrase
    (
        "关于市政协十四届四次会议第144056号提案办理情况的答复\n民盟昆明市委、陈四委员:\n你们提出的《关于促进低空经济发展的提案》收悉。现将办理情况回复如下:\n……\n2025年6月1日\n",
        {"proposers": ["民盟昆明市委", "陈四"]},
    ),
    # 19 inner title by dash, and 代表 name in title
    (
        "关于对市十五届人大四次会议杨五代表提出的第154077号建议的答复\n杨五代表：\n您在市十五届人大四次会议上提出的《关于支持种业企业发展的建议》已收悉，经我局与市农业农村局共同研究，现将有关情况答复如下：\n……\n2024年9月2日\n",
        {
            "numbers": ["154077"],
            "title": "关于支持种业企业发展的建议",
            "proposers": ["杨五"],
            "co_organs": ["市农业农村局"],
        },
    ),
    # 20 Notice isn't letter
    (
        "关于做好2024年人大代表建议和政协提案办理工作的通知\n各县(市)区人民政府,市直各部门:\n为做好建议提案答复工作,现通知如下:\n一、……\n昆明市人民政府办公室\n2024年3月1日\n",
        {"kind": "其他", "role": "其他"},
    ),
    (
        "市科技局召开提案办理座谈会\n6月1日,市科技局召开提案办理座谈会,与委员面商,委员对答复表示满意。会上,市科技局介绍了第142194号提案的办理情况。\n",
        {"kind": "其他", "role": "其他", "numbers": []},
    ),
    # 22 numbers with letters
    (
        "关于市七届人大五次会议第ZX-2024-015号建议的答复\n尤六代表:\n您提出的《关于优化公交线路的建议》(编号:ZX-2024-015)收悉,现答复如下:\n……\n2024年11月2日",
        {"numbers": ["ZX-2024-015"]},
    ),
    # 23 number in body only
    (
        "何七委员:\n您在政协会议上提出的第056号提案《关于提升社区养老服务的提案》收悉,现答复如下:\n一、……\n昆明市民政局\n2021年5月1日\n",
        {
            "kind": "政协提案",
            "numbers": ["056"],
            "title": "关于提升社区养老服务的提案",
            "issuer": "昆明市民政局",
            "region": "昆明市",
        },
    ),
    # 24 date inside parenthesis & co at end
    (
        "关于省政协十三届一次会议第0213号提案的答复\n施八委员:\n您提出的《关于培育独角兽企业的提案》收悉。经商省财政厅和省地方金融监管局,现答复如下:\n……\n专此答复。\n云南省科学技术厅\n二〇二三年十月二十日\n(此件公开发布)\n",
        {"date": "2023-10-20", "co_organs": ["省财政厅", "省地方金融监管局"], "region": "云南省"},
    ),
    # 25 丙 box with issuer
    (
        "索引号：015123456/2023-00012 发布机构：大理州科技局\n公开日期：2023-07-01 文号：大科函〔2023〕20号\n标题：大理州科技局关于州十五届人大二次会议第020号建议的答复\n张九代表：\n您提出的《关于洱海科研的建议》收悉，现答复如下：\n……\n",
        {
            "index_no": "015123456/2023-00012",
            "doc_no": "大科函〔2023〕20号",
            "publish_date": "2023-07-01",
            "date": "2023-07-01",
            "issuer": "大理州科技局",
            "numbers": ["020"],
            "session": "十五届人大二次会议",
        },
    ),
    (
        "政协第十五届昆明市委员会第三次会议第153号提案的答复\n　　张三委员（第一提案人）、李四委员：\n　　你们提出的《关于建设科学城的提案》收悉。现答复如下：\n　　……\n　　　　昆明市科学技术局 2024年3月2日",
        {
            "kind": "政协提案",
            "numbers": ["153"],
            "session": "第十五届昆明市委员会第三次会议",
            "proposers": ["张三", "李四"],
            "issuer": "昆明市科学技术局",
            "date": "2024-03-02",
            "region": "昆明市",
        },
    ),
    (
        "关于昆明市政协十四届二次会议第142131号（关于推动中试基地建设的提案）的答复\n刘某委员：\n您的提案收悉。现答复如下：\n……\n2023年5月1日",
        {
            "title": "关于推动中试基地建设的提案",
            "numbers": ["142131"],
            "session": "十四届二次会议",
            "proposers": ["刘某"],
        },
    ),
    (
        "关于市第十四届政协第二次会议第 0123 号（经济类 012 号）提案的回复\n民建昆明市委：\n贵单位提出的《关于完善知识产权质押融资的提案》已收悉，现回复如下：\n……\n昆明市市场监督管理局\n2023年7月3日\n办理结果：A类",
        {
            "kind": "政协提案",
            "numbers": ["0123"],
            "session": "第十四届政协第二次会议",
            "proposers": ["民建昆明市委"],
            "category": "A",
            "issuer": "昆明市市场监督管理局",
        },
    ),
    (
        "类别：B类  公开属性：主动公开  签发人：王某\n昆科复〔2023〕8号\n对市十五届人大三次会议第153099号建议的复函\n胡某某代表：\n您在市十五届人大三次会议期间提出的“关于设立科技成果转化基金”的建议收悉，经会商市财政局、市国资委，现函复如下：\n一、……\n（联系人及电话：刘某，63135678）\n昆明市科学技术局\n2023年8月20日\n抄送：市人大常委会代工委，市政府督查室。",
        {
            "category": "B",
            "doc_no": "昆科复〔2023〕8号",
            "numbers": ["153099"],
            "title": "关于设立科技成果转化基金",
            "co_organs": ["市财政局", "市国资委"],
            "contact": "刘某 63135678",
            "issuer": "昆明市科学技术局",
            "role": "答复",
        },
    ),
    (
        "关于政协临沧市第五届委员会第二次会议第5-2-018号提案的答复\n政协委员杨某某：\n您提出的关于加快核桃产业科技创新的提案收悉，现答复如下：\n……\n临沧市科学技术局\n2023年6月",
        {
            "numbers": ["5-2-018"],
            "session": "第五届委员会第二次会议",
            "title": "关于加快核桃产业科技创新的提案",
            "proposers": ["杨某某"],
            "region": "临沧市",
        },
    ),
    (
        "致公党省委会：\n你们在省政协十三届二次会议上提出的《关于加强基础研究的提案》（第0077号）收悉。经商省财政厅、省教育厅，现答复如下：\n……\n云南省科学技术厅\n2024年6月30日",
        {
            "kind": "政协提案",
            "numbers": ["0077"],
            "session": "十三届二次会议",
            "proposers": ["致公党省委会"],
            "co_organs": ["省财政厅", "省教育厅"],
            "region": "云南省",
        },
    ),
    (
        "关于对县十七届人大三次会议第23号《关于改善乡村道路的建议》的答复\n李代表：\n收悉您的建议，现答复如下：\n……\n富民县交通运输局\n2023年9月1日",
        {
            "title": "关于改善乡村道路的建议",
            "numbers": ["23"],
            "session": "十七届人大三次会议",
            "issuer": "富民县交通运输局",
            "region": "富民县",
        },
    ),
    (
        "银川市科技局对自治区政协十二届一次会议第88号提案的协办意见\n自治区科技厅：\n马某委员提出的《关于建设实验室的提案》收悉，现提出如下协办意见：\n……\n银川市科学技术局\n2023年4月1日",
        {
            "role": "会办意见",
            "proposers": ["马某"],
            "issuer": "银川市科学技术局",
            "title": "关于建设实验室的提案",
            "region": "银川市",
        },
    ),
    (
        "第三条 代表提出的建议、批评和意见，由有关机关办理并答复。\n第四条 承办单位应当自交办之日起三个月内答复代表：\n（一）能够解决的，应当尽快解决；\n（二）收悉后不能解决的，应当说明。",
        {"kind": "其他", "numbers": []},
    ),
    (
        "关于市政协十四届二次会议第142001号提案的答复\n发布时间：2023-07-12\n尊敬的周某委员：\n首先感谢您对科普工作的关注。您提出的《关于提升公民科学素质的提案》（第142001号），已由我局会同市科协研究办理，现答复如下：\n一、关于“加大科普投入”的建议\n……\n三是……。\n",
        {
            "title": "关于提升公民科学素质的提案",
            "co_organs": ["市科协"],
            "date": "2023-07-12",
            "publish_date": "2023-07-12",
        },
    ),
    (
        "B\n关于省十四届人大一次会议第0555号建议的答复\n陈某等10名代表：\n你们提出的《关于支持昆明建设区域性国际中心城市的建议》，交由我厅会同省发展改革委、昆明市政府办理，现答复如下：\n……\n云南省科学技术厅\n2023年5月30日",
        {"category": "B", "proposers": ["陈某"], "co_organs": ["省发展改革委", "昆明市政府"], "numbers": ["0555"]},
    ),
    # page with site header lines no breadcrumb, title twice
    (
        "昆明市科学技术局\n网站首页\n政务公开\n关于市政协十五届一次会议第151020号提案的答复\n日期：2025-06-20  来源：昆明市科学技术局  点击：88\n赵委员、钱某委员：\n你们提出的《关于发展低空经济的提案》收悉。现答复如下：\n……\n此复。\n昆明市科学技术局\n2025年6月18日\n版权所有：昆明市科学技术局 地址：昆明市呈贡区\n滇ICP备05000001号",
        {"issuer": "昆明市科学技术局", "date": "2025-06-18", "publish_date": "2025-06-20", "numbers": ["151020"]},
    ),
    # raw one-line paragraph letter
    (
        "关于对昆明市第十五届人民代表大会第三次会议第153077号建议的答复 王某某代表: 您提出的《关于加强农业科技的建议》收悉,现答复如下: 一、工作情况。…… 昆明市科学技术局 2023年6月20日",
        {
            "numbers": ["153077"],
            "title": "关于加强农业科技的建议",
            "proposers": ["王某某"],
            "date": "2023-06-20",
            "issuer": "昆明市科学技术局",
            "kind": "人大建议",
        },
    ),
    ("关于某某的答复\n\n**张某代表：**\n\n您提出的《关于甲的建议》收悉。", {"proposers": ["张某"]}),
    (
        "# 关于市人大十五届五次会议第155001号建议的答复\n\n**昆科函〔2025〕3号**\n\n张某代表：\n\n您提出的《关于甲乙丙的建议》收悉，现答复如下：\n\n## 一、情况\n\n……\n\n昆明市科学技术局\n2025年1月2日",
        {"numbers": ["155001"], "doc_no": "昆科函〔2025〕3号", "issuer": "昆明市科学技术局"},
    ),
    (
        "昆明市第十五届人大四次会议第154010号建议答复\n高某、（领衔）马某代表：\n您们提出的《关于甲乙的建议》收悉，现答复如下：\n……\n昆明市科技局\n2024年13月1日",
        {"date": None, "issuer": "昆明市科技局", "proposers": ["高某", "马某"]},
    ),
    (
        "关于市政协十四届三次会议第143001号提案的会办意见的函\n市工业和信息化局：\n贵单位主办的第143001号提案《关于发展新能源电池产业的提案》收悉，经研究，我局会办意见如下：\n……\n昆明市科学技术局\n2024年4月2日",
        {"role": "会办意见", "title": "关于发展新能源电池产业的提案", "issuer": "昆明市科学技术局", "proposers": []},
    ),
    (
        "建议编号：153188\n建议标题：关于建设国际技术转移中心的建议\n领衔代表：和某某\n承办单位：昆明市科学技术局\n答复日期：2023-06-25\n答复类别：B\n答复内容：\n和某某代表：\n您提出的建议收悉，现答复如下：\n一、……",
        {
            "numbers": ["153188"],
            "title": "关于建设国际技术转移中心的建议",
            "proposers": ["和某某"],
            "issuer": "昆明市科学技术局",
            "date": "2023-06-25",
            "category": "B",
        },
    ),
]


def value(field: Stated | tuple[Stated, ...] | None) -> Any:
    if isinstance(field, tuple):
        return [stated.value for stated in field]
    return field.value if field else None


def all_stated(metadata: Metadata) -> list[Stated]:
    found: list[Stated] = []
    for field in vars(metadata).values():
        found += field if isinstance(field, tuple) else [field] if field else []
    return found


def shipped(name: str) -> tuple[str, Metadata]:
    cleaned = clean(read_text(next(DOCUMENTS.glob(f"{name}*"))))
    return cleaned.text, read_metadata(cleaned)


@pytest.mark.parametrize(("raw", "expected"), LETTERS, ids=[raw.split("\n")[0][:40] for raw, _ in LETTERS])
def test_the_fields_of_a_letter_are_read_as_it_states_them(raw: str, expected: dict[str, Any]) -> None:
    metadata = read_metadata(clean(raw))
    assert {name: value(getattr(metadata, name)) for name in expected} == expected


@pytest.mark.parametrize("raw", [raw for raw, _ in LETTERS], ids=range(len(LETTERS)))
def test_every_verbatim_value_stands_at_its_offsets(raw: str) -> None:
    cleaned = clean(raw)
    metadata = read_metadata(cleaned)
    verbatim = (
        *metadata.numbers,
        *metadata.proposers,
        *metadata.co_organs,
        metadata.title,
        metadata.session,
        metadata.issuer,
    )
    for stated in (s for s in verbatim if s and s.start is not None and s.end is not None):
        assert "".join(cleaned.text[stated.start : stated.end].split()) == "".join(stated.value.split())


@given(
    st.sampled_from([raw for raw, _ in LETTERS]),
    st.integers(0, 400),
    st.text("代表委员:：第号届次《》“”\n2024年()", max_size=12),
)
def test_no_damage_to_a_letter_breaks_the_reading(raw: str, at: int, noise: str) -> None:
    cleaned = clean(raw[:at] + noise + raw[at:])
    for stated in all_stated(read_metadata(cleaned)):
        if stated.start is not None and stated.end is not None:
            assert 0 <= stated.start < stated.end <= len(cleaned.text)


@given(st.text(max_size=200))
def test_any_text_has_a_kind_and_a_role(text: str) -> None:
    metadata = read_metadata(clean(text))
    assert metadata.kind is not None
    assert metadata.role is not None


def test_the_first_two_that_ship_name_no_issuer_and_get_none() -> None:
    for name, number, who in (("000", "142194", "陈德理"), ("001", "153005", "陈力")):
        _, metadata = shipped(name)
        assert value(metadata.numbers) == [number]
        assert value(metadata.proposers) == [who]
        assert metadata.issuer is None
        assert value(metadata.region) == "昆明市"
        assert value(metadata.date) == "2023-06-19"


def test_the_letter_of_a_party_committee_is_read_from_page_and_sign_off() -> None:
    text, metadata = shipped("002")
    assert value(metadata.proposers) == ["民革银川市委会"]
    assert value(metadata.numbers) == ["029"]
    assert value(metadata.issuer) == "银川市科学技术局"
    assert value(metadata.region) == "银川市"
    assert value(metadata.date) == "2022-09-14"
    assert value(metadata.publish_date) == "2022-09-14"
    assert value(metadata.title) == "关于培育和壮大科技型企业 强化企业创新主体地位的提案"
    assert metadata.title is not None
    assert text[metadata.title.start : metadata.title.end] == metadata.title.value


def test_the_newspaper_article_is_an_article_of_kunming() -> None:
    text, metadata = shipped("003")
    assert (value(metadata.kind), value(metadata.role)) == ("其他", "其他")
    assert value(metadata.title) == "加快推进区域性国际科技创新中心建设"
    assert metadata.issuer is None
    assert value(metadata.publish_date) == "2021-11-30"
    assert metadata.region is not None
    assert (metadata.region.value, metadata.region.origin) == ("昆明市", "inferred")
    assert "江苏" not in text
    assert not any("江苏" in stated.value for stated in all_stated(metadata))


def test_the_letter_without_title_line_is_read_from_its_opening() -> None:
    _, metadata = shipped("004")
    assert value(metadata.title) == "关于为科技创新营造良好氛围的建议"
    assert value(metadata.numbers) == ["9"]
    assert metadata.session is None
    assert value(metadata.proposers) == ["李训根"]
    assert value(metadata.kind) == "人大建议"
    assert (value(metadata.region), metadata.region.origin if metadata.region else "") == ("金华市", "inferred")
    assert metadata.date is None
    assert value(metadata.co_organs) == ["市经信局"]
    assert value(metadata.contact) == "郎荣旗 139****0026"


def test_a_title_from_outside_names_a_passage_without_offsets() -> None:
    metadata = read_metadata(clean("泡菜是一种食品。"), "泡菜")
    assert metadata.title == Stated("泡菜")
    assert metadata.region is None


def test_a_passage_that_mentions_deputies_and_replies_is_no_letter() -> None:
    text = "2011年,人大代表提出建议,要求政府答复。委员们的提案由各部门办理,办理情况向社会公开。"
    assert value(read_metadata(clean(text)).kind) == "其他"


def test_the_path_of_a_page_may_name_the_issuer_but_only_as_inferred() -> None:
    raw = (
        "您当前的位置：首页 > 信息公开 > 霍山县科技经信局 > 建议提案办理\n\n关于县十八届人大四次会议第56号代表建议办理情况的函\n\n"
        "李某代表：\n您提出的《关于通信信号的建议》收悉,现答复如下:\n一、全面排查。已完成。"
    )
    metadata = read_metadata(clean(raw))
    assert metadata.issuer == Stated("霍山县科技经信局", None, None, "inferred", "页面路径")
    assert value(metadata.region) == "霍山县"
