"""Painting: a laid-out paragraph's numbers become rectangles, kept and drawn a band at a time."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import (
    QAbstractTextDocumentLayout,
    QBrush,
    QColor,
    QFont,
    QPainter,
    QTextBlock,
    QTextCharFormat,
    QTextLayout,
)

from annotator.ui.article.flow import BAND, Flow
from annotator.ui.article.geometry.drawn import Drawn, Highlight
from annotator.ui.article.geometry.lanes import Bar, Line, Piece
from annotator.ui.article.geometry.margin import Bracket
from annotator.ui.article.geometry.measures import Column, Measures
from annotator.ui.article.geometry.rail import Rail, extent, ticks
from annotator.ui.article.inks import Ink, Inks

_NO_PEN = Qt.PenStyle.NoPen
_NO_BRUSH = Qt.BrushStyle.NoBrush


class Chip(NamedTuple):
    """A letter or two on a ground, with an edge around it where there is one."""

    ground: QColor
    edge: QColor | None
    text: QColor
    box: QRectF
    words: str


@dataclass(slots=True)
class Shapes:
    """What is drawn for a band of lines, in the paragraph's own coordinates."""

    tints: list[tuple[QColor, QRectF]] = field(default_factory=list)
    at_hand: list[tuple[QColor, QRectF]] = field(default_factory=list)
    """Tints that the others are drawn over."""
    strokes: dict[int, tuple[QBrush, list[QRectF]]] = field(default_factory=dict)
    chips: list[Chip] = field(default_factory=list)

    def stroke(self, brush: QBrush, left: float, top: float, width: float, height: float) -> None:
        """Add a rectangle to those drawn with a brush."""
        found = self.strokes.get(id(brush))
        if found is None:
            found = self.strokes[id(brush)] = (brush, [])
        found[1].append(QRectF(left, top, width, height))


