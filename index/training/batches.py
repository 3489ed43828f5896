"""Turn texts into token arrays once, then draw training batches from them without touching a string again."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

Ids = NDArray[np.int32]
# Words that ask; added to cropped queries so that the model learns that they say nothing about the matter.
ASKING = "什么 谁 哪里 哪 哪个 哪些 什么时候 多少 几 怎么 如何 为什么 吗 呢 啥 咋 是 有 的 请问 哪年 何时 能 可以"
# Tokens that a text must have for a question to be cut from it.
SHORTEST = 24


@dataclass(frozen=True)
class Texts:
    """Token ids of many texts in one array; text i is `ids[ends[i]:ends[i + 1]]`."""

    ids: Ids
    ends: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.ends) - 1

    def __getitem__(self, index: int) -> Ids:
        return self.ids[self.ends[index] : self.ends[index + 1]]


@dataclass(frozen=True)
class Batch:
    """Columns of equal length: questions, right texts and, for some sources, texts that are wrong."""

    columns: tuple[list[Ids], ...]


Source = Callable[[np.random.Generator, int], Batch]


def encode_texts(tokenizer: Tokenizer, texts: Sequence[str], block: int = 4096) -> Texts:
    """The token ids of all texts; unknown characters are left out, as they are when the model is used."""
    unknown = unknown_id(tokenizer)
    parts: list[Ids] = []
    for start in range(0, len(texts), block):
        for encoding in tokenizer.encode_batch_fast(list(texts[start : start + block]), add_special_tokens=False):
            ids = np.asarray(encoding.ids, dtype=np.int32)
            parts.append(ids[ids != unknown])
    ends = np.concatenate([[0], np.cumsum([len(part) for part in parts])]).astype(np.int64)
    return Texts(np.concatenate(parts) if parts else np.zeros(0, np.int32), ends)


def unknown_id(tokenizer: Tokenizer) -> int:
    """The id of the piece that stands for unknown characters."""
    found = tokenizer.token_to_id("[UNK]")
    return -1 if found is None else int(found)


def pair_source(columns: tuple[Texts, ...], *, thin: bool = False) -> Source:
    """Batches of rows: question, text and, with three columns, the wrong text; whole, or with some words left out."""
    usable = np.flatnonzero(np.all([np.diff(column.ends) > 0 for column in columns], axis=0))

    def draw(random: np.random.Generator, size: int) -> Batch:
        rows = random.choice(usable, size=min(size, len(usable)), replace=False)
        if thin:
            return Batch(tuple([thinned(random, column[row]) for row in rows] for column in columns))
        return Batch(tuple([column[row] for row in rows] for column in columns))

    return draw


def padded_source(questions: Texts, answers: Texts, neighbours: Texts) -> Source:
    """Like `pair_source`, some words left out; half of the answers stand before foreign words, as in a letter."""
    plain = pair_source((questions, answers), thin=True)

    def draw(random: np.random.Generator, size: int) -> Batch:
        asked, right = plain(random, size).columns
        picks = random.integers(0, len(neighbours), size=len(right))
        extra = [neighbours[pick][: max(0, random.integers(-60, 60))] for pick in picks]
        return Batch((asked, [np.concatenate(both) for both in zip(right, extra, strict=True)]))

    return draw


def thinned(random: np.random.Generator, text: Ids, share: float = 0.12) -> Ids:
    """The text with about `share` of its tokens left out, never all: few rows must not be learnt by heart."""
    kept = text[random.random(len(text)) >= share]
    return kept if len(kept) else text


def crop_source(texts: Texts, asking: Ids, *, around: int = 0, passage: int = 200) -> Source:
    """Batches of a few words cut from a text ↔ a stretch of that text, which holds these words half of the time.

    With `around`, a text is taken together with that many before and after it.
    """
    starts, stops = texts.ends[: len(texts) - 2 * around], texts.ends[2 * around + 1 :]
    usable = np.flatnonzero(stops - starts >= SHORTEST)

    def draw(random: np.random.Generator, size: int) -> Batch:
        picks = random.choice(usable, size=min(size, len(usable)), replace=False)
        pairs = [crop(random, texts.ids[starts[pick] : stops[pick]], asking, passage) for pick in picks]
        return Batch(([asked for asked, _ in pairs], [right for _, right in pairs]))

    return draw


def crop(random: np.random.Generator, whole: Ids, asking: Ids, passage: int) -> tuple[Ids, Ids]:
    """A pseudo-question and its passage: some words of a span, asking words among them; and a window of the text."""
    length = min(int(random.integers(3, 20)), len(whole) // 3)
    start = int(random.integers(0, len(whole) - length))
    span = whole[start : start + length]
    kept = span[random.random(length) > random.random() * 0.6]
    if random.random() < 0.6:
        kept = np.concatenate([kept, random.choice(asking, size=int(random.integers(1, 4)))])
    width = min(int(random.integers(24, passage)), len(whole))
    low, high = max(0, start + length - width), min(start, len(whole) - width)
    left = int(random.integers(min(low, high), max(low, high) + 1))
    window = whole[left : left + width]
    if random.random() < 0.4:
        window = np.concatenate([whole[left:start], whole[start + length : left + width]])
    return (kept if len(kept) else span), window
