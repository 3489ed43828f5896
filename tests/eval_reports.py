"""Reports to lay out: one by hand, small enough to read, and one as large and as hostile as they come."""

from eval.report_model import Change, Entry, Line, Report, Share, Table, by_kind, shares, stages

HOSTILE = '<script>alert(1)</script><img src="http://x.invalid/a.png" onerror=alert(2)>|`*_#\x00\u202e\ud800&amp;]]>'


def asked(
    name: str, kind: str = "数据", cause: str | None = None, *, said: str = "1350家。", critical: bool = False
) -> Entry:
    """A question about one letter, answered so."""
    return Entry(name, kind, f"{name}有多少家？", critical, cause, said, "1350家", (("答复甲", "认定高企1350家"),))


RIGHT = asked("a")
WRONG = asked("b", cause="answered_wrong", said="403家。", critical=True)
SMALL = Report(
    entries=(RIGHT, WRONG),
    lines=(
        Line("answer", "right", 1.0, 0.5, -0.5, (-1.0, 0.0), 2, "≥ 0.85", low=True),
        Line("refusal", "refusal recall", None, None, None, None, 0),
    ),
    status=1,
    failed=("right 0.500，低于 0.85", "b：关键题未通过"),
    kinds=(Share("数据", 1, 2, (0.095, 0.905), 1.0),),
    letters=(Share("答复甲", 1, 2, (0.095, 0.905)),),
    stages=stages((RIGHT, WRONG)),
    changes=(Change(asked("b", critical=True), WRONG),),
    compared=True,
    curve=((0.5, 0.0), (1.0, 0.5)),
    tables=(Table("评测自检", ("改法", "个数"), (("换一个数字", "2"),), "至少 95%。"),),
    fingerprint=(("commit", "abc"), ("seed", "0")),
    latency="每题用时：中位 20.0 毫秒",
)


def large(failed: int = 60, passed: int = 140) -> Report:
    """Many failures over several kinds and causes, every text hostile."""
    causes = ("not_in_leg", "answered_wrong", "cited_wrong", "refused")
    kinds = ("数据", "口语", "不可答·题外", HOSTILE)
    bad = [
        Entry(
            f"q{n}", kinds[n % 4], HOSTILE * 2, n % 9 == 0, causes[n % 4], HOSTILE * 8, HOSTILE, ((HOSTILE, HOSTILE),)
        )
        for n in range(failed)
    ]
    good = [asked(f"p{n}", kinds[n % 3]) for n in range(passed)]
    entries = (*bad, *good)
    return Report(
        entries=entries,
        lines=tuple(
            Line("answer", f"measure {n}", 0.5, 0.4, -0.1, (-0.2, 0.05), 200, "≥ 0.9", n % 2 == 0) for n in range(40)
        ),
        status=1,
        failed=tuple(f"q{n} 原来通过，现在不通过：{HOSTILE} → 改回" for n in range(failed)),
        notes=(HOSTILE,),
        kinds=shares(by_kind(entries), by_kind(entries)),
        stages=stages(entries),
        changes=tuple(Change(asked(one.id), one) for one in bad),
        compared=True,
        tables=(Table(HOSTILE, (HOSTILE,) * 9, ((HOSTILE,) * 9,) * 3, HOSTILE),),
        fingerprint=(("settings.x", HOSTILE * 3), ("corpus", "ab" * 64)),
    )
