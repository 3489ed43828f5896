"""Small plots drawn as inline SVG: the funnel's bars, shares with intervals, the risk–coverage curve.

Bars are measured in per cent of their cell, so that they fit any width without a script; words stay outside, in HTML.
"""

from collections.abc import Sequence
from html import escape

_HEIGHT = 18
_MIDDLE = _HEIGHT // 2


def loss_bar(lost: int, left: int, total: int) -> str:
    """A bar of what a stage left, with what it lost at its end; `total` is the whole width.

    >>> loss_bar(1, 2, 4)[-121:-6]
    '<rect class="left" x="0%" y="3" width="50%" height="12"/><rect class="lost" x="50%" y="3" width="25%" height="12"/>'
    """
    kept, gone = (100 * part / total if total else 0 for part in (left, lost))
    body = f'<rect class="left" x="0%" y="3" width="{_per(kept)}" height="12"/>'
    if lost:
        body += f'<rect class="lost" x="{_per(kept)}" y="3" width="{_per(gone)}" height="12"/>'
    return _row(f"失去 {lost}，余 {left}", body)


def share_bar(share: float, interval: tuple[float, float], before: float | None = None) -> str:
    """A dot at the share on its interval; a hollow dot where the baseline was."""
    low, high = (_per(100 * bound) for bound in interval)
    body = "".join(f'<line class="grid" x1="{at}%" x2="{at}%" y1="0" y2="{_HEIGHT}"/>' for at in (0, 50, 100))
    body += f'<line class="range" x1="{low}" x2="{high}" y1="{_MIDDLE}" y2="{_MIDDLE}"/>'
    if before is not None:
        body += f'<circle class="before" cx="{_per(100 * before)}" cy="{_MIDDLE}" r="4.5"/>'
    body += f'<circle class="now" cx="{_per(100 * share)}" cy="{_MIDDLE}" r="4.5"/>'
    words = f"{share:.1%}，区间 {interval[0]:.1%} 至 {interval[1]:.1%}"
    return _row(words + (f"，基线 {before:.1%}" if before is not None else ""), body)


def curve(points: Sequence[tuple[float, float]], label: str, across: str, up: str) -> str:
    """A line through the points (both 0 to 1) in a frame with axes; the upright axis ends at the next tenth."""
    width, height, left, top = 360, 230, 40, 26
    inner, tall = width - left - 14, height - top - 40
    most = max(0.1, -(-max((y for _, y in points), default=0.0) * 10 // 1) / 10)

    def place(x: float, y: float) -> tuple[float, float]:
        return left + inner * x, top + tall * (1 - y / most)

    path = " ".join(f"{x:.1f},{y:.1f}" for x, y in (place(*point) for point in points))
    body = "".join(_tick_across(place(at / 4, 0), top, f"{at * 25}%") for at in range(5))
    body += "".join(_tick_up(place(0, most * at / 2), width - 14, f"{most * at / 2:.0%}") for at in range(3))
    body += f'<polyline class="curve" points="{path}"/>'
    body += f'<text x="{left + inner / 2:.0f}" y="{height - 4}" text-anchor="middle">{escape(across)}</text>'
    body += f'<text x="0" y="12">{escape(up)}</text>'
    return f'<svg class="figure" role="img" aria-label="{escape(label)}" viewBox="0 0 {width} {height}">{body}</svg>'


def _tick_across(at: tuple[float, float], top: float, word: str) -> str:
    x, y = at
    line = f'<line class="grid" x1="{x:.1f}" x2="{x:.1f}" y1="{top}" y2="{y:.1f}"/>'
    return f'{line}<text x="{x:.1f}" y="{y + 15:.1f}" text-anchor="middle">{word}</text>'


def _tick_up(at: tuple[float, float], right: float, word: str) -> str:
    x, y = at
    line = f'<line class="grid" x1="{x:.1f}" x2="{right}" y1="{y:.1f}" y2="{y:.1f}"/>'
    return f'{line}<text x="{x - 5:.1f}" y="{y + 4:.1f}" text-anchor="end">{word}</text>'


def _row(words: str, body: str) -> str:
    return f'<svg class="bar" role="img" aria-label="{words}" width="100%" height="{_HEIGHT}">{body}</svg>'


def _per(value: float) -> str:
    """Per cent with at most two decimals, without an idle zero."""
    return f"{value:.2f}".rstrip("0").rstrip(".") + "%"
