"""Reads the prompts of the folder prompts/ and fills them strictly."""

from pathlib import Path
from string import Template

FOLDER = Path(__file__).resolve().parent.parent / "prompts"


def fill(name: str, **values: str) -> str:
    """The prompt `prompts/<name>.md` with its variables filled.

    Raises KeyError when the prompt has a variable without a value, or a value is given that it does not use.
    """
    template = Template((FOLDER / f"{name}.md").read_text(encoding="utf-8"))
    unused = set(values) - set(template.get_identifiers())
    if unused:
        raise KeyError(f"prompt {name} does not use {', '.join(sorted(unused))}")
    return template.substitute(values)
