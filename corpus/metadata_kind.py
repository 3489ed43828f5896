"""Whether a text is a reply at all, and which: kind (人大建议, 政协提案, 议案) and role (答复, 会办意见, 答复摘要)."""

import re
from collections.abc import Sequence

from corpus.letter import Stated
from corpus.metadata_numbers import lead, numbers_in
from corpus.metadata_parts import Parts, Piece, joined
from corpus.metadata_session import find_session

_REPLY = r"(?:答复|复函|回复|复文|函复|批复|答覆|会办意见|协办意见|汇办意见|办理意见|办理情况|办理结果)"
_WHAT = r"(?:建议|提案|议案|代表|委员|书面意见)"
_TITLE = re.compile(rf"{_WHAT}.{{0,90}}{_REPLY}(?!工作|办法|制度|会(?!办)|率|公开(?!$))|{_REPLY}.{{0,20}}摘要")
_NO_REPLY = re.compile(
    r"(?:通知|通告|办法|规定|规则|条例|细则|方案|要点|计划|新闻|座谈会|协商会|见面会|交办会|推进会|召开.{0,20}|报告|公告|公示|总结|一览表|汇总表?|目录|清单|名单"
    r"|通报|统计表?|台账|纪要|制度|意见征集|情况说明|完成情况|要闻|专栏|满意度.{0,6}|工作情况|工作|征求意见表|反馈表)$"
)
_NEWS = re.compile(
    r"本报讯|本报记者|记者[\u4e00-\u9fff]{2,4}|近日,|日前,|\d{1,2}日(?:上午|下午)?,(?![^。]{0,60}收悉)|获悉|座谈会上|讯\("
)
_PUBLIC = re.compile(r"网友|市民|居民|来信人|信件|写信|留言|问:|答:|咨询内容|诉求|信箱|投诉")
_RECEIVED = re.compile(
    r"(?:提出|所提|领衔|提交|反映|《.{4,80}》|“.{4,80}”|提案|建议).{0,120}(?:收悉|收到|已转|转至|转交|交由|交我|(?:答复|回复|函复|函告|复函|汇报|反馈|说明|意见)如下)"
    r"|(?:收到|收悉|现将|现就).{0,100}(?:建议|提案|议案).{0,120}(?:如下|重视|研究)"
)
_SUBJECT = re.compile(r"建议|提案|议案|书面意见")
_CONSULT = re.compile(r"会办意见|协办意见|汇办意见|会办函|会办件|协办函")
_CONSULT_END = re.compile(
    r"供(?:贵|你|您)?(?:单位|局|委|办|厅|会|部)?.{0,14}(?:统一)?(?:答复|汇总|办理|综合).{0,10}参考|(?:会办|协办|汇办)意见函?[告复]?如下"
)
_NEED = 4


def is_reply(parts: Parts) -> bool:
    """Whether this answers a proposal: points for its title, its address, its opening, its number; against what is none."""
    own = tuple(line for line in parts.titles if len(line.text) <= 250)
    named = (*own, *parts.pieces("name"))
    opening = parts.opening.text[:600]
    received = bool(_RECEIVED.search(opening[:500]))
    addressed = _addressed(parts)
    titled = _titled(parts, named)
    marked = bool(find_session(parts.head.text + opening[:200])) or bool(numbers_in(parts.head))
    points = 3 * titled + 3 * addressed + 2 * received + marked + bool(_SUBJECT.search(opening[:300]))
    points -= 5 * any(_is_other_paper(line.text) for line in named if not _REPLY_END.search(line.text))
    points -= 4 * (_list_of_replies(parts) and not addressed)
    points -= 4 * bool(not addressed and _NEWS.search(opening[:400]) and not re.search("收悉", opening[:300]))
    points -= 6 * bool(not titled and not parts.salutation and _PUBLIC.search(parts.head.text + opening))
    points -= 6 * bool(_ASKED.search("".join(p.text for p in parts.lines[:40])) and not marked)
    points -= 8 * _is_other_matter(parts, own)
    points -= 6 * bool(not addressed and not re.search("收悉", opening) and _STATISTICS.search(parts.opening.text))
    points -= 6 * any(_DISTRIBUTED.match(line.text) for line in parts.lines[:30])
    return points >= _NEED and (titled or addressed or received)


