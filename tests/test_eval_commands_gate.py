"""`fuwen eval gate`, `compare` and `baseline accept` from the command line, over a small corpus of its own."""

import json
from pathlib import Path
from typing import Any

import pytest

from assistant.cli import main
from eval.cli import add_eval_parser

TEXT = "关于科技工作的情况\n全市累计认定高新技术企业1350家。\n市科技局设立成果转化专项资金，规模为2亿元。\n"
ROWS: list[dict[str, Any]] = [
    {
        "id": name,
        "question": question,
        "kind": "figure",
        "answer_groups": [[answer]],
        "evidence": [[{"letter": "L1", "quote": quote}]],
        "answerable": True,
    }
    for name, question, answer, quote in (
        ("q1", "全市累计认定高新技术企业多少家？", "1350家", "高新技术企业1350家"),
        ("q2", "成果转化专项资金规模是多少？", "2亿元", "规模为2亿元"),
    )
]
OFF_TOPIC = {"id": "q3", "question": "红烧排骨怎么做才不腻？", "kind": "unanswerable", "answerable": False}
ROWS.append(OFF_TOPIC | {"why_unanswerable": "off_topic"})
FLOORS = (
    '[floors]\n"AnswerHit" = { least = 0.5 }\n[all]\n"AnswerHit" = { least = 0.5 }\n"false refusal" = { most = 0.5 }\n'
)


