"""The article view under real keys and a real mouse."""

from __future__ import annotations

import gc

import pytest
from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, Qt
from PySide6.QtGui import (
    QGuiApplication,
    QHelpEvent,
    QKeySequence,
    QMouseEvent,
    QPaintEvent,
    QRegion,
)
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolTip, QWidget
from pytestqt.qtbot import QtBot

from annotator.ui.article.geometry.drawn import Drawn, Highlight
from annotator.ui.article.handles import Handle, box
from annotator.ui.article.view import ArticleView
from annotator.ui.look.theme import load_theme
from tests.ui.article.scene import SCRIPTS, lanes, mark, point_on, shown

LEFT, NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
SHIFT, ALT = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.AltModifier
CONTROL = Qt.KeyboardModifier.ControlModifier
TEXT = "Lavrov told the paper that nobody had planned a meeting."


class Painted(QObject):
    """Collects what of the viewport is repainted."""

    def __init__(self, view: ArticleView) -> None:
        super().__init__()
        self.region = QRegion()
        view.viewport().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QPaintEvent):
            self.region = self.region.united(event.region())
        return False


def click(view: ArticleView, point: QPoint) -> None:
    QTest.mouseClick(view.viewport(), LEFT, NONE, point)


def handle_point(view: ArticleView, shown_mark: Drawn, handle: Handle) -> QPoint:
    stand = box(lanes(view), shown_mark, handle)
    return QPoint(round(stand.x()), round(stand.center().y() - view.verticalScrollBar().value()))


# -- showing


@pytest.mark.parametrize(
    "text",
    ["", "\n", "a", "a\n", "\n\n\n", "😀", "e\u0301", "\u00a0", "قال", "\t", "x\n\n", SCRIPTS],
)
def test_any_text_is_shown_as_it_is(qtbot: QtBot, text: str) -> None:
    view = shown(qtbot, text, [Drawn(1, "claim", ((0, len(text)),), "")] if text else [])
    view.viewport().repaint()
    assert view.document().characterCount() - 1 == len(text.encode("utf-16-le")) // 2
    view.selectAll()
    assert view.selection() == (0, len(text))
    QTest.keyClick(view, Qt.Key.Key_End, CONTROL)
    assert view.caret() == len(text)


def test_a_text_qt_would_change_is_refused(qtbot: QtBot) -> None:
    view = shown(qtbot, "")
    with pytest.raises(ValueError):
        view.show_article("\ufeffwith a byte order mark", [], [])


def test_another_article_starts_at_its_beginning(qtbot: QtBot) -> None:
    view = shown(qtbot, "word " * 3000, [Drawn(1, "claim", ((0, 4),), "")])
    view.verticalScrollBar().setValue(400)
    view.show_article("Other words.", [], [])
    assert (view.verticalScrollBar().value(), view.selection(), view.marks_at(0)) == (0, (0, 0), [])


def test_what_is_kept_of_a_closed_view_does_no_harm(qtbot: QtBot) -> None:
    kept = []
    for _ in range(30):
        view = ArticleView(load_theme("light"))
        view.show_article(SCRIPTS, [], [])
        kept.append((lanes(view), [lanes(view).flow(n) for n in range(7)]))
        view.deleteLater()
        del view
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert isinstance(shown(qtbot, "").viewport(), QWidget)
    assert len(kept) == 30


# -- selecting


def test_selecting_with_the_keyboard(qtbot: QtBot) -> None:
    view = shown(qtbot, SCRIPTS)
    said: list[object] = []
    view.selection_changed.connect(said.append)
    view.select(SCRIPTS.index("😀"), SCRIPTS.index("😀"))
    QTest.keyClick(view, Qt.Key.Key_Right, SHIFT)
    start = SCRIPTS.index("😀")
    assert view.selection() == (start, start + 1)
    QTest.keyClick(view, Qt.Key.Key_Left)
    assert said == [(start, start), (start, start + 1), (start, start)]
    QTest.keyClick(view, Qt.Key.Key_Home, CONTROL)
    QTest.keyClick(view, Qt.Key.Key_Down, SHIFT)
    assert SCRIPTS[slice(*view.selection())] == SCRIPTS.splitlines(keepends=True)[0]


