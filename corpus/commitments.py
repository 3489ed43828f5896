"""Find what a letter commits to, 争取2024年10月底前提交: the sentence, its deadline, who answers for it, how firmly."""

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass

from corpus.letter import Letter, Section
from corpus.organs import Organ, organs
from corpus.sentences import sentences
from corpus.when import When, whens

_NEXT = re.compile(r"下一?步|今后|下一?阶段|工作(?:计划|打算|安排|思路)|后续|下步")
# What numbers a sentence and is none of its words; 一是 and 第一， are, as they stand in the middle of a line too.
_MARK = re.compile(
    r"[^\S\n]*(?:(?P<top>[一二三四五六七八九十]{1,3}、)|[（(]\s?(?:[一二三四五六七八九十]{1,3}|\d{1,2})\s?[）)]、?"
    r"|\d{1,2}\s?[.．、](?=\D|20\d\d年)|[①-⑳])"
)
_TOP = re.compile("[一二三四五六七八九十]{1,3}、")
_LED = re.compile(r"\s*(?:下一?步|今后[，,]|下一?阶段)")
_EDGE = " 。．.，,、；;：:\u3000\n"
# A few words under a number, with what they announce behind them, are a heading though no section begins there.
_COUNT = r"第[一二三四五六七八九十]{1,2}[，,、]|[一二三四五六七八九十]{1,2}[是要]"
_BRIEF = re.compile(
    rf"(?:(?P<step>第[一二三四五六七八九十]{{1,2}}[，,、])|{_COUNT})?\s?[^，,。；;：:！？\d]{{2,18}}(?P<stop>。?)$"
)
_BEHIND = re.compile(rf"[^\S\n]*(?!{_COUNT}|{_MARK.pattern.replace('?P<top>', '?:')})[^\s]")
_DONE_HEAD = re.compile(r"情况|进展|成效|现状|已开展|已?完成")
_STRIVE = re.compile(
    r"力争|争取(?=[在于到用早尽于将把实列完落于今明年\d]|通过|纳入|启动|建成|开工|提前|组织|立项|有|使|让)|努力(?:实现|推动|打造|做到|争取)|尽(?:快|早|力)|力求"
)
# What is striven for anyhow where the letter speaks of what comes next.
_STRIVE_NEXT = re.compile(r"争取(?!到?了)|力促")
# 计划 as a verb: not the name of a plan, not what is in one.
_PLAN = re.compile(
    r"(?<![动作度展技才发项资育产设学济“市的大助生培升训])计划(?=[于在用到从对把将以与按分年今明新投建改增\d一二两三四五六七八九十拟]|实施|开展|启动|完成|提交|通过|安排|组织|引进|培育|聚焦|出台|修订|利用|争取|打造|选取|派|采购|印发)"
    r"|拟(?![定人合稿]|上市|转让|认定(?:名单|企业)|录用|推荐(?:名单|人选))|预计|打算|考虑(?=将|在|通过|安排|把)|(?:正在|抓紧)(?:研究|起草|制定|修订|编制|筹备|谋划)|规划(?:新建|布局|到)"
)
# 将 as “will”; 将X纳入, 将X列为 is the other 将, unless 还 or 也 or a step to come stands before it.
_WILL = re.compile(
    r"(?<![即名大主小上健武麻老福必])将(?=于|在\d|在[今明后年本]|会(?!议)|继续|进一步|持续|积极|尽快|加快|加大|加强|严格|切实|认真|全面|全力|大力|深入|不断|充分|逐步|统筹|一如既往|按照?|根据|结合|围绕|以(?!前|往)|依托|立即|同步|及时|适时"
    r"|协调|会同|配合|联合|推动|推进|促进|组织|开展|实施|启动|建立|健全|完善|制定|出台|研究|探索|新增|新建|建设|打造|支持|引导|鼓励|督促|指导|落实|做好|采取|通过|从|对|针对|把|着力|重点|牵头|争取|坚持|始终|定期|每年|优先|陆续|分批|"
    r"完成|实现|加密|增加|优化|提升|强化|投入|安排|举办|聚焦|抓好|抓住|积累|密切|充实|修订|编制|主动|开工|建成|列入|向|与|为(?!主)|由|严厉|常态|多措|高标准(?!农田)|常|再|更)"
)
# Under 下一步 any 将 tells of what comes; the one that only moves its object (将X纳入) plans.
_WILL_NEXT = re.compile(
    r"(?<![即名大主小上健武麻老福必])将(?![军近来领士才帅])(?P<moves>[^，,。；;]{1,24}(?:[纳列融]入|列为|作为|转化|[建造]成))?"
)
_FIRM = re.compile(r"确保|保证(?!金)|务必|(?:我[们局]|郑重)承诺|承诺(?:将|在|于)")
_BEFORE_DAY = re.compile(
    r"(?:[年月日末底季度]|节)前(?:[，,]|[^，,。]{0,16}?)(?:完成|实现|建成|竣工|出台|提交|开工|投用|报|印发|启动|落实|到位|办结|整改|拨付"
    r"|新增|新建|再建|改建|扩建|增设|达到?|超过|突破|不少于|不低于|覆盖|开通|通车|投运|培育|引进|发放|安装|配齐|公布|发布|基本|全面|全部)|(?:之|以)前(?:全部|基本|全面)?(?:完成|建成)"
)
_UNTIL = re.compile(r"到(?:20\d\d年|“?[一-龥]{2,3}五”?末|明年|今年底|年底)[^，,。]{0,6}[，,](?![^。]{0,20}(?:已|了))")
# Not our deed: what experts foresee, what the proposer asked, what has been done.
_NOT_OURS = re.compile(
    r"^(?:[您你](?:建议|提出|希望|在|所提)|据(?:预测|统计|测算|估计)|专家|有关研究|研究表明|希望(?:您|各位)?|[您你].{0,12}(?:收悉|我们全部采纳)|.{0,16}(?:预言|预测)(?:，|,|:|：)?|再次感谢|感谢)"
)
_TITLE_LINE = re.compile(r"关于.{2,80}(?:建议|提案|答复|函|议案|意见)$")
# What stands in 《》 or “” is a name and promises nothing.
_NAMES = re.compile(r"《[^》\n]{1,150}》|“[^”\n]{1,40}”")
_THANKS = re.compile(r"感谢|谢谢|不胜感激|敬请|请批评|请您?继续|欢迎[您你]")
_PAST = re.compile(
    r"(?<!不)已(?!于?[^，,。]{0,4}列入计划)(?!经批复)|[成启建立出开]了|(?:完成|新建|建成|开展|实施|推动|实现|组织)了|实际完成|截[至止]|共(?:完成|开展|投入|建成|新增)|累计|取得了|得到了|(?:上|去|前)年|近年来|以来"
)
_INTRO = re.compile(r"(?:如下|包括|以下(?:几|[一二三四五六七八九])?[个项点]?(?:方面|工作|措施)?(?:工作)?)[：:。]?$")
_ACTION = re.compile(
    r"(?:^|[，,；;：:。）)、]|[一二三四五六七八九十]{1,2}[是要]|\d[.、])\s*(?:我[局市县区们委厅]|相关部门|有关部门)?(?:要|再|还|也|同时|并|积极|持续|继续|进一步|加快|大力|切实|不断|全面|深入|充分|着力|重点|扎实|稳步|统筹|有序|严格|主动|及时|逐步|尽快|认真|坚决|健全和|每[年月季]度?|定期|年[内底末]前?|[上下]半年|第?[一二三四]季度前?|[今明]年|20\d\d年(?:\d{1,2}月|[上下]半年|第?[一二三四1-4]季度)?(?:年?[初底末内])?前?|强力|全力|常态化|因地制宜)*"
    r"(?:推进|推动|加强|加大|加快|建立|完善|健全|强化|落实|实施|开展|组织|支持|鼓励|引导|优化|提升|提高|推广|打造|构建|制定|出台|研究|探索|深化|培育|引进|建设|做好|抓好|抓实|督促|指导|协调|争取|整合|贯彻|围绕|聚焦|坚持|完成|改造|设立"
    r"|扩大|发挥|营造|宣传|严格|规范|整治|查处|打击|保障|增加|新增|新建|修订|启动|密切|巩固|拓宽|拓展|丰富|充实|明确|突出|畅通|对接|配合|跟踪|谋划|申报|安排|用好|持续|采取|依托|利用|结合|通过|实行|推行|推出|开通|开工|建成|启用|投用|竣工|安装|配备|配置|发放|编制|选取|划定|拆除|更新|维修|铺设|种植|举办|拨付|增设|再建|促进|形成|确保|压实|创新|筑牢|加密|做大|做强|破解|激发|汇聚|搭建|投入|积极|继续|进一步|加强)"
)
_ASSIGNED = re.compile(r"由[^，,。；;：:]{2,24}(?:牵头|负责|组织|承担|落实|会同)")
_TERM = re.compile(
    r"(?:用|在|未来|今后)?(?P<words>每年\d{1,2}月(?:\d{1,2}日|份|[底末])?(?:[之以]?前)?|(?:\d{1,2}|[一二两三四五六七八九十])(?:至\d|-\d)?(?:年|个月|个工作日)(?:左右)?(?:时间|内|之内))"
)
_DEADLINE_AFTER = re.compile(
    r"\s?(?:[年月日]?(?:底|末)?(?:之|以)?前|底|末|年?内|[，,]?(?:我[一-龥]{1,2})?(?:计划|规划|拟|将|预计|力争|争取|确保)"
    r"|[^，,。；;]{0,10}(?:新增|新建|再建|改造|开通|安排|安装|培育|引进)|[，,]?[^，,。；;]{0,26}(?:完成|实现|建成|竣工|出台|提交|开工|投用|启动|通车|达到|达|审议|印发|到位|覆盖|报))"
)
_DEADLINE_BEFORE = re.compile(r"(?:到|至|于|在|争取|力争|计划|拟|预计|确保|将|用|[列纳]入|[，,。：:]|^)\s?$")
_QUARTER = re.compile(r"(?<![年度])第?(?P<q>[一二三四1-4])季度(?:末|底)?(?:前|内|完成|启动|开工|建成)")
_OF_YEAR = re.compile(r"(?P<q>[一二三四1-4])季度|(?P<half>[上下])半年")
_OWN = re.compile(
    r"(?:[一二三四五六七八九十]{1,2}是|同时|另外|此外|下一步|今后|明年|今年|[，,：:、]|\s)*(?P<own>我[局委厅市县区办部院校省镇们])"
)
_MAX_SENTENCE = 600
_ORGAN_BEHIND = re.compile(
    r"(?:[\s，,]|正在|现|也|已?计划|拟|将|力争|争取|会同|负责|牵头|按|预计|要|建设|提出|积极|进一步|\d)"
)


