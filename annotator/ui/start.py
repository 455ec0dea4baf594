"""Starting the desktop: its windows, and what happens when one cannot be opened."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject

from annotator import paths
from annotator.core.codebook import Start
from annotator.core.errors import AnnotatorError
from annotator.formats.articles.text import read_text_file
from annotator.store.project import SUFFIX
from annotator.ui.application import application
from annotator.ui.backups.refused import refuse
from annotator.ui.mishaps import Mishaps, log_qt_messages
from annotator.ui.settings import Settings
from annotator.ui.window import Window
from annotator.workspace import Workspace


class Desktop(QObject):
    """The open windows; the program ends with the last."""

    def __init__(self, analyst: str, start: Start, settings: Settings) -> None:
        super().__init__()
        self._analyst = analyst
        self._start = start
        self._settings = settings
        self.windows: list[Window] = []

    def show(self, workspace: Workspace) -> Window:
        """A window on a project."""
        window = Window(workspace, self._settings, self.open, self.show)
        self.windows.append(window)
        window.show()
        return window

    def open(self, path: Path, new: bool = False) -> None:
        """A window on the project at a path, made first if it is new; a failure is said."""
        try:
            self.show(self.workspace(path, new))
        except AnnotatorError as error:
            refuse(path, error, self.windows[-1] if self.windows else None, self.open)

    def workspace(self, path: Path, new: bool = False) -> Workspace:
        if new:
            return Workspace.create(path, self._start, self._analyst)
        return Workspace.open(path, self._analyst)


def open_window(project: Path | None, analyst: str, start: Start) -> int:
    """Open a project, the last one, or the seeds; returns when the last window is closed."""
    app = application()
    log_qt_messages()
    mishaps = Mishaps(paths.data_folder() / "annotator.log")
    mishaps.listen()
    settings = Settings()
    desktop = Desktop(analyst, start, settings)
    path = project or settings.places.last()
    try:
        workspace = desktop.workspace(path) if path else seeds_workspace(analyst, start)
    except AnnotatorError as error:
        if path is None or (project is not None and not project.exists()):
            raise  # a name that was mistyped is told where it was typed
        if not refuse(path, error, None, desktop.open):
            if project is not None:
                raise
            show_first(desktop, seeds_workspace(analyst, start), settings)
    else:
        show_first(desktop, workspace, settings)
    return app.exec()


def show_first(desktop: Desktop, workspace: Workspace, settings: Settings) -> Window:
    """The window that the program begins with; on the seeds, the first time, with the tour."""
    window = desktop.show(workspace)
    if workspace.path == seeds_path() and not settings.toured:
        window.tour.go_on()
    return window


def open_seeds(analyst: str, start: Start) -> int:
    """Open the project made from the seeds; the user's own copy, made when there is none."""
    path = seeds_path()
    if not path.exists():
        seeds_workspace(analyst, start).close()
    return open_window(path, analyst, start)


def seeds_path() -> Path:
    return paths.data_folder() / f"seeds{SUFFIX}"


def seeds_workspace(analyst: str, start: Start) -> Workspace:
    """The project of the two seed articles in the user's data folder."""
    path = seeds_path()
    if path.exists():
        return Workspace.open(path, analyst)
    texts = [read_text_file(file) for file in sorted(paths.seeds().glob("*.txt"))]
    return Workspace.create(path, start, analyst, texts)
