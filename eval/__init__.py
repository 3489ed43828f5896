"""Gold questions, measures, reports and the gate."""

from eval.cases import Case, check_cases, load_cases
from eval.gate import judge, read_floors
from eval.report import render
from eval.run import Record, Results, run

__all__ = ["Case", "Record", "Results", "check_cases", "judge", "load_cases", "read_floors", "render", "run"]