@dataclass(frozen=True)
class Commitment:
    """One thing that a letter says will be done; `text` is the sentence, `letter.text[start:end]`.

    `deadline` is YYYY-MM-DD, YYYY-MM or YYYY, None when it has none or the letter allows no year; `deadline_words` are
    the words as written. `organ` is who is named as doing it. `kind` is 承诺 (将, 确保), 力争 (力争, 争取) or 计划 (计划, 拟).
    """

    start: int
    end: int
    text: str
    deadline: str | None
    deadline_words: str
    organ: str | None
    kind: str


def commitments(letter: Letter) -> tuple[Commitment, ...]:
    """What the letter commits to, in order: a sentence each, from 下一步 sections and wherever 将 or 力争 stands."""
    text = letter.text
    written = letter.metadata.date
    days = whens(text, written.value if written and len(written.value) >= 4 else None)
    names = organs(text)
    found: list[Commitment] = []
    for start, end, coming in _passages(letter):
        kind = _kind(text[start:end], coming)
        if kind:
            deadline, words = _deadline(text, start, end, days, written.value if written else None)
            if not words and not coming and not _speaks(text[start:end]):
                # 2020年底前完成 in a letter of 2023 tells what was done.
                continue
            organ = _organ(text, start, end, names)
            found.append(Commitment(start, end, text[start:end], deadline, words, organ, kind))
    return tuple(found)


