"""What the README has a newcomer do first, with the mouse as it says, and leaving again."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.ui.article.scene import point_on
from tests.ui.conftest import Hands
from tests.workshop import SEED_002

ENTER, ESC = Qt.Key.Key_Return, Qt.Key.Key_Escape
CONTROL = Qt.KeyboardModifier.ControlModifier


def click_into(hands: Hands, words: str, offset: int = 2) -> None:
    """A press and a release of the mouse on a letter of these words."""
    view = hands.window.pane.view
    at = hands.text.index(words)
    view.reveal(at, at + len(words))
    point = point_on(view, at + offset)
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=point)


def test_the_first_statement_of_the_readme(hands: Hands) -> None:
    hands.open(SEED_002)
    click_into(hands, "We’re going to find out")
    hands.press('"', "c")
    click_into(hands, "It’s possible")
    hands.press('"', "f")
    click_into(hands, "Trump said. “It’s")
    hands.press("w", "s", ENTER, ENTER)
    hands.select("doesn’t want to make a deal")
    hands.press("p", ENTER)
    hands.type("wants a deal")
    hands.press(ENTER)
    hands.type("-1")
    hands.press(ENTER)
    desk = hands.window.desk
    assert desk.page is not None
    (statement,) = desk.page.in_order()
    assert desk.missing(statement) == []
    assert sorted(mark.kind for mark in desk.page.marks.values()) == [
        "claim",
        "position",
        "speaker",
    ]
    hands.press(ESC)
    assert (desk.statement, desk.mark) == (None, None)


def test_a_double_click_keeps_the_statement_at_hand(hands: Hands) -> None:
    hands.open(SEED_002)
    click_into(hands, "We’re going to find out")
    hands.press('"', "c")
    at_hand = hands.window.desk.statement
    click_into(hands, "Trump said. “It’s")
    view = hands.window.pane.view
    point = point_on(view, hands.text.index("Trump said. “It’s") + 2)
    QTest.mouseDClick(view.viewport(), Qt.MouseButton.LeftButton, pos=point)
    hands.press("s")
    assert hands.window.desk.statement == at_hand is not None


@pytest.mark.parametrize("key", ["w", "q"])
def test_the_window_closes_by_key(hands: Hands, key: str) -> None:
    hands.press(key, modifier=CONTROL)
    hands.qtbot.waitUntil(hands.window.isHidden)


@pytest.mark.parametrize("key", ["w", "q"])
def test_it_closes_during_the_tour(hands: Hands, key: str) -> None:
    hands.window.tour.tour()
    hands.press(key, modifier=CONTROL)
    hands.qtbot.waitUntil(hands.window.isHidden)
