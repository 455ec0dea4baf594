"""The search line and the rows, with the keys that lead from one to the other."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit

from annotator.ui.articles.rows_view import RowsView
from annotator.ui.enter import ENTER
from annotator.ui.guard import guarded

_WITH_KEYS = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier


class ArticleRows(RowsView):
    """The rows, with keys of their own."""

    entered = Signal()
    """Enter was pressed."""
    left = Signal()
    """Esc was pressed."""
    typed = Signal(str)
    """A letter was typed: it is meant for the search."""

    @guarded
    def keyPressEvent(self, event: QKeyEvent) -> None:
        said = event.text()
        if event.key() in ENTER:
            self.entered.emit()
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif said.isprintable() and said.strip() and not event.modifiers() & _WITH_KEYS:
            self.typed.emit(said)
        else:
            super().keyPressEvent(event)


class SearchLine(QLineEdit):
    """Down and Enter go to the list, Esc gives up what was typed."""

    down = Signal()
    escaped = Signal()

    @guarded
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Down, *ENTER):
            self.down.emit()
        elif event.key() == Qt.Key.Key_Escape:
            self.escaped.emit()
        else:
            super().keyPressEvent(event)
