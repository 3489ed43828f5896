"""What a check of a letter says: a finding with place and mend, and the table of all rules."""

import re
from dataclasses import dataclass

from corpus.box import flat
from corpus.letter import Letter, Stated
from corpus.policies import PolicyRef, policies
from corpus.sentences import sentences

ERROR, REMINDER = "错误", "提醒"


@dataclass(frozen=True)
class Rule:
    """One rule of the linter: its stable name, its severity, what it looks for; `always` where it is for any text."""

    name: str
    severity: str
    what: str
    always: bool = False


@dataclass(frozen=True)
class Finding:
    """One thing that is wrong or doubtful in a letter: `text[start:end] == quote`, in the letter's text."""

    rule: str
    start: int
    end: int
    quote: str
    problem: str
    mend: str
    severity: str


RULES = {
    rule.name: rule
    for rule in (
        Rule("标点配对", ERROR, "书名号、引号、括号多一个、少一个或套叠", True),
        Rule("标点重复", ERROR, "连用的句号、逗号、顿号等", True),
        Rule("叠字", ERROR, "多打的字词，如“的的”“进一步进一步”", True),
        Rule("日期有误", ERROR, "日历上没有的日期，如2月30日、13月", True),
        Rule("文号残缺", ERROR, "文号缺括号、缺“号”字，年份不可能或晚于成文日期", True),
        Rule("文号括号", REMINDER, "文号的年份没有用六角括号〔〕", True),
        Rule("公开前脱敏", REMINDER, "手机号、身份证号等个人信息的所在", True),
        Rule("半角标点", REMINDER, "全角文稿里混用的半角标点（合并报一条）"),
        Rule("内容重复", REMINDER, "整段或整句重复"),
        Rule("文种混用", ERROR, "人大建议的答复写成“提案”“委员”，或反过来"),
        Rule("合计不符", ERROR, "列全的分项之和不等于合计，或分项大于合计"),
        Rule("分项超合计", REMINDER, "分项之和大于合计，可能有交叉或笔误"),
        Rule("比例超百", ERROR, "占比、满意率等超过100%"),
        Rule("增幅不符", ERROR, "增幅与前后两个数对不上"),
        Rule("时间矛盾", ERROR, "“今年”“去年”“截至某月”与成文日期矛盾"),
        Rule("时限已过", REMINDER, "“力争2022年底前”之类的时限早于成文日期"),
        Rule("数据无时点", REMINDER, "“目前”的数据没有统计时点，落款也没有日期"),
        Rule("规划到期", REMINDER, "引用的规划、方案到成文时已经期满"),
        Rule("代字不符", REMINDER, "文号的机关代字与发文机关不一致"),
        Rule("缺要素", REMINDER, "缺编号、届次、称呼、日期、署名、联系人、收悉句或结尾"),
        Rule("编号不一致", ERROR, "标题、开头、信息栏的编号不同"),
        Rule("届次不一致", ERROR, "标题、开头的届次不同"),
        Rule("称呼不一致", ERROR, "称呼与开头或信息栏的代表、委员不是同一人"),
        Rule("类别不符", ERROR, "答复类别与采纳用语矛盾"),
        Rule("会办未落实", REMINDER, "信息栏列了会办单位，正文没有提到"),
        Rule("外地内容", REMINDER, "把外地说成“我市”，或混入外地的文件、感谢语"),
        Rule("套话偏多", REMINDER, "没有主体、数量、时限的套话占比过高"),
        Rule("措施无时限", REMINDER, "通篇“一是、二是”，没有一条有完成时限"),
    )
}


@dataclass(frozen=True)
class Subject:
    """A letter made ready for the rules: `flat` is its text in half-width, character for character.

    `dated` is the stated day of signing as (year, month, day), 0 for what is not said; `year` the year of the letter by
    its signing or its page; `lines` and `sentences` are spans of the body.
    """

    letter: Letter
    text: str
    flat: str
    kind: str
    role: str
    dated: tuple[int, int, int] | None
    year: int | None
    lines: tuple[tuple[int, int], ...]
    sentences: tuple[tuple[int, int], ...]
    policies: tuple[PolicyRef, ...]

    @property
    def is_reply(self) -> bool:
        """Whether it is a letter about a proposal at all."""
        return self.kind != "其他"

    def finding(self, rule: str, start: int, end: int, problem: str, mend: str, severity: str = "") -> Finding:
        """A finding at `text[start:end]`, as severe as its rule unless said otherwise."""
        return Finding(rule, start, end, self.text[start:end], problem, mend, severity or RULES[rule].severity)


def subject(letter: Letter) -> Subject:
    """The letter, read once for all rules."""
    start, end = letter.body if letter.body[1] > letter.body[0] else (0, len(letter.text))
    meta = letter.metadata
    spans = tuple(m.span() for m in re.finditer(r"[^\n]*\S[^\n]*", letter.text[start:end]))
    dated = _day(meta.date) if meta.date and meta.date.origin == "stated" else None
    written = meta.date or meta.publish_date
    kind = meta.kind.value if meta.kind else "其他"
    return Subject(
        letter,
        letter.text,
        flat(letter.text),
        kind,
        meta.role.value if meta.role else "其他",
        dated,
        _day(written)[0] if written else None,
        tuple((start + a, start + b) for a, b in spans),
        sentences(letter.text, start, end),
        policies(letter.text) if kind != "其他" else (),
    )


def line_of(letter: Letter, finding: Finding) -> tuple[int, int]:
    """The line and the column of a finding in the letter's text, both counted from 1.

    >>> line_of(Letter("1", "1", "甲\\n乙丙"), Finding("叠字", 3, 4, "丙", "", "", "错误"))
    (2, 2)
    """
    begun = letter.text.rfind("\n", 0, finding.start) + 1
    return letter.text.count("\n", 0, finding.start) + 1, finding.start - begun + 1


def _day(stated: Stated) -> tuple[int, int, int]:
    parts = [int(p) for p in re.findall(r"\d+", stated.value)[:3]]
    year, month, day = [*parts, 0, 0, 0][:3]
    return year, month, day
