"""What a mark looks like besides its kind: hovered, suggested, gold; and what is said of it."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from annotator.ui.article import spoken
from annotator.ui.article.geometry.drawn import Drawn, State
from annotator.ui.article.view import ArticleView
from tests.ui.article.scene import lanes, point_on, shown
from tests.ui.article.test_view import LEFT, NESTED, NONE, TEXT, Painted, click

TWO = [Drawn(1, "claim", ((0, 11),), "claim"), Drawn(2, "cue", ((30, 40),), "cue")]


def see(view: ArticleView) -> QImage:
    return view.viewport().grab().toImage()


def rest_on(view: ArticleView, point: QPoint) -> None:
    QTest.mouseMove(view.viewport(), point)
    QApplication.processEvents()


def test_the_mark_under_the_mouse_shows_and_nothing_moves(qtbot: QtBot) -> None:
    view = shown(qtbot, TEXT, TWO)
    line = lanes(view).flow(0).lines[0]
    before, place = see(view), (line.top, line.height)
    rest_on(view, point_on(view, 5))
    over = see(view)
    assert over != before
    assert lanes(view).flow(0).lines[0] is line
    assert (line.top, line.height) == place
    rest_on(view, point_on(view, 35))
    assert see(view) not in (over, before)
    QApplication.sendEvent(view, QEvent(QEvent.Type.Leave))
    assert see(view) == before


def test_hovering_repaints_only_the_paragraph(qtbot: QtBot) -> None:
    view = shown(qtbot, f"{TEXT}\n{TEXT}\n{TEXT}", TWO)
    view.viewport().repaint()
    painted = Painted(view)
    rest_on(view, point_on(view, 5))
    area = painted.region.boundingRect()
    layout = lanes(view)
    assert not area.isEmpty()
    assert area.bottom() <= layout.top_of(1)
    rest_on(view, point_on(view, 6))
    assert painted.region.boundingRect() == area


def test_a_new_article_forgets_the_mouse(qtbot: QtBot) -> None:
    view = shown(qtbot, TEXT, TWO)
    before = see(view)
    rest_on(view, point_on(view, 5))
    view.show_article(TEXT, [], TWO)
    assert see(view) == before


@pytest.mark.parametrize("state", ["suggested", "gold", "aside"])
def test_suggested_gold_and_left_out_marks_look_different_and_take_the_same_room(
    qtbot: QtBot, state: State
) -> None:
    view = shown(qtbot, TEXT, TWO)
    view.clearFocus()
    own, height = see(view), lanes(view).flow(0).height
    view.update_marks([replace(mark, state=state) for mark in TWO])
    assert see(view) != own
    assert lanes(view).flow(0).height == height
    view.update_marks(TWO)
    assert see(view) == own


def test_a_double_click_selects_the_word_and_slow_clicks_cycle(qtbot: QtBot) -> None:
    view = shown(qtbot, TEXT, NESTED)
    chosen: list[object] = []
    view.mark_chosen.connect(chosen.append)
    point = point_on(view, 2)
    click(view, point)
    QTest.mouseDClick(view.viewport(), LEFT, NONE, point)
    assert (TEXT[slice(*view.selection())], chosen) == ("Lavrov", [2])
    qtbot.wait(QApplication.doubleClickInterval() + 50)
    click(view, point)
    assert (view.selection()[0], chosen) == (view.selection()[1], [2, 3])


@pytest.fixture
def said(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What a screen reader is told."""
    words: list[str] = []

    def hear(event: object) -> None:
        if isinstance(event, QAccessibleAnnouncementEvent):
            words.append(event.message())

    listening = SimpleNamespace(isActive=lambda: True, updateAccessibility=hear)
    monkeypatch.setattr(spoken, "QAccessible", listening)
    return words


def test_the_caret_names_the_marks_it_comes_to(qtbot: QtBot, said: list[str]) -> None:
    view = shown(qtbot, TEXT, NESTED)
    QTest.keyClick(view, Qt.Key.Key_Right)
    QTest.keyClick(view, Qt.Key.Key_Right)
    assert said == ["name <b>; name and verb; all"]
    view.select(20, 20)
    view.select(57, 57)
    view.select(3, 3)
    assert said[1:] == ["all", "name <b>; name and verb; all"]


def test_nothing_is_said_without_a_listener_or_with_an_old_qt(
    qtbot: QtBot, said: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(spoken, "_Announcement", None)
    view = shown(qtbot, TEXT, NESTED)
    QTest.keyClick(view, Qt.Key.Key_Right)
    monkeypatch.undo()
    QTest.keyClick(view, Qt.Key.Key_Right)
    assert (said, bool(QAccessible.isActive())) == ([], False)
