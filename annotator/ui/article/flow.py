"""One paragraph laid out: broken into lines by Qt, then given lanes and brackets in plain numbers."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from operator import attrgetter
from typing import cast

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QTextDocument, QTextLayout, QTextLine, QTextOption

from annotator.ui.article.geometry.drawn import Drawn
from annotator.ui.article.geometry.lanes import BadgeOf, Extent, Line, pieces_of, stack
from annotator.ui.article.geometry.margin import Bracket
from annotator.ui.article.geometry.measures import Column, Measures

_RIGHT_TO_LEFT = re.compile(
    "[\u0590-\u08ff\u200f\u202b\u202e\u2067\ufb1d-\ufdff\ufe70-\ufefc"
    "\U00010800-\U00010fff\U0001e800-\U0001efff]"
)
_Places = QTextLayout.GlyphRunRetrievalFlag
_WITH_PLACES = _Places.RetrieveGlyphIndexes | _Places.RetrieveStringIndexes
BAND = 16
"""Lines whose shapes are kept together: most paragraphs whole, a huge one in parts."""


@dataclass(slots=True)
class Flow:
    """A paragraph as laid out. ``height`` includes the space ``before`` it."""

    number: int
    before: int
    leading: int
    document: QTextDocument
    to_block: Callable[[int], int]
    """Offset in the article to UTF-16 offset in the paragraph."""
    mixed: bool
    lines: list[Line]
    badge_of: BadgeOf | None = None
    """Whose a mark is; nothing where one layer is shown alone."""
    brackets: list[Bracket] = field(default_factory=list)
    height: int = 0
    bands: dict[int, object] = field(default_factory=dict)
    """What is painted for each band of lines, kept by whoever paints."""

    @property
    def text_layout(self) -> QTextLayout:
        """Qt's layout of the paragraph.

        Fetched anew each time: it goes with the document, and PySide takes a wrapper kept
        longer for whatever Qt next puts at that address.
        """
        return self.document.findBlockByNumber(self.number).layout()

    def extent(self, line_number: int, text_layout: QTextLayout | None = None) -> Extent:
        """Where text lies on a line."""
        line = self.lines[line_number]
        qt_line = (text_layout or self.text_layout).lineAt(line_number)
        to_block, right = self.to_block, line.right

        def plain(start: int, end: int) -> list[tuple[float, float]]:
            a, b = x_of(qt_line, to_block(start)), x_of(qt_line, to_block(end))
            return [(a if a < right else right, b if b < right else right)]

        def both_ways(start: int, end: int) -> list[tuple[float, float]]:
            return runs_of(qt_line, line, to_block(start), to_block(end))

        return both_ways if self.mixed else plain

    def fill(self, marks: Iterable[Drawn], numbers: Iterable[int] | None = None) -> None:
        """Put marks on the lines, or on those given by number."""
        if numbers is None:
            numbers = range(len(self.lines))
        text_layout = self.text_layout
        for number, here in _by_line(self.lines, list(marks), numbers).items():
            line = self.lines[number]
            line.pieces = []
            if here:
                extent = self.extent(number, text_layout)
                line.pieces = pieces_of(line, here, extent, self.badge_of)
            line.lanes = stack(line.pieces)

    def set_lines(self, measures: Measures) -> None:
        """Give each line its place below the one before."""
        y, text_layout = self.before, self.text_layout
        for number, line in enumerate(self.lines):
            height = measures.line_height(line, self.leading)
            if line.top != y or line.height != height:
                line.top, line.height = y, height
                qt_line = text_layout.lineAt(number)
                qt_line.setPosition(QPointF(qt_line.x(), y))
            y += height
        self.height = y
        self.bands.clear()

    def line_at(self, y: float) -> int:
        """The line at a height from the paragraph's top, the nearest if there is none."""
        return max(bisect_right(self.lines, y, key=attrgetter("top")) - 1, 0)

    def line_of(self, offset: int) -> int:
        """The line that holds the character at an offset in the article."""
        return max(bisect_right(self.lines, offset, key=attrgetter("start")) - 1, 0)

    def lines_under(self, marks: Iterable[Drawn]) -> list[int]:
        """The numbers of the lines that any of the marks is on."""
        begin, reach = self.lines[0].start, self.lines[-1].reach
        return sorted(
            {
                number
                for mark in marks
                for start, end in mark.fragments
                if start <= reach and end > begin
                for number in range(self.line_of(max(start, begin)), self.line_of(end - 1) + 1)
            }
        )

    def free(self) -> None:
        """Give back what the text layout holds; the flow must not be used any more."""
        text_layout = self.text_layout
        text_layout.setCacheEnabled(False)
        # Clearing alone keeps the glyphs.
        text_layout.beginLayout()
        text_layout.endLayout()
        text_layout.clearLayout()


