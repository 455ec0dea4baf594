"""Making a new project of what a damaged one still has, beside the work and without a terminal."""

from __future__ import annotations

import contextlib
import sys
import threading
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QPlainTextEdit,
    QProgressBar,
    QVBoxLayout,
    QWidget,
)

from annotator.core.errors import AnnotatorError, ProjectFault
from annotator.core.text.cleaning import counted
from annotator.store.keeping.backup import backups_of
from annotator.store.keeping.repairing import Repaired, repair
from annotator.store.project import SUFFIX
from annotator.ui.look.plain import plain_label
from annotator.ui.look.style import set_look

_PROJECTS = f"Annotator projects (*{SUFFIX});;All files (*)"


class _Work(QObject):
    """One repair on a thread of its own."""

    done = Signal(object)
    """A :class:`Repaired`, or the error why there is none."""

    def begin(self, project: Path, new: Path) -> None:
        threading.Thread(target=self._run, args=(project, new), name="repairing").start()

    def _run(self, project: Path, new: Path) -> None:
        came: Repaired | AnnotatorError
        try:
            backup = next((one.path for one in backups_of(project)), None)
            came = repair(project, new, backup)
        except AnnotatorError as error:
            came = error
        except Exception as error:  # noqa: BLE001  (told, and the dialog goes on)
            came = ProjectFault("The repair went wrong in the program; the original is as it was.")
            sys.excepthook(type(error), error, error.__traceback__)
        with contextlib.suppress(RuntimeError):  # when the window is gone
            self.done.emit(came)


class RepairDialog(QDialog):
    """Shows that a repair is under way, then what came of it; accepted to open the new project."""

    def __init__(self, project: Path, new: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Repair a project")
        self.setMinimumWidth(560)
        self._is_over = False
        self.told = plain_label(self)
        self.told.setText(
            f"Reading what is left of {project.name}. The file itself stays as it is; what can be"
            f" read goes into {new.name}."
        )
        self.bar = QProgressBar(self)
        self.bar.setRange(0, 0)
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName("Repairing")
        self.missing = QPlainTextEdit(self)
        self.missing.setReadOnly(True)
        self.missing.setAccessibleName("What is missing")
        self.missing.setMinimumHeight(140)
        self.missing.hide()
        box = QDialogButtonBox.StandardButton
        self.buttons = QDialogButtonBox(box.Close, self)
        self.open_button = self.buttons.addButton(
            "Open the new project", QDialogButtonBox.ButtonRole.AcceptRole
        )
        self.buttons.setEnabled(False)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 12)
        column.setSpacing(10)
        for part in (self.told, self.bar, self.missing, self.buttons):
            column.addWidget(part)
        self._work = _Work()
        self._work.done.connect(self._show)
        self._work.begin(project, new)

    def reject(self) -> None:
        """Not while the repair is under way: it cannot be broken off, and takes no harm from it."""
        if self._is_over:
            super().reject()

    def _show(self, came: object) -> None:
        self._is_over = True
        self.bar.hide()
        self.buttons.setEnabled(True)
        if isinstance(came, Repaired):
            self._show_repaired(came)
        else:
            set_look(self.told, "danger")
            self.told.setText(str(came))
            self.open_button.hide()
        self.adjustSize()

    def _show_repaired(self, done: Repaired) -> None:
        lines = [*done.missing, *(f"Still wrong: {fault}" for fault in done.faults)]
        there = ", ".join(f"{count:,} × {kind}" for kind, count in done.records.items())
        given = (
            f" {counted(done.from_backup, 'row')} came from a backup." if done.from_backup else ""
        )
        ending = "What is missing:" if lines else "Nothing is known to be missing."
        self.told.setText(
            f"{done.path.name} has {counted(done.revisions, 'step')}: {there}.{given} {ending}"
        )
        self.missing.setPlainText("\n".join(lines))
        self.missing.setVisible(bool(lines))
        self.open_button.setDefault(True)
        self.open_button.setFocus()


def repair_by_dialog(
    project: Path, parent: QWidget | None, open_project: Callable[[Path, bool], None]
) -> bool:
    """Ask for the new file, repair into it, and open it if that is wanted; whether it was opened."""
    usual = project.with_name(f"{project.stem} repaired{SUFFIX}")
    name, _ = QFileDialog.getSaveFileName(parent, "Repair into a new file", str(usual), _PROJECTS)
    if not name:
        return False
    new = Path(name).with_suffix(SUFFIX)
    if not RepairDialog(project, new, parent).exec():
        return False
    open_project(new, False)
    return True


def ask_for_damaged(parent: QWidget, folder: Path) -> Path | None:
    """The file to be repaired."""
    name, _ = QFileDialog.getOpenFileName(parent, "Which project?", str(folder), _PROJECTS)
    return Path(name) if name else None
