"""The window while a gesture waits for another program that is writing to the project.

A gesture ends when it is on disk or refused, and nothing else may be done before that. But the
window goes on being painted, moved and resized, and answers the system that asks whether it hangs.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QEventLoop, QObject, QTimer
from PySide6.QtWidgets import QApplication

from annotator.core.revision import Revision
from annotator.ui.frame import Frame
from annotator.ui.guard import guarded

TOLD = (
    "Another program is writing to the project; waiting for it. What you press now is done after"
    " that, and not at all if it takes too long."
)
_OVER = "The other program is done; it is saved."
_INPUT = {
    QEvent.Type.KeyPress,
    QEvent.Type.KeyRelease,
    QEvent.Type.Shortcut,
    QEvent.Type.ShortcutOverride,
    QEvent.Type.InputMethod,
    QEvent.Type.MouseButtonPress,
    QEvent.Type.MouseButtonRelease,
    QEvent.Type.MouseButtonDblClick,
    QEvent.Type.Wheel,
    QEvent.Type.Drop,
    QEvent.Type.ContextMenu,
}


class Waiting(QObject):
    """Keeps a window alive while it waits; says that it does, and what came of it."""

    def __init__(self, frame: Frame) -> None:
        super().__init__(frame)
        self._frame = frame
        self._waits = False
        frame.desk.workspace.tell_waiting(self.breathe)
        frame.desk.began.connect(self._on_began)
        frame.desk.revised.connect(self._on_revised)
        frame.desk.saving.connect(self._on_saving)

    def breathe(self) -> None:
        """Paint; keys and clicks stay where they are until the gesture that waits is over."""
        if not self._waits:
            self._waits = True
            self._frame.say(TOLD, "warning")
            self._frame.show_saving(False)
        self._let_pass(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents)

    def _on_began(self) -> None:
        self._waits = False

    def _on_revised(self, _revision: Revision) -> None:
        if self._waits:
            self._waits = False
            self._frame.say(_OVER, "success")
            self._frame.show_saving(True)

    def _on_saving(self, saved: bool) -> None:
        """Refused: what was pressed since was meant for a gesture that has not happened."""
        if self._waits and not saved:
            self._waits = False
            self._let_pass(QEventLoop.ProcessEventsFlag.AllEvents)

    def _let_pass(self, which: QEventLoop.ProcessEventsFlag) -> None:
        app = QApplication.instance()
        assert app is not None
        app.installEventFilter(self)
        try:
            QApplication.processEvents(which)
        finally:
            app.removeEventFilter(self)

    @guarded(default=False)
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Nothing is done in the middle of a gesture, neither by the clock nor by hand."""
        if event.type() == QEvent.Type.Timer:
            return isinstance(watched, QTimer)
        if event.type() in _INPUT:
            event.accept()
            return True
        return False
