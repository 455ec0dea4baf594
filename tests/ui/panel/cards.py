"""What a test sees of the panel: its cards, the one at hand, what has the focus."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from annotator.core.model import Statement
from annotator.ui.panel.card import Card
from tests.ui.acting import page_of
from tests.ui.conftest import Hands

ENTER, ESC, DOWN, UP = Qt.Key.Key_Return, Qt.Key.Key_Escape, Qt.Key.Key_Down, Qt.Key.Key_Up
F8, SHIFT = Qt.Key.Key_F8, Qt.KeyboardModifier.ShiftModifier
CONTROL = Qt.KeyboardModifier.ControlModifier


def card_of(hands: Hands) -> Card:
    card = hands.window.panel.card
    assert card is not None
    return card


def focused(hands: Hands) -> str:
    focus = QApplication.focusWidget()
    return focus.accessibleName() if focus else ""


def shown(hands: Hands) -> list[int]:
    return hands.window.panel._statements.ids


def by_claim(hands: Hands, words: str) -> Statement:
    page = page_of(hands)
    return next(
        s for s in page.in_order() if any(words in m.quote for m in page.members(s, "claim"))
    )
