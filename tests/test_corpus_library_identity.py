"""A letter is its content: copies are one, a changed one replaces its former self, nearly identical ones are told."""

import json
import zipfile
from pathlib import Path

import pytest

from corpus.library import BUILTIN, Library
from tests.library_fakes import bees, letter, rows, word


@pytest.fixture
def library(tmp_path: Path) -> Library:
    return Library(tmp_path / "data", builtin=False)


def outcomes(library: Library, *paths: Path) -> list[tuple[str, str | None, str]]:
    return [(r.file, r.id, r.outcome) for r in library.add(paths)]


def text(path: Path, words: str, encoding: str = "utf-8") -> Path:
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(words.encode(encoding))
    return path


def test_copies_in_other_encodings_and_formats_are_one_letter(library: Library, tmp_path: Path) -> None:
    assert outcomes(library, text(tmp_path / "答复.txt", letter())) == [("答复.txt", "答复", "新增")]
    assert outcomes(library, text(tmp_path / "国标.txt", letter(), "gb18030")) == [("国标.txt", "答复", "已有")]
    assert outcomes(library, word(tmp_path / "答复.docx", letter())) == [("答复.docx", "答复", "已有")]
    with zipfile.ZipFile(tmp_path / "包.zip", "w") as packed:
        packed.writestr("甲/乙/答复.txt", letter())
    assert outcomes(library, tmp_path / "包.zip") == [("包.zip 中的 答复.txt", "答复", "已有")]
    assert outcomes(library, rows(tmp_path / "行.jsonl", ("R1", letter()))) == [("行.jsonl", "行", "已有")]
    assert library.ids() == ["答复"]


def test_a_converted_letter_keeps_the_name_of_its_file(library: Library, tmp_path: Path) -> None:
    assert outcomes(library, word(tmp_path / "答复.docx", letter())) == [("答复.docx", "答复", "新增")]
    stored = library.get("答复")
    assert (stored.file, stored.metadata.numbers[0].value) == ("答复.docx", "00123")
    assert [s.heading for s in stored.sections] == ["一、基本情况", "二、下一步工作"]
    assert library.letters()[0] == stored


def test_a_changed_letter_replaces_its_former_self(library: Library, tmp_path: Path) -> None:
    library.add([text(tmp_path / "1" / "答复.txt", letter())])
    changed = text(tmp_path / "2" / "答复.txt", letter(acres=88))
    assert outcomes(library, changed) == [("答复.txt", "答复", "更新")]
    assert library.ids() == ["答复"]
    assert "88亩" in library.get("答复").text
    assert (tmp_path / "data/letters/答复.txt").read_bytes() == changed.read_bytes()


def test_the_same_case_of_the_same_sender_is_the_same_letter_however_much_was_rewritten(
    library: Library, tmp_path: Path
) -> None:
    library.add([text(tmp_path / "1" / "答复.txt", letter(number := "00077"))])
    head, _, tail = letter(number).partition("一、")
    rewritten = head + "全部内容已经重写，与从前毫无共同之处。" * 30 + "\n" + tail[-30:]
    assert outcomes(library, text(tmp_path / "2" / "答复.txt", rewritten))[0][2] == "更新"


def test_another_letter_of_the_same_name_stands_beside_it(library: Library, tmp_path: Path) -> None:
    library.add([text(tmp_path / "1" / "答复.txt", letter())])
    assert outcomes(library, text(tmp_path / "2" / "答复.txt", bees())) == [("答复.txt", "答复-2", "新增")]
    assert outcomes(library, text(tmp_path / "3" / "答复.txt", letter("00456"))) == [("答复.txt", "答复-3", "新增")]
    assert [(x.id, x.file) for x in library.letters()] == [
        ("答复-2", "答复.txt"),
        ("答复-3", "答复.txt"),
        ("答复", "答复.txt"),
    ]
    changed = text(tmp_path / "4" / "答复.txt", bees().replace("4321", "5000"))
    assert outcomes(library, changed) == [("答复.txt", "答复-2", "更新")]
    assert "5000箱" in library.get("答复-2").text


def test_files_of_one_name_given_side_by_side_are_several_letters(library: Library, tmp_path: Path) -> None:
    for n in "123":
        (tmp_path / "in" / n).mkdir(parents=True)
        text(tmp_path / "in" / n / "答复.txt", f"没有编号的材料，第{n}件，共同的话很多，几乎都是共同的话，数也一样。")
    assert {r.outcome for r in library.add([tmp_path / "in"])} == {"新增"}
    assert sorted(library.ids()) == ["答复", "答复-2", "答复-3"]


def test_nearly_identical_letters_both_go_in_and_are_told(library: Library, tmp_path: Path) -> None:
    library.add([text(tmp_path / "甲.txt", letter(body="另有茶厂三家。"))])
    (result,) = library.add([text(tmp_path / "乙.txt", letter(body="另有茶厂四家。"))])
    assert result.outcome == "新增"
    assert result.near is not None
    assert result.near[0] == "甲"
    assert 0.9 <= result.near[1] < 1
    assert library.add([text(tmp_path / "丙.txt", bees())])[0].near is None


def test_a_changed_copy_of_a_letter_that_ships_replaces_it(tmp_path: Path) -> None:
    library = Library(tmp_path / "data")
    source = sorted(BUILTIN.iterdir())[0]
    changed = text(tmp_path / source.name, source.read_text(encoding="utf-8").replace("昆明", "大理", 3))
    assert outcomes(library, changed) == [(source.name, source.stem, "更新")]
    assert len(library.ids()) == 5
    assert "大理" in library.get(source.stem).text


