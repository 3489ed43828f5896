"""How much one file may cost before it is refused: seconds, bytes, entries."""

MEGABYTE = 1_000_000
# A file on disk, or a member of an archive.
FILE_BYTES = 50 * MEGABYTE
# What a packed file of lines, or all members of one archive together, may hold.
UNPACKED_BYTES = 200 * MEGABYTE
ARCHIVE_BYTES = 2000 * MEGABYTE
ARCHIVE_ENTRIES = 20_000
# Ordinary text packs to a fifth, repeated markup to a fiftieth; a bomb goes beyond a thousandth.
RATIO = 200
RATIO_FLOOR = 4 * MEGABYTE
# One part of a Word file: the XML of a letter is far below one megabyte.
PART_BYTES = 60 * MEGABYTE
WORD_ENTRIES = 5_000
PDF_PAGES = 500
TEXT_CHARACTERS = 20_000_000

# The worker is killed after this long on one file; its processor seconds are counted apart, where the system can.
READ_SECONDS = 12.0
CPU_SECONDS = 12
# On top of what the worker holds when it starts.
WORKER_BYTES = 1000 * MEGABYTE
# Opening an archive or unpacking a member; LibreOffice; reading what it made. All of them together, for an old file in
# an archive, stay below twenty seconds.
ARCHIVE_SECONDS = 2.5
OFFICE_SECONDS = 11.0
AFTER_OFFICE_SECONDS = 3.0
OFFICE_BYTES = 4000 * MEGABYTE


def is_bomb(packed: int, unpacked: int) -> bool:
    """Whether so few packed bytes holding so many unpacked ones is an attack, not a letter.

    >>> is_bomb(10_000, 90_000), is_bomb(10_000, 90_000_000)
    (False, True)
    """
    return unpacked > RATIO_FLOOR and unpacked > RATIO * max(packed, 1)