_REPLY_END = re.compile(rf"{_REPLY}(?:的?函|摘要|公开|书)?(?:\([^)]{{1,20}}\))?$")
# How many proposals there were and how they fared: a report on all of them.
_STATISTICS = re.compile(
    r"(?:办复率|面商率|满意率|办结率|答复率)(?:[和、][^。,]{0,8})?(?:均|都|全部)?(?:达|为|是)?(?:到|了)?\d|(?:建议|提案|意见)[^。]{0,24}(?:共|合计|总计)(?:计|收到|有|交办|承办)?\d+(?:余|多)?[件份条]|[A-C]类[)”]?\d+件"
)
# The address of a notice: it goes to all.
_DISTRIBUTED = re.compile(
    r"(?:各(?!位)[\u4e00-\u9fff]{1,12}|[省市县区州][直级]?[\u4e00-\u9fff]{0,6}各[\u4e00-\u9fff]{1,10})[\u4e00-\u9fff、,()]{0,60}:$"
)
_ASKED = re.compile(r"来信(?:标题|时间|内容|人)|回复(?:单位|内容|时间):|网友留言|留言(?:内容|标题)|咨询(?:内容|标题)")


# Papers that answer or ask too, but not for a proposal: quoted titles aside, for a proposal may be about such things.
_OTHER_MATTER = re.compile(
    r"政府信息公开(?:申请|答复|告知)|(?<!依)申请公开|信访(?:事项|人)|留言板|(?:市长|县长|区长|州长|书记|局长|省长|公众|领导)信箱|行政复议|审议意见|网友"
)
_ASKED_FOR = re.compile(
    r"《[^《》]*(?:〈[^〈〉]*〉[^《》]*)?(?:请示|报告|函|审议意见|申请书?|申请表)》[^。]{0,40}(?:收悉|收到)|请示[^。《》]{0,20}收悉"
)
_SENDING = re.compile(
    r"(?:^|[\u4e00-\u9fff])关于(?:商请|报送|上报|呈报|交办|转办|转送|分办|征求|征询|督办|印发|转发|提请|下达|提供|协助)"
    r"(?![^《》]{0,40}(?:答复|回复|复)的?函).{4,80}(?:函|通知|报告|请示)$"
)


def _is_other_matter(parts: Parts, own: tuple[Piece, ...]) -> bool:
    """Another paper with an address and an answer: a citizen's application, a superior's approval, a transmittal."""
    above = [line for line in own if line.where]
    runs = [p.text for p in own] + [joined(above[i : i + 2]).text for i in range(len(above) - 1)]
    if any(len(run) <= 160 and _SENDING.search(run) for run in runs):
        return True
    if find_session(parts.head.text) and numbers_in(parts.head) and not _OTHER_MATTER.search(_unquoted(runs)):
        return False
    opening = lead(parts.opening).text
    by_member = parts.salutation is not None and re.search(r"代表|委员(?!会)", parts.salutation.text)
    return bool(_OTHER_MATTER.search(_unquoted(runs if by_member else [*runs, opening])) or _ASKED_FOR.search(opening))


def _unquoted(texts: Sequence[str]) -> str:
    return re.sub(r"《[^《》]*》|“[^“”]*”", "", "\n".join(texts))


def _is_other_paper(title: str) -> bool:
    """A notice, rule or report; but a report on how one numbered proposal was handled is its reply."""
    if not _NO_REPLY.search(title):
        return False
    one = re.search(
        r"号(?:代表|委员|重点)*(?:建议|提案|议案)的?办理(?:落实)?(?:情况|结果)的?(?:报告|汇报|说明)$", title
    )
    return not (one and len(numbers_in(Piece(title, ()))) == 1)


def _addressed(parts: Parts) -> bool:
    return parts.salutation is not None and not _PUBLIC.search(parts.salutation.text)


