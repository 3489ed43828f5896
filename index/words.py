"""Cuts text into the words and character bigrams that lexical search counts; the door to rjieba.

Text is normalised on a copy (NFKC, lower case): offsets into letters never pass through here.
"""

import re
import unicodedata
from collections.abc import Callable
from functools import cache
from importlib import resources
from itertools import accumulate, pairwise

from index.variants import simplified

# Latin words and numbers stay whole with what joins them: R&D, 8+N, 24641.39, covid-19, 2+4+x.
_RUNS = re.compile(r"[a-z0-9]+(?:[+&\-./·_][a-z0-9]+)*|[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff〇]+|[^\W_]+")
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
_PARTS = re.compile(r"[a-z]+|\d+(?:\.\d+)?")
# Cut out before words are, for the units of asking would count as words of the question.
_MEASURE = "(?:[家个件户座台篇天]|项(?!目)|人(?![才员民口力])|名(?![单称录])|位(?!置)|批(?!准)|[种类](?!型|植|别)|条(?![例件])|款|年|次)"
_ASKING = re.compile(
    f"(?:有|是|为|共)?(?:多少{_MEASURE}?|几{_MEASURE})|什么时候|为什么|是什么|什么|哪(?:几|一)?{_MEASURE}|哪[些里儿]"
    "|怎么样?|怎样|如何|是否|有没有|是不是|能不能|请问|[吗呢吧啊]$"
)
_LATIN = re.compile(r"[a-z0-9]")


def normalise(text: str) -> str:
    """The copy of `text` that is compared: NFKC, lower case, simplified characters, no thousands separators.

    >>> normalise("１，２３４家Ｒ＆Ｄ機構")
    '1234家r&d机构'
    """
    return _THOUSANDS.sub("", simplified(unicodedata.normalize("NFKC", text).lower()))


def compact(text: str) -> str:
    """`text` normalised and without white space, for looking up exact strings."""
    return "".join(normalise(text).split())


def words(text: str) -> list[str]:
    """The words of `text` in order, normalised, without punctuation; long words also give the words inside them.

    >>> words("高新技术企业2022年共1,234家。")
    ['高新', '技术', '高新技术', '企业', '2022', '年', '共', '1234', '家']
    """
    found: list[str] = []
    for run in _RUNS.findall(normalise(text)):
        if _LATIN.match(run):
            found.extend(_latin(run))
        else:
            found.extend(_cutter()(run))
    return found


def content_words(text: str) -> list[str]:
    """The words of `text` without stop words and question words.

    >>> content_words("昆明市有多少家瞪羚企业？")
    ['昆明', '昆明市', '瞪羚', '企业']
    """
    stop = stopwords()
    return [word for word in words(_ASKING.sub(" ", normalise(text))) if word not in stop]


def bigrams(text: str) -> list[str]:
    """The pairs of neighbouring Chinese characters of `text`; numbers and Latin words whole.

    >>> bigrams("昆政办〔2022〕76号")
    ['昆政', '政办', '2022', '76', '号']
    """
    found: list[str] = []
    for run in _RUNS.findall(normalise(text)):
        if _LATIN.match(run):
            found.extend(_latin(run))
        elif len(run) == 1:
            found.append(run)
        else:
            found.extend(map("".join, pairwise(run)))
    return found


def borders(text: str) -> frozenset[int]:
    """Where the words of a normalised text begin and end, one-character words too; unlike `words`, in positions.

    >>> sorted(borders("缩小厂房"))
    [0, 2, 4]
    """
    import rjieba

    _cutter()
    ends = list(accumulate(map(len, rjieba.cut(text, False)), initial=0))
    return frozenset(ends)


@cache
def stopwords() -> frozenset[str]:
    """Words that say nothing about what is asked for: particles, question words, polite words."""
    return frozenset(_listed("stopwords.txt"))


@cache
def lexicon() -> frozenset[str]:
    """The words of the trade that the general dictionary lacks."""
    return frozenset(_listed("lexicon.txt"))


@cache
def _cutter() -> Callable[[str], list[str]]:
    """The word cutter with the words of the trade added.

    Measured with bigrams, words and nothing else: Success@5 on held-out everyday questions and on encyclopedia questions among
    2,000 texts, recall@5 on the development questions over letters, seconds to index the texts:

        rjieba                  .278  .991  .827  2.9
        rjieba, no guesses      .291  .993  .832  2.6
        jieba                   .276  .991  .823  5.2
        jieba, no guesses       .288  .993  .828  4.5

    A guessed word (hidden Markov model) is cut one way in a question and another in a letter: 家瞪羚.
    """
    import rjieba  # loading its dictionary takes a tenth of a second, which a list of letters need not wait for

    for word in sorted(lexicon()):
        rjieba.add_word(word, None, None)
    return lambda run: rjieba.cut_for_search(run, False)


def _listed(file: str) -> list[str]:
    lines = resources.files("index").joinpath(file).read_text(encoding="utf-8").splitlines()
    return [word for line in lines if not line.startswith("#") for word in line.split()]


def _latin(run: str) -> list[str]:
    """The run itself and, where it is put together, its parts: a question says 2022 where the text says 2022-2025."""
    parts = _PARTS.findall(run)
    if len(parts) < 2:
        return [run, run.lstrip("0")] if run.startswith("0") and run.strip("0") and run.isdigit() else [run]
    return [run, *(part for part in parts if len(part) > 1)]
