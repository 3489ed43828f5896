"""Count the figures, dates, 文号, 《titles》 and 第X条 of an answer that the text it cites does not hold.

Written apart from the assistant's own verification, so that one fault cannot hide in both.
"""

import re
import unicodedata
from collections.abc import Mapping

from assistant.answer import Answer, Citation, Sentence
from corpus.letter import Letter, Metadata, Stated
from eval.plain import THOUSANDS, plain, states

# Answers about the letter itself may rest on what is known of the letter, not only on the quoted words.
INTENTS_OF_METADATA = frozenset({"metadata", "enumerate"})
_MARK = re.compile(
    r"(?P<title>《[^《》]*(?:《[^《》]*》[^《》]*)*》)"
    r"|(?P<number_of_paper>[\u4e00-\u9fff]{1,8}[〔\[【(]\d{4}[〕\]】)]\s*第?\d+号)"
    r"|(?P<date>\d{4}年(?:\d{1,2}月(?:\d{1,2}日)?)?|\d{4}[-/.]\d{1,2}[-/.]\d{1,2})"
    r"|(?P<number>第\d+号)"
    r"|(?P<article>第[\d〇零一二三四五六七八九十百]+条)"
    rf"|(?P<figure>(?:{THOUSANDS}|\d+)(?:\.\d+)?\s*[万亿]*[%‰]?)"
)
_FOOTNOTE = re.compile(r"\[\^\d+\]")


def marks(text: str) -> list[str]:
    """What in a sentence must stand in its source.

    >>> marks("依据《行动方案》（昆政办〔2022〕16号），2022年补助27个项目1,565万元。")
    ['《行动方案》', '昆政办〔2022〕16号', '2022年', '27', '1,565万']
    """
    found = _MARK.finditer(unicodedata.normalize("NFKC", _FOOTNOTE.sub("", text)))
    return [match[0].strip() for match in found if plain(match[0])]


def ungrounded(answer: Answer, letters: Mapping[str, Letter]) -> list[str]:
    """The marks of every sentence that its own cited quotes do not hold, in order."""
    return [mark for sentence in answer.sentences for mark in ungrounded_in(sentence, answer, letters)]


def ungrounded_in(sentence: Sentence, answer: Answer, letters: Mapping[str, Letter]) -> list[str]:
    """The marks of one sentence that its own cited quotes do not hold, in order."""
    source = _source(answer, sentence, letters)
    return [mark for mark in marks(sentence.text) if not states(source, mark)]


def quotes(answer: Answer, sentence: Sentence) -> list[Citation]:
    """The citations of a sentence, those that the answer has."""
    by_id = {citation.id: citation for citation in answer.citations}
    return [by_id[number] for number in sentence.citations if number in by_id]


def known(metadata: Metadata) -> str:
    """What the record of a letter states, a value a line."""
    values: list[str] = []
    for field in vars(metadata).values():
        values += [stated.value for stated in (field if isinstance(field, tuple) else (field,)) if _stated(stated)]
    values += [f"第{number.value}号" for number in metadata.numbers]
    return "\n".join(values)


def _source(answer: Answer, sentence: Sentence, letters: Mapping[str, Letter]) -> str:
    cited = quotes(answer, sentence)
    texts = [citation.quote for citation in cited]
    if answer.intent in INTENTS_OF_METADATA:
        texts += [known(letters[c.letter].metadata) for c in cited if c.letter in letters]
    return "\n".join(texts)


def _stated(value: object) -> bool:
    return isinstance(value, Stated)
