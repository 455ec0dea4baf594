"""A project that could not be opened: the sentence why, and what can be done about it here."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from PySide6.QtWidgets import QMessageBox, QPushButton, QWidget

from annotator.core.errors import AnnotatorError, Damaged
from annotator.store.keeping.backup import Backup, backups_of
from annotator.store.keeping.restoring import restore
from annotator.ui.backups.repairing import repair_by_dialog
from annotator.ui.look.plain import PlainBox, warn

_Role = QMessageBox.ButtonRole


class Refused(PlainBox):
    """Says why; for a damaged project with a button to repair it and one to bring a backup back."""

    def __init__(self, path: Path, error: AnnotatorError, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.backup: Backup | None = None
        self.repair_button: QPushButton | None = None
        self.restore_button: QPushButton | None = None
        if not isinstance(error, Damaged):
            self.setText(str(error))
            self.addButton(QMessageBox.StandardButton.Ok)
            return
        self.backup = next(iter(backups_of(path)), None)
        self.setText(f"{path.name} cannot be read as a project any more, and was left as it is.")
        if self.backup is None:
            there = "There is no backup beside it."
        else:
            made = self.backup.made_at.astimezone()
            there = f"Its newest backup is of {made:%a %d %B %Y, %H:%M}."
        self.setInformativeText(
            f"A repair makes a new project of what can still be read, with what only the newest"
            f" backup has, and lists what is missing. {there}"
        )
        self.setDetailedText(str(error))
        self.repair_button = self.addButton("Repair into a new file…", _Role.AcceptRole)
        if self.backup is not None:
            self.restore_button = self.addButton("Bring the backup back", _Role.ActionRole)
        self.addButton(QMessageBox.StandardButton.Close)
        self.setDefaultButton(self.repair_button)


def refuse(
    path: Path,
    error: AnnotatorError,
    parent: QWidget | None,
    open_project: Callable[[Path, bool], None],
) -> bool:
    """Say why a project does not open, do what is chosen; whether a project was opened after all."""
    box = Refused(path, error, parent)
    box.exec()
    pressed = box.clickedButton()
    if pressed is box.repair_button:
        return repair_by_dialog(path, parent, open_project)
    if pressed is box.restore_button and box.backup is not None:
        try:
            restore(path, box.backup.path, datetime.now(UTC))
        except AnnotatorError as failure:
            warn(parent, f"{failure} The project is as it was.")
            return False
        open_project(path, False)
        return True
    return False
