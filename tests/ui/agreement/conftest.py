"""The window of agreement on a project that two analysts have finished."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from annotator.ui.agreement.window import AgreementWindow
from annotator.ui.window import Window
from annotator.workspace import Workspace
from tests.agreed import agreed_project
from tests.ui.agreement.scene import shown


@pytest.fixture
def window(tmp_path: Path, open_window: Callable[[Workspace], Window]) -> Window:
    path = tmp_path / "agreed.annotator"
    agreed_project(path)
    return open_window(Workspace.open(path, "Ada"))


@pytest.fixture
def agreement(qtbot: QtBot, window: Window) -> AgreementWindow:
    return shown(qtbot, window)
