"""Room for the text: what beside it gives way in a narrow window, and what goes when not needed."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from tests.ui.conftest import Hands
from tests.workshop import SEED_000, add_article

CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def settle() -> None:
    for _ in range(3):
        QApplication.processEvents()


def test_a_narrow_window_gives_large_text_the_room_of_the_articles(hands: Hands) -> None:
    hands.open(SEED_000)
    window = hands.window
    window.resize(900, 600)
    settle()
    before = window.pane.width()
    assert window.articles.isVisible()
    for _ in range(6):
        hands.press(Qt.Key.Key_Plus, modifier=CONTROL)
    settle()
    assert window.pane.view.zoom == 160
    assert not window.articles.isVisible()
    assert window.pane.width() > before
    hands.press(Qt.Key.Key_1, modifier=CONTROL)
    assert window.articles.isVisible()
    assert window.articles.list.hasFocus()
    window.to_text()
    assert not window.articles.isVisible()
    hands.press(Qt.Key.Key_F, modifier=CONTROL | SHIFT)
    assert window.articles.search.hasFocus()
    hands.press(Qt.Key.Key_2, modifier=CONTROL)
    window.resize(1500, 700)
    settle()
    assert window.articles.isVisible()


def test_focus_mode_hides_the_tour_and_the_status_bar(hands: Hands) -> None:
    hands.open(SEED_000)
    window = hands.window
    hands.window.tour.tour()
    window.say("Something was said.")
    hands.press(Qt.Key.Key_F11)
    assert not window.tour.isVisible()
    assert not window.statusBar().isVisible()
    hands.press(Qt.Key.Key_F11)
    assert window.tour.isVisible()
    assert window.statusBar().isVisible()


def test_a_text_that_fits_needs_no_overview(hands: Hands) -> None:
    window = hands.window
    short = add_article(window.desk.workspace, "Two words.\n", "Short")
    window.desk.open(short.id)
    settle()
    assert window.pane.view.verticalScrollBar().maximum() == 0

    def offered() -> list[bool]:
        return [window.pane.overview._is_needed, window.pane.view.verticalScrollBar().isEnabled()]

    assert offered() == [False, False]
    hands.open(SEED_000)
    window.resize(900, 400)
    settle()
    assert offered() == [True, True]


def test_enter_says_what_is_to_be_marked_when_no_field_is_missing(hands: Hands) -> None:
    hands.open(SEED_000)
    hands.select("It was raised later.")
    hands.press("c", Qt.Key.Key_Return)
    assert hands.window.pane.view.hasFocus()
    assert hands.window._message.text().startswith("No speaker yet")