def _passages(letter: Letter) -> Iterator[tuple[int, int, bool]]:
    """Each sentence of the body that is no heading, without its number, and whether it stands under 下一步."""
    text = letter.text
    start, end = letter.body if letter.body[1] > letter.body[0] else (0, len(text))
    # The first words of an item are its sentence: no heading.
    heads = {one.start: one.start + len(one.heading) for one in letter.sections if one.kind != "item"}
    order = sorted((section.start, section) for section in letter.sections)
    stack: list[tuple[int, bool]] = []
    k, coming, led = 0, False, False
    for begun, ended in sentences(text, start, end):
        while k < len(order) and order[k][0] <= begun:
            stack = _under(stack, order[k][1])
            led = led and not _TOP.match(order[k][1].heading)
            coming = led
            k += 1
        stack = [one for one in stack if one[0] > begun]
        headed = begun in heads
        begun = min(heads.get(begun, begun), ended)
        mark = None if headed else _MARK.match(text, begun, ended)
        begun = mark.end() if mark else begun
        while begun < ended and text[begun] in _EDGE:
            begun += 1
        if not 5 <= ended - begun <= _MAX_SENTENCE:
            continue
        if _is_heading(text, begun, ended, mark):
            if mark and mark["top"]:
                coming = led = bool(_NEXT.search(text, begun, ended))
            continue
        coming = coming or bool(_LED.match(text, begun, ended))
        yield begun, ended, coming or (bool(stack) and stack[-1][1])


