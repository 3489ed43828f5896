"""Mine training pairs from the paragraphs by BM25 over tokens: what an answer quotes, what is near an official text."""

import re
from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from index.training.batches import Ids, Texts, encode_texts
from index.training.rows import Row

K1, B = 1.2, 0.75
# A token in more than this share of the texts says little and costs most of the time.
COMMON = 0.04
# A sentence that holds this share of a paragraph's weight quotes it; this share makes two official texts near.
QUOTED, NEAR = 0.7, 0.28
# Two texts that share more than this of the lighter one's weight say the same.
TOO_NEAR = 0.5
# How many wrong texts a row gets.
WRONG = 3
# The answers that quote the law.
QUOTING = ("lawyer-llama",)
# A paragraph of fewer tokens says too little to answer anything.
SHORTEST = 8
_SENTENCE = re.compile(r"[^。；！？\n]{16,}")


class Neighbours:
    """BM25 over token ids of many texts; the rarest tokens decide, common ones are left out."""

    def __init__(self, texts: Texts, size: int) -> None:
        self._count = len(texts)
        owners = np.repeat(np.arange(self._count), np.diff(texts.ends))
        # One entry a token and text, ordered by token: the texts of one token stand together.
        entries, counts = np.unique(texts.ids.astype(np.int64) * self._count + owners, return_counts=True)
        tokens, self._holders = entries // self._count, entries % self._count
        self._starts = np.searchsorted(tokens, np.arange(size + 1))
        lengths = np.diff(texts.ends) / max(1.0, float(np.diff(texts.ends).mean()))
        self._parts = counts * (K1 + 1) / (counts + K1 * (1 - B + B * lengths[self._holders]))
        frequency = np.diff(self._starts)
        self._rarity = np.log(1 + (self._count - frequency + 0.5) / (frequency + 0.5))
        self._usable = (frequency > 0) & (frequency <= max(50, COMMON * self._count))

    def nearest(self, asked: Ids, k: int) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        """The `k` nearest texts, best first, and the share of the question's weight that each holds."""
        tokens = np.unique(asked)
        known = tokens[self._usable[tokens]]
        scores = np.zeros(self._count, np.float32)
        for token in known:
            low, high = self._starts[token], self._starts[token + 1]
            scores[self._holders[low:high]] += self._rarity[token] * self._parts[low:high]
        # Texts with less than a third of the best one's score are not near: leaving them out spares sorting them all.
        top = np.flatnonzero((scores > 0) & (scores >= scores.max() / 3))
        top = top[np.argsort(-scores[top], kind="stable")][:k]
        return top.astype(np.int64), (scores[top] / (self.weight(tokens) or 1.0)).astype(np.float32)

    def weight(self, tokens: Ids) -> float:
        """How much a set of tokens says: the sum of their rarities."""
        return float(self._rarity[tokens].sum())

    def too_near(self, one: Ids, other: Ids) -> bool:
        """Whether the two share so much that either may stand for the other: a short text within a long one does."""
        both = np.unique(one), np.unique(other)
        return self.weight(np.intersect1d(*both)) > TOO_NEAR * min(map(self.weight, both))

    def links(self, questions: Texts, k: int, least: float) -> Iterator[tuple[int, int]]:
        """Each question with those of its `k` nearest texts that hold at least this share of its weight."""
        for question in range(len(questions)):
            rows, shares = self.nearest(questions[question], k)
            yield from ((question, int(row)) for row in rows[shares >= least])


def taken(texts: Texts, rows: Sequence[int]) -> Texts:
    """The texts of these rows, in their order."""
    parts = [texts[row] for row in rows]
    ends = np.concatenate([[0], np.cumsum([len(part) for part in parts])]).astype(np.int64)
    return Texts(np.concatenate([np.zeros(0, np.int32), *parts]), ends)


def quoted_pairs(pairs: Sequence[Row], paragraphs: Texts, tokenizer: Tokenizer) -> dict[str, Texts]:
    """Lay questions beside the paragraphs that their answers quote: `quoted.a` and `quoted.b`."""
    quoting = [row for row in pairs if row.group in QUOTING]
    cut = [(number, part) for number, row in enumerate(quoting) for part in _SENTENCE.findall(row.b)]
    sentences = encode_texts(tokenizer, [part for _, part in cut])
    found = Neighbours(paragraphs, tokenizer.get_vocab_size()).links(sentences, 1, QUOTED)
    links = sorted({(cut[sentence][0], paragraph) for sentence, paragraph in found})
    asked = encode_texts(tokenizer, [row.a for row in quoting])
    return {"quoted.a": taken(asked, [a for a, _ in links]), "quoted.b": taken(paragraphs, [b for _, b in links])}


def near_pairs(everyday: Sequence[Row], texts: dict[str, Texts], size: int) -> dict[str, Texts]:
    """What is near the official sides of everyday rows.

    `near.a`, `near.b`: the everyday side beside a real paragraph near its official one; `field`: these paragraphs among
    their neighbours; `mined.a`, `.b`, `.wrong`: a row with an official text that is near the right one and wrong.
    """
    paragraphs, asked, officials = texts["paragraphs"], texts["everyday.a"], texts["everyday.b"]
    long = [row for row, each in enumerate(everyday) if each.kind in ("qa", "hard")]
    found = Neighbours(paragraphs, size).links(taken(officials, long), 3, NEAR)
    links = [(long[row], paragraph) for row, paragraph in found if len(paragraphs[paragraph]) >= SHORTEST]
    around = sorted({other for _, p in links for other in (p - 1, p, p + 1) if 0 <= other < len(paragraphs)})
    wrong = wrong_rows(Neighbours(officials, size), officials, [row.group for row in everyday])
    return {
        "near.a": taken(asked, [a for a, _ in links]),
        "near.b": taken(paragraphs, [b for _, b in links]),
        "field": taken(paragraphs, around),
        "mined.a": taken(asked, [row for row, _ in wrong]),
        "mined.b": taken(officials, [row for row, _ in wrong]),
        "mined.wrong": taken(officials, [other for _, other in wrong]),
    }


def wrong_rows(index: Neighbours, officials: Texts, matters: Sequence[str]) -> list[tuple[int, int]]:
    """Each official text with up to `WRONG` others near it, none of them of its matter or so near that it may be right."""
    found: list[tuple[int, int]] = []
    for row, matter in enumerate(matters):
        near = [int(other) for other in index.nearest(officials[row], 12)[0] if matters[other] != matter]
        wrong = [other for other in near if not index.too_near(officials[row], officials[other])]
        found += [(row, other) for other in wrong[:WRONG]]
    return found
