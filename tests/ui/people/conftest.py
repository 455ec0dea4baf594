"""The window of the actors on a project in which three of them speak."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from annotator.core.codebook import actor_id
from annotator.core.people.keeping import new_actor
from annotator.ui.people.window import PeopleWindow
from annotator.ui.window import Window
from annotator.workspace import Workspace
from tests.ui.conftest import Hands
from tests.ui.people.scene import called, say
from tests.workshop import add_article, start

_CONTROL = Qt.KeyboardModifier.ControlModifier
_TEXTS = ("Lavrov said no. Zelenskyy waited.", "Lavrov agreed. Kyiv did not.")


@pytest.fixture
def project(tmp_path: Path) -> Workspace:
    """Two articles in each of which Lavrov says something; Zelensky twice."""
    workspace = Workspace.create(tmp_path / "people.annotator", start(), "Ada")
    for name in ("Volodymyr Zelensky", "Zelenskyy"):
        workspace.do(new_actor(workspace.new_id(), name)[0])
    for number, text in enumerate(_TEXTS):
        add_article(workspace, text, f"Article {number}")
        say(workspace, number, "Lavrov", actor_id("lavrov"))
    say(workspace, 0, "Zelenskyy", called(workspace, "Zelenskyy").id)
    return workspace


@pytest.fixture
def window(project: Workspace, qtbot: QtBot, open_window: Callable[[Workspace], Window]) -> Window:
    return open_window(project)


@pytest.fixture
def people(window: Window, qtbot: QtBot) -> PeopleWindow:
    """Opened by its keys."""
    hands = Hands(qtbot, window)
    hands.press(Qt.Key.Key_A, modifier=_CONTROL | Qt.KeyboardModifier.ShiftModifier)
    found = window.findChild(PeopleWindow)
    assert isinstance(found, PeopleWindow)
    qtbot.waitUntil(lambda: QApplication.activeWindow() is found)
    return found


@pytest.fixture
def hands(people: PeopleWindow, window: Window, qtbot: QtBot) -> Hands:
    return Hands(qtbot, window)
