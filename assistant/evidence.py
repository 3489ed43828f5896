"""Weighs the sentences of the hits: which of them could answer the question, and how well each is supported."""

import re
import tomllib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from math import exp
from pathlib import Path

import numpy as np

from assistant.understand import Query, fold
from corpus.dates import dates
from corpus.doc_numbers import doc_numbers
from corpus.figures import figures
from corpus.letter import Letter
from corpus.regions import find_regions
from corpus.sentences import sentences
from index.embedding import Embedder
from index.everyday import question_vector
from index.hit import Chunk, Hit
from index.search import Index

_MONEY = re.compile(
    r"\d[\d,.]*\s*(?:余|多)?(?:万|亿|千|百)*(?:元|美元|港元)|[一二三四五六七八九十百千万亿]+元|\d[\d,.]*\s*(?:亿|万)(?!家|户|人|吨|项|个|件|平|名|亩|条|台)"
)
_RATE = re.compile(r"\d[\d.]*\s*(?:%|％|‰|个?百分点|倍|成)|百分之|[一二三四五六七八九]成")
_REASON = re.compile(
    r"因为|由于|因此|为了|以便|所以|导致|原因|鉴于|旨在|以致|使得|造成|因[\u4e00-\u9fa5]{1,20}[而,，]|不仅|难点|短板|不足|[缘]"
)
_PLACE = re.compile(r"[省市区县镇乡村路街园楼港湾岛山河湖州国]|境内|位于|地处|所在")
_ORGANISATION = re.compile(
    r"公司|集团|[院局厅委办署部所校行社厂]|中心|大学|学院|银行|机构|部门|协会|联盟|实验室|企业|基金|平台|组织|团队|队"
)
_DEFINED = re.compile(r"是|指|即|为|称|叫|属于")


SUPPORT = Path(__file__).with_name("support.toml")

# The title of a letter, and what every letter says to open and to close.
_TITLE_LINE = re.compile(r"(提案|建议|议案).{0,12}(答复|复函|复文|回复|办理情况|会办意见|的函)")
_FORMULA = re.compile(
    r"收悉|(现|特)?(将|就)?.{0,12}(答复|回复|汇报|函告|报告|函复)(意见)?如下[:：。]?$|^(衷心|非常|再次|首先)*感谢(您|你|贵)"
    r"|^(以上|此|专此).{0,4}(答复|复函|函复)|请(予|您)?.{0,6}(批评指正|提出宝贵意见|继续关心)|征询意见表"
)

# The section that repeats what the proposal asked for, and the section of plans.
ASKED = re.compile(r"(提案|建议|议案)(的)?(主要|基本)?(内容|诉求|情况)|案由")
# A target is no fact.
_TARGET = re.compile(r"力争|争取(在|实现|到)|到20\d\d年,?，?(?!底已)")
PLAN = re.compile(r"下一?步|下阶段|今后|工作计划|工作打算|工作思路|工作安排|努力方向")

# What the conversation brings counts less than what the question says itself.
_CARRIED = 0.4
# What it adds to a sentence's score to stand where the conversation is, and how many characters away that still is.
_NEAR, _CONTEXT, _BESIDE = 0.45, 0.3, 80


@dataclass(frozen=True)
class Evidence:
    """A sentence that an answer may rest on; offsets into its letter's text.

    `own`, `around` are the shares (0–1, by rarity) of the question's words in the sentence and in the sentence with its
    headings, title and neighbours; `focus` the share of the words next to the asking word, with the headings; `dense`
    the cosine of question and sentence, `lead` by how much it is above the mean of all sentences weighed; `fits` says
    that the sentence holds the kind of value asked for; `score` ranks (higher is better). `near` says how close it stands to what the
    conversation cited last: 0 elsewhere, up to 1 beside it.
    """

    letter: Letter
    start: int
    end: int
    heading_path: tuple[str, ...]
    own: float
    around: float
    focus: float
    dense: float
    lead: float
    fits: bool
    score: float
    near: float = 0.0

    @property
    def text(self) -> str:
        """The sentence, verbatim."""
        return self.letter.text[self.start : self.end]

    @property
    def support(self) -> float:
        """How likely the sentence answers the question (0–1); weights fitted by bench/calibrate.py."""
        w = support_weights()
        return 1 / (
            1 + exp(-(w["constant"] + sum(w[name] * float(getattr(self, name)) for name in w if name != "constant")))
        )


