"""Which mark is drawn in which lane under a line, and which marks are under a point.

Plain numbers: x in pixels from the left, offsets in code points, lanes counted from the text
outward. Where text lies is asked of a function, so nothing here knows how it is measured.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from annotator.ui.article.geometry.drawn import Drawn

Extent = Callable[[int, int], Sequence[tuple[float, float]]]
"""Where the text from one offset to another lies on a line: one (x of its start, x of its end)
for each run in one direction, in text order. Text from right to left ends left of its start."""

LEAST_WIDTH = 3.0
"""So wide is a piece drawn at least, in pixels, so that a mark on a thin or blank place shows."""


class Bar(NamedTuple):
    """A stretch of a mark's line. A tick stands where the mark's fragment starts or ends."""

    left: float
    right: float
    tick_left: bool
    tick_right: bool


@dataclass(frozen=True, slots=True)
class Piece:
    """What one mark has on one line; ``left`` to ``right`` includes gaps between fragments."""

    mark: Drawn
    bars: tuple[Bar, ...]
    left: float
    right: float


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


def pieces_of(line: Line, marks: Iterable[Drawn], extent: Extent) -> list[Piece]:
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
            left, right = min(bar.left for bar in bars), max(bar.right for bar in bars)
            pieces.append(Piece(mark, tuple(bars), left, right))
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

    A piece lies further out than all it contains; otherwise in the first lane with room.
    """
    if len(pieces) < 2:
        return [0] * len(pieces)
    taken: list[list[tuple[float, float]]] = []
    lanes = [0] * len(pieces)
    for index in sorted(range(len(pieces)), key=lambda i: pieces[i].mark.rank):
        left, right = pieces[index].left, pieces[index].right
        lane = 0
        for number, row in enumerate(taken, 1):
            if any(left <= a and b <= right for a, b in row):
                lane = number
        while lane < len(taken) and any(left < b and a < right for a, b in taken[lane]):
            lane += 1
        if lane == len(taken):
            taken.append([])
        taken[lane].append((left, right))
        lanes[index] = lane
    return lanes


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
