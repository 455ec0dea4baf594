"""Several analysts' marks on one text: drawn once where they agree, and always with whose they are."""

from __future__ import annotations

from itertools import combinations
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QAccessibleAnnouncementEvent, QHelpEvent, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolTip
from pytestqt.qtbot import QtBot

from annotator.ui.article import spoken
from annotator.ui.article.geometry.drawn import Drawn, Highlight, LayerStyle, State
from annotator.ui.article.geometry.lanes import Line, pieces_of, stack
from annotator.ui.article.geometry.layers import Badge, Together, badge_words
from annotator.ui.article.handles import Drag, Handle, box
from annotator.ui.article.view import ArticleView
from tests.ui.article.scene import lanes, point_on, shown
from tests.ui.article.test_view import click

LAYERS = (LayerStyle("A", "Ada"), LayerStyle("B", "Ben"), LayerStyle("G", "Gold"))
ADA, BEN, GOLD = (0,), (1,), (2,)
TEXT = "The mayor told Radio Coast that the harbour stays open until the inspectors have come."
CLAIM = ((27, 54),)

STATES: tuple[State, ...] = ("own", "gold", "aside", "suggested")
FEW_SPANS = st.sampled_from([(), ((0, 4),), ((0, 9),), ((5, 9),), ((0, 4), (6, 9)), ((20, 40),)])
SEVERAL = st.lists(
    st.tuples(
        st.sampled_from(["claim", "cue"]),
        FEW_SPANS,
        st.sampled_from(STATES),
        st.integers(0, 2),
    ),
    max_size=14,
).map(lambda many: [Drawn(n, k, f, "said", s, (o,)) for n, (k, f, s, o) in enumerate(many)])


def as_sets(together: Together) -> set[tuple[Drawn, tuple[int, ...]]]:
    return {(drawn, together.agreeing(drawn.id)) for drawn in together.drawn()}


@given(SEVERAL)
def test_every_mark_is_drawn_once_with_those_that_agree(marks: list[Drawn]) -> None:
    together, known = Together(LAYERS, marks), {mark.id: mark for mark in marks}
    drawn = together.drawn()
    assert sorted(id for one in drawn for id in together.agreeing(one.id)) == sorted(known)
    for one in drawn:
        members = [known[id] for id in together.agreeing(one.id)]
        assert one.id == members[0].id
        assert one.owners == tuple(owner for mark in members for owner in mark.owners)
        assert list(one.owners) == sorted(set(one.owners))
        same = {(m.kind, m.fragments, m.state == "suggested") for m in members}
        assert same == {(one.kind, one.fragments, one.state == "suggested")}
        states = {mark.state for mark in members}
        assert one.state in states
        assert one.state == "gold" or "gold" not in states
        assert one.state in ("gold", "own") or "own" not in states
        assert all(together.under(mark.id) == one.id for mark in members)
    for a, b in combinations((one for one in drawn if one.fragments), 2):
        suggested = (a.state == "suggested", b.state == "suggested")
        if (a.kind, a.fragments) == (b.kind, b.fragments) and len(set(suggested)) == 1:
            # Only somebody's second mark of the same sort is drawn apart.
            assert set(a.owners) <= set(b.owners) or set(b.owners) <= set(a.owners)


@given(SEVERAL, SEVERAL, st.sets(st.integers(0, 13)))
def test_a_change_comes_to_what_there_would_have_been(
    marks: list[Drawn], changed: list[Drawn], removed: set[int]
) -> None:
    together = Together(LAYERS, marks)
    before = {one.id: one for one in together.drawn()}
    changed = [replace(mark, id=mark.id * 2) for mark in changed]
    removed -= {mark.id for mark in changed}
    anew, gone = together.change(changed, removed)
    known = {mark.id: mark for mark in [*marks, *changed] if mark.id not in removed}
    assert as_sets(together) == as_sets(Together(LAYERS, known.values()))
    for id in gone:
        before.pop(id, None)
    before.update((one.id, one) for one in anew)
    assert set(before.values()) == set(together.drawn())


def test_the_label_says_whose_it_is_and_where_they_differ() -> None:
    marks = [
        Drawn(1, "claim", CLAIM, "Claim: for", "own", ADA),
        Drawn(2, "claim", CLAIM, "Claim: against", "own", BEN),
        Drawn(3, "cue", ((10, 14),), "Cue", "own", ADA),
        Drawn(4, "cue", ((10, 14),), "Cue", "own", BEN),
    ]
    assert [one.label for one in Together(LAYERS, marks).drawn()] == [
        "Ada: Claim: for\nBen: Claim: against",
        "Ada, Ben: Cue",
    ]


@given(SEVERAL)
def test_the_lanes_of_each_layer_keep_together_and_badges_have_room(marks: list[Drawn]) -> None:
    line = Line(0, 50, 50, 0, 350.0, 20.0)

    def badge(mark: Drawn) -> Badge:
        words = badge_words(mark, LAYERS)
        return Badge(words, 9 * len(words))

    drawn = Together(LAYERS, marks).drawn()
    pieces = pieces_of(line, drawn, lambda a, b: [(a * 7.0, b * 7.0)], badge)
    placed = list(zip(pieces, stack(pieces), strict=True))
    for (a, lane_a), (b, lane_b) in combinations(placed, 2):
        assert lane_a != lane_b or a.right <= b.left or b.right <= a.left
        if a.mark.owners[0] != b.mark.owners[0]:
            assert (lane_a < lane_b) == (a.mark.owners[0] < b.mark.owners[0])
    assert all(piece.right - piece.left >= piece.badge.width > 0 for piece in pieces)


