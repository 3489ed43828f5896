"""Tell what stands in 《》 apart: policies, laws, minutes and standards from newspapers, forms, proposals and novels."""

import re
from dataclasses import dataclass

from corpus.normalise import normalise

CITED = ("政策", "法规", "纪要")
_EDITION = r"(?:修正案|修订)?\s*(?:[（(〔][^）)〕]{1,16}[）)〕])*$"
_LAW = re.compile(rf"(?:(?<![办方做用语书看技立司宪想])法|法典|条例|宪法)(?:实施(?:条例|细则))?{_EDITION}")
_POLICY = re.compile(
    r"(?:通知|意见|办法|方案|规划|计划|措施|条例|规定|细则|决定|纲要|规程|指南|标准|机制|政策|章程|规则|公告|通告|通报|决议"
    r"|目录|清单|要点|建议|报告|批复|函|准则|制度|解释|公约|任务书|分[解工]表|白皮书|若干[^》]{1,12}|[一二三四五六七八九十\d]+条"
    r"|行动|预案|规范|指引|导则|总则|大纲|工作法|部署|安排|举措|路线图|指标体系|考核|体系|清册|名录|倡议|宣言|备忘录|令"
    rf"|实施步骤|原则|汇编|标准化?|设计导则|图则|战略|工程|一号文件|重点工作){_EDITION}"
)
_PAPER = re.compile(
    r"(?:日报|晚报|早报|时报|晨报|周报|都市报|商报|青年报|教育报|[一-龥]报|周刊|杂志|学报|月刊|半月谈|期刊|网)$"
)
_FORM = re.compile(
    rf"(?:表|合同|协议|协议书|承诺书|责任书|申请书|通知书|告知书|决定书|意见书|倡议书|许可证|证书?|执照|证明|台账|回执|委托书|鉴定书|登记簿|问卷|备案书|函告|单){_EDITION}"
)
_MINUTES = re.compile(r"(?:会议?纪要?|纪要?)(?:〔|$)|会议纪要")
_STANDARD = re.compile(
    r"(?<![A-Za-z])(?P<body>(?:GB|GBJ|GBZ|JGJ|CJJ|CJ|CECS|DB\d{0,4}|DBJ|HJ|JTG|JTJ|NY|SC|WS|YY|TB|SL|MZ|JB|QB|LY|TSG|ISO)(?:/[TZ])?)"
    r"\s?(?P<no>[A-Z]?\d{1,6}(?:\.\d{1,3})?)\s?-{1,2}\s?(?P<year>(?:19|20)\d\d)(?!\d)"
)
# 您提出的《……的建议》（第9号）收悉
_PROPOSAL = re.compile(r"(?:建议|提案|议案|意见)$")
_PROPOSAL_BEFORE = re.compile(
    r"(?:提出|所提|提交|领衔|交办)[^。\n《]{0,16}$|^\s*$|(?:[您你]|代表|委员)(?:们|在|的|等|关于){0,3}$"
)
_PROPOSAL_AFTER = re.compile(
    r"\s*(?:[（(][^）)\n]{0,24}[）)])?\s*(?:的?(?:提案|建议|议案))?\s*(?:[（(][^）)\n]{0,24}[）)])?\s*[,，]?\s*(?:已?收悉|已?交|由我)"
)
_CASE_NO = re.compile(r"\s*[（(]\s*(?:建议|提案)?\s*第\s?[\w\-]+\s*号?\s*[）)]")


@dataclass(frozen=True)
class Standard:
    """A technical standard by number, GB/T 28001-2011."""

    value: str
    start: int
    end: int


def standards(text: str) -> tuple[Standard, ...]:
    """The technical standards that the text names by number; they are no 文号.

    >>> [s.value for s in standards("符合GB50763—2012要求")]
    ['GB 50763-2012']
    """
    copy = normalise(text)
    return tuple(
        Standard(f"{m['body']} {m['no']}-{m['year']}", *copy.span(*m.span())) for m in _STANDARD.finditer(copy.text)
    )


def kind_of_title(title: str, doc_no: str | None) -> str:
    """政策, 法规 or 纪要 for what a letter may rest on; 标准, 报刊, 文书 or 其他 for what it only names.

    >>> kind_of_title("河道管理条例", None), kind_of_title("人民日报", None), kind_of_title("征询意见表", None)
    ('法规', '报刊', '文书')
    """
    if _MINUTES.search(doc_no or "") or _MINUTES.search(title):
        return "纪要"
    if (doc_no and "令" in doc_no) or _LAW.search(title):
        return "法规"
    if doc_no or _POLICY.search(title):
        return "政策"
    if _FORM.search(title):
        return "文书"
    return "报刊" if _PAPER.search(title) else "其他"


def is_proposal(text: str, title: str, start: int, end: int) -> bool:
    """Whether the 《》 at `text[start:end]` names the proposal that is answered, 您提出的《……的建议》（第9号）收悉."""
    if not _PROPOSAL.search(title):
        return False
    if title.endswith(("提案", "议案")) or _CASE_NO.match(text, end):
        return True
    low = max(0, start - 40)
    before = text[max(text.rfind("\n", low, start) + 1, low) : start]
    return bool(_PROPOSAL_AFTER.match(text, end)) or bool(before.strip() and _PROPOSAL_BEFORE.search(before))