def test_the_caret_is_drawn_where_the_keyboard_is(qtbot: QtBot) -> None:
    view = shown(qtbot, "Words")
    without = view.viewport().grab().toImage()
    QTest.keyClick(view, Qt.Key.Key_Right)
    around = view.cursorRect()
    middle = around.center()
    caret = view.viewport().grab().toImage()
    assert caret.copy(around) != without.copy(around)
    assert caret.pixelColor(middle).lightness() < 120


def test_copying_keeps_what_the_article_says(qtbot: QtBot) -> None:
    view = shown(qtbot, SCRIPTS)
    for _ in range(3):
        view.selectAll()
        QTest.keySequence(view, QKeySequence(QKeySequence.StandardKey.Copy))
        gc.collect()
    assert QGuiApplication.clipboard().text() == SCRIPTS
    assert "\u00a0" in QGuiApplication.clipboard().text()


def test_selecting_by_program(qtbot: QtBot) -> None:
    view = shown(qtbot, SCRIPTS)
    view.select(50, 60)
    assert (view.selection(), view.caret()) == ((50, 60), 60)
    view.select(50, 60, caret_at_start=True)
    assert (view.selection(), view.caret()) == ((50, 60), 50)


# -- pointing


NESTED = [
    Drawn(1, "claim", ((0, 56),), "all"),
    Drawn(2, "speaker", ((0, 6),), "name <b>"),
    Drawn(3, "position", ((0, 11),), "name and verb"),
]


def test_clicking_goes_through_everything_there(qtbot: QtBot) -> None:
    view = shown(qtbot, TEXT, NESTED)
    chosen: list[object] = []
    view.mark_chosen.connect(chosen.append)
    for _ in range(4):
        click(view, point_on(view, 2))
    assert chosen == [2, 3, 1, 2]
    click(view, point_on(view, 20))
    click(view, point_on(view, 2))
    assert chosen[4:] == [1, 2]
    click(view, QPoint(view.viewport().width() - 5, 200))
    assert chosen[6:] == []


def test_clicking_on_a_lane_chooses_its_mark(qtbot: QtBot) -> None:
    view = shown(qtbot, TEXT, NESTED)
    chosen: list[object] = []
    view.mark_chosen.connect(chosen.append)
    pitch = lanes(view).measures.lane
    for lane in (2, 1, 0):
        click(view, point_on(view, 2, below=lane * pitch + 3))
    assert chosen == [1, 3, 2]


def test_dragging_selects_and_chooses_nothing(qtbot: QtBot) -> None:
    view = shown(qtbot, TEXT, NESTED)
    chosen: list[object] = []
    view.mark_chosen.connect(chosen.append)
    QTest.mousePress(view.viewport(), LEFT, NONE, point_on(view, 2))
    QTest.mouseMove(view.viewport(), point_on(view, 20))
    QTest.mouseRelease(view.viewport(), LEFT, NONE, point_on(view, 20))
    start, end = view.selection()
    assert start < 5 < 15 < end
    assert chosen == []


def test_hovering_tells_what_is_there_as_plain_text(qtbot: QtBot) -> None:
    view = shown(qtbot, TEXT, NESTED)
    point = point_on(view, 2)
    event = QHelpEvent(QEvent.Type.ToolTip, point, view.viewport().mapToGlobal(point))
    QApplication.sendEvent(view.viewport(), event)
    assert QToolTip.text().endswith(">name &lt;b&gt;\nname and verb\nall</span>")
    QToolTip.hideText()


# -- handles


