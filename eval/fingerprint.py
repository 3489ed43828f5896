"""Say what decides a result: corpus, settings, model, versions, commit; never a clock, a path or a key."""

import platform
import subprocess
from dataclasses import asdict
from functools import cache
from importlib import metadata
from pathlib import Path
from typing import Any

from eval.trace import Watched

ROOT = Path(__file__).resolve().parent.parent
LIBRARIES = ("fuwen", "numpy", "faiss-cpu", "tokenizers", "rjieba", "langchain-core")
# Settings that say where things lie or who may use them, not what comes out.
_PRIVATE = ("data", "chat_api_key", "chat_base_url", "chat_timeout")
# Whatever is drawn is drawn with it.
SEED = 0


def state_of(asker: Watched) -> dict[str, Any]:
    """The state of an asker, as it stands in the fingerprint of its results.

    `settings` holds the settings in force, the weights of the searchers and the name of the embedder as it encodes questions.
    """
    info = asker.index.info()
    settings = asdict(asker.settings) if hasattr(asker, "settings") else {}
    shown = {name: value for name, value in settings.items() if name not in _PRIVATE}
    return {
        "corpus": info["corpus"],
        "model": info["embedder"]["fingerprint"],
        "settings": {**shown, "weights": dict(asker.index.weighed_by), "embedder": asker.desk.embedder.name},
        "versions": versions(),
        "commit": commit(),
        "seed": SEED,
    }


@cache
def versions() -> dict[str, str | None]:
    """The version of Python and of each library that a result rests on; None for one that is not installed."""
    found: dict[str, str | None] = {"python": platform.python_version()}
    for library in LIBRARIES:
        try:
            found[library] = metadata.version(library)
        except metadata.PackageNotFoundError:
            found[library] = None
    return found


@cache
def commit() -> str | None:
    """The commit of the program, "-dirty" behind it when files differ from it; None outside a repository."""
    if not (ROOT / ".git").exists():
        return None
    line = ["git", "describe", "--always", "--dirty", "--abbrev=40", "--exclude=*"]
    try:
        done = subprocess.run(line, cwd=ROOT, capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        return None
    return done.stdout.strip() or None
