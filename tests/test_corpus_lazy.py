"""Packages whose names are loaded at their first use."""

import subprocess
import sys

import pytest

import corpus


def told(code: str) -> str:
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip()


def test_a_name_that_is_also_a_module_is_the_function_whatever_was_loaded_before() -> None:
    assert told("import corpus.figures; from corpus import figures; print(callable(figures))") == "True"
    assert told("from eval.run import Record; from eval import run; print(callable(run))") == "True"


def test_importing_a_package_loads_none_of_its_modules() -> None:
    code = "import sys, eval, assistant, index; print(sorted(n for n in sys.modules if n.startswith(('corpus.', 'eval.', 'index.'))))"
    assert told(code) == "['corpus.lazy']"


def test_an_unknown_name_is_an_error_that_names_the_package() -> None:
    with pytest.raises(AttributeError, match="module 'corpus' has no attribute 'nothing'"):
        _ = corpus.nothing  # type: ignore[attr-defined]  # a name that is not there is the case
