"""An embedder and letters of our own for the tests of the index."""

import zlib
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from corpus.letter import Letter, Metadata, Stated
from index.words import bigrams


class Hashing:
    """A deterministic embedder: bigrams hashed into 64 signed cells."""

    name, dimension = "hashing", 64

    def fingerprint(self) -> str:
        return "hashing-64"

    def encode(self, texts: Sequence[str], *, query: bool = False) -> NDArray[np.float32]:
        rows = np.zeros((len(texts), self.dimension), dtype=np.float32)
        for row, text in zip(rows, texts, strict=True):
            for pair in bigrams(text):
                hashed = zlib.crc32(pair.encode())
                row[hashed % 64] += 1 if hashed & 64 else -1
        length = np.linalg.norm(rows, axis=1, keepdims=True)
        return np.asarray(rows / np.where(length > 0, length, 1), dtype=np.float32)


_CITIES = ("昆明市", "金华市", "银川市")
_WORDS = ("瞪羚企业", "人才引进", "概念验证中心", "葡萄酒检验", "科技特派员", "银税互动贷款")


def letter(name: str, version: int = 0) -> Letter:
    """A letter that differs from others by its name, and from its earlier forms by its version."""
    number = zlib.crc32(name.encode()) + version
    words = [_WORDS[(number >> shift) % len(_WORDS)] for shift in (0, 3, 7)]
    city = _CITIES[number % 3]
    text = (
        "".join(f"{city}{word}工作已投入{number % 97 + at}万元，第{version}版。\n" for at, word in enumerate(words)) * 9
    )
    data = Metadata(region=Stated(city), title=Stated(f"关于{words[0]}的建议{name}"), numbers=(Stated(name),))
    return Letter(name, f"{name}.txt", text, data)
