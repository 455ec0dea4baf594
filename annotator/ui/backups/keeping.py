"""What the command of the backups does."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QApplication

from annotator.core.errors import AnnotatorError
from annotator.store.keeping.backup import Backup
from annotator.store.keeping.restoring import restore
from annotator.ui.backups.keeper import Keeper
from annotator.ui.backups.repairing import ask_for_damaged, repair_by_dialog
from annotator.ui.backups.rescuing import Rescuing
from annotator.ui.backups.window import BackupsWindow
from annotator.ui.frame import Frame
from annotator.ui.look.plain import warn
from annotator.ui.side_window import beside


class Keeping:
    """Methods named by :class:`~annotator.ui.commands.Command`'s ``action``."""

    def __init__(self, frame: Frame, open_project: Callable[[Path, bool], None]) -> None:
        self._frame = frame
        self._open_project = open_project
        self.rescuing = Rescuing(frame, open_project)
        workspace = frame.desk.workspace
        self.keeper = Keeper(workspace.path, frame, lambda: bool(workspace.astray))
        self.keeper.failed.connect(partial(frame.say, look="warning"))  # both end with the window

    def show_backups(self) -> None:
        """The backups there are, beside the window."""
        beside(
            self._frame,
            lambda frame: BackupsWindow(frame, self.keeper, self.restore),
            BackupsWindow,
        )

    def save_copy(self) -> None:
        """A whole copy of the project elsewhere."""
        self.rescuing.save_copy()

    def repair_project(self) -> None:
        """Make a new project of what a damaged one still has."""
        project = self._frame.desk.workspace.path
        chosen = ask_for_damaged(self._frame, project.parent)
        if chosen is None:
            return
        if any(_is_same(chosen, window.desk.workspace.path) for window in _windows()):
            self._frame.say(
                f"{chosen.name} is open here; “Check the project” says whether it is damaged."
                " To repair it, close it and choose it from the window of another project.",
                "warning",
            )
            return
        repair_by_dialog(chosen, self._frame, self._open_project)

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
                warn(None, f"{error} The project is as it was.")
            self._open_project(project, False)
        finally:
            QApplication.setQuitOnLastWindowClosed(quits)


def _windows() -> list[Frame]:
    """Every window of this program on a project."""
    return [window for window in QApplication.topLevelWidgets() if isinstance(window, Frame)]


def _is_same(one: Path, other: Path) -> bool:
    return one.resolve() == other.resolve()
