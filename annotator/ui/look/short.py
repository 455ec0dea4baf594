"""A label of one line, cut to the room there is."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from annotator.ui.guard import guarded

_LONGEST = 300
"""Characters that are looked at; no line of a window has more."""


class Short(QLabel):
    """Shows the beginning of what it is told to say; all of it is in ``whole``."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setMinimumWidth(24)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.whole = ""

    def say(self, text: str) -> None:
        """Show a text as one line."""
        self.whole = " ".join(text[:_LONGEST].split())
        self._fit()

    @guarded
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        cut = self.fontMetrics().elidedText(
            self.whole, Qt.TextElideMode.ElideRight, max(24, self.width() - 2)
        )
        if cut != self.text():
            self.setText(cut)