def _under(stack: list[tuple[int, bool]], section: Section) -> list[tuple[int, bool]]:
    """The sections that are open where this one begins, each with its end and whether it tells what comes next."""
    stack = [one for one in stack if one[0] > section.start]
    outer = bool(stack) and stack[-1][1]
    own = section.kind != "item" and bool(_NEXT.search(section.heading))
    return [
        *stack,
        (section.end, (outer or own) and not (section.kind != "item" and _DONE_HEAD.search(section.heading))),
    ]


def _is_heading(text: str, begun: int, ended: int, mark: re.Match[str] | None) -> bool:
    """Whether the sentence only names what follows: 第一，科学规划布局。 or a line 三、下一步打算 without a full stop."""
    brief = _BRIEF.match(text, begun, ended)
    if brief is None:
        return False
    if brief["step"]:
        return True
    if not brief["stop"]:
        return mark is not None and not re.search("[将拟争]", brief.group()) and text[ended : ended + 1] in ("", "\n")
    numbered = mark is not None or re.match(_COUNT, brief.group()) is not None
    return numbered and _BEHIND.match(text, ended) is not None


def _kind(sentence: str, coming: bool) -> str | None:
    """承诺, 力争 or 计划; None for what is no commitment."""
    if _NOT_OURS.match(sentence) or _INTRO.search(sentence) or _TITLE_LINE.match(sentence):
        return None
    sentence = _NAMES.sub(lambda name: "○" * len(name.group()), sentence)
    will = _WILL.search(sentence)
    thanks = _THANKS.search(sentence)
    if thanks and (will is None or thanks.start() < will.start() or "感激" in sentence):
        return None
    strive = _STRIVE.search(sentence) or (_STRIVE_NEXT.search(sentence) if coming else None)
    plan, firm = _PLAN.search(sentence), _FIRM.search(sentence) if coming or will else _FIRM.match(sentence)
    dated = _BEFORE_DAY.search(sentence)
    until = _UNTIL.match(sentence)
    marks = [m.start() for m in (strive, plan, will, firm, dated, until) if m]
    if not marks:
        acts = coming and (_ACTION.search(sentence) or _ASSIGNED.search(sentence))
        later = _WILL_NEXT.search(sentence) if coming else None
        if later and not later["moves"] and not _PAST.search(sentence, later.start()):
            return "承诺"
        plain = (acts or later) and not _PAST.search(sentence)
        return "计划" if plain else None
    if not coming and not any(_ahead(sentence, mark) for mark in marks):
        return None
    if strive:
        return "力争"
    if plan and (not will or plan.start() <= will.start()) and not firm:
        return "计划"
    return "承诺"


def _speaks(sentence: str) -> bool:
    """Whether the sentence says in words that something will be done, not only until when."""
    return any(word.search(sentence) for word in (_STRIVE, _PLAN, _WILL, _FIRM))


