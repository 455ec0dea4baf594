"""What hands do in a window beyond pressing keys, and what is read off it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QDialog

from annotator.core.model import Mark, Statement
from annotator.core.page import Page
from tests.ui.conftest import Hands


def page_of(hands: Hands) -> Page:
    page = hands.window.desk.page
    assert page is not None
    return page


def mark_words(hands: Hands, words: str, key: str) -> Mark:
    """Select words by hand and press the key of a kind."""
    hands.select(words)
    hands.press(key)
    mark = hands.window.desk.current_mark
    assert mark is not None
    assert mark.quote == words
    return mark


def statement_at_hand(hands: Hands) -> Statement:
    statement = hands.window.desk.current_statement
    assert statement is not None
    return statement


def message(hands: Hands) -> str:
    return hands.window._message.text()


def meanwhile(act: Callable[[QDialog], None]) -> None:
    """Act on the dialog that is about to open, and close it whatever happens."""

    def later() -> None:
        dialog = QApplication.activeModalWidget()
        if not isinstance(dialog, QDialog) or QApplication.activeWindow() is not dialog:
            QTimer.singleShot(5, later)
            return
        try:
            act(dialog)
        finally:
            if dialog.isVisible():
                dialog.reject()

    QTimer.singleShot(0, later)
