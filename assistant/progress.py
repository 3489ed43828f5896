"""Says on stderr how far long work is: a line that overwrites itself on a terminal, now and then a line elsewhere."""

import sys
import time

_FIRST, _TERMINAL, _ELSEWHERE = 1.0, 0.1, 30.0


class Progress:
    """How much of one piece of work is done; quick work is silent."""

    def __init__(self, what: str) -> None:
        self._what = what
        self._terminal = sys.stderr.isatty()
        self._next = time.monotonic() + (_FIRST if self._terminal else _ELSEWHERE)
        self._width = 0
        self.done = self.total = 0

    def __call__(self, done: int, total: int = 0) -> None:
        """`done` of `total` (0: nobody knows of how many)."""
        self.done, self.total = done, total
        now = time.monotonic()
        if now < self._next:
            return
        self._next = now + (_TERMINAL if self._terminal else _ELSEWHERE)
        line = f"{self._what} {done}/{total}" if total else f"{self._what} {done}"
        if self._terminal:
            self._width = len(line) * 2
            print(f"\r{line}", end="", file=sys.stderr, flush=True)
        else:
            print(f"{line}……", file=sys.stderr, flush=True)

    def close(self) -> None:
        """Wipe the line off the terminal."""
        if self._width:
            print(f"\r{' ' * self._width}\r", end="", file=sys.stderr, flush=True)
        self._width = 0
