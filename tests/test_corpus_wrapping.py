"""Line breaks that only wrap: no sentence ends at them, and none is seen in a text whose lines are paragraphs."""

from hypothesis import given
from hypothesis import strategies as st

from corpus.library import BUILTIN
from corpus.read import read_documents
from corpus.sentences import sentences
from corpus.wrapping import wraps

NARROW = """清河县水务局关于对县政协第九次会议第7号提案的答复

    您提出的“关于加快疏浚
城东支流的提案”收悉,现
答复如下:

    截至2024年5月,我县疏
浚支流14条、共26公里,清
出淤泥3.2万方,惠及群众1
万余人。

    一、下一步打算
    继续争取上级资金,分三
年完成其余9条支流。

        清河县水务局
"""


def test_a_sentence_goes_on_over_the_end_of_a_narrow_line() -> None:
    found = [NARROW[a:b].replace("\n", "") for a, b in sentences(NARROW)]
    assert "截至2024年5月,我县疏浚支流14条、共26公里,清出淤泥3.2万方,惠及群众1万余人。" in found
    assert "一、下一步打算" in found
    assert found[-1] == "清河县水务局"


def test_the_lines_of_the_built_in_letters_are_paragraphs() -> None:
    assert all(not wraps(raw.text) for raw in read_documents(BUILTIN))


@given(st.text(alphabet="城东支流疏浚，。：\n 一、12", max_size=300))
def test_only_line_breaks_between_visible_characters_wrap(text: str) -> None:
    assert all(text[at] == "\n" and text[at + 1].strip() for at in wraps(text))
