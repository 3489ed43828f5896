"""`fuwen eval report` from saved results: four files, the same bytes each time, and what it says when it cannot."""

import json
import xml.etree.ElementTree as ET
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest

from assistant.cli import main
from eval.cli import add_eval_parser
from eval.report_build import Material, build
from eval.report_model import Line, Report, by_letter, entry, fingerprint, stages
from eval.saved import parse_saved

FILES = ["junit.xml", "report.html", "report.md", "results.json"]


def record(name: str, cause: str | None = None, **more: Any) -> dict[str, Any]:
    """A saved record: right and found where there is no cause, else wrong."""
    good = float(cause is None)
    scores = {
        "right": good,
        "Success@5": good,
        "ungrounded figures": 0.0,
        "citation exact": 1.0,
        "sentence coverage": 1.0,
    }
    row = {
        "id": name,
        "kind": "figure",
        "why": None,
        "critical": False,
        "question": f"{name}有多少家？",
        "refused": False,
        "refusal_reason": None,
        "answer": "共1350家。[^1]" if cause is None else "共403家。[^1]",
        "scores": scores,
        "cause": cause,
        "gold": [["L1", "认定高企1350家"]],
        "answers": ["1350家"],
        "quotes": ["认定高企1350家。"],
        "confidence": 0.9 if cause is None else 0.3,
    }
    return row | more


OFF_TOPIC = record(
    "w", kind="unanswerable", why="off_topic", refused=True, refusal_reason="off_topic", gold=[], answers=[], quotes=[],
    confidence=None, scores={"refusal recall": 1.0},
)  # fmt: skip
FINGERPRINT = {"questions": "q", "corpus": "c", "commit": None, "seed": 0, "settings": {"hits": 12}}


def saved(*records: dict[str, Any], **stamp: Any) -> dict[str, Any]:
    return {"chunking": {"characters lost": 0.0}, "fingerprint": FINGERPRINT | stamp, "records": list(records)}


BEFORE = saved(record("a"), record("b"), record("c", "refused"), OFF_TOPIC)
AFTER = saved(record("a"), record("b", "not_in_leg", critical=True), record("c"), OFF_TOPIC)


def file(folder: Path, name: str, results: dict[str, Any]) -> Path:
    path = folder / name
    path.write_text(json.dumps(results, ensure_ascii=False), encoding="utf-8")
    return path


def fuwen(*line: str | Path) -> int:
    return main([str(word) for word in line], extend=add_eval_parser)


def reported(after: dict[str, Any], before: dict[str, Any] | None = None) -> Report:
    from eval.baseline import Baseline

    def read(results: dict[str, Any]) -> Any:
        return parse_saved(json.dumps(results), "t")

    return build(Material(read(after), after, Baseline(read(before)) if before else None))


def test_four_files_are_written_and_are_the_same_bytes_each_time(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    after, before = file(tmp_path, "after.json", AFTER), file(tmp_path, "before.json", BEFORE)
    for out in ("one", "two"):
        assert fuwen("eval", "report", after, "--out", tmp_path / out, "--baseline", before) == 0
    written = {path.name: path.read_bytes() for path in (tmp_path / "one").iterdir()}
    assert sorted(written) == FILES
    assert written == {path.name: path.read_bytes() for path in (tmp_path / "two").iterdir()}
    assert written["results.json"] == after.read_bytes()
    assert len(ET.fromstring(written["junit.xml"]).findall(".//testcase")) == 4
    # Measures that have a floor and are not there: it cannot be told whether all is well.
    said = capsys.readouterr().out.splitlines()
    assert said[0].startswith(
        "不能判定：4 题，通过 3（75.0%）；比基线变好 1 题，变坏 1 题，多在：哪一路都没检索到（1 题）"
    )
    assert "关键题未通过（1 题）：b" in written["report.md"].decode()


def test_results_of_other_conditions_stand_beside_and_those_that_win_are_marked(tmp_path: Path) -> None:
    after, other = (
        file(tmp_path, "after.json", AFTER),
        file(tmp_path, "仅向量.json", saved(record("a"), record("b"), record("c"))),
    )
    assert fuwen("eval", "report", after, "--out", tmp_path / "out", "--baseline", after, "--beside", other) == 0
    row = next(line for line in (tmp_path / "out/report.md").read_text().splitlines() if line.startswith("| 仅向量"))
    assert row.split(" | ")[1:4] == ["▲ 1.000", "—", "▲ 1.000"]


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ('{"records": [', "不完整"),
        ('{"records": []}', "没有一题"),
        ('{"records": [{"id": "a"}]}', "缺少 kind"),
        ("[]", "不是评测结果"),
        (json.dumps(BEFORE).replace("0.9", "NaN"), "NaN"),
    ],
)
def test_results_that_cannot_be_read_are_named_and_nothing_is_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str, fault: str
) -> None:
    path = tmp_path / "bad.json"
    path.write_text(text, encoding="utf-8")
    assert fuwen("eval", "report", path, "--out", tmp_path / "out") == 2
    assert fault in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = file(tmp_path, "after.json", AFTER)
    assert fuwen("eval", "report", path, "--out", path, "--baseline", path) == 2
    assert "建不了文件夹" in capsys.readouterr().err
    assert fuwen("eval", "report", tmp_path / "none.json", "--out", tmp_path / "out") == 2


