"""Brackets in the margin, for marks that cover more than one line: which column each gets.

Columns count from the text outward. A mark that stays within its paragraph takes the first
column free on its lines, shortest first. One that crosses paragraphs keeps one column through
all of them, from the third on, so that the two sorts seldom meet.
"""

from __future__ import annotations

from collections.abc import Sequence
from heapq import heappop, heappush
from itertools import count

import msgspec

from annotator.ui.article.geometry.drawn import Drawn
from annotator.ui.article.geometry.lanes import Line
from annotator.ui.article.geometry.mark_index import MarkIndex

_LONG = 2
"""The first column of marks that cross paragraphs."""

Rank = tuple[int, int, int]
Through = tuple[Rank, range, Drawn]
"""A mark that crosses paragraphs: its rank, which they are, and the mark."""


class Bracket(msgspec.Struct, frozen=True):
    """A bracket along lines ``first`` to ``last`` of a paragraph.

    ``opens`` and ``closes``: the mark starts and ends here, and does not come from above or go
    on below.
    """

    mark: Drawn
    column: int
    first: int
    last: int
    opens: bool
    closes: bool


class LongColumns:
    """The columns of marks that cross paragraphs.

    A mark has the first column that none of its seniors uses beside it: those through at least
    as many paragraphs, by turns among equals. So a column depends on the marks there are, and
    not on which were seen first; and seniors are few, so that it can be found without the rest.
    """

    def __init__(self, index: MarkIndex) -> None:
        self._index = index
        self._known: dict[int, tuple[Rank, range, int]] = {}
        """Rank, paragraphs and column of the marks asked for, by their id."""
        self._beside: dict[int, set[int]] = {}
        """Which of them are beside a paragraph."""
        self._through: dict[int, list[Through]] = {}

    def through(self, paragraph: int) -> list[Through]:
        """The marks in a paragraph that are in others too, seniors first."""
        found = self._through.get(paragraph)
        if found is None:
            reached = ((self._index.paragraphs(m), m) for m in crossing(paragraph, self._index))
            found = sorted((_rank(mark, across), across, mark) for across, mark in reached)
            self._through[paragraph] = found
        return found

    def of(self, mark: Drawn) -> int:
        """The mark's column."""
        known = self._known.get(mark.id)
        if known is None:
            paragraphs = self._index.paragraphs(mark)
            column = self._first_free(mark, paragraphs)
            known = self._known[mark.id] = (_rank(mark, paragraphs), paragraphs, column)
            for number in paragraphs:
                self._beside.setdefault(number, set()).add(mark.id)
        return known[2]

    def _forget(self, mark: int) -> int | None:
        """Returns the column it had, if that was known."""
        _, paragraphs, column = self._known.pop(mark, (None, range(0), None))
        for number in paragraphs:
            self._beside[number].discard(mark)
        return column

    def change(self, old: Drawn | None, new: Drawn | None) -> list[Drawn]:
        """A mark has come, gone or moved: the other marks that have another column now.

        To be told after the index. Only marks whose column was asked for before are looked at.
        """
        changed: list[Drawn] = []
        suspects: list[tuple[Rank, int]] = []
        for mark in filter(None, (old, new)):
            self._forget(mark.id)
            paragraphs = self._index.paragraphs(mark)
            for number in paragraphs:
                self._through.pop(number, None)
            if len(paragraphs) > 1:
                self._suspect(suspects, _rank(mark, paragraphs), paragraphs)
        while suspects:
            rank, number = heappop(suspects)
            other = self._index.get(number)
            if other is not None and self._forget(number) != self.of(other):
                changed.append(other)
                self._suspect(suspects, rank, self._index.paragraphs(other))
        return changed

    def _suspect(self, suspects: list[tuple[Rank, int]], rank: Rank, paragraphs: range) -> None:
        """Add the juniors beside a mark to those that may have to move."""
        for mark in set().union(*(self._beside.get(number, ()) for number in paragraphs)):
            if (other := self._known[mark][0]) > rank:
                heappush(suspects, (other, mark))

    def _first_free(self, mark: Drawn, paragraphs: range) -> int:
        rank = _rank(mark, paragraphs)
        used: set[int] = set()
        # What is as long and overlaps it covers its first or its last paragraph.
        for number in {paragraphs[0], paragraphs[-1]}:
            for senior, _, other in self.through(number):
                if senior >= rank:
                    break
                known = self._known.get(other.id)
                used.add(known[2] if known else self.of(other))
        return next(column for column in count(_LONG) if column not in used)


def _rank(mark: Drawn, paragraphs: range) -> Rank:
    """Seniors have the lower one. Among equals it is scattered: marks made one after the other
    would depend on each other through the whole article."""
    return (-len(paragraphs), mark.id * 2654435761 % 2**32, mark.id)


def crossing(paragraph: int, index: MarkIndex) -> list[Drawn]:
    """The marks in a paragraph that are in others too."""
    begin, end = index.starts[paragraph], index.end_of(paragraph) + 1
    return [
        mark
        for mark in index.in_paragraph(paragraph)
        if (fragments := mark.fragments) and (fragments[0][0] < begin or fragments[-1][1] > end)
    ]


def brackets(
    paragraph: int, lines: Sequence[Line], columns: LongColumns, room: int
) -> list[Bracket]:
    """The brackets beside a paragraph, in at most ``room`` columns.

    Where there are more than fit, the outermost column is shared.
    """
    found: list[Bracket] = []
    taken: list[set[int]] = []
    covers = _lines_covered(lines)
    crosses = {mark.id: (across, mark) for _, across, mark in columns.through(paragraph)}
    within = {
        piece.mark.id: piece.mark
        for line in lines
        for piece in line.pieces
        if covers[piece.mark.id][1] > covers[piece.mark.id][0] and piece.mark.id not in crosses
    }
    for across, mark in sorted(crosses.values(), key=lambda both: _order(both[1])):
        opens, closes = across[0] == paragraph, across[-1] == paragraph
        first, last = covers.get(mark.id, (0, 0))
        column = min(columns.of(mark), room - 1)
        bottom = last if closes else len(lines) - 1
        found.append(Bracket(mark, column, first if opens else 0, bottom, opens, closes))
        _take(taken, found[-1])
    for mark in sorted(within.values(), key=lambda mark: mark.rank):
        first, last = covers[mark.id]
        column = _free_column(taken, first, last, room)
        found.append(Bracket(mark, column, first, last, True, True))
        _take(taken, found[-1])
    return found


def _order(mark: Drawn) -> tuple[int, int, int]:
    return (mark.start, -mark.end, mark.id)


def _lines_covered(lines: Sequence[Line]) -> dict[int, tuple[int, int]]:
    """The first and last line each mark has a piece on, by the mark's id."""
    covered: dict[int, tuple[int, int]] = {}
    for number, line in enumerate(lines):
        for piece in line.pieces:
            id = piece.mark.id
            covered[id] = (covered[id][0], number) if id in covered else (number, number)
    return covered


def _take(taken: list[set[int]], bracket: Bracket) -> None:
    while len(taken) <= bracket.column:
        taken.append(set())
    taken[bracket.column].update(range(bracket.first, bracket.last + 1))


def _free_column(taken: Sequence[set[int]], first: int, last: int, room: int) -> int:
    wanted = range(first, last + 1)
    for column, lines in enumerate(taken[:room]):
        if lines.isdisjoint(wanted):
            return column
    return min(len(taken), room - 1)
