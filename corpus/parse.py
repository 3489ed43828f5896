"""Turn a raw document into a letter: clean text, metadata, sections."""

from corpus.clean import clean
from corpus.letter import Letter
from corpus.metadata import read_metadata
from corpus.privacy import masked
from corpus.read import RawDocument
from corpus.sections import sections


def parse_letter(raw: RawDocument) -> Letter:
    """The letter that a raw document holds; any plain text becomes a letter of kind 其他."""
    # Personal numbers are hidden at the door, character for character, so that no index, answer or export can show them.
    raw = masked(raw)
    cleaned = clean(raw.text)
    metadata = read_metadata(cleaned, raw.title)
    start, end = cleaned.body
    return Letter(raw.id, raw.file, cleaned.text, metadata, sections(cleaned.text, start, end), cleaned.body)
