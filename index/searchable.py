"""Says what of a chunk is searched: texts whose words count, the text that is encoded, names that are looked up exactly."""

from collections.abc import Iterator
from functools import lru_cache

from corpus.dates import dates
from corpus.doc_numbers import doc_numbers
from corpus.letter import Letter, Stated
from corpus.policies import titles
from index.chunks import body
from index.formulas import without_formulas
from index.hit import Chunk
from index.lookup import date_key, doc_key, name_key, number_key, title_key


def indexed(letter: Letter, chunk: Chunk) -> tuple[str, ...]:
    """The texts whose words are counted for the chunk: what names its letter, what stands over it, itself without formulas."""
    return (*_record(letter), *_above(letter, chunk), _said(chunk.text))


def encoded(letter: Letter, chunk: Chunk) -> str:
    """The text that the embedding model sees."""
    return "\n".join((*_above(letter, chunk), _said(chunk.text)))


def keys(letter: Letter, chunk: Chunk) -> tuple[str, ...]:
    """The keys (`index.lookup`) under which the chunk is found exactly: what it states of the letter, what it cites.

    A value that the text does not hold (it came from the file name) is found in the letter's first chunk.
    """
    found = [key for key, at in _stated(letter) if chunk.start <= at < chunk.end]
    found += [doc_key(number.value) for number in doc_numbers(chunk.text)]
    found += [title_key(title.title) for title in titles(chunk.text)] if "《" in chunk.text else []
    return tuple(dict.fromkeys(found))


# Both what is counted and what is encoded of a chunk ask for it.
_said = lru_cache(maxsize=1)(without_formulas)


def record_keys(letter: Letter) -> frozenset[str]:
    """The keys of what is on record about the letter itself."""
    return frozenset(key for key, _ in _keyed(letter))


def _stated(letter: Letter) -> tuple[tuple[str, int], ...]:
    """The keys of the letter's record, each with the place where its value stands."""
    first = body(letter)[0]
    return tuple((key, first if value.start is None else value.start) for key, value in _keyed(letter))


def _keyed(letter: Letter) -> Iterator[tuple[str, Stated]]:
    data = letter.metadata
    for number in data.numbers:
        yield number_key(number.value), number
    for person in (*data.proposers, data.lead_proposer, data.signer):
        if person:
            yield name_key(person.value), person
    if data.contact:
        yield name_key(data.contact.value.split()[0]), data.contact
    for day in (data.date, data.publish_date):
        if day:
            yield from ((date_key(found.value), day) for found in dates(day.value))
    for reference in (data.index_no, data.doc_no):
        if reference:
            yield doc_key(reference.value), reference
    for title in (data.title, *data.further_titles):
        if title:
            yield title_key(title.value), title


def _above(letter: Letter, chunk: Chunk) -> list[str]:
    """The title and the headings that stand over the chunk and are not part of it."""
    title = letter.metadata.title
    return [text for text in ([title.value] if title else []) + list(chunk.heading_path) if text not in chunk.text]


def _record(letter: Letter) -> list[str]:
    """What names the letter: its numbers, its proposers, who answered and where."""
    data = letter.metadata
    named: tuple[Stated | None, ...] = (*data.numbers, *data.proposers, data.issuer, data.region, data.session)
    return [stated.value for stated in named if stated]
