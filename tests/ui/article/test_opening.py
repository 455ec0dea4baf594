"""Opening an article: what is done at once, and what only later."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from annotator.ui.article.geometry.drawn import Drawn
from annotator.ui.article.view import ArticleView
from tests.ui.article.scene import SCRIPTS, lanes, shown

MANY = "\n".join(f"Paragraph number {n} of many, with 😀 in it." for n in range(3000))

LONG = "\n".join(f"Paragraph number {n} of very many, with 😀 in it." for n in range(12_000))
CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def marks(count: int) -> list[Drawn]:
    return [Drawn(n, "claim", ((n * 37 % 90_000, n * 37 % 90_000 + 30),), "") for n in range(count)]


def test_only_the_top_is_laid_out_whatever_was_open_before(qtbot: QtBot) -> None:
    view = shown(qtbot, SCRIPTS)
    view.select(3, len(SCRIPTS))
    said: list[object] = []
    view.selection_changed.connect(said.append)
    view.show_article(MANY, [], [])
    assert max(lanes(view).flows, default=0) < 60
    assert (view.selection(), view.caret(), said) == ((0, 0), 0, [])
    view.selectAll()
    assert view.selection() == (0, len(MANY))


def test_the_same_article_again_looks_the_same(qtbot: QtBot) -> None:
    view = shown(qtbot, SCRIPTS, marks(3))
    before = view.viewport().grab().toImage()
    view.show_article(MANY, [], marks(500))
    view.verticalScrollBar().setValue(5000)
    view.select(700, 900)
    view.show_article(SCRIPTS, [], marks(3))
    assert view.viewport().grab().toImage() == before


def test_a_mark_made_at_once_is_seen_with_the_others(qtbot: QtBot) -> None:
    view = shown(qtbot, "")
    view.show_article(MANY, [], marks(3000))
    near = [m.id for m in marks(3000) if m.start <= 50 < m.end]
    view.update_marks([Drawn(9999, "cue", ((45, 55),), "")], near[:1])
    assert sorted(view.marks_at(50)) == [*near[1:], 9999]
    qtbot.waitUntil(lambda: _at_rest(view))
    assert sorted(view.marks_at(50)) == [*near[1:], 9999]


def test_unseen_paragraphs_are_taken_to_be_about_as_high_as_they_are(qtbot: QtBot) -> None:
    view = shown(qtbot, MANY, marks(9000))
    qtbot.waitUntil(lambda: _at_rest(view))
    layout = lanes(view)
    numbers = range(1000, 1300)
    guessed = sum(layout.top_of(n + 1) - layout.top_of(n) for n in numbers)
    true = sum(layout.flow(n).height for n in numbers)
    assert abs(guessed / true - 1) < 0.25
    assert true > 300 * layout.measures.em * 2.6, "the marks must need room for this to say much"


def test_a_long_text_is_poured_in_while_it_can_be_read(qtbot: QtBot) -> None:
    view = shown(qtbot, "")
    view.show_article(LONG, [], [Drawn(1, "claim", ((5, 30),), "")])
    view.viewport().repaint()
    assert view.document().characterCount() < 40_000
    assert view.marks_at(10) == [1]
    view.select(100, 130)
    qtbot.waitUntil(lambda: _at_rest(view))
    assert view.document().characterCount() - 1 == len(LONG.encode("utf-16-le")) // 2
    assert view.document().blockCount() == LONG.count("\n") + 1
    assert (view.selection(), view.verticalScrollBar().value()) == ((100, 130), 0)


@pytest.mark.parametrize(
    ("key", "modifier", "selection"),
    [
        (Qt.Key.Key_End, CONTROL, (len(LONG), len(LONG))),
        (Qt.Key.Key_End, CONTROL | SHIFT, (0, len(LONG))),
        (Qt.Key.Key_A, CONTROL, (0, len(LONG))),
    ],
)
def test_a_key_goes_to_the_end_of_a_text_just_opened(
    qtbot: QtBot, key: Qt.Key, modifier: Qt.KeyboardModifier, selection: tuple[int, int]
) -> None:
    view = shown(qtbot, "")
    view.show_article(LONG, [], [])
    QTest.keyClick(view, key, modifier)
    assert view.selection() == selection


def test_any_place_of_a_text_just_opened_can_be_gone_to(qtbot: QtBot) -> None:
    late = LONG.index("number 11500 ")
    for go in ("reveal", "go_to", "select", "scroll"):
        view = shown(qtbot, "")
        view.show_article(LONG, [], [Drawn(1, "claim", ((late, late + 12),), "")])
        bar = view.verticalScrollBar()
        if go == "reveal":
            view.reveal(late, late + 5)
        elif go == "go_to":
            view.go_to(late)
        elif go == "select":
            view.select(late, late + 6)
        else:
            bar.setValue(bar.maximum())
        view.viewport().repaint()
        assert bar.value() > 1000, go
        first, last = view.visible()
        assert go == "scroll" or first <= late <= last, go
        assert view.marks_at(late) == [1]
    assert view.visible()[1] == len(LONG)


def test_a_part_may_begin_with_what_qt_drops_at_a_beginning(qtbot: QtBot) -> None:
    text = "\n".join(f"\ufeff{'word ' * 30}" for _ in range(2000)).removeprefix("\ufeff")
    view = shown(qtbot, "")
    view.show_article(text, [], [])
    qtbot.waitUntil(lambda: _at_rest(view))
    assert view.document().characterCount() - 1 == len(text)


def _at_rest(view: ArticleView) -> bool:
    return not view.working
