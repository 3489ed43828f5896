"""How alike two texts are, and which of many are nearly the same."""

from hypothesis import given
from hypothesis import strategies as st

from corpus.library import BUILTIN, Library
from corpus.similar import NEARLY_IDENTICAL, SAME_LETTER, Similar, similarity

TEXTS = [letter.text for letter in Library(BUILTIN.parent / "none").letters()]
SHORT = "全县共有茶园77亩，采茶工人29名。去年产茶3吨，今年修了两条路，明年再修三条。合作社统一采购茶苗，县里每年办两期培训班。"


@given(st.text(max_size=200), st.text(max_size=200))
def test_likeness_is_a_share_and_the_same_both_ways(one: str, other: str) -> None:
    assert 0 <= similarity(one, other) <= 1
    assert similarity(one, other) == similarity(other, one)


@given(st.text(min_size=1, max_size=200))
def test_a_text_is_like_itself_whatever_its_white_space(text: str) -> None:
    assert similarity(text, text) in (0.0, 1.0)
    assert similarity("甲乙" + text, "甲 乙\n" + text) == 1


def test_different_letters_are_not_the_same_letter() -> None:
    pairs = [(a, b) for at, a in enumerate(TEXTS) for b in TEXTS[:at]]
    assert max(similarity(a, b) for a, b in pairs) < SAME_LETTER / 2


def test_one_sentence_edited_leaves_a_letter_nearly_identical() -> None:
    for text in TEXTS:
        at = text.index("。", len(text) // 2)
        assert similarity(text, text[:at] + "，详见附件" + text[at:]) >= NEARLY_IDENTICAL
    assert similarity(SHORT, SHORT.replace("29", "31")) >= NEARLY_IDENTICAL
    assert similarity(SHORT, "本市创新平台建设取得明显成效，下一步将继续支持企业。") < 0.1


def test_the_nearest_is_found_among_many_and_forgotten_when_it_goes() -> None:
    texts = {str(at): text for at, text in enumerate([*TEXTS, SHORT])}
    similar = Similar(texts.__getitem__)
    for key, text in texts.items():
        assert similar.nearest(text) is None
        similar.put(key, text)
    for key, text in texts.items():
        found = similar.nearest(text.replace("，", ",", 1).replace("年", "载", 1))
        assert found is not None
        assert found[0] == key
    similar.drop("5")
    assert similar.nearest(SHORT) is None


def test_boilerplate_that_all_share_is_no_likeness_and_costs_no_time() -> None:
    chorus = "感谢您对我市科技工作的关心和支持，欢迎继续提出宝贵意见和建议。"
    texts = [f"第{n}号。{n}亩茶园，{n * 7}名工人，{n * n}条路，产茶{n * 3}吨。{chorus}" for n in range(500)]
    similar = Similar(lambda key: texts[int(key)])
    for n, text in enumerate(texts):
        assert similar.nearest(text) is None
        similar.put(str(n), text)
