"""The legend below a published article: the kinds that occur in it, drawn as they are marked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter

from annotator.ui.article.geometry.drawn import Drawn, Highlight, KindStyle
from annotator.ui.article.geometry.measures import Column, Measures
from annotator.ui.article.inks import Colours, Ink, Inks

_APART = 1.6
"""Between two entries, in ems."""
_ROW = 2.0
"""From row to row, in ems."""


class Legend:
    """Entries in rows no wider than the column of text."""

    def __init__(
        self,
        kinds: Mapping[str, KindStyle],
        used: Sequence[str],
        colours: Colours,
        measures: Measures,
        column: Column,
        body: QFont,
    ) -> None:
        self._measures, self._column, self._colours = measures, column, colours
        self._font = QFont(body)
        self._font.setPixelSize(max(6, round(measures.em * 0.88)))
        self._words = QFontMetricsF(self._font)
        inks = Inks(kinds, colours, measures)
        entries = [
            (kinds[key].name if key in kinds else key, inks.for_mark(_sample(key), Highlight()))
            for key in used
        ]
        self._rows = self._in_rows(entries)
        self.height = measures.em * (1 + _ROW * len(self._rows)) if entries else 0.0

    def _in_rows(self, entries: list[tuple[str, Ink]]) -> list[list[tuple[float, str, Ink]]]:
        """Each entry with how far from the left it stands."""
        rows: list[list[tuple[float, str, Ink]]] = []
        x = 0.0
        for name, ink in entries:
            width = self._chip * 1.6 + self._words.horizontalAdvance(name)
            if not rows or x + width > self._column.width:
                rows.append([])
                x = 0.0
            rows[-1].append((x, name, ink))
            x += width + _APART * self._measures.em
        return rows

    @property
    def _chip(self) -> float:
        return self._measures.chip * 1.25

    def draw(self, painter: QPainter, top: float) -> None:
        """Draw it with its upper edge at ``top``."""
        if not self._rows:
            return
        rule = QRectF(self._column.left, top, self._column.width, self._measures.stroke)
        painter.fillRect(rule, self._colours.colour("border"))
        for number, row in enumerate(self._rows):
            y = top + self._measures.em * (1 + _ROW * number)
            for x, name, ink in row:
                self._entry(painter, self._column.left + x, y, name, ink)

    def _entry(self, painter: QPainter, x: float, y: float, name: str, ink: Ink) -> None:
        """A kind's letter, and its name marked as the kind."""
        measures, height = self._measures, self._words.height()
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ink.chip)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        chip = QRectF(x, y + (height - self._chip) / 2, self._chip, self._chip)
        painter.drawRoundedRect(chip, measures.width(3), measures.width(3))
        left, width = x + self._chip * 1.6, self._words.horizontalAdvance(name)
        if ink.tinted:
            painter.setBrush(ink.tint)
            painter.drawRoundedRect(
                QRectF(left - 1, y, width + 2, height), measures.width(3), measures.width(3)
            )
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        self._line(painter, round(left), round(y + height), round(width), ink)
        painter.setFont(_lettering(self._chip))
        painter.setPen(ink.chip_text)
        painter.drawText(chip, Qt.AlignmentFlag.AlignCenter, ink.letter)
        painter.setFont(self._font)
        painter.setPen(self._colours.colour("text"))
        painter.drawText(QPointF(left, y + self._words.ascent()), name)

    def _line(self, painter: QPainter, left: int, top: int, width: int, ink: Ink) -> None:
        """The line under a mark, with a tick at either end."""
        measures = self._measures
        thin, bottom = min(ink.width, 2 * measures.stroke), top + measures.tick
        painter.setBrushOrigin(left, 0)
        painter.setBrush(ink.along)
        painter.drawRects([QRectF(left, bottom - ink.width, width, ink.width)])
        painter.setBrush(ink.solid)
        for x in (left, left + width - thin):
            painter.drawRects([QRectF(x, top, thin, measures.tick)])


def _sample(kind: str) -> Drawn:
    return Drawn(0, kind, ((0, 1),), "")


def _lettering(chip: float) -> QFont:
    letter = QFont("Sans Serif")
    letter.setStyleHint(QFont.StyleHint.SansSerif)
    letter.setPixelSize(max(6, round(chip * 0.72)))
    letter.setBold(True)
    return letter
