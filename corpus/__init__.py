"""Files in, letters out: reading, cleaning, metadata, sections, sentences, figures, policies."""

from typing import TYPE_CHECKING

from corpus.lazy import lazily

if TYPE_CHECKING:
    from corpus.errors import FuwenError
    from corpus.figures import Figure, figures
    from corpus.letter import Letter, Metadata, Section, Stated
    from corpus.library import Library
    from corpus.parse import parse_letter
    from corpus.policies import PolicyRef, policies
    from corpus.read import RawDocument, read_documents
    from corpus.sections import sections
    from corpus.sentences import sentences
else:
    lazily(
        __name__,
        {
            "errors": "FuwenError",
            "figures": "Figure figures",
            "letter": "Letter Metadata Section Stated",
            "library": "Library",
            "parse": "parse_letter",
            "policies": "PolicyRef policies",
            "read": "RawDocument read_documents",
            "sections": "sections",
            "sentences": "sentences",
        },
    )

__all__ = [
    "Figure",
    "FuwenError",
    "Letter",
    "Library",
    "Metadata",
    "PolicyRef",
    "RawDocument",
    "Section",
    "Stated",
    "figures",
    "parse_letter",
    "policies",
    "read_documents",
    "sections",
    "sentences",
]