def _ahead(sentence: str, at: int) -> bool:
    """Whether the mark speaks of what is to come: nothing done is told behind it in its clause."""
    past = _PAST.search(sentence, at)
    if past and not re.search(r"[；;]", sentence[at : past.start()]):
        return bool(re.search(r"截[至止]|以来|近年来|累计|共", past.group()))
    before = sentence[:at]
    return not re.search(r"(?:去年|上年|前年|以前|当时|20\d\d年[^，,。]{0,4})[^，,；;。]{0,16}$", before) or bool(
        re.search(
            r"(?:拟|将|计划|力争|确保|争取|预计|前|到20\d\d年|于20\d\d年)[^，,；;。]{0,12}$",
            before + sentence[at : at + 3],
        )
    )


def _deadline(text: str, start: int, end: int, days: tuple[When, ...], written: str | None) -> tuple[str | None, str]:
    k = bisect_left(days, start, key=lambda day: day.start)
    ours = [day for day in days[k : k + 40] if day.end <= end and not day.base]
    ahead = [day for day in ours if _is_deadline(text, start, day, written)]
    if ahead:
        day = ahead[-1]
        return _due(text, day, written), day.words
    quarter = _QUARTER.search(text, start, end)
    if quarter:
        return _this_year(written, 3 * _nth(quarter["q"])), quarter.group()
    term = _TERM.search(text, start, end)
    return None, term["words"] if term else ""


def _is_deadline(text: str, start: int, day: When, written: str | None) -> bool:
    if day.value and day.value.endswith(".."):
        return False
    due = _due(text, day, written) or ""
    if written and due and due < written[: len(due)]:
        return False
    vague = day.words.startswith(("目前", "截", "近", "当年", "同年", "多年", "本月"))
    if day.words.startswith(("明年", "后年", "年内")):
        return True
    if "五" in day.words and re.match("”?(?:[一-龥]{0,8}规划|[一-龥]{0,6}计划)", text[day.end : day.end + 12]):
        # 列入“十五五”规划: the name of a plan, which ends with no promise.
        return False
    behind = _DEADLINE_AFTER.match(text, day.end) or re.search(r"[前底末]$", day.words)
    return not vague and bool(behind or _DEADLINE_BEFORE.search(text, max(start, day.start - 2), day.start))


def _due(text: str, day: When, written: str | None) -> str | None:
    """2023 of 年底 is 2023-12, of 三季度 2023-09; the last year of a span is its end; 11月 of a letter of June is to come."""
    value = day.value
    if value is None:
        month = re.match(r"(1[0-2]|[1-9])月", day.words)
        return _this_year(written, int(month[1])) if month else None
    value = value.rpartition("/")[2]
    if len(value) != 4 or "五" in day.words:
        return value
    part = _OF_YEAR.search(day.words)
    if part:
        return f"{value}-{3 * _nth(part['q']) if part['q'] else 6 if part['half'] == '上' else 12:02d}"
    closes = re.search(r"(?<!月)[底末](?:前|以前|之前)?$", day.words) or re.match(
        r"年?[底末]", text[day.end : day.end + 2]
    )
    return f"{value}-12" if closes else value


def _nth(numeral: str) -> int:
    return int(numeral) if numeral.isdecimal() else "一二三四".index(numeral) + 1


def _this_year(written: str | None, month: int) -> str | None:
    """The month of the letter's year; None where that was over, or no year is known."""
    return f"{written[:4]}-{month:02d}" if written and f"{month:02d}" >= written[5:7] else None


def _organ(text: str, start: int, end: int, names: tuple[Organ, ...]) -> str | None:
    """The office that the sentence begins with, 我局 as written."""
    own = _OWN.match(text, start, end)
    if own:
        return own["own"]
    k = bisect_left(names, start, key=lambda name: name.start)
    for name in names[k : k + 3]:
        clause = max(text.rfind(mark, start, name.start) for mark in "，,；;：:。") + 1
        lead = text[max(clause, start) : name.start]
        if (
            name.end <= end
            and len(lead) <= 4
            and not re.search("[会与报向经对]", lead)
            and _ORGAN_BEHIND.match(text, name.end)
        ):
            return name.name
    own = re.search(r"(?:^|[，,；;。、])(我[局委厅市县区办部院校省镇们])(?=[将会也拟正计力争按继])", text[start:end])
    return own[1] if own else None