@pytest.mark.parametrize(("modifier", "expected"), [(NONE, 21), (ALT, 19)])
def test_dragging_a_handle_tells_the_new_boundary(
    qtbot: QtBot, modifier: Qt.KeyboardModifier, expected: int
) -> None:
    at_hand = Drawn(1, "claim", ((12, 26),), "the paper that")
    view = shown(qtbot, TEXT, [at_hand])
    view.set_highlight(Highlight(1))
    moved: list[object] = []
    view.boundary_moved.connect(moved.append)
    start = handle_point(view, at_hand, Handle(0, "end"))
    goal = point_on(view, 19) - QPoint(4, 0)
    QTest.mousePress(view.viewport(), LEFT, NONE, start)
    _drag(view, goal, modifier)
    assert view.marks_at(25) == []
    QTest.mouseRelease(view.viewport(), LEFT, modifier, goal)
    assert moved == [(1, 0, "end", expected)]
    assert view.marks_at(25) == [1]
    assert view.selection() == (0, 0)


def _drag(view: ArticleView, goal: QPoint, modifier: Qt.KeyboardModifier) -> None:
    event = QMouseEvent(
        QEvent.Type.MouseMove,
        QPointF(goal),
        view.viewport().mapToGlobal(QPointF(goal)),
        Qt.MouseButton.NoButton,
        LEFT,
        modifier,
    )
    QApplication.sendEvent(view.viewport(), event)


def test_a_boundary_stays_clear_of_the_marks_other_fragments(qtbot: QtBot) -> None:
    at_hand = Drawn(1, "claim", ((0, 6), (12, 21)), "split")
    view = shown(qtbot, TEXT, [at_hand])
    view.set_highlight(Highlight(1))
    moved: list[object] = []
    view.boundary_moved.connect(moved.append)
    goal = point_on(view, 2)
    QTest.mousePress(view.viewport(), LEFT, NONE, handle_point(view, at_hand, Handle(1, "start")))
    _drag(view, goal, NONE)
    QTest.mouseRelease(view.viewport(), LEFT, NONE, goal)
    assert moved == [(1, 1, "start", 6)]


def test_escape_lets_go_of_a_handle(qtbot: QtBot) -> None:
    at_hand = Drawn(1, "claim", ((12, 26),), "the paper that")
    view = shown(qtbot, TEXT, [at_hand])
    view.set_highlight(Highlight(1))
    moved: list[object] = []
    view.boundary_moved.connect(moved.append)
    QTest.mousePress(view.viewport(), LEFT, NONE, handle_point(view, at_hand, Handle(0, "end")))
    _drag(view, point_on(view, 44), NONE)
    assert view.marks_at(40) == [1]
    QTest.keyClick(view, Qt.Key.Key_Escape)
    QTest.mouseRelease(view.viewport(), LEFT, NONE, point_on(view, 40))
    assert (view.marks_at(40), moved) == ([], [])


# -- changing and moving


def test_only_touched_paragraphs_are_repainted(qtbot: QtBot) -> None:
    text = "\n".join(f"Paragraph {n} has some words." for n in range(12))
    view = shown(qtbot, text)
    view.viewport().repaint()
    QApplication.processEvents()
    painted = Painted(view)
    view.update_marks([mark(text, "Paragraph 5 has")])
    QApplication.processEvents()
    layout, flow = lanes(view), lanes(view).flow(5)
    area = painted.region.boundingRect()
    assert not area.isEmpty()
    assert area.top() >= layout.top_of(5) - 1
    assert area.bottom() <= layout.top_of(5) + flow.height + layout.measures.lane


def test_marks_appear_and_disappear(qtbot: QtBot) -> None:
    view = shown(qtbot, TEXT)
    view.clearFocus()
    blank = view.viewport().grab().toImage()
    view.update_marks(NESTED)
    assert view.marks_at(2) == [2, 3, 1]
    assert view.viewport().grab().toImage() != blank
    view.update_marks([Drawn(2, "cue", ((20, 22),), "")], [3, 1])
    assert (view.marks_at(2), view.marks_at(20)) == ([], [2])
    view.update_marks([], [2])
    assert view.viewport().grab().toImage() == blank


