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
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import (
    QMessageLogContext,
    QObject,
    Qt,
    QtMsgType,
    Signal,
    qInstallMessageHandler,
)
from PySide6.QtWidgets import QMessageBox

log = logging.getLogger("annotator")

_LOG_BYTES, _LOGS = 1_000_000, 3


def log_qt_messages() -> None:
    """Qt's own messages go to the log; those of importance also to standard error."""

    def handle(kind: QtMsgType, _context: QMessageLogContext, message: str) -> None:
        grave = kind in (QtMsgType.QtCriticalMsg, QtMsgType.QtFatalMsg)
        log.log(logging.ERROR if grave else logging.INFO, "Qt: %s", message)

    qInstallMessageHandler(handle)


class Mishaps(QObject):
    """Writes mishaps into a log and shows them; :meth:`listen` once, when the program begins."""

    _happened = Signal(str, str)

    def __init__(self, file: Path) -> None:
        super().__init__()
        self.file = file
        self.box: QMessageBox | None = None
        """The window that tells of one, while it is there."""
        self._shown: set[str] = set()
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
        if isinstance(error, Exception):
            self._happened.emit(f"{type(error).__name__}: {error}", details)

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

    def _show(self, what: str, details: str) -> None:
        if self.box is not None or details in self._shown:
            return
        self._shown.add(details)
        box = QMessageBox(QMessageBox.Icon.Warning, "Annotator", "")
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        box.setText(
            "Something went wrong in the program. Your work up to here is saved; go on working."
        )
        box.setInformativeText(f"{what}\nWritten down in {self.file}")
        box.setDetailedText(details)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.finished.connect(self._closed)
        self.box = box
        box.open()

    def _closed(self) -> None:
        self.box = None
