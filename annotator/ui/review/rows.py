"""Rows of two lines: a sign, a name and words; below, more quietly, what is to be said of it."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter

from annotator.ui.look.elide import elided_lines
from annotator.ui.look.two_lines import Index, TwoLineRows

SHOWN = int(Qt.ItemDataRole.UserRole)
_SIGN = 26


class Shown(NamedTuple):
    """What a row says; ``colour`` is the role of its sign."""

    sign: str
    colour: str
    name: str
    words: str
    second: str


class TwoLines(TwoLineRows):
    """Paints rows whose :data:`SHOWN` is a :class:`Shown`."""

    def say(self, painter: QPainter, font: QFont, place: QRect, index: Index, at: bool) -> None:
        shown = index.data(SHOWN)
        if not isinstance(shown, Shown):
            return
        strong = QFont(font)
        strong.setBold(True)
        painter.setFont(strong)
        painter.setPen(self.theme.colour("selection_text" if at else shown.colour))
        painter.drawText(place, 0, shown.sign)
        place.setLeft(place.left() + _SIGN)
        self._first(painter, font, strong, place, shown, at)
        place.translate(0, self.line_height(font))
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
