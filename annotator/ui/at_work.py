"""A step with very many changes, done on a thread while the windows stay alive and wait for it.

The thread has a connection of its own; what it wrote is then told here as if it had been done here.
"""

from __future__ import annotations

import contextlib
import sys
import threading
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QProgressBar, QVBoxLayout, QWidget

from annotator.core.errors import AnnotatorError, ProjectFault
from annotator.core.revision import Revision
from annotator.store.writing import uncollected
from annotator.ui.dialogs import ask
from annotator.ui.look.plain import plain_label
from annotator.ui.look.style import set_look
from annotator.workspace import Workspace

Work = Callable[[Workspace], Revision | None]
"""Does one step in the workspace it is given."""

LONG = 5_000
"""Changes from which on a step takes long enough to be waited for: about half a second."""
_WRONG = "Something went wrong in the program; nothing was changed."


class _Thread(QObject):
    """One step on a thread of its own."""

    done = Signal(object)
    """A :class:`Revision`, None when there was nothing to do, or the error why it was not done."""

    def begin(self, workspace: Workspace, work: Work) -> None:
        threading.Thread(target=self._run, args=(workspace, work), name="a long step").start()

    def _run(self, workspace: Workspace, work: Work) -> None:
        came: Revision | AnnotatorError | None
        try:
            with uncollected(), workspace.once_more() as own:
                came = work(own)
                if came is not None:  # found out here, or the windows would wait for it
                    came.kinds, came.touched  # noqa: B018
        except AnnotatorError as error:
            came = error
        except Exception as error:  # noqa: BLE001  (whatever it was, the window goes on)
            came = ProjectFault(_WRONG)
            sys.excepthook(type(error), error, error.__traceback__)
        with contextlib.suppress(RuntimeError):  # when the window is gone
            self.done.emit(came)


class Waiting(QDialog):
    """Says what goes on; it cannot be broken off, and one undo takes it back."""

    def __init__(self, says: str, workspace: Workspace, work: Work) -> None:
        super().__init__(_in_front())
        self.setWindowTitle("At work")
        self.setMinimumWidth(420)
        self.came: Revision | AnnotatorError | None = None
        self._is_over = False
        told = plain_label(self, text=says)
        bar = QProgressBar(self)
        bar.setRange(0, 0)
        bar.setTextVisible(False)
        bar.setAccessibleName(says)
        rest = QLabel("All of it or nothing is done; one undo takes it back.", self)
        rest.setWordWrap(True)
        set_look(rest, "muted")
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 16, 18, 16)
        column.setSpacing(10)
        for part in (told, bar, rest):
            column.addWidget(part)
        self._thread = _Thread()
        self._thread.done.connect(self._end)
        QTimer.singleShot(0, lambda: self._thread.begin(workspace, work))

    def reject(self) -> None:
        """Not while it is under way."""
        if self._is_over:
            super().reject()

    def _end(self, came: object) -> None:
        if isinstance(came, Revision | AnnotatorError):
            self.came = came
        self._is_over = True
        self.accept()


def _in_front() -> QWidget | None:
    """The window in front; that below, when it is a dialog that was just answered."""
    found = QApplication.activeWindow()
    while found is not None and found.isHidden():
        below = found.parentWidget()
        found = below.window() if below is not None else None
    return found


def do(workspace: Workspace, says: str, changes: int, work: Work) -> Revision | None:
    """Do a step here when it is short, else on a thread behind a window that says so.

    Raises what the step raises; then nothing has changed.
    """
    if changes < LONG:
        return work(workspace)
    waiting = Waiting(says, workspace, work)
    ask(waiting, waiting.parentWidget() or waiting)
    waiting.deleteLater()
    if isinstance(waiting.came, AnnotatorError):
        raise waiting.came
    if waiting.came is not None:
        workspace.hear(waiting.came)
    return waiting.came
