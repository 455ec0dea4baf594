"""Focus mode, and lines as long and as far apart as one likes, by keys."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence

from annotator.ui.article.geometry.measures import Reading
from annotator.ui.article.pointing import caret_box
from annotator.ui.settings import Settings
from tests.ui.acting import mark_words, page_of
from tests.ui.article.scene import lanes
from tests.ui.conftest import Hands
from tests.workshop import SEED_000

F11 = Qt.Key.Key_F11
CONTROL = Qt.KeyboardModifier.ControlModifier


def test_f11_leaves_only_article_and_cards_and_back(hands: Hands) -> None:
    hands.open(SEED_000)
    window = hands.window
    hidden = (window.articles, window.menuBar(), window.pane.header, window.statusBar())
    hands.press(F11)
    hands.qtbot.waitUntil(lambda: not any(part.isVisible() for part in hidden))
    assert window.isFullScreen()
    assert window.pane.view.isVisible()
    assert window.panel.isVisible()
    assert window.pane.view.hasFocus()
    hands.press(F11)
    assert all(part.isVisible() for part in hidden)
    assert not window.isFullScreen()


def test_keys_work_in_focus_mode_and_messages_are_seen(hands: Hands) -> None:
    hands.open(SEED_000)
    hands.press(F11)
    mark_words(hands, "Lavrov told", "s")
    hands.press(Qt.Key.Key_Z, modifier=CONTROL)
    assert page_of(hands).marks == {}
    assert hands.window.statusBar().isVisible()
    hands.window.say("")
    assert not hands.window.statusBar().isVisible()
    hands.press(Qt.Key.Key_1, modifier=CONTROL)
    assert hands.window.articles.isVisible()
    assert hands.window.articles.list.hasFocus()


def test_lines_grow_to_ninety_characters_and_are_remembered(hands: Hands) -> None:
    hands.window.resize(2000, 900)
    hands.open(SEED_000)
    view = hands.window.pane.view
    width = lanes(view).column.width
    for _ in range(6):
        hands.press(Qt.Key.Key_BracketRight, modifier=CONTROL)
    assert view.reading == Reading(90)
    assert lanes(view).column.width == pytest.approx(width * 90 / 70, abs=2)
    assert Settings().reading == Reading(90)
    hands.press(*[Qt.Key.Key_BracketLeft] * 8, modifier=CONTROL)
    assert view.reading == Reading(60)


def test_lines_stand_further_apart(hands: Hands) -> None:
    hands.open(SEED_000)
    view, actions = hands.window.pane.view, hands.window.actions_by_id
    start = hands.text.index("Lavrov told")
    flow = lanes(view).flow(lanes(view).page.index.paragraph_of(start))
    before = flow.lines[1].top - flow.lines[0].top
    actions["view.line_apart"].trigger()
    assert view.reading == Reading(spacing=110)
    flow = lanes(view).flow(lanes(view).page.index.paragraph_of(start))
    assert flow.lines[1].top - flow.lines[0].top == pytest.approx(before * 1.1, abs=1)
    actions["view.line_reset"].trigger()
    assert view.reading == Reading()
    assert caret_box(lanes(view), start).height() > 0


def test_settings_somebody_has_spoilt_are_set_right(tmp_path: Path) -> None:
    settings = Settings()
    settings.reading = Reading(5, 900)
    assert Settings().reading == Reading(60, 160)


def test_every_key_is_one_qt_knows(hands: Hands) -> None:
    for command in hands.window.commands:
        for key in command.keys:
            assert QKeySequence(key).toString(), command.id
