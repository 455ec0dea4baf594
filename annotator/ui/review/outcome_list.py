"""The list of what became of an analyst's statements."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QListWidget, QWidget

from annotator.ui.enter import ENTER
from annotator.ui.guard import guarded
from annotator.ui.look.theme import Theme
from annotator.ui.review.rows import TwoLines

SIGNS_OF_TALK = (";", ".", ":", ",")
"""Comment, answer, reword, resolve."""


class OutcomeList(QListWidget):
    """A list in which letters and signs do something else than search for rows."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.painter = TwoLines(theme, self)
        self.setItemDelegate(self.painter)
        self.setUniformItemSizes(True)
        self.setAccessibleName("What became of your statements")
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)

    @guarded
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.text() in SIGNS_OF_TALK or event.key() in ENTER:
            event.ignore()
        else:
            super().keyPressEvent(event)

    @guarded
    def keyboardSearch(self, _search: str) -> None:
        """Nothing is searched for."""
