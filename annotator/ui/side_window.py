"""Windows beside the main one: the codebook, the people, the history.

They stay open while one works, belong to one main window and close with it, show what its desk
shows, and never cover the text unless they are put there. Esc closes them, and so does Ctrl+W.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QCloseEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QWidget

from annotator.ui.frame import Frame
from annotator.ui.guard import guarded
from annotator.ui.look.on_screen import on_screen
from annotator.ui.look.theme import Theme

Side = TypeVar("Side", bound="SideWindow")


class SideWindow(QWidget):
    """One window of its name beside a frame; its place is remembered under that name."""

    name = ""
    """In the settings; every subclass has its own."""
    usual_size = (900, 640)

    def __init__(self, frame: Frame, title: str) -> None:
        super().__init__(frame, Qt.WindowType.Window)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.frame = frame
        self.desk = frame.desk
        self.setWindowTitle(f"{title} — {frame.desk.workspace.path.stem}")
        self.resize(on_screen(*self.usual_size, frame))
        self.restoreGeometry(frame.settings.bytes(f"geometry.{self.name}"))
        frame.themed.connect(self.set_theme)

    def set_theme(self, theme: Theme) -> None:
        """Draw in another theme what the style sheet does not reach."""

    @guarded
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape or event.matches(QKeySequence.StandardKey.Close):
            self.close()
        else:
            super().keyPressEvent(event)

    @guarded
    def closeEvent(self, event: QCloseEvent) -> None:
        self.frame.settings.set_bytes(f"geometry.{self.name}", self.saveGeometry())
        super().closeEvent(event)
        self.frame.activateWindow()


def beside(frame: Frame, make: Callable[[Frame], Side], type: type[Side]) -> Side:
    """The frame's window of a type, brought to the front; made when there is none."""
    found = frame.findChild(type)
    shown = found if isinstance(found, type) else make(frame)
    shown.show()
    shown.raise_()
    shown.activateWindow()
    return shown
