"""Chinese names of layers, kinds and measures, as every report prints them."""

LAYERS = {
    "all": "总体",
    "parsing": "解析",
    "chunking": "切分",
    "retrieval": "检索",
    "answer": "回答",
    "list": "列举",
    "citation": "引文",
    "grounding": "依据",
    "refusal": "拒答",
    "joint": "综合",
    "robust": "稳健",
    "cost": "开销",
}
KINDS = {
    "figure": "数据",
    "entity": "机构与人",
    "policy": "政策文号",
    "metadata": "信函信息",
    "measures": "举措",
    "colloquial": "口语",
    "comparison": "比较",
    "enumeration": "列举",
    "follow_up": "追问",
    "conflict": "数据冲突",
    "unanswerable": "不可答",
}
WHYS = {
    "off_topic": "题外",
    "wrong_year": "年份不对",
    "wrong_city": "城市不对",
    "not_stated": "原文未说",
    "false_premise": "前提不实",
}
# What a reader who does not know the field needs; a measure that is not here stands under its name alone.
MEASURES = {
    "passed": "没有任何毛病的题",
    "Success@1": "第一条即命中依据",
    "Success@5": "前五条命中依据",
    "Recall@5": "前五条所含依据",
    "Recall@10": "前十条所含依据",
    "nDCG@10": "前十条的排序",
    "RR@10": "首个命中的名次倒数",
    "AnswerHit": "答案要点齐全",
    "must-not": "说了不该说的值",
    "right": "要点齐全且无错值",
    "character F1": "与标准答案的重合",
    "length ratio": "答案长度比依据",
    "citation exact": "引文逐字相符",
    "sentence coverage": "有引文的句子",
    "citation recall": "引到的依据",
    "citation precision": "引文中切题的",
    "figures": "答案中的数据个数",
    "ungrounded figures": "没有依据的数据个数",
    "refusal recall": "该拒答的拒答了",
    "false refusal": "可答却拒答",
    "citation on refusal": "拒答却带引文",
    "right reason": "拒答的理由对",
    "context recall": "交给作答的依据",
    "item recall": "清单中说到的项",
    "item precision": "所说的属于清单",
    "item F1": "清单的两者合计",
    "evidence F1": "引文与依据的重合",
    "Overall": "答对与引对合计",
    "negation flips": "否定与原文相反的句子",
    "sentence support": "有原文支持的句子",
    "joint c=1": "对 +1，拒答 0，错 −1",
    "joint c=4": "对 +1，拒答 0，错 −4",
    "characters lost": "正文漏切或重切的字",
    "heading path kept": "带着标题的片段",
    "quote whole": "依据完整在一个片段里",
    "chunk length p5": "片段字数，最短的 5%",
    "chunk length p50": "片段字数，居中",
    "chunk length p95": "片段字数，最长的 5%",
}


def kind_name(kind: str, why: str | None = None) -> str:
    """The kind of a question as it is shown; an unanswerable one with why it is so.

    >>> kind_name("figure"), kind_name("unanswerable", "off_topic"), kind_name("new")
    ('数据', '不可答·题外', 'new')
    """
    name = KINDS.get(kind, kind)
    return f"{name}·{WHYS.get(why, why)}" if why else name