def _titled(parts: Parts, named: tuple[Piece, ...]) -> bool:
    """A title line says that this is the reply to a proposal, perhaps broken over two or three lines."""
    runs = [p.text for p in named]
    own = [p for p in parts.titles if p.where]
    runs += [joined(own[i : i + n]).text for n in (2, 3) for i in range(len(own) - n + 1)]
    for run in runs:
        if len(run) <= 260 and _TITLE.search(run) and not _is_other_paper(run):
            strong = find_session(run) or numbers_in(Piece(run, ())) or re.search(r"关于.{4,}", run)
            if strong:
                return True
    return False


def _list_of_replies(parts: Parts) -> bool:
    """Three or more lines that each name another reply: a page of links."""
    found = {line.text for line in parts.lines[:60] if len(line.text) <= 120 and _TITLE.search(line.text)}
    return len({n.value for text in found for n in numbers_in(Piece(text, ()))}) >= 3


def read_kind(parts: Parts) -> Stated:
    """人大建议, 政协提案 or 议案, as the title says it, else the session, else the form of address (inferred)."""
    for source in parts.sources("name", "session"):
        if found := _kind_in(source):
            return _of_deputy(parts, found)
    if parts.salutation and (match := re.search(r"(?P<who>代表|委员(?!会))", parts.salutation.text)):
        value = "人大建议" if match["who"] == "代表" else "政协提案"
        return parts.salutation.stated(value, match.start("who"), match.end("who"), "inferred", "按称呼")
    for source in (parts.head, *parts.outside, parts.opening):
        if match := re.search(r"提案", source.text):
            return source.stated("政协提案", match.start(), match.end(), "inferred", "按“提案”一词")
    path = "".join(parts.breadcrumb)
    for word, value in (("提案", "政协提案"), ("代表建议", "人大建议"), ("人大", "人大建议")):
        if word in path:
            return Stated(value, None, None, "inferred", "页面路径")
    return Stated("其他", origin="inferred", rule="未说明是建议还是提案")


def _of_deputy(parts: Parts, found: Stated) -> Stated:
    """What a deputy proposes at a people's congress is a 建议, even where its answer says 提案."""
    address, start = parts.salutation, parts.head.text + parts.opening.text[:200]
    if found.value != "政协提案" or address is None or "政协" in start:
        return found
    said = re.search(r"代表(?!团)", address.text)
    if not said or "委员" in address.text or not re.search("人大|人民代表大会", start):
        return found
    return address.stated("人大建议", said.start(), said.end(), "inferred", "人大代表所提")


def _kind_in(source: Piece) -> Stated | None:
    motion = re.search(r"号议案|议案(?:办理|的?答复|的?复函)", source.text)
    if motion and not re.search(r"议案(?:建议|提案)", source.text):
        return source.stated("议案", motion.start(), motion.end())
    for pattern, value in (
        (r"政协(?=.{0,40}(?:提案|次会议|届|次))|号(?:重点|集体|委员|平时)*提案", "政协提案"),
        (
            r"(?:人大|人民代表大会)(?=.{0,40}(?:建议|次会议|届|意见|次))|号(?:重点|代表|人大|闭会)*建议|代表建议|代表书面意见",
            "人大建议",
        ),
    ):
        if match := re.search(pattern, source.text):
            return source.stated(value, match.start(), match.end())
    return None


def read_role(parts: Parts) -> Stated:
    """答复, 会办意见 or 答复摘要; 答复 without a span is the plain case."""
    for source in (parts.head, *parts.outside, *parts.pieces("name"), parts.opening):
        if match := re.search(r"答复(?:意见|内容)?的?\(?摘要|摘要公开|摘要答复", source.text):
            return source.stated("答复摘要", match.start(), match.end())
        if match := _CONSULT.search(source.text):
            if source is parts.opening and not _CONSULT_END.search(source.text):
                continue
            return source.stated("会办意见", match.start(), match.end())
    for line in parts.lines[-12:]:
        if match := _CONSULT_END.search(line.text):
            return line.stated("会办意见", match.start(), match.end())
    for source in (parts.head, *parts.outside, parts.opening):
        if match := re.search(r"答复|复函|回复|复文|函复|办理情况", source.text):
            return source.stated("答复", match.start(), match.end())
    return Stated("答复", origin="inferred", rule="按行文")
