"""Which mark is drawn in which lane under a line, and which marks are under a point.

Plain numbers: x in pixels from the left, offsets in code points, lanes counted from the text
outward. Where text lies is asked of a function, so nothing here knows how it is measured.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import msgspec

from annotator.ui.article.geometry.drawn import Drawn
from annotator.ui.article.geometry.layers import Badge

Extent = Callable[[int, int], Sequence[tuple[float, float]]]
"""Where the text from one offset to another lies on a line: one (x of its start, x of its end)
for each run in one direction, in text order. Text from right to left ends left of its start."""

BadgeOf = Callable[[Drawn], Badge]
_NO_BADGE = Badge("", 0)

LEAST_WIDTH = 3.0
"""So wide is a piece drawn at least, in pixels, so that a mark on a thin or blank place shows."""


class Bar(NamedTuple):
    """A stretch of a mark's line. A tick stands where the mark's fragment starts or ends."""

    left: float
    right: float
    tick_left: bool
    tick_right: bool


class Piece(msgspec.Struct, frozen=True):
    """What one mark has on one line; ``left`` to ``right`` includes gaps between fragments.

    The badge stands at ``left``, for text in either direction, and has room in there.
    """

    mark: Drawn
    bars: tuple[Bar, ...]
    left: float
    right: float
    badge: Badge = _NO_BADGE


@dataclass(slots=True)
class Line:
    """A line of a paragraph: its text, where it is, and what it carries.

    ``end`` excludes and ``reach`` includes a newline. ``top`` is from the paragraph's top and
    ``height`` from the line's top to the next one's, lanes included; ``text_height`` is without.
    """

    start: int
    end: int
    reach: int
    left: float
    right: float
    text_height: float
    top: int = 0
    height: int = 0
    pieces: list[Piece] = field(default_factory=list)
    lanes: list[int] = field(default_factory=list)

    @property
    def depth(self) -> int:
        """How many lanes there are."""
        return max(self.lanes) + 1 if self.lanes else 0


def pieces_of(
    line: Line, marks: Iterable[Drawn], extent: Extent, badge_of: BadgeOf | None = None
) -> list[Piece]:
    """What each of the marks has on the line, in no particular order."""
    pieces = []
    for mark in marks:
        bars = [
            bar
            for start, end in mark.fragments
            if start < line.reach and end > line.start
            for bar in _bars(line, start, end, extent)
        ]
        if bars:
            left, right, _, _ = bars[0]
            for bar in bars[1:]:
                left, right = min(left, bar.left), max(right, bar.right)
            badge = badge_of(mark) if badge_of else _NO_BADGE
            pieces.append(Piece(mark, tuple(bars), left, max(right, left + badge.width), badge))
    return pieces


def _bars(line: Line, start: int, end: int, extent: Extent) -> list[Bar]:
    opens, closes = start >= line.start, end <= line.reach
    runs = extent(max(start, line.start), min(end, line.end))
    bars = []
    for number, (x_start, x_end) in enumerate(runs):
        first, last = opens and number == 0, closes and number == len(runs) - 1
        if x_start <= x_end:
            bar = Bar(x_start, max(x_end, x_start + LEAST_WIDTH), first, last)
        else:
            bar = Bar(min(x_end, x_start - LEAST_WIDTH), x_start, last, first)
        bars.append(bar)
    # A blank end of a line carries nothing, unless it is all that was marked.
    return bars if runs and ((opens and closes) or _width(runs) > 0) else []


def _width(runs: Sequence[tuple[float, float]]) -> float:
    return sum(abs(x_end - x_start) for x_start, x_end in runs)


def stack(pieces: Sequence[Piece]) -> list[int]:
    """A lane for each piece: the shortest mark nearest the text, none over another.

    A piece lies further out than all it contains; otherwise in the first lane with room. The
    marks of each layer keep together, in the order of the layers; one in which several agree
    is with the first of them.
    """
    if len(pieces) < 2:
        return [0] * len(pieces)
    taken: list[list[tuple[float, float]]] = []
    lanes = [0] * len(pieces)
    layer, innermost = pieces[0].mark.owners[:1], 0
    for index in sorted(range(len(pieces)), key=lambda i: _order(pieces[i].mark)):
        left, right = pieces[index].left, pieces[index].right
        if pieces[index].mark.owners[:1] != layer:
            layer, innermost = pieces[index].mark.owners[:1], len(taken)
        lane = innermost
        for number in range(len(taken), innermost, -1):
            if _holds(left, right, taken[number - 1]):
                lane = number
                break
        while lane < len(taken) and _meets(left, right, taken[lane]):
            lane += 1
        if lane == len(taken):
            taken.append([])
        taken[lane].append((left, right))
        lanes[index] = lane
    return lanes


def _order(mark: Drawn) -> tuple[tuple[int, ...], tuple[int, int, int]]:
    return (mark.owners[:1], mark.rank)


def _holds(left: float, right: float, row: Sequence[tuple[float, float]]) -> bool:
    # Loops, here and below: any() with a generator takes three times as long.
    for a, b in row:  # noqa: SIM110
        if left <= a and b <= right:
            return True
    return False


def _meets(left: float, right: float, row: Sequence[tuple[float, float]]) -> bool:
    for a, b in row:  # noqa: SIM110
        if left < b and a < right:
            return True
    return False


def likely_depth(marks: int) -> int:
    """How many lanes so many marks on a line come to; short ones share a lane."""
    return round(1.3 * math.pow(marks, 0.75))


def in_lane(line: Line, lane: int, x: float, slack: float = 2.0) -> list[Drawn]:
    """The marks whose piece in a lane is under ``x``, give or take ``slack`` pixels."""
    found = [
        piece.mark
        for piece, its_lane in zip(line.pieces, line.lanes, strict=True)
        if its_lane == lane and piece.left - slack <= x <= piece.right + slack
    ]
    return sorted(found, key=lambda mark: mark.rank)
