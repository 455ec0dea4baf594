"""Brackets in the margin, for marks that cover more than one line: which column each gets.

Columns count from the text outward. A mark that stays within its paragraph takes the first
column free on its lines, shortest first. One that crosses paragraphs keeps one column through
all of them, from the third on, so that the two sorts seldom meet.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import count

from annotator.ui.article.drawn import Drawn
from annotator.ui.article.lanes import Line
from annotator.ui.article.spans import SpanIndex

_LONG = 2
"""The first column of marks that cross paragraphs."""


@dataclass(frozen=True, slots=True)
class Bracket:
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

    A mark gets its column when it is first asked for, the first that no mark which already has
    one uses in any of its paragraphs, and keeps it; so a change moves no other mark's bracket.
    """

    def __init__(self, index: SpanIndex) -> None:
        self._index = index
        self._known: dict[int, tuple[int, range]] = {}
        self._taken: dict[int, set[int]] = {}

    def of(self, mark: Drawn) -> int:
        """The mark's column."""
        known = self._known.get(mark.id)
        if known is not None:
            return known[0]
        paragraphs = self._index.paragraphs(mark)
        beside = [self._taken.setdefault(number, set()) for number in paragraphs]
        used = set().union(*beside)
        column = next(column for column in count(_LONG) if column not in used)
        for columns in beside:
            columns.add(column)
        self._known[mark.id] = (column, paragraphs)
        return column

    def forget(self, mark: int) -> None:
        """A mark has gone, or lies elsewhere now."""
        column, paragraphs = self._known.pop(mark, (0, range(0)))
        for number in paragraphs:
            self._taken[number].discard(column)


def brackets(
    paragraph: int, lines: Sequence[Line], index: SpanIndex, columns: LongColumns, room: int
) -> list[Bracket]:
    """The brackets beside a paragraph, in at most ``room`` columns.

    Where there are more than fit, the outermost column is shared.
    """
    found: list[Bracket] = []
    taken: list[set[int]] = []
    covers = _lines_covered(lines)
    marks = [mark for mark in index.in_paragraph(paragraph) if mark.fragments]
    long = [mark for mark in marks if len(index.paragraphs(mark)) > 1]
    for mark in sorted(long, key=_order):
        across = index.paragraphs(mark)
        opens, closes = across[0] == paragraph, across[-1] == paragraph
        first, last = covers.get(mark.id, (0, 0))
        column = min(columns.of(mark), room - 1)
        bottom = last if closes else len(lines) - 1
        found.append(Bracket(mark, column, first if opens else 0, bottom, opens, closes))
        _take(taken, found[-1])
    for mark in sorted(marks, key=lambda mark: mark.rank):
        first, last = covers.get(mark.id, (0, 0))
        if last > first and len(index.paragraphs(mark)) == 1:
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
            first, _ = covered.get(piece.mark.id, (number, number))
            covered[piece.mark.id] = (first, number)
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
