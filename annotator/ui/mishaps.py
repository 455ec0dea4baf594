"""What nobody foresaw: an exception from anywhere is written down and said, and work goes on.

From a slot, a guarded override, a thread, or where Python itself could only print it. The window
that says so opens from the event loop, never inside a paint event; one at a time, and the same
mishap once. The log has them all.
"""

from __future__ import annotations

import logging
import sys
import threading
import traceback
from collections import deque
from dataclasses import dataclass
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import (
    QMessageLogContext,
    QObject,
    Qt,
    QTimer,
    QtMsgType,
    Signal,
    qInstallMessageHandler,
)
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMessageBox

from annotator.core.errors import AnnotatorError
from annotator.ui.look.plain import PlainBox

log = logging.getLogger("annotator")

_LOG_BYTES, _LOGS = 1_000_000, 3
_MOST = 300
"""Characters shown of what an error says; the details have it whole."""
_WRONG = "Something went wrong in the program. Your work up to here is saved; go on working."


def log_qt_messages() -> None:
    """Qt's own messages go to the log; those of importance also to standard error."""

    def handle(kind: QtMsgType, _context: QMessageLogContext, message: str) -> None:
        grave = kind in (QtMsgType.QtCriticalMsg, QtMsgType.QtFatalMsg)
        log.log(logging.ERROR if grave else logging.INFO, "Qt: %s", message)

    qInstallMessageHandler(handle)


@dataclass(frozen=True, slots=True)
class Mishap:
    """Something that went wrong: in one line, and with all that is known of it."""

    what: str
    details: str
    is_for_people: bool = False
    """Whether it is one of our own errors, whose sentence is shown as it is."""


class Mishaps(QObject):
    """Writes mishaps into a log and shows them; :meth:`listen` once, when the program begins."""

    _happened = Signal(object)

    def __init__(self, file: Path) -> None:
        super().__init__()
        self.file = file
        self.box: QMessageBox | None = None
        """The window that tells of one, while it is there."""
        self._shown: set[Mishap] = set()
        self._waiting: deque[Mishap] = deque()
        # Queued, so that it is shown by the event loop of the main thread, whoever tells.
        self._happened.connect(self._show, Qt.ConnectionType.QueuedConnection)

    def listen(self) -> None:
        """From now on nothing is lost: not from threads, not from where nobody could catch it."""
        handler = RotatingFileHandler(
            self.file, maxBytes=_LOG_BYTES, backupCount=_LOGS, encoding="utf-8", delay=True
        )
        handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
        handler.setLevel(logging.WARNING)
        logging.getLogger().addHandler(handler)
        sys.excepthook = self._from_main
        threading.excepthook = self._from_thread
        sys.unraisablehook = self._from_nowhere

    def tell(self, error: BaseException, trace: TracebackType | None, where: str = "") -> None:
        """Write a mishap down, and have it shown when the event loop comes to it."""
        details = where + "".join(traceback.format_exception(type(error), error, trace))
        if sys.stderr is not None:  # a program without a console has none
            sys.stderr.write(details)
        log.error("%s", details)
        if isinstance(error, AnnotatorError):
            self._happened.emit(Mishap(str(error), details, is_for_people=True))
        elif isinstance(error, Exception):
            self._happened.emit(Mishap(f"{type(error).__name__}: {error}"[:_MOST], details))

    def _from_main(
        self, _type: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        self.tell(error, trace)

    def _from_thread(self, told: threading.ExceptHookArgs) -> None:
        if told.exc_value is not None:
            name = told.thread.name if told.thread else "a thread"
            self.tell(told.exc_value, told.exc_traceback, f"In the thread “{name}”:\n")

    def _from_nowhere(self, told: sys.UnraisableHookArgs) -> None:
        if told.exc_value is not None:
            self.tell(told.exc_value, told.exc_traceback, f"{told.err_msg or 'Ignored'}:\n")

    def _show(self, mishap: Mishap) -> None:
        if mishap in self._shown or mishap in self._waiting:
            return
        if not mishap.is_for_people:
            self._shown.add(mishap)
        self._waiting.append(mishap)
        self._show_next()

    def _show_next(self) -> None:
        if self.box is not None or not self._waiting:
            return
        mishap = self._waiting.popleft()
        if mishap.is_for_people:
            self.box = PlainBox(mishap.what)
        else:
            self.box = PlainBox(_WRONG, more=f"{mishap.what}\nWritten down in {self.file}")
            self.box.setDetailedText(mishap.details)
            copy = self.box.addButton("Copy the details", QMessageBox.ButtonRole.ActionRole)
            copy.clicked.disconnect()  # which would close the window
            copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(mishap.details))
            self.box.addButton(QMessageBox.StandardButton.Ok)
        self.box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.box.finished.connect(self._closed)
        self.box.open()

    def _closed(self) -> None:
        self.box = None
        QTimer.singleShot(0, self, self._show_next)
