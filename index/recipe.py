"""Tells whether an index was made by the same rules as this program has: how letters are cut, what of them counts, what words are."""

from functools import cache
from hashlib import sha256
from importlib import resources

from index.generations import MEND, Generation, OldIndex

_RULES = (
    "chunks.py",
    "searchable.py",
    "formulas.py",
    "lookup.py",
    "terms.py",
    "words.py",
    "lexicon.txt",
    "postings.py",
)


@cache
def recipe() -> str:
    """A short text that changes with the files that decide what a segment holds."""
    digest = sha256()
    for name in _RULES:
        file = resources.files("index").joinpath(name)
        digest.update(name.encode() + (file.read_bytes() if file.is_file() else b""))
    return digest.hexdigest()[:16]


def check_recipe(generation: Generation) -> None:
    """Raise OldIndex for a generation that was made by other rules."""
    if generation.manifest.get("recipe") != recipe():
        raise OldIndex(f"索引 {generation.folder}", "由另一版程序建立", MEND)
