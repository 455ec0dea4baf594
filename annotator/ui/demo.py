"""The demo: one whole statement marked by real key presses, for where nobody can watch a window."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from annotator import paths
from annotator.core.codebook import Start
from annotator.core.errors import AnnotatorError, BadInput
from annotator.formats.articles.text import read_text_file
from annotator.store.project import SUFFIX
from annotator.ui.application import application
from annotator.ui.mishaps import log_qt_messages
from annotator.ui.paper.from_command_line import write_picture
from annotator.ui.settings import Settings
from annotator.ui.start import Desktop
from annotator.ui.window import Window
from annotator.workspace import Workspace

ARTICLE = "000_da745d13d0c31537.txt"
_CONTROL_SHIFT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
_PAUSE_MS = 20


def run_demo(folder: Path | None, start: Start) -> int:
    """Mark, export, draw; prints where the files are. Returns the exit code."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    log_qt_messages()
    app = application()
    folder = folder or paths.data_folder() / "demo"
    with tempfile.TemporaryDirectory() as temporary:
        os.environ["ANNOTATOR_CONFIG"] = temporary  # the user's own settings stay out of it
        project = folder / f"demo{SUFFIX}"
        _check_is_ours(project)
        for old in folder.glob(f"{project.name}*"):
            old.unlink()
        folder.mkdir(parents=True, exist_ok=True)
        texts = [read_text_file(file) for file in sorted(paths.seeds().glob("*.txt"))]
        desktop = Desktop("demo", start, Settings())
        window = desktop.show(Workspace.create(project, start, "demo", texts))
        Player(app, window).play()
        _keep(window, folder)
        window.close()
    return 0


def _check_is_ours(project: Path) -> None:
    """:class:`BadInput` for a project of somebody's that only has the demo's name."""
    if project.exists():
        with Workspace.open(project) as there:
            if [analyst.name for analyst in there.analysts()] != ["demo"]:
                raise BadInput(f"{project} is a project of somebody's; choose another folder.")


class Player:
    """Presses keys in a window, as an analyst's hands would."""

    def __init__(self, app: QApplication, window: Window) -> None:
        self._app = app
        self._window = window
        window.activateWindow()
        QTest.qWaitForWindowActive(window)

    def play(self) -> None:
        """The statement in which Lavrov says when Putin would meet Zelensky."""
        desk = self._window.desk
        for article in desk.workspace.articles():
            if article.file == ARTICLE:
                desk.open(article.id)
        self._window.to_text()
        quote = self._text.index('"Putin is ready')
        self._caret(self._text.rindex("He said", 0, quote))
        self.press("w", "s")
        self._caret(quote + 5)
        self.press('"', "c")
        self._caret(self._text.index("ready to meet", quote))
        self.select_words(10)
        self.press("p", Qt.Key.Key_Return)
        self.type("Lavrov")
        self.press(Qt.Key.Key_Return)
        self.type("summit")
        self.press(Qt.Key.Key_Return)
        self.type("-1")
        self.press(Qt.Key.Key_Return)
        # Nothing is missing any more; the condition is the third field after the actor.
        self.press(Qt.Key.Key_Return, Qt.Key.Key_Tab, Qt.Key.Key_Tab, Qt.Key.Key_Tab)
        self.type("the agenda is ready")
        self.press(Qt.Key.Key_Return)

    def press(self, *keys: str | Qt.Key) -> None:
        """Press keys one after the other, wherever the focus is."""
        for key in keys:
            if isinstance(key, str):
                self.type(key)
            else:
                QTest.keyClick(self._app.focusWidget() or self._window, key)
            QTest.qWait(_PAUSE_MS)

    def type(self, text: str) -> None:
        QTest.keyClicks(self._app.focusWidget() or self._window, text)

    def select_words(self, count: int) -> None:
        for _ in range(count):
            QTest.keyClick(self._window.pane.view, Qt.Key.Key_Right, _CONTROL_SHIFT)

    def _caret(self, position: int) -> None:
        self._window.pane.view.select(position, position)

    @property
    def _text(self) -> str:
        page = self._window.desk.page
        if page is None:
            raise AnnotatorError("The demo's article is missing from the seeds.")
        return page.text


def _keep(window: Window, folder: Path) -> None:
    """Leave the export and the pictures in the folder and say where they are."""
    page = window.desk.page
    if page is None or len(page.statements) != 1 or window.desk.missing(page.in_order()[0]):
        raise AnnotatorError("The demo's keys did not make one whole statement.")
    export, shot, drawn = folder / "demo.json", folder / "window.png", folder / "article.png"
    for target in window.targets:
        if hasattr(target, "export_to"):
            target.export_to(export, None)
    QTest.qWait(_PAUSE_MS)
    window.grab().save(str(shot))
    write_picture(window.desk.workspace, page.article, page.layer, drawn, "light", 900)
    sys.stdout.write(
        f"One statement was marked by key presses.\nExport:  {export}\nWindow:  {shot}\n"
        f"Article: {drawn}\nProject: {window.desk.workspace.path}\n"
    )
