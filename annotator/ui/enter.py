"""Enter in a list or text that has no use for it itself."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from annotator.ui.guard import guarded

ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
"""The keys of that name: that of letters, and that of digits."""


class EnterKey(QObject):
    """Tells when Enter is pressed in a widget, which then hears nothing of it."""

    pressed = Signal()

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        widget.installEventFilter(self)

    @guarded(default=False)
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and event.key() in ENTER
        ):
            self.pressed.emit()
            return True
        return super().eventFilter(watched, event)
