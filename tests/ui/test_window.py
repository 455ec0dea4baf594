"""The window as a whole: articles on the desk, their texts, two windows, the way through it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from annotator.ui.dialogs import Describe
from annotator.ui.window import Window
from annotator.workspace import Workspace
from tests.ui.acting import mark_words, meanwhile, message, page_of
from tests.ui.conftest import Hands
from tests.workshop import SEED_000, SEED_002

ENTER = Qt.Key.Key_Return
CONTROL = Qt.KeyboardModifier.ControlModifier


def test_undo_goes_to_the_article_it_changes(hands: Hands) -> None:
    hands.open(SEED_000)
    mark_words(hands, "Trump announced", "s")
    hands.open(SEED_002)
    hands.press(Qt.Key.Key_Z, modifier=CONTROL)
    assert page_of(hands).article.file == SEED_000


def test_a_scrolled_article_gives_way_to_another(hands: Hands) -> None:
    view = hands.window.pane.view
    for file in (SEED_000, SEED_002, SEED_000):
        hands.open(file)
        hands.press(Qt.Key.Key_End, modifier=CONTROL)
        hands.qtbot.waitUntil(lambda: view.verticalScrollBar().value() > 0)
        hands.press(Qt.Key.Key_PageUp, modifier=CONTROL)
        hands.press(Qt.Key.Key_PageDown, modifier=CONTROL)
        assert view.verticalScrollBar().value() == 0 or page_of(hands).article.file == file


def test_a_removed_article_comes_back_on_the_desk_by_undo(hands: Hands) -> None:
    hands.open(SEED_000)
    mark_words(hands, "Trump announced", "s")
    hands.window.actions_by_id["article.remove"].trigger()
    assert page_of(hands).article.file == SEED_002
    hands.press(Qt.Key.Key_Z, modifier=CONTROL)
    assert page_of(hands).article.file == SEED_000
    assert len(page_of(hands).marks) == 1


# Text


def test_b_gives_the_line_its_next_block_type(hands: Hands) -> None:
    hands.open(SEED_002)
    hands.caret("Complexities Cloud Peace Prospects", 3)
    at = hands.window.pane.view.caret()

    def type_here() -> str:
        return next(b.type for b in page_of(hands).article.blocks if b.start <= at < b.end)

    assert type_here() == "heading"
    hands.press("b")
    assert type_here() == "caption"
    hands.press("b")
    assert type_here() == "body"
    hands.press(Qt.Key.Key_Z, modifier=CONTROL)
    assert type_here() == "caption"


def test_f2_describes_the_article(hands: Hands) -> None:
    hands.open(SEED_002)

    def fill(dialog: QWidget) -> None:
        assert isinstance(dialog, Describe)
        dialog.lines["outlet"].setText("The Daily")
        dialog.lines["published"].setText("yesterday")
        dialog.accept()
        assert dialog.isVisible(), "a date that is none was taken"
        dialog.lines["published"].setText("2025-08-20")
        dialog.accept()

    meanwhile(fill)
    hands.press(Qt.Key.Key_F2)
    article = page_of(hands).article
    assert (article.outlet, article.published) == ("The Daily", "2025-08-20")
    assert "The Daily · 2025-08-20" in hands.window.pane._about.text()


def test_done_is_said_with_what_is_unfinished(hands: Hands) -> None:
    hands.open(SEED_000)
    mark_words(hands, "Trump announced", "s")
    hands.press(Qt.Key.Key_D, modifier=CONTROL)
    assert message(hands).startswith("To do: ")
    assert "no actor yet, no claim yet. F8 goes to the first" in message(hands)
    status = hands.window.desk.workspace.status(page_of(hands).article.id)
    assert status is not None
    assert status.progress == "in progress"
    hands.press(Qt.Key.Key_D, modifier=CONTROL)
    assert message(hands).startswith("Done. Left to do: ")
    status = hands.window.desk.workspace.status(page_of(hands).article.id)
    assert status is not None
    assert status.progress == "done"


# Two windows


def test_a_second_window_sees_the_first_ones_work(
    hands: Hands, qtbot: QtBot, open_window: Callable[[Workspace], Window]
) -> None:
    hands.open(SEED_000)
    path = hands.window.desk.workspace.path
    other = Hands(qtbot, open_window(Workspace.open(path, "Ada")))
    other.open(SEED_000)
    hands.window.activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is hands.window)
    hands.window.to_text()
    mark = mark_words(hands, "Trump announced", "s")
    qtbot.waitUntil(lambda: mark.id in page_of(other).marks)
    assert other.window.panel._statements.rowCount() == 1


def test_a_failed_save_is_said_and_the_next_one_clears_it(hands: Hands) -> None:
    hands.open(SEED_000)
    connection = hands.window.desk.workspace._file.connection
    connection.execute("PRAGMA query_only = ON")
    hands.select("Trump announced")
    hands.press("s")
    assert hands.window._saved.text() == "NOT SAVED"
    assert hands.window.windowTitle().startswith("NOT SAVED")
    assert "Not saved" in message(hands)
    assert page_of(hands).marks == {}
    connection.execute("PRAGMA query_only = OFF")
    mark_words(hands, "Trump announced", "s")
    assert hands.window._saved.text() == "All saved"
    assert "NOT SAVED" not in hands.window.windowTitle()


# For everybody


def test_what_can_have_the_focus_has_a_name(hands: Hands) -> None:
    hands.open(SEED_000)
    mark_words(hands, "ready to meet", "p")
    hands.press(ENTER)
    nameless = [
        w
        for w in hands.window.findChildren(QWidget)
        if w.focusPolicy() & Qt.FocusPolicy.TabFocus and w.isVisible() and not w.accessibleName()
    ]
    assert nameless == []


def test_all_panes_are_reached_by_f6(hands: Hands) -> None:
    hands.open(SEED_000)
    mark_words(hands, "Trump announced", "s")
    seen = []
    for _ in range(3):
        hands.press(Qt.Key.Key_F6)
        focus = QApplication.focusWidget()
        assert focus is not None
        seen.append(focus.accessibleName())
    assert seen == ["Actor", "Articles", "Article"]


def test_f6_passes_over_an_empty_panel(hands: Hands) -> None:
    hands.open(SEED_000)
    hands.press(Qt.Key.Key_F6)
    focus = QApplication.focusWidget()
    assert focus is not None
    assert focus.accessibleName() == "Articles"


def test_theme_and_zoom_are_remembered(hands: Hands) -> None:
    hands.press(Qt.Key.Key_T, modifier=CONTROL)
    assert hands.window.settings.theme == "light"
    hands.press(Qt.Key.Key_T, modifier=CONTROL)
    assert hands.window.settings.theme == "dark"
    assert hands.window.theme.dark
    hands.press(Qt.Key.Key_Plus, modifier=CONTROL)
    assert hands.window.settings.zoom == 110


def test_many_void_calls_leave_none_alive(qtbot: QtBot) -> None:
    """PySide6 6.12.0 drops a reference to None at each on Python 3.11 and older."""
    line = QLineEdit()
    qtbot.addWidget(line)
    for _ in range(20_000):
        line.update()
    assert line.text() == ""
