"""Every two layers as a picture: a square for each, the darker the more they agree."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QHelpEvent,
    QKeyEvent,
    QLinearGradient,
    QMouseEvent,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from annotator.analysis.agreement.figure import Figure
from annotator.core.model import Id
from annotator.formats.agreement_text import NOTHING, number
from annotator.ui.guard import guarded
from annotator.ui.look.plain import tip
from annotator.ui.look.theme import Theme

_CELL, _SMALLEST = 84, 46
_GAP = 3
_NAMES, _HEAD = 116, 26
_LEGEND, _BAR = 46, 10
_RIGHT = Qt.TextElideMode.ElideRight

Cells = Mapping[tuple[Id, Id], Figure]


class Matrix(QWidget):
    """Arrows walk from square to square."""

    moved = Signal(object)
    """The :class:`Figure` of the square one is on, None on the diagonal."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self._layers: Sequence[Id] = ()
        self._names: Mapping[Id, str] = {}
        self._cells: Cells = {}
        self._directed = False
        self.at = (0, 1)
        """Row and column of the square one is on."""
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)

    def show_cells(
        self, layers: Sequence[Id], names: Mapping[Id, str], cells: Cells, directed: bool
    ) -> None:
        """Draw these; a directed figure has another value in each of the two squares."""
        self._layers, self._names, self._cells = tuple(layers), names, cells
        self._directed = directed
        last = max(0, len(layers) - 1)
        self.at = (min(self.at[0], last), min(self.at[1], last))
        self._describe()
        least = _SMALLEST * max(2, len(layers))
        self.setMinimumSize(_NAMES + least, _HEAD + least + _LEGEND)
        self.updateGeometry()
        self.update()

    def figure_at(self, row: int, column: int) -> Figure | None:
        """The figure of a square; None on the diagonal."""
        if row == column or max(row, column) >= len(self._layers):
            return None
        return self._cells.get((self._layers[row], self._layers[column]))

    @property
    def current(self) -> Figure | None:
        return self.figure_at(*self.at)

    @guarded(default=QSize())
    def sizeHint(self) -> QSize:
        side = _CELL * max(2, len(self._layers))
        return QSize(_NAMES + side, _HEAD + side + _LEGEND)

    @guarded
    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {
            Qt.Key.Key_Up: (-1, 0),
            Qt.Key.Key_Down: (1, 0),
            Qt.Key.Key_Left: (0, -1),
            Qt.Key.Key_Right: (0, 1),
        }
        step = steps.get(Qt.Key(event.key()))
        if step is None or not self._layers:
            super().keyPressEvent(event)
            return
        last = len(self._layers) - 1
        row, column = (min(last, max(0, a + b)) for a, b in zip(self.at, step, strict=True))
        self._go(row, column)

    @guarded
    def mousePressEvent(self, event: QMouseEvent) -> None:
        place = self._place(event.position().toPoint())
        if place is not None:
            self._go(*place)

    @guarded(default=False)
    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() is QEvent.Type.ToolTip:
            place = self._place(event.pos())
            figure = self.figure_at(*place) if place else None
            told = tip(self._told(figure)) if figure else ""
            QToolTip.showText(event.globalPos(), told, self)
            return True
        return super().event(event)

    def _go(self, row: int, column: int) -> None:
        self.at = (row, column)
        self._describe()
        self.update()
        self.moved.emit(self.current)

    def _describe(self) -> None:
        """What a screen reader says of the square one is on."""
        figure = self.current
        self.setAccessibleName("Matrix of layers")
        self.setAccessibleDescription(self._told(figure) if figure else "")

    def _told(self, figure: Figure) -> str:
        one, other = (self._names.get(layer, "") for layer in figure.layers[:2])
        between = f"what {one} has, found by {other}" if self._directed else f"{one} and {other}"
        return (
            f"{between}: {number(figure.value) if figure.value is not None else figure.undefined}"
        )

    # Where things are

    @property
    def _side(self) -> int:
        count = max(1, len(self._layers))
        room = min(self.width() - _NAMES, self.height() - _HEAD - _LEGEND) // count
        return max(_SMALLEST, min(_CELL, room))

    def _square(self, row: int, column: int) -> QRect:
        side = self._side
        left, top = _NAMES + column * side, _HEAD + row * side
        return QRect(left, top, side - _GAP, side - _GAP)

    def _place(self, point: QPoint) -> tuple[int, int] | None:
        for row in range(len(self._layers)):
            for column in range(len(self._layers)):
                if self._square(row, column).contains(point):
                    return row, column
        return None

    # Painting

    @guarded
    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._layers:
            self._paint_names(painter)
            for row in range(len(self._layers)):
                for column in range(len(self._layers)):
                    self._paint_square(painter, row, column)
            self._paint_legend(painter)
        painter.end()

    def _paint_names(self, painter: QPainter) -> None:
        metrics = painter.fontMetrics()
        for place, layer in enumerate(self._layers):
            name = self._names.get(layer, str(layer))
            near = place in self.at
            painter.setPen(self.theme.colour("text" if near else "text_muted"))
            row = self._square(place, 0)
            left = QRect(0, row.top(), _NAMES - 12, row.height())
            middle = Qt.AlignmentFlag.AlignVCenter
            painter.drawText(
                left,
                middle | Qt.AlignmentFlag.AlignRight,
                metrics.elidedText(name, _RIGHT, left.width()),
            )
            head = QRect(self._square(0, place).left(), 0, row.width(), _HEAD - 4)
            painter.drawText(
                head,
                Qt.AlignmentFlag.AlignCenter,
                metrics.elidedText(name, _RIGHT, head.width() - 2),
            )

    def _paint_square(self, painter: QPainter, row: int, column: int) -> None:
        square, figure = self._square(row, column), self.figure_at(row, column)
        value = None if figure is None else figure.value
        painter.setPen(Qt.PenStyle.NoPen)
        if row == column:
            painter.setBrush(self.theme.colour("panel"))
            painter.drawRoundedRect(square, 5, 5)
        elif value is None:
            painter.setPen(self.theme.colour("border_strong"))
            painter.setBrush(QColor(self.theme.colour("paper")))
            painter.drawRoundedRect(square, 5, 5)
            painter.setPen(self.theme.colour("text_muted"))
            painter.drawText(square, Qt.AlignmentFlag.AlignCenter, NOTHING)
        else:
            fill = self._colour(value)
            painter.setBrush(fill)
            painter.drawRoundedRect(square, 5, 5)
            bold = QFont(self.font())
            bold.setWeight(QFont.Weight.DemiBold)
            painter.setFont(bold)
            painter.setPen(self._ink(fill))
            painter.drawText(square, Qt.AlignmentFlag.AlignCenter, f"{value:.2f}")
            painter.setFont(self.font())
        if (row, column) == self.at:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            pen = painter.pen()
            pen.setColor(self.theme.colour("focus_ring" if self.hasFocus() else "text_muted"))
            pen.setWidth(2)
            painter.setPen(pen)
            painter.drawRoundedRect(square.adjusted(-2, -2, 2, 2), 6, 6)

    def _paint_legend(self, painter: QPainter) -> None:
        side, count = self._side, len(self._layers)
        top = _HEAD + side * count + 12
        width = side * count - _GAP
        bar = QRect(_NAMES, top, width, _BAR)
        blend = QLinearGradient(bar.topLeft(), bar.topRight())
        blend.setColorAt(0, self._colour(0))
        blend.setColorAt(1, self._colour(1))
        painter.fillRect(bar, blend)
        painter.setPen(self.theme.colour("text_muted"))
        line = QRect(_NAMES, top + _BAR + 2, width, 18)
        right_ = Qt.AlignmentFlag.AlignRight
        painter.drawText(line, Qt.AlignmentFlag.AlignLeft, "0 or less")
        painter.drawText(line, right_, "1")
        if self._directed:
            hint = QRect(0, top - 4, _NAMES - 12, 40)
            painter.drawText(
                hint,
                right_ | Qt.TextFlag.TextWordWrap.value,
                "of the row,\nfound by the column",
            )

    def _colour(self, value: float) -> QColor:
        """From the paper to the accent."""
        share = min(1.0, max(0.0, value))
        pale, full = self.theme.colour("row_hover"), self.theme.colour("accent")
        red, green, blue = (
            round(a + (b - a) * share)
            for a, b in (
                (pale.red(), full.red()),
                (pale.green(), full.green()),
                (pale.blue(), full.blue()),
            )
        )
        return QColor(red, green, blue)

    def _ink(self, fill: QColor) -> QColor:
        """Whichever can be read better on it."""
        inks = [self.theme.colour("text"), self.theme.colour("paper")]
        return max(inks, key=lambda ink: _contrast(ink, fill))


def _contrast(one: QColor, other: QColor) -> float:
    """As WCAG 2 has it."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: QColor) -> float:
    parts = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in (colour.redF(), colour.greenF(), colour.blueF())
    ]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]
