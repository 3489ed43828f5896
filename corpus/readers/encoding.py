"""From bytes to characters: BOM, UTF-8, GB18030, then a guess; and what of the characters is kept."""

import re

from corpus.errors import UnreadableFile

# Everything below the space except tab and newline, the C1 block, zero-width marks and a BOM inside the text.
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u200b-\u200f\u202a-\u202e\u2060\ufeff\ufffe]")
# Half of a surrogate pair is no character: no encoding can write it and no model can read it.
_HALF = re.compile("[\ud800-\udfff]")
_BOMS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_KNOWN = re.compile("[\u4e00-\u9fff\u3000-\u303f\uff01-\uff5e\u2010-\u2027 -~\n]")
_SAMPLE = 65_536


def plain(text: str) -> str:
    r"""The same text with control characters removed and every line end as \n.

    >>> plain("昆明\r\n市\x00科技局")
    '昆明\n市科技局'
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x85", "\n").replace("\u2028", "\n")
    return whole(_CONTROL.sub("", text.replace("\u2029", "\n")))


def whole(text: str) -> str:
    r"""The same text with every lone half of a surrogate pair replaced by U+FFFD.

    >>> whole("茶\ud800园")
    '茶\ufffd园'
    """
    return _HALF.sub("\ufffd", text)


def decode(data: bytes, name: str, declared: str = "") -> str:
    """The characters of `data`; `declared` is an encoding that the file itself names, tried after UTF-8.

    Raises UnreadableFile for what is no text in any known encoding.
    """
    boms = [encoding for mark, encoding in _BOMS if data.startswith(mark)]
    if not data.strip(b"\x00 \t\r\n\xef\xbb\xbf\xff\xfe"):
        raise UnreadableFile(name, "文件是空的", "请检查文件内容")
    for encoding in (*boms, "utf-8", *_family(declared)):
        text = _strictly(data, encoding)
        if text is not None:
            return text
    for text in (_almost_utf8(data), _strictly(data, "gb18030"), _guessed(data)):
        if text is not None:
            return text
    raise UnreadableFile(name, "不是文本文件，或编码无法识别", "请另存为 UTF-8 编码的文本文件")


def _family(declared: str) -> tuple[str, ...]:
    """GB2312 and GBK are read as GB18030, which holds both: pages name the small one and use the large."""
    name = declared.strip().lower().replace("_", "-")
    if not name or name.startswith("utf"):
        return ()
    return ("gb18030",) if name.startswith(("gb", "x-gb", "hz", "cp936", "ms936")) else (name,)


def _strictly(data: bytes, encoding: str) -> str | None:
    try:
        text = data.decode(encoding)
    except (UnicodeDecodeError, LookupError, ValueError):
        return None
    return None if _looks_binary(text) else text


def _almost_utf8(data: bytes) -> str | None:
    """UTF-8 with a handful of broken characters, as when a file was cut; as GB18030 it would be nonsense throughout."""
    text = data.decode("utf-8", errors="replace")
    broken = text.count("\ufffd")
    several_bytes = (len(data) - len(text)) // 2
    # Each Chinese character takes three bytes: text in another encoding has almost none that decode.
    return text if broken <= 1 + several_bytes // 200 and broken < several_bytes and not _looks_binary(text) else None


def _guessed(data: bytes) -> str | None:
    """What the bytes look like to a detector, where that yields Chinese or plain Latin text."""
    from charset_normalizer import from_bytes

    broken = data.decode("gb18030", errors="replace")
    if broken.count("\ufffd") <= 1 + len(broken) // 400 and _is_language(broken):
        return broken
    best = from_bytes(data[:_SAMPLE]).best()
    text = _strictly(data, best.encoding) if best else None
    return text if text and _is_language(text) else None


def _is_language(text: str) -> bool:
    start = text[:4096]
    return not _looks_binary(text) and len(_KNOWN.findall(start)) >= 0.9 * len(start)


def _looks_binary(text: str) -> bool:
    """Text holds almost no control characters; a picture or a Word file that happens to decode holds many."""
    start = text[:4096]
    odd = sum(1 for c in start if (c < " " and c not in "\t\r\n\f") or c == "\ufffd")
    private = sum(1 for c in start if "\ue000" <= c <= "\uf8ff")
    return odd > 2 + len(start) // 50 or private > 8 + len(start) // 20
