"""The thesaurus: longest forms, no parts of longer words, nothing that the question says already, bad tables named."""

import os
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.assistant import open_assistant
from corpus.errors import SettingsError
from index.thesaurus import BUILTIN, FILE, Expansion, Thesaurus, expansions, open_thesaurus, tokens
from index.thesaurus_rows import Row, parse_rows, read_rows
from index.words import compact, normalise
from tests.assistant_fakes import fuwen

TABLE = "办执照；领执照\t商事登记\n拿…借钱\t知识产权质押融资\n钱\t资金\n小厂\t小微企业\nPE\t股权投资\t\t\t简称\n借钱\t贷款\n"


def small(table: str = TABLE) -> Thesaurus:
    return Thesaurus(parse_rows(table))


def means(question: str, table: str = TABLE) -> set[str]:
    return {e.means for e in small(table).expansions(question)}


def test_an_everyday_form_finds_the_official_one() -> None:
    assert means("想领执照要几天") == {"商事登记"}


def test_a_gap_is_bridged_within_a_clause_and_not_beyond() -> None:
    assert "知识产权质押融资" in means("能拿专利去借钱吗")
    assert "知识产权质押融资" not in means("专利拿到了，想借钱")
    assert "知识产权质押融资" not in means("拿出专利证书原件去银行借钱")


@pytest.mark.parametrize("question", ["钱塘江治理", "缩小厂房面积", "OPEN平台", "数字PE2"])
def test_a_part_of_a_longer_word_is_not_matched(question: str) -> None:
    assert means(question) == set()


def test_the_longest_form_wins() -> None:
    assert means("哪里借钱") == {"贷款"}


def test_what_the_question_says_is_not_repeated() -> None:
    assert means("领执照就是商事登记吗") == set()


def test_variants_stand_for_each_other_and_everyday_words_point_one_way() -> None:
    table = "揭榜制\t揭榜挂帅\t\t\t异称\n办执照\t商事登记"
    assert means("揭榜挂帅怎么报", table) == {"揭榜制"}
    assert means("揭榜制怎么报", table) == {"揭榜挂帅"}
    assert means("商事登记多少户", table) == set()


def test_width_case_and_traditional_characters_do_not_matter() -> None:
    assert means("ＰＥ基金") == {"股权投资"}


def test_a_short_or_ambiguous_form_weighs_less() -> None:
    table = "小厂\t小微企业\n借不到钱\t融资难\n没人管\t监管缺位；责任缺位"
    weights = {e.means: e.weight for q in ("小厂", "借不到钱", "没人管") for e in small(table).expansions(q)}
    assert weights["融资难"] > weights["小微企业"]
    assert weights["融资难"] > weights["监管缺位"]


