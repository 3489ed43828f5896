"""`fuwen eval report`: saved results in, a folder with results.json, report.md, report.html and junit.xml out."""

import sys
from argparse import Namespace
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from corpus.errors import InputError
from corpus.library import BUILTIN
from corpus.parse import parse_letter
from corpus.read import read_documents
from eval.baseline import BASELINE, Baseline, read_baseline
from eval.gate import Floor, Verdict, hold, joined, read_floors, unsound
from eval.junit import junit
from eval.mutants import LEAST, SelfTest
from eval.ratchet import ratchet
from eval.report_build import Material, build
from eval.report_html import html
from eval.report_markdown import markdown
from eval.report_model import Report, Table
from eval.report_words import VERDICTS, headline
from eval.saved import Saved, parse_json, parse_saved, read_saved, read_text, write_whole
from eval.sets import cases_of, core_of

_MEND = "请重新运行 fuwen eval run --out"


def eval_report(arguments: Namespace) -> int:
    """fuwen eval report: write the reports and say the verdict; 0 when they are written, whatever they say.

    Without --baseline the committed baseline is used where there is one and it is of the same questions and letters.
    """
    text = read_text(arguments.results)
    now = parse_saved(text, str(arguments.results))
    baseline, floors = _baseline(getattr(arguments, "baseline", None), now), read_floors(table="all")
    beside = {path.stem: read_saved(path) for path in getattr(arguments, "beside", None) or ()}
    report = report_results(arguments.out, text, verdict(now, baseline, floors), baseline, floors, beside=beside)
    print(f"{VERDICTS[report.status][1]}：{headline(report)}")
    return 0


def report_results(
    folder: Path,
    text: str,
    verdict: Verdict,
    baseline: Baseline | None,
    floors: Mapping[str, Floor],
    *,
    beside: Mapping[str, Saved] | None = None,
    tables: tuple[Table, ...] = (),
    latency: str = "",
) -> Report:
    """Write the reports of results (`text`, as saved) under a verdict, and say on stderr where they are.

    `latency` is the only thing with a clock in it, so it is given or left out; without it the same results are the same bytes.
    """
    report = build(
        Material(
            now=parse_saved(text, "结果"),
            whole=parse_json(text, "结果", _MEND),
            baseline=baseline,
            floors=floors,
            verdict=verdict,
            beside=beside or {},
            names=letter_names(),
            tables=tables,
            latency=latency,
        )
    )
    write_reports(folder, text, report)
    print(f"fuwen: 报告在 {folder / 'report.html'}", file=sys.stderr)
    return report


def write_reports(folder: Path, results: str, report: Report) -> None:
    """The four files, each whole or as it was; `results` is copied as it is. InputError when the folder cannot be made."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InputError(str(folder), f"建不了文件夹（{error.strerror}）", "请换一个可写的位置") from error
    files = {"results.json": results, "report.md": markdown(report), "report.html": html(report)}
    for name, text in {**files, "junit.xml": junit(report)}.items():
        write_whole(folder / name, text)


def verdict(now: Saved, baseline: Baseline | None, floors: Mapping[str, Floor]) -> Verdict:
    """What the gate says of saved results; what only a live run can show (a second run, the self-test) is left out."""
    outcomes = list(now.outcomes.values())
    core = [one for one in outcomes if one.id in (core_of(None) or ())]
    parts = [unsound(now, ()), *([ratchet(baseline, now, floors)] if baseline else [])]
    parts += [hold(outcomes, floors)] if len(core) < len(outcomes) else []
    parts += [hold(core, read_floors(), "core：")] if core else []
    return joined(parts)


def self_test_table(tested: SelfTest) -> Table:
    """How many spoilt answers of each kind the measures noticed."""
    rows = tuple(
        (
            kind.label,
            kind.measure,
            str(kind.made),
            str(kind.caught),
            f"{kind.caught / kind.made:.0%}" if kind.made else "—",
        )
        for kind in tested.kinds
    )
    share = "没有一个答案可以改坏" if tested.share is None else f"共 {tested.made} 个，发现 {tested.share:.1%}"
    note = f"{share}；至少应为 {LEAST:.0%}。没改坏而分数变了的：{len(tested.moved)}。"
    return Table("评测自检：改坏的答案", ("改法", "应变差的指标", "个数", "发现", "发现率"), rows, note)


def letter_names() -> dict[str, str]:
    """The names of the built-in letters by their ids, each name once: a reader knows titles, not hashes."""
    letters = list(map(parse_letter, read_documents(BUILTIN)))
    often = Counter(letter.name for letter in letters)
    return {one.id: one.name if often[one.name] == 1 else f"{one.name}（{one.id}）" for one in letters}


def _baseline(path: Path | None, now: Saved) -> Baseline | None:
    """The baseline of that file (its own form, or results of another run); the committed one where none is named."""
    if path is None:
        return _of_split(read_baseline(), now) if BASELINE.exists() else None
    return read_baseline(path) if path.suffix == ".jsonl" else Baseline(read_saved(path))


def _of_split(baseline: Baseline, now: Saved) -> Baseline:
    """The part of the baseline that a run of one split is held against; the whole one for a run of anything else."""
    for split in ("core", "dev", "test"):
        ids = {case.id for case in cases_of(None, split)}
        if ids == now.outcomes.keys():
            kept = {name: one for name, one in baseline.saved.outcomes.items() if name in ids}
            # The hash of the questions is that of all of them.
            stamp = {**baseline.saved.fingerprint, "questions": now.fingerprint.get("questions")}
            return replace(baseline, saved=replace(baseline.saved, outcomes=kept, fingerprint=stamp))
    return baseline