# -- the view

AGREED = [
    Drawn(1, "claim", CLAIM, "Claim", "own", ADA),
    Drawn(2, "claim", CLAIM, "Claim", "own", BEN),
    Drawn(3, "speaker", ((0, 9),), "Speaker", "own", BEN),
    Drawn(4, "claim", CLAIM, "Claim", "gold", GOLD),
]


def beside(qtbot: QtBot) -> ArticleView:
    view = shown(qtbot, TEXT)
    view.show_article(TEXT, [], AGREED, LAYERS)
    view.clearFocus()
    return view


def see(view: ArticleView) -> QImage:
    return view.viewport().grab().toImage()


def badges(view: ArticleView) -> list[str]:
    line = lanes(view).flow(0).lines[0]
    both = zip(line.lanes, line.pieces, strict=True)
    return [piece.badge.words for _, piece in sorted(both, key=lambda pair: pair[0])]


def test_those_who_agree_are_drawn_once_and_gold_with_them(qtbot: QtBot) -> None:
    view = beside(qtbot)
    assert badges(view) == ["A B G", "B"]
    three = see(view)
    view.show_article(TEXT, [], [replace(m, owners=()) for m in AGREED])
    assert badges(view) == ["", "", "", ""]
    alone = lanes(view).flow(0).lines[0]
    assert view.agreeing(1) == (1,)
    view.show_article(TEXT, [], AGREED, LAYERS)
    assert see(view) == three
    assert lanes(view).measures.lane > lanes(view).measures.badge > 0
    assert lanes(view).flow(0).lines[0].text_height == alone.text_height


def test_a_badge_tells_one_analyst_from_another_without_colour(qtbot: QtBot) -> None:
    view = beside(qtbot)
    adas, layout = see(view), lanes(view)
    piece = next(p for p in layout.flow(0).lines[0].pieces if p.badge.words == "B")
    left = round(piece.left)
    view.update_marks([replace(AGREED[2], owners=ADA)])
    assert [p.badge.words for p in layout.flow(0).lines[0].pieces if p.mark.id == 3] == ["A"]
    assert see(view).copy(left, 0, 12, 120) != adas.copy(left, 0, 12, 120)


def test_a_revision_in_one_layer_parts_and_joins(qtbot: QtBot) -> None:
    view = beside(qtbot)
    before = see(view)
    view.update_marks([replace(AGREED[0], fragments=((27, 40),))])
    assert badges(view) == ["A", "B", "B G"]
    view.update_marks([AGREED[0]])
    assert (badges(view), see(view)) == (["A B G", "B"], before)
    view.update_marks([], [1])
    assert badges(view) == ["B", "B G"]
    assert (view.agreeing(2), view.agreeing(1)) == ((2, 4), (1,))


def test_what_is_decided_left_out_and_undecided_look_otherwise(qtbot: QtBot) -> None:
    view = beside(qtbot)
    one = [AGREED[0]]
    looks = []
    for state in STATES:
        view.show_article(TEXT, [], [replace(mark, state=state) for mark in one], LAYERS)
        looks.append(see(view))
    assert all(a != b for a, b in combinations(looks, 2))


def test_a_click_gives_the_first_of_those_who_agree(qtbot: QtBot) -> None:
    view = beside(qtbot)
    chosen: list[int] = []
    view.mark_chosen.connect(chosen.append)
    point = point_on(view, 40)
    click(view, point)
    click(view, point)
    assert chosen == [1, 1]
    assert view.agreeing(2) == view.agreeing(1) == (1, 2, 4)
    assert view.marks_at(40) == [1]


def test_what_is_at_hand_may_be_any_of_those_who_agree(qtbot: QtBot) -> None:
    view = beside(qtbot)
    plain = see(view)
    view.set_highlight(Highlight(1))
    first = see(view)
    view.set_highlight(Highlight())
    view.set_highlight(Highlight(2))
    assert see(view) == first != plain


def test_nobodys_boundaries_can_be_dragged_beside_other_layers(qtbot: QtBot) -> None:
    view = beside(qtbot)
    moved: list[object] = []
    view.boundary_moved.connect(moved.append)
    view.set_highlight(Highlight(3))
    stand = box(lanes(view), AGREED[2], Handle(0, "end")).center().toPoint()
    left = Qt.MouseButton.LeftButton
    QTest.mousePress(view.viewport(), left, Qt.KeyboardModifier.NoModifier, stand)
    QTest.mouseMove(view.viewport(), stand + QPoint(90, 0))
    QTest.mouseRelease(view.viewport(), left, Qt.KeyboardModifier.NoModifier, stand + QPoint(90, 0))
    assert moved == []
    assert not isinstance(getattr(view, "_drag", None), Drag)


def test_hovering_says_whose_marks_they_are(qtbot: QtBot) -> None:
    view = beside(qtbot)
    point = point_on(view, 40)
    event = QHelpEvent(QEvent.Type.ToolTip, point, view.viewport().mapToGlobal(point))
    QApplication.sendEvent(view.viewport(), event)
    assert "Ada, Ben, Gold: Claim" in QToolTip.text()
    QToolTip.hideText()


def test_a_screen_reader_hears_whose_marks_the_caret_is_in(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []

    def hear(event: object) -> None:
        if isinstance(event, QAccessibleAnnouncementEvent):
            said.append(event.message())

    listening = SimpleNamespace(isActive=lambda: True, updateAccessibility=hear)
    monkeypatch.setattr(spoken, "QAccessible", listening)
    view = beside(qtbot)
    view.select(40, 40)
    assert said == ["Ada, Ben, Gold: Claim"]
