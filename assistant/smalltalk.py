"""Fixed, friendly replies to greetings and to questions about the assistant itself; never cited."""

import re
import tomllib
from functools import cache
from pathlib import Path

from assistant.understand import fold

_FILE = Path(__file__).with_name("smalltalk.toml")


def reply(question: str) -> str:
    """The reply of the first row of smalltalk.toml whose expression is found, the last row's otherwise.

    >>> "复文" in reply("你好")
    True
    """
    folded = fold(question)
    rows = _rows()
    return next((text for pattern, text in rows if pattern.search(folded)), rows[-1][1])


@cache
def _rows() -> tuple[tuple[re.Pattern[str], str], ...]:
    table = tomllib.loads(_FILE.read_text(encoding="utf-8"))["reply"]
    return tuple((re.compile(row["when"]), row["text"]) for row in table)
