"""The rail that ties the marks of the statement at hand together."""

from __future__ import annotations

from PySide6.QtGui import QColor, QImage
from pytestqt.qtbot import QtBot

from annotator.ui.article.geometry.drawn import Drawn, Highlight
from annotator.ui.article.geometry.lanes import Bar, Line, Piece
from annotator.ui.article.geometry.rail import Rail, extent, rail_of, ticks
from annotator.ui.article.view import ArticleView
from tests.ui.article.scene import lanes, mark, shown

TEXT = "Lavrov told the paper.\nNothing here.\nNobody had planned a meeting.\nAnd no more."
SPEAKER = mark(TEXT, "Lavrov", "speaker", 1)
CLAIM = mark(TEXT, "Nobody had", "claim", 2)
OTHER = mark(TEXT, "paper", "cue", 3)


def line_with(*marks: Drawn) -> Line:
    pieces = [Piece(m, (Bar(0, 9, True, True),), 0, 9) for m in marks]
    return Line(0, 20, 21, 0, 100, 20, pieces=pieces, lanes=[0] * len(pieces))


def test_a_rail_runs_from_the_first_fragment_to_the_last() -> None:
    split = Drawn(4, "claim", ((30, 35), (50, 60)), "")
    assert rail_of([SPEAKER, split]) == Rail(frozenset({1, 4}), 0, 50)
    assert rail_of([split]) == Rail(frozenset({4}), 30, 50)


def test_one_piece_of_text_needs_no_rail() -> None:
    assert rail_of([SPEAKER, Drawn(5, "claim", (), "implied")]) is None
    assert rail_of([]) is None


def test_there_is_a_tick_for_each_mark_that_starts_on_the_line() -> None:
    starts, goes_on = Drawn(1, "cue", ((5, 30),), ""), Drawn(2, "cue", ((0, 4),), "")
    line = Line(4, 20, 21, 0, 100, 20, pieces=line_with(starts, goes_on).pieces, lanes=[0, 0])
    both = Rail(frozenset({1, 2}), 0, 40)
    assert [(t.mark.id, t.y, t.place) for t in ticks(line, both, lambda _, lane: lane)] == [
        (1, 0, 0)
    ]
    line.start = 0
    assert [(t.mark.id, t.place) for t in ticks(line, both, lambda _, lane: lane)] == [
        (1, 0),
        (2, 1),
    ]


def test_the_rail_begins_and_ends_at_ticks_and_goes_through_between() -> None:
    line = line_with(SPEAKER)
    (tick,) = ticks(line, Rail(frozenset({1}), 0, 40), lambda _line, _lane: 12)
    assert extent([line], Rail(frozenset({1}), 0, 40), (0, 30), [tick]) == (12, 30)
    assert extent([line], Rail(frozenset({1}), 0, 20), (0, 30), [tick]) == (12, 12)
    line.start = 5
    assert extent([line], Rail(frozenset({1}), 0, 40), (0, 30), []) == (0, 30)
    assert extent([line], Rail(frozenset({1}), 0, 3), (0, 30), []) == (0, 0)
    assert extent([line], Rail(frozenset({1}), 50, 60), (0, 30), []) == (0, 0)


def on_rail(view: ArticleView) -> list[bool]:
    """Whether something is drawn on the rail, beside the middle of each paragraph's text."""
    image: QImage = view.viewport().grab().toImage()
    layout = lanes(view)
    paper = QColor(image.pixel(2, 2))
    middles = [layout.top_of(n) + layout.flow(n).height - 1 for n in range(4)]
    return [QColor(image.pixel(layout.column.rail, y)) != paper for y in middles]


def test_the_statement_at_hand_is_tied_together(qtbot: QtBot) -> None:
    view = shown(qtbot, TEXT, [SPEAKER, CLAIM, OTHER])
    assert on_rail(view) == [False] * 4
    view.set_highlight(Highlight(1, frozenset({1, 2})))
    assert on_rail(view) == [True, True, False, False]
    view.update_marks([mark(TEXT, "And no", "claim", 2)])
    assert on_rail(view) == [True, True, True, False]
    view.set_highlight(Highlight(3))
    assert on_rail(view) == [False] * 4


def test_the_rail_stands_clear_of_the_text(qtbot: QtBot) -> None:
    for width in (300, 500, 900):
        view = shown(qtbot, "word " * 300, size=(width, 400))
        layout = lanes(view)
        rightmost = max(line.right for line in layout.flow(0).lines)
        assert rightmost + layout.measures.cap < layout.column.rail < view.viewport().width()
