"""What the command of the backups does."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QApplication, QMessageBox

from annotator.core.errors import AnnotatorError
from annotator.store.backup import Backup
from annotator.store.restoring import restore
from annotator.ui.backups.keeper import Keeper
from annotator.ui.backups.window import BackupsWindow
from annotator.ui.frame import Frame
from annotator.ui.side_window import beside


class Keeping:
    """Methods named by :class:`~annotator.ui.commands.Command`'s ``action``."""

    def __init__(self, frame: Frame, open_project: Callable[[Path, bool], None]) -> None:
        self._frame = frame
        self._open_project = open_project
        self.keeper = Keeper(frame.desk.workspace.path, frame)
        self.keeper.failed.connect(partial(frame.say, look="warning"))

    def show_backups(self) -> None:
        """The backups there are, beside the window."""
        beside(
            self._frame,
            lambda frame: BackupsWindow(frame, self.keeper, self.restore),
            BackupsWindow,
        )

    def restore(self, chosen: Backup) -> None:
        """Close the project, bring the backup back, and open the project again."""
        project = self._frame.desk.workspace.path
        quits = QApplication.quitOnLastWindowClosed()
        QApplication.setQuitOnLastWindowClosed(False)
        try:
            self._frame.close()
            try:
                restore(project, chosen.path, datetime.now(UTC))
            except AnnotatorError as error:
                QMessageBox.warning(None, "Annotator", f"{error} The project is as it was.")
            self._open_project(project, False)
        finally:
            QApplication.setQuitOnLastWindowClosed(quits)
