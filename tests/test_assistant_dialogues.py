"""Whole dialogues over invented and built-in letters: the stand-alone question of every turn reads as a person would put it."""

import json
from functools import cache
from pathlib import Path

import pytest

from assistant.answer import Answer, Citation, Sentence
from assistant.follow_up import Turn, resolve
from assistant.understand import understand

HERE = Path(__file__).parent
PAGES, DOCUMENTS = HERE.parent / "eval" / "pages" / "dev", HERE.parent / "corpus" / "documents"
# The letter that a dialogue is about: its file, its place, its number.
LETTERS = {
    "璧山": (PAGES / "001.txt", "重庆市璧山区", "126"),
    "巴宜": (PAGES / "003.txt", "林芝市巴宜区", "015"),
    "龙华": (PAGES / "005.txt", "海口市龙华区", "24"),
    "大理": (PAGES / "008.txt", "大理白族自治州", "72"),
    "昆明": (DOCUMENTS / "000_032a5aed1bd1ca86.txt", "昆明市", "142194"),
    "陈力": (DOCUMENTS / "001_3e451a15a96c0c19.txt", "昆明市", "153005"),
    "银川": (DOCUMENTS / "002_135bf9ada3a6babd.txt", "银川市", "029"),
    "日报": (DOCUMENTS / "003_ef8805eeff5b7289.txt", "昆明市", None),
    "金华": (DOCUMENTS / "004_a0d3978c53187537.txt", "金华市", "9"),
}
LIST = ("一是建立机制。", "二是加大投入。", "三是强化服务。")
# * an item of a list is meant, + more is asked for.
DIALOGUES = [json.loads(line) for line in (HERE / "dialogues.jsonl").read_text(encoding="utf-8").splitlines()]


@cache
def text_of(letter: str) -> str:
    return LETTERS[letter][0].read_text(encoding="utf-8")


def told(question: str, standalone: str, letter: str) -> Turn:
    """A turn as the assistant would leave it: cited from the letter; a list where measures were asked for."""
    intent = understand(question, standalone).intent
    file, region, number = LETTERS[letter]
    cited = Citation(1, letter, file.name, "标题", number, region, None, (), 0, 10, text_of(letter)[:10])
    sentences = tuple(Sentence(s, (1,)) for s in (LIST if intent == "measures" else ("……",)))
    return question, Answer(question, standalone, intent, sentences, () if intent == "smalltalk" else (cited,))


@pytest.mark.parametrize("dialogue", DIALOGUES, ids=lambda d: d["turns"][0][0])
def test_every_turn_of_a_dialogue_stands_alone(dialogue: dict[str, object]) -> None:
    letter, turns = str(dialogue["letter"]), dialogue["turns"]
    assert isinstance(turns, list)
    history: list[Turn] = []
    for question, expected in turns:
        resolved = resolve(question, history, text_of)
        assert resolved.standalone + "*" * bool(resolved.item) + "+" * resolved.more == expected
        history.append(told(question, resolved.standalone, letter))


@pytest.mark.parametrize("question", ["红烧排骨怎么做", "特斯拉股价多少", "今天天气怎么样", "世界杯谁赢了"])
@pytest.mark.parametrize("dialogue", DIALOGUES[::6], ids=lambda d: d["turns"][0][0])
def test_another_topic_takes_nothing_along(dialogue: dict[str, object], question: str) -> None:
    turns = dialogue["turns"]
    assert isinstance(turns, list)
    history = [told(q, s.rstrip("*+"), str(dialogue["letter"])) for q, s in turns]
    resolved = resolve(question, history, text_of)
    assert (resolved.standalone, resolved.carried, resolved.scope) == (question, (), ())
