"""Letters are named so that the quotes hold the name: by title, never by a file name inside an answer."""

from pathlib import Path

from assistant.cite import by_line, describe, name_of
from corpus.letter import Letter, Metadata, Stated
from tests.assistant_fakes import over

TITLED = Letter("1", "016.txt", "全文", Metadata(title=Stated("关于养老的建议"), region=Stated("清河县"), numbers=(Stated("7"),)))
BARE = Letter("1", "016.txt", "全文", Metadata(region=Stated("清河县"), numbers=(Stated("7"),)))


def test_a_letter_is_named_by_title_place_and_number() -> None:
    assert describe(TITLED) == name_of(TITLED) == "《关于养老的建议》（清河县，第7号）"


def test_a_letter_without_title_is_named_by_its_file_only_outside_of_cited_sentences() -> None:
    assert describe(BARE) == "《016.txt》（清河县，第7号）"
    assert name_of(BARE) == "这件材料（清河县，第7号）"
    assert by_line(Letter("2", "017.txt", "全文", Metadata())) == "这件材料（文章）"


def test_an_answer_about_a_letter_without_title_holds_nothing_that_its_quotes_do_not(tmp_path: Path) -> None:
    text = "关于县十六届人大四次会议Y07号代表建议答复的函\n王绥山代表：\n您提出的建议收悉。现答复如下：\n一、全县新建公厕12座。\n屯昌县住房和城乡建设局\n2024年9月12日\n"
    answer = over(tmp_path / "data", {"016.txt": text}).ask("Y07号建议是哪位代表提的")
    assert "王绥山" in answer.text
    assert "016" not in answer.text
