"""Room for the text: what beside it gives way in a narrow window, and what goes when not needed."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from tests.ui.conftest import Hands
from tests.workshop import SEED_000, add_article

WORDS = "Russian Foreign Minister Sergei Lavrov"
NONE = Qt.KeyboardModifier.NoModifier
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


def shown(hands: Hands) -> str:
    """Which panes are there, in the order of the screen."""
    window = hands.window
    panes = {"list": window.articles, "text": window.pane, "panel": window.panel}
    return " ".join(name for name, pane in panes.items() if pane.isVisible())


def in_panel(hands: Hands) -> bool:
    """Whether the keyboard is in the panel."""
    focus = QApplication.focusWidget()
    return focus is not None and hands.window.panel.isAncestorOf(focus)


def narrow(hands: Hands, width: int) -> None:
    hands.window.resize(width, 700)
    settle()
    assert hands.window.width() == width


def test_the_list_gives_way_first_and_then_the_panel(hands: Hands) -> None:
    hands.open(SEED_000)
    for width, panes in (
        (1200, "list text panel"),
        (900, "list text panel"),
        (760, "text panel"),
        (640, "text"),
        (760, "text panel"),
        (1200, "list text panel"),
    ):
        narrow(hands, width)
        assert shown(hands) == panes
        view = hands.window.pane.view
        assert view.mapTo(hands.window, view.rect().topRight()).x() < width
        assert view.horizontalScrollBar().maximum() == 0


def test_keys_bring_back_what_gave_way_and_the_text_takes_its_place(hands: Hands) -> None:
    hands.open(SEED_000)
    narrow(hands, 640)
    hands.select(WORDS)
    hands.press("s")
    hands.press(Qt.Key.Key_3, modifier=CONTROL)
    settle()
    assert shown(hands) == "text panel"
    assert in_panel(hands)
    hands.press(Qt.Key.Key_1, modifier=CONTROL)
    settle()
    assert shown(hands) == "list text"
    hands.press(Qt.Key.Key_2, modifier=CONTROL)
    settle()
    assert shown(hands) == "text"
    assert hands.window.pane.view.hasFocus()


def test_a_field_is_filled_in_beside_its_words_in_a_narrow_window(hands: Hands) -> None:
    hands.open(SEED_000)
    narrow(hands, 640)
    hands.select(WORDS)
    hands.press("s")
    assert shown(hands) == "text"
    hands.press(Qt.Key.Key_Return)
    settle()
    assert shown(hands) == "text panel"
    first, last = hands.window.pane.view.visible()
    assert first <= hands.text.index(WORDS) <= last
    hands.type("Lavrov")
    hands.press(Qt.Key.Key_Return)
    page = hands.window.desk.page
    assert page is not None
    assert [mark.fields for mark in page.marks.values()] != [{}]
    hands.press(Qt.Key.Key_Escape)
    settle()
    assert shown(hands) == "text"


def test_what_is_still_to_do_shows_although_the_panel_gave_way(hands: Hands) -> None:
    hands.open(SEED_000)
    narrow(hands, 640)
    for _ in range(2):
        hands.press(Qt.Key.Key_4, modifier=CONTROL)
        settle()
        assert shown(hands) == "text panel"
        assert hands.window.panel.todo.hasFocus()
        hands.press(Qt.Key.Key_2, modifier=CONTROL)
        settle()
        assert shown(hands) == "text"


def test_resizing_leaves_the_keyboard_where_it_is(hands: Hands) -> None:
    hands.open(SEED_000)
    narrow(hands, 760)
    hands.select(WORDS)
    hands.press("s")
    hands.press(Qt.Key.Key_3, modifier=CONTROL)
    narrow(hands, 640)
    assert shown(hands) == "text panel"
    for key, modifier in ((Qt.Key.Key_2, CONTROL), (Qt.Key.Key_Escape, NONE)):
        hands.press(Qt.Key.Key_3, modifier=CONTROL)
        narrow(hands, 560)
        assert shown(hands) == "panel"
        assert in_panel(hands)
        hands.press(key, modifier=modifier)
        settle()
        assert shown(hands) == "text"
        assert hands.window.pane.view.hasFocus()


def test_what_is_to_be_done_in_the_text_brings_the_text_back(hands: Hands) -> None:
    hands.open(SEED_000)
    narrow(hands, 560)
    hands.press(Qt.Key.Key_4, modifier=CONTROL)
    settle()
    assert shown(hands) == "panel"
    hands.press(Qt.Key.Key_Return)
    settle()
    assert shown(hands) == "text"
    assert hands.window.pane.view.hasFocus()


def test_finding_brings_back_the_text_that_the_panel_stands_in_place_of(hands: Hands) -> None:
    hands.open(SEED_000)
    narrow(hands, 560)
    bar = hands.window.pane.find_bar
    for step in (False, True):
        hands.press(Qt.Key.Key_3, modifier=CONTROL)
        settle()
        assert shown(hands) == "panel"
        hands.press(Qt.Key.Key_F3) if step else hands.press(Qt.Key.Key_F, modifier=CONTROL)
        settle()
        assert shown(hands) == "text"
        assert bar.isVisible()
        if not step:
            assert bar.line.hasFocus()
            hands.type("Lavrov")
            assert len(bar.hits.places) == hands.text.count("Lavrov")


def test_a_long_message_does_not_keep_the_window_wide(hands: Hands) -> None:
    hands.open(SEED_000)
    hands.window.say("A sentence that goes on and on. " * 12)
    narrow(hands, 640)
    assert hands.window.statusBar().width() == 640
