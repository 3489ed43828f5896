"""An assistant with memory for the tests of the page: it finds the sentence that shares most words with the question."""

import re
import time
from collections.abc import Iterator, Sequence

from assistant.answer import Answer, Sentence
from assistant.cite import Notes
from assistant.refusal import REFUSAL
from assistant.understand import check_question
from corpus.errors import UnknownLetter
from corpus.letter import Letter, Metadata, Section, Stated
from index.hit import Filters

ANY = Filters()
HEADINGS = ("一、提案的主要内容", "二、工作开展的情况", "(一)人才培养", "(二)资金支持", "三、下一步工作计划")
TEXT = "\n".join(
    (
        "关于政协春江市第九届二次会议 第0815号提案答复的函",
        "林一舟委员：",
        "您提出的《关于加快河畔水厂改造的建议》收悉，现答复如下：",
        HEADINGS[0],
        "提案建议加快河畔水厂的改造，保障东城居民用水。",
        HEADINGS[1],
        HEADINGS[2],
        "2022年，河畔水厂培训运行人员36名，其中取得高级工证书9名。",
        HEADINGS[3],
        "截至2022年12月末，河畔水厂改造累计投入资金1.25亿元。资金来自市级财政和专项债券。",
        *(
            f"其中第{n}批资金用于第{n}标段的管网更新，工程按月调度，质量由监理单位逐段验收并留存记录。"
            for n in range(1, 31)
        ),
        HEADINGS[4],
        "下一步将于2024年6月底前完成清水池建设。",
        "感谢您对供水工作的关心和支持。",
        "春江市水务局",
        "2023年5月8日",
    )
)
ATTACK = '<img src=x onerror="window.hacked=1">${window.hacked=2}{{7*7}}<script>window.hacked=3</script>'


def letter(
    letter_id: str = "river", title: str = "关于加快河畔水厂改造的建议", text: str = TEXT, **values: str
) -> Letter:
    """A made-up letter with its sections; `values` replace number, kind, region and date."""
    known = {"number": "0815", "kind": "政协提案", "region": "春江市", "date": "2023-05-08", **values}
    meta = Metadata(
        kind=Stated(known["kind"]),
        numbers=(Stated(known["number"]),),
        title=Stated(title),
        region=Stated(known["region"]),
        date=Stated(known["date"]),
    )
    return Letter(letter_id, f"{letter_id}.txt", text, meta, tuple(_sections(text)), (0, len(text)))


def _sections(text: str) -> Iterator[Section]:
    path: tuple[str, ...] = ()
    starts = [(h, text.find("\n" + h) + 1) for h in HEADINGS if "\n" + h in text]
    for heading, start in starts:
        level = 2 if heading.startswith("(") else 1
        path = (*path[: level - 1], heading)
        later = [s for h, s in starts if s > start and (level == 2 or not h.startswith("("))]
        yield Section(level, heading, path, start, min(later, default=len(text)))


def letters() -> tuple[Letter, ...]:
    """A letter, one of another city, and one that holds markup everywhere."""
    other = letter(
        "hill",
        "关于山城步道的建议",
        "关于步道\n步道全长12.5公里。\n",
        number="77",
        kind="人大建议",
        region="远山市",
        date="2024-01",
    )
    bad = letter("bad", f"标题{ATTACK}", f"正文\n攻击内容是{ATTACK}到此为止。\n", number="9", date="2021")
    return letter(), other, bad


class FakeAssistant:
    """Answers from its letters and remembers what it was asked."""

    def __init__(self, known: Sequence[Letter] | None = None, pause: float = 0.0) -> None:
        self.known = {each.id: each for each in (letters() if known is None else known)}
        self.pause = pause
        self.fault = ""
        self.asked: list[tuple[str, tuple[str, ...], Filters]] = []

    def letter(self, letter_id: str) -> Letter:
        if letter_id not in self.known:
            raise UnknownLetter(letter_id, "语料中没有这件复文", "用 fuwen corpus list 查看现有编号")
        return self.known[letter_id]

    def letters(self) -> tuple[Letter, ...]:
        return tuple(self.known.values())

    def ask(self, question: str, history: Sequence[tuple[str, Answer]] = (), filters: Filters = ANY) -> Answer:
        return list(self.stream(question, history, filters))[-1]

    def stream(
        self, question: str, history: Sequence[tuple[str, Answer]] = (), filters: Filters = ANY
    ) -> Iterator[Answer]:
        question = check_question(question)
        if self.fault:
            raise RuntimeError(self.fault)
        self.asked.append((question, tuple(q for q, _ in history), filters))
        full = self._answer(question, [a.standalone_question for _, a in history])
        for count in range(1, len(full.sentences)):
            time.sleep(self.pause)
            yield Answer(question, full.standalone_question, "fact", full.sentences[:count], full.citations)
        time.sleep(self.pause)
        yield full

    def _answer(self, question: str, past: Sequence[str]) -> Answer:
        standalone = f"{past[-1].rstrip('？?')}，{question}" if past and question.startswith("那") else question
        ranked = sorted(
            (
                (len(_pairs(standalone) & _pairs(each.text[s:e])), each, s, e)
                for each in self.known.values()
                for s, e in _spans(each)
            ),
            key=lambda row: -row[0],
        )
        if not ranked or ranked[0][0] < 3:
            said = (
                Sentence(REFUSAL),
                Sentence("原因：语料中没有与所问事项相关的内容。"),
                Sentence("最接近的材料：若干。"),
            )
            nearest = tuple(self.known)[:2]
            return Answer(question, standalone, "fact", said, refused=True, refusal_reason="off_topic", nearest=nearest)
        notes = Notes()
        best = [row for row in ranked[:2] if row[0] >= max(3, ranked[0][0] // 2)]
        said = tuple(notes.sentence(each.text[s:e], [(each, s, e)]) for _, each, s, e in best)
        return Answer(question, standalone, "fact", said, tuple(notes.citations), timings_ms={"retrieve": 20.0})


def _pairs(text: str) -> set[str]:
    plain = re.sub(r"\W", "", text)
    return {plain[i : i + 2] for i in range(len(plain) - 1)}


def _spans(each: Letter) -> Iterator[tuple[int, int]]:
    for match in re.finditer(r"[^。\n]{6,}。?", each.text):
        yield match.span()