def test_every_look_can_change_while_shown(qtbot: QtBot) -> None:
    view = shown(qtbot, TEXT, NESTED)
    pictures = [view.viewport().grab().toImage()]

    def see() -> None:
        pictures.append(view.viewport().grab().toImage())
        assert pictures[-1] != pictures[-2]

    view.set_highlight(Highlight(3))
    see()
    view.set_highlight(Highlight(3, frozenset({3, 2})))
    see()
    view.set_theme(load_theme("dark"))
    see()
    view.set_styles({})
    see()
    view.set_zoom(200)
    see()
    view.set_zoom(1000)
    assert view.zoom == 300


def test_text_above_the_window_may_grow_without_moving_what_is_read(qtbot: QtBot) -> None:
    text = "\n".join(f"Paragraph {n} has some words that are read." for n in range(300))
    view = shown(qtbot, text)
    view.reveal(text.index("Paragraph 150"), text.index("Paragraph 150") + 5)
    view.viewport().repaint()
    before = point_on(view, text.index("Paragraph 150"))
    deep = [
        Drawn(n, "claim", ((text.index("Paragraph 20 "), text.index("Paragraph 23 ")),), "")
        for n in range(5)
    ]
    view.update_marks(deep)
    assert point_on(view, text.index("Paragraph 150")) == before


@pytest.mark.parametrize("change", ["width", "zoom"])
def test_the_first_line_stays_when_all_lines_change(qtbot: QtBot, change: str) -> None:
    text = "\n".join(f"Paragraph {n}: " + "some words " * 40 for n in range(200))
    view = shown(qtbot, text)
    view.verticalScrollBar().setValue(view.verticalScrollBar().maximum() // 2)
    first = view.cursorForPosition(QPoint(200, 10)).block().blockNumber()
    if change == "width":
        view.resize(500, 600)
    else:
        view.set_zoom(160)
    assert abs(view.cursorForPosition(QPoint(200, 10)).block().blockNumber() - first) <= 1


def test_scrolling_up_into_text_never_seen_keeps_it_together(qtbot: QtBot) -> None:
    text = "\n".join(f"Paragraph {n}: " + "some words " * (n % 60) for n in range(400))
    marks = [Drawn(n, "claim", ((n * 90, n * 90 + 300),), "") for n in range(900)]
    view = shown(qtbot, text)
    view.show_article(text, [], [m for m in marks if m.end <= len(text)])
    bar = view.verticalScrollBar()
    bar.setValue(bar.maximum())
    for _ in range(12):
        offset = lanes(view).page.offsets.from_qt(
            view.cursorForPosition(QPoint(300, 40)).position()
        )
        before = point_on(view, offset)
        bar.setValue(bar.value() - 60)
        assert point_on(view, offset) == before + QPoint(0, 60)
        assert view.viewport().grab().toImage() == _fresh(view)


def _fresh(view: ArticleView) -> object:
    view.viewport().update()
    QApplication.processEvents()
    return view.viewport().grab().toImage()


def test_revealing_does_not_move_what_is_seen(qtbot: QtBot) -> None:
    text = "\n".join(f"Paragraph {n} has some words." for n in range(200))
    view = shown(qtbot, text)
    view.reveal(0, 5)
    assert view.verticalScrollBar().value() == 0
    start = text.index("Paragraph 120")
    view.reveal(start, start + 9)
    assert view.viewport().rect().contains(point_on(view, start))
    value = view.verticalScrollBar().value()
    assert value > 0
    view.reveal(start + 3, start + 6)
    assert view.verticalScrollBar().value() == value


def test_a_screen_reader_is_told_what_it_reads(qtbot: QtBot) -> None:
    view = shown(qtbot, TEXT)
    assert view.accessibleName() == "Article"
    assert "paragraphs: 1" in view.accessibleDescription()
