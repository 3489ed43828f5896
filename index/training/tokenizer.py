"""Make the tokenizer: words of the training text with their probabilities, every common character as fallback."""

import math
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache

from tokenizers import Regex, Tokenizer, normalizers, pre_tokenizers
from tokenizers.models import Unigram

from index.words import words

UNKNOWN = "[UNK]"
# A longer word is counted by its parts, so that 高新技术企业 and 高新技术 share vectors.
LONGEST_WORD = 4
# 昆明 and 昆明市 are one place.
PLACE_ENDS = "省市县区"
# The probability floor of characters that the text hardly shows: a word always beats its spelling-out.
RARE = 0.5


def train_tokenizer(texts: Iterable[tuple[str, int]], size: int) -> Tokenizer:
    """A unigram tokenizer of at most `size` pieces over `(text, weight)` items; no piece crosses a word boundary."""
    splitter = empty_tokenizer()
    seen: Counter[str] = Counter()
    letters: Counter[str] = Counter()
    for text, weight in texts:
        for run in runs(splitter, text):
            letters.update(dict.fromkeys(run, weight))
            for word in cut(run):
                seen[word] += weight
    return build_tokenizer(choose_pieces(seen, letters, size))


def cut(run: str) -> Iterator[str]:
    """The words of a run of letters; of a compound only its parts, which lexical search's cutter names as well."""
    return (word for word in words(run) if not compound(word))


@cache
def compound(word: str) -> bool:
    """世界大赛 is 世界 and 大赛, 昆明市 is 昆明 and 市, any longer word is its parts; 互联网 and 揭榜挂帅 stay whole."""
    if len(word) < 3 or word.isascii():
        return False
    inner = set(words(word)) - {word}
    if len(word) == 3:
        return word[2] in PLACE_ENDS and word[:2] in inner
    return len(word) > LONGEST_WORD or {word[:2], word[2:]} <= inner


def choose_pieces(seen: Counter[str], letters: Counter[str], size: int) -> list[tuple[str, float]]:
    """`[UNK]`, all characters worth having, then the most frequent words; with log probabilities."""
    counts: dict[str, float] = dict.fromkeys(common_characters(), RARE)
    counts |= {letter: seen[letter] or RARE for letter, times in letters.items() if times > 1}
    for word, count in sorted(seen.items(), key=lambda item: (-item[1], item[0])):
        if len(counts) >= size - 1:
            break
        if len(word) > 1:
            counts[word] = count
    total = sum(counts.values())
    ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return [(UNKNOWN, 0.0)] + [(piece, math.log(count / total)) for piece, count in ranked]


def common_characters() -> Iterator[str]:
    """The 6,763 characters of GB 2312, the Latin letters and the digits."""
    for high in range(0xB0, 0xF8):
        for low in range(0xA1, 0xFF):
            try:
                yield bytes((high, low)).decode("gb2312")
            except UnicodeDecodeError:
                continue
    yield from "abcdefghijklmnopqrstuvwxyz0123456789%"


def build_tokenizer(pieces: list[tuple[str, float]]) -> Tokenizer:
    """The tokenizer over these pieces; the first is the unknown one."""
    tokenizer = empty_tokenizer()
    tokenizer.model = Unigram(pieces, unk_id=0, byte_fallback=False)
    return tokenizer


def empty_tokenizer() -> Tokenizer:
    """Normaliser and splitter alone: NFKC, lower case, no punctuation; numbers and Latin words apart from Chinese."""
    tokenizer = Tokenizer(Unigram([(UNKNOWN, 0.0)], unk_id=0, byte_fallback=False))
    tokenizer.normalizer = normalizers.Sequence([normalizers.NFKC(), normalizers.Lowercase()])
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [
            pre_tokenizers.Split(Regex(r"[^\p{L}\p{N}%]+"), behavior="removed"),
            pre_tokenizers.Split(Regex(r"[0-9]+|[a-z]+"), behavior="isolated"),
        ]
    )
    return tokenizer


def runs(tokenizer: Tokenizer, text: str) -> list[str]:
    """The stretches of letters between punctuation, normalised."""
    return [run for run, _ in tokenizer.pre_tokenizer.pre_tokenize_str(tokenizer.normalizer.normalize_str(text))]
