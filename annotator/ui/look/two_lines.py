"""Rows of two lines in a list: their height, and the ground of the one at hand."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QListView, QStyledItemDelegate, QStyleOptionViewItem

from annotator.ui.guard import guarded
from annotator.ui.look.theme import Theme

Index = QModelIndex | QPersistentModelIndex
_PAD, _LEADING = 12, 3


class TwoLineRows(QStyledItemDelegate):
    """Paints the ground of a row; subclasses say its words."""

    inset = 2
    """Pixels of the list at each side that are left free."""

    def __init__(self, theme: Theme, view: QListView) -> None:
        super().__init__(view)
        self.theme = theme
        self._view = view

    @guarded(default=QSize())
    def sizeHint(self, option: QStyleOptionViewItem, _index: Index) -> QSize:
        return QSize(0, 2 * self.line_height(option.font) + _PAD)

    @guarded
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        at = index.row() == self._view.currentIndex().row()
        rect = option.rect.adjusted(self.inset, 1, -self.inset, -1)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if at:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self.theme.colour("selection"))
            painter.drawRoundedRect(rect, 6, 6)
        height = self.line_height(option.font)
        place = QRect(rect.left() + 8, rect.top() + _PAD // 2, rect.width() - 16, height)
        self.say(painter, option.font, place, index, at)
        painter.restore()

    def line_height(self, font: QFont) -> int:
        """Of one of the two lines, in pixels."""
        return QFontMetrics(font).height() + _LEADING

    def say(self, painter: QPainter, font: QFont, place: QRect, index: Index, at: bool) -> None:
        """Draw both lines; ``place`` is the first, ``at`` whether the row is at hand."""
        raise NotImplementedError
