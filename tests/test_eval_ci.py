"""The workflow for a hosted runner does what `make test` does, and keeps the report whatever it says."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
WORKFLOW = (ROOT / ".github/workflows/ci.yml").read_text(encoding="utf-8")


def test_every_make_target_of_the_workflow_exists() -> None:
    targets = re.findall(r"^([\w-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.M)
    called = re.findall(r"run: .*\bmake ([\w-]+)", WORKFLOW)
    assert called == ["test", "report"]
    assert set(called) <= set(targets)


def test_the_report_is_kept_when_the_tests_fail() -> None:
    for step in WORKFLOW.split("      - ")[-2:]:
        assert "if: always()" in step
    assert "path: build/report" in WORKFLOW


def test_the_python_of_the_workflow_is_the_oldest_that_the_package_takes() -> None:
    oldest = re.search(r'requires-python = ">=([\d.]+)', (ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert oldest
    assert f'python-version: "{oldest[1]}"' in WORKFLOW


def test_the_workflow_may_only_read_and_needs_no_secret() -> None:
    assert "contents: read" in WORKFLOW
    assert "secrets." not in WORKFLOW