def _by_line(
    lines: list[Line], marks: list[Drawn], numbers: Iterable[int]
) -> dict[int, list[Drawn]]:
    """The marks with a fragment on each of the lines."""
    found: dict[int, list[Drawn]] = {number: [] for number in numbers}
    starts = [line.start for line in lines]
    for mark in marks:
        fragments = mark.fragments
        first = max(0, bisect_right(starts, fragments[0][0]) - 1)
        last = bisect_right(starts, fragments[-1][1] - 1)
        for number in range(first, last):
            if number in found:
                found[number].append(mark)
    return found


def is_mixed(text: str) -> bool:
    """Whether any of a text runs from right to left."""
    return not text.isascii() and _RIGHT_TO_LEFT.search(text) is not None


def text_option(right_to_left: bool, tab: float) -> QTextOption:
    """How Qt is to set a paragraph; ``tab`` is the distance of tab stops in pixels."""
    option = QTextOption(
        Qt.AlignmentFlag.AlignRight if right_to_left else Qt.AlignmentFlag.AlignLeft
    )
    option.setTextDirection(
        Qt.LayoutDirection.RightToLeft if right_to_left else Qt.LayoutDirection.LeftToRight
    )
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    option.setTabStopDistance(tab)
    return option


def break_lines(
    text_layout: QTextLayout,
    column: Column,
    indent: int,
    from_block: Callable[[int], int],
    option: QTextOption,
) -> list[Line]:
    """Break a paragraph; ``from_block`` turns its UTF-16 offsets into those of the article."""
    text_layout.setTextOption(option)
    text_layout.setCacheEnabled(True)
    leftward = option.textDirection() == Qt.LayoutDirection.RightToLeft
    left, width = column.left + (0 if leftward else indent), column.width - indent
    place, lines, start = QPointF(left, 0), list[Line](), from_block(0)
    text_layout.beginLayout()
    while (qt_line := text_layout.createLine()).isValid():
        qt_line.setLineWidth(width)
        qt_line.setPosition(place)
        end = from_block(qt_line.textStart() + qt_line.textLength())
        natural = qt_line.naturalTextWidth()
        edge = left + width - natural if leftward else left
        lines.append(Line(start, end, end, edge, edge + natural, qt_line.height()))
        start = end
    text_layout.endLayout()
    return lines


def runs_of(qt_line: QTextLine, line: Line, start: int, end: int) -> list[tuple[float, float]]:
    """The stretches of a line in one direction, in text order, for a paragraph that has both.

    Carets do not tell: at the edge of a run a caret may belong to either neighbour.
    """
    # Where a run needs several fonts Qt gives it once for each, always with the whole run's box.
    found: dict[tuple[float, float], int] = {}
    for run in qt_line.glyphRuns(start, end - start, _WITH_PLACES):
        box, places = run.boundingRect(), run.stringIndexes()
        a, b = _clamp(box.left(), line), _clamp(box.right(), line)
        stretch = (b, a) if run.isRightToLeft() else (a, b)
        if places:
            found[stretch] = min(*places, found.get(stretch, places[0]))
    runs: list[tuple[float, float]] = []
    for a, b in sorted(found, key=lambda stretch: found[stretch]):
        goes_on = runs and abs(runs[-1][1] - a) < 0.6
        if goes_on and (b >= a) == (runs[-1][1] >= runs[-1][0]):
            runs[-1] = (runs[-1][0], b)
        else:
            runs.append((a, b))
    return runs


def x_of(qt_line: QTextLine, units: int) -> float:
    """Where a caret before the character at a UTF-16 offset stands on its line."""
    return cast("tuple[float, int]", qt_line.cursorToX(units))[0]


def caret_at(flow: Flow, line_number: int, x: float) -> int:
    """The UTF-16 offset in the paragraph of the caret nearest to ``x`` on a line.

    The end of a line that goes on is the start of the next one, where no one pointed.
    """
    text_layout = flow.text_layout
    qt_line = text_layout.lineAt(line_number)
    units, end = qt_line.xToCursor(x), qt_line.textStart() + qt_line.textLength()
    if units >= end and line_number + 1 < len(flow.lines):
        return text_layout.previousCursorPosition(end)
    return units


def _clamp(x: float, line: Line) -> float:
    return max(line.left, min(x, line.right))
