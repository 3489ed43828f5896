"""Reads a question as it was meant: simplified characters, whole place names, slips of one character put right."""

from collections import defaultdict

from assistant.directory import Directory
from index.search import Index
from index.spelling import suggestions
from index.variants import simplified

# A slip is put right when one word only can have been meant, at least this surely; in two characters nothing is sure.
_SURELY, _LEAST = 0.6, 3


def as_meant(question: str, directory: Directory, index: Index) -> str:
    """The question to be understood and searched; equal to the one asked when nothing was amiss."""
    text = directory.places.written_out(simplified(question))
    meant: defaultdict[str, list[str]] = defaultdict(list)
    for slip in suggestions(text, index.knows, index.terms()):
        if slip.kind != "错字" and slip.weight >= _SURELY and len(slip.asked) >= _LEAST:
            meant[slip.asked].append(slip.means)
    for asked, words in meant.items():
        if len(words) == 1 and asked in text:
            text = text.replace(asked, words[0])
    return text