def test_the_measures_stand_beside_the_baseline_with_the_paired_interval() -> None:
    """right: (1, 1, 0) before, (1, 0, 1) after: the differences 0, −1, +1 have the mean 0 and reach from −1 to 1."""
    lines = {line.measure: line for line in reported(AFTER, BEFORE).lines}
    right = lines["right"]
    assert (right.before, right.now, right.delta, right.n) == (pytest.approx(2 / 3), pytest.approx(2 / 3), 0.0, 3)
    assert right.interval == pytest.approx((-1.0, 1.0), abs=0.34)
    assert (lines["passed"].before, lines["passed"].now, lines["passed"].n) == (0.75, 0.75, 4)
    assert lines["characters lost"] == Line("chunking", "characters lost", 0.0, 0.0, 0.0, None, 0)
    assert lines["nDCG@10"].now is None
    alone = {line.measure: line for line in reported(AFTER).lines}["right"]
    assert (alone.before, alone.delta) == (None, None)
    assert alone.interval == pytest.approx((0.208, 0.939), abs=0.001)


def test_what_changed_sides_has_the_gold_quote_and_both_answers() -> None:
    report = reported(AFTER, BEFORE)
    (worse,), (better,) = report.regressed, report.improved
    assert (worse.before.said, worse.now and worse.now.said) == ("共1350家。[^1]", "共403家。[^1]")
    assert worse.before.quotes == (("L1", "认定高企1350家"),)
    assert (better.before.id, better.before.cause_name) == ("c", "检索到了却拒答")


def test_a_question_that_is_missing_counts_as_worse() -> None:
    report = reported(saved(record("a"), OFF_TOPIC), BEFORE)
    assert [(change.before.id, change.now) for change in report.regressed] == [("b", None)]


def test_a_baseline_of_other_letters_is_not_compared() -> None:
    report = reported(AFTER, saved(*BEFORE["records"], corpus="other"))
    assert not report.compared
    assert report.changes == ()


def test_the_funnel_loses_each_question_once_and_ends_with_those_that_passed() -> None:
    entries = [entry(one) for one in (*AFTER["records"], record("d", "cited_wrong"), record("e", "from_the_future"))]
    found = stages(entries)
    assert sum(stage.lost for stage in found) == 3
    assert (found[-1].name, found[-1].left) == ("from_the_future", 3)
    assert [stage.name for stage in found if stage.lost] == ["哪一路都没检索到", "答对了但引错", "from_the_future"]


def test_kinds_and_letters_have_their_share_and_the_weakest_comes_first() -> None:
    report = reported(AFTER, BEFORE)
    assert [(one.name, one.passed, one.n, one.before) for one in report.kinds] == [
        ("数据", 2, 3, pytest.approx(2 / 3)),
        ("不可答·题外", 1, 1, 1.0),
    ]
    assert [(one.name, one.n) for one in report.letters] == [("L1", 3)]
    twice = entry(record("x", gold=[["L1", "甲"], ["L2", "乙"], ["L1", "丙"]]))
    assert {name: len(found) for name, found in by_letter([twice]).items()} == {"L1": 1, "L2": 1}


def test_the_curve_takes_the_surest_answers_first() -> None:
    """Four asked, three answered: two at 0.9 (right), one at 0.3 (wrong)."""
    assert reported(AFTER).curve == ((0.5, 0.0), (0.75, pytest.approx(1 / 3)))


def test_results_of_an_older_version_are_shown_as_far_as_they_go() -> None:
    old = deepcopy(AFTER) | {"fingerprint": "hash", "chunking": {}}
    for one in old["records"]:
        for name in ("gold", "answers", "quotes", "confidence"):
            one.pop(name)
    report = reported(old)
    assert (report.letters, report.curve, report.fingerprint) == ((), (), (("questions", "hash"),))
    assert fingerprint(None) == (("questions", "—"),)
