"""Rows of two lines: a sign, a name and words; below, more quietly, what is to be said of it."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QListView, QStyledItemDelegate, QStyleOptionViewItem

from annotator.ui.guard import guarded
from annotator.ui.look.elide import elided_lines
from annotator.ui.look.theme import Theme

Index = QModelIndex | QPersistentModelIndex
SHOWN = int(Qt.ItemDataRole.UserRole)
_PAD, _LEADING, _SIGN = 12, 3, 26


class Shown(NamedTuple):
    """What a row says; ``colour`` is the role of its sign."""

    sign: str
    colour: str
    name: str
    words: str
    second: str


class TwoLines(QStyledItemDelegate):
    """Paints rows whose :data:`SHOWN` is a :class:`Shown`."""

    def __init__(self, theme: Theme, view: QListView) -> None:
        super().__init__(view)
        self.theme = theme
        self._view = view

    @guarded(default=QSize())
    def sizeHint(self, option: QStyleOptionViewItem, _index: Index) -> QSize:
        return QSize(0, 2 * (QFontMetrics(option.font).height() + _LEADING) + _PAD)

    @guarded
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        shown = index.data(SHOWN)
        if not isinstance(shown, Shown):
            return
        at = index.row() == self._view.currentIndex().row()
        rect = option.rect.adjusted(2, 1, -2, -1)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if at:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self.theme.colour("selection"))
            painter.drawRoundedRect(rect, 6, 6)
        self._words(painter, option.font, rect, shown, at)
        painter.restore()

    def _words(self, painter: QPainter, font: QFont, rect: QRect, shown: Shown, at: bool) -> None:
        height = QFontMetrics(font).height() + _LEADING
        place = QRect(rect.left() + 8, rect.top() + _PAD // 2, rect.width() - 16, height)
        strong = QFont(font)
        strong.setBold(True)
        painter.setFont(strong)
        painter.setPen(self.theme.colour("selection_text" if at else shown.colour))
        painter.drawText(place, 0, shown.sign)
        place.setLeft(place.left() + _SIGN)
        self._first(painter, font, strong, place, shown, at)
        place.translate(0, height)
        painter.setFont(font)
        painter.setPen(self.theme.colour("selection_text" if at else "text_muted"))
        for said in elided_lines(shown.second, font, place.width(), 1):
            painter.drawText(place, 0, said)

    def _first(
        self, painter: QPainter, font: QFont, strong: QFont, place: QRect, shown: Shown, at: bool
    ) -> None:
        """The name, and the words as far as there is room."""
        painter.setPen(self.theme.colour("selection_text" if at else "text"))
        elide = Qt.TextElideMode.ElideRight
        name = QFontMetrics(strong).elidedText(shown.name, elide, place.width() // 2)
        painter.drawText(place, 0, name)
        away = QFontMetrics(strong).horizontalAdvance(name) + 8 if name else 0
        painter.setFont(font)
        rest = place.adjusted(away, 0, 0, 0)
        for said in elided_lines(shown.words, font, rest.width(), 1):
            painter.drawText(rest, 0, said)
