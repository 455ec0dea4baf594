"""How the window of the review is laid out: heights, places, what is drawn once."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from annotator.ui.look.hints import hint_line
from annotator.ui.review.case_view import CaseTable
from annotator.ui.review.naming import Lane
from annotator.ui.review.strips import ReasonStrip
from annotator.ui.review.words import Row
from tests.ui.review.conftest import Reviewer

LONG = "words that a narrow column breaks into line after line, " * 6


def heights(table: CaseTable) -> list[int]:
    QApplication.processEvents()
    return [table.rowHeight(row) for row in range(table.rowCount())]


def test_a_case_has_rows_as_high_as_if_it_were_the_first(reviewing: Reviewer) -> None:
    bench, opened = reviewing.review.bench, reviewing.review.opened
    lanes = (*bench.lanes, Lane(3, "C", "Cem"))
    one, two, three = (lane.id for lane in lanes)
    long = [Row("Claim", {one: LONG, two: LONG + LONG, three: LONG}, differs=True)]
    short = [Row("Claim", {one: "Yes.", two: "Yes.", three: "Yes."}, differs=False)]
    table = opened.table
    table.show_rows(lanes, short, frozenset(), decided=False)
    first, whole = heights(table), table.height()
    table.show_rows(lanes, long, frozenset(), decided=True)
    assert heights(table)[0] > 5 * first[0]
    table.show_rows(lanes, short, frozenset(), decided=False)
    assert heights(table) == first
    assert table.height() == whole


def states(hands: Reviewer) -> dict[str, set[str]]:
    """How the marks of the text look, by badge."""
    view = hands.review.text.view
    found: dict[str, set[str]] = {}
    for mark in view._together.drawn():  # type: ignore[union-attr]
        badge = "".join("ABG"[owner] for owner in mark.owners)
        found.setdefault(badge, set()).add(mark.state)
    return found


def test_a_decision_adds_no_lane_and_no_bracket_where_gold_says_the_same(
    reviewing: Reviewer,
) -> None:
    bench, view = reviewing.review.bench, reviewing.review.text.view
    before = len(view._together.drawn())  # type: ignore[union-attr]
    height = view.document().size().height()
    for place in range(5):
        bench.take(bench.cases[place])
        reviewing.press("a")
    assert bench.undecided == []
    assert len(view._together.drawn()) == before  # type: ignore[union-attr]
    # Only a badge that is wider by now than its mark can need a lane more.
    assert view.document().size().height() < height + 5 * view._lanes.measures.lane
    assert states(reviewing) == {"ABG": {"gold"}, "AG": {"gold"}, "B": {"aside"}}


def test_what_was_rejected_looks_left_out_until_it_changes(reviewing: Reviewer) -> None:
    bench = reviewing.review.bench
    bench.take(bench.cases[4])
    assert states(reviewing) == {"AB": {"own"}, "A": {"own"}, "B": {"own"}}
    reviewing.press("x")
    assert "aside" in states(reviewing)["A"]
    bench.take(bench.cases[4])
    reviewing.press("w")
    assert states(reviewing)["A"] == {"own"}


def test_the_reasons_leave_the_case_as_it_is(reviewing: Reviewer) -> None:
    review = reviewing.review
    review.resize(1200, 700)
    reviewing.press("j")
    QApplication.processEvents()
    table, shown = review.opened.table, review.opened.visibleRegion().boundingRect()
    reviewing.press("r")
    QApplication.processEvents()
    assert review.strip is not None
    assert review.opened.table is table
    assert review.opened.visibleRegion().boundingRect() == shown
    assert shown.contains(table.geometry())
    beside = review.strip.mapTo(review, review.strip.rect().topRight()).x()
    assert beside <= table.mapTo(review, table.rect().topLeft()).x()
    reviewing.press(Qt.Key.Key_Escape)
    assert review.strip is None


def test_a_line_of_hints_is_broken_between_them_only() -> None:
    line = hint_line(["A (B, C …) take", "; comment", "Esc close"])
    assert line.split(" ") == [
        "A\u00a0(B,\u00a0C\u00a0…)\u00a0take",
        "·\u00a0;\u00a0comment",
        "·\u00a0Esc\u00a0close",
    ]


def test_reasons_scroll_where_a_window_is_too_low_for_all(reviewing: Reviewer) -> None:
    review = reviewing.review
    review.resize(900, 420)
    reviewing.press("r")
    strip = review.strip
    assert isinstance(strip, ReasonStrip)
    QApplication.processEvents()
    listed = strip.entry.list
    assert listed.height() < 200
    for _ in range(listed.count()):
        reviewing.press(Qt.Key.Key_Down)
    last = listed.visualItemRect(listed.currentItem())
    assert listed.currentRow() == listed.count() - 1
    assert listed.viewport().rect().contains(last)
    assert strip.yes.mapTo(review, strip.yes.rect().bottomLeft()).y() < review.height()
