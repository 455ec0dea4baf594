"""Enter in a widget that has no use for it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPlainTextEdit
from pytestqt.qtbot import QtBot

from annotator.ui.enter import EnterKey


def test_enter_is_told_and_everything_else_is_the_widgets(qtbot: QtBot) -> None:
    text = QPlainTextEdit()
    qtbot.addWidget(text)
    told: list[str] = []
    EnterKey(text).pressed.connect(lambda: told.append(text.toPlainText()))
    for key in (Qt.Key.Key_A, Qt.Key.Key_Return, Qt.Key.Key_B, Qt.Key.Key_Enter):
        QTest.keyClick(text, key)
    assert told == ["a", "ab"]
    assert text.toPlainText() == "ab"
