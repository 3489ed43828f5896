"""Takes a question apart: the place and time it opens with, the matter, the words of asking; and puts others in their stead."""

import re
from dataclasses import dataclass
from itertools import pairwise

from assistant.understand import cues, letter_reference
from corpus.regions import find_regions

YEAR_WORD = re.compile(r"(?:19|20)\d{2}年?(?:度)?|去年|今年|前年|明年")
YEARS = re.compile(
    r"(?:19|20)\d{2}\s*年?(?:[到至—-]+(?:19|20)\d{2}\s*年?)?(?:度|底|末|\d{1,2}月(?:末|底)?)?|去年|今年|前年"
)
# 磁灶那个街区, 南二营村: where in a city; 昆明日报那篇, 金华那件: a letter spoken of.
_BELOW = re.compile(
    r"(?:(?![有多少几间的是])[\u4e00-\u9fa5]){2,6}?(?:(?<![乡农各全])[镇乡村]|街道|街区|社区|小区|园区|景区|片区|学校|医院|公园|路段)(?=[^的和与、])"
)
_THAT_LETTER = re.compile(r"[\u4e00-\u9fa5]{0,6}?(?:日报|晚报|那|这)[篇件份封](?:文章|报道|提案|建议|复文|答复)?")
_END = re.compile(r"[\s?？。!！,，;；:：、]+$")
# Words that join the place to the matter: 昆明的高企, 银川在人才方面, 金华那边.
_JOIN = re.compile(r"^(?:那边|这边|那儿|市里|全市|的|在|截至|到(?=20)|[,，:：、\s])+")
# A noun behind its attributes: 企业 in 列入计划的企业.
_HEAD_NOUN = re.compile(r"的([\u4e00-\u9fa5]{2,6})$")
_WITHIN = re.compile(r"^(.*(?:里头|里面|当中|其中|里|中的|，))(.+)$")
# The classes of words of which a short follow-up may put one in the place of another: 市级 → 省级, 第三批 → 第四批.
_CLASSES = tuple(
    map(
        re.compile,
        (
            r"国家级|自治区级|省级|市级|区级|县级|校级|院级",
            r"第[一二三四五六七八九十\d]+(?:批|期|轮|届|季度)",
            r"[一二三四]季度|上半年|下半年|全年",
            r"小微企业|中小企业|大型企业|龙头企业|规上企业",
            r"专利授权|专利申请|有效专利|发明专利",
            r"城镇|农村|城市|乡村",
            r"小学|初中|高中|幼儿园|中小学|大学",
            r"(?:人大)?代表建议|(?:政协)?提案|建议",
        ),
    )
)


@dataclass(frozen=True)
class Frame:
    """A question in its pieces, in order: `lead` (place, time, letter), `before`, `ask` (the words of asking), `after`.

    `before` and `after` together are the matter; `ask` is empty for what asks nothing in words.
    """

    lead: str
    before: str
    ask: str
    after: str

    @property
    def matter(self) -> str:
        """What is asked about, without the words of asking.

        >>> taken_apart("2020年昆明有多少家高新技术企业").matter
        '高新技术企业'
        """
        after = self.after if len(self.after) > 1 or not self.before else ""
        return _joined(self.before, after)

    @property
    def topic(self) -> str:
        """The matter behind its place and time.

        >>> taken_apart("昆明揭榜制一共发了几个榜").topic
        '昆明揭榜制'
        """
        return self.lead + self.matter


def taken_apart(question: str) -> Frame:
    """The pieces of a question that stands alone; joined they are the question without its closing mark."""
    text = _END.sub("", question.strip())
    start = _end_of_lead(text)
    lead, rest = text[:start], text[start:]
    found = cues()["frame"]["ask"].search(rest)
    if found is None:
        return Frame(lead, rest, "", "")
    return Frame(lead, rest[: found.start()], found[0], rest[found.end() :])


def _end_of_lead(text: str) -> int:
    """Where the place, the year and the letter that a question opens with end; 0 when it opens with none."""
    at = 0
    while at < len(text):
        spans = [(s, e) for _, s, e in find_regions(text) if s == at]
        named = YEARS.match(text, at) or letter_reference().match(text, at) or _THAT_LETTER.match(text, at)
        named = named or (_BELOW.match(text, at) if at else None)
        end = max([e for _, e in spans] + ([named.end()] if named else []), default=at)
        if end == at:
            break
        at = end
        joined = _JOIN.match(text[at:])
        at += joined.end() if joined else 0
    return at


