"""The import window, with files as if they had been chosen."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from annotator.ui.intake.window import Intake
from annotator.ui.side_window import beside
from tests.ui.conftest import Hands
from tests.ui.intake.scene import ready


@pytest.fixture
def intake(hands: Hands) -> Callable[..., Intake]:
    """Show files as if they had been chosen, and wait until all is read and compared."""

    def show(*given: Path) -> Intake:
        shown = beside(hands.window, Intake, Intake)
        hands.qtbot.waitUntil(lambda: QApplication.activeWindow() is shown)
        shown.add(given)
        ready(hands, shown)
        return shown

    return show