class World:
    """A corpus, a gold file, floors and a place for the baseline."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.data, self.gold = folder, folder / "data", folder / "gold.jsonl"
        self.floors, self.baseline = folder / "floors.toml", folder / "baseline.jsonl"
        self.data.mkdir()
        (self.data / "L1.txt").write_text(TEXT, encoding="utf-8")
        self.floors.write_text(FLOORS, encoding="utf-8")
        self.ask(*ROWS)

    def ask(self, *rows: dict[str, Any]) -> None:
        self.gold.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows), encoding="utf-8")

    def fuwen(self, *line: str | Path) -> int:
        return main([str(word) for word in line], extend=add_eval_parser)

    def judge(self, *line: str | Path) -> int:
        given = {"gold": self.gold, "data": self.data, "floors": self.floors, "baseline": self.baseline}
        return self.fuwen("eval", *line, *(word for name, path in given.items() for word in (f"--{name}", path)))

    def results(self, name: str = "now") -> Path:
        path = self.folder / f"{name}.json"
        self.fuwen("eval", "run", "--json", "--gold", self.gold, "--data", self.data, "--out", path)
        return path

    def changed(self, path: Path, **fields: Any) -> Path:
        """Results of which the first question came out otherwise."""
        saved = json.loads(path.read_text(encoding="utf-8"))
        saved["records"][0] |= fields
        other = path.with_stem("changed")
        other.write_text(json.dumps(saved, ensure_ascii=False), encoding="utf-8")
        return other


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World(tmp_path)


def test_what_was_accepted_passes_over_two_fresh_runs(world: World, capsys: pytest.CaptureFixture[str]) -> None:
    assert world.judge("baseline", "accept") == 0
    accepted = world.baseline.read_bytes()
    assert f"已写入 {world.baseline}：3 题，通过 3" in capsys.readouterr().out
    assert world.judge("gate", "--out", world.folder / "results.json") == 0
    said = capsys.readouterr().out.splitlines()
    assert said[0] == "通过：3 / 3 题通过"
    assert any(line.startswith("核对环节：改错的") for line in said)
    assert json.loads((world.folder / "results.json").read_text(encoding="utf-8"))["records"]
    assert not (world.data / "index").exists()
    assert world.judge("baseline", "accept") == 0
    assert world.baseline.read_bytes() == accepted


def test_a_question_that_turned_wrong_fails_until_it_is_accepted_with_a_reason(
    world: World, capsys: pytest.CaptureFixture[str]
) -> None:
    good = world.results()
    assert world.judge("baseline", "accept", good) == 0
    wrong = world.changed(good, cause="answered_wrong", answer="1200家")
    capsys.readouterr()
    assert world.judge("gate", wrong) == 1
    said = capsys.readouterr().out
    assert said.startswith("未通过：")
    assert "q1 原来通过，现在检索到了却答错" in said
    before = world.baseline.read_bytes()
    assert world.judge("baseline", "accept", wrong) == 2
    told = capsys.readouterr()
    assert "变错 1 题（检索到了却答错 1）" in told.out
    assert "q1：原来通过、现在不通过的 1 题没有写明理由" in told.err
    assert world.baseline.read_bytes() == before
    assert world.judge("baseline", "accept", wrong, "--reason", "q1=口径改了") == 0
    assert world.judge("gate", wrong) == 0


def test_two_results_are_compared_measure_by_measure_and_question_by_question(
    world: World, capsys: pytest.CaptureFixture[str]
) -> None:
    good = world.results()
    wrong = world.changed(good, cause="answered_wrong", answer="1200家")
    capsys.readouterr()
    assert world.fuwen("eval", "compare", good, wrong, "--floors", world.floors) == 0
    said = capsys.readouterr().out
    assert said.splitlines()[0].split()[:3] == ["指标", "now", "changed"]
    assert "变错 1 题（检索到了却答错 1）" in said
    assert "新：1200家" in said
    assert world.fuwen("eval", "compare", good, wrong, "--json") == 0
    assert json.loads(capsys.readouterr().out)["regressed"][0]["after"]["answer"] == "1200家"


def test_without_a_baseline_nothing_passes(world: World, capsys: pytest.CaptureFixture[str]) -> None:
    assert world.judge("gate", world.results()) == 2
    assert capsys.readouterr().err.splitlines()[-1] == (
        f"fuwen: {world.baseline}：还没有基线。请先运行 fuwen eval baseline accept"
    )


@pytest.mark.parametrize(
    ("harm", "fault"),
    [
        (lambda text: text[: len(text) // 2], "不完整（像是运行中断时留下的）"),
        (lambda text: "", "不完整（像是运行中断时留下的）"),
        (lambda text: text.replace('"AnswerHit": 1.0', '"AnswerHit": NaN', 1), "含有 NaN"),
        (lambda text: text.replace('"q2"', '"q1"'), "题号 q1 重复"),
        (lambda text: '{"records": [], "fingerprint": {}}', "没有一题"),
    ],
)
@pytest.mark.parametrize("action", ["gate", "accept", "compare"])
def test_results_that_cannot_be_used_are_status_2_on_one_line(  # type: ignore[no-untyped-def]  # a case of the table
    world: World, capsys: pytest.CaptureFixture[str], action: str, harm, fault: str
) -> None:
    good = world.results()
    world.judge("baseline", "accept", good)
    bad = world.folder / "bad.json"
    bad.write_text(harm(good.read_text(encoding="utf-8")), encoding="utf-8")
    capsys.readouterr()
    if action == "compare":
        assert world.fuwen("eval", "compare", good, bad) == 2
    else:
        assert world.judge(*(["gate", bad] if action == "gate" else ["baseline", "accept", bad])) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert len(said.err.splitlines()) == 1
    assert fault in said.err
    assert "bad.json" in said.err


def test_a_missing_question_fails_the_gate_and_makes_no_baseline(
    world: World, capsys: pytest.CaptureFixture[str]
) -> None:
    good = world.results()
    world.judge("baseline", "accept", good)
    saved = json.loads(good.read_text(encoding="utf-8"))
    del saved["records"][1]
    good.write_text(json.dumps(saved), encoding="utf-8")
    capsys.readouterr()
    assert world.judge("gate", good) == 1
    assert "缺 1 题，按答错计：q2" in capsys.readouterr().out
    assert world.judge("baseline", "accept", good) == 2
    assert "题 q2：结果里没有这一题，不能作基线" in capsys.readouterr().err


def test_a_baseline_of_another_corpus_or_gold_is_status_2_and_named(
    world: World, capsys: pytest.CaptureFixture[str]
) -> None:
    world.judge("baseline", "accept", world.results())
    world.ask(*ROWS[:2], ROWS[2] | {"question": "红烧肉怎么做？"})
    capsys.readouterr()
    assert world.judge("gate", world.results()) == 2
    assert "基线属于另一份题库：q3 改过" in capsys.readouterr().out
    world.ask(ROWS[0], ROWS[1] | {"answer_groups": [["2亿"]]}, ROWS[2])
    assert world.judge("gate", world.results()) == 2
    assert "题目的答案或依据改过" in capsys.readouterr().out
    world.ask(*ROWS)
    (world.data / "L2.txt").write_text("另一件。", encoding="utf-8")
    assert world.judge("gate", world.results()) == 2
    assert "基线属于另一批复文" in capsys.readouterr().out


def test_results_with_a_broken_invariant_make_no_baseline(world: World, capsys: pytest.CaptureFixture[str]) -> None:
    good = world.results()
    scores = json.loads(good.read_text(encoding="utf-8"))["records"][0]["scores"]
    bad = world.changed(good, scores=scores | {"citation exact": 0.5})
    capsys.readouterr()
    assert world.judge("baseline", "accept", bad) == 2
    assert "q1：引文与原文不符：这样的结果不能作基线" in capsys.readouterr().err
    assert not world.baseline.exists()


def test_an_empty_gold_and_an_unknown_condition_are_named(world: World, capsys: pytest.CaptureFixture[str]) -> None:
    world.judge("baseline", "accept", world.results())
    world.gold.write_text("\n", encoding="utf-8")
    capsys.readouterr()
    assert world.judge("gate") == 2
    assert "题库里没有题" in capsys.readouterr().err
    assert world.fuwen("eval", "run", "--condition", "dense", "--data", world.data) == 2
    assert "没有条件 dense。可用：default、lexical-only" in capsys.readouterr().err


def test_a_run_that_is_killed_leaves_the_file_of_before(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    path = world.results()
    before = path.read_bytes()

    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("os.replace", killed)
    assert world.fuwen("eval", "run", "--json", "--gold", world.gold, "--data", world.data, "--out", path) == 130
    assert path.read_bytes() == before
