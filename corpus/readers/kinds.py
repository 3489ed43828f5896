"""What a file really is, told by its first bytes: names lie, and old systems save web pages as .doc."""

import re

_HTML = re.compile(rb"<(?:!doctype\s+html|html|head|body|meta|title|div|table|p|frameset)[\s>/]", re.I)
_OPEN_DOCUMENT = b"mimetypeapplication/vnd.oasis.opendocument.text"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
WORD_PART = b"word/"


def kind_of(data: bytes) -> str:
    """One of word, odt, zip, pdf, locked, ole, rtf, mht, html, text.

    >>> kind_of(b"%PDF-1.7"), kind_of("陈力代表：".encode()), kind_of(b"<!DOCTYPE html><html>")
    ('pdf', 'text', 'html')
    """
    start = data[:4096].lstrip(b"\xef\xbb\xbf \t\r\n\x00")
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")):
        return _packed(data)
    if data.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return "locked" if _ENCRYPTED in data else "ole"
    if b"%PDF-" in data[:1024]:
        return "pdf"
    if start.startswith(b"{\\rtf"):
        return "rtf"
    if re.match(rb"(?:from:|mime-version:|content-type:\s*multipart)", start, re.I):
        return "mht"
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        start = start.replace(b"\x00", b"")
    return "html" if _HTML.search(start) else "text"


def _packed(data: bytes) -> str:
    if _OPEN_DOCUMENT in data[:200]:
        return "odt"
    return "word" if b"[Content_Types].xml" in data and WORD_PART in data else "zip"
