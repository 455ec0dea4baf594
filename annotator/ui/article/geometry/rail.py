"""The rail of the statement at hand: it ties the statement's marks together beside the text.

It stands right of the text and runs from the first of the marks to the last, with a tick at each
line on which one of their fragments starts. Plain numbers; y in pixels from a paragraph's top.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from annotator.ui.article.geometry.drawn import Drawn
from annotator.ui.article.geometry.lanes import Line


@dataclass(frozen=True, slots=True)
class Rail:
    """The marks of a statement and the offsets at which the first and last fragment start."""

    marks: frozenset[int]
    first: int
    last: int


class Tick(NamedTuple):
    """Where a fragment's line is tied to the rail; ``place`` counts ticks at the same height."""

    mark: Drawn
    y: int
    place: int


def rail_of(marks: Iterable[Drawn]) -> Rail | None:
    """The rail of a statement's marks; none if there is nothing to tie together."""
    known = list(marks)
    starts = [start for mark in known for start, _ in mark.fragments]
    if len(starts) < 2:
        return None
    return Rail(frozenset(mark.id for mark in known), min(starts), max(starts))


def ticks(line: Line, rail: Rail, y_of: Callable[[Line, int], int]) -> Iterator[Tick]:
    """The ticks beside a line; ``y_of`` says at what height one of its lanes is."""
    places: dict[int, int] = {}
    for piece, lane in zip(line.pieces, line.lanes, strict=True):
        starts = (start for start, _ in piece.mark.fragments)
        if piece.mark.id in rail.marks and any(line.start <= s < line.reach for s in starts):
            y = y_of(line, lane)
            places[y] = places.get(y, -1) + 1
            yield Tick(piece.mark, y, places[y])


def extent(
    lines: list[Line], rail: Rail, beside: tuple[int, int], found: list[Tick]
) -> tuple[int, int]:
    """From where to where the rail runs beside some lines.

    ``beside`` is the height they take up, ``found`` their ticks. Empty (the second not below
    the first) if the rail does not come by here.
    """
    begin, reach = lines[0].start, lines[-1].reach
    if rail.first >= reach or rail.last < begin:
        return 0, 0
    top, bottom = beside
    heights = [tick.y for tick in found]
    if heights and rail.first >= begin:
        top = min(heights)
    if heights and rail.last < reach:
        bottom = max(heights)
    return top, bottom
