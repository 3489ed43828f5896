"""The loader of gold proposals takes right rows, and names file, line and fault of wrong ones."""

import json
from pathlib import Path
from typing import Any

import pytest

from corpus.errors import InputError
from corpus.letter import Letter
from eval.proposals import ProposalCase, check_proposals, load_proposals, read_proposals, untrue_proposals
from eval.sets import GOLD

LETTERS = {
    "L1": Letter("L1", "L1.txt", "昆明市推出“昆易贷”,开办企业压缩至0.5个工作日。"),
    "L2": Letter("L2", "L2.txt", "银川市设立新星基金,高新技术企业累计最高补助50万元。"),
}
TEXT = "近年来我市小微企业借钱难。为此建议:一、推广政策性贷款。二、设立引导基金。" + "请认真研究。" * 50
ROW: dict[str, Any] = {
    "id": "p1",
    "kind": "人大建议",
    "city": "昆明市",
    "own": ["L1"],
    "title": "关于小微企业融资的建议",
    "text": TEXT,
    "points": [
        {"text": "政策性贷款", "quote": "推广政策性贷款", "precedents": [{"letter": "L1", "quote": "推出“昆易贷”"}]},
        {"text": "引导基金", "quote": "设立引导基金", "precedents": [{"letter": "L2", "quote": "设立新星基金"}]},
        {"text": "认真研究", "quote": "请认真研究", "precedents": []},
    ],
    "foreign_facts": ["新星基金", "50万元"],
}


def written(folder: Path, *rows: dict[str, Any] | str) -> Path:
    path = folder / "proposals.jsonl"
    lines = [row if isinstance(row, str) else json.dumps(row, ensure_ascii=False) for row in rows]
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def loaded(folder: Path, *rows: dict[str, Any] | str) -> list[ProposalCase]:
    proposals = load_proposals(written(folder, *rows))
    check_proposals(proposals, LETTERS)
    return proposals


def point(**change: Any) -> dict[str, Any]:
    return {"points": [ROW["points"][0] | change]}


def test_a_right_row_becomes_a_proposal(tmp_path: Path) -> None:
    (proposal,) = loaded(tmp_path, ROW)
    assert (proposal.city, proposal.own, proposal.foreign) == ("昆明市", ("L1",), ("新星基金", "50万元"))
    assert [(p.text, len(p.precedents)) for p in proposal.points] == [
        ("政策性贷款", 1),
        ("引导基金", 1),
        ("认真研究", 0),
    ]
    assert proposal.place.endswith("proposals.jsonl:1")


def test_a_city_without_letters_owns_none(tmp_path: Path) -> None:
    (proposal,) = loaded(tmp_path, ROW | {"city": "湘潭市", "own": [], "foreign_facts": ["昆易贷", "新星基金"]})
    assert proposal.own == ()


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (point(precedents=[{"letter": "L1", "quote": "推出昆易贷"}]), "没有原文"),
        (point(precedents=[{"letter": "L9", "quote": "昆易贷"}]), "没有 L9"),
        (point(precedents=[{"letter": "L1"}]), "points 须为"),
        (point(precedents=None), "points 须为"),
        (point(quote="推广贷款"), "不在 text 里"),
        (point(note="x"), "points 须为"),
        ({"points": []}, "至少一点"),
        ({"points": [1]}, "points 须为"),
        ({"foreign_facts": ["昆易贷"]}, "就在本市的 L1 里"),
        ({"foreign_facts": ["60万元"]}, "不在任何文件里"),
        # A number only as a whole number: 0万元 stands in 50万元, but is no value of it.
        ({"foreign_facts": ["0万元"]}, "不在任何文件里"),
        ({"foreign_facts": ["新星基金"], "text": TEXT + "像新星基金那样"}, "就在来件里"),
        ({"foreign_facts": ["。"]}, "无法比对"),
        ({"foreign_facts": "昆易贷"}, "foreign_facts 须为文字列表"),
        ({"own": ["L7"]}, "没有 L7"),
        ({"own": None}, "own 须为文字列表"),
        ({"kind": "提议"}, "未知类别 提议"),
        ({"city": ""}, "city 须为非空文字"),
        ({"text": "推广政策性贷款,设立引导基金,请认真研究。"}, "须在 300 与 1500 之间"),
        ({"text": TEXT * 5}, "须在 300 与 1500 之间"),
        ({"titel": "x"}, "未知字段 titel"),
    ],
)
def test_a_wrong_row_is_named_by_file_line_and_fault(tmp_path: Path, change: dict[str, Any], fault: str) -> None:
    with pytest.raises(InputError, match=fault) as caught:
        loaded(tmp_path, ROW | {"id": "p0"}, ROW | change)
    assert "proposals.jsonl:2" in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_row_must_say_which_letters_are_its_citys_own(tmp_path: Path) -> None:
    row = {key: value for key, value in ROW.items() if key != "own"}
    with pytest.raises(InputError, match="own 须为文字列表"):
        loaded(tmp_path, row)


def test_every_bad_row_is_named_and_the_good_ones_are_kept(tmp_path: Path) -> None:
    path = written(tmp_path, "{", ROW, ROW, ROW | {"id": "p2", "foreign_facts": ["昆易贷", "60万元"]})
    proposals, faults = read_proposals(path, tmp_path / "none.jsonl")
    assert [proposal.id for proposal in proposals] == ["p1", "p2"]
    assert [word in str(fault) for word, fault in zip(("JSON", "p1 重复", "读不出"), faults, strict=True)] == [True] * 3
    assert len(list(untrue_proposals(proposals, LETTERS))) == 2


def test_the_shipped_proposals_ask_for_things_with_and_without_precedent() -> None:
    proposals = load_proposals(GOLD / "proposals.jsonl")
    assert len(proposals) >= 10
    assert {"昆明市", "银川市", "金华市"} < {proposal.city for proposal in proposals}
    for proposal in proposals:
        assert {bool(point.precedents) for point in proposal.points} == {True, False}, proposal.id
        assert proposal.foreign
