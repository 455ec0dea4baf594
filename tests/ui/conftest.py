"""A window on the seeds, with its own data and settings folders."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from annotator.ui.settings import Settings
from annotator.ui.window import Window
from annotator.workspace import Workspace
from tests.workshop import seeds_project


@pytest.fixture(autouse=True)
def _own_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ANNOTATOR_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("ANNOTATOR_CONFIG", str(tmp_path / "config"))


class Hands:
    """An analyst's hands on the keyboard of a window."""

    def __init__(self, qtbot: QtBot, window: Window) -> None:
        self.qtbot = qtbot
        self.window = window

    def press(
        self,
        *keys: str | Qt.Key,
        modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier,
    ) -> None:
        """Press keys one after the other, wherever the focus is by then."""
        for key in keys:
            if isinstance(key, str):
                QTest.keyClicks(self._focus(), key, modifier)
            else:
                QTest.keyClick(self._focus(), key, modifier)
            QApplication.processEvents()

    def type(self, text: str) -> None:
        QTest.keyClicks(self._focus(), text)

    def _focus(self) -> QWidget:
        """Where keys go; after a dialog the window takes a moment to get them back."""
        self.qtbot.waitUntil(lambda: QApplication.focusWidget() is not None)
        focus = QApplication.focusWidget()
        assert focus is not None
        return focus

    @property
    def text(self) -> str:
        page = self.window.desk.page
        assert page is not None
        return page.text

    def open(self, file: str) -> None:
        """Have the article from a file on the desk and the keyboard on its text."""
        for article in self.window.desk.workspace.articles():
            if article.file == file:
                self.window.desk.open(article.id)
        self.window.to_text()

    def caret(self, words: str, offset: int = 0) -> None:
        """Put the caret where these words begin, as a click would."""
        at = self.text.index(words) + offset
        self.window.pane.view.select(at, at)

    def select(self, words: str) -> None:
        """Select words by holding Shift and pressing Right."""
        self.caret(words)
        self.press(*[Qt.Key.Key_Right] * len(words), modifier=Qt.KeyboardModifier.ShiftModifier)


@pytest.fixture
def open_window(qtbot: QtBot) -> Iterator[Callable[[Workspace], Window]]:
    """Shows windows and closes them."""
    windows: list[Window] = []

    def show(workspace: Workspace) -> Window:
        window = Window(workspace, Settings(), lambda _path, _new: None)
        windows.append(window)
        window.show()
        window.activateWindow()
        qtbot.waitUntil(lambda: QApplication.activeWindow() is window)
        return window

    yield show
    for window in windows:
        window.close()
        window.deleteLater()
    QApplication.processEvents()


@pytest.fixture
def hands(qtbot: QtBot, tmp_path: Path, open_window: Callable[[Workspace], Window]) -> Hands:
    """A window on the seeds with the keyboard on the text."""
    return Hands(qtbot, open_window(seeds_project(tmp_path)))
