"""Traditional characters and variant forms become the simplified ones, one to one, and simplified text stays."""

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.robust import VARIANTS
from index.variants import TABLE, simplified
from index.words import content_words, words

CHINESE = st.text(alphabet=st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF))
LETTERS = sorted((Path(__file__).parent.parent / "corpus" / "documents").glob("*.txt"))


@pytest.mark.parametrize(
    ("traditional", "common"),
    [
        ("這個專項給了多少經費", "这个专项给了多少经费"),
        ("後來企業怎麼開辦的，甚麼時候", "后来企业怎么开办的，什么时候"),
        ("臺灣、颱風、檯面、一臺設備", "台湾、台风、台面、一台设备"),
        ("裏面、裡頭、鄰里", "里面、里头、邻里"),
        ("峯會羣衆牀位", "峰会群众床位"),
        ("徵求意見、長徵", "征求意见、长征"),
        ("答覆函、回覆、反覆、覆函", "答复函、回复、反复、复函"),
        ("瞭解情況", "了解情况"),
        ("隨著發展", "随着发展"),
        ("帳戶、壞帳", "账户、坏账"),
        ("関係", "関系"),
    ],
)
def test_traditional_and_variant_forms_are_folded(traditional: str, common: str) -> None:
    assert simplified(traditional) == common


@pytest.mark.parametrize(
    "text",
    ["覆盖率", "乾隆年间", "瞭望塔", "著名专家", "论著", "帐篷", "甚至", "昆明市2022年R&D经费3.05%"],
)
def test_what_is_simplified_stays(text: str) -> None:
    assert simplified(text) == text


@pytest.mark.parametrize("path", LETTERS, ids=lambda path: path.stem[:3])
def test_the_letters_that_ship_are_not_changed(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert simplified(text) == text


@given(st.text())
def test_folding_keeps_the_length_and_is_done_at_once(text: str) -> None:
    folded = simplified(text)
    assert len(folded) == len(text)
    assert simplified(folded) == folded


@given(CHINESE)
def test_folding_chinese_keeps_the_length_and_is_done_at_once(text: str) -> None:
    folded = simplified(text)
    assert len(folded) == len(text)
    assert simplified(folded) == folded


def test_every_group_of_the_table_leads_to_a_character_that_stays() -> None:
    groups = [g for line in TABLE.read_text(encoding="utf-8").splitlines() if line[0] != "#" for g in line.split()]
    folded = [character for group in groups for character in group[1:]]
    assert len(folded) == len(set(folded)) > 2500
    assert not set(folded) & {group[0] for group in groups}


def test_the_table_of_the_robustness_trial_is_covered() -> None:
    table = tomllib.loads(VARIANTS.read_text(encoding="utf-8"))["traditional"]
    missed = [
        (there, here)
        for here, there in zip(table["from"], table["to"], strict=True)
        if here != there and simplified(there) not in (here, there)
    ]
    assert missed == []


def test_traditional_text_gives_the_same_words() -> None:
    assert words("小微企業銀稅互動貸款") == words("小微企业银税互动贷款")
    assert content_words("請問昆明市的瞪羚企業有多少家？") == content_words("请问昆明市的瞪羚企业有多少家？")