def with_place(question: str, earlier: str) -> str:
    """The question behind the place, the letter and the time that the earlier one opens with, where it names none."""
    lead = _JOIN_END.sub("", taken_apart(earlier).lead)
    if not lead and (places := find_regions(earlier)):
        lead = earlier[places[0][1] : places[0][2]]
    if find_regions(question):
        lead = ""
    if YEAR_WORD.search(question):
        lead = YEARS.sub("", lead)
    if question.startswith("其中"):
        question = question.removeprefix("其中")
    return f"{lead}{question}" if lead and not question.startswith(lead) else question


_JOIN_END = re.compile(r"(?:那边|这边|那儿|的|在|截至|[,，:：、\s])+$")


def about(topic: str, question: str) -> str:
    """The question set behind what it is about.

    >>> about("昆明揭榜制", "收上来几个项目")
    '昆明揭榜制，收上来几个项目'
    """
    topic = _JOIN_END.sub("", topic)
    if re.match("现在|目前|今年", question):
        topic = YEARS.sub("", topic)
    return f"{topic}，{question}" if topic and topic not in question else question


def asked_of(thing: str, earlier: str) -> str | None:
    """The earlier question asked of another thing; None when it has no matter that could make room.

    >>> asked_of("科技领军人才", "银川认定的创新团队给多少经费")
    '银川科技领军人才给多少经费'
    >>> asked_of("省企业研究院", "金华有几家全省重点实验室")
    '金华有几家省企业研究院'
    """
    frame = taken_apart(earlier)
    if not frame.ask:
        return None
    own = find_regions(thing)
    lead, new = frame.lead, thing
    if own and own[0][1] == 0 and len(thing) - own[0][2] >= 2:
        # 昆明的省级中心 brings its own place.
        end = own[0][2]
        lead, new = thing[:end] + "".join(YEARS.findall(lead)), _JOIN.sub("", thing[end:])
    if YEARS.search(new):
        lead = YEARS.sub("", lead)
    tail = re.fullmatch(r"(?:钱|经费|资金|补助|补贴|奖励|奖金)", frame.after)
    if len(frame.after) > 1 and not tail:
        before = frame.before if not own else ""
        noun = frame.after if len(frame.after) <= 6 and new.endswith("的") else ""
        return lead + before + frame.ask + (new + noun if noun else _with_head(new, frame.after))
    if cues()["follow_up"]["measure"].fullmatch(frame.before) and not new.endswith("的"):
        return f"{lead}{new}的{frame.before}{frame.ask}{frame.after}"
    within = _WITHIN.match(frame.before)
    if within and not own:
        return lead + within[1] + new + frame.ask + frame.after
    new = _with_head(new, frame.before)
    if new.endswith("的") and frame.before:
        return about(frame.lead + frame.before, new + frame.ask + frame.after)
    return lead + new + frame.ask + frame.after


def _with_head(new: str, old: str) -> str:
    """省级的 in the place of 市级的企业技术中心 keeps the noun: 省级的企业技术中心."""
    if not new.endswith("的"):
        return new
    noun = _HEAD_NOUN.search(old)
    return new + noun[1] if noun else new


def of_a_class(word: str, earlier: str) -> str | None:
    """The earlier question with 省级 for 市级: when the new one says nothing but another word of one class.

    >>> of_a_class("省级的", "昆明有多少家市级企业技术中心")
    '昆明有多少家省级企业技术中心'
    """
    core = re.sub(r"[的那呢吗?？。!！,，\s]|换成|改成|有多少|多少|几(?=[家个项])", "", word)
    for words in _CLASSES:
        new, old = words.search(core), words.search(earlier)
        if new and old and len(core) - len(new[0]) <= 2:
            return earlier[: old.start()] + new[0] + earlier[old.end() :]
    return None


def put(text: str, spans: list[tuple[int, int]], new: str) -> str:
    """Put `new` in the place of the first span and take out the others; in front where there is none."""
    if not spans:
        return new + text
    joined = all(text[a[1] : b[0]].strip() in ("和", "与", "跟", "、", "同", "及", "以及") for a, b in pairwise(spans))
    if joined:
        return text[: spans[0][0]] + new + text[spans[-1][1] :]
    for start, end in reversed(spans[1:]):
        text = text[:start] + text[end:]
    start, end = spans[0]
    return text[:start] + new + text[end:]


def _joined(before: str, after: str) -> str:
    before = re.sub(r"(?:有|是|的|在|了|里|共|都|事)+$", "", before)
    return before + re.sub(r"[，,].*$|的$", "", after)