@pytest.mark.parametrize(
    ("line", "named"),
    [
        ("办执照", "1 栏"),
        ("办执照\t", "写法"),
        ("\t商事登记", "说法"),
        ("a\tb\tc\td\te\tf", "6 栏"),
        ("办执照\t商事登记\t2", "权重“2”"),
        ("办执照\t商事登记\tnan", "权重“nan”"),
        ("办执照\t商事登记\t0.0", "权重"),
        ("办执照\t商事登记\t0.5\t左", "方向“左”"),
        ("办执照\t商事登记\t0.5\t\t俗话", "俗话"),
        ("办执照\t商…登记", "省略号"),
        ("拿…借钱\t质押\t\t双向", "省略号"),
        ("办" * 41 + "\t商事登记", "40"),
    ],
)
def test_a_bad_line_is_named_in_one_line(line: str, named: str) -> None:
    with pytest.raises(SettingsError) as caught:
        parse_rows(f"# 说明\n{line}\n", "我的表.tsv")
    assert "第 2 行" in str(caught.value)
    assert named in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("code", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_the_tables_of_excel_and_notepad_are_read(tmp_path: Path, code: str) -> None:
    path = tmp_path / FILE
    path.write_bytes(
        '说法\t写法\t权重\t方向\t类别\r\n"办执照"\t商事登记；设立登记\t0.5\t\t\r\n\t\t\t\t\r\n'.encode(code)
    )
    assert read_rows(path) == (Row((("办执照",),), ("商事登记", "设立登记"), 0.5, "口语"),)


def test_a_table_in_the_data_folder_adds_to_the_built_in_one_and_is_read_anew(tmp_path: Path) -> None:
    question = "瓦猫计划借不到钱怎么办"
    assert "融资难" in {e.means for e in expansions(question, tmp_path)}
    table = tmp_path / FILE
    table.write_text("瓦猫计划\t科技成果转化行动\t\t\t简称\n", encoding="utf-8")
    assert {"融资难", "科技成果转化行动"} <= {e.means for e in expansions(question, tmp_path)}
    table.write_text("瓦猫计划\t科技人才行动\t\t\t简称\n", encoding="utf-8")
    os.utime(table, ns=(1, 1))
    assert "科技人才行动" in {e.means for e in expansions(question, tmp_path)}
    table.unlink()
    assert "科技人才行动" not in {e.means for e in expansions(question, tmp_path)}


def test_a_table_that_is_no_text_is_named(tmp_path: Path) -> None:
    (tmp_path / FILE).write_bytes(b"\xff\xff\x00\x81")
    with pytest.raises(SettingsError, match=FILE):
        expansions("高企", tmp_path)
    (tmp_path / FILE).unlink()
    (tmp_path / FILE).mkdir()
    assert expansions("借不到钱", tmp_path)


@given(st.text(alphabet='办执照领拿借钱小厂 PE…，。ab1;；\t\n"', max_size=60))
def test_any_text_is_a_table_or_a_named_error(text: str) -> None:
    rows: tuple[Row, ...] = ()
    with suppress(SettingsError):
        rows = parse_rows(text)
    assert all(all(row.means) and all(map(all, row.asked)) and 0 < row.weight <= 1 for row in rows)


@given(st.text())
def test_any_characters_are_a_table_or_a_named_error(text: str) -> None:
    with suppress(SettingsError):
        Thesaurus(parse_rows(text)).expansions(text)


QUESTIONS = st.lists(
    st.sampled_from(
        ["借不到钱", "小厂", "高企", "怎么办", "，", "请专家", "R&D", "补点钱", "打假", "企业", "2022年", "資金"]
    )
).map("".join)


@given(QUESTIONS | st.text(max_size=200))
def test_expansions_say_nothing_that_the_question_says(question: str) -> None:
    said = compact(question)
    for expansion in expansions(question):
        assert expansion.means not in said
        assert expansion.asked.split("…")[0] in normalise(question)
        assert 0 < expansion.weight <= 1


def test_every_built_in_form_is_found_when_it_is_asked() -> None:
    thesaurus, rows = open_thesaurus(), read_rows(BUILTIN)
    assert len(rows) > 1000
    asked = {"".join(form) for row in rows for form in row.asked if any(m not in "".join(form) for m in row.means)}
    assert not {form for form in asked if not thesaurus.expansions(form)}


def test_an_expansion_weighs_no_more_than_a_word_of_the_question_and_long_ones_less() -> None:
    found = [Expansion("甲", "乙", 0.9, "简称"), Expansion("丙", "乙丁戊己", 0.4, "口语")]
    weights = tokens(found, list)
    assert weights == {"乙": 1.0, "丁": 0.4, "戊": 0.4, "己": 0.4}


def test_a_thesaurus_in_the_data_folder_is_used_by_the_search_without_a_restart(tmp_path: Path) -> None:
    data = tmp_path / "data"
    for name, text in (("a", "全市有日间照料中心77家。"), ("b", "全市有茶园12亩。")):
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
        assert fuwen("corpus", "add", tmp_path / f"{name}.txt", "--data", data) == 0
    assistant = open_assistant(data)
    assert not any(hit.why.expansions for hit in assistant.search("嘎嘎屋在哪"))
    (data / FILE).write_text("嘎嘎屋\t日间照料中心\n", encoding="utf-8")
    best = assistant.search("嘎嘎屋在哪")[0]
    assert (best.chunk.letter, best.why.expansions) == ("a", (("嘎嘎屋", "日间照料中心"),))
