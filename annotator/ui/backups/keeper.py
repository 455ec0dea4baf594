"""Backing the project up while one works, on a thread of its own."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from annotator.core.errors import AnnotatorError
from annotator.store.keeping import backup

_FIRST_MS = 20_000
_AGAIN_MS = 300_000
"""How often it is asked whether a backup is due; that takes a look into a folder."""
_PATIENCE_S = 5.0
"""How long closing waits for a backup that is to stop."""


class Keeper(QObject):
    """Makes a backup when one is due; what went wrong is said and tried again later."""

    done = Signal(object)
    """A new :class:`~annotator.store.keeping.backup.Backup`, or None: the newest has everything."""
    failed = Signal(str)

    def __init__(
        self,
        project: Path,
        parent: QObject | None = None,
        is_astray: Callable[[], bool] = lambda: False,
    ) -> None:
        """``is_astray`` says that what is at the place of the project is another file by now."""
        super().__init__(parent)
        self._project = project
        self._is_astray = is_astray
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None
        self._busy = False
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._look)
        self._timer.start(_FIRST_MS)

    def begin(self) -> bool:
        """Make a backup now; False while one is being made, or of what would be another project."""
        if self._stop.is_set() or self._busy or self._is_astray():
            return False
        self._busy = True
        self._thread = threading.Thread(target=self._work, name="backing up", daemon=True)
        self._thread.start()
        return True

    def close(self) -> None:
        """Make no more of them; one under way is given up."""
        self._timer.stop()
        self._stop.set()
        if self._thread is not None:
            self._thread.join(_PATIENCE_S)

    def _look(self) -> None:
        self._timer.start(_AGAIN_MS)
        if backup.due(self._project, datetime.now(UTC)):
            self.begin()

    def _work(self) -> None:
        made, fault = None, ""
        try:
            made = backup.back_up(self._project, datetime.now(UTC), self._stop)
        except backup.Stopped:
            return
        except AnnotatorError as error:
            fault = str(error)
        finally:
            self._busy = False
        with contextlib.suppress(RuntimeError):  # when the window is gone
            if fault:
                self.failed.emit(fault)
            else:
                self.done.emit(made)
