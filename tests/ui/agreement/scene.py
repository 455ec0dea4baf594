"""The window of agreement opened, and waited for."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from annotator.ui.agreement.window import AgreementWindow
from annotator.ui.window import Window

_CONTROL = Qt.KeyboardModifier.ControlModifier
_SHIFT = Qt.KeyboardModifier.ShiftModifier


def shown(qtbot: QtBot, window: Window) -> AgreementWindow:
    QTest.keyClick(window, Qt.Key.Key_J, _CONTROL | _SHIFT)
    qtbot.waitUntil(lambda: window.findChild(AgreementWindow) is not None)
    found = window.findChild(AgreementWindow)
    assert isinstance(found, AgreementWindow)
    qtbot.waitUntil(lambda: QApplication.activeWindow() is found)
    settled(qtbot, found)
    return found


def settled(qtbot: QtBot, found: AgreementWindow) -> None:
    """Counted, with intervals."""

    def is_ready() -> bool:
        report = found.report
        return found.working.is_complete and report is not None and report.resamples > 0

    qtbot.waitUntil(is_ready, timeout=20_000)
