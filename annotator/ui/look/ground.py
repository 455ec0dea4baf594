"""What a row of a list stands on: chosen, below the pointer, or neither."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem

from annotator.ui.look.theme import Theme

_ROUND = 6


def paint_ground(painter: QPainter, theme: Theme, option: QStyleOptionViewItem) -> bool:
    """Draw it with its corners rounded; whether the row is chosen."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    chosen = bool(option.state & QStyle.StateFlag.State_Selected)
    if chosen or option.state & QStyle.StateFlag.State_MouseOver:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("selection" if chosen else "row_hover"))
        painter.drawRoundedRect(row_box(option.rect), _ROUND, _ROUND)
    return chosen


def row_box(row: QRect) -> QRect:
    """What the ground of a row fills."""
    return row.adjusted(4, 1, -4, -1)
