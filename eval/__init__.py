"""Gold questions, measures, reports and the gate."""

from typing import TYPE_CHECKING

from corpus.lazy import lazily

if TYPE_CHECKING:
    from eval.cases import Case, check_cases, load_cases
    from eval.gate import judge, read_floors
    from eval.report import render
    from eval.run import Record, Results, run
else:
    lazily(
        __name__,
        {
            "cases": "Case check_cases load_cases",
            "gate": "judge read_floors",
            "report": "render",
            "run": "Record Results run",
        },
    )

__all__ = ["Case", "Record", "Results", "check_cases", "judge", "load_cases", "read_floors", "render", "run"]