@dataclass
class Brushwork:
    """What painting needs to know besides the paragraph."""

    measures: Measures
    column: Column
    inks: Inks
    highlight: Highlight
    chip_font: QFont
    rail: Rail | None = None
    hovered: int | None = None

    def draw_marks(self, painter: QPainter, flow: Flow, first: int, last: int) -> None:
        """Draw what lies behind and below lines ``first`` to ``last`` of a paragraph."""
        bands = [self._band(flow, band) for band in range(first // BAND, last // BAND + 1)]
        painter.setPen(_NO_PEN)
        # Dashes of a line that goes on from the one above start with a whole dash.
        painter.setBrushOrigin(self.column.left, 0)
        for shapes in bands:
            if shapes.tints:
                self._draw_tints(painter, shapes.tints)
            for brush, rectangles in shapes.strokes.values():
                painter.setBrush(brush)
                painter.drawRects(rectangles)
        for shapes in bands:
            if shapes.chips:
                self._draw_chips(painter, shapes.chips)
        painter.setBrush(_NO_BRUSH)

    def prepare(self, flow: Flow, first: int, last: int) -> bool:
        """Make what is drawn on some of these lines, to be kept; False when there is all of it."""
        for band in range(first // BAND, last // BAND + 1):
            if band not in flow.bands:
                self._band(flow, band)
                return True
        return False

    def _draw_tints(self, painter: QPainter, tints: Iterable[tuple[QColor, QRectF]]) -> None:
        radius = self.measures.width(3)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for colour, rectangle in tints:
            painter.setBrush(colour)
            painter.drawRoundedRect(rectangle, radius, radius)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)

    def _draw_chips(self, painter: QPainter, chips: Sequence[Chip]) -> None:
        radius, thick = self.measures.width(3), self.measures.stroke
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for chip in chips:
            painter.setBrush(chip.edge or chip.ground)
            painter.drawRoundedRect(chip.box, radius, radius)
            if chip.edge:
                painter.setBrush(chip.ground)
                inner = chip.box.adjusted(thick, thick, -thick, -thick)
                painter.drawRoundedRect(inner, radius - thick, radius - thick)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        painter.setFont(self.chip_font)
        for chip in chips:
            painter.setPen(chip.text)
            painter.drawText(chip.box, Qt.AlignmentFlag.AlignCenter, chip.words)
        painter.setPen(_NO_PEN)

    def _band(self, flow: Flow, band: int) -> Shapes:
        shapes = flow.bands.get(band)
        if not isinstance(shapes, Shapes):
            shapes = flow.bands[band] = self._make(flow, band)
        return shapes

    def _make(self, flow: Flow, band: int) -> Shapes:
        shapes = Shapes()
        first, end = band * BAND, min((band + 1) * BAND, len(flow.lines))
        for line in flow.lines[first:end]:
            for piece, lane in zip(line.pieces, line.lanes, strict=True):
                self._piece(shapes, line, piece, self.measures.lane_top(line, lane))
        shapes.tints = shapes.at_hand + shapes.tints
        if self.rail is not None:
            self._rail(shapes, flow, self.rail, first, end)
        for bracket in flow.brackets:
            if bracket.first < end and bracket.last >= first:
                self._bracket(shapes, flow, bracket, first, end)
        return shapes

    def _piece(self, shapes: Shapes, line: Line, piece: Piece, top: int) -> None:
        """What one mark has on a line: behind the words, around them and below."""
        ink = self.inks.for_mark(piece.mark, self.highlight)
        if piece.mark.id == self.highlight.mark:
            shapes.at_hand += [(ink.tint, _behind(line, bar)) for bar in piece.bars]
        elif ink.tinted:
            shapes.tints += [(ink.tint, _behind(line, bar)) for bar in piece.bars]
        elif piece.mark.id == self.hovered:
            shapes.at_hand += [(ink.hovered, _behind(line, bar)) for bar in piece.bars]
        if ink.outline:
            self._outline(shapes, ink.outline, line, piece)
        self._lane(shapes, ink, piece, top)
        if piece.badge.words:
            self._badge(shapes, ink, piece, top)

    def _lane(self, shapes: Shapes, ink: Ink, piece: Piece, top: int) -> None:
        """A mark's bars on a line: ticks rise from them towards the text they belong to."""
        tick, stroke = self.measures.tick, self.measures.stroke
        thin = min(ink.width, 2 * stroke)
        width = ink.width + stroke * (piece.mark.id == self.hovered)
        low = top + tick - width
        before: float | None = None
        for bar in sorted(piece.bars):
            left, right = round(bar.left) + bar.tick_left, round(bar.right) - bar.tick_right
            shapes.stroke(ink.along, left, low, max(right - left, stroke), width)
            if ink.gilding:
                shapes.stroke(ink.gilding, left, top + tick, right - left, stroke)
            if bar.tick_left:
                shapes.stroke(ink.solid, left, top, thin, tick)
            if bar.tick_right:
                shapes.stroke(ink.solid, right - thin, top, thin, tick)
            if before is not None and left - before > 2 * stroke:
                shapes.stroke(ink.connector, before, low, left - before, stroke)
            before = right if before is None else max(before, right)

    def _badge(self, shapes: Shapes, ink: Ink, piece: Piece, top: int) -> None:
        """Whose mark it is, where its lane begins."""
        stroke, badge = self.measures.stroke, piece.badge
        box = QRectF(round(piece.left), top - stroke, badge.width, self.measures.badge)
        shapes.chips.append(self._chip(ink, box, badge.words))

    def _chip(self, ink: Ink, box: QRectF, words: str) -> Chip:
        """A chip in a mark's colours; beside other layers an edge alone for what is decided, gold,
        and for what a decision has left out."""
        if self.measures.badges and ink.badge:
            edge, letters = ink.badge
            return Chip(self.inks.paper, edge, letters, box, words)
        return Chip(ink.chip, None, ink.chip_text, box, words)

    def _outline(
        self, shapes: Shapes, brushes: tuple[QBrush, QBrush], line: Line, piece: Piece
    ) -> None:
        """Dots around the text of a mark that is only suggested; open where it goes on."""
        across, down = brushes
        stroke = self.measures.stroke
        for bar in piece.bars:
            left, right = round(bar.left) - 1, round(bar.right) + 1
            for y in (line.top, line.top + line.text_height - stroke):
                shapes.stroke(across, left, y, right - left, stroke)
            for x, ends in ((left, bar.tick_left), (right - stroke, bar.tick_right)):
                if ends:
                    shapes.stroke(down, x, line.top, stroke, line.text_height)

    def _rail(self, shapes: Shapes, flow: Flow, rail: Rail, first: int, end: int) -> None:
        """The rail of the statement at hand beside lines ``first`` up to ``end``."""
        measures, x = self.measures, self.column.rail
        lines, stroke, cap = flow.lines[first:end], measures.stroke, measures.cap

        def y_of(line: Line, lane: int) -> int:
            return measures.lane_top(line, lane) + measures.tick - 2 * stroke

        found = [tick for line in lines for tick in ticks(line, rail, y_of)]
        beside = (0 if first == 0 else lines[0].top, lines[-1].top + lines[-1].height)
        top, bottom = extent(lines, rail, beside, found)
        if bottom > top:
            shapes.stroke(self.inks.rail, x, top, stroke, bottom - top + stroke)
        left = self.column.left + self.column.width + stroke
        for tick in found:
            shapes.stroke(self.inks.rail, left, tick.y, x - left, stroke)
        for tick in found:
            ink = self.inks.for_mark(tick.mark, self.highlight)
            at = left + tick.place * (cap + stroke)
            shapes.stroke(ink.solid, at, tick.y - cap // 2, cap, cap)

    def _bracket(self, shapes: Shapes, flow: Flow, bracket: Bracket, first: int, end: int) -> None:
        """The part of a bracket beside lines ``first`` up to ``end``."""
        measures = self.measures
        ink = self.inks.for_mark(bracket.mark, self.highlight)
        chip = chip_box(measures, self.column, flow, bracket)
        x = chip.center().x() - measures.stroke // 2
        x = int(x)
        width = min(ink.width, 2 * measures.stroke)
        top, bottom = bracket_extent(measures, flow, bracket)
        band_top = 0 if first == 0 else flow.lines[first].top
        band_bottom = flow.height if end == len(flow.lines) else flow.lines[end].top
        upper, lower = max(top, band_top), min(bottom, band_bottom)
        if lower > upper:
            shapes.stroke(ink.down, x, upper, width, lower - upper)
        if bracket.closes and first <= bracket.last < end:
            shapes.stroke(ink.solid, x, bottom - width, measures.hook + width, width)
        if bracket.opens and first <= bracket.first < end:
            shapes.chips.append(self._chip(ink, chip, ink.letter))


def _behind(line: Line, bar: Bar) -> QRectF:
    return QRectF(bar.left - 1, line.top, bar.right - bar.left + 2, line.text_height)


def chip_box(measures: Measures, column: Column, flow: Flow, bracket: Bracket) -> QRectF:
    """Where a bracket's letter stands, beside its first line."""
    line = flow.lines[bracket.first]
    right = column.left - measures.bracket_gap - bracket.column * measures.bracket
    top = line.top + round((line.text_height - measures.chip) / 2) + measures.stroke
    return QRectF(right - measures.chip, top, measures.chip, measures.chip)


def bracket_extent(measures: Measures, flow: Flow, bracket: Bracket) -> tuple[int, int]:
    """From where to where a bracket runs, from the paragraph's top."""
    first, last = flow.lines[bracket.first], flow.lines[bracket.last]
    top = 0
    if bracket.opens:
        top = first.top + round((first.text_height + measures.chip) / 2) + measures.stroke
    bottom = flow.height
    if bracket.closes:
        lane = _lane_of(last, bracket.mark)
        bottom = measures.lane_top(last, lane) + measures.tick
    return top, bottom


def _lane_of(line: Line, mark: Drawn) -> int:
    for piece, lane in zip(line.pieces, line.lanes, strict=True):
        if piece.mark.id == mark.id:
            return lane
    return 0


def selections(
    context: QAbstractTextDocumentLayout.PaintContext,
) -> list[tuple[int, int, QTextCharFormat]]:
    """What is selected, in UTF-16 offsets, and how it looks."""
    # The format points into something Qt throws away: copy it.
    return [
        (s.cursor.selectionStart(), s.cursor.selectionEnd(), QTextCharFormat(s.format))
        for s in context.selections
    ]


def within(
    block: QTextBlock, start: int, end: int, look: QTextCharFormat
) -> QTextLayout.FormatRange | None:
    """The part of a selection that lies in a paragraph."""
    first = max(start - block.position(), 0)
    last = min(end - block.position(), block.length() - 1)
    if first >= last:
        return None
    part = QTextLayout.FormatRange()
    part.start, part.length = first, last - first
    part.format = look
    return part
