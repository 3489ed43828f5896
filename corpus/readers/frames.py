"""The frames that parent and worker exchange over pipes: two lengths, a JSON head, bytes. Nothing in them can run."""

import json
import struct
from typing import Any, BinaryIO

_LENGTHS = struct.Struct(">II")
_MAX_HEAD = 64_000_000
_MAX_BODY = 256_000_000

Head = dict[str, Any]


class BrokenFrame(Exception):
    """The other side ended, or does not keep to the frames."""


def write_frame(stream: BinaryIO, head: Head, body: bytes = b"") -> None:
    """Send one frame."""
    packed = json.dumps(head).encode()
    stream.write(_LENGTHS.pack(len(packed), len(body)) + packed)
    stream.write(body)
    stream.flush()


def read_frame(stream: BinaryIO) -> tuple[Head, bytes]:
    """The next frame; raises BrokenFrame at the end of the stream or for a length beyond reason."""
    head_size, body_size = _LENGTHS.unpack(_exactly(stream, _LENGTHS.size))
    if head_size > _MAX_HEAD or body_size > _MAX_BODY:
        raise BrokenFrame
    try:
        head = json.loads(_exactly(stream, head_size))
    except ValueError as error:
        raise BrokenFrame from error
    if not isinstance(head, dict):
        raise BrokenFrame
    return head, _exactly(stream, body_size)


def _exactly(stream: BinaryIO, size: int) -> bytes:
    data = stream.read(size)
    if len(data) != size:
        raise BrokenFrame
    return data
