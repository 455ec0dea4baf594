"""A copy of the project, above all when its own file is gone from under the window."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from PySide6.QtWidgets import QFileDialog

from annotator import paths
from annotator.core.errors import ProjectFault
from annotator.store.project import SUFFIX
from annotator.ui.frame import Frame
from annotator.ui.look.plain import warn
from annotator.workspace import Workspace

_NAMED = 8
"""Things that are missing, before they are only counted."""


class Rescuing:
    """Methods named by :class:`~annotator.ui.commands.Command`'s ``action``."""

    def __init__(self, frame: Frame, open_project: Callable[[Path, bool], None]) -> None:
        self._frame = frame
        self._open_project = open_project
        self._is_safe = False

    def save_copy(self) -> None:
        """Ask where to, and write a whole copy there; if the file is gone, go on in the copy."""
        workspace = self._frame.desk.workspace
        usual = workspace.path.with_name(f"{workspace.path.stem} copy{SUFFIX}")
        name, _ = QFileDialog.getSaveFileName(
            self._frame, "Save a copy of the project", str(usual), f"Annotator projects (*{SUFFIX})"
        )
        if name:
            self.copy_to(Path(name).with_suffix(SUFFIX))

    def copy_to(self, path: Path) -> None:
        """The same for a place that is known."""
        workspace = self._frame.desk.workspace
        missing = workspace.save_copy(path)
        if workspace.astray:
            if missing:
                warn(self._frame, f"{_saved(missing)} is in {path}")
            self._is_safe = True
            self._open_project(path, False)
            self._frame.close()
        else:
            self._frame.say(f"The copy is {path}; you are still working in {workspace.path.name}.")

    def leave_a_copy(self) -> None:
        """Before the window closes: what only it still has is written beside the lost file."""
        workspace = self._frame.desk.workspace
        if self._is_safe or not workspace.astray:
            return
        self._is_safe = True
        left = rescued(workspace, datetime.now(UTC))
        told = f"{workspace.path} was moved, deleted, replaced or written over while it was open."
        if left is None:
            told += (
                " No copy of what this window has could be written. If the file was moved, all that"
                " was saved is in it; if it was written over, its newest backup has what there was"
                " then."
            )
        else:
            path, missing = left
            told += f" {_saved(missing)} is in {path}"
        warn(self._frame, told)


def _saved(missing: list[str]) -> str:
    if not missing:
        return "All that was saved"
    more = len(missing) - _NAMED
    rest = [f"and {more} more."] if more > 0 else []
    return f"All that was saved but for this: {' '.join([*missing[:_NAMED], *rest])} The rest"


def rescued(workspace: Workspace, now: datetime) -> tuple[Path, list[str]] | None:
    """The copy that was made and what is not in it, beside the project or with the program's files."""
    name = f"{workspace.path.stem} rescued {now:%Y-%m-%d %H-%M-%S}{SUFFIX}"
    for folder in (workspace.path.parent, paths.data_folder()):
        try:
            return folder / name, workspace.save_copy(folder / name)
        except ProjectFault:
            continue
    return None