@cache
def support_weights() -> dict[str, float]:
    """The weights of the logistic function behind `Evidence.support`, from support.toml."""
    table = tomllib.loads(SUPPORT.read_text(encoding="utf-8"))
    return {name: float(weight) for name, weight in table["weights"].items()}


class Weigher:
    """Weighs sentences against one question. Keeps the question's word weights and vector."""

    def __init__(self, query: Query, index: Index, embedder: Embedder) -> None:
        self.query, self.index, self.embedder = query, index, embedder
        words = query.terms or (fold(query.matter),)
        carried = {fold(w) for w in query.carried}
        self.weights = {f: index.idf(w) * (_CARRIED if f in carried else 1.0) for w in words if (f := fold(w))}
        self.context = {f: index.idf(w) for w in query.carried if (f := fold(w))}
        self.known = {w: weight for w, weight in self.weights.items() if index.document_frequency(w)}
        self.focus = {fold(w): index.idf(w) for w in query.focus} or self.weights
        self.vector = question_vector(query.matter, embedder)
        self.fits = _fitness(query)

    def missing(self, text: str) -> tuple[str, ...]:
        """The question's words that `text` does not hold, in the question's order."""
        folded = fold(text)
        return tuple(t for t in self.weights if _match(t, folded) < 0.5)

    def weigh(self, hits: Sequence[Hit]) -> tuple[Evidence, ...]:
        """Every sentence of the hits' chunks, best first; ties in the order of letters and offsets."""
        rows = [(hit, span) for hit in hits for span in sentences(hit.chunk.text) if _says_something(hit.chunk, *span)]
        if not rows:
            return ()
        vectors = self.embedder.encode([hit.chunk.text[s:e] for hit, (s, e) in rows])
        cosines = np.round(vectors @ self.vector, 5)
        mean, best = float(cosines.mean()), max(hit.score for hit in hits) or 1.0
        found: dict[tuple[str, int], Evidence] = {}
        for (hit, span), cosine in zip(rows, cosines, strict=True):
            evidence = self._one(hit, span, (float(cosine), float(cosine) - mean, hit.score / best))
            found.setdefault((evidence.letter.id, evidence.start), evidence)
        return tuple(sorted(found.values(), key=lambda e: (-e.score, e.letter.id, e.start)))

    def _one(self, hit: Hit, span: tuple[int, int], scores: tuple[float, float, float]) -> Evidence:
        letter, text = self.index.letter(hit.chunk.letter), hit.chunk.text[span[0] : span[1]]
        dense, lead, rank = scores
        headings = hit.chunk.heading_path
        own = coverage(self.weights, text)
        around = coverage(self.weights, " ".join((letter.name, *headings, hit.chunk.text)))
        focus = coverage(self.focus, " ".join((*headings, text)))
        fits = self.fits(text)
        # Every sentence of a letter is about its title: the title's words do not tell its sentences apart.
        within = coverage({w: v for w, v in self.weights.items() if w not in fold(letter.name)}, text)
        score = 0.9 * within + 0.5 * around + 0.6 * dense + 0.3 * rank + (0.35 if fits else 0.0)
        score += _place(self.query, headings) - (0.2 if self.query.tense != "future" and _TARGET.search(text) else 0.0)
        start = hit.chunk.start + span[0]
        end = hit.chunk.start + span[1]
        near = nearness(letter, start, end, self.query.scope)
        score += _NEAR * near + _CONTEXT * coverage(self.context, " ".join((letter.name, *headings, text)))
        return Evidence(letter, start, end, headings, own, around, focus, dense, lead, fits, round(score, 6), near)


