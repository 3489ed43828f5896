"""The laws of reading: any text and any bytes become a letter or a clear error, offsets are exact, nothing is lost."""

import io
import zipfile
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path

import pytest
from hypothesis import HealthCheck, assume, example, given, settings
from hypothesis import strategies as st

from corpus.box import flat
from corpus.check import check
from corpus.clean import clean
from corpus.errors import UnreadableFile
from corpus.letter import Letter, Stated
from corpus.parse import parse_letter
from corpus.privacy import mask
from corpus.read import RawDocument, plain, read_documents

DOCUMENTS = Path(__file__).parents[1] / "corpus" / "documents"
SEEDS = tuple(raw.text for raw in read_documents(DOCUMENTS))
# Fields whose value is what stands at their place, white space and width of characters aside.
VERBATIM = ("title", "session", "issuer", "index_no", "proposers", "numbers", "co_organs")


def stated(letter: Letter) -> Iterator[tuple[str, Stated]]:
    for field in fields(letter.metadata):
        value = getattr(letter.metadata, field.name)
        for one in value if isinstance(value, tuple) else (value,):
            if one is not None:
                yield field.name, one


def squeezed(text: str) -> str:
    return "".join(flat(text).split())


def parsed(text: str, title: str | None = None) -> Letter:
    return parse_letter(RawDocument("甲", "甲.txt", title, text))


def is_subsequence(lines: list[str], whole: list[str]) -> bool:
    rest = iter(whole)
    return all(line in rest for line in lines)


_WORDS = st.sampled_from(
    [
        *(
            "关于",
            "答复",
            "建议",
            "提案",
            "代表：",
            "委员：",
            "收悉",
            "第",
            "号",
            "届",
            "次会议",
            "政协",
            "人大",
            "昆明市",
            "科技局",
        ),
        *(
            "一、",
            "（一）",
            "1.",
            "一是",
            "《",
            "》",
            "“",
            "”",
            "（",
            "）",
            "〔2022〕",
            "2023年6月19日",
            "感谢您",
            "联系人：",
            "\n",
            "\n\n",
        ),
        *(
            "13812345678",
            "索引号：",
            "发布日期：",
            "类别：A",
            "当前位置：首页>",
            "上一篇：",
            "附件：",
            "抄送：",
            "　",
            " ",
            "。",
            "，",
            "：",
            "×××",
        ),
        *(
            "您提出的",
            "现答复如下：",
            "会办意见",
            "其中",
            "10家",
            "增长5%",
            "扫一扫",
            "字体：大 中 小",
            "\t",
            "\u200b",
            "①",
            "𠮷",
            "e\u0301",
        ),
    ]
)
TEXTS = st.one_of(
    st.text(max_size=200), st.lists(st.one_of(_WORDS, st.text(max_size=4)), max_size=60).map("".join)
).map(plain)


@st.composite
def torn_seeds(draw: st.DrawFn) -> str:
    """A real letter with a piece cut out, another put in, and its lines perhaps joined or doubled."""
    text = draw(st.sampled_from(SEEDS))
    a, b = sorted(draw(st.tuples(st.integers(0, len(text)), st.integers(0, len(text)))))
    cut = text[:a] + draw(TEXTS) + text[b:]
    return draw(st.sampled_from([cut, cut.replace("\n", ""), cut.replace("\n", "\n\n"), cut.replace("。", "。\n")]))[
        :6000
    ]


@given(st.one_of(TEXTS, torn_seeds()), st.one_of(st.none(), TEXTS))
def test_any_text_becomes_a_letter_whose_offsets_are_exact(text: str, title: str | None) -> None:
    letter = parsed(text, title)
    size = len(letter.text)
    assert 0 <= letter.body[0] <= letter.body[1] <= size
    for name, one in stated(letter):
        assert one.origin in ("stated", "inferred")
        assert (one.start is None) == (one.end is None)
        if one.start is None or one.end is None:
            continue
        assert 0 <= one.start < one.end <= size, name
        if one.origin == "stated" and name in VERBATIM:
            assert squeezed(one.value) in squeezed(letter.text[one.start : one.end]), name
    for section in letter.sections:
        assert letter.body[0] <= section.start < section.end <= letter.body[1]
        assert letter.text.startswith(section.heading, section.start)
        assert section.level == len(section.heading_path)
        assert section.heading_path[-1] == section.heading


@given(st.one_of(TEXTS, torn_seeds()))
def test_the_lines_of_a_letter_are_lines_of_its_source_in_their_order(text: str) -> None:
    source = [line.rstrip() for line in mask(text).split("\n")]
    assert is_subsequence([line.rstrip() for line in parsed(text).text.split("\n")], source)


@given(st.one_of(TEXTS, torn_seeds()))
def test_cleaning_twice_is_cleaning_once(text: str) -> None:
    once = clean(text).text
    assume(once.strip())
    assert clean(once).text == once


@given(st.one_of(TEXTS, torn_seeds()))
def test_a_letter_read_again_from_its_text_has_the_same_text(text: str) -> None:
    once = parsed(text).text
    assume(once.strip())
    assert parsed(once).text == once


@given(torn_seeds())
def test_what_a_check_finds_stands_where_it_says(text: str) -> None:
    letter = parsed(text)
    assert all(letter.text[f.start : f.end] == f.quote for f in check(letter))


