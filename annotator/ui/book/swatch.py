"""A kind's line as an icon: its colour and pattern, so that neither is the only cue."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPen, QPixmap

from annotator.core.codebook import Kind
from annotator.ui.look.roles import KIND_COLOURS
from annotator.ui.look.theme import Theme

PATTERNS: dict[str, tuple[str, list[float]]] = {
    "solid": ("Solid", []),
    "dashed": ("Dashed", [3, 2]),
    "dotted": ("Dotted", [1, 1.5]),
    "dash-dot": ("Dash and dot", [3, 1.5, 1, 1.5]),
    "hairline": ("Hairline", []),
}
COLOURS = {role: f"Colour {number}" for number, role in enumerate(KIND_COLOURS, 1)}
_WIDE, _HIGH = 28, 16
SIZE = QSize(_WIDE, _HIGH)


def swatch(theme: Theme, colour: str, pattern: str, width: int, ratio: float = 1) -> QIcon:
    """A line of this colour role, pattern and width in pixels."""
    picture = QPixmap(QSize(round(_WIDE * ratio), round(_HIGH * ratio)))
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    try:
        painter.setPen(_pen(_colour(theme, colour), pattern, width))
        painter.drawLine(QPointF(2, _HIGH / 2), QPointF(_WIDE - 2, _HIGH / 2))
    finally:
        painter.end()
    return QIcon(picture)


def kind_swatch(theme: Theme, kind: Kind, ratio: float = 1) -> QIcon:
    """The line of a kind; of a retired one in the colour of what is disabled."""
    colour = "text_disabled" if kind.retired else kind.colour
    return swatch(theme, colour, kind.pattern, kind.width, ratio)


def _colour(theme: Theme, role: str) -> QColor:
    """Of a role no theme has, as an old codebook may name one, that of plain text."""
    return theme.colour(role if role in theme.colours else "text_muted")


def _pen(colour: QColor, pattern: str, width: int) -> QPen:
    pen = QPen(colour, 1 if pattern == "hairline" else max(1, min(width, 6)))
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    if dashes := PATTERNS.get(pattern, ("", []))[1]:
        pen.setDashPattern(dashes)
    return pen