def test_the_good_lines_go_in_and_the_bad_ones_are_told_together(library: Library, tmp_path: Path) -> None:
    results = library.add([rows(tmp_path / "行.jsonl", ("R1", letter()), ("R2", bees()), broken=12)])
    assert [(r.outcome, r.letters) for r in results] == [("新增", 2), ("未加入", 0)]
    assert "第 3 行等 12 行" in str(results[1].problem)
    assert library.ids() == ["R1", "R2"]
    assert [library.problems, *library.letters()][0] == ()
    stored = (tmp_path / "data/letters/行.jsonl").read_text(encoding="utf-8")
    assert [json.loads(line)["id"] for line in stored.splitlines()] == ["R1", "R2"]


def test_a_file_of_lines_is_brought_up_to_date_line_by_line(library: Library, tmp_path: Path) -> None:
    library.add([rows(tmp_path / "行.jsonl", ("R1", letter()), ("R2", bees()), ("R3", "第三件材料，讲的是鱼塘。"))])
    later = rows(
        tmp_path / "行.jsonl", ("R1", letter(acres=99)), ("R2", bees()), ("R3", letter("00999")), ("R4", "新来的。")
    )
    results = {r.outcome: r.letters for r in library.add([later]) if r.letters}
    assert results == {"新增": 2, "更新": 1, "已有": 1}
    assert library.ids() == ["R1", "R2", "R3", "R3-2", "R4"]
    assert "99亩" in library.get("R1").text
    assert "鱼塘" in library.get("R3").text


def test_two_lines_of_one_text_stay_two_where_their_author_has_them_so(library: Library, tmp_path: Path) -> None:
    library.add([rows(tmp_path / "行.jsonl", ("R1", "一样的话。"), ("R2", "一样的话。"))])
    assert library.ids() == ["R1", "R2"]


def test_ids_stay_when_others_of_the_same_come_and_go(library: Library, tmp_path: Path) -> None:
    library.add([text(tmp_path / "乙.txt", letter())])
    library.add([rows(tmp_path / "甲.jsonl", ("乙", bees()))])
    assert "77亩" in library.get("乙").text
    assert "4321箱" in library.get("乙-2").text
    library.remove("乙")
    assert library.ids() == ["乙-2"]


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("答\n复\t一.txt", "答 复 一"),
        ("张三13812345678.txt", "张三138****5678"),
        ("长" * 83 + ".txt", "长" * 81),
        (".隐藏.txt", "隐藏"),
    ],
)
def test_names_are_made_fit_to_be_shown_and_typed(library: Library, tmp_path: Path, name: str, shown: str) -> None:
    (result,) = library.add([text(tmp_path / name, letter())])
    assert (result.outcome, result.id) == ("新增", shown)
    assert library.ids() == [shown]
    assert library.get(shown).file == f"{shown}.txt"


def test_names_that_some_systems_hold_for_equal_get_ids_of_their_own(library: Library, tmp_path: Path) -> None:
    for number, name in enumerate(("Letter.txt", "LETTER.txt", "Caf\u00e9.txt", "Cafe\u0301.txt")):
        library.add([text(tmp_path / str(number) / name, f"第{number}件，内容各不相同{number * 977}。")])
    assert sorted(library.ids()) == sorted(["Letter", "LETTER-2", "Caf\u00e9", "Cafe\u0301-2"])


def test_a_file_to_be_converted_that_lies_in_the_folder_is_named_with_the_mend(tmp_path: Path) -> None:
    text(tmp_path / "甲.txt", letter())
    word(tmp_path / "乙.docx", bees())
    library = Library(tmp_path, builtin=False)
    assert library.ids() == ["甲"]
    assert [(p.thing, "fuwen corpus add" in p.mend) for p in library.problems] == [("乙.docx", True)]


def test_links_pipes_and_loops_do_no_harm(library: Library, tmp_path: Path) -> None:
    import os

    inbox = tmp_path / "in"
    text(inbox / "甲.txt", letter())
    (inbox / "圈").symlink_to(inbox)
    (inbox / "断.txt").symlink_to(inbox / "没有")
    os.mkfifo(inbox / "管.txt")
    assert outcomes(library, inbox) == [("甲.txt", "甲", "新增")]
    assert [r.outcome for r in library.add([inbox / "断.txt", inbox / "管.txt"])] == ["未加入", "未加入"]


def told(title: str, other: str) -> str:
    """Some three fifths of the text are the same in all; no case number stands in it."""
    same = "".join(f"第{n}条街的路灯今年全部换新，沿线居民晚上出行更加安全方便。" for n in "一二三")
    return f"{title}\n王小平代表：\n您提出的建议收悉，现答复如下：\n{same}\n{other}\n红河市城市管理局\n2023年5月6日\n"


@pytest.mark.parametrize(
    ("title", "outcome"),
    [("关于增设老城区停车泊位建议的答复", "更新"), ("关于清理河道漂浮垃圾建议的答复", "新增")],
)
def test_without_a_case_number_the_title_says_whether_half_a_text_is_the_same_letter(
    library: Library, tmp_path: Path, title: str, outcome: str
) -> None:
    first = "老旧小区的电梯已经加装完毕，菜市场改造同步推进，垃圾分类亭全部建成投用，公园步道铺设塑胶，早市夜市划线经营，噪声扰民专项整治。"
    then = "河道清淤工程完成招标，雨污分流管网开工建设，污水处理厂提标改造，水质监测站点联网运行，沿河护栏更换加固，巡查队伍每日保洁。"
    assert (
        outcomes(library, text(tmp_path / "答复.txt", told("关于增设老城区停车泊位建议的答复", first)))[0][2] == "新增"
    )
    assert outcomes(library, text(tmp_path / "乙/答复.txt", told(title, then)))[0][2] == outcome