def nearness(letter: Letter, start: int, end: int, scope: Sequence[tuple[str, int, int]]) -> float:
    """How close a span stands to the places in `scope`: 1 at one, less beside it and in its section, little in its letter."""
    best = 0.0
    for letter_id, low, high in scope:
        if letter_id == letter.id:
            together = [s for s in letter.sections if s.start <= min(low, start) and max(high, end) <= s.end]
            gap = max(low - end, start - high, 0)
            depth = max((s.level for s in together), default=0)
            best = max(best, 1.0 if gap == 0 else 0.9 if gap <= _BESIDE else min(0.2 + 0.2 * depth, 0.8))
    return best


def coverage(weights: dict[str, float], text: str) -> float:
    """The share of the words, weighted by rarity, that `text` holds."""
    total = sum(weights.values())
    folded = fold(text)
    return sum(w * _match(t, folded) for t, w in weights.items()) / total if total else 0.0


def _place(query: Query, headings: Sequence[str]) -> float:
    """What the place in the letter adds: what was asked for is no fact, and plans are told apart from deeds."""
    above = fold(" ".join(headings))
    value = 0.0
    if ASKED.search(above) and query.tense != "asked":
        value -= 0.5
    if query.tense in ("future", "past") and PLAN.search(above):
        value += 0.6 if query.tense == "future" else -0.6
    return value


def _says_something(chunk: Chunk, start: int, end: int) -> bool:
    """A sentence of substance: no heading, title or salutation on a line of its own, no formula of courtesy."""
    text = chunk.text[start:end]
    alone = (start == 0 or "\n" in chunk.text[:start][-2:]) and chunk.text[end : end + 1] in ("", "\n")
    headed = any(path.startswith(text.rstrip("。")) for path in chunk.heading_path)
    bare = alone and text[-1] not in "。！？!?；;.…”)）" and (len(text) < 60 or bool(_TITLE_LINE.search(text)))
    return not (headed or bare or _FORMULA.search(text))


def _match(term: str, folded: str) -> float:
    """1 when the term occurs, part of it when most of its pairs of characters do."""
    if term in folded:
        return 1.0
    if len(term) < 3 or term.isdigit():
        return 0.0
    pairs = [term[i : i + 2] for i in range(len(term) - 1)]
    share = sum(p in folded for p in pairs) / len(pairs)
    return 0.8 * share if share >= 0.5 else 0.0


def _fitness(query: Query) -> Callable[[str], bool]:
    """A test whether a sentence holds the kind of value asked for."""
    tests: dict[str, Callable[[str], bool]] = {
        "amount": lambda t: bool(_MONEY.search(t)),
        "rate": lambda t: bool(_RATE.search(t)),
        "count": _counts(query),
        "date": lambda t: bool(dates(t)),
        "doc_no": lambda t: bool(doc_numbers(t)),
        "document": lambda t: "《" in t,
        "place": lambda t: bool(_PLACE.search(t) or find_regions(t)),
        "organisation": lambda t: bool(_ORGANISATION.search(t)),
        "reason": lambda t: bool(_REASON.search(t)),
        "definition": lambda t: bool(_DEFINED.search(t)),
    }
    return tests.get(query.wants, lambda _: False)


def _counts(query: Query) -> Callable[[str], bool]:
    """A figure with the unit that the question counts in, any figure where it names none."""
    named = re.search(
        r"(?:多少|几)(?:余|来|多)?(个|家|项|人|名|批|件|次|位|条|种|类|户|所|座|篇|款|届|台|套|支|只|亩|吨|天|年|岁|公里|米|级)",
        fold(query.standalone),
    )
    unit = named.group(1) if named else ""
    same = {"个": "个家项种名位条", "人": "人名位", "名": "人名位", "位": "人名位", "家": "家个户"}.get(unit, unit)

    def test(text: str) -> bool:
        found = figures(text)
        return any(f.unit[:1] in same for f in found if f.unit) if same else bool(found)

    return test