def _docx(data: bytes) -> bytes:
    """A zip that looks like a Word file and holds these bytes as its document."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", data)
    return held.getvalue()


ENDINGS = (".txt", ".md", ".jsonl", ".html", ".docx")
BYTES = st.one_of(
    st.binary(max_size=300),
    TEXTS.map(str.encode),
    TEXTS.map(lambda t: t.encode("gb18030")),
    TEXTS.map(lambda t: t.encode("utf-16")),
    TEXTS.map(lambda t: f"<html><body><p>{t}</p><table><tr><td>{t}".encode()),
    st.binary(max_size=200).map(_docx),
)


@pytest.mark.parametrize("ending", ENDINGS)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=BYTES)
@example(data=b"")
@example(data=b"\xff\xfe\x00")
@example(data=b'{"id": "1", "text": "\\ud800"}')
def test_any_bytes_become_letters_or_one_clear_line(tmp_path: Path, ending: str, data: bytes) -> None:
    path = tmp_path / f"甲{ending}"
    path.write_bytes(data)
    try:
        letters = [parse_letter(raw) for raw in read_documents(path)]
        problem = None
    except UnreadableFile as refusal:
        letters, problem = [], refusal
    assert all(letter.text.strip() for letter in letters)
    assert letters or (problem is not None and problem.mend and "\n" not in str(problem))


# Realistic letters, part by part.
PLACES = st.sampled_from(["昆明市", "金华市", "霍山县", "保定市", "曲靖市", "青田县", "桐乡市", "阜阳市"])
BUREAUS = st.sampled_from(
    ["教育局", "民政局", "交通运输局", "生态环境局", "卫生健康委员会", "市场监督管理局", "水利局", "文化和旅游局"]
)
PEOPLE = st.sampled_from(["王建国", "李秀兰", "欧阳明", "赵一鸣", "陈志强", "周海燕", "马晓红"])
SUBJECTS = st.sampled_from(
    ["加强农村饮水安全保障", "完善养老服务体系", "优化公交线路", "推进垃圾分类", "规范校外培训", "支持中小企业发展"]
)
NUMERALS = "一二三四五六七八九十"


@st.composite
def pages(draw: st.DrawFn) -> tuple[str, dict[str, str]]:
    """A reply as a page shows it, and what it states."""
    place, bureau, who, about = draw(PLACES), draw(BUREAUS), draw(PEOPLE), draw(SUBJECTS)
    deputy, term, meeting = draw(st.booleans()), draw(st.integers(1, 10)), draw(st.integers(1, 5))
    number = str(draw(st.integers(1, 399))).zfill(draw(st.sampled_from([1, 3, 4])))
    year, month, day = draw(st.integers(2016, 2025)), draw(st.integers(1, 12)), draw(st.integers(1, 28))
    assembly, kind, role = ("人大", "建议", "代表") if deputy else ("政协", "提案", "委员")
    session = f"{NUMERALS[term - 1]}届{'人大' if deputy else ''}{NUMERALS[meeting - 1]}次会议"
    seat = f"{place[-1]}{session}" if deputy else f"{place[-1]}政协{session}"
    title = f"关于{about}的{kind}"
    head = f"{place}{bureau}关于对{seat}第{number}号{kind}的答复"
    points = draw(st.integers(0, 4))
    body = [
        f"{NUMERALS[k]}、推进第{NUMERALS[k]}项工作\n已建成{k + 3}处，投入{k + 1}20万元。" for k in range(points)
    ] or ["已安排资金300万元，正在实施。"]
    signed = f"{place}{bureau}\n{year}年{month}月{day}日"
    letter = f"{who}{role}：\n您提出的《{title}》（第{number}号）收悉。现答复如下：\n" + "\n".join(body)
    letter += f"\n感谢您对我们工作的关心和支持。\n{signed}"
    above = draw(
        st.sampled_from(["", "当前位置：首页 > 政务公开 > 建议提案\n", "无障碍浏览\n首页/政府信息公开/建议提案/正文\n"])
    )
    box = draw(st.sampled_from(["", f"索引号：00234567X/{year}-00123\n发布机构：{place}{bureau}\n"]))
    below = draw(
        st.sampled_from(["", "\n扫一扫在手机打开当前页", "\n上一篇：没有了\n下一篇：没有了", "\n打印本页 关闭窗口"])
    )
    says = {
        "kind": "人大建议" if deputy else "政协提案",
        "numbers": number,
        "title": title,
        "proposers": who,
        "issuer": f"{place}{bureau}",
        "date": f"{year}-{month:02d}-{day:02d}",
        "session": session,
        "letter": letter,
        "sections": str(points),
        "assembly": assembly,
    }
    if box:
        says["index_no"] = f"00234567X/{year}-00123"
    return f"{above}{box}{head}\n{letter}{below}", says


@settings(max_examples=200)
@given(pages())
def test_what_a_page_states_comes_back(page: tuple[str, dict[str, str]]) -> None:
    text, says = page
    letter = parsed(text)
    assert says["letter"] in letter.text
    got = {name: one.value for name, one in reversed(list(stated(letter)))}
    assert says["session"] in got["session"] or got["session"] in says["session"]
    for name in ("kind", "numbers", "title", "proposers", "issuer", "date", "index_no"):
        assert got.get(name) == says.get(name), name
    assert len([s for s in letter.sections if s.level == 1]) == int(says["sections"])


@settings(max_examples=100)
@given(pages())
def test_a_well_formed_letter_wants_nothing_but_a_contact(page: tuple[str, dict[str, str]]) -> None:
    findings = check(parsed(page[0]))
    assert {f.problem for f in findings} <= {"缺联系人"}
